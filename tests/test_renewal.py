"""An index that takes over what an older one knew is the one that is made anew, bit for bit."""

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.postings import carry_over, count_postings
from index.words import Words, build, renew

Passage = tuple[str, ...]

# Two pairs of terms with one CRC-32 each, which must not change places.
TERMS = ["教育", "经费", "a", "ab", "", "plumless", "buckeroo", "codding", "gnu"]

terms = st.one_of(st.sampled_from(TERMS), st.text(max_size=2))
passages = st.lists(terms, max_size=8).map(tuple)
libraries = st.lists(passages, max_size=12)


def text_hash(passage: Passage) -> bytes:
    return sha256(repr(passage).encode()).digest()[:16]


def made(library: Sequence[Passage]) -> Words:
    return build(library, hashes=[text_hash(passage) for passage in library])


def renewed(old: Words, library: Sequence[Passage]) -> tuple[Words, list[int]]:
    """The renewed index, and the positions that had to be cut into words again."""
    asked: list[int] = []

    def tokens_of(positions: Sequence[int]) -> Iterator[Passage]:
        asked.extend(positions)
        return (library[position] for position in positions)

    return renew(old, [text_hash(passage) for passage in library], tokens_of), asked


def assert_same(found: Words, expected: Words) -> None:
    pairs = [
        (found.weights, expected.weights),
        (found.hashes, expected.hashes),
        *((getattr(found.postings, n), getattr(expected.postings, n)) for n in ARRAYS),
        *((getattr(found.vocabulary, n), getattr(expected.vocabulary, n)) for n in LETTERS),
    ]
    for ours, theirs in pairs:
        assert ours.dtype == theirs.dtype
        assert ours.shape == theirs.shape
        assert ours.tobytes() == theirs.tobytes()


ARRAYS = ("starts", "ids", "counts", "lengths")
LETTERS = ("letters", "starts", "keys")


@settings(deadline=None)
@given(libraries, libraries)
def test_any_library_after_any_other(old: list[Passage], new: list[Passage]) -> None:
    found, asked = renewed(made(old), new)
    assert_same(found, made(new))
    missing = len(new) - sum(min(old.count(text), new.count(text)) for text in set(new))
    assert len(asked) == missing


@settings(deadline=None)
@given(st.data())
def test_after_many_adds_replaces_and_removes(data: st.DataObject) -> None:
    library = data.draw(libraries)
    words = made(library)
    for _ in range(data.draw(st.integers(1, 5))):
        gone = data.draw(st.sets(st.sampled_from(range(len(library))))) if library else set()
        added = data.draw(st.lists(passages, max_size=4))
        library = [text for n, text in enumerate(library) if n not in gone] + added
        words, asked = renewed(words, library)
        assert len(asked) <= len(added)
    assert_same(words, made(library))


def test_a_large_library_with_some_texts_replaced() -> None:
    random = np.random.default_rng(0)
    library = [
        tuple(f"t{term}" for term in random.zipf(1.3, size=random.integers(1, 100)) % 3000)
        for _ in range(400)
    ]
    changed = [text[::-1][:20] if n % 7 == 0 else text for n, text in enumerate(library)]
    found, asked = renewed(made(library), changed)
    assert_same(found, made(changed))
    # A text of one term is the same backwards.
    assert set(asked) == {n for n, text in enumerate(library) if text != changed[n]}


@pytest.mark.parametrize("reorder", [lambda n: n, lambda n: n[::-1], lambda n: n[1::2] + n[::2]])
@pytest.mark.parametrize("batch", [1, 3, 1 << 20])
def test_postings_carried_over_in_any_order_and_by_any_batch(
    reorder: Callable[[list[int]], list[int]], batch: int
) -> None:
    old = [("a", "b"), ("b",), ("c", "a", "a"), (), ("d",)]
    sources = np.array([-1, *reorder([0, 2, 3, 4]), -1])
    fresh = [("e", "a"), ("b", "b")]
    waiting = iter(fresh)
    expected = count_postings([next(waiting) if n < 0 else old[n] for n in sources])
    found = carry_over(count_postings(old), sources, fresh, batch)
    for name in ARRAYS:
        assert getattr(found, name).tolist() == getattr(expected, name).tolist(), name
    held = [found.vocabulary[n] for n in range(len(found.vocabulary))]
    assert held == [expected.vocabulary[n] for n in range(len(held))]
    assert len(held) == len(expected.vocabulary)


def test_a_count_above_255_widens_the_counts_and_its_end_narrows_them() -> None:
    long, short = ("a",) * 300, ("a", "b")
    wide, _ = renewed(made([short]), [short, long])
    assert wide.postings.counts.dtype == np.uint16
    assert sorted(wide.postings.counts.tolist()) == [1, 1, 300]
    narrow, _ = renewed(wide, [short])
    assert narrow.postings.counts.dtype == np.uint8
    assert_same(narrow, made([short]))


def test_an_index_without_hashes_knows_no_text() -> None:
    library: list[Passage] = [("a",), ("b",)]
    found, asked = renewed(build(library), library)
    assert asked == [0, 1]
    assert_same(found, made(library))
