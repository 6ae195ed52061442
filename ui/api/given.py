"""What a program asks with: each value is checked, and refused in one line that says what fits."""

import re
from collections.abc import Callable, Sequence
from typing import Any, TypedDict, TypeGuard

from corpus import YoujuError
from corpus.metadata.places import LEVELS
from index import Library
from retrieval import MODES, Filters, Mode
from retrieval.compare import find_document
from retrieval.confidence import THRESHOLD
from retrieval.trace import Requirement
from retrieval.trace.lists import requirement

MOST_HITS = 100
MOST_REQUIREMENTS = 50
MOST_DOCUMENTS = 20
LONGEST_NAME = 200
"""Characters of the name of a document, or of a filter."""
LONGEST_REQUIREMENT = 1000

_YEAR = re.compile(r"[0-9]{4}")


class ApiError(YoujuError):
    """A call that does not fit: the line says what was found and what was expected."""


class FilterValues(TypedDict, total=False):
    """Which documents take part; see `retrieval.Filters`. Any of them may be left out."""

    issuer: str
    region: str
    year: str
    status: str
    level: str
    form: str
    superseded: bool
    documents: list[str]


def text(name: str, value: object, longest: int | None = None) -> str:
    """Return a text; the search itself limits a question, and says so in its own words."""
    if not isinstance(value, str):
        raise ApiError(f"{name} is {_kind(value)}, expected a text")
    if longest is not None and len(value) > longest:
        raise ApiError(f"{name} has {len(value)} characters, at most {longest} are read")
    return value


def top(value: object) -> int:
    """Return how many hits are wanted."""
    # JSON knows no integers, and a client may send 5.0; true is no number, and nan no size.
    if not _is_number(value) or not 1 <= value <= MOST_HITS or value % 1:
        raise ApiError(f"top is {_shown(value)}, expected a whole number from 1 to {MOST_HITS}")
    return int(value)


def mode(value: object) -> Mode:
    """Return how to search."""
    for known in MODES:
        if value == known:
            return known
    raise ApiError(f"mode is {_shown(value)}, expected one of {', '.join(MODES)}")


def threshold(value: object) -> float:
    """Return the confidence below which nothing is said; without one, the one that was fitted."""
    if value is None:
        return THRESHOLD
    if not _is_number(value) or not 0 <= value <= 1:
        raise ApiError(f"threshold is {_shown(value)}, expected a number from 0 to 1")
    return float(value)


def requirements(value: object) -> list[Requirement]:
    """Return the requirements of a list, without their numbers; headings among them are marked."""
    found = [
        one
        for number, written in enumerate(_texts("requirements", value, MOST_REQUIREMENTS), 1)
        if (one := requirement(number, written, in_column=True))
    ]
    if not found:
        raise ApiError("no requirement found, expected a list of texts, one requirement each")
    return found


def filters(value: object, library: Library) -> Filters:
    """Return the filters of an object; documents are named by id, title or file."""
    given = {} if value is None else value
    if not isinstance(given, dict):
        raise ApiError(f"filters is {_kind(value)}, expected an object")
    unknown = sorted(str(name)[:LONGEST_NAME] for name in given.keys() - _READ.keys())
    if unknown:
        raise ApiError(f"filters has {', '.join(unknown)}, expected any of {', '.join(_READ)}")
    read = {name: _READ[name](name, found) for name, found in given.items() if found is not None}
    documents = (find_document(library, name).id for name in read.pop("documents", ()))
    return Filters(**read, documents=tuple(documents))


def documents(value: object) -> Sequence[str]:
    """Return the names of two documents, the older first."""
    named = _texts("documents", value, 2, LONGEST_NAME)
    if len(named) != 2:
        raise ApiError(f"documents names {len(named)}, expected two: the older and the newer one")
    return named


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _texts(name: str, value: object, most: int, longest: int = LONGEST_REQUIREMENT) -> list[str]:
    if not isinstance(value, list):
        raise ApiError(f"{name} is {_kind(value)}, expected a list of texts")
    if len(value) > most:
        raise ApiError(f"{name} has {len(value)} texts, at most {most} are read at once")
    return [text(f"{name}[{at}]", one, longest) for at, one in enumerate(value)]


def _name(name: str, value: object) -> str:
    return text(f"filters.{name}", value, LONGEST_NAME)


def _year(name: str, value: object) -> str:
    year = str(value) if isinstance(value, int) else value
    if not isinstance(year, str) or not _YEAR.fullmatch(year):
        raise ApiError(f"filters.year is {_shown(value)}, expected a year of four digits")
    return year


def _level(name: str, value: object) -> str:
    if not isinstance(value, str) or value not in LEVELS:
        raise ApiError(f"filters.level is {_shown(value)}, expected one of {'、'.join(LEVELS)}")
    return value


def _flag(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise ApiError(f"filters.{name} is {_shown(value)}, expected true or false")
    return value


def _named(name: str, value: object) -> list[str]:
    return _texts(f"filters.{name}", value, MOST_DOCUMENTS, LONGEST_NAME)


_READ: dict[str, Callable[[str, object], Any]] = {
    **dict.fromkeys(("issuer", "region", "status", "form"), _name),
    "year": _year,
    "level": _level,
    "superseded": _flag,
    "documents": _named,
}


def _shown(value: object) -> str:
    """A value as an error names it, however long it is."""
    return repr(value)[:40] if isinstance(value, str | int | float | None) else _kind(value)


def _kind(value: object) -> str:
    kinds = {dict: "an object", list: "a list", str: "a text", bool: "true or false"}
    return "null" if value is None else kinds.get(type(value), "a number")
