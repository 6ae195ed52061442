"""How often each term stands in each passage: counted from tokens, or carried over from before."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.terms import Vocabulary, number_terms, unite

BATCH = 1 << 21  # tokens counted, or postings carried over, at once: about 100 MB at the peak

Ids = NDArray[np.int32]
Counts = NDArray[np.unsignedinteger]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """The passages that hold each term, and how often.

    The passages with term t are `ids[starts[t]:starts[t + 1]]`, rising; `counts` beside them, of
    the narrowest unsigned type that holds them all. `lengths` are the tokens of each passage. No
    term is without a passage, so that equal passages have equal postings, however they came about.
    """

    vocabulary: Vocabulary
    starts: Numbers
    ids: Ids
    counts: Counts
    lengths: Ids

    @property
    def size(self) -> int:
        """How many passages there are, those without a token among them."""
        return len(self.lengths)

    def spans(self, most: int = BATCH) -> Iterator[tuple[int, int]]:
        """Cut the terms into runs `(first, end)` that have about `most` postings each."""
        marks = np.searchsorted(self.starts, np.arange(0, len(self.ids), most))
        yield from pairwise(np.unique([*marks, len(self.vocabulary)]).tolist())


class _Part(NamedTuple):
    """The postings of some terms in some passages, by term, and within a term by passage.

    `terms` are distinct numbers; `holding` says how many of `ids` and `counts` belong to each.
    """

    terms: Numbers
    holding: Numbers
    ids: Ids
    counts: Counts


def count_postings(token_lists: Iterable[Sequence[str]], batch: int = BATCH) -> Postings:
    """Count the tokens of each passage; a passage's id is its place in `token_lists`.

    The lists are read once, one at a time. A term of a passage takes 5 bytes or little more, and
    8 more while it is counted; `batch` tokens are counted at once.
    """
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    lengths = array("i")
    parts = list(_batches(token_lists, numbers, lengths, batch))
    vocabulary, rank = number_terms(numbers)
    ranked = [part._replace(terms=rank[part.terms]) for part in parts]
    return _join(ranked, vocabulary, np.array(lengths, dtype=np.int32))


def carry_over(
    old: Postings, sources: Numbers, token_lists: Iterable[Sequence[str]], batch: int = BATCH
) -> Postings:
    """Return the postings of passages of which `old` has counted some.

    Passage i is that of the id `sources[i]` in `old`, no two of the same, or where that is
    negative the next of `token_lists`. The result is that of counting all of them anew.
    """
    fresh = count_postings(token_lists, batch)
    is_kept = sources >= 0
    places = np.full(old.size, -1, dtype=np.int32)
    places[sources[is_kept]] = np.flatnonzero(is_kept)
    lengths = np.empty(len(sources), dtype=np.int32)
    lengths[is_kept] = old.lengths[sources[is_kept]]
    lengths[~is_kept] = fresh.lengths
    parts = list(_moved(old, places, batch))
    is_held = np.zeros(len(old.vocabulary), dtype=np.bool_)
    for part in parts:
        is_held[part.terms] = True
    vocabulary, of_held, of_fresh = unite(old.vocabulary.select(is_held), fresh.vocabulary)
    of_old = np.zeros(len(old.vocabulary), dtype=np.int64)
    of_old[is_held] = of_held
    parts = [part._replace(terms=of_old[part.terms]) for part in parts]
    fresh_places = np.flatnonzero(~is_kept).astype(np.int32)
    parts += [p._replace(terms=of_fresh[p.terms]) for p in _moved(fresh, fresh_places, batch)]
    joined = _join(parts, vocabulary, lengths)
    return joined if _is_in_order(sources, old.size) else _ordered(joined)


def _batches(
    token_lists: Iterable[Sequence[str]],
    numbers: defaultdict[str, int],
    lengths: "array[int]",
    batch: int,
) -> Iterator[_Part]:
    """Number the tokens, note the lengths, and count about `batch` tokens at a time."""
    waiting, first = array("i"), 0
    for tokens in token_lists:
        waiting.extend(map(numbers.__getitem__, tokens))
        lengths.append(len(tokens))
        if len(waiting) >= batch:
            yield _count(waiting, lengths, first)
            waiting, first = array("i"), len(lengths)
    yield _count(waiting, lengths, first)


def _count(terms: "array[int]", lengths: "array[int]", first: int) -> _Part:
    """Count `terms`, those of the passages from `first` on, joined."""
    ids = np.repeat(np.arange(first, len(lengths)), lengths[first:])
    # One sort of term and passage in one integer groups and counts at once.
    keys, counts = np.unique(np.array(terms, dtype=np.int64) << 32 | ids, return_counts=True)
    begins = np.flatnonzero(np.diff(keys >> 32, prepend=-1))
    return _Part(
        terms=keys[begins] >> 32,
        holding=np.diff(begins, append=len(keys)),
        ids=(keys & 0xFFFFFFFF).astype(np.int32),
        counts=_narrow(counts),
    )


def _moved(postings: Postings, places: Ids, batch: int) -> Iterator[_Part]:
    """The postings with passage i at `places[i]`, or left out where that is negative."""
    leaves_out = bool((places < 0).any())
    for first, end in postings.spans(batch):
        starts = postings.starts[first : end + 1]
        ids = places[postings.ids[starts[0] : starts[-1]]]
        counts = postings.counts[starts[0] : starts[-1]]
        if leaves_out:
            is_kept = ids >= 0
            starts = np.concatenate(([0], np.cumsum(is_kept)))[starts - starts[0]]
            ids, counts = ids[is_kept], counts[is_kept]
        holding = np.diff(starts)
        held = np.flatnonzero(holding)
        yield _Part(held + first, holding[held], ids, counts)


def _join(parts: Sequence[_Part], vocabulary: Vocabulary, lengths: Ids) -> Postings:
    """Put all postings in place, term after term, and within a term part after part."""
    holding = np.zeros(len(vocabulary) + 1, dtype=np.int64)
    for part in parts:
        holding[part.terms + 1] += part.holding
    starts = np.cumsum(holding)
    ids = np.empty(starts[-1], dtype=np.int32)
    counts = np.empty(starts[-1], np.result_type(np.uint8, *(part.counts for part in parts)))
    free = starts[:-1].copy()
    for part in parts:
        begins = np.cumsum(part.holding) - part.holding
        places = np.arange(len(part.ids)) + np.repeat(free[part.terms] - begins, part.holding)
        free[part.terms] += part.holding
        ids[places] = part.ids
        counts[places] = part.counts
    return Postings(vocabulary, starts, ids, _narrow(counts), lengths)


def _narrow(counts: NDArray[np.integer]) -> Counts:
    """The counts in the narrowest unsigned type that holds them."""
    kind = np.min_scalar_type(int(counts.max(initial=0)))
    return counts.astype(kind, copy=False)


def _is_in_order(sources: Numbers, old: int) -> bool:
    """Whether the passages carried over keep their order and stand before the fresh ones."""
    return bool((np.diff(np.where(sources < 0, old, sources)) >= 0).all())


def _ordered(postings: Postings) -> Postings:
    """The postings with the passages of each term brought in order."""
    ids, counts = np.empty_like(postings.ids), np.empty_like(postings.counts)
    for first, end in postings.spans():
        starts = postings.starts[first : end + 1]
        held = slice(starts[0], starts[-1])
        terms = np.repeat(np.arange(first, end), np.diff(starts))
        order = np.argsort(terms << 32 | postings.ids[held])
        ids[held], counts[held] = postings.ids[held][order], postings.counts[held][order]
    return Postings(postings.vocabulary, postings.starts, ids, counts, postings.lengths)
