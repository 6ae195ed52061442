"""Figures: what is counted, how much of it, at least or at most, and until when."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.facts import Figure
from corpus.facts.counters import MULTIPLE, TIMES, names_of, split_unit
from corpus.facts.figures import find_figures
from corpus.facts.finding import find_facts
from corpus.facts.quantities import find_quantities, read_number
from corpus.lines import open_page
from corpus.numerals import chinese_numeral


def figures(text: str) -> list[Figure]:
    found = list(find_figures(open_page(text), 0, len(text)))
    for figure in found:
        for stated in (figure.indicator, figure.deadline):
            if stated:
                assert 0 <= stated.span.start < stated.span.end <= len(text)
        if figure.indicator:
            start, end = figure.indicator.span
            assert text[start:end] == figure.indicator.value
    return found


def short(text: str) -> list[str]:
    """Each figure as 'comparison value-upper unit'."""
    return [
        f"{f.comparison}{f.value}{'-' + f.upper if f.upper else ''} {f.unit}".strip()
        for f in figures(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("毛入园率达到95%", "=95 %"),
        ("毛入园率达到９５％以上", ">=95 ％"),
        ("合格率为百分之八十五", "=85 %"),
        ("校车不得超过60公里/小时", "<=60 公里/小时"),
        ("收费500元/平方米", "=500 元/平方米"),
        ("报告时间不得迟于1小时", "<=1 小时"),
        ("生机比达到8\u22361", "=8:1"),
        ("不低于总额的百分之零点三", ">=0.3 %"),
        ("覆盖率百分之百", "=100 %"),
        ("比例不得少于三分之二", ">=2/3"),
        ("约占1/3", "~1/3"),
        ("师生比按1：15配备", "=1:15"),
        ("一半以上的学校", ">=50 %"),
        ("新增学位3.6万个", "=3.6 万个"),
        ("新增学位12,000个", "=12000 个"),
        ("投入资金二十万元", "=20 万元"),
        ("处五千元以上二万元以下罚款", "=5000-20000 元"),
        ("处一万元以上五万元以下罚款", "=1-5 万元"),
        ("任期为三至六年", "=3-6 年"),
        ("每人掌握1—2项技能", "=1-2 项"),
        ("每人掌握一两项技能", "=1-2 项"),
        ("比例为5%至10%", "=5-10 %"),
        ("奖励2万—3万元", "=2-3 万元"),
        ("占地一万二千平方米", "=12000 平方米"),
        ("每生每年700元", "=700 元"),
        ("标准统一300元", "=300 元"),
        ("学生数大于等于150人", ">=150 人"),
        ("经费不低于700元/生/年", ">=700 元/生/年"),
        ("应当在二十个工作日内答复", "<=20 个工作日"),
        ("自受理之日起三个月内", "<=3 个月"),
        ("班额不超过45人", "<=45 人"),
        ("书面作业不得超过60分钟", "<=60 分钟"),
        ("步行距离五百米以内", "<=500 米"),
        ("用3年左右的时间", "~3 年"),
        ("新建约20所", "~20 所"),
        ("人数超过十万", ">10 万"),
        ("规模不足100人的学校", "<100 人"),
        ("未满十六周岁的未成年人", "<16 周岁"),
        ("年满六周岁的儿童", ">=6 周岁"),
        ("就学率提高3个百分点", "+3 个百分点"),
        ("近视率下降2%", "-2 %"),
        ("提高到70%", "=70 %"),
        ("每学期至少召开1次家长会", ">=1 次"),
        ("每学期开展一次演练", "=1 次"),
        ("新建一所初级中学", "=1 所"),
        ("培养骨干教师100余名", ">100 名"),
        ("不低于本区在园儿童总数的60%", ">=60 %"),
    ],
)
def test_a_figure_is_read_as_it_is_meant(text: str, expected: str) -> None:
    assert short(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "2025年6月30日前完成",
        "二〇二五年五月二十三日",
        "第十三次党代会",
        "全县第一、二届运动会",
        "三年级学生",
        "九年义务教育",
        "三年行动计划",
        "学前三年教育",
        "落实“五项管理”",
        "建成“四个100%”",
        "视频监控三个100%工作目标",
        "实施“5+2”课后服务",
        "办好每一所学校",
        "一名同学提出建议",
        "一次性告知",
        "一人一案",
        "《三年行动计划（2021—2023年）》",
        "青教发〔2024〕12号",
        "电话：0531-6609",
        "六部门联合印发",
        "五项目开工",
        "安装5G网络",
        "近3年未调整的",
        "上午9:30开会",
        "千名教师访万家活动",
        "党的十八届三中全会",
        "坚持四项基本原则",
        "建设一支队伍",
        "两个《实施方案》",
    ],
)
def test_what_is_no_figure_is_passed_over(text: str) -> None:
    assert short(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("到2025年，入园率达到95%。", "2025"),
        ("2023年底前，新建5所。", "2023"),
        ("2024年6月底前配备3名教师", "2024-06"),
        ("2024年3月1日前配备3名教师", "2024-03-01"),
        ("2023—2025年完成新建15所", "2025"),
        ("到2025年，入园率提高；配备3名教师", "2025"),
        ("到2025年，入园率提高。配备3名教师", None),
        ("自2021年起配备3名教师", None),
        ("自 2023年12月1日 起施行，有效期3年", None),
        ("到2025年，比2020年增加3所", "2025"),
        ("经2024年第3次常务会议审议，废止2件文件", None),
        ("从2021年起，到2025年，配备3名教师", "2025"),
        ("落实《三年计划（2021—2023年）》，配备3名教师", None),
        ("配备3名教师，2025年完成", None),
        ("每年配备3名教师", None),
        ("2024年13月前配备3名教师", None),
    ],
)
def test_a_deadline_is_the_last_one_said_before_in_the_sentence(
    text: str, expected: str | None
) -> None:
    (figure,) = figures(text)
    assert (figure.deadline.value if figure.deadline else None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("学前教育毛入园率达到95%", "学前教育毛入园率"),
        ("到2025年学前教育毛入园率达到95%", "学前教育毛入园率"),
        ("新改扩建幼儿园21所。", "幼儿园"),
        ("培养名校（园）长12名。", "名校（园）长"),
        ("培育15所劳动教育示范学校，", "劳动教育示范学校"),
        ("打造200节以上精品课程。", "精品课程"),
        ("艺术课时总量不低于总课时的9%。", "艺术课时总量"),
        ("其中艺术课时不低于9%。", "艺术课时"),
        ("一是交通补贴每月300元；", "交通补贴"),
        ("小学生每天睡眠时间达到10小时。", "睡眠时间"),
        ("作业完成时间平均不超过60分钟。", "作业完成时间"),
        ("作业本费每生15元。", "作业本费"),
        ("补助标准为每生每年600元。", "补助标准"),
        ("至少配备1名专（兼）职教师。", "专（兼）职教师"),
        ("处五百元以下罚款。", "罚款"),
        ("应当在三个月内作出决定。", None),
        ("每三年评估学校。", None),
        ("青石小学 | 12 | 300人", "青石小学"),
        ("1 | 青石小学 | 300人", "青石小学"),
        ("1 | 新建幼儿园3所 | 区教育局", "幼儿园"),
    ],
)
def test_the_indicator_is_what_is_counted(text: str, expected: str | None) -> None:
    indicator = figures(text)[-1].indicator
    assert (indicator.value if indicator else None) == expected


def test_shares_in_a_row_are_of_the_same_thing() -> None:
    found = figures("骨干教师比例分别达到10%、15%、20%。")
    assert [f.indicator and f.indicator.value for f in found] == ["骨干教师比例"] * 3


def test_traditional_script_is_shown_as_written() -> None:
    (figure,) = figures("新增學位3.6萬個。")
    assert (figure.unit, figure.indicator and figure.indicator.value) == ("萬個", "學位")


# --- generated -------------------------------------------------------------------------------

NUMBERS = st.integers(min_value=2, max_value=9999)
NOUNS = st.sampled_from(["公办幼儿园", "标准化考场", "劳动教育基地", "示范学校"])
UNITS = st.sampled_from(["所", "个", "名", "万元", "平方米"])
BOUNDS = st.sampled_from(
    [("", "", "="), ("不少于", "", ">="), ("不超过", "", "<="), ("", "以上", ">="), ("约", "", "~")]
)


@settings(deadline=None)
@given(st.lists(st.tuples(NUMBERS, NOUNS, UNITS, BOUNDS, st.booleans()), min_size=1, max_size=5))
def test_every_figure_of_a_plan_is_found(
    wanted: list[tuple[int, str, str, tuple[str, str, str], bool]],
) -> None:
    text = "到2027年，"
    places = []
    for number, noun, unit, (before, after, _), chinese in wanted:
        text += f"建设{noun}{before}"
        written = chinese_numeral(number) if chinese else str(number)
        places.append((len(text), len(text) + len(written) + len(unit)))
        text += f"{written}{unit}{after}；"
    found = figures(text)
    assert [(f.span.start, f.span.end) for f in found] == places
    assert [(int(f.value), f.unit, f.comparison) for f in found] == [
        (number, unit, meant) for number, _, unit, (_, _, meant), _ in wanted
    ]
    assert {f.deadline and f.deadline.value for f in found} == {"2027"}
    assert [f.indicator and f.indicator.value for f in found] == [noun for _, noun, *_ in wanted]


@settings(deadline=None)
@given(st.integers(min_value=1, max_value=9999), st.integers(min_value=0, max_value=99))
def test_numerals_parse_back(whole: int, decimals: int) -> None:
    assert read_number(chinese_numeral(whole)) == str(whole)
    assert read_number(f"{whole}.{decimals:02}") == f"{whole}.{decimals:02}"
    assert read_number(f"{whole:,}") == str(whole)


ALPHABET = st.text(
    "一二三百万千亿0129.,，、。；年月日%个所名次至到-以上下内不低于超过达约每第前款条本法"
    "《》（）牵头应当不得可要支持附件 　\n",
    max_size=120,
)


@settings(deadline=None, max_examples=300)
@given(ALPHABET, st.integers(0, 20), st.integers(0, 20))
def test_every_span_stands_within_its_clause(text: str, before: int, after: int) -> None:
    page = open_page(text)
    start, end = min(before, len(text)), max(min(before, len(text)), len(text) - after)
    facts = find_facts(page, start, end)
    spans = [f.span for f in facts.figures]
    spans += [s.span for f in facts.figures for s in (f.indicator, f.deadline) if s]
    spans += [o.word.span for o in facts.obligations]
    spans += [r.span for r in facts.references] + [m.span for m in facts.missing]
    assert all(start <= span.start < span.end <= end for span in spans)
    assert facts == find_facts(page, start, end)
    assert [o.word.value for o in facts.obligations] == [
        text[slice(*o.word.span)] for o in facts.obligations
    ]
    for quantity in find_quantities(page.plain, start, end):
        assert quantity.value[0].isdigit()


HEAVY = (
    "7%",
    "百分之",
    "1年内",
    "一万",
    "到2025年",
    "第三条、",
    "前款",
    "《甲》",
    "（甲（",
    "“甲",
    "要",
    "甲 个",
)


@pytest.mark.parametrize("unit", HEAVY)
def test_a_large_text_of_one_sign_is_read(unit: str) -> None:
    # Work that grows with the square of the text would take minutes here.
    text = unit * (60_000 // len(unit))
    facts = find_facts(open_page(text), 0, len(text))
    assert len(facts.figures) <= len(text)


# --- units ------------------------------------------------------------------------------------


@pytest.mark.parametrize("multiple", ["", *MULTIPLE.split("|")])
@pytest.mark.parametrize("unit", ["元", "人次", "个百分点", ""])
def test_a_unit_is_parted_from_what_multiplies_it(multiple: str, unit: str) -> None:
    assert split_unit(multiple + unit) == (TIMES[multiple], unit)


@pytest.mark.parametrize("name", ["日", "天", "个自然日", "千克", "㎡", "个学期", "倍"])
def test_every_name_of_a_unit_leads_to_the_same_names(name: str) -> None:
    names = names_of(name)
    assert name in names
    assert {names_of(other) for other in names} == {names}


def test_what_may_differ_has_no_common_name() -> None:
    apart = ("日", "工作日", "岁", "周岁", "学时", "课时", "小时", "月", "周")
    assert len({names_of(unit)[0] for unit in apart}) == len(apart)
