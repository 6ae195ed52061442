"""An answer as a file to keep or send: Word or Markdown, with the question and every source."""

import io
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Literal, NamedTuple

from corpus import Part
from corpus.citation import cite
from retrieval import Answer, Citation, Hit
from retrieval.tables.plain import md_opening, md_text
from retrieval.tables.safety import readable
from retrieval.tables.word import set_font
from ui.conversation import Turn
from ui.filtering import said
from ui.remarks import remark_text
from ui.strings import Language, say
from ui.unanswered import unanswered

LONGEST_QUOTE = 2000
"""Characters of a nearest clause; what an answer quotes is whole."""

Format = Literal["docx", "md"]
Kind = Literal["title", "heading", "text", "source", "quote", "note"]


class Line(NamedTuple):
    """A paragraph of the file and what it is."""

    kind: Kind
    text: str


class File(NamedTuple):
    """A file for the user to keep."""

    name: str
    content: bytes


def export(turn: Turn, made: Format, day: date, language: Language) -> File:
    """Return the answer of a turn as a file, named after its question."""
    lines = list(lines_of(turn, day, language))
    return File(f"{_name(turn.understood)}.{made}", _WRITERS[made](lines))


def _name(question: str) -> str:
    """A name that every file system takes: words only, and not many."""
    words = "".join(re.findall(r"\w", question))[:24]
    return f"有据-{words}" if words else "有据"


# --- what stands in it -------------------------------------------------------------------------


def lines_of(turn: Turn, day: date, language: Language) -> Iterator[Line]:
    """Yield the paragraphs: the question, what was said, the sources, and where it comes from."""
    yield Line("title", turn.understood)
    if turn.typed != turn.understood:
        yield Line("note", say(language, "answer_file.typed", question=turn.typed))
    if turn.filters:
        yield Line(
            "note", say(language, "answer_file.filters", filters=said(turn.filters, language))
        )
    yield from (Line("note", remark_text(remark, language)) for remark in turn.found.remarks)
    if turn.found.left_out:
        yield Line("note", say(language, "notice.left_out", count=turn.found.left_out))
    if turn.found.status == "answered":
        yield from _answer(turn.found, language)
    else:
        yield from _missing(turn, language)
    basis = say(language, "answer_file.basis", documents=turn.documents, day=day.isoformat())
    yield Line("note", basis)


def _answer(found: Answer, language: Language) -> Iterator[Line]:
    yield Line("heading", say(language, "answer.label"))
    for sentence in found.sentences:
        markers = "".join(f"[{n}]" for n in sentence.citations)
        yield Line("text", f"{sentence.text}{markers}")
    yield Line("heading", say(language, "sources.label"))
    for citation in found.citations:
        yield from _source(citation, language)


def _source(citation: Citation, language: Language) -> Iterator[Line]:
    where = cite(citation.document, Part(citation.address, citation.span))
    yield Line("source", f"[{citation.n}] {where}{_status(citation.standing.status)}")
    if citation.standing.notice:
        yield Line("note", citation.standing.notice.said(language))
    yield Line("quote", citation.quote)


def _missing(turn: Turn, language: Language) -> Iterator[Line]:
    found = turn.found
    said = unanswered(found, turn.documents, language)
    yield Line("heading", said.heading)
    for sentence in said.body:
        yield Line("text", sentence)
    if found.nearest:
        yield Line("heading", say(language, "nearest.label"))
    for hit in found.nearest:
        yield from _nearest(hit)


def _nearest(hit: Hit) -> Iterator[Line]:
    yield Line("source", f"{cite(hit.document, hit.clause)}{_status(hit.standing.status)}")
    text = hit.document.quote(hit.clause.span).strip()
    yield Line("quote", text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}……")


def _status(status: str | None) -> str:
    return f"（{status}）" if status else ""


# --- the two formats ---------------------------------------------------------------------------

_MD: dict[Kind, str] = {
    "title": "# ",
    "heading": "## ",
    "text": "",
    "source": "",
    "quote": "> ",
    "note": "- ",
}
_BREAK = " "
"""In a heading a line ends where its line does."""


def md_bytes(lines: list[Line]) -> bytes:
    """Return the lines as Markdown; neither Markdown nor HTML in a text is read as such."""
    return ("\n\n".join(map(_md_line, lines)) + "\n").encode()


def _md_line(line: Line) -> str:
    newline = _BREAK if line.kind in ("title", "heading") else "<br>"
    return f"{_MD[line.kind]}{md_opening(md_text(line.text, newline))}"


_STYLES: dict[Kind, str] = {
    "title": "Title",
    "heading": "Heading 1",
    "text": "Normal",
    "source": "Normal",
    "quote": "Quote",
    "note": "List Bullet",
}


def docx_bytes(lines: list[Line]) -> bytes:
    """Return the lines as a Word document; a text is written as text, whatever it holds."""
    from docx import Document

    document = Document()
    for style in dict.fromkeys(_STYLES.values()):
        set_font(document.styles[style], "黑体" if style == "Title" else "宋体")
    document.core_properties.title = readable(lines[0].text)[:255] if lines else ""
    document.core_properties.author = "有据"
    document.core_properties.comments = ""
    for line in lines:
        paragraph = document.add_paragraph(readable(line.text), style=_STYLES[line.kind])
        paragraph.paragraph_format.keep_with_next = line.kind in ("heading", "source")
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


_WRITERS: dict[Format, Callable[[list[Line]], bytes]] = {"docx": docx_bytes, "md": md_bytes}
FORMATS: tuple[Format, ...] = tuple(_WRITERS)


def read_format(written: str) -> Format:
    """Return the format that a button names. Raises ValueError for what none does."""
    for known in FORMATS:
        if known == written:
            return known
    raise ValueError(f"found {written[:20]!r}, expected one of {', '.join(FORMATS)}")
