"""Short names that a draft gives to documents: 《…管理规定》（以下简称《规定》）."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from corpus.facts import Reference
from corpus.lines import Page
from corpus.spans import Span

_NAME = (
    r"(?:《(?P<a>[^《》\n]{1,40})》|“(?P<b>[^“”\n]{1,40})”|「(?P<c>[^「」\n]{1,40})」"
    r"|\"(?P<d>[^\"\n]{1,40})\")"
)
_GIVEN = re.compile(rf"(?:以下简?称|以下统称|下称|简称)(?:为|[：:])?\s?{_NAME}\s?[）)]?")
# What may stand between a title and its short name: （青政发〔2024〕5号，.
_BETWEEN = re.compile(r"[^。；;！!？?《》\n]{0,60}")
# 《甲》和《乙》（以下统称《两个办法》): the name of both, which is none of one.
_AND = re.compile(r"》[^《》。\n]{0,30}[、和及与]\s?$")
_MARKED = re.compile(rf"{_NAME}$")
_JOINS = re.compile(r"\s?(?:[、和及与或至]|以及)\s?")
_LONGEST_MARKED = 42
MOST_NAMES = 200
"""Short names that are read of a draft; one gives a few."""


class ShortName(NamedTuple):
    """A short name, where it is given (its brackets' end included), and the document it is of."""

    name: str
    given: Span
    document: Reference


def short_names(page: Page, references: Sequence[Reference]) -> list[ShortName]:
    """Return the short names that a draft gives to the documents of `references`, in order."""
    titled = [r for r in references if r.title]
    given = islice(_GIVEN.finditer(page.plain), MOST_NAMES)
    return [found for match in given if (found := _given(page, match, titled))]


def _given(page: Page, match: re.Match[str], titled: Sequence[Reference]) -> ShortName | None:
    """The short name with the last title before it, as far as nothing but brackets is between."""
    document = next((r for r in reversed(titled) if r.span.start < match.start()), None)
    if document is None:
        return None
    # A reference may run on over （…，以下简称《规定》）.
    end = page.plain.rfind("》", document.span.start, min(document.span.end, match.start())) + 1
    if not _BETWEEN.fullmatch(page.plain, end or document.span.end, match.start()):
        return None
    of_both = _AND.search(page.plain, max(0, document.span.start - 40), document.span.start)
    if "统称" in match[0] and of_both:
        return None
    return ShortName(_named(match), Span(*match.span()), document)


def _named(match: re.Match[str]) -> str:
    return next(re.sub(r"\s", "", value) for value in match.groupdict().values() if value)


def spelled_out(page: Page, references: Sequence[Reference]) -> Iterator[Reference]:
    """Yield the references of a draft with each short name made the title that it stands for.

    A title runs on over where its short name is given, to the address behind it; the short name
    itself is none there.
    """
    names = short_names(page, references)
    if not names:
        yield from references
        return
    last: Reference | None = None
    for reference in references:
        if last and last.span.start <= reference.span.start < last.span.end:
            continue
        if any(_covers(n.given, reference) for n in names):
            continue
        found = _whole(page, _resolved(page, reference, names), references, names)
        if last and last.title and last.address and not found.title:
            between = page.plain[last.span.end : found.span.start]
            if _JOINS.fullmatch(between):
                found = found._replace(title=last.title, number=last.number)
        yield found
        last = found


def _covers(given: Span, reference: Reference) -> bool:
    return given.start <= reference.span.start and reference.span.end <= given.end


def _resolved(page: Page, reference: Reference, names: Sequence[ShortName]) -> Reference:
    """A reference under a short name, 《规定》第三条 or “规定”第三条, as one to its document."""
    name, start = reference.title, reference.span.start
    if name is None:
        marked = _MARKED.search(page.plain, max(0, start - _LONGEST_MARKED), start)
        if marked is None:
            return reference
        name, start = _named(marked), marked.start()
    meant = document_of(name, start, names)
    if meant is None:
        return reference
    span = Span(start, reference.span.end)
    return reference._replace(span=span, title=meant.title, number=meant.number)


def document_of(name: str, at: int, names: Sequence[ShortName]) -> Reference | None:
    """Return what a short name stands for at a place: what it was given to last, else first."""
    same = [n for n in names if n.name == name]
    before = [n for n in same if n.given.end <= at]
    return (before[-1] if before else same[0]).document if same else None


def _whole(
    page: Page,
    reference: Reference,
    references: Sequence[Reference],
    names: Sequence[ShortName],
) -> Reference:
    """A reference to the end of where it is given a short name, and the address behind that."""
    given = next((n.given for n in names if n.document.span == reference.span), None)
    if given is None:
        return reference
    end = max(reference.span.end, given.end)
    behind = next((r for r in references if r.span.start == end and not r.title), None)
    if behind and not reference.address:
        return reference._replace(
            span=Span(reference.span.start, behind.span.end), address=behind.address
        )
    return reference._replace(span=Span(reference.span.start, end))
