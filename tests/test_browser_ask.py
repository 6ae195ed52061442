"""The first screen in a real Chromium: an address that asks, follow-ups, files, opinions."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from docx import Document as open_docx

from index import Library
from index.encoders import open_encoder
from tests.browsing import PHONE, ask, browser, contrast, overflow, visit
from tests.served import meaning, served
from ui.feedback import Feedback

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["browser"]

pytestmark = [pytest.mark.browser, pytest.mark.encoder]

DOCUMENTS = {
    "a.txt": """青禾县小学课后服务办法
第一条　小学课后服务每生每学期收费360元。
第二条　小学课后服务由县教育局负责。
青禾县教育局
2025年3月1日
""",
    "b.txt": """青禾县初中课后服务办法（征求意见稿）
第一条　初中课后服务每生每学期收费420元。
青禾县教育局
2024年5月6日
""",
}
QUESTION = "青禾县小学课后服务每学期收费多少元？"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("asked") / "library"
    sources = tmp_path_factory.mktemp("sources")
    for name, text in DOCUMENTS.items():
        (sources / name).write_text(text, "utf-8")
    Library(made, open_encoder).add([sources])
    return made


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with served(partial(meaning, folder)) as address:
        yield address


def asked_in(page: "Page") -> dict[str, str]:
    """What the address of a page asks."""
    query = parse_qs(urlsplit(page.url).query)
    return {name: values[0] for name, values in query.items()}


def test_an_address_asks_and_a_conversation_follows(
    browser: "Browser", address: str, folder: Path
) -> None:
    given = {"q": QUESTION, "year": "2025"}
    page, hosts, complaints = visit(browser, f"{address}?{urlencode(given)}")
    page.wait_for_selector(".yj-turn >> text=360元")
    assert page.input_value("#yj-question textarea") == QUESTION
    assert page.input_value("#yj-filters [name=year]") == "2025"
    assert asked_in(page) == given

    page.focus("#yj-question textarea")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("#yj-filters [name=year]", state="visible")
    page.click("[data-clear]")
    ask(page, "那初中呢？")
    assert "420元" in page.inner_text(".yj-turn .yj-sentence >> nth=0")
    assert "尚未正式印发" in page.inner_text(".yj-said .yj-note")
    understood = "青禾县初中课后服务每学期收费多少元？"
    assert understood in page.inner_text(".yj-understood")
    assert asked_in(page) == {"q": understood}
    page.click(".yj-earlier summary")
    assert "360元" in page.inner_text(".yj-earlier details")

    # Back is the turn before as it was, with its filters; forward asks the follow-up again.
    page.go_back()
    page.wait_for_selector(f".yj-asked >> text={QUESTION}")
    assert page.input_value("#yj-filters [name=year]") == "2025"
    assert page.locator(".yj-earlier").count() == 0
    page.go_forward()
    page.wait_for_selector(f".yj-asked >> text={understood}")
    page.wait_for_selector(".yj-earlier summary")
    page.go_back()
    page.wait_for_selector(f".yj-asked >> text={QUESTION}")
    page.click("#yj-filters summary")
    page.click("[data-clear] >> visible=true")
    ask(page, "那初中呢？")

    with page.expect_download() as download:
        page.click("[data-format=docx]")
    text = "\n".join(p.text for p in open_docx(download.value.path()).paragraphs)
    assert "420元。[1]" in text

    page.click(".yj-trail summary")
    page.wait_for_selector(".yj-trail-body table")
    page.click("[data-verdict=down]")
    page.fill(".yj-remark", "应为正式文件")
    page.click("text=保存说明")
    page.wait_for_selector("text=说明已保存")
    (only,) = Feedback(folder).all()
    assert (only.verdict, only.remark, only.understood) == ("down", "应为正式文件", understood)

    page.click("text=按原话查找")
    page.wait_for_selector(".yj-turn:not(:has(.yj-understood))")
    assert asked_in(page) == {"q": "那初中呢？"}

    # What is cleared is gone from the address and the box as well; Back asks it again.
    page.click("text=全部清除")
    page.wait_for_selector(".yj-turn", state="detached")
    page.wait_for_function("location.search === ''")
    assert page.input_value("#yj-question textarea") == ""
    page.go_back()
    page.wait_for_selector(".yj-asked >> text=那初中呢？")

    page.goto(f"{address}?{urlencode({**given, 'lang': 'en'})}")
    page.wait_for_selector(".yj-filters >> text=Filters")
    page.wait_for_selector(".yj-turn >> text=Only: Year: 2025")
    assert asked_in(page) == {**given, "lang": "en"}
    assert hosts <= {"127.0.0.1", "data"}
    assert not complaints


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_fits_a_phone_and_can_be_read(
    browser: "Browser", address: str, scheme: str
) -> None:
    page = visit(browser, f"{address}?{urlencode({'q': QUESTION})}", color_scheme=scheme).page
    page.set_viewport_size(PHONE)
    page.wait_for_selector(".yj-turn")
    ask(page, "那初中呢？")
    page.click("#yj-filters summary")
    page.click(".yj-trail summary")
    page.wait_for_selector(".yj-trail-body table")
    page.click("[data-verdict=up]")
    page.wait_for_selector(".yj-remark")
    assert overflow(page) == 0
    selectors = (
        ".yj-filters summary",
        ".yj-fields label",
        ".yj-fields select",
        ".yj-asked",
        ".yj-understood",
        ".yj-saves .yj-link",
        ".yj-opinion p",
        ".yj-opinion [aria-pressed=true]",
        ".yj-remark-box label",
        ".yj-word",
        ".yj-leg .yj-link",
        ".yj-place > span",
        ".yj-trail th",
        ".yj-earlier summary",
        ".yj-earlier .yj-link",
    )
    assert {s: c for s in selectors if (c := contrast(page, s)) < 4.5} == {}
