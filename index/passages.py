"""What is searched: a clause, or windows of a long one, with the title and headings above it."""

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from corpus.document import Clause, Document, Kind
from corpus.spans import Span

SEARCHED: frozenset[Kind] = frozenset({"article", "item", "lead", "preamble", "annex"})
"""Kinds of clause that hold an answer; headings and titles are searched as context of these."""

WINDOW = 600
"""Characters of the longest passage: with its headings, what the default encoder reads at once."""
OVERLAP = 200
"""Characters that neighbours share: an answer no longer than that stands whole in one of them."""

_SENTENCE_END = re.compile(
    r"[。；;！!？?\n]+[”’」』）)]*|(?<=[\u4e00-\u9fff])[ \u3000](?=[\u4e00-\u9fff])"
)
_OWN_HEADING = re.compile(r"\s*[^。：:；;\n]{2,45}")


class Passage(NamedTuple):
    """A searched stretch `text[start:end]` of a clause; `indexed` is what is matched."""

    clause_id: str
    start: int
    end: int
    indexed: str

    @property
    def text_hash(self) -> bytes:
        """Identifies the indexed text: equal texts share one embedding."""
        return hashlib.sha256(self.indexed.encode()).digest()[:16]


def split_passages(document: Document) -> list[Passage]:
    """Return the passages of a document: every clause that can hold an answer, long ones cut.

    A document without any such clause is searched by its header, so that it can be found; blank
    stretches are left out.
    """
    chosen = [clause for clause in document.clauses if clause.kind in SEARCHED]
    return [
        Passage(clause.id, span.start, span.end, indexed_text(document, clause, span))
        for clause in chosen or document.clauses
        for span in windows(document.text, clause.span)
        if document.quote(span).strip()
    ]


def indexed_text(document: Document, clause: Clause, span: Span) -> str:
    """Return the text of `span` below the title, the headings and the clause's own heading."""
    title = document.metadata.title
    above = [*([title.value] if title else []), *clause.path]
    if span.start > clause.start:
        own = _OWN_HEADING.match(document.text, clause.start, clause.end)
        above += [own[0].strip()] if own else []
    return "\n".join([*above, document.quote(span).strip()])


def windows(text: str, span: Span, size: int = WINDOW, overlap: int = OVERLAP) -> Iterator[Span]:
    """Cut `span` into stretches of at most `size` characters that end where sentences end.

    Neighbours share the sentences of the last `overlap` characters. Together they cover `span`.
    """
    if span.end - span.start <= size:
        yield span
        return
    ends = _sentence_ends(text, span, size)
    start = span.start
    while True:
        last = bisect_right(ends, start + size) - 1
        stop = ends[last]
        yield Span(start, stop)
        if stop == span.end:
            return
        # The next stretch begins as far back as it may and still reaches past this one.
        earliest = max(stop - overlap, ends[last + 1] - size, start + 1)
        start = ends[bisect_left(ends, earliest)]


def _sentence_ends(text: str, span: Span, size: int) -> list[int]:
    """Where the text may be cut, never more than `size` apart, the last being its end."""
    natural = [match.end() for match in _SENTENCE_END.finditer(text, span.start, span.end)]
    ends, last = [], span.start
    for end in [*natural, span.end]:
        while end - last > size:
            last += size
            ends.append(last)
        ends.append(end)
        last = end
    return sorted(set(ends))
