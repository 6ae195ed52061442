"""What changed inside a clause, word by word."""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from corpus import Span
from retrieval.compare.versions.wording import Token, Wording

Op = Literal["equal", "deleted", "inserted"]

MOST_TOKENS = 20_000
"""Words of a clause that are compared one by one; a longer one is marked as a whole."""
ISLAND = 2
"""Characters of equal text between changes that are too few to read: they are changed with them."""


class Piece(NamedTuple):
    """A stretch of a changed clause; `old` is None where it was inserted, `new` where deleted.

    The pieces of either side, joined, are its clause. Punctuation belongs to the word before it.
    """

    op: Op
    old: Span | None
    new: Span | None


class _Edit(NamedTuple):
    """Tokens `old[a:b]` became `new[c:d]`; the same words where `equal`."""

    equal: bool
    a: int
    b: int
    c: int
    d: int


def mark(old: Wording, new: Wording) -> tuple[Piece, ...]:
    """Return the pieces of two clauses, figures and words whole."""
    if max(len(old.tokens), len(new.tokens)) > MOST_TOKENS:
        edits = [_Edit(False, 0, len(old.tokens), 0, len(new.tokens))]
    else:
        edits = _settled(list(_edits(old.tokens, new.tokens)), old.tokens, new.tokens)
    return tuple(_pieces(edits, old, new))


def _edits(old: Sequence[Token], new: Sequence[Token]) -> Iterator[_Edit]:
    from rapidfuzz.distance import LCSseq

    keys = [[token.key for token in side] for side in (old, new)]
    for op in LCSseq.opcodes(*keys):
        yield _Edit(op.tag == "equal", op.src_start, op.src_end, op.dest_start, op.dest_end)


def _settled(edits: list[_Edit], old: Sequence[Token], new: Sequence[Token]) -> list[_Edit]:
    """Join changes that only an island keeps apart; what then says the same is no change."""
    last = len(edits) - 1
    bridged = [
        edit._replace(
            equal=edit.equal and (at in (0, last) or not _is_island(old[edit.a : edit.b]))
        )
        for at, edit in enumerate(edits)
    ]
    judged = [
        edit._replace(equal=edit.equal or _say(old, edit.a, edit.b) == _say(new, edit.c, edit.d))
        for edit in _joined(bridged)
    ]
    return _joined(judged)


def _joined(edits: Sequence[_Edit]) -> list[_Edit]:
    """Join neighbours of one kind."""
    joined: list[_Edit] = []
    for edit in edits:
        if joined and joined[-1].equal == edit.equal:
            joined[-1] = joined[-1]._replace(b=edit.b, d=edit.d)
        else:
            joined.append(edit)
    return joined


def _is_island(tokens: Sequence[Token]) -> bool:
    """Whether equal words are too few to be read as what stayed; a figure is not."""
    text = "".join(token.key for token in tokens)
    return len(text) <= ISLAND and not any(c.isdigit() for c in text)


def _say(tokens: Sequence[Token], start: int, end: int) -> str:
    return "".join(token.key for token in tokens[start:end])


def _pieces(edits: Sequence[_Edit], old: Wording, new: Wording) -> Iterator[Piece]:
    # The number of a clause, and white space before its first word, are its form.
    heads = Span(old.clause.start, _at(old, 0)), Span(new.clause.start, _at(new, 0))
    if any(head.start < head.end for head in heads):
        yield Piece("equal", *heads)
    for edit in edits:
        left = Span(_at(old, edit.a), _at(old, edit.b))
        right = Span(_at(new, edit.c), _at(new, edit.d))
        if edit.equal:
            yield Piece("equal", left, right)
            continue
        if edit.b > edit.a:
            yield Piece("deleted", left, None)
        if edit.d > edit.c:
            yield Piece("inserted", None, right)


def _at(wording: Wording, number: int) -> int:
    """Where a word begins; behind the last one, where the clause ends."""
    tokens = wording.tokens
    return tokens[number].start if number < len(tokens) else wording.clause.end
