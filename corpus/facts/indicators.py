"""What a figure counts or measures: the noun phrase beside the number."""

import re

from corpus.lines import Page
from corpus.spans import Span, Stated

_FARTHEST = 40
_LONGEST_ROW = 400
_BRACKETED = r"[（(][^（）()\n]{1,8}[）)]"
_PHRASE = re.compile(rf"(?:{_BRACKETED}|[^，,。；;：:、\s（(）)“”《》|]){{1,40}}\s?$")
# 1 | 学位扩容 | …: the number of a row names nothing.
_CELL = re.compile(r"\s*(?:[0-9]{1,3}\s{0,9}\|\s{0,9})?([^|\n]{0,39}[^|\n0-9\s])\s*\|")
_NOT = "不(?:得|应|能|宜)?(?:再)?"
# What stands between the noun and its number: verbs of reaching, comparisons.
_REACH = re.compile(
    r"(?:要|应|应当|须|必须|需|能|力争|努力|逐步|基本|均|都|全部|分别|总体|原则上|平均|累计|一般|统一|人均|年均){0,4}"
    r"(?:稳定|保持|巩固|控制|维持|提高|提升|增加|增长|上升|扩大|下降|降低|减少|缩短|调整|延长|完成)?"
    r"(?P<to>(?:达到|达|到|至|为|在|是|有|占|共计|共|近|约)?"
    rf"(?:{_NOT}[低少小短多大高长早迟晚]于|{_NOT}超过|超过|[高低多少大小]于|不足|至少|最多|至多|最高|最低|最少)?"
    r"(?:为|达到|达|约|近|有)?)\s?$"
)
# 课时总量不低于总课时的9%: what follows the comparison says of what it is a share.
_LED = re.compile(
    rf"(?:应当|应|要|须)?{_NOT}[低少高多]于|{_NOT}超过|达到|占(?!地|比)|(?P<rate>每[天日周月年人生]|每学[期年])"
)
# What ends the words before a number and is no noun: 学校应当, 并确保, 有条件的可.
_IDLE = re.compile(
    r"(?:并|且|可以|可|应当|应|要|须|能够|能|每[周月年天人生]|每学[期年]|为|按照?|参加|获得|组织|开展|保证|确保|掌握|"
    r"培养|安排|各|经|年满|不满|未满|已满|满|对|的){1,6}$"
)
_INTERVAL = re.compile(r"(?:年|个月|月|周|个?学期|学年|天|日|个?工作日|小时)$")
_DATED = re.compile(r".{0,12}[0-9]{4}年(?:底|末)?(?:前|之前|以前)?")
# 一是交通补贴, 其中教学用房: what leads on to the noun.
_LEADING = re.compile(r"[一二三四五六七八九十]是|其中")
# 小学生每天睡眠时间达到: what is measured stands behind 每天.
_MEASURE = re.compile(r"[^0-9]{0,16}(?:时间|时长|课时|经费|资金|人数|数量|总量)")
_VERB = re.compile(
    r".{0,30}(?:新改扩建|新建改扩建|改扩建|新建|扩建|改建|建设|建成|建立|新增|增加|增设|创建|打造|培育|培养|"
    r"选派|选树|遴选|评选|表彰|配备(?!率|标准)|配建|举办|召开|开展|组织|安排|设置|设立|开设(?!率)|完成(?!时[间限]|率)|实施|推进|化解|挂牌|"
    r"确保|保证|实现|推动|力争|逐步|使|每年|每学期|每学年|每周|每月|每天|每人|每所|每名|每个|掌握|提供|接收|缴纳|处以?)"
    r"(?:和|或)?"
)
_NOUN = re.compile(
    rf"(?:的|以上的?|以下的?|以内的?|左右的?)?(?:开设|安排|用于|提取|缴纳|给予|参加|选修)?((?:专[（(]兼[）)]职|{_BRACKETED}|[\u4e00-\u9fffA-Za-z0-9“”]){{1,24}}?)"
    r"(?=[，,。；;：:、（）()\n\s|]|$|达到|纳入|用于|进行|参加|以上|以下|作为|组成|努力|开展|设立|建立|实施|进入|实现|通过|调整|引领|[和及与][0-9一两三]|的(?!学|教))"
)
_NOT_A_NOUN = re.compile(
    r"以[上下内]|左右|[内前后起]|之[内间]|不等|的?[，,。；;、）)]|至|到|或者?|达标"
)


def find_indicator(page: Page, number: Span, start: int, end: int) -> Stated | None:
    """Return what the number at `number` counts, as written, or None where nothing says it.

    In a row of a table it is the first cell; else what stands before the number, or behind it.
    """
    cell = _first_cell(page, number, start)
    if cell:
        return _stated(page, cell)
    if _is_period(page.plain, number, start):
        return None
    before = _before(page.plain, number.start, start)
    after = _after(page.plain, number.end, end)
    reached = before is not None and _reach(page.plain, before.start, number.start)
    chosen = before if reached or after is None else after
    return _stated(page, chosen) if chosen else None


def _is_period(plain: str, number: Span, start: int) -> bool:
    """Whether it is a time to act in (三个月内) or between two acts (每三年): it counts nothing."""
    if not _INTERVAL.search(plain, max(start, number.end - 3), number.end):
        return False
    return plain.startswith("内", number.end) or plain.startswith(
        "每", max(start, number.start - 1)
    )


def _first_cell(page: Page, number: Span, start: int) -> Span | None:
    """The first cell of the table row that the number stands in, behind another cell."""
    farthest = max(start, number.start - _LONGEST_ROW)
    line = page.plain.rfind("\n", farthest, number.start) + 1 or farthest
    begins = line == start or page.plain.startswith("\n", line - 1)
    if not begins or page.plain.find(" | ", line, number.start) < 0:
        return None
    cell = _CELL.match(page.plain, line, number.start)
    return Span(*cell.span(1)) if cell else None


def _before(plain: str, at: int, start: int) -> Span | None:
    phrase = _PHRASE.search(plain, max(start, at - _FARTHEST), at)
    if phrase is None:
        return None
    begin = phrase.start()
    reach = _REACH.search(phrase[0])
    stop = begin + (reach.start() if reach else len(phrase[0]))
    dated = _DATED.match(plain, begin, stop)
    begin = dated.end() if dated else begin
    leading = _LEADING.match(plain, begin, stop)
    begin = leading.end() if leading else begin
    led = _LED.search(plain, begin + 2, stop)
    if led and led["rate"] and _MEASURE.fullmatch(plain, led.end(), stop):
        begin = led.end()
    elif led:
        stop = led.start()
    verb = _VERB.match(plain, begin, stop)
    begin = verb.end() if verb and stop - verb.end() > 1 else begin
    idle = _IDLE.search(plain, begin, stop)
    stop = idle.start() if idle else stop
    return Span(begin, stop) if stop - begin > 1 else None


def _reach(plain: str, start: int, at: int) -> bool:
    """Whether a word such as 达到 or 不低于 leads from the noun before the number to it."""
    reach = _REACH.search(plain, start, at)
    return bool(reach and reach["to"])


def _after(plain: str, at: int, end: int) -> Span | None:
    if _NOT_A_NOUN.match(plain, at, end):
        at += 2 if plain.startswith(("以上", "以下", "以内", "左右"), at) else 0
        if _NOT_A_NOUN.match(plain, at, end):
            return None
    noun = _NOUN.match(plain, at, min(end, at + 40))
    return Span(*noun.span(1)) if noun else None


def _stated(page: Page, span: Span) -> Stated:
    written = page.text[span.start : span.end]
    start = span.start + len(written) - len(written.lstrip())
    end = span.end - (len(written) - len(written.rstrip()))
    return Stated(page.text[start:end], Span(start, end))
