"""Which clause of one document is which of another: by wording, then by place."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus import Clause
from corpus.fold import fold_text
from retrieval.compare.versions.wording import Wording

SHINGLE = 3
"""Characters of the pieces that clauses are compared by."""
COMMON = 60
"""A piece that more clauses of a document hold than this leads to none of them."""
LOOKED_AT = 40
"""Clauses that are compared with one, those that share the most rare pieces."""
CONTAINED = 0.8
"""What a clause counts that stands whole in the other, against one that is equal."""
SHORTEST_CONTAINED = 12
"""Characters that a clause must have to be found within another."""


MOVED = 0.5
"""How alike a clause that changed and moved must be: else one was removed and another added."""
OPENS_ALIKE = 0.8
"""Share of the characters of the shorter opening that the other one has."""


class Rule(NamedTuple):
    """How alike clauses must be to be one, and what speaks for it beside their words."""

    least: float
    address: float
    heading: float
    """What stands above both."""
    opening: float
    """What both begin with: 加强组织领导。"""


VERSIONS = Rule(least=0.3, address=0.1, heading=0.08, opening=0.1)
"""Of one work: 第十二条 is likely still 第十二条."""
OTHERS = Rule(least=0.28, address=0.0, heading=0.05, opening=0.28)
"""Of two works, whose numbers and order have nothing to do with each other."""


class Pair(NamedTuple):
    """A clause in either document, by position."""

    old: int
    new: int


def pair(old: Sequence[Wording], new: Sequence[Wording], rule: Rule) -> list[Pair]:
    """Return the clauses that are one, in the order of `old`.

    First the longest sequence of equal clauses in order, then equal ones elsewhere, then the most
    alike first; each clause is used once. Deterministic; the work grows with the clauses that
    share pieces of text.
    """
    pairs = list(_in_order(old, new))
    left_old, left_new = _left(pairs, len(old), len(new))
    pairs += _equal(old, new, left_old, left_new)
    left_old, left_new = _left(pairs, len(old), len(new))
    pairs += _alike(old, new, left_old, left_new, rule)
    return sorted(pairs)


def _in_order(old: Sequence[Wording], new: Sequence[Wording]) -> Iterator[Pair]:
    """The longest common subsequence of clauses."""
    from rapidfuzz.distance import LCSseq

    numbers: dict[tuple[str, bool], int] = {}
    coded = [[numbers.setdefault(_identity(w), len(numbers)) for w in side] for side in (old, new)]
    for block in LCSseq.opcodes(*coded):
        if block.tag == "equal":
            length = block.src_end - block.src_start
            yield from (Pair(block.src_start + n, block.dest_start + n) for n in range(length))


def _identity(wording: Wording) -> tuple[str, bool]:
    return wording.sense, wording.clause.kind == "heading"


def _equal(
    old: Sequence[Wording], new: Sequence[Wording], left: Sequence[int], others: Sequence[int]
) -> Iterator[Pair]:
    """Equal clauses that stand elsewhere, in the order in which they come."""
    waiting: dict[tuple[str, bool], list[int]] = defaultdict(list)
    for number in reversed(others):
        waiting[_identity(new[number])].append(number)
    for number in left:
        same = waiting.get(_identity(old[number]))
        if same:
            yield Pair(number, same.pop())


def _left(pairs: Sequence[Pair], old: int, new: int) -> tuple[list[int], list[int]]:
    used = {p.old for p in pairs}, {p.new for p in pairs}
    return [n for n in range(old) if n not in used[0]], [n for n in range(new) if n not in used[1]]


# --- clauses that are alike ----------------------------------------------------------------------


def _alike(
    old: Sequence[Wording],
    new: Sequence[Wording],
    left: Sequence[int],
    others: Sequence[int],
    rule: Rule,
) -> Iterator[Pair]:
    """Pair what is most alike first, ties by how near the places are."""
    pieces = {n: _pieces(new[n].sense) for n in others}
    holders: dict[str, list[int]] = defaultdict(list)
    for number, held in pieces.items():
        for piece in held:
            holders[piece].append(number)
    scored = []
    for one in left:
        own = _pieces(old[one].sense)
        for other in _candidates(own, holders):
            score = _likeness(own, pieces[other])
            score += _beside(old[one], new[other], rule)
            if score >= rule.least and _are_of_a_kind(old[one].clause, new[other].clause):
                apart = abs(one / len(old) - other / len(new))
                scored.append((-score, apart, one, other))
    taken: tuple[set[int], set[int]] = set(), set()
    for _, _, one, other in sorted(scored):
        if one not in taken[0] and other not in taken[1]:
            taken[0].add(one)
            taken[1].add(other)
            yield Pair(one, other)


def _pieces(text: str) -> frozenset[str]:
    return frozenset(text[n : n + SHINGLE] for n in range(max(1, len(text) - SHINGLE + 1)))


def _candidates(own: frozenset[str], holders: dict[str, list[int]]) -> list[int]:
    """The clauses that share the most pieces; pieces that many hold lead to none of them.

    Where all its pieces are common, those that hold the least common one are looked at.
    """
    lists = [holders[piece] for piece in own if piece in holders]
    rare = [found for found in lists if len(found) <= COMMON]
    counts = Counter(number for found in rare or sorted(lists, key=len)[:1] for number in found)
    return sorted(counts, key=lambda number: (-counts[number], number))[:LOOKED_AT]


def likeness(old: Wording, new: Wording) -> float:
    """How alike two clauses are, 0 to 1."""
    return _likeness(_pieces(old.sense), _pieces(new.sense))


def _likeness(own: frozenset[str], other: frozenset[str]) -> float:
    """The Dice coefficient of the pieces, or how much of the shorter text the other one holds."""
    common, least = len(own & other), min(len(own), len(other))
    within = CONTAINED * common / least if least >= SHORTEST_CONTAINED else 0.0
    return max(2 * common / (len(own) + len(other)), within)


def _beside(old: Wording, new: Wording, rule: Rule) -> float:
    """What speaks for two clauses beside their words as a whole."""
    address = rule.address * (old.clause.address == new.clause.address)
    paths = old.clause.path, new.clause.path
    heading = rule.heading * (all(paths) and _name(old.clause) == _name(new.clause))
    opening = rule.opening * _opens_alike(old.opening, new.opening)
    return address + heading + opening


def _opens_alike(old: str, new: str) -> bool:
    """Whether two clauses have an opening of their own, and share most of its characters."""
    if not old or not new:
        return False
    common = len(set(old) & set(new))
    return common >= OPENS_ALIKE * min(len(set(old)), len(set(new)))


def _name(clause: Clause) -> str:
    return fold_text(clause.path[-1])


def _are_of_a_kind(old: Clause, new: Clause) -> bool:
    return (old.kind == "heading") == (new.kind == "heading")


# --- moved ---------------------------------------------------------------------------------------


def moved(pairs: Sequence[Pair], weights: Sequence[float]) -> set[Pair]:
    """Return the pairs outside the heaviest sequence that is in order in both documents.

    `pairs` are in the order of the old document. Of two that changed places the lighter one moved.
    Fenwick tree over the new positions: O(n log n).
    """
    size = max((p.new for p in pairs), default=-1) + 1
    tree: list[tuple[float, int]] = [(0.0, -1)] * (size + 1)
    before = [-1] * len(pairs)
    best = (0.0, -1)
    for number, (one, weight) in enumerate(zip(pairs, weights, strict=True)):
        total, before[number] = _heaviest(tree, one.new)
        reached = (total + weight, number)
        _enter(tree, one.new + 1, reached)
        best = max(best, reached, key=lambda end: (end[0], -end[1]))
    kept, number = set(), best[1]
    while number >= 0:
        kept.add(pairs[number])
        number = before[number]
    return set(pairs) - kept


def _heaviest(tree: Sequence[tuple[float, int]], end: int) -> tuple[float, int]:
    """The heaviest sequence that ends before a new position."""
    best = (0.0, -1)
    while end > 0:
        best = max(best, tree[end], key=lambda found: found[0])
        end -= end & -end
    return best


def _enter(tree: list[tuple[float, int]], at: int, reached: tuple[float, int]) -> None:
    while at < len(tree):
        if reached[0] > tree[at][0]:
            tree[at] = reached
        at += at & -at
