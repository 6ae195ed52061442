"""Words that turn a requirement into another one, where one stands in place of the other."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from retrieval.trace.cores import core_of, folded
from retrieval.trace.values import Difference, Kind

_GROUPS: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    (
        "figure",
        (
            r"不(?:得|应|能)?(?:低|少|小)于|至少|最少|以上|(?<!不)(?<!不得)(?<!不能)(?:高于|多于|大于|超过)",
            r"不(?:得|应|能)?(?:超过|高于|多于|大于)|至多|最多|以下|以内|(?<!不)(?<!不得)(?<!不能)(?:低于|少于|小于)",
        ),
    ),
    (
        "duty",
        ("增加|提高|扩大|新增|增长|提升|上调|核增", "减少|降低|缩小|压减|缩减|下降|下调|撤并|核减"),
    ),
    ("scope", ("公办", "民办")),
    ("scope", ("学生|儿童|少年|幼儿", "教师|老师|教职工", "校长|园长", "家长|父母|监护人")),
    ("scope", ("校内", "校外")),
    ("scope", ("线上", "线下")),
    ("scope", ("寒假", "暑假")),
    ("duty", ("免费|免收|免除", "收费|收取")),
    ("scope", ("必修", "选修")),
)
_ALIGNED: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    ("scope", ("(?<!中)小学", "初中", "高中", "幼儿园", "大学")),
    ("scope", ("农村|乡村|乡镇", "城市|城镇|城区|县城")),
    ("scope", ("专职", "兼职")),
    ("duty", ("应当|必须", "可以", "不得|严禁|禁止", "鼓励|支持")),
)
_Groups = tuple[tuple[Kind, tuple[re.Pattern[str], ...]], ...]
_Said = tuple[tuple[str | None, ...], ...]
"""For each group what a text says of each alternative, None where it says nothing of it."""


def _compiled(groups: Iterable[tuple[Kind, tuple[str, ...]]]) -> _Groups:
    return tuple((kind, tuple(map(re.compile, words))) for kind, words in groups)


_ANYWHERE = _compiled(_GROUPS)
_IN_PLACE = _compiled((*_GROUPS, *_ALIGNED))
"""For pieces of two texts of nearly the same words."""
_AT_LEAST = re.compile(r"不(?:得|应|能)?(?:低于|少于|小于)")
_AT_MOST = re.compile(r"不(?:得|应|能)?(?:超过|高于|多于|大于)")
_PAIRS = ("≥≤", "前后", "内外", "上下", "男女", "增减", "升降", "有无", "早晚", "大小", "多少")
_TURNS = re.compile(
    r"不得|不准|不许|不应|不可|不再|严禁|禁止|鼓励|可以|未|无|非|不(?![断仅同良足])"
)
_ALIKE = 70
"""Per cent of the longer text that is the same in both: what differs then stands in its place."""
_AROUND = 2


def opposites(here: str, there: str) -> Iterator[Difference]:
    """Yield where `there` says the opposite of what `here` says, or speaks of others."""
    mine, theirs = (_said_anywhere(folded(text)) for text in (here, there))
    yield from dict.fromkeys([*_opposed(_ANYWHERE, mine, theirs), *_replaced(here, there)])


def _opposed(groups: _Groups, here: _Said, there: _Said) -> Iterator[Difference]:
    for (kind, _), mine, theirs in zip(groups, here, there, strict=True):
        both = any(m and t for m, t in zip(mine, theirs, strict=True))
        first, second = (next(filter(None, found), None) for found in (mine, theirs))
        if first and second and not both:
            yield Difference(kind, first, second)


@lru_cache(maxsize=8192)
def _said_anywhere(text: str) -> _Said:
    """What a stretch says of each group; it is held against many requirements."""
    return _said_of(_ANYWHERE, text)


def _said_of(groups: _Groups, text: str) -> _Said:
    found = ([words.search(text) for words in alternatives] for _, alternatives in groups)
    return tuple(tuple(match and match[0] for match in matches) for matches in found)


def _replaced(here: str, there: str) -> Iterator[Difference]:
    """Compare two texts of nearly the same words piece by piece."""
    from rapidfuzz import fuzz
    from rapidfuzz.distance import Levenshtein

    one, other = (_with_signs(core_of(text).words) for text in (here, there))
    if fuzz.ratio(one, other) < _ALIKE:
        return
    for edit in Levenshtein.opcodes(one, other):
        if edit.tag == "equal":
            continue
        pieces = one[edit.src_start : edit.src_end], other[edit.dest_start : edit.dest_end]
        mine = one[max(0, edit.src_start - _AROUND) : edit.src_end + _AROUND]
        theirs = other[max(0, edit.dest_start - _AROUND) : edit.dest_end + _AROUND]
        yield from _opposed(_IN_PLACE, _said_of(_IN_PLACE, mine), _said_of(_IN_PLACE, theirs))
        if "".join(pieces) in _PAIRS or "".join(pieces[::-1]) in _PAIRS:
            yield Difference("scope", mine, theirs)
        first, second = (_turn(piece) for piece in pieces)
        if bool(first) != bool(second):
            yield Difference("duty", first, second)


def _with_signs(words: str) -> str:
    """A sign for 不低于 and its like, whose 不 forbids nothing."""
    return _AT_MOST.sub("≤", _AT_LEAST.sub("≥", words))


def _turn(piece: str) -> str:
    """The word in a piece that turns a duty round, or ""."""
    turn = _TURNS.search(piece)
    return turn[0] if turn else ""
