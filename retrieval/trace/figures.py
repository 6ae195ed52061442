"""The figures of a requirement against those that a clause gives for the same matter."""

import re
from collections.abc import Iterator, Sequence

from corpus.facts import Comparison
from corpus.facts.counters import split_unit
from corpus.script import simplify
from corpus.spans import Span
from retrieval.trace.amounts import amount
from retrieval.trace.cores import core_of, folded
from retrieval.trace.statement import Amounted, Statement
from retrieval.trace.times import deadline_differs, each
from retrieval.trace.values import Difference

_SLIGHT: tuple[frozenset[Comparison], ...] = (
    frozenset({"=", ">="}),
    frozenset({">=", ">"}),
    frozenset({"<=", "<"}),
)
"""What is said of a goal in either way: 达到85%, 85%以上."""
_NUMBER = re.compile(r"\d+(?:[.:/]\d+)*")
EMPTY = "原文此处为空"
"""What is said for a figure that the source leaves out: 每年建设 个."""
_OF_WHOM = re.compile(r"[^，,。；;、\n]{0,5}的(?![，,。；;])")
_REACH = 8
_BEFORE, _AFTER = 8, 4
"""Characters of a comparison that are shown around a figure: 不低于, 以上."""


def figures_differ(here: Statement, there: Statement) -> Iterator[Difference]:
    """Yield what differs between the figures of a requirement and those of a clause."""
    left = list(there.figures)
    for mine in here.figures:
        theirs = _counterpart(here, there, mine, left)
        if theirs is None:
            yield _absent(here, there, mine, left)
            continue
        left.remove(theirs)
        yield from _compared(here, there, mine, theirs)
    for theirs in left:
        if _is_condition(there, theirs):
            span = theirs.figure.span
            yield Difference("figure", "", _said(there, theirs), _about(theirs), span=span)


def _is_condition(there: Statement, one: Amounted) -> bool:
    """Whether a figure says for whom or per how many: 每50名学生, 学生一千人以上的学校."""
    start, end = one.figure.span
    if there.text.startswith("每", max(0, start - 1)):
        return True
    bounds = one.figure.comparison != "=" and one.figure.unit != "%"
    return bounds and _OF_WHOM.match(there.text, end, end + _REACH) is not None


def uncounted(here: Statement, there: Statement) -> int:
    """Return how many figures of a requirement the clause has none for."""
    return sum(_counterpart(here, there, mine, there.figures) is None for mine in here.figures)


def _absent(
    here: Statement, there: Statement, mine: Amounted, left: Sequence[Amounted]
) -> Difference:
    """A figure that the clause has only another matter's for, none, or an empty place."""
    told = Difference("figure", _said(here, mine), "", _about(mine))
    wanted = amount(mine.figure)
    empty = next((m for m in there.missing if split_unit(m.unit)[1] == wanted.unit), None)
    if empty:
        return told._replace(there=EMPTY, span=empty.span)
    other = next((one for one in left if amount(one.figure).is_like(wanted)), None)
    if other is None:
        return told
    return told._replace(there=_said(there, other), span=other.figure.span)


def _counterpart(
    here: Statement, there: Statement, mine: Amounted, left: Sequence[Amounted]
) -> Amounted | None:
    """The figure of the same matter, the equal one if there are several; else an equal one."""
    wanted, is_condition = amount(mine.figure), _is_condition(here, mine)

    def fit(one: Amounted) -> tuple[int, bool, bool, bool]:
        found = amount(one.figure)
        alike = _is_condition(there, one) == is_condition
        return _same_matter(mine, one), alike, found.equals(wanted), found.unit == wanted.unit

    like = [one for one in left if amount(one.figure).is_like(wanted)]
    best = max(like, key=fit, default=None)
    is_same = best is not None and (_same_matter(mine, best) or amount(best.figure).equals(wanted))
    return best if is_same else None


def _same_matter(mine: Amounted, theirs: Amounted) -> int:
    """2 where both count the same, 0 where they count different things, 1 where that is open."""
    mine_is, theirs_is = (_about(one) for one in (mine, theirs))
    if not mine_is or not theirs_is:
        return 1
    pairs = [{said[at : at + 2] for at in range(len(said) - 1)} for said in (mine_is, theirs_is)]
    smaller = min(map(len, pairs)) or 1
    return 2 if len(pairs[0] & pairs[1]) * 2 >= smaller else 0


def _about(one: Amounted) -> str:
    return folded(one.figure.indicator.value) if one.figure.indicator else ""


def _compared(
    here: Statement, there: Statement, mine: Amounted, theirs: Amounted
) -> Iterator[Difference]:
    about = _about(mine)
    span = theirs.figure.span
    told = Difference("figure", _said(here, mine), _said(there, theirs), about, span=span)
    if not amount(mine.figure).equals(amount(theirs.figure)):
        yield told
    elif mine.figure.comparison != theirs.figure.comparison:
        pair = frozenset({mine.figure.comparison, theirs.figure.comparison})
        yield told._replace(slight=pair in _SLIGHT)
    if mine.period != theirs.period:
        yield Difference("rate", each(mine.period), each(theirs.period), about, span=span)
    yield from deadline_differs(mine.figure.deadline, theirs.figure.deadline, about)


def numbers_differ(here: Statement, there: Statement) -> Iterator[Difference]:
    """Yield numbers that are no figures (“5个100%”), and that the clause does not have."""
    mine, theirs = (
        _NUMBER.findall(core_of(text).words) for text in (here.bare, there.said(there.span))
    )
    for number in dict.fromkeys(mine):
        if number not in theirs:
            yield Difference("figure", number, "")


def _said(statement: Statement, one: Amounted) -> str:
    """A figure with the words of comparison around it: 不低于85%, 5名以上."""
    start, end = one.figure.span
    if one.figure.comparison == "=":
        return statement.said(Span(start, end))
    text = statement.text
    before = text[max(statement.span.start, start - _BEFORE) : start]
    cut = max((before.rfind(sign) for sign in "，,、；;：:。\n 　"), default=-1) + 1
    plain, behind = simplify(before), simplify(text[end : end + _AFTER])
    word = next((w for w in _COMPARING if w in plain[cut:]), "")
    after = next((w for w in _BEHIND if behind.startswith(w)), "")
    return f"{before[plain.rfind(word) :] if word else ''}{text[start : end + len(after)]}"


_COMPARING = (
    *("不低于", "不少于", "不超过", "不高于", "不多于", "不大于", "不小于", "至少", "至多", "最多"),
    *("最少", "超过", "高于", "低于", "少于", "大于", "小于", "不足", "未满", "年满", "满"),
    *("提高", "提升", "增长", "降低", "下降", "减少", "压减", "约", "近"),
)
_BEHIND = ("及以上", "以上", "及以下", "以下", "以内", "之内", "左右", "内")
