"""Real plans: every sentence is verified against its own clause, and none with another digit."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus import Span, read_file
from retrieval.sentences import split_sentences
from retrieval.verify import verify
from retrieval.verify.content import without_ordinal
from tests.verified import Quoted

SEEDS = Path(__file__).parent.parent.parent / "shared" / "corpus" / "seeds"

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not SEEDS.is_dir(), reason="the real documents are not there"),
]


def quoted_sentences() -> Iterator[tuple[str, Quoted]]:
    for path in sorted(SEEDS.iterdir()):
        document = read_file(path)
        for clause in document.clauses:
            if clause.kind == "item":
                end = len(document.text[: clause.end].rstrip())
                quoted = Quoted(1, document, clause, Span(clause.start, end))
                for span in split_sentences(document.text, clause.span):
                    yield document.quote(span), quoted


def test_every_sentence_is_verified_and_none_with_another_digit() -> None:
    checked = changed = 0
    for text, quoted in quoted_sentences():
        found = {one.verdict for one in verify(f"{text}[1]", [quoted])}
        assert found <= {"verified", "not checked"}, text
        checked += 1
        first = len(text) - len(without_ordinal(text))
        for digit in list(re.finditer("[0-9]", text[first:]))[:2]:
            at = first + digit.start()
            other = f"{text[:at]}{(int(digit[0]) + 1) % 10}{text[at + 1 :]}[1]"
            assert {one.verdict for one in verify(other, [quoted])} & {"altered", "unsupported"}
            changed += 1
    assert checked > 500
    assert changed > 100
