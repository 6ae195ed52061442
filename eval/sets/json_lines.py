"""Question sets as JSON Lines: an object a line, in UTF-8."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from corpus import ReadError
from eval.sets.values import Question

Found = tuple[int, dict[str, Any] | str]
"""A line of a file, from 1, with the row on it or what is wrong with it."""


def rows(data: bytes) -> Iterator[Found]:
    """Yield each line that is not blank. Raises ReadError where the bytes are not UTF-8."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadError(f"is not UTF-8 text ({error.reason}): save it as UTF-8") from error
    for line, one in enumerate(text.split("\n"), start=1):
        if one.strip():
            yield line, parse_object(one)


def parse_object(text: str) -> dict[str, Any] | str:
    """Return the object of a line, or what is wrong with it."""
    try:
        row = json.loads(text)
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, too
        return f"not JSON ({error})"
    return row if isinstance(row, dict) else f"expected an object, found {text.strip()[:40]}"


def json_lines_bytes(questions: Iterable[Question]) -> bytes:
    """Return the questions as JSON Lines."""
    lines = (json.dumps(question.shape(), ensure_ascii=False) for question in questions)
    return "".join(f"{line}\n" for line in lines).encode()
