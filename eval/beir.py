"""Data sets in the layout of BEIR: corpus.jsonl, queries.jsonl, qrels/<split>.tsv."""

import csv
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

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
        for line, row in _json_lines(self.folder / "corpus.jsonl"):
            if "_id" not in row or "text" not in row:
                raise DatasetError(f"{self.folder}/corpus.jsonl:{line}: expected _id and text")
            yield Record(str(row["_id"]), row.get("title") or "", row["text"])

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
    queries = {str(row["_id"]): row["text"] for _, row in _json_lines(folder / "queries.jsonl")}
    missing = sorted(qrels.keys() - queries.keys())
    if missing:
        raise DatasetError(f"{folder}: {len(missing)} judged queries have no text ({missing[0]})")
    return Dataset(folder, split, {query: queries[query] for query in qrels}, qrels)


def _splits(folder: Path) -> str:
    found = sorted(path.stem for path in (folder / "qrels").glob("*.tsv"))
    return f"qrels for the split ({', '.join(found)})" if found else "qrels/<split>.tsv"


def _read_qrels(path: Path) -> dict[str, dict[str, int]]:
    qrels: dict[str, dict[str, int]] = {}
    with path.open(encoding="utf-8") as file:
        for line, row in enumerate(csv.reader(file, delimiter="\t"), start=1):
            if line == 1 and row[-1] == "score":
                continue
            if len(row) != 3 or not row[2].lstrip("-").isdigit():
                raise DatasetError(f"{path}:{line}: expected query-id, corpus-id, score")
            qrels.setdefault(row[0], {})[row[1]] = int(row[2])
    return qrels


def _json_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    with path.open(encoding="utf-8") as file:
        for line, text in enumerate(file, start=1):
            try:
                row = json.loads(text)
            except json.JSONDecodeError as error:
                raise DatasetError(f"{path}:{line}: not JSON ({error.msg})") from error
            yield line, row
