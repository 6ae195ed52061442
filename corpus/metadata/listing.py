"""A metadata.csv: what the user says of the files beside it, one row a file.

The first row names the columns, in English or Chinese; 文件 (file) is the one that must be there.
Excel writes such a file as UTF-8 with a byte order mark or as GBK, Numbers and WPS with ; or tabs.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from corpus.decode import decode
from corpus.document import Metadata
from corpus.errors import ReadError
from corpus.fields import SEVERAL
from corpus.metadata.dates import read_date
from corpus.metadata.places import LEVELS
from corpus.spans import Given

LISTING = "metadata.csv"
"""The name of the file, and what its values are given by."""

STATUSES = ("现行", "征求意见稿", "试行", "已废止", "已被替代", "不明")

_COLUMNS = {
    "file": "文件|文件名|路径|file|filename|path",
    "title": "标题|题名|名称|title",
    "issuers": "发文机关|发文单位|发布机关|制定机关|issuer|issuers",
    "number": "文号|发文字号|number",
    "date": "成文日期|发文日期|日期|date",
    "published": "发布日期|公布日期|published",
    "effective": "施行日期|实施日期|生效日期|effective",
    "repealed": "废止日期|失效日期|有效期至|repealed",
    "level": "层级|级别|level",
    "region": "地区|地域|区域|行政区划|region",
    "form": "文种|类型|公文种类|form|type",
    "status": "状态|时效性|status",
    "based_on": "依据|制定依据|based_on",
    "replaces": "替代|取代|废止文件|replaces",
    "": "备注|序号|note|notes|remark",
}
_FIELD_OF = {name: column for column, names in _COLUMNS.items() for name in names.split("|")}
_DATES = ("date", "published", "effective", "repealed")
_LEVEL_NAMES = {
    "国家": "国家|国家级|全国|中央|部委",
    "省": "省|省级|自治区|自治区级",
    "市": "市|市级|地市级|州|州级",
    "县": "县|县级|区县|区县级|区级|县区",
    "校": "校|校级|学校",
}
LEVEL_OF = {name: level for level, names in _LEVEL_NAMES.items() for name in names.split("|")}
"""The level for each name that a cell or a folder may give it."""

LARGEST = 2_000_000
MOST_ROWS = 20_000
LONGEST_CELL = 500
_MOST_PROBLEMS = 50


@dataclass(slots=True)
class Listing:
    """What one metadata.csv gives for each file, and what in it cannot be used, a line each."""

    rows: dict[str, Metadata] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def values_for(self, name: PurePath) -> Metadata:
        """Return what is given for the file `name`, a path relative to the table's folder."""
        whole, bare = name.as_posix(), name.with_suffix("").as_posix()
        return self.rows.get(whole) or self.rows.get(bare) or Metadata()


def read_listing(path: Path, root: Path) -> Listing:
    """Read the metadata.csv at `path`, if it is there; it must not lead out of `root`.

    What cannot be used is told in `problems`, and all the rest is used.
    """
    if not path.is_file():
        return Listing()
    try:
        if not path.resolve().is_relative_to(root.resolve()):
            raise ReadError("it is a link that leads out of the folder: copy the file here")
        if path.stat().st_size > LARGEST:
            raise ReadError(f"it is over {LARGEST / 1e6:.0f} MB: split it by folder")
        return parse_listing(path.read_bytes(), path.parent)
    except ReadError as error:
        return Listing(problems=[str(error)])
    except OSError as error:
        return Listing(problems=[f"it cannot be opened ({error.strerror}): check its rights"])


def parse_listing(data: bytes, folder: Path) -> Listing:
    """Read a metadata.csv from its bytes; `folder` is where the files it names should be.

    Raises ReadError where it is no table with a column for the file.
    """
    rows = _rows(decode(data)[0])
    columns = next((row for _, row in rows if any(row)), None)
    if columns is None:
        raise ReadError("it is empty: the first row names the columns, 文件 among them")
    fields = [_FIELD_OF.get(name.strip().lower()) for name in columns]
    if "file" not in fields:
        raise ReadError(f"it has no column 文件 (file), but {_some(columns)}: name one so")
    listing, beside = Listing(problems=list(_odd_columns(columns, fields))), _Beside(folder)
    for number, row in rows:
        if any(row):
            _take(listing, beside, number, _cells(fields, row))
    _shorten(listing)
    return listing


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows with the number of the line each ends on, cells without white space around them."""
    head = text.lstrip("\n").split("\n", 1)[0]
    delimiter = max(",\t;", key=head.count)
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=delimiter)
    try:
        for count, row in enumerate(reader):
            if count > MOST_ROWS:
                raise ReadError(f"it has over {MOST_ROWS} rows: split it by folder")
            yield reader.line_num, [" ".join(cell.split()) for cell in row]
    except csv.Error as error:
        raise ReadError(f"line {reader.line_num} is no row of a table ({error})") from error


def _odd_columns(columns: Sequence[str], fields: Sequence[str | None]) -> Iterator[str]:
    for name, column in zip(columns, fields, strict=True):
        if column is None and name:
            known = "、".join(names.split("|")[0] for names in _COLUMNS.values())
            yield f"the column {_some([name])} is not known and was passed over (known: {known})"
        elif column and fields.count(column) > 1 and columns[fields.index(column)] != name:
            yield f"the column {_some([name])} says the same as another: the first one is used"


def _cells(fields: Sequence[str | None], row: Sequence[str]) -> dict[str, str]:
    """The filled cells by field; where two columns are of one field, the first."""
    cells: dict[str, str] = {}
    for column, cell in zip(fields, row, strict=False):
        if column and cell:
            cells.setdefault(column, cell)
    return cells


class _Beside:
    """The files that a table can name: by name, or by name without extension."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._stems: dict[Path, set[str]] = {}

    def holds(self, name: str) -> bool:
        path = PurePath(name)
        if path.is_absolute() or ".." in path.parts:
            return False
        if (self.folder / path).is_file():
            return True
        parent = (self.folder / path).parent
        if parent not in self._stems:
            inside = parent.iterdir() if parent.is_dir() else ()
            self._stems[parent] = {file.stem for file in inside}
        return path.name in self._stems[parent]


def _take(listing: Listing, beside: _Beside, number: int, cells: Mapping[str, str]) -> None:
    name = cells.get("file", "").replace("\\", "/").removeprefix("./")
    if not name:
        listing.problems.append(f"line {number} names no file and was passed over")
        return
    values: dict[str, Given | tuple[Given, ...]] = {}
    for column, cell in cells.items():
        if column == "file":
            continue
        value, expected = given_value(column, cell, LISTING)
        if expected:
            problem = f"line {number}: {column} is {_some([cell])}, expected {expected}"
            listing.problems.append(f"{problem}; this cell was passed over")
        elif value:
            values[column] = value
    metadata = Metadata(**values)  # type: ignore[arg-type]
    known = listing.rows.setdefault(name, metadata)
    if known != metadata:
        listing.problems.append(f"line {number} names {_some([name])} again: the first one is used")
    if not beside.holds(name):
        listing.problems.append(f"line {number}: there is no file {_some([name])} in this folder")


def given_value(column: str, cell: str, by: str) -> tuple[Given | tuple[Given, ...] | None, str]:
    """Return the value of a cell, given by `by`, or what was expected in it."""
    if len(cell) > LONGEST_CELL:
        return None, f"at most {LONGEST_CELL} characters"
    if column in SEVERAL:
        parts = [part.strip() for part in re.split(r"[、；;|]", cell)]
        return tuple(Given(part, by) for part in parts if part), ""
    if column in _DATES:
        return _checked(read_date(cell), by, "a date such as 2024-05-01, 2024-05 or 2024")
    if column == "level":
        return _checked(LEVEL_OF.get(cell), by, "、".join(LEVELS))
    if column == "status":
        known = cell if cell in STATUSES else None
        return (None, "") if cell == "不明" else _checked(known, by, "、".join(STATUSES))
    return Given(cell, by), ""


def _checked(value: str | None, by: str, expected: str) -> tuple[Given | None, str]:
    return (Given(value, by), "") if value else (None, expected)


def _some(names: Sequence[str]) -> str:
    """The names in quotes, cut short."""
    return "、".join(f"“{name[:40]}”" for name in names[:8] if name)


def _shorten(listing: Listing) -> None:
    more = len(listing.problems) - _MOST_PROBLEMS
    if more > 0:
        listing.problems[_MOST_PROBLEMS:] = [f"and {more} more lines like these"]
