"""Lists come whole: what leads in, and every item below it (应当具备下列条件：（一）…（二）…)."""

import re
from collections.abc import Sequence

from corpus import Clause, Document, Span
from retrieval.sentences import split_sentences, trimmed

LONGEST = 1200
"""Characters of a list that is quoted whole; of a longer one the reader is told there is more."""

_NUMERAL = "[一二三四五六七八九十〇0-9０-９]{1,3}"
_ITEM = re.compile(
    rf"\s*(?:[（(]{_NUMERAL}[）)]|{_NUMERAL}[、.．）)]|[①-⑳]|第{_NUMERAL}项|[一二三四五六七八九]是)"
)
_LEADS_IN = re.compile(r"(?:[:：]|(?:下列|以下|如下)[^。；;\n]{0,30})\s*$")


def whole_list(document: Document, clause: Clause, span: Span) -> Span:
    """Return the list within `clause` that the sentence at `span` leads into or is an item of.

    Returns `span` itself where there is none, or where the whole has more than `LONGEST`
    characters.
    """
    sentences = list(split_sentences(document.text, clause.span))
    at = next((i for i, s in enumerate(sentences) if s.start <= span.start < s.end), None)
    if at is None:
        return span
    first, last = _around([document.quote(sentence) for sentence in sentences], at)
    if last == first:
        return span
    whole = trimmed(document.text, Span(sentences[first].start, sentences[last].end))
    return whole if whole.end - whole.start <= LONGEST else span


def _around(said: Sequence[str], at: int) -> tuple[int, int]:
    """The first and the last sentence of the list that sentence `at` is in; both `at` if none."""
    for lead in range(at, -1, -1):
        if _LEADS_IN.search(said[lead]):
            last = _last_item(said, lead)
            return (lead, last) if at <= last else (at, at)
    return at, at


def _last_item(said: Sequence[str], lead: int) -> int:
    """The last sentence of the list behind `lead`: an item, or what goes on with one after ；."""
    last = lead
    while last + 1 < len(said):
        goes_on = last > lead and said[last].rstrip().endswith(("；", ";"))
        if not (goes_on or _ITEM.match(said[last + 1])):
            break
        last += 1
    return last
