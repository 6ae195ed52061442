"""The address of the page: the open screen, what was asked there, and what is read beside it.

Whoever opens it sees the same. What an address says was written by anybody: it is looked at only
under names that are known here, up to a length, and is a text wherever it is shown.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import urlencode

from corpus import YoujuError
from corpus.markup import Html, element

LONGEST = 400
"""Characters of a value. With filters, and written twice over on the way through the login, the
address stays below the 8 kB that servers and proxies commonly take."""
LONGEST_QUERY = 6_000
"""Characters of an address as it is written, each Chinese one as nine."""

FIRST = "ask"
"""The screen that needs no naming."""
FILTERS = ("issuer", "region", "level", "year", "status", "superseded")
_VALUES: Mapping[str, tuple[str, ...]] = {
    "ask": ("q", *FILTERS),
    "trace": ("text", *FILTERS),
    "compare": ("topic", "old", "new", *FILTERS),
    "check": (),
    "evaluate": ("set", "first", "second"),
    "library": ("words", "level", "status", "page"),
}
"""The screens, and what each may be asked."""
WAYS: Mapping[str, tuple[str, ...]] = {
    "compare": ("topic", "two", "versions"),
    "evaluate": ("measure", "label"),
    "library": ("documents", "similar", "statistics"),
}
"""The parts of a screen; the first one needs no naming."""
READING = ("doc", "clause", "marks", "find")
"""What the reader is asked: a document, and where in it."""

NOTHING_ASKED: Mapping[str, str] = MappingProxyType({})


class AddressError(YoujuError):
    """An address that names what is not there, or is longer than any that is written here."""


class Address(NamedTuple):
    """What an address asks for, by the names of `_VALUES` and `READING`."""

    tab: str = FIRST
    way: str = ""
    """The part of the screen; empty where it has none."""
    values: Mapping[str, str] = NOTHING_ASKED
    reading: Mapping[str, str] = NOTHING_ASKED

    @property
    def is_bare(self) -> bool:
        """Whether nothing is asked of the screen but to be open."""
        return not self.values and self.way == WAYS.get(self.tab, ("",))[0]


def read_address(query: Mapping[str, str]) -> Address:
    """Return what an address asks for; names that none of ours has are passed over.

    Raises AddressError for a screen or a part that there is not, and for an overlong value.
    """
    tab = one_of(query.get("tab", FIRST), tuple(_VALUES))
    ways = WAYS.get(tab, ("",))
    way = one_of(query.get("way", ways[0]), ways)
    return Address(tab, way, _among(query, _VALUES[tab]), _among(query, READING))


def one_of(value: str, known: Sequence[str]) -> str:
    """Return a value that must be one of those known. Raises AddressError for another one."""
    if value not in known:
        raise not_here(value)
    return value


def not_here(value: str) -> AddressError:
    """What is said of an address that names something else than there is."""
    return AddressError(f"the address names {value[:40]!r}, which is not here: see the link")


def _among(query: Mapping[str, str], names: tuple[str, ...]) -> dict[str, str]:
    found = {name: value for name in names if (value := query.get(name, "").strip())}
    longest = max(map(len, found.values()), default=0)
    if longest > LONGEST:
        raise AddressError(f"the address holds {longest} characters at once, at most {LONGEST}")
    return found


def is_shared(*values: str) -> bool:
    """Whether an address has room for these."""
    return all(len(value) <= LONGEST for value in values)


def address(tab: str, values: Mapping[str, str] = NOTHING_ASKED, way: str = "") -> str:
    """Return the address that asks this of a screen, without what is read and the language.

    Where there is no room for the values, it names the screen alone.
    """
    named = {"tab": tab} if tab != FIRST else {}
    if way not in ("", *WAYS.get(tab, ())[:1]):
        named["way"] = way
    asked = {name: value for name, value in values.items() if value}
    written = urlencode({**named, **asked})
    if is_shared(*asked.values()) and len(written) <= LONGEST_QUERY:
        return written
    return urlencode(named)


def names(query: str) -> Html:
    """What tells the page that it now shows what `query` asks for; nothing is seen of it."""
    return element("span", hidden=True, data_address=query)
