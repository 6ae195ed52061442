"""Signing in, and the page under its content policy, in a real Chromium."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browsing import PHONE, browser, contrast, overflow
from tests.guarded import GOOD, Site, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["browser"]

pytestmark = pytest.mark.browser

TIMEOUT = 60_000
"""Milliseconds that each step may take, however busy the machine is."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with opened(tmp_path_factory.mktemp("access")) as site:
        yield site


def test_somebody_signs_in_reads_and_leaves(browser: "Browser", site: Site) -> None:
    page = browser.new_context(locale="zh-CN", viewport=PHONE).new_page()
    page.set_default_timeout(TIMEOUT)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)

    # The page that was wanted, after a slip; on a phone, in the dark, without a script.
    page.goto(f"{site.address}/?q=校长每周陪餐几次")
    page.wait_for_selector("#password")
    assert overflow(page) == 0
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for selector in ("label", ".hint", "main > form button", "header p", "header button"):
            assert contrast(page, selector) >= 4.5, (scheme, selector)
    page.fill("#name", "reader")
    page.fill("#password", "not the password")
    page.keyboard.press("Enter")
    page.wait_for_selector(".problem")
    assert contrast(page, ".problem") >= 4.5
    assert complaints.pop().endswith("401 (Unauthorized)") and not complaints
    page.fill("#password", GOOD)
    page.keyboard.press("Enter")
    page.wait_for_selector(".yj-said >> text=3次")
    assert page.input_value("#yj-question textarea") == "校长每周陪餐几次"
    assert overflow(page) == 0

    # What a reader has no use for is not there; reading works under the content policy.
    page.set_viewport_size({"width": 1280, "height": 860})
    assert page.locator(".yj-who").inner_text() == "reader"
    page.click("button[role=tab] >> text=资料库")
    page.wait_for_selector(".yj-shelf li")
    assert page.locator("#yj-add").is_hidden()
    assert page.locator("[data-act=edit_document], [data-act=remove_document]").count() == 0
    assert "暗号" not in page.content()
    page.click(".yj-shelf .yj-title >> nth=0")
    page.wait_for_selector(".yj-reader .yj-text")
    page.click("[data-back]")
    assert not complaints

    # An address leads nowhere that the account may not see, and says so.
    page.goto(f"{site.address}/?doc={site.hidden}&clause={site.hidden}-0002")
    page.wait_for_selector(".yj-reader >> text=网址所指的文件不在资料库里")
    page.goto(f"{site.address}/?tab=evaluate&set=committed+sample")
    page.wait_for_selector("#yj-address >> text=您的账号只能提问和阅读")
    page.goto(f"{site.address}/?tab=library&words=食堂")
    page.wait_for_selector(".yj-shelf h2 >> text=符合条件的有")
    complaints.clear()  # Gradio's, of pages that were left before all of them had come

    # A script that found its way into the page would not run.
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.ran = 1\">');"
        "const evil = document.createElement('script'); evil.textContent = 'window.ran = 2';"
        "document.body.append(evil)"
    )
    page.wait_for_function("document.querySelector('img[src=x]').complete")
    assert page.evaluate("window.ran") is None
    assert any("Content Security Policy" in line for line in complaints)

    # A session that ends leads back to signing in.
    # The page may notice it before the search does.
    page.fill("[name=words]", "食堂")
    page.focus("[name=words]")
    page.context.clear_cookies()
    page.keyboard.press("Enter")
    page.wait_for_selector("#password")
