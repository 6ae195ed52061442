"""What Gradio says by itself is said in the words of the page, and nothing goes on for ever."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browsing import ask, barriers, browser, contrast, visit
from tests.served import filled, keywords, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

__all__ = ["browser"]

pytestmark = pytest.mark.browser

QUESTION = "校长每周陪餐不少于几次？"
JOINED = "**/queue/join*"
OUTCOME = """() => {
    const outcome = document.querySelector('[id$="outcome"]');
    return getComputedStyle(outcome, '::before').content;
}"""
HEARD = """
window.heard = [];
new MutationObserver(() => {
    const region = document.querySelector('.sr-only[role="status"]');
    if (region?.textContent) window.heard.push(region.textContent);
}).observe(document, { childList: true, subtree: true, characterData: true });
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = filled(tmp_path_factory.mktemp("notices")).folder
    with served(partial(keywords, Path(folder))) as address:
        yield address


def is_full(route: "Route") -> None:
    route.fulfill(status=503, json={"detail": "Queue is full. Max size is 64 and size is 64."})


def told(page: "Page") -> tuple[str, str]:
    """The title and the first text of what Gradio says."""
    page.wait_for_selector(".toast-body")
    return (
        page.inner_text(".toast-title").split("(")[0].strip(),
        page.inner_text('[data-testid="toast-text"] >> nth=0'),
    )


def test_who_comes_while_too_many_wait_is_told_to_ask_again(
    browser: "Browser", address: str
) -> None:
    page = visit(browser, address).page
    page.route(JOINED, is_full)
    page.fill("#yj-question textarea", QUESTION)
    page.press("#yj-question textarea", "Enter")
    assert told(page) == ("没有完成", "现在问的人很多，请稍等片刻，再试一次。")
    page.wait_for_function(f"({OUTCOME})() === '\"没有完成，请再试一次。\"'")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for selector in (".toast-title", '[data-testid="toast-text"]'):
            assert contrast(page, selector) >= 4.5, (scheme, selector)
    assert barriers(page) == []
    page.unroute(JOINED)
    ask(page, QUESTION)
    assert "不少于3次" in page.inner_text(".yj-said")
    assert page.evaluate(OUTCOME) == "none"


def test_a_lost_connection_and_whatever_else_goes_wrong_is_said_in_english_too(
    browser: "Browser", address: str
) -> None:
    page = visit(browser, f"{address}/?lang=en").page
    for answer, words in (
        (lambda route: route.abort(), "The connection to Youju was lost"),
        (lambda route: route.fulfill(status=500, json={"detail": "x"}), "What you asked for was"),
    ):
        page.route(JOINED, answer)
        page.fill("#yj-question textarea", QUESTION)
        page.press("#yj-question textarea", "Enter")
        title, text = told(page)
        assert (title, text.startswith(words)) == ("Not done", True), text
        page.unroute(JOINED)
        page.reload()
        page.wait_for_selector(".yj-hint")


def test_what_is_read_aloud_is_a_word(browser: "Browser", address: str) -> None:
    page = visit(browser, address).page
    page.evaluate(HEARD)
    ask(page, QUESTION)
    page.wait_for_function("window.heard.length > 0 && window.heard.at(-1) !== '加载中'")
    heard = page.evaluate("window.heard")
    assert "已完成" in heard and not any(word.startswith("common.") for word in heard)
