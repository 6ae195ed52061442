"""The library's screen in a real Chromium: adding, leaving and coming back, cancel, saying more."""

import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from corpus import Document
from index import Library
from index.report import Report
from tests.browsing import PHONE, barriers, browser, contrast, overflow, visit
from tests.fakes import KeywordEncoder
from tests.served import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["browser"]

pytestmark = pytest.mark.browser

FILES = {
    f"办法{n}.txt": f"青禾县第{n}号管理办法\n青禾县教育局\n20{n:02}年5月1日\n\n"
    f"第一条　为了规范第{n}件事，制定本办法。\n第二条　校长每周陪餐不少于{n}次。\n"
    for n in range(1, 11)
}


FOCUSED = """(title) => {
    const { dataset, ariaLabel } = document.activeElement;
    return dataset.act === "edit_document" && ariaLabel.includes(title);
}"""


SCROLLED = "(plots) => plots.some((plot) => plot.scrollWidth > plot.clientWidth)"


class Gated(Library):
    """Each document waits until it is let in, by a file of so many letters."""

    def __init__(self, folder: Path, gate: Path) -> None:
        super().__init__(folder, lambda name: KeywordEncoder())
        self.gate = gate

    def put(self, document: Document, report: Report) -> None:
        while len(report.added) >= len(self.gate.read_text()):
            time.sleep(0.02)
        super().put(document, report)


@pytest.fixture
def gate(tmp_path: Path) -> Path:
    path = tmp_path / "let-in"
    path.write_text("")
    return path


@pytest.fixture
def address(tmp_path: Path, gate: Path) -> Iterator[str]:
    with served(partial(Gated, tmp_path / "library", gate)) as address:
        yield address


def faint(page: "Page", *selectors: str) -> dict[str, float]:
    """The texts that cannot be read well, in the light theme or the dark one."""
    found = {}
    for _ in range(2):
        page.evaluate("document.body.classList.toggle('dark')")
        page.evaluate("Promise.allSettled(document.getAnimations().map((one) => one.finished))")
        dark = page.evaluate("document.body.classList.contains('dark')")
        told = {f"{s}, dark: {dark}": contrast(page, s) for s in selectors}
        found |= {name: ratio for name, ratio in told.items() if ratio < 4.5}
    return found


def ground(page: "Page", selector: str) -> str:
    """The colour behind an element's text."""
    return str(page.eval_on_selector(selector, "(e) => getComputedStyle(e).backgroundColor"))


def faint_when_pressed(page: "Page", selector: str) -> dict[str, float]:
    """As `faint`, of a button that the mouse rests on, and that it holds down."""
    page.hover(selector)
    found = faint(page, selector)
    page.mouse.down()
    found |= faint(page, selector)
    page.mouse.move(0, 0)
    page.mouse.up()
    return found


def test_a_library_is_filled_left_found_again_and_corrected(
    browser: "Browser", address: str, gate: Path, tmp_path: Path
) -> None:
    page, hosts, complaints = visit(browser, address)
    page.click("text=添加自己的文件")
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, "utf-8")
    page.set_input_files("#yj-add input[type=file]", [tmp_path / name for name in FILES])
    page.wait_for_selector(".yj-adding-files .yj-reading")
    # What is being added is not said to be missing.
    assert not page.is_visible("#yj-listing .yj-empty")
    gate.write_text("1" * 7)
    page.wait_for_selector(".yj-adding-files >> text=新增")

    # Coming back finds the adding where it is.
    page.reload()
    complaints.clear()  # Gradio's, that it was no longer told of the adding
    page.wait_for_selector(".yj-adding", state="visible")
    assert page.locator(".yj-stages progress").count() == 4
    assert (
        faint(page, ".yj-stages [aria-current]", ".yj-adding p", ".yj-waiting", ".yj-reading") == {}
    )
    page.click("text=取消添加")
    page.wait_for_selector(".yj-adding >> text=正在取消")
    gate.write_text("1" * 8)
    page.wait_for_selector("#yj-report >> text=已取消。还有 2 个文件没有添加完")
    assert page.locator(".yj-shelf li").count() == 8
    assert page.eval_on_selector(".yj-report-files", "(e) => e.scrollHeight > e.clientHeight")
    assert barriers(page) == []
    assert faint_when_pressed(page, "#yj-add button") == {}
    warned = ground(page, "#yj-report .yj-notice")

    # A value that the user gives is marked so, and can be taken back.
    page.click("[data-act=edit_document] >> nth=0")
    page.fill("dialog [name=title]", "红枫办法")
    page.fill("dialog [name=effective]", "明天")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog >> text=日期应写成")
    assert page.evaluate("document.activeElement.name") == "effective"
    assert (
        faint(page, "dialog .yj-wrong", "dialog .yj-read", "dialog label", "dialog .yj-hint") == {}
    )
    page.fill("dialog [name=effective]", "2024年6月")
    page.click("dialog >> text=保存")
    page.wait_for_selector(".yj-shelf >> text=由用户给出：标题、施行日期")
    assert page.locator("dialog").count() == 0
    assert ground(page, "#yj-report .yj-notice") != warned
    assert faint(page, "#yj-report .yj-notice") == {}
    page.wait_for_function(FOCUSED, arg="红枫办法")
    page.fill("[name=words]", "红枫")
    page.press("[name=words]", "Enter")
    page.wait_for_selector(".yj-shelf h2 >> text=符合条件的有 1 份")
    assert page.evaluate("document.activeElement.name") == "words"
    filtered = page.url
    page.click("[data-act=edit_document]")
    page.click("dialog >> text=撤销全部修改")
    page.wait_for_selector("#yj-report >> text=已恢复为文件中读到的信息")
    # What was edited is no longer in the list that it was opened from.
    page.wait_for_function("document.activeElement.closest('.yj-shelf h2')")

    page.set_viewport_size(PHONE)
    page.click("[data-view=statistics]")
    page.wait_for_selector(".yj-figure svg")
    assert overflow(page) == 0
    page.evaluate("document.querySelectorAll('.yj-figure details').forEach((e) => e.open = true)")
    assert page.eval_on_selector_all(".yj-plot", SCROLLED)
    assert barriers(page) == []
    assert (
        faint(page, ".yj-figure figcaption", ".yj-figure summary", ".yj-views [aria-current]") == {}
    )
    page.click("[data-view=similar]")
    page.wait_for_selector(".yj-shelf .yj-hint, .yj-group")
    page.go_back()
    page.go_back()
    page.wait_for_selector(".yj-shelf h2 >> text=没有符合条件的")
    assert page.url == filtered
    assert page.input_value("[name=words]") == "红枫"
    page.goto(f"{address}?tab=library&level=星球")
    page.wait_for_selector("#yj-address >> text=网址里写的“星球”这里没有")
    assert hosts <= {"127.0.0.1", "data"}
    assert not complaints
