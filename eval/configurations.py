"""Configurations by name: how questions are searched and answered, as data in a TOML file."""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any

from corpus import YoujuError
from index.encoders.names import DEFAULT, DEFAULT_NAMES, E5_NAMES, E5_SMALL
from retrieval.confidence import THRESHOLD
from retrieval.filters import Filters
from retrieval.ranking import MODES, Mode

CONFIGURATIONS = Path(__file__).with_name("configurations.toml")
"""Those that come with Youju, and what the committed sets come to under them."""
SECTIONS = ("configurations", "sets", "expected")
DEPTH = 100
"""Targets ranked for each question: what R@100 needs."""

OWN = dict.fromkeys(DEFAULT_NAMES, DEFAULT) | dict.fromkeys(E5_NAMES, E5_SMALL)
"""The encoders that Youju brings, by every name that they answer to."""

Table = dict[str, Any]
Test = Callable[[Any], bool]
Fields = Mapping[str, tuple[Test, str]]
"""By name: whether a value will do, and what is expected."""


class ConfigurationError(YoujuError):
    """A configuration that nobody knows, that cannot be read, or that cannot be run here."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """How the questions of a set are searched, and answered where that is asked for."""

    name: str
    about: str = ""
    mode: Mode = "hybrid"
    model: str | None = None
    """The encoder; None: the one that the library was built with."""
    reranker: str | None = None
    filters: Filters = field(default_factory=Filters)
    threshold: float = THRESHOLD
    """Confidence from which an answer is given, 0 to 1."""
    answers: bool = False
    attribution: bool = True
    """Whether a hybrid search is repeated by words alone and by meaning alone."""
    top: int = DEPTH
    day: date | None = None
    """The day on which a document is to be in force; None: the day of the run."""

    @property
    def encoder(self) -> str | None:
        """What a library that was built with `model` remembers of it; None without `model`."""
        if self.model is None:
            return None
        folder = Path(self.model).expanduser()
        return OWN.get(self.model) or (str(folder.resolve()) if folder.is_dir() else self.model)

    def shape(self) -> Table:
        """Return everything that a result depends on, by name."""
        day = self.day.isoformat() if self.day else None
        filters = {name: value for name, value in asdict(self.filters).items() if value}
        shape = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "about"}
        return shape | {"filters": filters, "day": day}


def is_text(value: Any) -> bool:
    """Whether a value is text that says something."""
    return isinstance(value, str) and bool(value.strip())


def is_number(value: Any) -> bool:
    """Whether a value is a number; True and False are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_flag(value: Any) -> bool:
    """Whether a value is true or false."""
    return isinstance(value, bool)


def is_whole(value: Any, most: int) -> bool:
    """Whether a value is a whole number from 1 to `most`."""
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= most


def is_day(value: Any) -> bool:
    """Whether a value is a day: 2026-09-01, not quoted."""
    return type(value) is date


MOST = 1000
FIELDS: Fields = {
    "about": (is_text, "text"),
    "mode": (lambda value: value in MODES, ", ".join(MODES)),
    "model": (is_text, "the name of an encoder"),
    "reranker": (is_text, "the name of a cross-encoder"),
    "filters": (lambda value: isinstance(value, dict), "a table of filters"),
    "threshold": (lambda value: is_number(value) and 0 <= value <= 1, "a number from 0 to 1"),
    "answers": (is_flag, "true or false"),
    "attribution": (is_flag, "true or false"),
    "top": (lambda value: is_whole(value, MOST), f"a whole number from 1 to {MOST}"),
    "day": (is_day, "a day such as 2026-09-01, not quoted"),
}
FILTERS: Fields = {
    **{name: (is_text, "text") for name in ("issuer", "region", "year", "status", "level", "form")},
    "documents": (lambda v: isinstance(v, list) and all(map(is_text, v)), "a list of ids"),
    "superseded": (is_flag, "true or false"),
}


def read_configurations(path: Path = CONFIGURATIONS) -> dict[str, Configuration]:
    """Return the configurations of a file by name, in its order.

    Raises ConfigurationError with everything that is wrong in them.
    """
    tables = section(read_toml(path), "configurations")
    mistakes = [said for name, table in tables.items() for said in _mistakes(name, table)]
    if mistakes:
        raise ConfigurationError(f"{path}: {'; '.join(mistakes)}")
    return {name: _configuration(name, table) for name, table in tables.items()}


def read_toml(path: Path) -> Table:
    """Return the content of a TOML file of the known sections. Raises ConfigurationError."""
    try:
        content = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read ({error.strerror})") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"{path}: not TOML ({error})") from error
    unknown = [name for name in content if name not in SECTIONS]
    if unknown:
        raise ConfigurationError(f"{path}: {_unknown('section', unknown[0], SECTIONS)}")
    return content


def section(content: Table, name: str) -> dict[str, Any]:
    """Return the tables of a section by name; none where it is missing."""
    tables = content.get(name, {})
    return tables if isinstance(tables, dict) else {name: tables}


def wrong(table: Any, known: Fields, where: str) -> Iterator[str]:
    """Yield what is wrong with the values of a table: unknown keys, values that will not do."""
    if not isinstance(table, dict):
        yield f"{where} is {table!r}: expected a table"
        return
    for key, value in table.items():
        if key not in known:
            yield f"{where}: {_unknown('key', key, known)}"
        elif not known[key][0](value):
            yield f"{where}: {key} is {value!r}, expected {known[key][1]}"


def _mistakes(name: str, table: Any) -> Iterator[str]:
    yield from wrong(table, FIELDS, name)
    filters = table.get("filters") if isinstance(table, dict) else None
    if isinstance(filters, dict):
        yield from wrong(filters, FILTERS, f"{name}.filters")


def _configuration(name: str, table: Table) -> Configuration:
    given = dict(table)
    filters: Table = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in given.pop("filters", {}).items()
    }
    return Configuration(name, filters=Filters(**filters), **given)


def chosen(names: Sequence[str], known: Mapping[str, Configuration]) -> list[Configuration]:
    """Return the named configurations. Raises ConfigurationError for a name nobody knows."""
    for name in names:
        if name not in known:
            raise ConfigurationError(_unknown("configuration", name, known))
    return [known[name] for name in dict.fromkeys(names)]


def _unknown(thing: str, name: str, known: Iterable[str]) -> str:
    return f"unknown {thing} {name!r}, expected one of {', '.join(known)}"
