"""Data sets in the layout of BEIR: corpus.jsonl, queries.jsonl, qrels/<split>.tsv."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from corpus import YoujuError


class DatasetError(YoujuError):
    """A data set that cannot be read; the message names the file and the line."""


class Record(NamedTuple):
    """One document of the corpus."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Dataset:
    """Records, queries by id, and relevant record ids with their grade by query id."""

    folder: Path
    split: str
    queries: dict[str, str]
    qrels: dict[str, dict[str, int]]

    @property
    def name(self) -> str:
        """The folder's name."""
        return self.folder.resolve().name

    def records(self) -> Iterator[Record]:
        """Read the corpus, one record at a time."""
        path, seen = self.folder / "corpus.jsonl", set[str]()
        for line, row in _json_lines(path):
            record = Record(
                _string(row, "_id", path, line),
                _string(row, "title", path, line, default=""),
                _string(row, "text", path, line),
            )
            if record.id in seen:
                raise DatasetError(f"{path}:{line}: a second record with the _id {record.id!r}")
            seen.add(record.id)
            yield record

    def fingerprint(self) -> str:
        """Identify the bytes of the corpus."""
        with (self.folder / "corpus.jsonl").open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()[:16]


def read_dataset(folder: Path, split: str) -> Dataset:
    """Read queries and judgements. Raises DatasetError for what is missing or malformed.

    Only judged queries are kept, each of which is scored, also the one without a result.
    """
    for name in ("corpus.jsonl", "queries.jsonl", f"qrels/{split}.tsv"):
        if not (folder / name).is_file():
            raise DatasetError(
                f"{folder} has no {name}: expected a BEIR folder with corpus.jsonl, "
                f"queries.jsonl and {_splits(folder)}"
            )
    qrels = _read_qrels(folder / "qrels" / f"{split}.tsv")
    queries = dict(_read_queries(folder / "queries.jsonl"))
    missing = sorted(qrels.keys() - queries.keys())
    if missing:
        raise DatasetError(f"{folder}: {len(missing)} judged queries have no text ({missing[0]})")
    return Dataset(folder, split, {query: queries[query] for query in qrels}, qrels)


def _splits(folder: Path) -> str:
    found = sorted(path.stem for path in (folder / "qrels").glob("*.tsv"))
    return f"qrels for the split ({', '.join(found)})" if found else "qrels/<split>.tsv"


def _read_queries(path: Path) -> Iterator[tuple[str, str]]:
    for line, row in _json_lines(path):
        yield _string(row, "_id", path, line), _string(row, "text", path, line)


def _read_qrels(path: Path) -> dict[str, dict[str, int]]:
    qrels: dict[str, dict[str, int]] = {}
    for line, text in _lines(path):
        columns = text.split("\t")
        if line == 1 and columns[-1] == "score":
            continue
        if len(columns) != 3 or not re.fullmatch(r"-?[0-9]+", columns[2]):
            raise DatasetError(
                f"{path}:{line}: expected query-id, corpus-id and a whole number, "
                f"apart by tabs; found {text[:60]!r}"
            )
        qrels.setdefault(columns[0], {})[columns[1]] = int(columns[2])
    if not qrels:
        raise DatasetError(f"{path} holds no judgement: expected query-id, corpus-id, score")
    return qrels


def _json_lines(path: Path) -> Iterator[tuple[int, dict[str, object]]]:
    for line, text in _lines(path):
        try:
            row = json.loads(text)
        except json.JSONDecodeError as error:
            raise DatasetError(f"{path}:{line}: not JSON ({error.msg})") from error
        if not isinstance(row, dict):
            raise DatasetError(f"{path}:{line}: expected an object, found {text[:60]}")
        yield line, row


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines that are not blank, with their numbers from 1."""
    line = 0
    try:
        with path.open(encoding="utf-8-sig") as file:
            for line, text in enumerate(file, start=1):
                if text.strip():
                    yield line, text.rstrip("\n")
    except UnicodeDecodeError as error:
        raise DatasetError(f"{path}: not UTF-8 text after line {line} ({error.reason})") from error


def _string(
    row: dict[str, object], key: str, path: Path, line: int, default: str | None = None
) -> str:
    """The text under `key`; numbers are accepted for the _id of a record or query."""
    value = row.get(key)
    if value is None and default is not None:
        return default
    if key == "_id" and isinstance(value, int):
        return str(value)
    if not isinstance(value, str) or (key == "_id" and not value):
        found = f"found {json.dumps(value)[:60]}" if key in row else "found none"
        raise DatasetError(f"{path}:{line}: expected text under {key!r}, {found}")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise DatasetError(
            f"{path}:{line}: {key} holds half a character ({error.reason})"
        ) from error
    return value
