"""HTML of what one clause lays down: who carries it out, its figures, and where it points."""

from collections.abc import Iterable, Iterator

from corpus import Clause, Document
from corpus.facts import Reference
from corpus.markup import NOTHING, Html, Mark, element
from index.references import Resolver
from retrieval.facts import facts_shape, said_figure
from ui.cards import open_button
from ui.strings import Language, say

MOST_SAID = 12
"""Facts of one sort that are told; a clause that is a whole table has hundreds."""
_ROLES = ("lead", "responsible", "support")


def clause_facts(
    document: Document, clause: Clause, resolver: Resolver, language: Language
) -> Html:
    """The facts of a clause in a list, a sort a line; nothing where it has none."""
    rows = [
        element("div", element("dt", say(language, f"clause.{name}")), element("dd", *values))
        for name, values in _facts(document, clause, resolver, language)
        if values
    ]
    if not rows:
        return NOTHING
    label = say(language, "clause.facts", address=clause.address)
    return element("aside", element("dl", *rows), class_="yj-clause-facts", aria_label=label)


def _facts(
    document: Document, clause: Clause, resolver: Resolver, language: Language
) -> Iterator[tuple[str, list[Html]]]:
    page = document.page_of(clause.start)
    if page:
        yield "page", [element("span", say(language, "clause.page_number", page=page))]
    for role in _ROLES:
        yield role, _each(language, (unit.value for unit in getattr(clause.units, role)))
    shape = facts_shape(document, clause)
    yield "figures", _each(language, map(said_figure, shape["figures"]))
    gaps = (f"{gap['indicator'] or ''} __ {gap['unit']}".strip() for gap in shape["missing"])
    yield "missing", _each(language, gaps)
    links = [_reference(document, clause, one, resolver) for one in clause.facts.references]
    yield "references", _few(language, links)


def _each(language: Language, said: Iterable[str]) -> list[Html]:
    return _few(language, [element("span", one) for one in dict.fromkeys(said)])


def _few(language: Language, said: list[Html]) -> list[Html]:
    more = len(said) - MOST_SAID
    rest = [element("span", say(language, "clause.more", count=more))] if more > 0 else []
    return [*said[:MOST_SAID], *rest]


def _reference(
    document: Document, clause: Clause, reference: Reference, resolver: Resolver
) -> Html:
    """What a clause points at, as a link where the library holds it."""
    said = " ".join(document.quote(reference.span).split())
    target = resolver.resolve(reference, document, clause)
    if target is None:
        return element("span", said)
    aim = target.span or (target.clause.span if target.clause else None)
    marks = () if aim is None else (Mark(1, aim),)
    return open_button(said, target.document.id, marks, class_="yj-link")
