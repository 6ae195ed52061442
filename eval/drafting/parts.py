"""The parts of a clause's sentences between commas, which questions are made of."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from corpus import Clause, Span
from eval.drafting.naming import OPENS_VERB
from eval.drafting.values import Source
from retrieval.evidence import lies_in
from retrieval.headings import is_heading
from retrieval.sentences import split_sentences, trimmed

_QUOTABLE = 10
_LEADS = 4
LENGTH = range(6, 46)
"""Characters of a question without the name of its document and its question mark."""
_LONGEST_TASK = 20
_LABEL = re.compile(
    r"(?:第[一二三四五六七八九十百千零〇\d]{1,9}条|[（(][一二三四五六七八九十\d]{1,4}[)）]"
    r"|[一二三四五六七八九十]{1,4}[、.．]|[\d０-９]{1,3}[.．、)）](?!\d)|[①-⑳]|[一二三四五六七八九]是)\s*"
)
_OPENING, _CLOSING = "（(《“‘【〔", "）)》”’】〕"
_STOPS = "，,；;：:。！？!?\n"
# What stands in brackets says nothing that a question needs: （含政府购买学位）.
_ASIDE = re.compile(r"[（(](?![市县区旗、]{1,7}[）)])[^（）()]*[）)]")
_CONNECTIVE = re.compile(r"(?:并且?|而且|且|同时|以及|另外|此外|另|还|但是?|原则上)")
_TIME = re.compile(r"(?:到|至|自|从|在)?\d{4}年(?:至\d{4}年)?(?:\d{1,2}月)?底?(?:之?前|以前|起)?")
# What leans on words before it, and would ask for nothing by itself.
_LEANS = re.compile(
    r"[其该此未]|在(?:多少|几)|上述|差额|不足部分|也|均|都|再|占|达到|不[低少]于|不超过|或者?|则|高出|用于|至少|最多|一般|按|自|人均|[两三四]校|两所"
    r"|每[班次室餐期套批部件间航](?!级)|(?:面积|时间|费用|比例|人数|总量|期限|年龄|单程|服务期|连续|累计|不足|超过|由|最晚)"
)
# Whom a rule is for, and how it is counted: 初中每天最多多少分钟 does not say what of.
_SCOPE = re.compile(
    r"(?:普通)?[小初高]中?[学中]|初级中学|高级中学|[幼小初高]|[一二三四五六七八九]至[一二三四五六七八九]年级|年级|寄宿制|学校"
    r"|[一二三四五]类|乡村|其他|全部|每[天日周月年人生名班课]|每学[期年]|至少|最多|多少|几|元|分钟|小时|课时|[名人次个天岁]"
    r"|\d{4}年|要|达到|分别|标准|一般|[的为是、]"
)
_THIN, _THIN_BEHIND_OTHERS = 3, 5
"""Characters beyond the scope that say what is asked about: of a part that others stand before,
more."""
# 名校长几名: neither a verb nor a measure.
_BARE = re.compile(r"[^每至最按由在自]{1,6}(?:多少|几).{1,3}")
# 毛入学率：2025年93%，2027年94%
_YEAR_ALONE = re.compile(r"\d{4}年(?:多少|几).{0,3}")
# A condition, or whom the rule is for: 学生连续三日不到校的, 寄宿制学校和……的学校.
_CONDITION = re.compile(r".{3,32}(?:的|(?<![学课小])时|后|期间)")
_CONDITION_FIRST = re.compile(rf"{_CONDITION.pattern}|.{{3,32}}(?:学校|学生|教师|家庭|地区|单位)")
_POINTS = re.compile(r"本[款条章节项]|前[款条项]|下列|以下|如下|附件")


class Part(NamedTuple):
    """A stretch of a sentence between commas, trimmed.

    `leads` are the first one of its sentence and the last few before it.
    """

    span: Span
    sentence: Span
    leads: tuple[Span, ...]

    @property
    def quotable(self) -> Span:
        """What is quoted of it: the sentence, where the part is too short to be told apart."""
        return self.span if self.span.end - self.span.start >= _QUOTABLE else self.sentence


class Reading(NamedTuple):
    """A clause as it is asked about: its heading without number, if it has one, and its parts."""

    source: Source
    clause: Clause
    heading: str
    opening: Span
    """The heading, or else the first sentence, without its number."""
    parts: tuple[Part, ...]

    def plain(self, span: Span) -> str:
        """The characters of `span`, Simplified."""
        return self.source.page.plain[span.start : span.end]

    def framed(self, part: Part, asked: str, timed: bool = True) -> str | None:
        """Return what is asked of a part as a question that names its document and its time.

        What leans on words that it does not have gets them: the condition before it, the heading,
        or the part before. None where that is not enough, or makes it too long.
        """
        asked = without_asides(asked).strip()
        leads = [self.plain(lead) for lead in part.leads]
        before = leads[-1] if leads else ""
        if asked.endswith("的") or _POINTS.search(asked):
            return None
        condition = _CONDITION if len(leads) > 1 else _CONDITION_FIRST
        if condition.fullmatch(before) and not OPENS_VERB.match(before):
            asked = f"{before}，{asked}"
        elif self._leans(asked, behind=bool(leads)):
            if _BARE.fullmatch(asked):
                return None
            if self.heading and not _YEAR_ALONE.fullmatch(asked):
                return f"{self.source.name.on(self.heading)}，{asked}？"
            if not leads:
                return None
            asked = f"{leads[0]}，{asked}"
        if len(asked) not in LENGTH or self._leans(asked) or _POINTS.search(asked):
            return None
        times = [lead for lead in leads if timed and _TIME.fullmatch(lead)]
        when = f"{times[-1]}，" if times else ""
        return f"{when}{self.source.name.said_of(asked)}？"

    def _leans(self, asked: str, behind: bool = False) -> bool:
        """Whether words are missing that say what or whom is asked about."""
        thin = _THIN_BEHIND_OTHERS if behind and not self.heading else _THIN
        subjectless = self.source.name.is_title and OPENS_VERB.match(asked)
        return bool(_LEANS.match(asked) or subjectless) or len(_SCOPE.sub("", asked)) < thin


def read_clause(source: Source, clause: Clause) -> Reading:
    """Cut a clause into the parts of its sentences; its heading is none of them."""
    plain = source.page.plain
    sentences = list(split_sentences(plain, clause.span))
    if not sentences:
        return Reading(source, clause, "", clause.span, ())
    first = sentences[0]
    headed = is_heading(clause, plain[first.start : first.end], first) or (
        len(sentences) > 1 and _names_a_task(clause, first)
    )
    told = sentences[1:] if headed else sentences
    parts = [part for sentence in told for part in _parts(plain, sentence)]
    opening = _without_label(plain, first)
    heading = plain[opening.start : opening.end].rstrip("。：:；;") if headed else ""
    return Reading(source, clause, heading, opening, tuple(parts))


def _names_a_task(clause: Clause, first: Span) -> bool:
    """Whether 确保工资待遇。 opens an item: a duty in it is that of the whole clause."""
    told = [figure.span for figure in clause.facts.figures]
    short = clause.kind == "item" and first.end - first.start <= _LONGEST_TASK
    return short and not any(lies_in(span, first) for span in told)


def _without_label(plain: str, span: Span) -> Span:
    label = _LABEL.match(plain, span.start, span.end)
    return Span(label.end() if label else span.start, span.end)


def _parts(plain: str, sentence: Span) -> Iterator[Part]:
    leads: list[Span] = []
    for stretch in _between_stops(plain, sentence):
        span = trimmed(plain, _without_label(plain, stretch))
        connective = _CONNECTIVE.match(plain, span.start, span.end)
        span = Span(connective.end(), span.end) if connective else span
        if span.end > span.start:
            yield Part(span, sentence, (*leads[:1], *leads[1:][-_LEADS:]))
            leads.append(span)


def _between_stops(plain: str, sentence: Span) -> Iterator[Span]:
    """The stretches between commas that stand in no bracket, title or quotation."""
    depth, start = 0, sentence.start
    for at in range(sentence.start, sentence.end):
        depth += (plain[at] in _OPENING) - (plain[at] in _CLOSING and depth > 0)
        if plain[at] in _STOPS and not depth:
            yield Span(start, at)
            start = at + 1
    yield Span(start, sentence.end)


def without_asides(text: str) -> str:
    """Return a text of a question without what stands in brackets; 各县（区） keeps its own."""
    return _ASIDE.sub("", text)
