"""HTML of a trace: each requirement beside the clauses that state it, and what differs."""

from collections import Counter
from collections.abc import Iterator

from corpus import Span
from corpus.markup import NOTHING, Html, Mark, element, join, marked
from retrieval.shapes import Json
from retrieval.trace.lines import stating_first
from ui.cards import open_button, place_of, status_badge
from ui.downloads import export_buttons
from ui.filtering import filters_in, limited
from ui.pager import paged, pager
from ui.requirements import Verdicts
from ui.strings import Language, say

PAGE = 20
"""Requirements shown at once."""
MOST_RELATED = 3
"""Clauses that only speak of the matter, shown beside one that states it before they are asked."""
_UNTRACED = ("heading", "overlong")


def table(traced: Json, verdicts: Verdicts | None, page: int, language: Language) -> Html:
    """One page of the requirements; without `verdicts`, while more are coming, none can be given.

    `page` counts from 1.
    """
    rows = traced["rows"]
    at = paged(len(rows), page, PAGE)
    shown = enumerate(at.cut(rows), start=at.first)
    return element(
        "section",
        element("ol", *(_row(n, row, verdicts, language) for n, row in shown)),
        NOTHING if verdicts is None else pager(at, language),
        class_="yj-trace yj-paged",
        aria_label=say(language, "trace.result"),
    )


def summary(traced: Json, verdicts: Verdicts, language: Language) -> Html:
    """How many requirements were stated, what the user made of it, and the export."""
    counts = Counter(_status(row) for row in traced["rows"])
    said = Counter(verdicts.values())
    told: list[tuple[str, int]] = [
        ("trace.count.all", len(traced["rows"])),
        *((f"trace.count.{name}", counts[name]) for name in ("stated", "related", "not_found")),
        ("trace.count.untraced", counts["untraced"]),
        ("trace.count.accepted", said["accepted"]),
        ("trace.count.rejected", said["rejected"]),
    ]
    line = " · ".join(say(language, name, count=count) for name, count in told if count)
    return element(
        "section",
        element("h2", say(language, "trace.result")),
        element("p", line, role="status"),
        limited(filters_in(traced.get("filters", {})), language),
        _reservations(traced, language),
        export_buttons(language),
        class_="yj-summary",
    )


def _status(row: Json) -> str:
    return "untraced" if row["status"] in _UNTRACED else str(row["status"])


def _reservations(traced: Json, language: Language) -> Html:
    """What to know of documents and passages that took no full part."""
    told = []
    if traced["left_out"]:
        told.append(say(language, "trace.left_out", count=traced["left_out"]))
    if traced["pending"]:
        told.append(say(language, "notice.pending", pending=traced["pending"]))
    return join(element("p", line, class_="yj-read") for line in told)


# --- a requirement -----------------------------------------------------------------------------


def _row(at: int, row: Json, verdicts: Verdicts | None, language: Language) -> Html:
    number = at + 1
    demand = element(
        "div",
        element("h3", element("span", f"{number}."), f" {row['requirement']}"),
        _untold(row, language),
        *(element("p", remark, class_="yj-note") for remark in row["remarks"]),
        class_="yj-demand",
    )
    matches = element("div", *_matches(at, row, verdicts, language), class_="yj-matches")
    label = say(language, "trace.requirement", n=number)
    return element("li", demand, matches, aria_label=label, data_status=row["status"])


def _untold(row: Json, language: Language) -> Html:
    """What is said of a requirement that no clause states."""
    if row["status"] in ("stated", "related"):
        return NOTHING
    return element("p", say(language, f"trace.status.{row['status']}"), class_="yj-untold")


def _matches(at: int, row: Json, verdicts: Verdicts | None, language: Language) -> Iterator[Html]:
    """The clauses that state it, and some that are related; more of these fold out."""
    place = {id(match): number for number, match in enumerate(row["matches"])}
    ordered = stating_first(row["matches"])
    stating = sum(match["strength"] != "related" for match in ordered)
    told = [_match((at, place[id(match)]), match, verdicts, language) for match in ordered]
    first, rest = told[: stating + MOST_RELATED], told[stating + MOST_RELATED :]
    if first:
        yield element("ul", *first)
    if rest:
        name = say(language, "trace.more_related", count=len(rest))
        yield element("details", element("summary", name), element("ul", *rest))
    if row["more"]:
        yield element("p", say(language, "trace.more", count=row["more"]), class_="yj-read")


def _match(
    place: tuple[int, int], match: Json, verdicts: Verdicts | None, language: Language
) -> Html:
    citation = match["citation"]
    span = place_of(match)
    label = say(language, "trace.open_label", citation=citation)
    strength = match["strength"]
    return element(
        "li",
        element(
            "p",
            element(
                "span",
                say(language, f"trace.strength.{strength}"),
                class_="yj-strength",
                data_strength=strength,
            ),
            open_button(citation, match["document"]["id"], [span], label, "yj-link"),
        ),
        _quote(place, match),
        _differences(match, language),
        element(
            "p",
            element("span", say(language, "trace.level", level=match["level"]))
            if match["level"]
            else None,
            status_badge(match["status"])
            if match["status"]
            else element("span", say(language, "trace.no_status")),
            NOTHING if verdicts is None else _verdict(place, citation, verdicts, language),
            class_="yj-facts",
        ),
    )


def _quote(place: tuple[int, int], match: Json) -> Html:
    """The quotation, with what differs marked in it."""
    quote, offset = match["quote"], match["start"]
    marks = [
        Mark(number, Span(d["start"] - offset, d["end"] - offset))
        for number, d in enumerate(match["differences"], start=1)
        if d["start"] is not None and d["start"] >= offset
    ]
    name = f"differs-{place[0]}-{place[1]}"
    return element("blockquote", marked(quote, Span(0, len(quote)), marks, name), class_="yj-quote")


def _differences(match: Json, language: Language) -> Html:
    """What differs, a line each; ≈ before what makes no other requirement of it."""
    lines = [
        ("≈" if d["slight"] and d["kind"] != "words" else "≠", difference(d, language))
        for d in match["differences"]
    ]
    if match["strength"] == "related" and not lines:
        lines = [("≠", say(language, "trace.unsure"))]
    if not lines:
        return NOTHING
    items = (element("li", element("span", sign), f" {line}") for sign, line in lines)
    return element("ul", *items, class_="yj-differs")


def difference(told: Json, language: Language) -> str:
    """One thing that differs, in words: 数值（毛入园率）：要求 85%，条款 92%."""
    here, there = told["here"], told["there"]
    if told["kind"] == "words" and there:
        return say(language, "trace.unsure")
    if told["kind"] == "words":
        return say(language, "trace.lacking", here=here)
    what = say(language, f"trace.kind.{told['kind']}")
    if told["about"]:
        what = say(language, "trace.about", kind=what, about=told["about"])
    name = "differs" if here and there else "unsaid" if here else "only_there"
    return say(language, f"trace.{name}", what=what, here=here, there=there)


def _verdict(place: tuple[int, int], citation: str, verdicts: Verdicts, language: Language) -> Html:
    """The buttons that accept or reject a match; each is taken back by pressing it again."""
    buttons = (
        element(
            "button",
            say(language, f"trace.{act}"),
            type="button",
            class_="yj-button",
            aria_label=say(language, f"trace.{act}_label", citation=citation),
            aria_pressed="true" if verdicts.get(place) == verdict else "false",
            data_act="judge_match",
            data_row=place[0],
            data_match=place[1],
            data_verdict=verdict,
        )
        for act, verdict in (("accept", "accepted"), ("reject", "rejected"))
    )
    return element("span", *buttons, class_="yj-verdict", role="group")


# --- while it works ----------------------------------------------------------------------------


def progress(done: int, total: int, language: Language) -> Html:
    """How far a list has come, and the way to stop it."""
    stop = element(
        "button",
        say(language, "trace.cancel"),
        type="button",
        class_="yj-button",
        data_act="cancel_trace",
    )
    said = say(language, "trace.progress", done=done, total=total)
    return element(
        "div",
        element("progress", value=done, max=total, aria_label=said),
        element("span", said),
        stop,
        class_="yj-progress",
    )
