"""The screen of comparing: a topic, two documents, two versions; and what cannot be compared."""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from corpus import parse
from index import Library
from retrieval import Filters, Searcher
from retrieval.compare import CompareError, compare_topic
from retrieval.compare.elsewhere import counted, is_elsewhere
from retrieval.compare.lines import titles_of, topic_lines
from retrieval.compare.shapes import topic_shape
from retrieval.compare.tables import comparison_table, topic_table
from retrieval.shapes import Json
from retrieval.trace.export import trace_table
from tests.browsing import PHONE, TIMEOUT, WIDE, barriers, browser, overflow
from tests.served import meaning, served
from ui import Desk, pairs
from ui.address import address
from ui.beside_view import MOST_COLUMNS
from ui.changes_view import PAGE, changes_view
from ui.compare import KINDS, CompareScreen
from ui.comparing import Asked, Outcome
from ui.downloads import switch
from ui.errors import explain
from ui.pager import SILENT, page_of, turned_to
from ui.requirements import NOTHING_TRACED, reviewed_table
from ui.topic_view import SILENT_PAGE, topic_view

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["browser"]

OLD = """青禾县学校食堂管理办法
青教发〔2021〕3号

第一条　为了规范学校食堂，制定本办法。
第二条　校长每周陪餐不少于2次，陪餐费用自理。
第三条　食堂每周公示一次菜谱。
第四条　学校不得向学生收取食堂管理费。

青禾县教育局
2021年5月1日
"""
NEW = """青禾县学校食堂管理办法
青教发〔2024〕9号

第一条　为了规范学校食堂，制定本办法。
第二条　校长每周陪餐不少于3次，陪餐费用自理。
第三条　学校不得向学生收取食堂管理费。
第四条　食堂工作人员每年体检一次，凭健康证明上岗。

青禾县教育局
2024年5月1日
"""
OTHER = """白沙市学校食堂工作意见
白沙市教育局
2023年3月1日

一、落实陪餐。校长每周陪餐不少于5次。
二、<img src=x onerror=alert(1)></mark><script>alert(2)</script>食堂应当留样。
"""
BUSES = """柳湖县校车管理办法

第一条　校车每车配备一名随车照管人员。
"""
TEXTS = {"old": OLD, "new": NEW, "other": OTHER, "buses": BUSES}
MEALS = "校长每周陪餐"


@pytest.fixture
def held(library: Library) -> Library:
    library.put_all(parse(name, f"{name}.txt", text) for name, text in TEXTS.items())
    library.embed()
    return library


def topic(library: Library, asked: str = MEALS) -> Json:
    return topic_shape(compare_topic(Searcher(library), asked))


# --- a topic ----------------------------------------------------------------------------------


def test_figures_stand_side_by_side_with_what_differs_marked(held: Library) -> None:
    html = topic_view(topic(held), 1, "zh")
    assert "2 份文件写到" in html
    assert re.search(r'<td class="yj-differs">.*?<mark>≥3次</mark>', html)
    assert re.search(r'<td class="yj-differs">.*?<mark>≥5次</mark>', html)
    assert html.count('scope="row"') == 2


def test_columns_of_one_name_say_in_what_they_are_counted(library: Library) -> None:
    library.put_all(
        parse(
            name,
            f"{name}.txt",
            f"{name}意见\n\n一、服务\n课后服务每周{days}天，课后服务每天{hours}小时。\n",
        )
        for name, days, hours in (("甲县", 5, 2), ("乙县", 4, 3))
    )
    library.embed()
    shape = topic(library, "课后服务")
    assert [column["indicator"] for column in shape["columns"]] == ["课后服务", "课后服务"]
    for language in ("zh", "en"):
        html = topic_view(shape, 1, language)
        heads = re.findall(r'<th scope="col">([^<]*)</th>', html)[1:]
        assert sorted(heads) == ["课后服务（天）", "课后服务（小时）"]
    heads = [column.head for column in topic_table(shape).columns]
    assert {"课后服务（天）", "课后服务（小时）"} <= set(heads)
    assert "· 课后服务（天）：不同" in list(topic_lines(shape))


def test_a_column_of_figures_is_told_from_one_of_the_table() -> None:
    column = {"indicator": "期限", "unit": "年"}
    assert titles_of([column], ["期限"]) == ["期限（年）"]
    assert titles_of([column], ["责任分工"]) == ["期限"]
    folded = [
        {"indicator": name, "unit": unit} for name, unit in (("課後服務", "天"), ("课后服务", ""))
    ]
    assert titles_of(folded) == ["課後服務（天）", "课后服务（比）"]


FEES = {
    "a": "甲县意见\n\n一、服务\n课后服务收费每学期400元。\n",
    "b": "乙县意见\n\n一、服务\n课后服务收费每学期500元。\n",
    "c": "丙县意见\n\n小学每生课后服务收费480元，初中每生课后服务收费560元。\n",
    "d": "丁县意见\n\n一、服务\n课后服务收费由学校公示。\n",
}


@pytest.fixture
def fees(library: Library) -> Json:
    library.put_all(parse(name, f"{name}.txt", text) for name, text in FEES.items())
    library.embed()
    return topic(library, "课后服务收费")


def test_figures_of_another_name_are_never_said_to_be_missing(fees: Json) -> None:
    titles = [row["document"]["title"][:2] for row in fees["rows"]]
    assert sorted(titles) == ["丁县", "丙县", "乙县", "甲县"]
    at = titles.index("丙县") + 1
    html = topic_view(fees, 1, "zh")
    cell = re.compile(r'aria-label="另见原文 (\d)\. 丙县意见" data-act="open_document"')
    assert cell.findall(html) == [str(at)] and "“另见原文”：" in html
    # 丁县 states no figure in 元 at all: nothing else is to be seen there.
    assert html.count(">另见原文</button>") == 1 and html.count("没有写") == 1
    assert ">see its words</button>" in topic_view(fees, 1, "en")
    table = topic_table(fees)
    assert table.rows[at - 1][3:5] == ["另见原文", "小学 480元；初中 560元"]
    assert table.rows[titles.index("丁县")][3] == "未写"
    assert any(note.startswith("另见原文：") for note in table.notes)
    assert f"      {at}. 另见原文" in list(topic_lines(fees))


def test_figures_of_a_further_place_are_never_said_to_be_missing(fees: Json) -> None:
    silent = next(row for row in fees["rows"] if row["document"]["title"] == "丁县意见")
    place = {key: silent[key] for key in ("address", "citation", "start", "end")}
    row = {**silent, "also": [{**place, "quote": "每學期不超過六百元"}]}
    assert (counted(silent), counted(row)) == (frozenset(), {"元"})
    (column,) = (column for column in fees["columns"] if column["agreement"] != "single")
    html = topic_view({**fees, "rows": [*fees["rows"][:-1], row]}, 1, "zh")
    span = f"{row['start']}-{row['end']}"
    assert fees["rows"][-1] is silent and f'data-spans="{span} {span}">另见原文<' in html
    assert is_elsewhere(column, counted(row)) and not is_elsewhere(column, frozenset({"%"}))


def test_columns_beyond_those_of_a_table_fold_out(fees: Json) -> None:
    (column,) = (column for column in fees["columns"] if column["agreement"] != "single")
    many = [{**column, "indicator": f"收费{n}"} for n in range(MOST_COLUMNS + 2)]
    assert "<details>" not in topic_view(fees, 1, "zh")
    shown, folded = topic_view({**fees, "columns": many}, 1, "zh").split("<details>")
    assert [one.count('scope="col">收费') for one in (shown, folded)] == [MOST_COLUMNS, 2]
    assert folded.startswith("<summary>另有 2 列数字</summary>")


def test_silent_documents_are_named_and_lead_to_the_reader(held: Library) -> None:
    html = topic_view(topic(held), 1, "zh")
    silent = html[html.index("yj-silent") :]
    assert "《柳湖县校车管理办法》" in silent
    assert 'data-act="open_document"' in silent
    assert "已被替代或废止" in html


def test_every_silent_document_can_be_reached(held: Library) -> None:
    shape = topic(held)
    (silent,) = shape["silent"]
    reasons = ["unmentioned"] * SILENT_PAGE + ["close", "unanswered"]
    many = [
        {**silent, "title": f"第{n}号", "reason": reason, "nearest": None}
        for n, reason in enumerate(reasons)
    ]
    shape = {**shape, "silent": many}
    pages = [topic_view(turned_to(shape, page, SILENT), 1, "zh") for page in (1, 2)]
    named = [re.findall(r"《第(\d+)号》", html) for html in pages]
    assert [len(set(one)) for one in named] == [SILENT_PAGE, 2]
    assert set(named[0]).isdisjoint(named[1])
    assert named[0][:2] == [str(SILENT_PAGE + 1), str(SILENT_PAGE)]
    assert ["可能换了说法</h2>" in html for html in pages] == [True, False]
    # Its buttons turn it alone: what is written of the topic stays as it is.
    assert all(html.count('data-view="silent"') == 2 and MEALS in html for html in pages)
    turned = turned_to(turned_to(shape, 2, SILENT), 3)
    assert (page_of(turned), page_of(turned, SILENT)) == (3, 2)
    with pytest.raises(ValueError, match="expected main or silent"):
        turned_to(shape, 2, "x" * 99)


def test_each_document_opens_at_its_words(held: Library) -> None:
    html = topic_view(topic(held), 1, "zh")
    places = re.findall(r'data-document="(\w+)" data-spans="(\d+)-(\d+)"', html)
    quotes = [held.document(name).text[int(start) : int(end)] for name, start, end in places]
    assert sum("陪餐不少于" in quote for quote in quotes) == 2


def test_further_places_of_one_clause_are_told_apart(library: Library) -> None:
    said = "课后服务每天2小时；课后服务每周<b>5天；课后服务每月20天"
    library.put_all([parse("a", "a.txt", f"甲县意见\n\n第一条　{said}。\n")])
    library.embed()
    shape = topic(library, "课后服务")
    assert len(shape["rows"][0]["also"]) == 2
    for language, here in (("zh", "本条另一处"), ("en", "elsewhere in this clause")):
        html = topic_view(shape, 1, language)
        also = html[html.index("yj-also") :]
        names = re.findall(r'aria-label="([^"]*)"[^>]*>([^<]*)</button>', also)
        assert len({text for _, text in names}) == len({label for label, _ in names}) == 2
        # Whoever speaks a name that is seen is understood (WCAG 2.5.3).
        assert all(label.startswith(text) and here in text for label, text in names)
        assert "<b>" not in also


def test_a_topic_that_nobody_speaks_of_says_so(held: Library) -> None:
    html = topic_view(topic(held, "zebra quantum"), 1, "zh")
    assert "没有文件写到这件事" in html
    assert "export_table" not in html


# --- two documents ----------------------------------------------------------------------------


def test_two_versions_show_what_was_added_removed_and_reworded(held: Library) -> None:
    ((name, chosen),) = pairs.versions(held)
    assert name == "青禾县学校食堂管理办法（青教发〔2021〕3号 → 青教发〔2024〕9号）"
    html = changes_view(pairs.compared(held, **pairs.of_versions(chosen)), 1, "zh")
    assert "新增 1 条 · 删去 1 条 · 修改 1 条" in html
    assert "文号：青教发〔2021〕3号 → 青教发〔2024〕9号" in html
    plain = re.sub(r'<span class="yj-hidden">[^<]*</span>', "", html)
    assert re.search(r"<del>[^<]*2次[^<]*</del>", plain)
    assert re.search(r"<ins>[^<]*3次[^<]*</ins>", plain)
    assert re.search(r"<ins>[^<]*凭健康证明上岗", plain)


def test_two_works_are_matched_by_what_they_say(held: Library) -> None:
    html = changes_view(pairs.compared(held, "new", "other"), 1, "zh")
    assert "这是两份不同的文件" in html
    assert "只有后一份有" in html
    assert "新增" not in html


def test_two_documents_are_called_what_their_fields_are(held: Library) -> None:
    for first, is_turned in (("new", True), ("old", False)):
        shape = pairs.compared(held, first, "old" if is_turned else "new")
        html = changes_view(shape, 1, "zh")
        named, old_and_new = ("前一份", "后一份"), ("旧", "新")
        sides, others = (named, old_and_new) if is_turned else (old_and_new, named)
        assert all(f">{side}</span>" in html for side in sides)
        assert not any(f">{side}</span>" in html for side in others)
        assert ("前一份的日期比后一份晚" in html) is is_turned
        table = comparison_table(shape)
        assert [column.head for column in table.columns[1:5:2]] == [f"{s}条款" for s in sides]
        assert [note[: len(s)] for note, s in zip(table.notes, sides, strict=False)] == [*sides]
    turned = pairs.compared(held, "new", "old")
    assert "前一份的日期比后一份晚，次序可能颠倒了" in comparison_table(turned).notes
    assert [c.head for c in comparison_table(turned).columns[2:5:2]] == ["前一份原文", "后一份原文"]
    assert "<span>First</span>" in changes_view(turned, 1, "en")
    other = comparison_table(pairs.compared(held, "new", "other"))
    assert other.columns[1].head == "前一份条款"
    assert {"仅前一份有", "仅后一份有"} & {row[0] for row in other.rows}


def test_text_cannot_become_markup(held: Library) -> None:
    for html in (
        changes_view(pairs.compared(held, "new", "other"), 1, "zh"),
        topic_view(topic(held, "食堂留样"), 1, "zh"),
    ):
        assert "&lt;img src=x onerror=alert(1)&gt;" in html
        assert "<img" not in html and "<script" not in html


def test_long_comparisons_are_paged(held: Library) -> None:
    shape = pairs.compared(held, "old", "new")
    many = {**shape, "changes": shape["changes"][:1] * (PAGE + 1)}
    first, second = (changes_view(many, page, "zh") for page in (1, 2))
    assert first.count("yj-kind") == PAGE
    assert second.count("yj-kind") == 1


def test_the_screen_speaks_english_too(held: Library) -> None:
    html = changes_view(pairs.compared(held, "old", "new"), 1, "en")
    assert "Number: 青教发〔2021〕3号 → 青教发〔2024〕9号" in html
    assert "Side by side" in topic_view(topic(held), 1, "en")


def test_documents_are_offered_the_newest_first(held: Library) -> None:
    offered = pairs.documents(held)
    assert [chosen for _, chosen in offered] == ["buses", "other", "new", "old"]
    assert offered[0][0] == "柳湖县校车管理办法（buses.txt）"


@pytest.mark.parametrize(
    ("old", "new", "plain"),
    [
        ("old", "old", "两边是同一份文件"),
        ("old", "<b>", "没有叫“<b>”的文件"),
        ("青禾县学校食堂管理办法", "other", "有 2 份文件叫"),
    ],
)
def test_what_cannot_be_compared_is_one_plain_line(
    held: Library, old: str, new: str, plain: str
) -> None:
    with pytest.raises(CompareError) as told:
        pairs.compared(held, old, new)
    assert plain in explain(told.value, "zh")


def test_what_is_missing_is_asked_for_by_its_name(held: Library) -> None:
    screen, desk = CompareScreen.__new__(CompareScreen), Desk(held)
    for language, plain in (("zh", "请先写下想对比什么。"), ("en", "Write what to compare first.")):
        for given in ({}, {"topic": " \n"}):
            kept, shown = screen._compared("topic", given, desk, language)
            assert kept is None and plain in shown
    assert "请先选择两份文件" in screen._compared("two", {"old": "old"}, desk, "zh")[1]


def outcome_of(way: str) -> Outcome:
    outcome = Outcome.__new__(Outcome)
    outcome.kind = KINDS[way]
    return outcome


def test_an_empty_library_leads_to_the_library(library: Library) -> None:
    outcome = outcome_of("topic")
    kept, shown = outcome.drawn(dict, Desk(library), "zh")
    assert 'data-act="go_to_library"' in shown
    assert outcome.before(None, True, "zh") == (kept, shown)
    # What said so goes with the first document; a result or an error stays.
    assert outcome.before(kept, False, "zh") == (None, "")
    assert outcome.before(None, False, "zh") is None
    assert outcome.before({"rows": []}, False, "zh") is None


def test_a_result_tells_what_it_was_limited_to_and_how_to_ask_it_again(held: Library) -> None:
    filters = Filters(year="2023")
    asked = Asked(address("compare", {"topic": MEALS, "year": "2023"}), filters)
    kept, shown = outcome_of("topic").drawn(
        lambda: topic_shape(compare_topic(Searcher(held), MEALS, filters)), Desk(held), "zh", asked
    )
    assert "只查：年份：2023" in shown
    assert "1 份文件写到" in shown and "5次" in shown and "3次" not in shown
    assert kept
    assert "tab=compare&amp;topic=%E6%A0%A1" in shown
    assert outcome_of("topic").table(kept, "zh").notes[0] == "筛选：年份：2023"
    assert outcome_of("topic").table(kept, "en").notes[0] == "Filters: Year: 2023"


def test_a_table_of_all_documents_names_no_filters(held: Library) -> None:
    for kept in (topic(held), {**topic(held), "asked": {"address": "", "filters": {}}}):
        table = outcome_of("topic").table(kept, "zh")
        assert table == topic_table(kept, switch("zh"))
        # A teacher has a switch, and no command line.
        assert any("勾选“包括已被替代或废止的文件”可一并比较" in note for note in table.notes)
        assert "--" not in "".join(table.notes)
        english = outcome_of("topic").table(kept, "en").notes
        assert any("Include replaced and repealed documents" in note for note in english)
        assert any("--superseded 可一并比较" in note for note in topic_table(kept).notes)


def test_a_table_of_a_trace_names_the_switch_of_the_screen() -> None:
    found = {**NOTHING_TRACED, "left_out": 2}
    (note,) = (n for n in reviewed_table(found, {}, "zh").notes if "2 份" in n)
    assert note.endswith("，勾选“包括已被替代或废止的文件”可一并检索")
    assert any("--superseded 可一并检索" in note for note in trace_table(found).notes)


# --- in a browser -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def served_texts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    from index.encoders import open_encoder

    library = tmp_path_factory.mktemp("compared") / "library"
    held = Library(library, open_encoder)
    held.put_all(parse(name, f"{name}.txt", text) for name, text in TEXTS.items())
    held.embed()
    with served(partial(meaning, library)) as address:
        yield address


@pytest.mark.browser
@pytest.mark.encoder
def test_a_topic_and_two_versions_are_compared(browser: "Browser", served_texts: str) -> None:
    page = browser.new_context(viewport=WIDE, locale="zh-CN").new_page()
    page.set_default_timeout(TIMEOUT)
    page.goto(served_texts)
    page.click("button[role=tab] >> text=对比")
    page.fill("#yj-topic-asked input, #yj-topic-asked textarea", MEALS)
    page.click("#yj-topic-asked button")
    page.wait_for_selector(".yj-topic mark")
    # However wide the table is, it moves within itself.
    page.set_viewport_size(PHONE)
    wide = page.add_style_tag(content=".yj-beside th { min-width: 400px !important }")
    assert page.locator(".yj-beside .yj-hidden").count() and overflow(page) == 0
    wide.evaluate("style => style.remove()")
    page.set_viewport_size(WIDE)
    page.click("#yj-topic-filters summary")
    page.select_option("#yj-topic-filters [name=year]", "2023")
    page.click("#yj-topic-asked button")
    page.wait_for_selector("#yj-topic-outcome >> text=只查：年份：2023")
    shared = page.url
    page.go_back()
    page.wait_for_selector("#yj-topic-outcome:not(:has-text('只查')) .yj-topic mark")
    assert page.input_value("#yj-topic-filters [name=year]") == ""
    page.goto(shared)
    page.wait_for_selector("#yj-topic-outcome >> text=只查：年份：2023")
    assert page.url == shared
    assert page.input_value("#yj-topic-asked input, #yj-topic-asked textarea") == MEALS
    assert page.input_value("#yj-topic-filters [name=year]") == "2023"
    with page.expect_download() as download:
        page.click("#yj-topic-outcome .yj-export >> text=CSV")
    assert "陪餐" in Path(download.value.path()).read_text("utf-8-sig")
    page.click("button[role=tab] >> text=两个版本")
    page.click("#yj-versions >> text=逐条对比")
    page.wait_for_selector("#yj-versions-outcome >> text=请先选择一份文件")
    page.click("#yj-versions input")
    page.click("[role=option] >> nth=0")
    page.click("#yj-versions >> text=逐条对比")
    page.wait_for_selector(".yj-changes ins")
    page.set_viewport_size({"width": 390, "height": 844})
    assert overflow(page) == 0
    assert barriers(page) == []
    page.click(".yj-changes li .yj-link >> nth=0")
    page.wait_for_selector(".yj-reader .yj-text")
    reading = page.inner_text(".yj-reader h2")

    # Another page shows the same, and the comparison when the document is left.
    page.goto(page.url)
    page.wait_for_selector(".yj-reader .yj-aimed")
    assert page.inner_text(".yj-reader h2") == reading
    page.keyboard.press("Escape")
    page.wait_for_selector(".yj-changes ins")
    page.goto(f"{served_texts}?tab=compare&way=two&old=<b>&new=other")
    page.wait_for_selector("#yj-two-outcome >> text=没有叫“<b>”的文件")
    page.goto(f"{served_texts}?tab=<img>")
    page.wait_for_selector("#yj-address >> text=网址里写的“<img>”这里没有")
    assert overflow(page) == 0
    page.context.close()
