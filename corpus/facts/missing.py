"""Figures that the source leaves empty: 每年建设 个, 达到 %, 新增学位 万个."""

import re
from collections.abc import Iterator

from corpus.facts import MissingFigure
from corpus.facts.indicators import find_indicator
from corpus.lines import Page
from corpus.spans import Span

# Only where the unit begins no word: 召 集 人, 建设 项目 and 关于 人民政府 leave nothing out.
_GE = r"个(?![人性体别案税股])"
_UNIT = (
    rf"(?P<unit>[%％]|万?亿?元(?![旦素])|[万亿](?:个|人次?|名|平方米)|平方米|公里|公顷|亩|个百分点|{_GE}"
    r"|所(?![有在属需以得谓示学设])|名(?![单师校称额誉录著家义班优牌目])|人次|门(?![户口类槛卫课])"
    r"|家(?![长庭校园属访乡教国])|节(?![日约假水能目])|项(?!目)|倍|册|台(?!账)|套|间(?!接)|场(?![所地馆景合面])"
    r"|次(?![序要数日])|(?<=[ \u3000_\uff3f×])人(?=[，,。；;、以]))"
)
_LINE = r"[_\uff3f]{1,12}"
_BLANK = r"[ \t\u3000\xa0]"
_GAP = rf"(?P<gap>{_BLANK}{{1,12}}|{_BLANK}{{0,4}}{_LINE}{_BLANK}{{0,4}}|[×xX*]{{1,6}})"
_LEADS = (
    "建设|建成|新建|改建|扩建|改扩建|评选|评定|培养|培育|新增|增加|打造|达到|达|创建|遴选|选派|设立|设置|配备|"
    "举办|开展|安排|投入|补助|完成|不少于|不低于|不超过|至少|约|提高到|提升至|共"
)
_NUMBERLESS = (
    r"(?<=[\u4e00-\u9fff])(?<![零〇一二两三四五六七八九十百千万亿几数多余总按每各整逐这那哪某])"
)
_MISSING = re.compile(
    rf"(?<=[\u4e00-\u9fff]){_GAP}{_UNIT}|(?<=[\u4e00-\u9fff])(?P<sign>[%％])"
    rf"|(?:{_LEADS})(?P<count>万?{_GE}|(?:所|名|[万亿]元)(?=[“，,。；;、（(]))"
    rf"|{_NUMBERLESS}(?P<bare>人次(?=[，,。；;、以])|个(?=[，,。；;、])|[万亿](?:个|元|人次?|平方米)(?=[，,。；;、以]))"
)
# Behind the number of an article the white space is its own.
_BEFORE = re.compile(r"[\u4e00-\u9fff](?![条章节款])[\u4e00-\u9fff]$")


def find_missing(page: Page, start: int, end: int) -> Iterator[MissingFigure]:
    """Yield the places of `page.text[start:end]` where a number must stand and none does."""
    for match in _MISSING.finditer(page.plain, start, end):
        group = next(name for name in ("unit", "sign", "count", "bare") if match[name])
        begin = match.start("gap") if group == "unit" else match.start(group)
        if _BEFORE.search(page.plain, max(start, begin - 2), begin):
            span = Span(begin, match.end(group))
            unit = page.text[slice(*match.span(group))]
            yield MissingFigure(span, unit, find_indicator(page, span, start, end))
