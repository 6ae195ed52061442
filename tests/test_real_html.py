"""The real documents in a web page each: what is read is the document, and not the page."""

import re
from pathlib import Path

import pytest

from corpus.decode import decode
from corpus.readers import html
from tests.pages import CRUMBS, FOOT, MENU, RELATED, crumbs, links, paragraphs

REAL = Path(__file__).parents[2] / "shared" / "corpus"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not REAL.is_dir(), reason=f"the real documents are not at {REAL}"),
]
# What the web page of a seed left in its text: breadcrumb, buttons, an empty field.
FURNITURE = re.compile(r"您当前的位置|.*【打印本页】|【编辑】")


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("folder", ["seeds", "notices", "laws"])
def test_no_line_of_a_document_is_lost(folder: str) -> None:
    for path in sorted((REAL / folder).glob("*.txt"))[::5]:
        lines = decode(path.read_bytes()).text.split("\n")
        lines = [said for line in lines if (said := line.strip(" \t\u3000\xa0\u200b?"))]
        page = (
            f"<html><body><ul>{links(MENU)}</ul><p>{crumbs()}</p><div>{paragraphs(lines)}</div>"
            f"<h3>相关链接</h3>{links(RELATED)}{paragraphs(FOOT)}</body></html>"
        )
        read = bare(html.read(page.encode()).text)
        lost = [line for line in lines if bare(line) not in read and not FURNITURE.match(line)]
        assert lost == [], path.name
        left = [line for line in (CRUMBS, *RELATED, *FOOT) if bare(line) in read]
        assert left == [], path.name
