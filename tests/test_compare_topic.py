"""What several documents say on a topic, on a library small enough to know it by heart."""

from pathlib import Path

import pytest

from corpus import parse
from index import Library
from retrieval import Filters, QueryError, Searcher
from retrieval.compare import TopicTable, compare_topic
from retrieval.compare.lines import topic_lines
from retrieval.compare.organs import organ_names
from retrieval.compare.shapes import topic_shape
from retrieval.compare.tables import topic_table
from tests.fakes import write_files

PROVINCE = """澜川省人民政府关于发展学前教育的意见
澜政发〔2023〕5号

各市人民政府：
一、目标
1.到2027年，学前教育毛入园率达到95%以上，普惠性幼儿园覆盖率达到85%以上。
牵头单位：省教育厅
2.小学每班不超过45人。

澜川省人民政府
2023年4月1日
"""
CITY = """白沙市人民政府关于发展学前教育的意见
白政发〔2024〕7号

各区人民政府：
一、目标
1.到2026年，学前教育毛入园率达到97%以上。
牵头单位：市教育局
2.課後服務每天不少於２小時。

白沙市人民政府
2024年3月2日
"""
COUNTY = """青禾县学前教育发展行动方案
青政办发〔2022〕3号

各乡镇人民政府：
一、目标
1.到2025年，学前教育毛入园率达到 %，新增公办学位 个。
2.课后服务每天不少于2小时。

青禾县人民政府办公室
2022年6月1日
"""
OTHER_COUNTY = """柳湖县校车管理办法

第一条　校车每车配备一名随车照管人员。
第二条　校车每日发车前检查一次车况。

柳湖县教育局
2021年9月1日
"""
FILES = {
    "province.txt": PROVINCE,
    "city.txt": CITY,
    "county.txt": COUNTY,
    "bus.txt": OTHER_COUNTY,
}


@pytest.fixture
def searcher(tmp_path: Path, library: Library) -> Searcher:
    library.add([write_files(tmp_path / "files", FILES)], vectors=False)
    return Searcher(library)


def table(searcher: Searcher, topic: str, filters: Filters | None = None) -> TopicTable:
    return compare_topic(searcher, topic, filters, "bm25")


def test_rows_run_from_the_highest_level_down_and_others_are_silent(searcher: Searcher) -> None:
    found = table(searcher, "学前教育毛入园率")
    assert [row.document.metadata.level.value for row in found.rows if row.document.metadata.level]
    assert [row.document.label[:3] for row in found.rows] == ["澜川省", "白沙市", "青禾县"]
    (silent,) = found.silent
    assert silent.standing.document.label == "柳湖县校车管理办法"
    assert silent.reason == "unmentioned"


def test_every_quote_and_value_stands_where_it_says(searcher: Searcher) -> None:
    for topic in ("学前教育毛入园率", "课后服务时间", "校车"):
        for row in table(searcher, topic).rows:
            text = row.document.text
            assert row.place.quote == text[slice(*row.place.span)]
            assert row.place.clause.start <= row.place.span.start
            for value in row.values:
                assert row.place.span.start <= value.span.start < value.span.end
                assert value.span.end <= row.place.span.end


def test_one_indicator_is_one_column_and_its_differences_are_marked(searcher: Searcher) -> None:
    found = table(searcher, "学前教育毛入园率")
    column = found.columns[0]
    assert column.name == "学前教育毛入园率"
    assert column.agreement == "different"
    said = {cell.row: [v.value for v in cell.values] for cell in column.cells}
    assert said == {0: ["95"], 1: ["97"], 2: [None]}
    assert all(cell.differs for cell in column.cells)
    assert [v.deadline for cell in column.cells for v in cell.values] == ["2027", "2026", "2025"]
    assert all(any(d.aspect == "figure" for d in row.differs) for row in found.rows)


def test_other_figures_of_a_sentence_are_not_of_the_topic(searcher: Searcher) -> None:
    found = table(searcher, "学前教育毛入园率")
    judged = {value.indicator: value.of_topic for value in found.rows[0].values}
    assert judged == {"学前教育毛入园率": True, "普惠性幼儿园覆盖率": False}


def test_a_figure_is_of_what_its_sentence_said_before_it(tmp_path: Path, library: Library) -> None:
    said = "课后服务每天不少于2小时，每学期收费400元；教室每周消毒3次。"
    files = {"a.txt": f"丁县学校规定\n\n第一条　{said}\n"}
    library.add([write_files(tmp_path / "files", files)], vectors=False)
    (row,) = table(Searcher(library), "课后服务收费").rows
    assert ("400", True) in [(value.value, value.of_topic) for value in row.values]
    assert "3" not in [value.value for value in row.values]


def test_an_empty_figure_is_said_to_be_empty(searcher: Searcher) -> None:
    found = topic_shape(table(searcher, "学前教育毛入园率"))
    value = found["rows"][2]["values"][0]
    assert value["value"] is None
    assert value["note"] == "原文此处为空"
    assert "原文此处为空" in "\n".join(topic_lines(found))


def test_equal_figures_are_said_to_be_equal_whatever_the_script(searcher: Searcher) -> None:
    found = table(searcher, "课后服务每天几小时")
    (column,) = [column for column in found.columns if column.unit == "小时"]
    assert [cell.row for cell in column.cells] == [0, 1]
    assert column.agreement == "same"
    assert not any(cell.differs for cell in column.cells)


def test_lead_units_of_different_places_are_compared_by_their_work(searcher: Searcher) -> None:
    found = table(searcher, "学前教育毛入园率")
    assert [[unit.value for unit in row.units.lead] for row in found.rows] == [
        ["省教育厅"],
        ["市教育局"],
        [],
    ]
    assert found.lead == "same"
    assert list(organ_names(["白沙市教育局", "省教育厅", "县财政局", "教育委员会"])) == [
        "教育",
        "教育",
        "财政",
        "教育",
    ]


def test_a_document_that_names_the_topic_without_the_figure_has_no_row(searcher: Searcher) -> None:
    found = table(searcher, "公办学位占比")
    assert "青禾县学前教育发展行动方案" not in [row.document.label for row in found.rows]


def test_nothing_about_a_topic_gives_no_rows(searcher: Searcher) -> None:
    found = table(searcher, "碳达峰")
    assert found.rows == []
    assert len(found.silent) == len(FILES)
    assert "没有文件写到" in "\n".join(topic_lines(topic_shape(found)))


def test_a_word_that_the_library_has_not_is_told(searcher: Searcher) -> None:
    found = table(searcher, "校车安全员津贴")
    assert "津贴" in found.unknown
    assert "“津贴”" in "\n".join(topic_lines(topic_shape(found)))


def test_a_document_that_may_say_it_in_other_words_is_told_with_its_place(
    tmp_path: Path, library: Library
) -> None:
    files = {
        "a.txt": "甲县学校规定\n\n第一条　教师交流轮岗人数不低于符合条件教师的10%。\n",
        "b.txt": "乙县学校规定\n\n第一条　骨干教师交流到乡村学校，教师交流人数不低于8%。\n",
        "c.txt": "丙县学校规定\n\n第一条　宿舍由值班人员夜间巡查。\n",
    }
    library.add([write_files(tmp_path / "files", files)], vectors=False)
    found = table(Searcher(library), "教师交流轮岗")
    assert [row.document.label for row in found.rows] == ["甲县学校规定"]
    assert {s.standing.document.label: s.reason for s in found.silent} == {
        "乙县学校规定": "close",
        "丙县学校规定": "unmentioned",
    }
    assert "可能换了说法：《乙县学校规定》第一条" in "\n".join(topic_lines(topic_shape(found)))


def test_filters_limit_rows_and_silent_documents(searcher: Searcher) -> None:
    found = table(searcher, "学前教育毛入园率", Filters(level="市"))
    assert [row.document.label for row in found.rows] == ["白沙市人民政府关于发展学前教育的意见"]
    assert found.silent == []


def test_what_no_longer_holds_takes_part_only_when_asked_for(
    tmp_path: Path, library: Library
) -> None:
    older = CITY.replace("〔2024〕7号", "〔2020〕9号").replace("2024年3月", "2020年3月")
    files = {"new.txt": CITY, "old.txt": older.replace("97%", "90%")}
    library.add([write_files(tmp_path / "files", files)], vectors=False)
    searcher = Searcher(library)
    assert [v.value for r in table(searcher, "毛入园率").rows for v in r.values] == ["97"]
    both = table(searcher, "毛入园率", Filters(superseded=True))
    assert [v.value for r in both.rows for v in r.values] == ["90", "97"]


def test_documents_beyond_the_first_search_are_looked_for(
    tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retrieval.compare.near.DEPTH", 2)
    files = {
        f"{place}.txt": f"{place}县校服管理规定\n\n第一条　校服每套不超过{number}元。\n"
        for number, place in enumerate("甲乙丙丁戊", start=100)
    }
    library.add([write_files(tmp_path / "files", files)], vectors=False)
    found = table(Searcher(library), "校服")
    assert len(found.rows) == len(files)
    assert not found.is_cut
    monkeypatch.setattr("retrieval.compare.near.ROUNDS", 1)
    assert table(Searcher(library), "校服").is_cut


def test_an_empty_topic_is_refused(searcher: Searcher) -> None:
    with pytest.raises(QueryError, match="empty"):
        compare_topic(searcher, "  ")


def test_the_table_has_a_column_for_what_several_documents_state(searcher: Searcher) -> None:
    made = topic_table(topic_shape(table(searcher, "学前教育毛入园率")))
    heads = [column.head for column in made.columns]
    assert "学前教育毛入园率" in heads
    at = heads.index("学前教育毛入园率")
    cells = [row[at] for row in made.cells]
    assert [cell.text for cell in cells] == [
        "≥95%（2027）",
        "≥97%（2026）",
        "原文此处为空（单位：%）（2025）",
    ]
    assert all(piece.mark == "changed" for cell in cells for piece in cell.pieces)
    assert any("未提及：《柳湖县校车管理办法》" in note for note in made.notes)


def test_a_place_says_who_and_not_what(searcher: Searcher) -> None:
    found = table(searcher, "青禾县课后服务每天几小时")
    assert [row.document.label[:3] for row in found.rows] == ["白沙市", "青禾县"]


def test_several_places_that_a_topic_names_are_compared_alone(searcher: Searcher) -> None:
    found = table(searcher, "白沙市和青禾县的学前教育毛入园率")
    assert [row.document.label[:3] for row in found.rows] == ["白沙市", "青禾县"]
    assert found.silent == []
    assert set(found.places) == {"白沙市", "青禾县"}
    assert "只比较了主题所说地方的文件" in "\n".join(topic_lines(topic_shape(found)))


def test_the_sentence_in_the_unit_of_the_topic_stands_for_its_clause(library: Library) -> None:
    text = (
        "柳湖县课后服务办法\n\n第一条　课后服务收费标准由学校公布，课后服务收费接受监督。"
        "课后服务每天不少于2小时，每生每学期不超过400元。\n\n柳湖县教育局\n2023年9月1日\n"
    )
    library.put_all([parse("fee", "fee.txt", text)])
    for topic in ("课后服务收费", "课后服务时间"):
        (row,) = table(Searcher(library), topic).rows
        assert "400元" in row.place.quote
