"""The screen of tracing: what is read, what is drawn, verdicts, and what is taken away."""

import json
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from corpus import parse
from index import Library
from retrieval.tables import EXTENSIONS
from retrieval.trace import Tracer
from retrieval.trace.files import MOST_REQUIREMENTS, RequirementsError
from tests.browsing import TIMEOUT, WIDE, barriers, browser, overflow
from tests.served import meaning, served
from tests.test_trace import TEXTS
from ui import Desk, trace_view
from ui.address import LONGEST, address
from ui.comparing import Asked
from ui.downloads import written
from ui.requirements import (
    NOTHING_TRACED,
    Verdicts,
    grown,
    judged,
    pasted,
    reviewed_table,
    uploaded,
)
from ui.tracing import asked_of, steps

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["browser"]

MEALS = "校长每周陪餐不少于3次"
ENROLMENT = "学前教育毛入园率达到88%以上"
NOWHERE = "校园应当种植向日葵"
LIST = f"一、食堂\n1. {MEALS}\n2. {ENROLMENT}\n3. {NOWHERE}\n"
LONG_FILTER = json.dumps({"issuer": "局" * 201})
HOSTILE = "<img src=x onerror=alert(1)></mark><script>alert(2)</script>"


@pytest.fixture
def desk(library: Library) -> Desk:
    library.put_all(parse(name, f"{name}.txt", text) for name, text in TEXTS.items())
    library.embed()
    return Desk(library)


def traced(desk: Desk, text: str) -> Any:
    found = NOTHING_TRACED
    for row in Tracer(desk.searcher).trace_all(pasted(text)):
        found = grown(found, row, "zh")
    return found


# --- what is read -----------------------------------------------------------------------------


def test_a_pasted_list_is_read_line_by_line() -> None:
    read = [(one.text, one.untraced) for one in pasted(f"{LIST}\n")]
    assert read == [("食堂", "heading"), (MEALS, None), (ENROLMENT, None), (NOWHERE, None)]


def test_a_single_line_is_a_requirement_whatever_it_looks_like() -> None:
    (one,) = pasted("一、课后服务")
    assert (one.text, one.untraced) == ("课后服务", None)


def test_a_list_may_be_too_long_or_empty() -> None:
    for text in ("", " \n\n", "1.\n2."):
        with pytest.raises(RequirementsError, match="no requirement"):
            pasted(text)
    with pytest.raises(RequirementsError, match=f"at most {MOST_REQUIREMENTS}"):
        pasted(f"{MEALS}\n" * (MOST_REQUIREMENTS + 1))
    with pytest.raises(RequirementsError, match="characters"):
        pasted("食" * 1_000_001)


def test_an_uploaded_list_is_deleted_and_its_place_not_told(tmp_path: Path) -> None:
    good, bad = tmp_path / "list.txt", tmp_path / "list.exe"
    good.write_text(LIST, "utf-8")
    bad.write_bytes(b"MZ")
    assert len(uploaded(good)) == 4
    with pytest.raises(RequirementsError) as told:
        uploaded(bad)
    assert str(tmp_path) not in str(told.value)
    assert not good.exists() and not bad.exists()


# --- what is shown ----------------------------------------------------------------------------


def test_each_requirement_stands_beside_its_clauses(desk: Desk) -> None:
    html = trace_view.table(traced(desk, LIST), {}, 1, "zh")
    for said in ("标题，不查", "原文一致", "表述不同、要求相同", "相关但有差异", "未找到依据"):
        assert said in html
    assert re.search("数值（[^）]*毛入园率）：要求 88%以上，条款 92%以上", html)
    assert re.search(r"<mark[^>]*>92%", html)
    assert "《岚川省人民政府关于办好学校食堂的意见》（岚政发〔2023〕5号）一、（一）" in html
    assert "省级" in html and "征求意见稿" in html


def test_a_match_opens_the_original_at_its_span(desk: Desk) -> None:
    html = trace_view.table(traced(desk, MEALS), {}, 1, "zh")
    button = re.search(r'data-document="(\w+)" data-spans="(\d+)-(\d+)"', html)
    assert button
    text = desk.library.document(button[1]).text
    assert "陪餐" in text[int(button[2]) : int(button[3])]


def test_text_cannot_become_markup(library: Library) -> None:
    text = f"青禾县{HOSTILE}食堂办法\n\n第一条　校长每周陪餐不少于3次{HOSTILE}。\n"
    library.put_all([parse("bad", f"{HOSTILE[:28]}.txt", text)])
    library.embed()
    found = traced(Desk(library), f"校长每周陪餐不少于3次{HOSTILE}\n{HOSTILE}")
    html = trace_view.table(found, {}, 1, "zh")
    assert "&lt;img src=x onerror=alert(1)&gt;" in html
    assert "<img" not in html and "<script" not in html


def test_long_lists_are_paged(desk: Desk) -> None:
    row = traced(desk, NOWHERE)["rows"][0]
    many = {**NOTHING_TRACED, "rows": [row] * (trace_view.PAGE + 1)}
    first, second = (trace_view.table(many, {}, page, "zh") for page in (1, 2))
    assert first.count("<h3>") == trace_view.PAGE and "第 1 / 2 页" in first
    assert second.count("<h3>") == 1 and f"{trace_view.PAGE + 1}." in second


def test_a_list_shows_how_far_it_is_and_ends_with_a_summary(desk: Desk) -> None:
    shown = list(steps(desk, lambda: pasted(LIST), "zh"))
    assert [f"正在查找 {done}/4" in step.progress for done, step in enumerate(shown[:-1])] == [
        True
    ] * 5
    assert 'data-act="cancel_trace"' in shown[0].progress
    assert "judge_match" not in (shown[3].table or "")
    end = shown[-1]
    assert not end.progress
    assert "共 4 条 · 有依据 1 · 只有相关条款 1 · 未找到依据 1 · 未查 1" in (end.summary or "")
    assert "judge_match" in (end.table or "")


def test_filters_limit_the_trace_and_the_address_asks_it_again(desk: Desk) -> None:
    def asked() -> Asked:
        return asked_of({"text": MEALS}, '{"status": "征求意见稿"}')

    first, *_, end = steps(desk, lambda: pasted(MEALS), "zh", asked)
    assert (
        f'data-address="{address("trace", {"text": MEALS, "status": "征求意见稿"})}"'.replace(
            "&", "&amp;"
        )
        in first.progress
    )
    assert "只查：状态：征求意见稿" in (end.summary or "")
    statuses = {match["status"] for row in (end.traced or {})["rows"] for match in row["matches"]}
    assert statuses == {"征求意见稿"}
    (refused,) = steps(desk, lambda: pasted(MEALS), "zh", lambda: asked_of({}, LONG_FILTER))
    assert "筛选条件有 201 个字" in refused.progress
    assert asked_of({"text": "食" * (LONGEST + 1)}, "").address == "tab=trace"


def test_an_empty_library_leads_to_the_library(library: Library) -> None:
    (step,) = steps(Desk(library), lambda: pasted(MEALS), "zh")
    assert 'data-act="go_to_library"' in (step.table or "")


@pytest.mark.parametrize(
    ("text", "plain"), [("", "请先写下要查依据的要求"), (f"{MEALS}\n" * 2001, "共有 2001 条要求")]
)
def test_a_list_that_cannot_be_traced_is_one_plain_line(desk: Desk, text: str, plain: str) -> None:
    (step,) = steps(desk, lambda: pasted(text), "zh")
    assert plain in step.progress
    assert (step.traced, step.summary, step.table) == (None, None, None)


def test_the_screen_speaks_english_too(desk: Desk) -> None:
    html = trace_view.table(traced(desk, LIST), {}, 1, "en")
    for said in ("Word for word", "Related, differs", "Not found", "required 88%以上, clause 92%"):
        assert said in html


# --- verdicts and tables ----------------------------------------------------------------------


def test_a_verdict_is_given_changed_and_taken_back() -> None:
    given: Verdicts = judged({}, (0, 1), "accepted", True)
    given = judged(given, (0, 1), "rejected", True)
    assert given == {(0, 1): "rejected"}
    assert judged(given, (0, 1), "rejected", False) == {}
    with pytest.raises(ValueError, match="expected one of"):
        judged({}, (0, 0), "<b>", True)


def test_what_is_rejected_is_left_out_of_the_table(desk: Desk) -> None:
    found = traced(desk, f"{MEALS}\n{NOWHERE}")
    whole = reviewed_table(found, {}, "zh")
    assert len(whole.rows) == len(found["rows"][0]["matches"]) + 1
    verdicts: Verdicts = {(0, 0): "rejected", (0, 1): "accepted"}
    table = reviewed_table(found, verdicts, "zh")
    assert len(table.rows) == len(whole.rows) - 1
    assert table.columns[-1].head == "核对"
    gone = found["rows"][0]["matches"][0]["citation"]
    assert gone not in [row[3] for row in table.rows]
    assert [row[-1] for row in table.rows].count("采用") == 1


def test_the_table_names_the_filters_that_were_set(desk: Desk, tmp_path: Path) -> None:
    def asked() -> Asked:
        return asked_of({}, '{"status": "征求意见稿", "superseded": "1"}')

    *_, end = steps(desk, lambda: pasted(MEALS), "zh", asked)
    table = reviewed_table(end.traced or {}, {}, "zh")
    said = "筛选：状态：征求意见稿 · 包括已被替代或废止的文件"
    assert table.notes[0] == said
    texts = [written(table, "表", one, str(tmp_path)).read_bytes() for one in (".md", ".csv")]
    assert all(said in text.decode() for text in texts)
    assert "筛选" not in "".join(reviewed_table(traced(desk, MEALS), {}, "zh").notes)


def test_a_requirement_whose_clauses_are_all_rejected_has_no_basis(desk: Desk) -> None:
    found = traced(desk, MEALS)
    count = len(found["rows"][0]["matches"])
    table = reviewed_table(found, {(0, at): "rejected" for at in range(count)}, "zh")
    assert [row[2] for row in table.rows] == ["未找到依据"]


def test_the_table_is_written_in_every_format_and_no_other(desk: Desk, tmp_path: Path) -> None:
    table = reviewed_table(traced(desk, LIST), {}, "zh")
    for extension in EXTENSIONS:
        path = written(table, "对照表", extension, str(tmp_path))
        assert path.name == f"对照表{extension}"
        assert path.stat().st_size
    with pytest.raises(ValueError, match="expected one of"):
        written(table, "对照表", "/../x.sh", str(tmp_path))


# --- in a browser -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def served_texts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    from index.encoders import open_encoder

    library = tmp_path_factory.mktemp("traced") / "library"
    held = Library(library, open_encoder)
    held.put_all(parse(name, f"{name}.txt", text) for name, text in TEXTS.items())
    held.embed()
    with served(partial(meaning, library)) as address:
        yield address


@pytest.mark.browser
@pytest.mark.encoder
def test_a_list_is_traced_judged_opened_and_saved(browser: "Browser", served_texts: str) -> None:
    page = browser.new_context(viewport=WIDE, locale="zh-CN").new_page()
    page.set_default_timeout(TIMEOUT)
    page.goto(served_texts)
    page.click("button[role=tab] >> text=条款溯源")
    page.fill("#yj-list textarea", f"{LIST}4. {HOSTILE}\n")
    page.click("#yj-give >> text=查找依据")
    page.wait_for_selector(".yj-summary")
    assert "有依据 1" in page.inner_text(".yj-summary")
    page.click("[data-verdict=rejected] >> nth=0")
    page.wait_for_selector(".yj-summary >> text=不采用 1 处")
    assert page.get_attribute("[data-verdict=rejected] >> nth=0", "aria-pressed") == "true"
    with page.expect_download() as download:
        page.click(".yj-export >> text=CSV")
    assert download.value.suggested_filename == "要求与依据对照表.csv"
    assert MEALS in Path(download.value.path()).read_text("utf-8-sig")
    assert page.query_selector(".yj-trace img") is None
    page.set_viewport_size({"width": 390, "height": 844})
    assert overflow(page) == 0
    assert barriers(page) == []
    page.click(".yj-matches .yj-link >> nth=0")
    page.wait_for_selector(".yj-reader")
    page.keyboard.press("Escape")
    page.wait_for_selector(".yj-trace", state="visible")

    # The address traces the list again, limited to what it says.
    page.goto(f"{page.url}&status=征求意见稿")
    page.wait_for_selector(".yj-summary >> text=只查：状态：征求意见稿")
    assert page.input_value("#yj-list textarea") == f"{LIST}4. {HOSTILE}"
    assert page.input_value("#yj-trace-filters [name=status]") == "征求意见稿"
    page.goto(f"{served_texts}?tab=trace&text={'食' * (LONGEST + 1)}")
    page.wait_for_selector("#yj-address >> text=网址里有一项长")
    page.context.close()
