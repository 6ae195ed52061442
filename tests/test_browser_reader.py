"""The reader in a real Chromium: where the focus is, what Escape does, and the clause it keeps."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browsing import ask, browser, visit
from tests.served import NEWER, filled, keywords, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["browser"]

pytestmark = pytest.mark.browser

QUESTION = "校长每周陪餐不少于几次？"
OPENER = "#source-1 [data-act='open_document']"
VERSION = ".yj-text .yj-facts:has(strong) [data-act='open_document']"
IS_FOCUSED = "selector => document.activeElement === document.querySelector(selector)"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = filled(tmp_path_factory.mktemp("read"), newer=NEWER).folder
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
