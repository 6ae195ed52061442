"""Words that exclude each other, such as 小学 and 初中: one where the source has another."""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

_TABLE = Path(__file__).with_name("contrasts.tsv")


class Member(NamedTuple):
    """A member of the group at a line of the table, as it is written at `start`."""

    group: int
    member: int
    start: int
    written: str


@cache
def contrasts() -> tuple[tuple[tuple[str, ...], ...], ...]:
    """Return the groups of the table, each of members, each of ways to write it."""
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return tuple(tuple(tuple(member.split("|")) for member in row) for row in rows)


@cache
def rates() -> int:
    """Return the group of how often something is counted: 每天, 每周, 每月."""
    return next(at for at, members in enumerate(contrasts()) if "每天" in members[0])


@cache
def _by_word() -> dict[str, tuple[int, int]]:
    return {
        word: (group, member)
        for group, members in enumerate(contrasts())
        for member, words in enumerate(members)
        for word in words
    }


def members_in(plain: str) -> list[Member]:
    """Return the words of the table that stand in a text, by place; the longest at each."""
    found = [
        Member(group, member, at, word)
        for word, (group, member) in _by_word().items()
        for at in _places(plain, word)
    ]
    return [one for one in sorted(found, key=lambda m: m.start) if not _is_inside(one, found)]


def _is_inside(one: Member, others: Sequence[Member]) -> bool:
    end = one.start + len(one.written)
    return any(
        other.start <= one.start
        and end <= other.start + len(other.written)
        and len(other.written) > len(one.written)
        for other in others
    )


def _places(plain: str, word: str) -> Iterator[int]:
    at = plain.find(word)
    while at >= 0:
        yield at
        at = plain.find(word, at + 1)
