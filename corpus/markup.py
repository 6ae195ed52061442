"""HTML that text cannot break out of: a string is escaped unless it was built here."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

from corpus.spans import Span


class Html(str):
    """A string that is HTML already. Any other string is text, and is escaped where it is used."""

    __slots__ = ()


class Mark(NamedTuple):
    """A stretch of a text to be marked, and the number of the citation it belongs to."""

    n: int
    span: Span


NOTHING = Html("")
Child = str | None


def element(name: str, /, *children: Child, **attributes: str | int | bool | None) -> Html:
    """Return `<name attributes>children</name>`, text and attribute values escaped.

    An attribute is written with underscores for hyphens (`data_act`, and `class_`); True leaves
    it without a value, None and False leave it out.
    """
    return Html(f"<{name}{_attributes(attributes)}>{join(children)}</{name}>")


def join(children: Iterable[Child]) -> Html:
    """Return the children one after the other, those that are not HTML escaped."""
    return Html("".join(_escaped(child) for child in children if child is not None))


def _escaped(text: str) -> str:
    return text if isinstance(text, Html) else escape(text)


def _attributes(attributes: dict[str, str | int | bool | None]) -> str:
    written = ""
    for name, value in attributes.items():
        if value is None or value is False:
            continue
        name = name.rstrip("_").replace("_", "-")
        written += f" {name}" if value is True else f' {name}="{escape(str(value))}"'
    return written


def marked(text: str, window: Span, marks: Sequence[Mark] = (), name: str = "quote") -> Html:
    """Return `text[window]` escaped, with `<mark id="{name}-{n}">` around each marked stretch.

    Marks are cut to the window; where two overlap, the first keeps the shared characters.
    """
    pieces: list[str] = []
    done = window.start
    for n, span in sorted(marks, key=lambda mark: mark.span):
        start, end = max(span.start, done), min(span.end, window.end)
        if start < end:
            quoted = element("mark", text[start:end], id=f"{name}-{n}")
            pieces += [escape(text[done:start]), quoted]
            done = end
    return Html("".join([*pieces, escape(text[done : window.end])]))
