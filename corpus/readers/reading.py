"""What every reader returns."""

from typing import NamedTuple

from corpus.document import Recognised
from corpus.notes import Note


class Reading(NamedTuple):
    """The text of a file, its lines ended by U+000A alone, and what its format knew besides.

    `encoding` is None where the format settles it; `pages` holds the offset of each page's first
    character, the first being 0; the spans of `recognised` and `notes` point into `text`.
    """

    text: str
    encoding: str | None = None
    notes: tuple[Note, ...] = ()
    pages: tuple[int, ...] = ()
    recognised: tuple[Recognised, ...] = ()
