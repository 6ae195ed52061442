"""What of the library is looked at: which view, which page, and what the list is filtered by."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from corpus.fold import fold_text
from corpus.markup import Html, element
from corpus.metadata.places import LEVELS
from retrieval import Standing
from retrieval.filters import UNKNOWN
from retrieval.standing import STATUSES
from ui.address import WAYS, Address, address, one_of
from ui.strings import Language, say

LONGEST_WORDS = 100
"""Characters of what the list is filtered by; more are not looked at."""
VIEWS = WAYS["library"]
SIFTED = ("words", "level", "status")
"""What the form tells."""
_CHOICES = {"level": (*LEVELS, UNKNOWN), "status": (*STATUSES, UNKNOWN)}


class Sought(NamedTuple):
    """A view of the library, the page of it, and what the list of documents is filtered by."""

    view: str = VIEWS[0]
    page: int = 1
    words: str = ""
    level: str = ""
    status: str = ""

    @property
    def is_filtered(self) -> bool:
        """Whether documents may be left out of the list."""
        return bool(self.words or self.level or self.status)


EVERYTHING = Sought()


def sought(asked: Mapping[str, str]) -> Sought:
    """Return what a page asks for; what it cannot ask for is left open."""
    words = " ".join(asked.get("words", "").split())[:LONGEST_WORDS]
    level, status = (_choice(name, asked) for name in _CHOICES)
    return Sought(words=words, level=level, status=status)


def addressed(asked: Address) -> Sought:
    """Return what an address asks for. Raises AddressError for what is not there to choose."""
    values = asked.values
    level, status = (one_of(values.get(name, ""), ("", *_CHOICES[name])) for name in _CHOICES)
    words = " ".join(values.get("words", "").split())[:LONGEST_WORDS]
    page = values.get("page", "1")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1
    return Sought(asked.way, number, words, level, status)


def address_of(sought: Sought) -> str:
    """Return the address of a view of the library."""
    values = {name: getattr(sought, name) for name in SIFTED}
    page = str(sought.page) if sought.page > 1 else ""
    return address("library", {**values, "page": page}, sought.view)


def _choice(name: str, asked: Mapping[str, str]) -> str:
    value = asked.get(name, "")
    return value if value in _CHOICES[name] else ""


def sift(standings: Iterable[Standing], sought: Sought) -> list[Standing]:
    """Return the documents that have all the words, and the level and the status."""
    words = [fold_text(word) for word in sought.words.split()]
    return [standing for standing in standings if _fits(standing, words, sought)]


def _fits(standing: Standing, words: Sequence[str], sought: Sought) -> bool:
    metadata = standing.document.metadata
    level = metadata.level.value if metadata.level else UNKNOWN
    if sought.level not in ("", level) or sought.status not in ("", standing.status or UNKNOWN):
        return False
    if not words:
        return True
    fields = (metadata.number, metadata.region)
    known = [standing.document.label, standing.document.source, metadata.issuer or ""]
    told = fold_text("\n".join([*known, *(field.value for field in fields if field)]))
    return all(word in told for word in words)


def form(sought: Sought, language: Language) -> Html:
    """The form above the list, as it was sent last. Its button tells what is in it."""
    label = say(language, "sieve.words")
    words = element(
        "input",
        type="search",
        name="words",
        value=sought.words,
        maxlength=LONGEST_WORDS,
        placeholder=label,
        aria_label=label,
    )
    button = element(
        "button",
        say(language, "sieve.button"),
        type="submit",
        class_="yj-button",
        data_act="filter_list",
    )
    lists = (_list(name, getattr(sought, name), language) for name in _CHOICES)
    return element(
        "form", words, *lists, button, class_="yj-sieve", role="search", data_slot="sieve"
    )


def _list(name: str, chosen: str, language: Language) -> Html:
    options = (
        element("option", value, value=value, selected=value == chosen) for value in _CHOICES[name]
    )
    anything = element("option", say(language, f"sieve.{name}"), value="")
    label = say(language, f"sieve.{name}_label")
    return element("select", anything, *options, name=name, aria_label=label)
