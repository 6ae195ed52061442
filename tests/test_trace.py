"""Which clauses state a requirement, how closely, and what differs where they do not."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import parse
from index import Library
from index.encoders.names import DEFAULT
from retrieval import Filters, QueryError, Searcher
from retrieval.trace import Difference, Match, Requirement, Row, Tracer, trace, trace_all
from retrieval.trace.cores import core_of
from retrieval.trace.lines import trace_lines
from retrieval.trace.shapes import trace_shape
from retrieval.trace.tracing import MOST_CANDIDATES
from tests.fakes import KeywordEncoder, Opener

PROVINCE = """岚川省人民政府关于办好学校食堂的意见
岚政发〔2023〕5号

一、加强管理
（一）落实陪餐。学校食堂实行校长陪餐制度，校长每周陪餐不少于3次。
（二）保障学位。到2026年，全省新增公办幼儿园学位5000个，学前教育毛入园率达到92%以上。
（三）接收5名以上残疾学生随班就读的学校应当设立资源教室。

岚川省人民政府
2023年3月1日
"""
CITY = """白沙市學校食堂管理辦法
白沙市教育局
2024年5月1日

第一条　为了规范学校食堂，制定本办法。
第二条　學校食堂實行校長陪餐制度，校長每週陪餐不少於３次。
第三条　學校不得向學生收取食堂管理費。
第四条　小学应当控制班额，每班不超过四十五人。
第五条　向学生收取资料费的，应当责令退还。
"""
COUNTY = """青禾县办好学校食堂工作方案（征求意见稿）
青禾县教育局
2022年9月1日

一、主要任务
（一）校长每周至少陪餐三次，学校食堂落实陪餐制度。
（二）学前教育毛入园率达到百分之八十五，每年新建公办幼儿园 所。
（三）鼓励学校为教师设立午休室。
（四）严禁下列行为：
1.组织教师参加有偿补课；
2.向家长推销教辅材料。
（五）原则上每所学校建立一个家长委员会。
"""
TEXTS = {"province": PROVINCE, "city": CITY, "county": COUNTY}


@pytest.fixture
def searcher(library: Library) -> Searcher:
    library.put_all(parse(name, f"{name}.txt", text) for name, text in TEXTS.items())
    library.embed()
    return Searcher(library)


def strengths(row: Row) -> dict[str, str]:
    return {f"{m.document.id} {m.address}": m.strength for m in row.matches}


def of(row: Row, document: str) -> Match:
    (match,) = [match for match in row.matches if match.document.id == document]
    return match


def said(match: Match) -> list[tuple[str, str, str]]:
    return [(d.kind, d.here, d.there) for d in match.differences if not d.slight]


# --- strengths ------------------------------------------------------------------------------


def test_each_clause_is_told_with_how_closely_it_states_a_requirement(searcher: Searcher) -> None:
    row = trace(searcher, "学校食堂实行校长陪餐制度，校长每周陪餐不少于3次。")
    assert strengths(row)["province 一、（一）"] == "verbatim"
    assert strengths(row)["city 第二条"] == "verbatim"
    assert of(row, "county").strength == "equivalent"
    assert row.is_stated


def test_a_quote_is_the_smallest_stretch_exactly_as_written(searcher: Searcher) -> None:
    row = trace(searcher, "1. 校长每周陪餐不少于3次")
    assert of(row, "city").quote == "校長每週陪餐不少於３次"
    for match in row.matches:
        assert match.quote == match.document.text[match.span.start : match.span.end]
        assert match.clause.start <= match.span.start < match.span.end <= match.clause.end


def test_matches_go_from_the_highest_level_down(searcher: Searcher) -> None:
    row = trace(searcher, "校长每周陪餐不少于3次")
    assert [match.document.id for match in row.matches] == ["province", "city", "county"]


def test_a_draft_is_said_to_be_one(searcher: Searcher) -> None:
    assert of(trace(searcher, "校长每周至少陪餐三次"), "county").standing.status == "征求意见稿"


@pytest.mark.parametrize(
    ("requirement", "document", "differing"),
    [
        ("学前教育毛入园率达到85%以上", "province", ("figure", "85%以上", "92%以上")),
        ("学前教育毛入园率达到92%以上", "county", ("figure", "92%以上", "百分之八十五")),
        ("到2025年，全省新增公办幼儿园学位5000个", "province", ("deadline", "2025年", "2026年")),
        ("校长每月陪餐不少于3次", "city", ("rate", "每月", "每周")),
        ("校长每周陪餐不超过3次", "city", ("figure", "不超过3次", "不少於３次")),
        ("学校可以向学生收取食堂管理费", "city", ("duty", "可以", "不得")),
        ("向学生收取食堂管理费", "city", ("duty", "", "不得")),
        ("向学生收取资料费", "city", ("duty", "", "……的")),
        ("组织教师参加有偿补课", "county", ("duty", "", "严禁")),
        ("学校应当为教师设立午休室", "county", ("duty", "应当", "鼓励")),
        ("每所学校建立一个家长委员会", "county", ("degree", "", "原则上")),
        ("初中应当控制班额，每班不超过四十五人", "city", ("scope", "初中", "小学")),
        ("每年新建公办幼儿园5所", "county", ("figure", "5所", "原文此处为空")),
    ],
)
def test_another_figure_or_duty_is_related_and_the_difference_shown(
    searcher: Searcher, requirement: str, document: str, differing: tuple[str, str, str]
) -> None:
    row = trace(searcher, requirement)
    matches = [m for m in row.matches if m.document.id == document and differing in said(m)]
    assert [match.strength for match in matches] == ["related"], row.matches


def test_figures_are_equal_however_they_are_written(searcher: Searcher) -> None:
    row = trace(searcher, "学前教育毛入园率达到85%")
    assert of(row, "county").strength == "equivalent"
    assert trace(searcher, "小学控制班额，每班不超过45人").matches[0].strength == "equivalent"


def test_a_goal_said_as_at_least_is_a_slight_difference(searcher: Searcher) -> None:
    match = of(trace(searcher, "学前教育毛入园率达到92%"), "province")
    assert match.strength == "equivalent"
    assert [(d.here, d.there, d.slight) for d in match.differences] == [("92%", "92%以上", True)]


def test_what_differs_is_shown_where_it_stands(searcher: Searcher) -> None:
    match = of(trace(searcher, "学前教育毛入园率达到85%以上"), "province")
    (difference,) = [d for d in match.differences if d.kind == "figure"]
    assert difference.span is not None
    assert match.document.quote(difference.span) == "92%"
    assert difference.about == "学前教育毛入园率"


def test_what_no_clause_speaks_of_has_no_match(searcher: Searcher) -> None:
    row = trace(searcher, "校园应当种植向日葵")
    assert (row.matches, row.is_stated) == ([], False)


def test_a_question_is_stated_by_nothing(searcher: Searcher) -> None:
    row = trace(searcher, "学校食堂校长每周陪餐不少于3次吗？")
    assert {match.strength for match in row.matches} == {"related"}


def test_the_stretch_is_the_one_with_the_figures(library: Library) -> None:
    text = "第一条　提高课后服务质量。课后服务每周5天、每天不少于2小时，收费每学期不超过500元。\n"
    library.put_all([parse("a", "a.txt", text + "第二条　公办园占比达到55%，2027年复查。\n")])
    searcher = Searcher(library)
    (match,) = trace(searcher, "课后服务每周不少于5天，每天不少于2小时").matches
    assert (match.strength, match.quote) == ("equivalent", "课后服务每周5天、每天不少于2小时")
    assert trace(searcher, "公办园占比达到55%").matches[0].strength == "verbatim"


def test_what_encourages_one_thing_does_not_reach_the_next(library: Library) -> None:
    library.put_all([parse("a", "a.txt", "第一条　支持学校改造旧楼，新楼应当安装电梯并验收。\n")])
    match = trace(Searcher(library), "新楼应当安装电梯并验收").matches[0]
    assert (match.strength, match.differences) == ("verbatim", ())


def test_a_number_that_only_ends_alike_is_another_one(library: Library) -> None:
    library.put_all([parse("a", "a.txt", "第一条　覆盖率达到185%。\n第二条　每校三十五名教师。\n")])
    searcher = Searcher(library)
    assert not trace(searcher, "覆盖率达到85%").is_stated
    assert not trace(searcher, "每校五名教师").is_stated


# --- how it is searched -----------------------------------------------------------------------


def test_filters_are_those_of_search(searcher: Searcher) -> None:
    row = trace(searcher, "校长每周陪餐不少于3次", Filters(level="市"))
    assert [match.document.id for match in row.matches] == ["city"]


def test_what_was_replaced_takes_part_only_when_asked_for(library: Library) -> None:
    for year in (2020, 2024):
        text = f"青禾县食堂管理办法\n青禾县教育局\n{year}年1月1日\n\n第一条　学校食堂每天留样。\n"
        library.put_all([parse(f"y{year}", f"{year}.txt", text)])
    searcher = Searcher(library)
    row = trace(searcher, "学校食堂每天留样")
    assert ([m.document.id for m in row.matches], row.left_out) == (["y2024"], 1)
    both = trace(searcher, "学校食堂每天留样", Filters(superseded=True))
    assert [m.document.id for m in both.matches] == ["y2024", "y2020"]
    assert both.matches[1].standing.status == "已被替代"
    lines = "\n".join(trace_lines(trace_shape([both])))
    assert "见 《青禾县食堂管理办法》（2024年）" in lines
    assert "y2024" not in lines


def test_all_that_state_it_are_found_and_the_rest_is_counted(library: Library) -> None:
    texts = (f"第一条　{n}号学校食堂应当每天留样并登记。\n" for n in range(120))
    library.put_all([parse(f"d{n:03}", f"{n}.txt", text) for n, text in enumerate(texts)])
    row = Tracer(Searcher(library), top=100).trace("学校食堂应当每天留样并登记")
    assert (len(row.matches), row.more) == (100, 20)
    assert {match.strength for match in row.matches} == {"verbatim"}
    assert MOST_CANDIDATES > 120


def test_meaning_takes_part_with_the_encoder_that_it_was_fitted_for(tmp_path: Path) -> None:
    library = Library(tmp_path / "library", lambda name: KeywordEncoder(DEFAULT))
    library.put_all([parse("a", "a.txt", "第一条　寄宿的孩子有人照看并按时就餐。\n")])
    library.embed()
    near = trace(Searcher(library), "寄宿事务安排")
    assert [match.strength for match in near.matches] == ["related"]
    by_words = Tracer(Searcher(library), mode="bm25").trace("寄宿事务安排")
    assert by_words.matches == []


def test_a_stretch_that_several_requirements_come_upon_is_encoded_once(tmp_path: Path) -> None:
    encoder = KeywordEncoder(DEFAULT)
    library = Library(tmp_path / "library", lambda name: encoder)
    library.put_all([parse("a", "a.txt", "第一条　寄宿的孩子有人照看并按时就餐。\n")])
    library.embed()
    encoder.passages.clear()
    rows = trace_all(Searcher(library), ["寄宿事务安排", "寄宿生就餐", "孩子有人照看"])
    assert all(row.matches for row in rows)
    assert len(encoder.passages) == len(set(encoder.passages)) > 0


def test_several_requirements_keep_their_order(searcher: Searcher) -> None:
    listed = ["校长每周陪餐不少于3次", Requirement(2, "二、其他", "heading")]
    first, second = trace_all(searcher, listed)
    assert (first.is_stated, second.untraced, second.matches) == (True, "heading", [])


def test_what_cannot_be_asked_is_refused(searcher: Searcher) -> None:
    with pytest.raises(QueryError):
        trace(searcher, " ")
    with pytest.raises(QueryError):
        trace(searcher, "校" * 1001)


@pytest.mark.parametrize("character", ["一", "1", "，", "（", "每", "第", "不", "《", "　"])
def test_a_long_run_of_one_character_is_traced(
    opener: Opener, character: str, tmp_path: Path
) -> None:
    library = Library(tmp_path / "library", opener)
    library.put_all([parse("a", "a.txt", f"第一条　{character * 100_000}食堂陪餐。\n")])
    row = trace(Searcher(library), f"{character * 900}食堂陪餐")
    assert all(m.quote == m.document.text[slice(*m.span)] for m in row.matches)


# --- the words alone --------------------------------------------------------------------------


def test_a_core_has_no_punctuation_numbering_or_script() -> None:
    same = [
        "（一）學校，應當設 資源教室；2.報告。",
        "學校應當設資源教室 報告",
        "学校应当设资源教室；报告",
    ]
    assert len({core_of(text).words for text in same}) == 1


@pytest.mark.parametrize("pair", [("1.5小时", "15小时"), ("2021-2023", "20212023"), ("85%", "85")])
def test_a_core_keeps_what_makes_a_number(pair: tuple[str, str]) -> None:
    assert core_of(pair[0]).words != core_of(pair[1]).words


@given(st.text(alphabet="学校食堂，。（一）1.85% \n電", max_size=60), st.integers(0, 40))
def test_what_a_core_finds_stands_there(text: str, at: int) -> None:
    core = core_of(text)
    wanted = core.words[at : at + 5]
    found = core.find(wanted)
    if found is not None:
        assert wanted in core_of(text).words
        assert core.words[list(core.offsets).index(found.start) :].startswith(wanted)


def test_differences_are_told_once(searcher: Searcher) -> None:
    for requirement in ("校长每月陪餐不少于5次", "初中每班不超过四十五人"):
        for match in trace(searcher, requirement).matches:
            pairs = [(d.here, d.there) for d in match.differences]
            assert len(set(pairs)) == len(pairs)
            assert all(isinstance(d, Difference) for d in match.differences)


# --- one figure among several -----------------------------------------------------------------

HOMEWORK = """青禾县作业管理办法
青禾县教育局
2024年1月1日

第一条　小学一、二年级不布置书面作业，小学其他年级每天不超过60分钟，初中每天不超过90分钟。
第二条　其他年级学生书面作业的时间，小学不超过六十分钟，初级中学每天不得超过九十分钟。
第三条　作业辅导每个教学日不少于二小时。
"""


def test_a_figure_is_read_with_its_own_part_of_the_sentence(library: Library) -> None:
    library.put_all([parse("h", "h.txt", HOMEWORK)])
    row = trace(Searcher(library), "初中作业每天不超过90分钟")
    first, second = (m for m in row.matches if m.address in ("第一条", "第二条"))
    assert row.is_stated
    assert [d for d in (*first.differences, *second.differences) if not d.slight] == []
    lower = trace(Searcher(library), "小学作业每天不超过90分钟")
    assert not lower.is_stated


def test_what_is_related_says_why(library: Library) -> None:
    library.put_all([parse("h", "h.txt", HOMEWORK)])
    for asked in ("作业辅导每天不超过90分钟", "小学作业每天不超过90分钟", "书面作业的时间"):
        for match in trace(Searcher(library), asked).matches:
            assert match.strength != "related" or match.differences
    (match,) = (
        m
        for m in trace(Searcher(library), "作业辅导每天不少于90分钟").matches
        if m.address == "第三条"
    )
    assert ("figure", "不少于90分钟", "不少于二小时") in said(match)
