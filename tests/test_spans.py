"""Where words occur in a text, held against a naive definition and a second implementation."""

import re

from hypothesis import given
from hypothesis import strategies as st

from corpus.spans import starts_of

# Few letters, so that words often overlap themselves.
texts = st.text("学校.", max_size=12)


@given(texts, texts.filter(bool))
def test_every_place_is_found(text: str, sought: str) -> None:
    naive = [at for at in range(len(text)) if text.startswith(sought, at)]
    assert list(starts_of(sought, text, overlapping=True)) == naive


@given(texts, texts.filter(bool))
def test_no_two_places_overlap_where_they_may_not(text: str, sought: str) -> None:
    matched = [match.start() for match in re.finditer(re.escape(sought), text)]
    assert list(starts_of(sought, text, overlapping=False)) == matched


def test_the_two_differ_where_a_word_overlaps_itself() -> None:
    assert list(starts_of("学学", "学学学学", overlapping=True)) == [0, 1, 2]
    assert list(starts_of("学学", "学学学学", overlapping=False)) == [0, 2]


@given(texts)
def test_nothing_occurs_nowhere(text: str) -> None:
    assert list(starts_of("", text, overlapping=True)) == []
    assert list(starts_of("", text, overlapping=False)) == []
