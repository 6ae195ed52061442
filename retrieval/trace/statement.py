"""What a stretch of text demands: its figures, duty, addressees, and how firmly it is said."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from corpus.facts import Duty, Facts, Figure, MissingFigure
from corpus.facts.deadlines import find_deadlines
from corpus.facts.finding import find_facts
from corpus.lines import open_page
from corpus.script import simplify
from corpus.spans import Span, Stated
from retrieval.view import CACHED_DOCUMENTS

_EACH = re.compile(
    r"(?:每一?个?|按)(?P<each>学期|学年|年|季度|月|周|星期|天|日)(?!度?计划)"
    r"|(?P<yearly>年均)|(?P<often>[日周月])均"
)
_PERIODS = {"星期": "周", "天": "日"}
# What forbids or ends something besides 不得 and its like.
_ENDS = re.compile(
    r"杜绝|防止|避免|取消|停止|拒绝|严查|查处|清理|整治|制止|抵制|不再|不宜|不予|不设|不收|不作|不参加|"
    r"不组织|不布置|不安排|不纳入|不允许|不提倡|不鼓励|不支持|未经|无需|无须|不必|免于|反对|纠正"
)
_BOUNDS = re.compile(r"(?<=不得)(?:超过|高于|多于|大于|低于|少于|小于)")
_DEGREES = re.compile(
    r"原则上|有条件的?|具备条件的?|逐步|逐渐|力争|探索|适当|尽量|尽可能|酌情|视情况?|基本(?=[实建达形完])"
)
_SCOPES: tuple[dict[str, frozenset[str]], ...] = (
    {
        "学前": frozenset({"学前"}),
        "幼儿园": frozenset({"学前"}),
        "幼儿": frozenset({"学前"}),
        "中小学": frozenset({"小学", "初中", "高中"}),
        "义务教育": frozenset({"小学", "初中"}),
        "小学": frozenset({"小学"}),
        "初中": frozenset({"初中"}),
        "初级中学": frozenset({"初中"}),
        "七至九年级": frozenset({"初中"}),
        "一至六年级": frozenset({"小学"}),
        "普通高中": frozenset({"高中"}),
        "高中": frozenset({"高中"}),
        "中等职业": frozenset({"中职"}),
        "中职": frozenset({"中职"}),
        "职业学校": frozenset({"中职"}),
        "特殊教育学校": frozenset({"特教"}),
    },
    {"公办": frozenset({"公办"}), "民办": frozenset({"民办"})},
    {
        word: frozenset({place})
        for place, words in (("乡", "农村 乡村 乡镇"), ("城", "城市 城镇 城区 县城"))
        for word in words.split()
    },
)
_SCOPE_WORDS = re.compile(
    "|".join(sorted((word for group in _SCOPES for word in group), key=len, reverse=True))
)
_WEAK: frozenset[Duty] = frozenset({"may", "encouraged"})


class Amounted(NamedTuple):
    """A figure, with how often it holds (每周) and where that is said."""

    figure: Figure
    period: str | None


class Governing(NamedTuple):
    """What stands before a stretch and may say how it is meant: 严禁下列行为：.

    Within a sentence only what forbids reaches further: 严禁收费，组织补课.
    """

    span: Span
    facts: Facts
    forbids_only: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """What a stretch of a text demands; every span points into that text."""

    text: str
    span: Span
    figures: tuple[Amounted, ...]
    missing: tuple[MissingFigure, ...]
    deadlines: tuple[Stated, ...]
    periods: frozenset[str]
    duties: dict[Duty, Stated]
    """The kinds of duty it says, each with the word that says it first; `must` may be unsaid."""
    scopes: tuple[dict[str, frozenset[str]], ...]
    """For school stage, ownership, and town or country: the words, and what they cover."""
    degrees: tuple[Stated, ...]

    @property
    def bare(self) -> str:
        """The text with blanks for its figures and dates, which are compared on their own."""
        text = list(self.said(self.span))
        spans = [one.figure.span for one in self.figures]
        for start, end in (*spans, *(date.span for date in self.deadlines)):
            begin = start - self.span.start
            text[begin : begin + end - start] = " " * (end - start)
        return "".join(text)

    def said(self, span: Span) -> str:
        """The characters at `span`."""
        return self.text[span.start : span.end]


def read_statement(
    text: str, span: Span, facts: Facts, governing: Sequence[Governing] = ()
) -> Statement:
    """Return what `text[span]` demands, given the facts of the clause around it.

    The duty of what is `governing` reaches into it where it says none itself.
    """
    plain = _plain(text)
    figures = tuple(
        Amounted(figure, _period_before(plain, _sentence_start(plain, figure.span.start), figure))
        for figure in facts.figures
        if _within(figure.span, span)
    )
    duties = _duties(plain, span, facts)
    for before in governing:
        for duty, word in _duties(plain, before.span, before.facts).items():
            if before.forbids_only and duty != "must_not":
                continue
            if duty != "must" and (not duties or duty == "must_not"):
                duties.setdefault(duty, word)
    return Statement(
        text,
        span,
        figures,
        tuple(missing for missing in facts.missing if _within(missing.span, span)),
        tuple(find_deadlines(plain, *span)),
        frozenset(filter(None, map(_period, _EACH.finditer(plain, *span)))),
        duties,
        tuple(_scope(plain, span, group) for group in _SCOPES),
        tuple(_stated(match) for match in _DEGREES.finditer(plain, *span)),
    )


@lru_cache(maxsize=CACHED_DOCUMENTS)
def _plain(text: str) -> str:
    """A text in Simplified characters, for as many documents as a search keeps."""
    return simplify(text)


def read_requirement(text: str) -> Statement:
    """Return what a requirement demands, read by itself."""
    page = open_page(text)
    span = Span(0, len(text))
    return read_statement(text, span, find_facts(page, *span))


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _stated(match: re.Match[str]) -> Stated:
    return Stated(match[0], Span(*match.span()))


def _sentence_start(plain: str, at: int) -> int:
    return max(plain.rfind(stop, max(0, at - 200), at) for stop in "。；;\n") + 1


def _period_before(plain: str, start: int, figure: Figure) -> str | None:
    """The last 每周 or the like before a figure in its sentence."""
    last = None
    for match in _EACH.finditer(plain, start, figure.span.start):
        last = match
    return _period(last) if last else None


def _period(match: re.Match[str]) -> str | None:
    if match["yearly"]:
        return "年"
    each = match["each"] or match["often"]
    return _PERIODS.get(each, each)


def _duties(plain: str, span: Span, facts: Facts) -> dict[Duty, Stated]:
    duties: dict[Duty, Stated] = {}
    for obligation in facts.obligations:
        word = obligation.word.span
        # 不得超过 bounds a figure like 不超过; it forbids nothing else.
        if _within(word, span) and not _BOUNDS.match(plain, word.end):
            duties.setdefault(obligation.duty, obligation.word)
    ends = _ENDS.search(plain, *span)
    if ends:
        duties.setdefault("must_not", _stated(ends))
    return duties


def _scope(plain: str, span: Span, group: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    found = (match[0] for match in _SCOPE_WORDS.finditer(plain, *span))
    return {word: group[word] for word in found if word in group}


def is_weak(duty: Duty) -> bool:
    """Whether a duty leaves a choice: 可以, 鼓励."""
    return duty in _WEAK
