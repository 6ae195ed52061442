"""What an encoder is trained on: a query, passages that answer it, and passages that do not."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

from training.rows import Row, TrainingError, read_rows


@dataclass(frozen=True, slots=True)
class Example:
    """A query with passages that answer it and hard ones that do not, all as they are encoded.

    `source` names where the example is from, so that what each kind brings can be told apart.
    """

    query: str
    positives: list[str]
    negatives: list[str] = field(default_factory=list)
    source: str = ""


def write_examples(path: Path, examples: Iterable[Example]) -> int:
    """Write examples as JSON Lines; return how many there were."""
    number = 0
    with path.open("w", encoding="utf-8") as file:
        for example in examples:
            file.write(json.dumps(asdict(example), ensure_ascii=False) + "\n")
            number += 1
    return number


def read_examples(path: Path) -> Iterator[Example]:
    """Read examples from JSON Lines. Raises TrainingError naming the line that is none."""
    return map(_example, read_rows(path))


def _example(row: Row) -> Example:
    unknown = row.values.keys() - {known.name for known in fields(Example)}
    if unknown:
        raise TrainingError(f"{row.where}: not an example, which has no {sorted(unknown)[0]!r}")
    positives = row.texts("positives")
    if not positives:
        raise row.wrong("positives", "at least one text")
    source = row.values.get("source", "")
    if not isinstance(source, str):
        raise row.wrong("source", "text")
    return Example(row.text("query"), positives, row.texts("negatives"), source)
