"""The quantities that a clause sets, each with what it counts and until when."""

import re
from collections.abc import Iterator, Sequence

from corpus.facts import Comparison, Figure
from corpus.facts.deadlines import Deadlines
from corpus.facts.indicators import find_indicator
from corpus.facts.quantities import Quantity, find_quantities
from corpus.lines import Page
from corpus.spans import Span

_AROUND = 32
"""Characters before a number in which its comparison stands."""
_FILL = r"(?:为|有|占|达到|达|在|要有|应有|组织|开展|安排|举办|召开)?\s?$"
_NOT = r"不(?:得|应|能|宜|可)?(?:再)?"
# The first row that fits is what is meant; 不低于 stands before 低于.
_BEFORE: tuple[tuple[Comparison, re.Pattern[str]], ...] = (
    (">=", re.compile(rf"(?:{_NOT}(?:低|少|小|短|早)于|至少|最少|最低|不下|大于等于){_FILL}")),
    (">=", re.compile(r"至少[^，,。；;（(\n]{0,28}$")),
    (
        "<=",
        re.compile(
            rf"(?:{_NOT}(?:超过|超出|超|高于|大于|多于|长于|突破|迟于|晚于)|至多|最多|最高|小于等于){_FILL}"
        ),
    ),
    (">=", re.compile(rf"{_NOT}(?:低|少)于[^，,。；;、（(\n]{{1,28}}$")),
    ("<=", re.compile(rf"{_NOT}(?:超过|高于|多于)[^，,。；;、（(\n]{{1,28}}$")),
    (">", re.compile(rf"(?:超过|超出|高于|大于|多于|突破|逾|超){_FILL}")),
    ("<", re.compile(rf"(?:低于|少于|小于|不足|不满|未满|不到|未达到?){_FILL}")),
    (">=", re.compile(r"(?<![不未])满\s?$")),
    ("~", re.compile(rf"(?:大?约|接?近){_FILL}")),
    ("+", re.compile(r"(?:提高|提升|增长|上升|上浮|上调|递增|延长)(?:了|约)?\s?$")),
    ("-", re.compile(r"(?:下降|降低|减少|压减|缩减|下调|下浮|压缩|缩短)(?:了|约)?\s?$")),
)
_AFTER: tuple[tuple[Comparison, re.Pattern[str]], ...] = (
    (">=", re.compile(r"(?:[（(]?含[）)]?)?(?:及|或|或者)?以上")),
    ("<=", re.compile(r"(?:[（(]?含[）)]?)?(?:及|或|或者)?(?:以下|以内|之内)")),
    ("~", re.compile(r"左右|上下(?!学)")),
)
_WITHIN = re.compile(r"内(?![容涵部外地设在])")
_TIME = re.compile(r"(?:个?(?:工作日|自然日|月|小时|学期|星期)|[年日天周]|分钟|学年)$")

_TITLE = re.compile(r"《[^《》\n]{1,150}》")
_QUOTED = re.compile(r"[“\"「][^“”\"「」\n]{1,16}[”\"」]")
_RATIO = re.compile(r"比|按|配")
_ORDINAL = re.compile(r"(?:第|每|[上下同某另前后近本哪这那的是为]|学前|其中|同)\s?$")
_NAME = re.compile(
    r"年(?:义务教育|免费教育|基础教育|行动|毛入[学园]率|规划|计划|攻坚|教育|学制|制|来|以来|一贯)"
    r"|[个项](?:文明|代表|维护|意识|自信|面向|引路人|中心|基本点|只增不减|不得|严禁|统一|过硬|100)"
    r"|项[^，,。；;、\n]{0,4}(?:措施|任务|指标|制度|管理|行动|工程|计划|要求|政策|机制)"
    r"|个[^，,。；;、\n]{0,4}(?:领域|方面|环节|阶段|层面|维度|方向|课堂|文件|部分|重点|原则)"
    r"|届[一二三四五六七八九十]{1,3}[中次]|位一体|项基本原则|起点|个《|个?等级|次(?:党代会|党代表|全会|全体|常委会|会议)|个\d|人一|日(?:生活|活动|作息|制度|流程|常规)|类(?:幼儿|园|地区|学校|保障)|条线|次供水|[校生园县区市班村户家]一[案策品校园]|[项次]性|本正|条龙|条主线|体化|刻钟|类人"
)
# 千名教师访万家活动, 百所名校工程, 千兆宽带 are names.
_ROUND = re.compile(r"[百千](?:兆|[名所家人校][^，,。；;、\n]{1,14}(?:工程|计划|行动|活动))")
# 学前三年, 第一、二届, 三个100%.
_OF_A_ROW = re.compile(
    r"学前\s?$|第\s?$|第[0-9一二三四五六七八九十]{1,3}[、和至到]$|[0-9一二三四五六七八九十两]个$"
)
_ALSO = re.compile(r"(?:以上|以下|以内|左右)?[、，,和及]?")
_PHRASE = re.compile(r"[^，,。；;：:\n]{0,24}$")
# 一 is a number where something is counted, an article in passing.
_COUNTS_ONE = re.compile(
    rf"每|只[能可]|至少|最少|最多|至多|{_NOT}[少低超高多大]|(?:新建|建设|建成|配备|设置|设立|确定|选派|拥有|建有).{{0,6}}$"
)
_MEASURED = re.compile(
    r"(?:百万|千万|[万亿])|个?(?:工作日|月|小时|学时|课时|学分)|[年日天周倍元米亩秒]|分钟|学期|学年|周岁"
)
_BOUND = re.compile(r"(?:及|或)?以[上下内]|左右")


def find_figures(page: Page, start: int, end: int) -> Iterator[Figure]:
    """Yield the figures of `page.text[start:end]` in order."""
    plain = page.plain
    titles = [Span(*match.span()) for match in _TITLE.finditer(plain, start, end)]
    deadlines = Deadlines(plain, start, end, titles)
    masked = _Masks(titles, [Span(*m.span()) for m in _QUOTED.finditer(plain, start, end)])
    last: Figure | None = None
    for quantity in find_quantities(plain, start, end):
        if not masked.hold(quantity.span) and _is_figure(plain, quantity):
            indicator = find_indicator(page, quantity.span, start, end)
            # 分别达到10%、15%: the second share is of what the first one is.
            if (
                indicator is None
                and last
                and _ALSO.fullmatch(plain, last.span.end, quantity.span.start)
            ):
                indicator = last.indicator
            last = Figure(
                quantity.span,
                quantity.value,
                quantity.unit_in(page.text),
                comparison(plain, quantity),
                quantity.upper,
                indicator,
                deadlines.before(quantity.span.start),
            )
            yield last


class _Masks:
    """Titles and short quotations, whose numbers are part of a name; asked in reading order."""

    def __init__(self, *spans: Sequence[Span]) -> None:
        self._spans = sorted(span for several in spans for span in several)
        self._next = 0

    def hold(self, span: Span) -> bool:
        """Whether `span` stands in one of them."""
        while self._next < len(self._spans) and self._spans[self._next].end <= span.start:
            self._next += 1
        rest = self._spans[self._next : self._next + 1]
        return any(masked.start <= span.start for masked in rest)


def comparison(plain: str, quantity: Quantity) -> Comparison:
    """How the number is meant, by the words around it."""
    # 至少每3年一次: the interval is exact, the number of times is not.
    if quantity.bounded or plain.startswith("每", max(0, quantity.span.start - 1)):
        return "="
    before = plain[max(0, quantity.span.start - _AROUND) : quantity.span.start]
    meant: Comparison | None = next((c for c, words in _BEFORE if words.search(before)), None)
    after = next((c for c, words in _AFTER if words.match(plain, quantity.span.end)), None)
    if after is None and _WITHIN.match(plain, quantity.span.end):
        unit = quantity.unit_in(plain)
        after = "<=" if _TIME.fullmatch(unit) else None
    if meant in (None, "+", "-", "~"):
        meant = after or meant
    return meant or (">" if quantity.more else "=")


def _is_figure(plain: str, quantity: Quantity) -> bool:
    """Whether the number is one that is set, not a date, an ordinal, a name or an article."""
    begin, end = quantity.span
    unit = quantity.unit_in(plain)
    before = plain[max(0, begin - 6) : begin]
    if ":" in quantity.value:
        return bool(_RATIO.search(plain[max(0, begin - _AROUND) : begin]))
    if unit == "年" and _year(quantity):
        return False
    if unit == "日" and re.search(r"月\s?$", before):
        return False
    written = plain[begin:end]
    if _NAME.match(plain, end - len(unit)) and quantity.upper is None:
        return False
    if written.startswith("一") and quantity.value == "1" and quantity.upper is None:
        return _counts_one(plain, quantity, unit)
    if unit == "年" and re.search(r"近$|过去$", before):
        return False
    return not _ROUND.match(plain, begin) and not _OF_A_ROW.search(before)


def _year(quantity: Quantity) -> bool:
    return len((quantity.upper or quantity.value).split(".")[0]) == 4


def _counts_one(plain: str, quantity: Quantity, unit: str) -> bool:
    begin, end = quantity.span
    phrase = _PHRASE.search(plain, max(0, begin - 24), begin)
    said = phrase[0] if phrase else ""
    if _ORDINAL.search(said) or unit == "支" or plain[end : end + 1] in ("一", "性"):
        return False
    if _BOUND.match(plain, end) or _MEASURED.match(unit):
        return True
    return _COUNTS_ONE.search(said) is not None
