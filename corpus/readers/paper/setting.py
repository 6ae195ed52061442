"""The pages of a file become its text: what repeats goes, the rest is read in order and joined."""

from collections.abc import Sequence

from corpus.notes import Note
from corpus.readers.paper.layout import Sheet, blocks
from corpus.readers.paper.paragraphs import paragraphs
from corpus.readers.paper.running_heads import drop_running_heads
from corpus.readers.paper.writing import write
from corpus.readers.reading import Reading


def set_pages(sheets: Sequence[Sheet]) -> Reading:
    """Return the text of the pages, with a note of the running heads that were dropped."""
    kept, dropped = drop_running_heads(sheets)
    notes = [Note("running_heads", (str(dropped),))] if dropped else []
    return write(paragraphs([blocks(sheet.lines) for sheet in kept]), len(sheets), notes)
