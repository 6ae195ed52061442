"""The reader in a real Chromium: where the focus is, what Escape does, and the clause it keeps."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browsing import PHONE, ask, barriers, browser, overflow, visit
from tests.served import NEWER, filled, keywords, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["browser"]

pytestmark = pytest.mark.browser

QUESTION = "校长每周陪餐不少于几次？"
OPENER = "#source-1 [data-act='open_document']"
VERSION = ".yj-text .yj-facts:has(strong) [data-act='open_document']"
FIELD = ".yj-find input"
TO_CLAUSE = "[data-to-clause]"
QUOTED_IN_SIGHT = """() => {
    const quoted = document.querySelector('.yj-text mark[id^="found-"]')?.getBoundingClientRect();
    return quoted?.top > 0 && quoted.bottom < innerHeight;
}"""
TOP = "id => document.getElementById(id).getBoundingClientRect().top"
COMPOSING = """field => field.dispatchEvent(
    new KeyboardEvent('keydown', { key: 'Escape', isComposing: true, bubbles: true })
)"""
BOOKS = 40
"""The article of `LONG` that is about books; the others are about buses."""
LONG = "青禾县学校规定\n" + "\n".join(
    f"第{n}条　{'图书' if n == BOOKS else '校车'}经费为每年{n}万元。" for n in range(1, 61)
)
IS_FOCUSED = "selector => document.activeElement === document.querySelector(selector)"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = filled(tmp_path_factory.mktemp("read"), newer=NEWER, long=LONG).folder
    with served(partial(keywords, Path(folder))) as address:
        yield address


def wait_for_focus(page: "Page", selector: str) -> None:
    page.wait_for_function(IS_FOCUSED, arg=selector)


def test_the_keyboard_goes_into_the_reader_and_back_to_where_it_came_from(
    browser: "Browser", address: str
) -> None:
    page, _, complaints = visit(browser, address)
    ask(page, QUESTION)
    for leave in (
        lambda: page.keyboard.press("Escape"),
        lambda: page.press("[data-back]", "Enter"),
        page.go_back,
    ):
        page.press(OPENER, "Enter")
        wait_for_focus(page, ".yj-text h2")
        leave()
        wait_for_focus(page, OPENER)
    # Another document opened within the reader: it is left to where reading began.
    page.press(OPENER, "Enter")
    version = page.inner_text(VERSION)
    page.press(VERSION, "Enter")
    page.wait_for_selector(f".yj-text strong >> text={version}")
    wait_for_focus(page, ".yj-text h2")
    page.keyboard.press("Escape")
    wait_for_focus(page, OPENER)
    assert not complaints


def look_for(page: "Page", words: str) -> None:
    serial = page.get_attribute(".yj-reader", "data-serial")
    page.fill(FIELD, words)
    page.press(FIELD, "Enter")
    page.wait_for_selector(f".yj-reader:not([data-serial='{serial}'])")


def test_words_are_looked_for_without_losing_the_clause_that_was_cited(
    browser: "Browser", address: str
) -> None:
    page, _, complaints = visit(browser, address)
    ask(page, "图书经费为每年多少万元？")
    page.click(OPENER)
    page.wait_for_function(QUOTED_IN_SIGHT)
    cited, lit = page.url, page.get_attribute(".yj-aimed", "id")
    top = page.evaluate(TOP, lit)
    assert page.evaluate("scrollY") > 0

    # What is nowhere leaves the page where it is, what is found goes there, and one comes back.
    look_for(page, "火箭")
    page.wait_for_selector(".yj-places >> text=文中没有“火箭”")
    page.wait_for_function("location.search.includes('find=')")
    page.evaluate("new Promise(requestAnimationFrame)")
    assert abs(page.evaluate(TOP, lit) - top) < 2
    look_for(page, "校车")
    page.wait_for_selector("[data-sought] mark.yj-here")
    assert page.url.startswith(f"{cited}&find=")
    assert page.get_attribute(".yj-aimed", "id") == lit
    assert not page.evaluate(QUOTED_IN_SIGHT)
    assert barriers(page) == []
    page.click(TO_CLAUSE)
    page.wait_for_function(QUOTED_IN_SIGHT)

    # The words are taken back by Escape, by the cross of the field, and by Enter without any.
    def take_back() -> None:
        box = page.locator(FIELD).bounding_box()
        assert box
        page.mouse.click(box["x"] + box["width"] - 18, box["y"] + box["height"] / 2)

    for clear in (
        lambda: page.press(FIELD, "Escape"),
        take_back,
        lambda: look_for(page, ""),
    ):
        look_for(page, "校车")
        page.wait_for_selector("[data-sought] mark.yj-here")
        page.eval_on_selector(FIELD, COMPOSING)
        clear()
        page.wait_for_selector(".yj-reader:not([data-sought])")
        page.wait_for_function(QUOTED_IN_SIGHT)
        wait_for_focus(page, FIELD)
        assert page.input_value(FIELD) == ""
        assert page.url == cited
    page.fill(FIELD, "未查")
    page.press(FIELD, "Escape")
    assert page.input_value(FIELD) == ""
    assert page.is_visible(".yj-text")

    # An address with both shows both, and Escape leaves what was opened by it.
    page.goto(f"{cited}&find=%E7%81%AB%E7%AE%AD")
    page.wait_for_selector(".yj-places >> text=文中没有“火箭”")
    page.wait_for_function(QUOTED_IN_SIGHT)
    page.set_viewport_size(PHONE)
    assert overflow(page) == 0
    page.keyboard.press("Escape")
    page.wait_for_selector(".yj-reader:not([data-sought])")
    assert page.url == cited
    page.keyboard.press("Escape")
    page.wait_for_selector("#yj-question", state="visible")
    assert not complaints
