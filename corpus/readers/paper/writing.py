"""Paragraphs become a text that knows its pages and what in it was recognised."""

from collections.abc import Sequence

from corpus.document import Recognised
from corpus.notes import Note
from corpus.readers.paper.characters import glue
from corpus.readers.paper.paragraphs import Flow, Paragraph
from corpus.readers.reading import Reading
from corpus.spans import Span

NOTE = "[注] "
"""Written before a footnote, whose ① would else be taken for the number of an item."""


def write(flow: Flow, pages: int, notes: Sequence[Note] = ()) -> Reading:
    """Return the text of a file of so many pages, a paragraph a line.

    Footnotes stand below the text, so that none comes between the halves of a paragraph and no 条
    gains a 款.
    """
    written = _Text()
    for paragraph in flow.body:
        written.add(paragraph)
    for note in flow.notes:
        written.add(note, NOTE)
    text = "".join(written.pieces)
    offsets = _pages(written.starts, pages, len(text))
    return Reading(text, None, tuple(notes), offsets, tuple(written.recognised))


class _Text:
    """A text that grows, and what is known of the places in it."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.starts: dict[int, int] = {}
        self.recognised: list[Recognised] = []
        self._length = 0

    def add(self, paragraph: Paragraph, prefix: str = "") -> None:
        self._append(("\n" if self.pieces else "") + prefix)
        before = ""
        for placed in paragraph:
            line = placed.line.text
            self._append(glue(before, line))
            start = self._length
            self._append(line)
            self.starts.setdefault(placed.page, start)
            if placed.line.confidence is not None:
                span = Span(start, self._length)
                self.recognised.append(Recognised(span, placed.line.confidence))
            before = line

    def _append(self, piece: str) -> None:
        self.pieces.append(piece)
        self._length += len(piece)


def _pages(starts: dict[int, int], pages: int, length: int) -> tuple[int, ...]:
    """The offset where each page begins; an empty page begins where the next one does."""
    offsets: list[int] = []
    following = length
    for page in range(pages - 1, -1, -1):
        following = min(following, starts.get(page, following))
        offsets.append(following)
    return (0, *offsets[::-1][1:]) if offsets else ()
