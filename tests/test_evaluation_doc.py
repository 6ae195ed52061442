"""The page on measuring one's own library: its commands are those of the program."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

import cli
from eval.metrics import SHOWN

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "evaluation.md"


def commands() -> Iterator[list[str]]:
    """The arguments of each line of the page's blocks that runs `youju`."""
    for block in re.findall(r"```sh\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL):
        for line in block.splitlines():
            program, *arguments = shlex.split(line, comments=True)
            assert program == "youju"
            yield arguments


@pytest.mark.parametrize("arguments", list(commands()), ids=" ".join)
def test_every_command_of_the_page_is_understood(arguments: list[str]) -> None:
    args = cli.parser().parse_args(cli.joined(arguments))
    assert args.library == Path("mine")


def test_every_measure_of_the_page_is_one_and_every_link_leads_somewhere() -> None:
    text = PAGE.read_text(encoding="utf-8")
    table = text.split("| figure | what it says |")[1].split("\n\n")[0]
    named = set(re.findall(r"`([^`]+)`", table.replace("*k*", "k"))) - {"P@5"}
    families = {re.sub(r"@\d+$", "", name) for name in SHOWN}
    assert {re.sub(r"@[k\d]+$", "", name) for name in named} == families
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", text)
    assert links and all((PAGE.parent / link).exists() for link in links)
