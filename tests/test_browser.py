"""The real page in a real Chromium: ask, click a citation, read the original, add and remove."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index import Library
from index.encoders import open_encoder
from tests.browsing import PHONE, ask, barriers, browser, contrast, overflow, visit
from tests.served import meaning, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["browser"]

pytestmark = [pytest.mark.browser, pytest.mark.encoder]

DOCUMENTS = {
    "白石市随迁子女入学办法.txt": """白石市随迁子女入学办法
白教发〔2024〕8号
第一章　总则
第一条　为了方便随迁子女入学，制定本办法。
第二条　本办法由市教育局负责解释。
第二章　申请
第三条　随迁子女的父母一方持有本市居住证满三个月的，可以申请入读公办学校。
申请材料限于居住证和监护人身份证明。
第四条　区教育局自受理申请之日起十个工作日内安排学位。
""",
    "青禾县课后服务方案（征求意见稿）.txt": """青禾县课后服务方案（征求意见稿）
各中小学校：
一、服务时间
（一）每天安排。课后服务每天不少于2小时，结束时间与当地下班时间衔接。
（二）假期安排。暑假设立托管点，每期十天。
二、收费
（一）收费标准。课后服务每生每学期收费360元，低保家庭学生免收。
青禾县教育局
2025年3月1日
""",
}
MARK_IN_SIGHT = """() => {
    const mark = document.querySelector('.yj-text mark').getBoundingClientRect();
    return mark.top > 0 && mark.bottom < innerHeight;
}"""
QUESTION = "随迁子女的父母持有居住证满几个月可以申请入读公办学校？"
SENTENCE = "随迁子女的父母一方持有本市居住证满三个月的，可以申请入读公办学校。"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("documents")
    for name, text in DOCUMENTS.items():
        (folder / name).write_text(text, "utf-8")
    library = tmp_path_factory.mktemp("served") / "library"
    Library(library, open_encoder).add([folder])
    with served(partial(meaning, library)) as address:
        yield address


@pytest.fixture(scope="module")
def empty_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(partial(meaning, tmp_path_factory.mktemp("empty") / "library")) as address:
        yield address


def test_a_question_leads_to_the_marked_quotation_and_back(
    browser: "Browser", address: str
) -> None:
    page, hosts, complaints = visit(browser, address)
    ask(page, QUESTION)
    page.click("text=[1] >> nth=0")
    page.wait_for_selector("#source-1.yj-lit")
    assert page.inner_text("#quote-1").strip().endswith(SENTENCE)
    for leave in (
        page.go_back,
        lambda: page.click("[data-back]"),
        lambda: page.keyboard.press("Escape"),
    ):
        page.click("#source-1 >> text=打开原文")
        page.wait_for_selector(".yj-text mark")
        assert SENTENCE in page.inner_text(".yj-text mark")
        assert page.inner_text(".yj-text h2") == "白石市随迁子女入学办法"
        page.wait_for_function(MARK_IN_SIGHT)
        leave()
        page.wait_for_selector("#source-1", state="visible")
        assert not page.is_visible(".yj-text")
    assert hosts <= {"127.0.0.1", "data"}
    assert not complaints


def test_a_document_is_gone_through_by_its_contents_and_by_words(
    browser: "Browser", address: str
) -> None:
    page, _, complaints = visit(browser, address)
    ask(page, QUESTION)
    page.click("#source-1 >> text=打开原文")
    page.click(".yj-contents >> text=第四条")
    page.wait_for_selector(".yj-clause.yj-lit >> text=十个工作日")
    page.fill(".yj-find input", "申請")
    page.press(".yj-find input", "Enter")
    page.wait_for_selector("[data-sought] .yj-here")
    assert page.inner_text("[data-places]") == "1 / 4"
    words = page.query_selector_all(".yj-text mark[id^='sought-']")
    assert {mark.inner_text() for mark in words} == {"申请"}
    page.click("[data-step='-1']")
    assert page.inner_text("[data-places]") == "4 / 4"
    assert page.get_attribute("[data-places]", "aria-label") == "第 4 处，共 4 处"
    page.wait_for_function(MARK_IN_SIGHT.replace("mark'", "mark.yj-here'"))
    assert barriers(page) == []
    assert not complaints


def test_what_cannot_be_answered_is_said_and_an_example_can(
    browser: "Browser", address: str
) -> None:
    page = visit(browser, address).page
    page.press("#yj-question textarea", "Enter")
    page.wait_for_selector(".yj-error >> text=请先写下您的问题")
    ask(page, "How far is the moon from the earth?")
    assert "没有说到" in page.inner_text(".yj-missing")
    assert page.query_selector(".yj-pill") is None
    example = page.inner_text(".yj-chip >> nth=0")
    page.click(".yj-chip >> nth=0")
    page.wait_for_selector(".yj-pill")
    assert page.input_value("#yj-question textarea") == example


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_can_be_read_and_a_phone_shows_everything(
    browser: "Browser", address: str, scheme: str
) -> None:
    page, _, complaints = visit(browser, address, color_scheme=scheme)
    selectors = [
        "#yj-header p",
        ".yj-hint",
        ".yj-chip",
        ".yj-pill",
        ".yj-sentence",
        ".yj-facts",
        ".yj-where strong",
        ".yj-quote",
        ".yj-quote mark",
        ".yj-basis .yj-link",
        "#source-1 .yj-button",
        "button[role=tab].selected",
        "#yj-question .submit-button",
    ]
    ask(page, QUESTION)
    assert {s: c for s in selectors if (c := contrast(page, s)) < 4.5} == {}
    assert barriers(page) == []
    page.click("button[role=tab] >> text=资料库")
    page.wait_for_selector(".yj-shelf")
    listed = [".yj-title", ".yj-badge", ".yj-read", ".yj-remove summary", "#yj-add p"]
    assert {s: c for s in listed if (c := contrast(page, s)) < 4.5} == {}
    assert barriers(page) == []

    page.set_viewport_size(PHONE)
    assert overflow(page) == 0
    page.click("button[role=tab] >> text=问答")
    page.wait_for_selector("#source-1", state="visible")
    assert overflow(page) == 0
    page.click("#source-1 >> text=打开原文")
    page.wait_for_selector(".yj-text mark")
    assert overflow(page) == 0
    assert page.get_attribute(".yj-contents details", "open") is None
    assert not complaints


def test_the_page_can_be_in_english(browser: "Browser", address: str) -> None:
    page = visit(browser, address).page
    assert page.get_attribute("html", "lang") == "zh-CN"
    page.click("text=English")
    page.wait_for_selector("button[role=tab] >> text=Library")
    assert page.get_attribute("html", "lang") == "en"
    assert page.inner_text("#yj-question .submit-button") == "Ask"


def test_a_library_is_filled_asked_and_emptied(
    browser: "Browser", empty_address: str, tmp_path: Path
) -> None:
    page, hosts, complaints = visit(browser, empty_address)
    page.click("text=添加自己的文件")
    page.wait_for_selector("#yj-add", state="visible")
    files = []
    for name, text in {**DOCUMENTS, "<img src=x onerror=alert(1)>.txt": ""}.items():
        files.append(tmp_path / name)
        files[-1].write_text(text, "utf-8")
    page.set_input_files("#yj-add input[type=file]", files)
    page.wait_for_selector(".yj-report")
    assert "2 份新增 · 1 份未能添加" in page.inner_text(".yj-report")
    assert page.query_selector(".yj-report img") is None
    assert page.locator(".yj-shelf li").count() == 2
    assert "征求意见稿" in page.inner_text(".yj-badge")

    page.click(".yj-remove summary >> nth=0")
    page.click(".yj-confirm button >> nth=0")
    page.wait_for_selector("#yj-report >> text=已移除")
    assert page.locator(".yj-shelf li").count() == 1
    page.click("button[role=tab] >> text=问答")
    ask(page, QUESTION)
    assert SENTENCE in page.inner_text(".yj-sentence >> nth=0")

    page.click("button[role=tab] >> text=资料库")
    page.wait_for_selector("#yj-add", state="visible")
    page.evaluate(
        """() => {
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File(['拖入的文件\\n正文。'], '拖入.txt'));
            const event = new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true });
            document.querySelector('#yj-add').dispatchEvent(event);
        }"""
    )
    page.wait_for_selector(".yj-report >> text=1 份新增")
    assert hosts <= {"127.0.0.1", "data"}
    assert not complaints
