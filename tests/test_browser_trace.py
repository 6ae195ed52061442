"""A trace that somebody goes back from: it stops, and nothing of it comes later."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index import Library
from tests.browsing import ask, browser, visit
from tests.fakes import FILES, Gated, write_files
from tests.served import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["browser"]
pytestmark = pytest.mark.browser

HELD = "寄宿生每人每年补助1300元"
LIST = ("校长每周陪餐不少于3次", HELD, "偏远乡村每日开行校车不少于2班")


def filled(folder: Path, gate: Path) -> Library:
    library = Library(folder / "library", lambda name: Gated(gate, HELD))
    library.add([write_files(folder / "documents", FILES)])
    return library


@pytest.fixture
def gate(tmp_path: Path) -> Path:
    path = tmp_path / "gate"
    path.touch()
    return path


@pytest.fixture
def address(tmp_path: Path, gate: Path) -> Iterator[str]:
    with served(partial(filled, tmp_path, gate)) as address:
        yield address


def test_going_back_to_the_bare_screen_stops_the_trace(
    browser: "Browser", address: str, gate: Path
) -> None:
    page, hosts, complaints = visit(browser, address)
    page.click("button[role=tab] >> text=条款溯源")
    page.fill("#yj-list textarea", "\n".join(LIST))
    page.click("#yj-give >> text=查找依据")
    page.wait_for_selector("#yj-trace-progress >> text=正在查找 1/3")
    page.wait_for_selector(f".yj-trace >> text={LIST[0]}")

    page.go_back()
    page.wait_for_selector(".yj-trace", state="detached")
    page.wait_for_selector("#yj-trace-progress progress", state="detached")
    assert page.input_value("#yj-list textarea") == ""
    gate.unlink()
    page.click("button[role=tab] >> text=问答")
    ask(page, "校长每周陪餐几次？")
    page.click("button[role=tab] >> text=条款溯源")
    assert page.locator(".yj-trace, #yj-trace-progress progress, .yj-summary").count() == 0

    # What an address asks for is traced to its end, and once.
    page.goto(f"{address}?tab=trace&text={'%0A'.join(LIST)}")
    page.wait_for_selector(".yj-summary >> text=共 3 条")
    assert page.locator(".yj-trace li[data-status]").count() == len(LIST)
    page.click("[data-verdict=accepted] >> nth=0")
    page.click("button[role=tab] >> text=对比")
    page.click("button[role=tab] >> text=条款溯源")
    page.wait_for_selector(".yj-summary >> text=采用 1 处")
    assert hosts == {"127.0.0.1"}
    assert complaints == []
    page.context.close()
