"""HTML of two documents against each other: what was added, removed, changed and moved."""

from collections.abc import Iterator

from corpus.fields import as_shown
from corpus.markup import Html, element, join
from retrieval.compare.lines import name
from retrieval.compare.versions.lines import is_in_order
from retrieval.shapes import Json
from ui.cards import open_button, place_of, status_badge
from ui.downloads import export_buttons
from ui.figures import said_values
from ui.pager import paged, pager
from ui.render import notice
from ui.strings import Language, say

PAGE = 30
"""Changes shown at once."""
LONGEST_SAME = 160
"""Characters of equal text between two changes, of which the middle is left out beyond this."""
_KEPT = 60

_TAGS = {"deleted": "del", "inserted": "ins"}
_WHOLE = {"removed": "del", "added": "ins"}
_SIDES = ("old", "new")
_PLACES = {"old": "first", "new": "second"}
"""What the fields call the sides: neither is old or new by that."""


def changes_view(shape: Json, page: int, language: Language) -> Html:
    """What changed from the old document to the new one; `page` counts from 1."""
    at = paged(len(shape["changes"]), page, PAGE)
    changes = [_change(shape, change, language) for change in at.cut(shape["changes"])]
    return element(
        "section",
        _summary(shape, language),
        *_remarks(shape, language),
        element("div", *(_head(shape, side, language) for side in _SIDES), class_="yj-sides"),
        element("ol", *changes) if changes else None,
        pager(at, language),
        class_="yj-changes yj-paged",
        aria_label=say(language, "changes.result"),
    )


def _is_versions(shape: Json) -> bool:
    return bool(shape["relation"] == "versions")


def _kind(shape: Json, kind: str, language: Language) -> str:
    """What a kind of change is called; of two works nothing was added, and nothing moved."""
    names = "kind" if _is_versions(shape) else "other"
    return say(language, f"changes.{names}.{kind}")


def _summary(shape: Json, language: Language) -> Html:
    told = [
        say(language, "changes.count", kind=_kind(shape, kind, language), count=count)
        for kind, count in shape["counts"].items()
        if count
    ]
    same = say(language, "changes.unchanged", count=shape["unchanged"])
    line = " · ".join([*(told or [say(language, "changes.none")]), same])
    return element(
        "section",
        element("h2", say(language, "changes.result")),
        element("p", line, role="status"),
        export_buttons(language),
        class_="yj-summary",
    )


def _remarks(shape: Json, language: Language) -> Iterator[Html]:
    if not _is_versions(shape):
        yield element("p", say(language, "changes.other_works"), class_="yj-read")
        return
    if shape["backwards"]:
        yield notice(say(language, "changes.backwards"))
    unstated = say(language, "changes.unstated")
    for renewed in shape["metadata"]:
        field = say(language, f"field.{renewed['field']}")
        sides = {side: as_shown(renewed[side] or unstated, language) for side in _SIDES}
        line = say(language, "changes.renewed", field=field, **sides)
        yield element("p", line, class_="yj-read")


def _side_name(shape: Json, side: str, language: Language) -> str:
    return say(language, f"changes.{side if is_in_order(shape) else _PLACES[side]}")


def _head(shape: Json, side: str, language: Language) -> Html:
    """Which document stands on a side."""
    document = shape[side]
    title = name(document)
    label = say(language, "list.open_label", title=title)
    stated = (document[key] for key in ("number", "date"))
    return element(
        "div",
        element("h3", element("span", _side_name(shape, side, language)), f" {title}"),
        element(
            "p",
            status_badge(document["status"]) if document["status"] else None,
            *(element("span", as_shown(value, language)) for value in stated if value),
            open_button(
                say(language, "source.open"), document["id"], label=label, class_="yj-link"
            ),
            class_="yj-facts",
        ),
    )


# --- one change --------------------------------------------------------------------------------


def _change(shape: Json, change: Json, language: Language) -> Html:
    kind = element(
        "span", _kind(shape, change["kind"], language), class_="yj-kind", data_kind=change["kind"]
    )
    figures = [_figure(figure, language) for figure in change["figures"]]
    told = None
    if figures:
        told = element(
            "p", f"{say(language, 'changes.figures')}：", "；".join(figures), class_="yj-read"
        )
    sides = (_side(shape, change, side, language) for side in _SIDES)
    return element("li", element("p", kind), element("div", *sides, class_="yj-sides"), told)


def _side(shape: Json, change: Json, side: str, language: Language) -> Html:
    """A clause on its side, with what it lost or gained marked; an empty place for none."""
    found = change[side]
    if found is None:
        return element("div", element("p", "—", class_="yj-unsaid"), class_="yj-none")
    address = found["clause"]["address"] or say(language, "changes.body")
    label = say(language, "trace.open_label", citation=found["citation"])
    spans = [place_of(found)]
    document = shape[side]["id"]
    return element(
        "div",
        element(
            "p",
            element("span", _side_name(shape, side, language), class_="yj-side"),
            open_button(address, document, spans, label, "yj-link"),
        ),
        element("blockquote", _words(change, side, language), class_="yj-quote"),
    )


def _words(change: Json, side: str, language: Language) -> Html:
    pieces = [(p["op"], p[side]["text"]) for p in change["pieces"] if p[side]]
    if not pieces:
        return _tagged(change[side]["quote"].strip(), _WHOLE.get(change["kind"]), language)
    last = len(pieces) - 1
    return join(
        _tagged(text, _TAGS[op], language) if op in _TAGS else _shortened(text, is_last=at == last)
        for at, (op, text) in enumerate(pieces)
    )


def _tagged(text: str, tag: str | None, language: Language) -> Html:
    """Words that were removed or added, said so to those who cannot see the mark."""
    if tag is None:
        return join([text])
    said = say(language, "changes.deleted" if tag == "del" else "changes.inserted")
    return element(tag, element("span", said, class_="yj-hidden"), text)


def _shortened(text: str, is_last: bool) -> str:
    """Words that both have; of a long stretch how it begins, and what stands before a change."""
    if len(text) <= LONGEST_SAME:
        return text
    return f"{text[:_KEPT]}……{'' if is_last else text[-_KEPT:]}"


def _figure(figure: Json, language: Language) -> str:
    """新增学位 5580个 → 6000个."""
    sides = (
        said_values(figure[side], language, with_indicator=False)
        or say(language, "changes.unstated")
        for side in _SIDES
    )
    indicator = f"{figure['indicator']} " if figure["indicator"] else ""
    return f"{indicator}{' → '.join(sides)}"
