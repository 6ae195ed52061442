"""Take the pictures of the README again: `python docs/images/take.py`.

Needs the extra dev, Chromium on PATH and a Chinese font. The samples and a few files made for the
tests are added to a library in a temporary folder; the user's own library is not touched.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from socket import socket

from PIL import Image
from playwright.sync_api import Page, ViewportSize, sync_playwright

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
FILES = [ROOT / "tests/fixtures/pdf" / f"{name}.pdf" for name in ("notice", "articles", "locked")]
QUESTION = "随迁子女入学需要居住证满几个月？"
WIDE: ViewportSize = {"width": 1240, "height": 900}
COLOURS = 96
SECONDS = 300
"""How long adding the files may take on a busy machine."""

NAME = "青禾县校车管理办法.txt"
TEXT = """青禾县校车管理办法
青政发〔2025〕3号
第一条　为了保障学生乘坐校车的安全，制定本办法。
第二条　校车限载人数不超过核定人数，跟车照管人员不少于1名。
第四条　本办法自2025年9月1日起施行。
"""


@contextmanager
def served(library: Path) -> Iterator[str]:
    """The address of the app over a library with the samples."""
    with socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = str(taken.getsockname()[1])
    options = ["serve", "--sample", "--library", str(library), "--port", port]
    command = [sys.executable, "-m", "cli", *options]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        try:
            # The address is told when the port is open, so nothing has to be waited for.
            found = (re.search(r"http://\S+", line) for line in process.stderr or ())
            address = next((match[0] for match in found if match), None)
            if address is None:
                sys.exit("the app ended before it said its address")
            yield address
        finally:
            process.terminate()


def take(page: Page, name: str) -> None:
    """Write a picture of what the window shows, in a palette: a third of the size."""
    shown = Image.open(BytesIO(page.screenshot(animations="disabled")))
    shown.quantize(COLOURS, dither=Image.Dither.NONE).save(HERE / name, optimize=True)


def scroll_up(page: Page) -> None:
    """Show the top of the page; with less motion asked for, no other scroll is under way."""
    page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    page.wait_for_function("scrollY === 0")


def take_from_top(page: Page, name: str) -> None:
    """Write a picture of the top of the page."""
    scroll_up(page)
    take(page, name)


def take_answer_and_original(page: Page) -> None:
    """Ask, light up the first source, and open the original at its quotation."""
    page.wait_for_selector(".yj-hint")
    page.fill("#yj-question textarea", QUESTION)
    page.press("#yj-question textarea", "Enter")
    page.wait_for_selector(".yj-answer")
    page.click("text=[1] >> nth=0")
    page.wait_for_selector("#source-1.yj-lit")
    take_from_top(page, "ask.png")
    page.click("#source-1 >> text=打开原文")
    page.wait_for_function(
        """() => { const mark = document.querySelector('.yj-text mark')?.getBoundingClientRect();
                   return mark && mark.top > 0 && mark.bottom < innerHeight; }"""
    )
    take(page, "reader.png")
    page.click("[data-back]")


REQUIREMENTS = (
    "课后服务每周5天，每天不少于2小时\n每周体育课不少于5节\n小学一二年级不布置书面家庭作业"
)
DRAFT = """根据《岚川省中小学校管理规定》第十条，撤并学校应当听取意见。
《岚川省人民政府关于推进基础教育优质均衡发展的意见》提出，“课后服务每周5天、每天不少于3小时”。"""


def choose(page: Page, screen: str) -> None:
    """Go to a screen by its tab."""
    page.click(f"button[role=tab] >> text={screen}")


def take_trace(page: Page) -> None:
    """The clauses behind three requirements."""
    choose(page, "条款溯源")
    page.fill("#yj-list textarea", REQUIREMENTS)
    page.click("button >> text=查找依据")
    page.wait_for_selector("#yj-trace-summary [data-act=export_table]")
    take_from_top(page, "trace.png")


def take_comparison(page: Page) -> None:
    """What each document says on a topic."""
    choose(page, "对比")
    page.fill("#yj-topic-asked textarea, #yj-topic-asked input", "课后服务收费")
    page.keyboard.press("Enter")
    page.wait_for_selector(".yj-beside")
    take_from_top(page, "compare.png")


def take_check(page: Page) -> None:
    """What a draft cites, looked up."""
    choose(page, "核对")
    page.fill("#yj-draft textarea", DRAFT)
    page.click("#yj-draft-acts button >> nth=0")
    page.wait_for_selector("text=核对结果")
    take_from_top(page, "check.png")


def take_evaluation(page: Page) -> None:
    """The committed questions over the samples, in one configuration."""
    choose(page, "评测")
    page.click("button >> text=开始评测")
    page.wait_for_selector("#yj-measure-results [data-act=export_results]", timeout=SECONDS * 1000)
    take_from_top(page, "evaluate.png")


def take_library(page: Page, own: Path) -> None:
    """Add files, and show what was found in each."""
    choose(page, "资料库")
    page.wait_for_selector("#yj-add", state="visible")
    page.set_input_files("#yj-add input[type=file]", [own, *FILES])
    page.wait_for_selector(".yj-report", timeout=SECONDS * 1000)
    take_from_top(page, "library.png")


def main() -> None:
    """Take a picture of each screen."""
    chromium = shutil.which("chromium") or sys.exit("Chromium is not on PATH")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        own = Path(folder) / NAME
        own.write_text(TEXT, "utf-8")
        with served(Path(folder) / "library") as address:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            page = browser.new_page(
                viewport=WIDE,
                device_scale_factor=1.5,
                locale="zh-CN",
                color_scheme="light",
                reduced_motion="reduce",
            )
            page.goto(address)
            take_answer_and_original(page)
            for take_screen in (take_trace, take_comparison, take_check, take_evaluation):
                take_screen(page)
            take_library(page, own)
            browser.close()


if __name__ == "__main__":
    main()
