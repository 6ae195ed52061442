"""Every error of reading is said in plain Chinese too."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus import ReadError
from ui.errors import explain

CORPUS = Path(__file__).parents[1] / "corpus"
# Said on the command line alone: the page names files, not paths.
UNSEEN = ("no such file or folder", "no document in this folder")
# Stand-ins for what a message quotes.
SHOWN = {"REMEDY": "pip install 'youju[ocr]'", "what": "broke off", "found": "a picture"}


def messages() -> Iterator[str]:
    """The messages with which `corpus` raises ReadError, something put in for what they quote."""
    for path in sorted(CORPUS.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            is_error = isinstance(node, ast.Call) and ast.unparse(node.func) == "ReadError"
            if is_error and isinstance(node.args[0], ast.Constant | ast.JoinedStr):
                yield "".join(shown(node.args[0]))


def shown(node: ast.Constant | ast.JoinedStr) -> Iterator[str]:
    if isinstance(node, ast.Constant):
        yield str(node.value)
        return
    for part in node.values:
        if isinstance(part, ast.Constant):
            yield str(part.value)
        else:
            assert isinstance(part, ast.FormattedValue)
            yield SHOWN.get(ast.unparse(part.value), "12")


MESSAGES = [message for message in messages() if not any(u in message for u in UNSEEN)]


def test_the_messages_were_found() -> None:
    assert len(MESSAGES) > 35


@pytest.mark.parametrize("message", MESSAGES)
def test_every_error_of_reading_has_a_plain_chinese_line(message: str) -> None:
    said = explain(ReadError(message), "zh")
    assert not said.startswith("程序报告"), message
    assert "{" not in said
    assert explain(ReadError(message), "en") == message
