"""The screen of checking a draft: what is drawn, hostile text, files, and what is taken away."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from corpus import ReadError
from index import Library
from retrieval import Searcher
from retrieval.drafts import DraftError
from retrieval.drafts.export import check_table
from retrieval.drafts.findings import WORDING
from retrieval.shapes import Json
from tests.browsing import PHONE, barriers, browser, overflow
from tests.fakes import write_files
from tests.served import meaning, served
from ui.check import checked_draft, uploaded_draft
from ui.check_view import PAGE, check_view
from ui.downloads import written
from ui.errors import explain

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["browser"]

DRAFT = """根据《青禾县学校食堂管理办法》第二条，“学校食堂实行校长陪餐制度，校长每周陪餐不少于2次”。
《青禾县学校食堂管理办法》第三条规定，“学校不得向学生收取食堂管理费”。
《白石县学校宿舍办法》第一条另有规定。
"""
NAMED = "依据《青禾县学校食堂管理办法》第三条办理。"
HOSTILE = "<img src=x onerror=alert(1)></mark><script>alert(2)</script>"


@pytest.fixture
def held(library: Library, tmp_path: Path) -> Library:
    library.add([write_files(tmp_path / "policies")])
    return library


def checked(library: Library, draft: str = DRAFT) -> Json:
    return checked_draft(Searcher(library), draft)


def test_each_citation_is_told_with_what_the_source_has(held: Library) -> None:
    html = check_view(checked(held), 1, "zh")
    for said in ("一致", "有出入", "未找到"):
        assert f">{said}</span>" in html
    assert "资料库中没有《白石县学校宿舍办法》" in html
    assert 'class="yj-hidden">文稿：</span>2' in html
    assert 'class="yj-hidden">原文：</span>3' in html


def test_a_citation_opens_the_original_at_its_words(held: Library) -> None:
    shape = checked(held)
    altered = next(one for one in shape["findings"] if one["result"] == "altered")
    place = f'data-spans="{altered["quote_start"]}-{altered["quote_end"]}"'
    assert place in check_view(shape, 1, "zh")
    document = held.document(altered["document"]["id"])
    assert "每周陪餐不少于3次" in document.text[altered["quote_start"] : altered["quote_end"]]


def test_a_draft_without_citations_says_so(held: Library) -> None:
    html = check_view(checked(held, "今天天气很好。"), 1, "zh")
    assert "没有找到引用文件、条款或原文的地方" in html
    assert "export_table" not in html


def test_a_clause_that_is_only_named_is_not_said_to_be_the_same(held: Library) -> None:
    shape = checked(
        held, "依据《青禾县学校食堂管理办法》第二条办理，按《青禾县学校食堂管理办法》执行。"
    )
    chinese, english = check_view(shape, 1, "zh"), check_view(shape, 1, "en")
    assert ">条款存在，正文未引原文，内容未核对</span>" in chinese
    assert ">文件存在，正文未引原文，内容未核对</span>" in chinese
    assert "存在但内容未核对 2" in chinese and "一致" not in chinese
    said = "the clause exists; nothing is quoted, so what is said of it was not compared"
    assert f">{said}</span>" in english
    assert "Exists, not compared 2" in english and "The same" not in english


def test_notes_are_english_on_the_english_page_and_chinese_in_the_file(held: Library) -> None:
    draft = f"{DRAFT}《青禾县学校食堂管理办法》第二条规定，校长每周至少陪餐5次。"
    shape = checked(held, draft)
    chinese, english = check_view(shape, 1, "zh"), check_view(shape, 1, "en")
    assert "The library has no 《白石县学校宿舍办法》</p>" in english
    assert "“校长每周陪餐不少于3次” in the source</p>" in english
    for note in (note for one in shape["findings"] for note in one["notes"]):
        assert f">{note}</p>" in chinese and f">{note}</p>" not in english
    written_notes = [row[-1] for row in check_table(shape).rows]
    assert "资料库中没有《白石县学校宿舍办法》" in written_notes


@pytest.mark.parametrize("kind", WORDING)
def test_every_note_says_the_same_of_as_much_in_both_languages(kind: str) -> None:
    chinese, english = WORDING[kind]
    assert chinese.count("{}") == english.count("{}")
    assert kind == "altered_sense" or chinese != english


def test_text_cannot_become_markup(held: Library) -> None:
    draft = f"《青禾县学校食堂管理办法》第二条规定，“校长每周陪餐不少于2次{HOSTILE}”。"
    html = check_view(checked(held, draft), 1, "zh")
    assert "<img" not in html and "<script" not in html and "&lt;" in html


def test_many_citations_are_paged(held: Library) -> None:
    shape = checked(held)
    many = {**shape, "findings": shape["findings"][:1] * (PAGE + 1)}
    assert check_view(many, 1, "zh").count("<li") == PAGE
    assert check_view(many, 2, "en").count("<li") == 1


def test_an_uploaded_draft_is_read_and_deleted(tmp_path: Path) -> None:
    good, empty = tmp_path / "稿.txt", tmp_path / "空.txt"
    good.write_text(DRAFT, "utf-8")
    empty.write_bytes(b"")
    assert "陪餐" in uploaded_draft(good)
    with pytest.raises(ReadError) as told:
        uploaded_draft(empty)
    assert "文件是空的" in explain(told.value, "zh")
    assert not good.exists() and not empty.exists()


def test_a_draft_that_is_too_long_is_one_plain_line(held: Library) -> None:
    with pytest.raises(DraftError) as told:
        checked(held, "字" * 500_001)
    assert "文稿有 500,001 个字" in explain(told.value, "zh")


def test_the_table_can_be_taken_away(held: Library, tmp_path: Path) -> None:
    path = written(check_table(checked(held)), "核对表", ".csv", str(tmp_path))
    assert "陪餐" in path.read_text("utf-8-sig")


# --- in a browser -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def served_policies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    from index.encoders import open_encoder

    library = tmp_path_factory.mktemp("checked") / "library"
    Library(library, open_encoder).add([write_files(tmp_path_factory.mktemp("policies"))])
    with served(partial(meaning, library)) as address:
        yield address


@pytest.mark.browser
@pytest.mark.encoder
def test_a_draft_is_checked_and_leads_to_the_original(
    browser: "Browser", served_policies: str
) -> None:
    page = browser.new_context(viewport=PHONE, locale="zh-CN").new_page()
    page.goto(served_policies)
    page.click("button[role=tab] >> text=核对")
    page.fill("#yj-draft textarea", f"{DRAFT}{NAMED}{HOSTILE}")
    page.click("#yj-draft-acts button >> nth=0")
    page.wait_for_selector(".yj-check ins")
    assert page.query_selector(".yj-check img") is None
    assert overflow(page) == 0
    assert barriers(page) == []
    page.click(".yj-check .yj-link >> nth=0")
    page.wait_for_selector(".yj-reader mark")
    page.context.close()
