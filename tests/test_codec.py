"""Named tuples as JSON, and back."""

from typing import Literal, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.facts import Facts
from index.codec import dump, load


class Inner(NamedTuple):
    number: int
    word: str | None


class Outer(NamedTuple):
    kind: Literal["a", "b"]
    first: Inner
    rest: tuple[Inner, ...] = ()
    spare: Inner | None = None


INNERS = st.builds(Inner, st.integers(-9, 9), st.none() | st.text(max_size=3))


@given(
    st.builds(Outer, st.sampled_from("ab"), INNERS, st.lists(INNERS).map(tuple), st.none() | INNERS)
)
def test_what_is_dumped_is_loaded_again(value: Outer) -> None:
    loaded = load(Outer, dump(value))
    assert loaded == value
    assert isinstance(loaded.first, Inner)
    assert all(isinstance(inner, Inner) for inner in loaded.rest)


def test_tuples_of_named_tuples_and_none_are_loaded() -> None:
    assert load(tuple[Inner, ...], '[[1, "甲"], [2, null]]') == (Inner(1, "甲"), Inner(2, None))
    assert load(Facts, dump(Facts())) == Facts()


def test_a_value_of_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        load(Inner, "[1]")
