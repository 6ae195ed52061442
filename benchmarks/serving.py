"""Measure the app as people meet it: start, first paint, an answer on screen, many at once.

    python -m benchmarks.serving LIBRARY [--rounds 3] [--people 20] [--questions FILE]

The library is copied first, and prepared by being opened once. `youju serve` is started anew in
every round; the browser (Chromium on PATH, package playwright) is running before. FILE has a
question a line. Everything stays on 127.0.0.1.
"""

import argparse
import shutil
import tempfile
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.visitor import SECONDS, Visitor, serving
from index import Library
from index.encoders import open_encoder

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

QUESTIONS = (
    "随迁子女入学有什么规定？",
    "教师培训有哪些要求？",
    "学前教育的普惠性覆盖率要达到多少？",
    "课后服务怎么安排？",
    "特殊教育由哪个部门负责？",
    "学校食堂怎样管理？",
    "公办学位要新增多少个？",
    "校车安全有什么规定？",
    "义务教育优质均衡的目标是什么？",
    "民办学校怎样监管？",
)
ASKED_ON_SCREEN = 5
_PAINTED = """() => {
    const [paint] = performance.getEntriesByName('first-contentful-paint');
    return paint ? performance.timeOrigin + paint.startTime : 0;
}"""


class Round(NamedTuple):
    """Seconds: from the start of the process until it says its address, and on to the first paint
    and to the start of the page; and from Enter to each answer on screen.
    """

    ready: float
    painted: float
    drawn: float
    answers: list[float]


def main() -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("library", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--questions", type=Path)
    options = parser.parse_args()
    lines = options.questions.read_text("utf-8").splitlines() if options.questions else ()
    questions = [line for line in lines if line.strip()] or list(QUESTIONS)
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "library"
        shutil.copytree(options.library, library)
        Library(library, open_encoder).snapshot()
        rounds = on_screen(library, questions, options.rounds)
        waits = at_once(library, questions, options.people)
    answers = [seconds for each in rounds for seconds in each.answers]
    print("| seconds | median | most |\n|---|---|---|")
    print(row("`youju serve` ready", [each.ready for each in rounds]))
    print(row("first paint after it is ready", [each.painted for each in rounds]))
    print(row("the page's start drawn after it is ready", [each.drawn for each in rounds]))
    print(row("the first answer of a start on screen", [each.answers[0] for each in rounds]))
    print(row("an answer on screen", answers))
    print(row(f"{options.people} people at once, the wait of each", waits))
    print(f"\n95th percentile of {len(waits)} who asked at once: {percentile(waits, 0.95):.2f} s")


def row(name: str, values: Sequence[float]) -> str:
    """A row of the table."""
    return f"| {name} | {median(values):.2f} | {max(values):.2f} |"


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that so large a share of all does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


# --- one person, on screen ------------------------------------------------------------------


def on_screen(library: Path, questions: Sequence[str], rounds: int) -> list[Round]:
    """Start the app, open its page in a browser and ask, so many times."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("Chromium is not on PATH")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        found = [_round(browser, library, questions[:ASKED_ON_SCREEN]) for _ in range(rounds)]
        browser.close()
    return found


def _round(browser: "Browser", library: Path, questions: Sequence[str]) -> Round:
    page = browser.new_context(locale="zh-CN").new_page()
    with serving(library) as served:
        ready = time.time()
        page.goto(served.address, wait_until="commit", timeout=SECONDS * 1000)
        page.wait_for_function(_PAINTED, timeout=SECONDS * 1000)
        painted = page.evaluate(_PAINTED) / 1000 - ready
        page.wait_for_selector(".yj-hint", timeout=SECONDS * 1000)
        drawn = time.time() - ready
        answers = [_asked(page, question) for question in questions]
        page.context.close()
    return Round(served.seconds, painted, drawn, answers)


def _asked(page: "Page", question: str) -> float:
    """Ask with the keyboard; the seconds from Enter until the answer can be seen."""
    last = page.get_attribute(".yj-turn", "data-turn") if page.query_selector(".yj-turn") else ""
    page.fill("#yj-question textarea", question)
    begun = time.monotonic()
    page.press("#yj-question textarea", "Enter")
    page.wait_for_selector(f".yj-turn:not([data-turn='{last}'])", timeout=SECONDS * 1000)
    return time.monotonic() - begun


# --- many at once ---------------------------------------------------------------------------


def at_once(library: Path, questions: Sequence[str], people: int) -> list[float]:
    """Let so many people ask in the same moment; the seconds that each waits for the answer."""
    together = threading.Barrier(people)

    def person(number: int) -> float:
        visitor = Visitor(served.address)
        visitor.open()
        together.wait()
        begun = time.monotonic()
        html = visitor.ask(questions[number % len(questions)])
        if "yj-turn" not in html or "yj-error" in html:
            raise SystemExit(f"person {number} was told: {html[:200]}")
        return time.monotonic() - begun

    with serving(library) as served:
        Visitor(served.address).ask(questions[0])
        with ThreadPoolExecutor(people) as crowd:
            return list(crowd.map(person, range(people)))


if __name__ == "__main__":
    main()
