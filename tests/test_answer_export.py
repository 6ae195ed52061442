"""An answer as a file: the question, every sentence and source, and no text that becomes more."""

import io
import re
from datetime import date
from pathlib import Path

import pytest
from docx import Document as open_docx

from corpus import parse
from corpus.spans import Span
from retrieval import Answer, Citation, Filters, Hit, Standing
from retrieval.answer import Sentence
from retrieval.remarks import Remark
from retrieval.results import Scores
from ui.answer_export import FORMATS, LONGEST_QUOTE, Format, export, lines_of, read_format
from ui.conversation import Turn

HOSTILE = (
    "<img src=x onerror=alert(1)></mark><script>alert(2)</script> **粗** [链](javascript:x) `=1`"
)
TEXT = """青禾县课后服务办法（征求意见稿）
第一条　课后服务每生每学期收费360元。
第二条　{}
青禾县教育局
2025年3月1日
"""
DAY = date(2026, 1, 2)


def answered(quote: str = "课后服务每生每学期收费360元。", line: str = "另行规定。") -> Turn:
    document = parse("d1", "a.txt", TEXT.format(line))
    start = document.text.index(quote)
    clause = next(c for c in document.clauses if c.start <= start < c.end)
    span = Span(start, start + len(quote))
    standing = Standing(document, "征求意见稿", None)
    citation = Citation(1, document, standing, clause, clause.address, span)
    found = Answer("收费多少?", "answered", [Sentence(quote, (1,))], [citation])
    found.left_out = 2
    return Turn("k", "那收费呢？", "课后服务收费多少？", Filters(year="2025"), found, 3)


def missing(line: str = "另行规定。") -> Turn:
    document = parse("d1", "a.txt", TEXT.format(line))
    standing = Standing(document, None, None)
    clause = next(c for c in document.clauses if c.address == "第二条")
    hit = Hit(1, 0.5, Scores(1.0, None), document, standing, clause, clause.span)
    found = Answer("几点开门", "not_found", nearest=[hit], reason=Remark("no_figure"))
    return Turn("k", "几点开门", "几点开门", Filters(), found, 3)


def text_of(turn: Turn, made: Format) -> str:
    content = export(turn, made, DAY, "zh").content
    if made == "md":
        return re.sub(r"\\(.)", r"\1", content.decode())
    return "\n".join(paragraph.text for paragraph in open_docx(io.BytesIO(content)).paragraphs)


@pytest.mark.parametrize("made", FORMATS)
def test_a_file_holds_the_question_the_answer_and_its_sources(made: Format) -> None:
    text = text_of(answered(), made)
    for part in (
        "课后服务收费多少？",
        "提问原话：那收费呢？",
        "筛选：年份：2025",
        "课后服务每生每学期收费360元。[1]",
        "[1] 《青禾县课后服务办法（征求意见稿）》（青禾县教育局，2025年）第一条（征求意见稿）",
        "征求意见稿，尚未正式印发",
        "有 2 份文件已被替代或废止",
        "2026-01-02",
        "3 份文件",
    ):
        assert part in text


@pytest.mark.parametrize("made", FORMATS)
def test_an_honest_no_is_a_file_too(made: Format) -> None:
    text = text_of(missing(), made)
    assert "没有说到" in text
    assert Remark("no_figure").said("zh") in text
    assert "另行规定。" in text


def test_word_takes_hostile_text_as_text() -> None:
    text = text_of(answered(HOSTILE, HOSTILE), "docx")
    assert text.count(HOSTILE) == 2
    content = export(answered(HOSTILE, HOSTILE), "docx", DAY, "zh").content
    document = open_docx(io.BytesIO(content))
    assert not [r for r in document.part.rels.values() if r.is_external]
    assert document.core_properties.author == "有据"


def test_markdown_takes_hostile_text_as_text() -> None:
    turn = answered(HOSTILE, HOSTILE)
    content = export(turn, "md", DAY, "zh").content.decode()
    bare = re.sub(r"\\.", "", content.replace("<br>", ""))
    assert not re.search(r"<|\*|`|\]\(", bare)
    assert content.count("&lt;img src=x onerror=alert(1)&gt;") == 2


@pytest.mark.parametrize("opening", ["# 标题", "- 项", "1. 项", "> 引", "+ 项", "==="])
def test_a_line_that_opens_like_markup_is_a_line(opening: str) -> None:
    turn = answered()
    turn.found.sentences = [Sentence(opening, (1,))]
    lines = export(turn, "md", DAY, "zh").content.decode().split("\n\n")
    said = lines[lines.index("## 回答") + 1]
    assert said.endswith(opening[1:] + "\\[1\\]")
    assert "\\" in said[:4] or said.startswith("&gt;")


def test_what_xml_cannot_hold_is_no_error() -> None:
    turn = missing("响铃\x07与换页\x0c。")
    assert "响铃\ufffd与换页" in text_of(turn, "docx")


def test_a_long_neighbour_is_shortened_and_a_quotation_is_not() -> None:
    long = "课后服务内容丰富" * 600 + "。"
    (quoted,) = [line for line in lines_of(missing(long), DAY, "zh") if line.kind == "quote"]
    assert len(quoted.text) == LONGEST_QUOTE + 2
    (whole,) = [line for line in lines_of(answered(long, long), DAY, "zh") if line.kind == "quote"]
    assert whole.text == long


@pytest.mark.parametrize("question", ["../../etc/passwd", "a/b\\c:d*e?f", "", "问" * 300, "CON?"])
def test_the_name_of_a_file_is_one_that_every_disk_takes(question: str) -> None:
    turn = missing()
    turn = Turn("k", question, question, Filters(), turn.found, 3)
    name = export(turn, "md", DAY, "zh").name
    assert re.fullmatch(r"有据(?:-\w{1,24})?\.md", name)
    assert Path(name).name == name


def test_a_format_that_no_button_names_is_refused() -> None:
    assert [read_format(made) for made in FORMATS] == list(FORMATS)
    with pytest.raises(ValueError, match="expected one of docx, md"):
        read_format("exe")


def test_a_file_can_be_in_english() -> None:
    content = export(answered(), "md", DAY, "en").content.decode()
    assert "Found by Youju" in content
