"""What the browser tests share: Chromium, a visit to the page, and what is measured in it."""

import os
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDE = {"width": 1280, "height": 860}
TIMEOUT = 60_000
"""Milliseconds that a page has for each step, however busy the machine is."""
PHONE = {"width": 390, "height": 844}


class Visit(NamedTuple):
    """A page, and what it asked for and complained of so far."""

    page: "Page"
    hosts: set[str]
    complaints: list[str]


def chromium() -> str:
    found = shutil.which("chromium")
    if found is None and os.environ.get("YOUJU_REQUIRE_BROWSER"):
        pytest.fail("no Chromium: apt-get install chromium fonts-noto-cjk")
    if found is None:
        pytest.skip("no Chromium on PATH: apt-get install chromium fonts-noto-cjk")
    return found


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    executable = chromium()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(ARGUMENTS))
        yield browser
        browser.close()


def visit(browser: "Browser", address: str, **context: object) -> Visit:
    page = browser.new_context(viewport=WIDE, locale="zh-CN", **context).new_page()  # type: ignore[arg-type]
    page.set_default_timeout(TIMEOUT)
    seen = Visit(page, set(), [])
    page.on("request", lambda request: seen.hosts.add(urlsplit(request.url).hostname or "data"))
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    page.on(
        "console",
        lambda message: seen.complaints.append(message.text) if message.type == "error" else None,
    )
    page.goto(address)
    page.wait_for_selector(".yj-hint, .yj-empty")
    return seen


def ask(page: "Page", question: str) -> None:
    """Ask with the keyboard, and wait for the turn that it makes."""
    last = page.get_attribute(".yj-turn", "data-turn") if page.query_selector(".yj-turn") else ""
    page.fill("#yj-question textarea", question)
    page.press("#yj-question textarea", "Enter")
    page.wait_for_selector(f".yj-turn:not([data-turn='{last}'])")


def overflow(page: "Page") -> int:
    """Pixels that the page is wider than its window."""
    wider = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return int(wider)


def contrast(page: "Page", selector: str) -> float:
    """The contrast of an element's text with its ground (WCAG 2.2, relative luminance)."""
    return float(
        page.eval_on_selector(
            selector,
            """element => {
                const canvas = document.createElement('canvas').getContext('2d');
                const rgba = (colour) => {
                    canvas.clearRect(0, 0, 1, 1);
                    canvas.fillStyle = colour;
                    canvas.fillRect(0, 0, 1, 1);
                    return canvas.getImageData(0, 0, 1, 1).data;
                };
                const luminance = ([r, g, b]) => [r, g, b]
                    .map((c) => c / 255)
                    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
                    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
                let ground = element;
                while (rgba(getComputedStyle(ground).backgroundColor)[3] < 255)
                    ground = ground.parentElement;
                const text = luminance(rgba(getComputedStyle(element).color));
                const under = luminance(rgba(getComputedStyle(ground).backgroundColor));
                return (Math.max(text, under) + 0.05) / (Math.min(text, under) + 0.05);
            }""",
        )
    )


@cache
def _axe() -> str:
    import axe_playwright_python

    return Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")


def barriers(page: "Page") -> list[str]:
    """What keeps people out of the page as it stands: axe-core's serious and critical findings.

    Contrast, names of buttons and fields, roles, order of headings (WCAG 2.1 A and AA).
    """
    page.evaluate("Promise.allSettled(document.getAnimations().map((one) => one.finished))")
    page.evaluate(_axe())
    found = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']})")
    return [
        f"{one['id']}: {node['html'][:200]}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]
