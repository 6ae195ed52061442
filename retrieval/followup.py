"""A question that leans on the one before it (那初中呢？), said in full."""

import re
from collections.abc import Callable, Iterable

from corpus.fold import fold_text
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


def in_full(question: str, previous: str | None, places: Places = lambda text: ()) -> str:
    """Return `question`, completed from the one before it where it cannot stand alone.

    那初中呢 puts 初中 in place of the stage that `previous` names; a place takes the place of a
    place, a year of a year; what has no counterpart is put before the previous question. A
    question without a matter of its own (由谁负责？) is about that of the previous one. Anything
    else stands as it is.
    """
    if not previous:
        return question
    folded = fold_text(question).strip()
    leaning = _LEANS.fullmatch(folded)
    if leaning:
        return _replaced(fold_text(previous), leaning["other"].strip(), places)
    opening = _OPENS.fullmatch(folded)
    asked = opening["rest"] if opening else folded
    if _EMPTY.fullmatch(matter(asked)):
        return f"{fold_text(previous).strip('? ')} {asked}"
    return question


def _replaced(previous: str, other: str, places: Places) -> str:
    """The previous question about `other`."""
    other = other.removesuffix("的")
    for old, new in _counterparts(previous, other, places):
        return previous.replace(old, new)
    return f"{other} {previous}"


def _counterparts(previous: str, other: str, places: Places) -> Iterable[tuple[str, str]]:
    """What of the previous question gives way to what of the new one, the surest first."""
    for peers in _PEERS:
        old, new = peers.search(previous), peers.search(other)
        if old and new and old[0] != new[0]:
            yield old[0], other if new[0] in other and len(other) <= LONGEST else new[0]
    old_places, new_places = list(places(previous)), list(places(other))
    if old_places and new_places:
        yield old_places[0], new_places[0]
