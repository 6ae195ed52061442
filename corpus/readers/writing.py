"""Paragraphs become a text that knows its pages and what in it was recognised."""

from collections.abc import Sequence

from corpus.document import Recognised
from corpus.notes import Note
from corpus.readers.characters import glue
from corpus.readers.paragraphs import Paragraph
from corpus.readers.reading import Reading
from corpus.spans import Span


def write(found: Sequence[Paragraph], pages: int, notes: Sequence[Note] = ()) -> Reading:
    """Return the text of the paragraphs, each on a line of its own, of a file of so many pages."""
    text: list[str] = []
    length = 0
    starts: dict[int, int] = {}
    recognised = []
    for number, paragraph in enumerate(found):
        before = ""
        for placed in paragraph:
            line = placed.line.text
            joint = glue(before, line) if before else "\n" * (number > 0)
            text += joint, line
            start = length + len(joint)
            length = start + len(line)
            # Footnotes wait until their paragraph ends, maybe on a later page; it has begun.
            starts.setdefault(placed.page, start)
            if placed.line.confidence is not None:
                recognised.append(Recognised(Span(start, length), placed.line.confidence))
            before = line
    return Reading(
        "".join(text), None, tuple(notes), _pages(starts, pages, length), tuple(recognised)
    )


def _pages(starts: dict[int, int], pages: int, length: int) -> tuple[int, ...]:
    """The offset where each page begins; an empty page begins where the next one does."""
    offsets: list[int] = []
    following = length
    for page in range(pages - 1, -1, -1):
        following = min(following, starts.get(page, following))
        offsets.append(following)
    return (0, *offsets[::-1][1:]) if offsets else ()
