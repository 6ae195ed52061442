"""The rows of JSON Lines files, checked: what is wrong is said with file and line."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from corpus import YoujuError

SHOWN = 60
"""Characters of a wrong value that an error shows."""


class TrainingError(YoujuError):
    """Material, settings or an encoder that cannot be trained with; the message says which."""


class Row(NamedTuple):
    """An object of a JSON Lines file, and where it stands: the file and the line."""

    where: str
    values: dict[str, Any]

    def text(self, key: str) -> str:
        """Return the text under `key`. Raises TrainingError where there is none."""
        value = self.values.get(key)
        if not isinstance(value, str) or not value:
            raise self.wrong(key, "text")
        return value

    def texts(self, key: str) -> list[str]:
        """Return the texts under `key`, none where it is absent. Raises TrainingError."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
            raise self.wrong(key, "a list of texts")
        return value

    def objects(self, key: str) -> list["Row"]:
        """Return the objects under `key`, at least one. Raises TrainingError."""
        value = self.values.get(key)
        if not isinstance(value, list) or not value or not all(isinstance(o, dict) for o in value):
            raise self.wrong(key, "a list of objects")
        return [Row(self.where, values) for values in value]

    def wrong(self, key: str, expected: str) -> TrainingError:
        """Return the error that says what stands under `key` instead of what is expected."""
        found = json.dumps(self.values.get(key), ensure_ascii=False)[:SHOWN]
        held = f"found {found}" if key in self.values else "found none"
        return TrainingError(f"{self.where}: expected {expected} under {key!r}, {held}")


def read_rows(path: Path) -> Iterator[Row]:
    """Yield the objects of a JSON Lines file; blank lines are passed over. Raises TrainingError."""
    try:
        content = path.read_text("utf-8")
    except OSError as error:
        raise TrainingError(f"{path} cannot be read ({error.strerror}): check the path") from error
    except UnicodeDecodeError as error:
        raise TrainingError(f"{path} is not UTF-8 text: expected JSON Lines") from error
    # Not splitlines: a text may hold U+2028, which JSON leaves as it is.
    for line, text in enumerate(content.split("\n"), start=1):
        if text.strip():
            yield Row(f"{path}:{line}", _object(text, f"{path}:{line}"))


def _object(text: str, where: str) -> dict[str, Any]:
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise TrainingError(f"{where}: not JSON ({error})") from error
    if not isinstance(values, dict):
        raise TrainingError(f"{where}: expected an object, found {text[:SHOWN]}")
    return values
