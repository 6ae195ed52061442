"""What the user says of the files beside them: a metadata.csv, and the names of their folders.

A value in metadata.csv corrects what was read; the name of a folder (河南省, 市级, 2024) only
fills what the text leaves open.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

from corpus.document import Metadata, Value
from corpus.errors import ReadError
from corpus.fields import FOLDER, LABELS, field_values, over
from corpus.metadata.listing import (
    LEVEL_OF,
    LISTING,
    LONGEST_CELL,
    Listing,
    given_value,
    read_listing,
)
from corpus.metadata.places import read_region
from corpus.notes import Note
from corpus.spans import Given, Stated

_YEAR = re.compile(r"(?P<year>(?:19|20)\d{2})年?")
_EMPTY = Metadata()

MOST_WRITTEN = 4 * LONGEST_CELL
"""Characters of a cell that are looked at, white space among them."""


class GivenValues(NamedTuple):
    """What is given for one file; every value in both is a `Given`."""

    listed: Metadata = _EMPTY
    folders: Metadata = _EMPTY


class GivenFolder:
    """What is given within one folder; each metadata.csv in it is read once.

    `root` is the folder that the user named, or the one of the file that the user named. Its own
    name counts, those above it do not.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._listings: dict[Path, Listing] = {}

    def values_for(self, path: Path) -> GivenValues:
        """Return what is given for a file inside the folder; the nearest table or name wins.

        Raises ValueError where `path` is not inside the folder.
        """
        inside = path.relative_to(self.root)
        above = (self.root, *(self.root / folder for folder in reversed(inside.parents[:-1])))
        listed = _EMPTY
        for folder in above:
            name = path.relative_to(folder)
            listed = over(self._listing(folder).values_for(name), listed)
        names = [self.root.resolve().name, *inside.parts[:-1]]
        return GivenValues(listed, _named(names))

    def problems(self) -> Iterator[tuple[str, ReadError]]:
        """What cannot be used in the tables read so far, a line each, with the table's path."""
        for folder, listing in self._listings.items():
            for line in listing.problems:
                yield str(folder / LISTING), ReadError(line)

    def _listing(self, folder: Path) -> Listing:
        if folder not in self._listings:
            self._listings[folder] = read_listing(folder / LISTING, self.root)
        return self._listings[folder]


def read_values(cells: Mapping[str, str], by: str) -> tuple[Metadata, dict[str, str]]:
    """Return the values of fields as a person wrote them, and what was expected of wrong ones.

    An empty cell gives nothing. White space is one space each, and what cannot be seen is left out.
    """
    values: dict[str, Given | tuple[Given, ...]] = {}
    wrong: dict[str, str] = {}
    for name, written in cells.items():
        if len(written) > MOST_WRITTEN:
            wrong[name] = f"at most {LONGEST_CELL} characters"
            continue
        cell = "".join(filter(str.isprintable, " ".join(written.split())))
        value, expected = given_value(name, cell, by) if cell else (None, "")
        if expected:
            wrong[name] = expected
        elif value:
            values[name] = value
    return Metadata(**values), wrong  # type: ignore[arg-type]


def complete(metadata: Metadata, given: GivenValues) -> tuple[Metadata, tuple[Note, ...]]:
    """Return the metadata with what is given, and a note for each value that was overruled.

    A document of the whole country has no region, whatever folder it is kept in.
    """
    notes = tuple(_overruled(metadata, given.listed))
    corrected = over(given.listed, metadata)
    folders = given.folders
    level = corrected.level or folders.level
    if level and level.value == "国家":
        folders = replace(folders, region=None)
    return over(corrected, folders), notes


def _overruled(read: Metadata, listed: Metadata) -> Iterator[Note]:
    for name, label in LABELS.items():
        before, after = field_values(read, name), field_values(listed, name)
        if before and after and _folded(before) != _folded(after):
            span = before[0].span if isinstance(before[0], Stated) else None
            yield Note("overruled", (label, _joined(after), _joined(before)), span)


def _joined(values: tuple[Value, ...]) -> str:
    return "、".join(value.value for value in values)


def _folded(values: tuple[Value, ...]) -> set[str]:
    # Loads numpy, which `youju --help` can do without.
    from corpus.fold import fold_text

    return {re.sub(r"\s", "", fold_text(value.value)) for value in values}


def _named(names: list[str]) -> Metadata:
    """What the names of folders tell, those further down first."""
    found = _EMPTY
    for name in reversed(names):
        found = over(found, _named_by(name))
    return found


@cache
def _named_by(name: str) -> Metadata:
    year = _YEAR.fullmatch(name)
    if year:
        return Metadata(date=Given(year["year"], FOLDER))
    if name in LEVEL_OF:
        return Metadata(level=Given(LEVEL_OF[name], FOLDER))
    region = read_region(name) if len(name) <= 40 else None
    return Metadata(region=Given(region, FOLDER)) if region else _EMPTY
