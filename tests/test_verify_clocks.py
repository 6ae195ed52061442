"""Times of the day are one value however they are written, and no length of time."""

import pytest

from corpus import parse
from retrieval.verify import Verdict, verify
from retrieval.verify.amounts import CLOCK
from retrieval.verify.clocks import clocks_of
from retrieval.verify.said import Said
from tests.verified import Quoted

HOURS = """青禾县学校作息规定
第一条　小学上午上课时间不早于八时二十分，中学不早于八时。课间休息时间不少于十五分钟。
第二条　寄宿生应当在晚上九时三十分前就寝，图书馆开放时间为下午2:30—5:00。师生比不低于1:50。
青禾县教育局
2024年5月1日
"""

READ = [
    ("不早于八时二十分", [(500, ">=")]),
    ("不早于8:20", [(500, ">=")]),
    ("8：20", [(500, "=")]),
    ("不得晚于八点半", [(510, "<=")]),
    ("上午八时", [(480, "=")]),
    ("下午2:30—5:00", [(870, "="), (1020, "=")]),
    ("晚上九点一刻前就寝", [(1275, "<=")]),
    ("中午12:30", [(750, "=")]),
    ("中午1点", [(780, "=")]),
    ("十时至十二时", [(600, "="), (720, "=")]),
    ("2025年6月1日8时", [(480, "=")]),
    ("8点上课", [(480, "=")]),
    ("24时前报送", [(1440, "<=")]),
    ("师生比不低于1:50", []),
    ("按1:30配备", []),
    ("比例为10:30", []),
    ("三点要求", []),
    ("提高三点五个百分点", []),
    ("一时难以解决", []),
    ("360学时", []),
    ("每天8小时", []),
    ("二十四小时内", []),
    ("八时间段", []),
    ("25:00", []),
    ("得20分", []),
]


@pytest.mark.parametrize(("text", "times"), READ)
def test_clock_times(text: str, times: list[tuple[int, str]]) -> None:
    assert [(clock.minutes, clock.comparison) for clock in clocks_of(text)] == times


def test_the_minutes_of_a_time_are_no_amount() -> None:
    assert [a.unit for a in Said("上课不早于八时二十分，休息二十分钟").amounts] == [CLOCK, "分钟"]


TOLD: list[tuple[str, str, Verdict]] = [
    ("第一条", "小学上午上课时间不早于8:20", "verified"),
    ("第一条", "小学上课不早于八点二十分", "verified"),
    ("第一条", "小学上午8:20以后上课", "verified"),
    ("第一条", "小学上午上课时间不早于8:30", "altered"),
    ("第一条", "小学上午上课时间不早于八点半", "altered"),
    ("第一条", "小学上午上课时间不早于八时三十分", "altered"),
    ("第一条", "小学上课时间不早于八时", "altered"),
    ("第一条", "小学上课时间不晚于8:20", "altered"),
    ("第一条", "中学上课时间不早于8:00", "verified"),
    ("第一条", "中学上课时间不早于上午八时", "verified"),
    ("第一条", "中学上课时间不早于下午八时", "altered"),
    ("第一条", "中学上课时间不早于八时二十分", "altered"),
    ("第一条", "课间休息不少于15分钟", "verified"),
    ("第一条", "课间休息不少于20分钟", "altered"),
    ("第二条", "寄宿生应当在21:30前就寝", "verified"),
    ("第二条", "寄宿生应当在晚上九点半前就寝", "verified"),
    ("第二条", "寄宿生应当在22:00前就寝", "altered"),
    ("第二条", "图书馆14:30至17:00开放", "verified"),
    ("第二条", "图书馆开放时间为2:30—5:00", "verified"),
    ("第二条", "图书馆下午2:30至6:00开放", "unsupported"),
    ("第二条", "师生比不低于1:50", "verified"),
    ("第二条", "师生比不低于1:60", "altered"),
]


@pytest.mark.parametrize(("article", "said", "verdict"), TOLD)
def test_what_is_said_of_a_time(article: str, said: str, verdict: Verdict) -> None:
    document = parse("hours", "hours.txt", HOURS)
    clause = next(c for c in document.clauses if c.address == article)
    cited = Quoted(1, document, clause, clause.span)
    assert [one.verdict for one in verify(f"{said}[1]。", [cited])] == [verdict]


@pytest.mark.parametrize("character", list("8时点:早上一半分 "))
def test_a_hundred_thousand_of_one_character_have_no_time(character: str) -> None:
    assert list(clocks_of(character * 100_000)) == []
