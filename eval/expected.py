"""The question sets that come with Youju, and the figures that they are expected to come to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from eval.configurations import (
    CONFIGURATIONS,
    ConfigurationError,
    Fields,
    is_day,
    is_number,
    is_text,
    is_whole,
    read_toml,
    section,
    wrong,
)
from eval.questions import QUESTIONS

WRITTEN = "# Below this line: written by `youju eval --check --write-expected`.\n"
PLACES = 4
"""Decimals of an expected figure."""
DOCUMENTS = ("samples", "given")

Figures = Mapping[str, float]
"""Expected figures by measure."""


@dataclass(frozen=True, slots=True)
class CommittedSet:
    """A question set in `eval/questions/`, its documents, and its expected figures."""

    name: str
    documents: str
    """`samples`: those that come with Youju; `given`: the folder that is named for it."""
    slack: int
    """By how many questions that come out otherwise a figure may move."""
    split: str | None
    day: date | None
    expected: Mapping[str, Figures]
    """By configuration; one that is missing is not checked."""

    @property
    def path(self) -> Path:
        """The file of its questions."""
        return QUESTIONS / f"{self.name}.jsonl"

    def tolerance(self, questions: int) -> float:
        """How far a mean over so many questions may lie from what is expected."""
        return self.slack / questions + 0.5 * 10**-PLACES if questions else 0.0


FIELDS: Fields = {
    "documents": (lambda value: value in DOCUMENTS, " or ".join(DOCUMENTS)),
    "slack": (lambda value: is_whole(value, 100), "a whole number from 1 to 100"),
    "split": (is_text, "text"),
    "day": (is_day, "a day such as 2026-09-01, not quoted"),
}
NEEDED = ("documents", "slack")


def read_sets(path: Path = CONFIGURATIONS) -> dict[str, CommittedSet]:
    """Return the committed sets by name. Raises ConfigurationError with what is wrong in them."""
    content = read_toml(path)
    sets, expected = section(content, "sets"), section(content, "expected")
    mistakes = [said for name, table in sets.items() for said in _mistakes(name, table)]
    mistakes += [said for name, table in expected.items() for said in _wrong_figures(name, table)]
    mistakes += [f"figures of an unknown set {name!r}" for name in expected.keys() - sets.keys()]
    if mistakes:
        raise ConfigurationError(f"{path}: {'; '.join(mistakes)}")
    return {name: _committed(name, sets[name], expected.get(name, {})) for name in sets}


def _mistakes(name: str, table: Any) -> list[str]:
    missing = [key for key in NEEDED if isinstance(table, dict) and key not in table]
    return [*wrong(table, FIELDS, name), *(f"{name} has no {key}" for key in missing)]


def _wrong_figures(name: str, table: Any) -> list[str]:
    tables = table.items() if isinstance(table, dict) else [("", table)]
    return [
        f"expected.{name}.{configuration} is {figures!r}: expected a number for each measure"
        for configuration, figures in tables
        if not isinstance(figures, dict) or not all(map(is_number, figures.values()))
    ]


def _committed(
    name: str, table: Mapping[str, Any], expected: Mapping[str, Figures]
) -> CommittedSet:
    return CommittedSet(
        name,
        table["documents"],
        table["slack"],
        table.get("split"),
        table.get("day"),
        expected,
    )


def write_expected(found: Mapping[str, Mapping[str, Figures]], path: Path) -> None:
    """Put figures, by set and configuration, in the place of those in the file.

    Figures of other sets and configurations stay; so does everything above the line WRITTEN.
    """
    head, line, _ = path.read_text("utf-8").partition(WRITTEN)
    if not line:
        raise ConfigurationError(f"{path} has no line {WRITTEN.strip()!r}: put it at the end")
    known = {name: dict(one.expected) for name, one in read_sets(path).items()}
    for name, tables in found.items():
        known[name] |= tables
    path.write_text(head + line + "".join(_tables(known)), "utf-8")


def _tables(known: Mapping[str, Mapping[str, Figures]]) -> list[str]:
    return [
        f"\n[expected.{name}.{configuration}]\n"
        + "".join(f'"{measure}" = {value:.{PLACES}f}\n' for measure, value in figures.items())
        for name, tables in known.items()
        for configuration, figures in tables.items()
    ]
