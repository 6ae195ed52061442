"""Long lists in pages: which stretch is shown, and the buttons that turn them."""

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from corpus.markup import NOTHING, Html, element
from retrieval.shapes import Json
from ui.strings import Language, say

T = TypeVar("T")

MAIN, SILENT = "main", "silent"
"""The lists of a result that have pages: its own, and the documents that say nothing."""
_PAGES = "pages"


class Paged(NamedTuple):
    """One page out of so many; both count from 1."""

    page: int
    pages: int
    size: int

    @property
    def first(self) -> int:
        """The place in the whole list of what stands first on the page, from 0."""
        return (self.page - 1) * self.size

    def cut(self, items: Sequence[T]) -> Sequence[T]:
        """The items of this page."""
        return items[self.first : self.first + self.size]


def paged(count: int, page: int, size: int) -> Paged:
    """Return the page that was asked for, or the nearest that there is."""
    pages = max(1, -(-count // size))
    return Paged(min(max(page, 1), pages), pages, size)


def pager(at: Paged, language: Language, view: str | None = None) -> Html:
    """The buttons `turn_page` with `data-page`; nothing where one page holds all.

    Of several lists on a screen, each has a `view` of its own, which its buttons name.
    """
    if at.pages == 1:
        return NOTHING
    return element(
        "nav",
        _turn("pages.previous", at.page - 1, at.page > 1, language, view),
        element("span", say(language, "pages.page", page=at.page, pages=at.pages)),
        _turn("pages.next", at.page + 1, at.page < at.pages, language, view),
        class_="yj-pager",
        aria_label=say(language, "pages.label"),
    )


def page_of(shape: Json, view: str = MAIN) -> int:
    """The page of a list of a result that is open, from 1."""
    return int(shape.get(_PAGES, {}).get(view, 1))


def turned_to(shape: Json, page: int, view: str = MAIN) -> Json:
    """Return a result with one of its lists turned; the others stay as they are open.

    Raises ValueError for a list that no button names.
    """
    if view not in (MAIN, SILENT):
        raise ValueError(f"found {view[:20]!r}, expected {MAIN} or {SILENT}")
    return {**shape, _PAGES: {**shape.get(_PAGES, {}), view: page}}


def _turn(name: str, page: int, possible: bool, language: Language, view: str | None) -> Html:
    return element(
        "button",
        say(language, name),
        type="button",
        class_="yj-button",
        data_act="turn_page",
        data_page=page,
        data_view=view,
        disabled=not possible,
    )
