"""A question that leans on the one before it (那初中呢？), said in full."""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from corpus.fold import Folded, fold
from corpus.spans import starts_of
from retrieval.query import matter

LONGEST = 16
"""Characters of what a follow-up puts in place of something; a longer one stands by itself."""

Places = Callable[[str], Iterable[str]]
"""Finds the names of places in a folded text."""

_LEANS = re.compile(
    rf"(?:那么?|还有|换成|如果是|要是|至于|另外)?[,、 ]?(?P<other>[^,。?]{{1,{LONGEST}}}?)"
    r"(?:呢|又如何|怎么样|也一样吗)[?]?"
)
_OPENS = re.compile(r"(?:那么?|这个?|它|其中)[,、 ]?(?P<rest>[^。?]{0,24})[?]?")
# What is left of 由谁负责 and 什么时候开始, which name no matter.
_EMPTY = re.compile(
    r"(?:责任单位|牵头单位|负责|牵头|办理|开始|规定|要求|标准|依据|"
    r"[由谁的是在就也又还都吗呢了啊?,、 ]){0,12}"
)
# What may take the place of what: the members of one line.
_PEERS = tuple(
    re.compile(pattern)
    for pattern in (
        r"幼儿园|学前教育|学前|小学|初中|普通高中|高中|普高|中职|职业学校|职业教育|职高|高校|大学"
        r"|义务教育|特殊教育学校|特殊教育",
        r"班主任|骨干教师|代课教师|教研员|教师|老师|园长|校长|学生|家长|辅导员|校医|保安",
        r"民办|公办|普惠|农村|乡村|城市|城区|县城|寄宿",
        r"[0-9]{4}年|[0-9]{4}",
    )
)


class _Question(NamedTuple):
    """A question as it was typed, and folded, which is how it is read."""

    typed: str
    folded: Folded

    @property
    def text(self) -> str:
        """The folded question."""
        return self.folded.text

    def as_typed(self, part: str) -> str:
        """Return a part of the folded question as it was typed; what is none stays as it is."""
        start = self.text.find(part)
        if start < 0:
            return part
        return self.typed[slice(*self.folded.original(start, start + len(part)))]

    def with_other(self, old: str, new: str) -> str:
        """Return the question as typed, with `new` wherever `old` stands in the folded one."""
        pieces, end = [], 0
        for start in starts_of(old, self.text, overlapping=False):
            span = self.folded.original(start, start + len(old))
            pieces += [self.typed[end : span.start], new]
            end = span.end
        return "".join([*pieces, self.typed[end:]])


def in_full(question: str, previous: str | None, places: Places = lambda text: ()) -> str:
    """Return `question`, completed from the one before it where it cannot stand alone.

    那初中呢 puts 初中 in place of the stage that `previous` names; a place takes the place of a
    place, a year of a year; what has no counterpart is put before the previous question. A
    question without a matter of its own (由谁负责？) is about that of the previous one. Anything
    else stands as it is. Signs and characters stay as they were typed.
    """
    if not previous:
        return question
    asked, before = (_Question(one, fold(one)) for one in (question.strip(), previous))
    leaning = _LEANS.fullmatch(asked.text)
    if leaning:
        return _replaced(before, asked, leaning["other"].strip(), places)
    opening = _OPENS.fullmatch(asked.text)
    rest = opening["rest"] if opening else asked.text
    if _EMPTY.fullmatch(matter(rest)):
        return f"{previous.strip('?？ ')} {asked.as_typed(rest)}"
    return question


def _replaced(before: _Question, asked: _Question, other: str, places: Places) -> str:
    """The previous question about `other`, which is a part of what is asked."""
    other = other.removesuffix("的")
    for old, new in _counterparts(before.text, other, places):
        return before.with_other(old, asked.as_typed(new))
    return f"{asked.as_typed(other)} {before.typed}"


def _counterparts(previous: str, other: str, places: Places) -> Iterable[tuple[str, str]]:
    """What of the previous question gives way to what of the new one, the surest first."""
    for peers in _PEERS:
        old, new = peers.search(previous), peers.search(other)
        if old and new and old[0] != new[0]:
            yield old[0], other if new[0] in other and len(other) <= LONGEST else new[0]
    old_places, new_places = list(places(previous)), list(places(other))
    if old_places and new_places:
        yield old_places[0], new_places[0]
