"""HTML of the text of one clause: what was quoted of it, and the words that are looked for."""

from collections.abc import Iterator, Sequence

from corpus import Document, Span
from corpus.markup import Html, Mark, element, join, marked


def section(
    document: Document,
    place: int,
    window: Span,
    quoted: Sequence[Mark],
    found: Sequence[Mark],
    aimed: bool,
) -> Html:
    """The clause at `place`, as far as the window holds it; `aimed` is one that was quoted.

    What was found keeps its marks within those of what was quoted.
    """
    clause = document.clauses[place]
    part = Span(max(clause.start, window.start), min(clause.end, window.end))
    held = _within(part, found)
    stretches = (
        (number, marked(document.text, stretch, held, "sought"))
        for number, stretch in _stretches(part, _within(part, quoted))
    )
    return element(
        "section",
        join(element("mark", text, id=f"found-{n}") if n else text for n, text in stretches),
        id=f"clause-{place}",
        class_="yj-clause yj-aimed" if aimed else "yj-clause",
        data_kind=clause.kind,
    )


def _within(part: Span, marks: Sequence[Mark]) -> list[Mark]:
    return [one for one in marks if one.span.start < part.end and one.span.end > part.start]


def _stretches(part: Span, marks: Sequence[Mark]) -> Iterator[tuple[int, Span]]:
    """Yield the stretches of a part in order, each with the number of its mark or 0.

    Where two marks overlap, the first keeps what they share.
    """
    done = part.start
    for number, span in sorted(marks, key=lambda mark: mark.span):
        start, end = max(span.start, done), min(span.end, part.end)
        if start < end:
            yield 0, Span(done, start)
            yield number, Span(start, end)
            done = end
    yield 0, Span(done, part.end)
