"""The filters of a question: what a library has to choose from, what was chosen, and their form."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from corpus import YoujuError
from corpus.markup import NOTHING, Html, element
from corpus.metadata.places import LEVELS
from index.versions import issued
from retrieval import Filters, Standing
from retrieval.filters import UNKNOWN
from retrieval.standing import STATUSES
from ui.strings import Language, say

LONGEST_VALUE = 200
"""Characters of a value; a longer one is no name."""
LONGEST_FORM = 4000
MOST_VALUES = 200
"""Values offered of one kind, the most frequent first."""
SUPERSEDED = "superseded"

Values = dict[str, Counter[str]]
"""For each filter the values that documents have, and how many have them."""


class FilterError(YoujuError):
    """A filter that cannot be set."""


def _issuers(standing: Standing) -> Iterable[str]:
    return (issuer.value for issuer in standing.document.metadata.issuers)


def _regions(standing: Standing) -> Iterable[str]:
    region = standing.document.metadata.region
    return (region.value,) if region else ()


def _levels(standing: Standing) -> Iterable[str]:
    level = standing.document.metadata.level
    return (level.value,) if level else ()


def _years(standing: Standing) -> Iterable[str]:
    year = issued(standing.document)[:4]
    return (year,) if year else ()


def _statuses(standing: Standing) -> Iterable[str]:
    return (standing.status or UNKNOWN,)


_READ: dict[str, Callable[[Standing], Iterable[str]]] = {
    "issuer": _issuers,
    "region": _regions,
    "level": _levels,
    "year": _years,
    "status": _statuses,
}
# What stands in an order of its own; other values by how many documents have them.
_RANKS: dict[str, dict[str, int]] = {
    "level": {name: n for n, name in enumerate(LEVELS)},
    "status": {name: n for n, name in enumerate((*STATUSES, UNKNOWN))},
}


def values_of(states: Iterable[Standing]) -> Values:
    """Return what the documents of a library can be filtered by."""
    found: Values = {name: Counter() for name in _READ}
    for standing in states:
        for name, read in _READ.items():
            found[name].update(read(standing))
    return found


def _in_order(name: str, counts: Counter[str]) -> Iterator[tuple[str, int]]:
    """The most frequent values, as a person looks for them: years from the latest down."""
    most = counts.most_common(MOST_VALUES)
    ranks = _RANKS.get(name)
    if name == "year":
        most.sort(reverse=True)
    elif ranks is not None:
        most.sort(key=lambda pair: (ranks.get(pair[0], len(ranks)), pair[0]))
    else:
        most.sort(key=lambda pair: (-pair[1], pair[0]))
    yield from most


# --- chosen ------------------------------------------------------------------------------------


def read_form(written: str) -> Filters:
    """Return what is chosen in the form, as the page's script writes it.

    Raises ValueError for what no page writes, FilterError for a value that is no name.
    """
    if len(written) > LONGEST_FORM:
        raise ValueError(f"found {len(written)} characters, expected at most {LONGEST_FORM}")
    chosen = json.loads(written or "{}")
    if not isinstance(chosen, dict) or not all(isinstance(v, str) for v in chosen.values()):
        raise ValueError(f"found {written[:40]!r}, expected names and texts")
    return filters_in(chosen)


def filters_in(chosen: Mapping[str, str]) -> Filters:
    """Return the filters among some values by name; others are none. Raises FilterError."""
    named = {name: chosen[name].strip() for name in _READ if chosen.get(name, "").strip()}
    for value in named.values():
        if len(value) > LONGEST_VALUE:
            raise FilterError(
                f"the filter has {len(value)} characters, at most {LONGEST_VALUE}: choose a value"
            )
    return Filters(
        issuer=named.get("issuer"),
        region=named.get("region"),
        level=named.get("level"),
        year=named.get("year"),
        status=named.get("status"),
        superseded=bool(chosen.get(SUPERSEDED)),
    )


def chosen_values(filters: Filters) -> dict[str, str]:
    """Return what is chosen, by name: what `filters_in` reads."""
    chosen = {name: value for name in _READ if (value := getattr(filters, name))}
    return {**chosen, **({SUPERSEDED: "1"} if filters.superseded else {})}


def said(filters: Filters, language: Language) -> str:
    """Return the chosen filters in a line: 年份：2025 · 状态：现行."""
    parts = [
        say(language, "filters.pair", name=say(language, f"filters.{name}"), value=value)
        for name, value in chosen_values(filters).items()
        if name != SUPERSEDED
    ]
    if filters.superseded:
        parts.append(say(language, "filters.superseded"))
    return " · ".join(parts)


def limited(filters: Filters, language: Language) -> Html:
    """A line that says what is left of the library under the filters; nothing without any."""
    if not filters:
        return NOTHING
    text = say(language, "turn.filters", filters=said(filters, language))
    return element("p", text, class_="yj-understood")


# --- the form ----------------------------------------------------------------------------------


def form(values: Values, filters: Filters, language: Language) -> Html:
    """The form, folded; nothing where the library has nothing to choose from."""
    if not any(values.values()):
        return NOTHING
    chosen = chosen_values(filters)
    fields = [
        _field(name, values[name], chosen.get(name, ""), language)
        for name in _READ
        if values[name] or name in chosen
    ]
    summary = element(
        "summary",
        say(language, "filters.label"),
        element("span", said(filters, language), class_="yj-chosen"),
    )
    return element(
        "details",
        summary,
        element("div", *fields, class_="yj-fields"),
        element("div", _superseded(filters, language), _clear(language), class_="yj-fields-more"),
        class_="yj-filters",
        role="group",
        aria_label=say(language, "filters.label"),
    )


def _field(name: str, counts: Counter[str], chosen: str, language: Language) -> Html:
    """A list of values; one that an address asked for and no document has is listed too."""
    pairs = list(_in_order(name, counts))
    if chosen and chosen not in dict(pairs):
        pairs.insert(0, (chosen, counts[chosen]))
    options: Sequence[Html] = [
        element("option", f"{value}（{count}）", value=value, selected=value == chosen)
        for value, count in pairs
    ]
    anything = element("option", say(language, "filters.any"), value="")
    label = say(language, f"filters.{name}")
    return element(
        "label", element("span", label), element("select", anything, *options, name=name)
    )


def _superseded(filters: Filters, language: Language) -> Html:
    box = element("input", type="checkbox", name=SUPERSEDED, value="1", checked=filters.superseded)
    return element("label", box, element("span", say(language, "filters.superseded")))


def _clear(language: Language) -> Html:
    return element(
        "button",
        say(language, "filters.clear"),
        type="button",
        class_="yj-link",
        data_clear="true",
    )
