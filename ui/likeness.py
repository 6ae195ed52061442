"""HTML of the near-duplicates of a library: groups of documents that are copies or versions."""

from collections.abc import Mapping, Sequence

from corpus.markup import Html, element
from index import Near
from retrieval import Standing
from ui.pager import paged, pager
from ui.shelf import Shelf, row
from ui.strings import Language, say

PAGE = 20
"""Groups shown at once."""


def groups(
    standings: Sequence[Standing], near: Mapping[str, Sequence[Near]]
) -> list[list[Standing]]:
    """Return the documents that are near-duplicates of one another, directly or by a third.

    Groups and their members are in the order of adding.
    """
    leader: dict[str, str] = {}

    def lead(name: str) -> str:
        while leader.get(name, name) != name:
            name = leader[name]
        return name

    for name, others in near.items():
        for other in others:
            leader[lead(other.document.id)] = lead(name)
    found: dict[str, list[Standing]] = {}
    for standing in standings:
        found.setdefault(lead(standing.document.id), []).append(standing)
    return [group for group in found.values() if len(group) > 1]


def similar(shelf: Shelf, page: int, language: Language) -> Html:
    """One page of the groups of near-duplicates; `page` counts from 1."""
    found = groups(shelf.standings, shelf.near)
    if not found:
        said = say(language, "similar.none")
        return element("section", element("p", said, class_="yj-hint"), class_="yj-shelf")
    at = paged(len(found), page, PAGE)
    return element(
        "section",
        element("h2", say(language, "similar.label", count=len(found))),
        element("p", say(language, "similar.hint"), class_="yj-hint"),
        *(_group(group, shelf, language) for group in at.cut(found)),
        pager(at, language),
        class_="yj-shelf",
    )


def _group(group: Sequence[Standing], shelf: Shelf, language: Language) -> Html:
    label = say(language, "similar.group", count=len(group))
    rows = (row(standing, shelf, language) for standing in group)
    return element("div", element("h3", label), element("ul", *rows), class_="yj-group")
