"""The units and counters (量词) that numbers stand before in policy texts."""

import re

_AFTER_GE = "工作日|自然日|百分点|月|小时|学时|课时|星期|学期"
# A counter that begins a common word is none: 三年级, 六部门, 五项目. Longer names come first.
_WORDS = (
    "(?:公里|千米)/小时|(?:平方|立方)?(?:公里|千米|厘米|毫米|米)|㎡|公顷|亩|公斤|千克|克|吨|毫升|升(?![学旗级降])",
    "(?:美元|元)(?:/(?:平方米|[人生年月日天课时次]{1,2})){0,3}|兆|分贝|GB|MB|分(?=[。，；、）)以的])",
    "人次|人(?![民员才力事大口工文均社])|名(?![单称额录])|位(?![于置])|户(?!籍)",
    "周岁|岁|年(?![级制代龄度份])|天(?![津然下])|日(?![常前])|周(?![边围年期])|小时|分钟|秒",
    "学时|课时|学分|学年|学期",
    "所(?![有在属需得谓]|以(?![上下内]))|家(?![长庭校园])|项(?!目)|次(?![序要数])|节次|节(?![日约假])",
    "门(?![类户口])|倍|册|台(?!账)|套|辆|间(?!接)|座|处(?![理于罚分])|场次|场|篇|部(?![门委曲分])",
    "件|份|张|种|支(?![持付])|条|轮|届|期|首|幅|本(?![级科市省县区校])|字(?![会路架号])|遍|班次|班(?!级)|组",
    "例|起|栋|幢|层(?![次面级])|片",
)
COUNTER = rf"[%％‰]|个百分点|个(?![人性体别案])(?:{_AFTER_GE})?|{'|'.join(_WORDS)}"
"""A pattern for what is counted or measured with."""

MULTIPLE = "万亿|百万|千万|万|亿"
"""A pattern for what multiplies a number: 1.5万 is 15,000."""

TIMES = {"百万": 6, "千万": 7, "万亿": 12, "万": 4, "亿": 8, "": 0}
"""The power of ten of each multiple."""

_MULTIPLIED = re.compile(rf"(?:{MULTIPLE})")
# The first stands for all. 周岁 and 岁 are two: a child of 6岁 may be 5周岁.
_NAMES = (
    ("日", "天", "个自然日"),
    ("周", "星期", "个星期"),
    ("月", "个月"),
    ("工作日", "个工作日"),
    ("小时", "个小时"),
    ("学时", "个学时"),
    ("课时", "个课时"),
    ("学期", "个学期"),
    ("平方米", "㎡"),
    ("公里", "千米"),
    ("公斤", "千克"),
)
_NAMES_OF = {name: names for names in _NAMES for name in names}


def split_unit(unit: str) -> tuple[int, str]:
    """Return the power of ten that a unit is written with, and the rest: 4 and 元 of 万元."""
    multiple = _MULTIPLIED.match(unit)
    return (TIMES[multiple[0]], unit[multiple.end() :]) if multiple else (0, unit)


def names_of(unit: str) -> tuple[str, ...]:
    """Return what a unit is called, always the same name first: 周, 星期 and 个星期."""
    return _NAMES_OF.get(unit, (unit,))
