"""What an encoder is trained on: a query, passages that answer it, and passages that do not."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path


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
    """Read examples from JSON Lines. Raises ValueError naming the line that is none."""
    for line, text in enumerate(path.read_text("utf-8").splitlines(), start=1):
        try:
            yield Example(**json.loads(text))
        except (TypeError, json.JSONDecodeError) as error:
            raise ValueError(f"{path}:{line}: not an example ({error})") from error
