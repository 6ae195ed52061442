"""Every error that the page may show is said in plain Chinese too."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus import ReadError, YoujuError
from ui.errors import explain

ROOT = Path(__file__).parents[1]
# Said on the command line alone: the page names files, not paths.
UNSEEN = ("no such file or folder", "no document in this folder")
# Stand-ins for what a message quotes.
SHOWN = {"REMEDY": "pip install 'youju[ocr]'", "what": "broke off", "found": "a picture"}


def messages(package: str, *errors: str) -> Iterator[str]:
    """The messages with which a package makes errors, something put in for what they quote."""
    for path in sorted((ROOT / package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            is_error = isinstance(node, ast.Call) and ast.unparse(node.func) in errors
            if is_error and isinstance(node.args[-1], ast.Constant | ast.JoinedStr):
                yield "".join(shown(node.args[-1]))


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


MESSAGES = [m for m in messages("corpus", "ReadError") if not any(u in m for u in UNSEEN)]
# Without two that only put other words or another error together.
OTHERS = [
    message
    for message in messages("retrieval", "QueryError", "SynonymsError", "Problem")
    if message not in ("12: 12", "a picture 12: broke off")
]
ENCODERS = list(messages("index", "EncoderError"))


def test_the_messages_were_found() -> None:
    assert len(MESSAGES) > 35


@pytest.mark.parametrize("message", MESSAGES)
def test_every_error_of_reading_has_a_plain_chinese_line(message: str) -> None:
    said = explain(ReadError(message), "zh")
    assert not said.startswith("程序报告"), message
    assert "{" not in said
    assert explain(ReadError(message), "en") == message


def test_the_messages_of_asking_were_found() -> None:
    assert len(OTHERS) >= 10
    assert len(ENCODERS) > 8


@pytest.mark.parametrize("message", [*OTHERS, *ENCODERS])
def test_every_error_of_asking_has_a_plain_chinese_line(message: str) -> None:
    said = explain(YoujuError(message), "zh")
    assert not said.startswith("程序报告"), message
    assert "{" not in said
    assert "None" not in said


def test_what_the_synonyms_cannot_remove_is_explained() -> None:
    line = "there is no pair for '涨薪': see `youju synonyms`"
    assert explain(YoujuError(line), "zh") == "没有'涨薪'这一对词。"
    line = "the program's own table holds '涨薪': add a pair for it to use other words"
    assert "内置" in explain(YoujuError(line), "zh")


def test_a_former_default_that_cannot_be_had_names_the_command() -> None:
    line = (
        "lib was built with old/1, the default of an earlier version: preparing it needs onnx, "
        "which is not installed; or change to new/1 with `youju reencode --library lib`"
    )
    said = explain(YoujuError(line), "zh")
    assert "old/1" in said
    assert said.endswith("`youju reencode --library lib`")
