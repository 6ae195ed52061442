"""The screen of evaluation in a real Chromium: run, reload, look at what went wrong, label."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from corpus import parse
from index import Library
from tests.browsing import PHONE, barriers, browser, overflow, visit
from tests.fakes import CANTEEN, PLAN, Gated
from tests.questions import write_questions
from tests.served import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["browser"]

pytestmark = pytest.mark.browser

HEIGHT = "(text) => text.getBoundingClientRect().height"
SCROLLED = "(tables) => tables.some((table) => table.scrollWidth > table.clientWidth)"


def filled(folder: Path, gate: Path) -> Library:
    encoder = Gated(gate)
    library = Library(folder, lambda name: encoder)
    library.put_all([parse("canteen", "canteen.txt", CANTEEN), parse("plan", "plan.md", PLAN)])
    library.embed()
    return library


@pytest.fixture
def gate(tmp_path: Path) -> Path:
    return tmp_path / "gate"


@pytest.fixture
def address(tmp_path: Path, gate: Path) -> Iterator[str]:
    with served(partial(filled, tmp_path / "library", gate)) as address:
        yield address


def open_screen(page: "Page", part: str = "测一测") -> None:
    page.click("button[role=tab] >> text=评测")
    page.click(f"button[role=tab] >> text={part}")


def test_a_set_is_run_left_found_again_and_labelled(
    browser: "Browser", address: str, gate: Path, tmp_path: Path
) -> None:
    page, hosts, complaints = visit(browser, address)
    open_screen(page)
    questions = write_questions(tmp_path / "mine.jsonl")
    page.set_input_files("#yj-measure-more input[type=file]", questions)
    page.wait_for_selector("#yj-measure-progress >> text=读到 6 题")
    gate.write_text("")
    page.click("text=开始评测")
    page.wait_for_selector(".yj-stages [aria-current] >> text=hybrid")

    # Coming back finds the evaluation where it is, and then what it came to.
    page.reload()
    complaints.clear()  # Gradio's, that it was no longer told of the run
    page.wait_for_selector("#yj-measure-progress progress", state="visible")
    gate.unlink()
    page.wait_for_selector("#yj-measure-results >> text=评测结果：mine")
    assert page.locator("#yj-measure-results svg").count() == 1
    assert page.locator(".yj-adding").count() == 0
    assert page.eval_on_selector(".yj-figure svg text", HEIGHT) < 26
    assert barriers(page) == []

    page.click("#yj-measure-wrong [data-act=open_document] >> nth=0")
    page.wait_for_selector(".yj-reader .yj-aimed, .yj-reader mark")
    page.click("[data-back]")
    with page.expect_download() as download:
        page.click("[data-act=export_results][data-format=html]")
    assert "<!DOCTYPE html>" in Path(download.value.path()).read_text("utf-8")
    page.set_viewport_size(PHONE)
    assert overflow(page) == 0
    assert page.eval_on_selector_all(".yj-wide", SCROLLED)
    page.hover("#yj-measure button")
    for _ in range(2):
        page.evaluate("document.body.classList.toggle('dark')")
        assert barriers(page) == []

    # What is chosen is in the address, which chooses it and runs nothing.
    page.goto(f"{address}?tab=evaluate&set=committed+sample&first=bm25")
    page.wait_for_function(
        "document.querySelectorAll('#yj-measure input')[1]?.value.includes('bm25')"
    )
    page.click("#yj-measure input >> nth=1")
    page.click("[role=option] >> text=dense")
    page.wait_for_url("**first=dense**")

    # A question of one's own; of a passage, the words that are selected become its gold.
    page.click("button[role=tab] >> text=标注题目")
    page.wait_for_function("document.querySelector('#yj-label input')?.value")
    page.fill("[name=asked]", "校长每周陪餐几次？")
    page.press("[name=asked]", "Enter")
    passage = page.locator(".yj-passages li", has_text="校长陪餐制度").first
    passage.locator("blockquote").evaluate(
        """(passage) => {
            const at = passage.textContent.indexOf("校长每周陪餐");
            getSelection().setBaseAndExtent(passage.firstChild, at, passage.firstChild, at + 11);
        }"""
    )
    passage.locator("text=这段是答案").click()
    page.wait_for_selector(".yj-golds >> text=校长每周陪餐不少于3次")
    assert page.inner_text(".yj-golds blockquote") == "校长每周陪餐不少于3次"
    assert page.inner_text(".yj-passages mark") == "校长每周陪餐不少于3次"
    assert overflow(page) == 0
    page.evaluate("document.body.classList.add('dark')")
    assert barriers(page) == []
    page.click(".yj-labelling [data-act=accept_question]")
    page.wait_for_selector("#yj-label-list >> text=共 1 题，已采用 1 题")
    assert hosts <= {"127.0.0.1", "data"}
    assert not complaints
