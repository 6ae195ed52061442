"""Compares the facts that were found with the labels of tests/labels/facts.json.

    python -m tests.facts_score CORPUS --split dev [--errors]

prints precision and recall for each kind of fact and in all. Labels of the split `heldout` are
compared as sums alone.
"""

import argparse
import json
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from corpus import Clause, Document, find_files, read_file
from corpus.files import identity

LABELS = Path(__file__).parent / "labels" / "facts.json"
ROLES = ("lead", "responsible", "support")

Label = Mapping[str, Any]
Fact = tuple[str | None, ...]


class Sum(NamedTuple):
    """How many were labelled, found, and both."""

    labelled: int = 0
    found: int = 0
    both: int = 0

    def __add__(self, other: tuple[int, ...]) -> "Sum":  # type: ignore[override]
        return Sum(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def precision(self) -> float:
        return self.both / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.both / self.labelled if self.labelled else 1.0


def labels(split: str) -> list[Label]:
    every: list[Label] = json.loads(LABELS.read_text(encoding="utf-8"))
    return [label for label in every if label["split"] == split]


# --- what is compared, kind by kind ----------------------------------------------------------


def _plain(text: str | None) -> str | None:
    return unicodedata.normalize("NFKC", text) if text else text


def _labelled(label: Label) -> dict[str, list[Fact]]:
    return {
        "units": [(role, unit) for role in ROLES for unit in label[role]],
        "figures": [
            (
                _plain(f["value"]),
                _plain(f["upper"]),
                _plain(f["unit"]),
                f["comparison"],
                f["deadline"],
            )
            for f in label["figures"]
        ],
        "obligations": [tuple(duty) for duty in label["obligations"]],
        "references": [
            (_plain(r["title"]), _plain(r["number"]), _plain(r["address"]))
            for r in label["references"]
        ],
        "missing": [(_plain(unit),) for unit in label["missing"]],
    }


def _found(clause: Clause) -> dict[str, list[Fact]]:
    facts = clause.facts
    return {
        "units": [(role, unit.value) for role in ROLES for unit in getattr(clause.units, role)],
        "figures": [
            (
                _plain(f.value),
                _plain(f.upper),
                _plain(f.unit),
                f.comparison,
                f.deadline.value if f.deadline else None,
            )
            for f in facts.figures
        ],
        "obligations": [(duty, word.value) for duty, word in facts.obligations],
        "references": [
            (_plain(r.title), _plain(r.number), _plain(r.address)) for r in facts.references
        ],
        "missing": [(_plain(m.unit),) for m in facts.missing],
    }


def _shortened(found: list[Fact], labelled: list[Fact]) -> list[Fact]:
    """The found references, a title cut where its label is cut by an ellipsis."""
    cut = [title for title, *_ in labelled if title and title.endswith("...")]

    def short(title: str | None) -> str | None:
        return next((c for c in cut if title and title.startswith(c[:-3])), title)

    return [(short(title), *rest) for title, *rest in found]


def compare(label: Label, clause: Clause) -> dict[str, tuple[Counter[Fact], Counter[Fact]]]:
    """Return for each kind the labelled and the found facts that have no partner."""
    labelled, found = _labelled(label), _found(clause)
    found["references"] = _shortened(found["references"], labelled["references"])
    pairs = {kind: (Counter(labelled[kind]), Counter(found[kind])) for kind in labelled}
    return {kind: (want - have, have - want) for kind, (want, have) in pairs.items()}


def count(label: Label, clause: Clause) -> dict[str, Sum]:
    """Return the sums of a clause for each kind; indicators are those of the figures that agree."""
    labelled, found, left = _labelled(label), _found(clause), compare(label, clause)
    sums = {
        kind: Sum(len(labelled[kind]), len(found[kind]), len(labelled[kind]) - want.total())
        for kind, (want, _) in left.items()
    }
    return {**sums, "indicators": _indicators(label, clause)}


def _indicators(label: Label, clause: Clause) -> Sum:
    keys = _labelled(label)["figures"]
    want = [(key, f["indicator"]) for key, f in zip(keys, label["figures"], strict=True)]
    have = list(zip(_found(clause)["figures"], clause.facts.figures, strict=True))
    both = found = named = 0
    for key, indicator in want:
        partner = next((pair for pair in have if pair[0] == key), None)
        if partner is None or indicator is None:
            continue
        have.remove(partner)
        named += 1
        said = partner[1].indicator
        if said:
            found += 1
            a, b = _plain(indicator) or "", _plain(said.value) or ""
            both += a.strip("…") in b or b in a
    return Sum(named, found, both)


# --- over a split ----------------------------------------------------------------------------


class Scored(NamedTuple):
    label: Label
    clause: Clause | None


def scored(corpus: Path, split: str) -> Iterator[Scored]:
    """Yield each label with the clause that it is of, None where no clause has its address."""
    # A label names its document by the id that follows from the bytes of the file.
    paths = {identity(path.read_bytes()): path for path in find_files([corpus])}

    @cache
    def document(name: str) -> Document:
        return read_file(paths[name])

    for label in labels(split):
        read = document(label["document"])
        yield Scored(label, next((c for c in read if _is_of(label, read, c)), None))


def _is_of(label: Label, document: Document, clause: Clause) -> bool:
    written = "".join(document.quote(clause.span).split())
    return clause.address == label["address"] and written.startswith(
        "".join(label["start_text"].split())
    )


def totals(corpus: Path, split: str) -> tuple[dict[str, Sum], list[str]]:
    """Return the sums of a split for each kind and in `all`, and the clauses not found."""
    sums: dict[str, Sum] = {}
    lost = []
    for label, clause in scored(corpus, split):
        if clause is None:
            lost.append(f"{label['document']} {label['address']}")
            continue
        for kind, add in count(label, clause).items():
            sums[kind] = sums.get(kind, Sum()) + add
    every = Sum()
    for kind, one in sums.items():
        every = every if kind == "indicators" else every + one
    return {**sums, "all": every}, lost


def _differences(corpus: Path, say: Callable[[str], object]) -> None:
    for label, clause in scored(corpus, "dev"):
        if clause is None:
            continue
        for kind, (want, have) in compare(label, clause).items():
            for sign, facts in (("-", want), ("+", have)):
                for fact in facts.elements():
                    say(f"{sign} {kind:11} {fact}  {label['document']} {label['address']}")
        for figure, one in zip(label["figures"], clause.facts.figures, strict=False):
            said = one.indicator.value if one.indicator else None
            if said != figure["indicator"]:
                say(f"? indicator   {figure['indicator']} / {said}")


def _lines(sums: Mapping[str, Sum], lost: Iterable[str]) -> Iterator[str]:
    yield f"{'kind':12} labelled found both precision recall"
    for kind, one in sums.items():
        shares = f"{one.precision:9.3f} {one.recall:6.3f}"
        yield f"{kind:12} {one.labelled:8} {one.found:5} {one.both:4} {shares}"
    yield f"clauses not found: {len(list(lost))}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--split", choices=("dev", "heldout"), default="dev")
    parser.add_argument("--errors", action="store_true", help="of the split dev")
    arguments = parser.parse_args()
    for line in _lines(*totals(arguments.corpus, arguments.split)):
        sys.stdout.write(line + "\n")
    if arguments.errors and arguments.split == "dev":
        _differences(arguments.corpus, lambda line: sys.stdout.write(line + "\n"))
