"""What kind of thing a question asks for, and whether a sentence holds one.

A question for a figure is answered by no sentence without one, however near it is: kinds in
`STRICT` are required of an answer, the others only speak for it.
"""

import re
from typing import Literal, NamedTuple

from corpus.fold import fold_text

Kind = Literal[
    "yes_no",
    "lead",
    "unit",
    "date",
    "contact",
    "place",
    "reason",
    "procedure",
    "list",
    "number",
    "person",
    "any",
]
Measure = Literal["share", "time", "often", "money", "size", "lessons", "points", "age", "count"]
"""What a number is counted in; names of one kind stand for each other (所, 个, 家)."""

STRICT: frozenset[Kind] = frozenset(
    {"lead", "unit", "date", "contact", "number", "reason", "procedure"}
)
"""Kinds that an answer must hold."""
UNIT_KINDS: frozenset[Kind] = frozenset({"lead", "unit"})


class Wanted(NamedTuple):
    """What a question asks for; `measure` of a number where the question says one."""

    kind: Kind
    measure: Measure | None = None


_COUNTED = "个名所位人家项处座栋支门本套班间组件种类册台条届期轮场"
_ORGAN = r"(?:部门|单位|机构|机关|组织|小组|局|厅|委|科室|处室)"
_WHO = r"(?:[由归找向]谁|谁(?:来|去)?(?:负责|管|批|查|定|出资?|承担|监督|组织|牵头|主管|说了算))"
_HOW_LONG = "(?:多少|几个?工?作?[天日]|多久|多长)"
# The first row that matches decides: 能……吗 asks for yes or no whatever else it holds, 哪几所学校
# for a list and not for a number, 热线是多少 for an address and not for a number.
_QUESTIONS: tuple[tuple[Kind, str], ...] = (
    ("yes_no", r"[吗嘛][?!。]*$|([\u4e00-\u9fff])[不没]\1|是否|能否|可否|[行对]不$"),
    ("lead", r"牵头|主办"),
    (
        "unit",
        rf"{_WHO}|[哪些个几两三什么][些个几两三]?{_ORGAN}|哪[几两三]个?{_ORGAN}"
        rf"|由.{{0,6}}负责|{_ORGAN}(?:是|有)?哪[些个几]",
    ),
    (
        "date",
        r"什么时[候间]|何[时日]|几[月号](?!份额)|哪一?[年天日月]|哪[几两三]个?[年月天]|几时|日期"
        r"|截止时间|几年内|期限(?:是|到|延)|多会儿",
    ),
    (
        "contact",
        r"(?:电话|热线|网[址站]|邮箱|域名|地址|公众号)(?:号码?|名称?)?(?:各|分别)?(?:是|为|有|叫|$)",
    ),
    ("place", r"哪里|哪儿|(?<!如)何处|什么地方|哪个地方"),
    ("reason", r"为什么|为何|为啥|原因|凭什么|缘由"),
    (
        "procedure",
        r"[如怎](?:何|么|样).{0,4}(?:办(?!$|[?。]|好|法)|申请|申报|报名|登记|领|缴|预约)"
        rf"|(?:流程|程序|手续|步骤)(?!.{{0,6}}{_HOW_LONG})",
    ),
    (
        "list",
        r"哪[些几两三四五六七八九十]|哪样|包[括含](?:什么|啥)|什么.{0,6}(?:内容|方面|措施|条件|材料)"
        r"|几(?:方面|大|样)|分别(?:是|为)什么",
    ),
    (
        "number",
        rf"多少|几[{_COUNTED}天年岁次节小分元块月周成倍级]|多[长久大高远]|百分之几|第几"
        r"|(?:率|比例|占比|金额|人数|数量|名额|上限|下限)(?:是|为)?[?。]*$|(?:比例|占比)",
    ),
    ("person", r"谁|哪位|什么人|哪类人|姓名"),
)
# 几年 asks for a time, 几次 for how often; the first row that matches decides.
_MEASURES: tuple[tuple[Measure, str], ...] = (
    ("share", r"百分之几|比例|占比|几成|[到园学例生业率]率|覆盖率|多大的?比"),
    ("often", r"几次|多少次|多久.{0,8}次"),
    ("lessons", r"(?:几|多少)(?:节|课时|学时)|多少.{0,2}节"),
    ("age", r"几岁|多少岁|周岁|多大年[龄纪]"),
    ("points", r"(?:几|多少)分(?!钟)"),
    (
        "time",
        r"几个?(?:年|月|天|日|周|星期|小时|分钟|学期)|多久|多长|多少(?:年|天|小时|分钟)|任期",
    ),
    (
        "money",
        r"几(?:元|块|万|百|千)|多少(?:钱|元|块|万元)|金额|(?:收费|学费|费用|经费|补[助贴]|津贴|资助).{0,3}多少",
    ),
    ("size", r"多大|面积|多少(?:平方米|亩|平米)"),
    ("count", rf"(?:几|多少)[{_COUNTED}]"),
)
_NUMBER = r"(?:\d[\d,.]{0,12}|[一二两三四五六七八九十百千半]{1,6})(?:余|多)?(?:万|亿)?(?:余|多)?"
_HELD: tuple[tuple[Measure | None, str], ...] = (
    # A year is a figure only where a time is asked for.
    (
        None,
        rf"\d(?!\d{{0,5}}\s?[年月日])|百分之|分之|{_NUMBER}(?:[{_COUNTED}岁节元倍]|小时|分钟)",
    ),
    (
        "share",
        r"[\d一二三四五六七八九十]\s?[%‰:]|百分之|分之|[一二三四五六七八九]成|半数|一半|全部|[\d.]倍",
    ),
    (
        "often",
        rf"{_NUMBER}次|[每逐](?:半年|年|月|周|日|天|学期|学年|季度)|{_NUMBER}(?:年|月|周)一",
    ),
    ("lessons", rf"{_NUMBER}(?:节|课时|学时|个课时)"),
    ("age", rf"{_NUMBER}(?:周岁|岁)"),
    ("points", rf"{_NUMBER}(?:分(?!钟)|学分|%)"),
    ("time", rf"{_NUMBER}个?(?:年|月|日|天|周|星期|小时|分钟|学期|学年|工作日|学时)"),
    ("money", rf"{_NUMBER}(?:元|块)|免费|免收|减免|免征"),
    ("size", rf"{_NUMBER}(?:平方米|㎡|m2|亩|公顷|平方公里|米|公里)"),
    (
        "count",
        rf"{_NUMBER}[{_COUNTED}]|{_NUMBER}(?:人次|[\u4e00-\u9fff]{{1,4}}(?:学校|教师|学生))",
    ),
)
_ORGANS = r"单位|部门|[厅局委办部会](?![时同员议])|政府|学校|中心|小组|人社|机关"
_EVIDENCE: tuple[tuple[Kind, str], ...] = (
    ("lead", r"牵头|主办"),
    ("unit", _ORGANS),
    (
        "date",
        r"\d{1,4}\s?(?:年|月|日|时|:|-)|[一二三四五六七八九十]{1,3}(?:年|月|日)|年底|每年|学期|期间|"
        r"[周天内前]完成|\d天|之日|当[日天]|个工作日|结束|解除|为止",
    ),
    ("contact", r"\d{5}|www|http|@|[路号楼室街]|平台|网|窗口|大厅|公众号|app|小程序|fm"),
    ("place", r"[路号楼室区县市街省]|中心|平台|网|窗口|大厅|学校|处|院|园|app"),
    (
        "reason",
        r"为了|为(?!主|重点|目标|核心|载体|基础|准|期)[^,。;]{2,30},|因(?!地|材|校)|由于|鉴于|目的|以便|"
        r"防止|避免|有利于|以(?:促进|保障|提高|维护)",
    ),
    ("procedure", r"申请|提交|登录|登记|通过|办理|审[批核]|公示|报名|填|材料|凭|预约|受理"),
    ("list", r"、|[(][一二三]|;"),
    (
        "yes_no",
        r"应当?|可以?|不得|严禁|禁止|必须|允许|鼓励|不|免|须|能|支持|逐步|一律|全部|优先|予以",
    ),
    ("person", r"[员者人长师生]|主任|书记|家长|学生|教师"),
)

_ASKS = tuple((kind, re.compile(pattern)) for kind, pattern in _QUESTIONS)
_ASKS_IN = tuple((measure, re.compile(pattern)) for measure, pattern in _MEASURES)
_HOLDS = {kind: re.compile(pattern) for kind, pattern in _EVIDENCE}
_HOLDS_IN = {measure: re.compile(pattern) for measure, pattern in _HELD}


def wanted(query: str) -> Wanted:
    """Return what a question asks for."""
    folded = fold_text(query).strip()
    kind: Kind = next((kind for kind, pattern in _ASKS if pattern.search(folded)), "any")
    if kind != "number":
        return Wanted(kind)
    return Wanted(kind, next((m for m, pattern in _ASKS_IN if pattern.search(folded)), None))


def holds(wanted: Wanted, sentence: str) -> bool:
    """Whether a sentence holds the kind of thing that was asked for."""
    if wanted.kind == "any":
        return True
    folded = fold_text(sentence)
    if wanted.kind == "number":
        return _HOLDS_IN[wanted.measure].search(folded) is not None
    return _HOLDS[wanted.kind].search(folded) is not None
