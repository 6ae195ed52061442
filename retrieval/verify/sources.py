"""Whether a citation is one: its quotation stands where it says, in a clause that exists."""

from collections.abc import Iterator

from corpus.lines import open_page
from retrieval.verify.duties import forbidding_end
from retrieval.verify.verdicts import Cited, Reason

_AROUND = 80


def problems_of(cited: Cited) -> list[Reason]:
    """Return what is wrong with a citation by itself; nothing for one that can be trusted."""
    return list(_problems(cited))


def _problems(cited: Cited) -> Iterator[Reason]:
    number, document, span = str(cited.n), cited.document, cited.span
    inside = 0 <= span.start < span.end <= len(document.text)
    if not inside or document.text[span.start : span.end] != cited.quote:
        yield Reason("wrong_quote", (number,))
        return
    clause = cited.clause
    known = any(c.id == clause.id and c.span == clause.span for c in document.clauses)
    if not known or not (clause.start <= span.start and span.end <= clause.end):
        yield Reason("no_clause", (number,))
        return
    before = document.text[max(clause.start, span.start - 1) : span.start]
    if before.isdigit() and document.text[span.start].isdigit():
        yield Reason("cut_quote", (number, before))
    else:
        word = forbidding_end(
            open_page(document.text[max(clause.start, span.start - _AROUND) : span.start])
        )
        if word:
            yield Reason("cut_quote", (number, word))
