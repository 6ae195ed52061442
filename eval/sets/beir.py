"""Question sets in the layout of BEIR: corpus.jsonl, queries.jsonl, qrels/<split>.tsv."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.sets.json_lines import parse_object
from eval.sets.rows import shown
from eval.sets.values import REFUSED, UNSORTED, Gold, Question, QuestionSet, Record, SetError

LONGEST_LINE = 50_000_000
"""Bytes of a line."""
MOST_MISTAKES = 10_000
"""Mistakes after which a file is read no further."""
_USUAL_SPLIT = "test"
_COLUMNS = 3
_WHOLE = re.compile(r"-?[0-9]{1,9}")

Mistakes = list[tuple[int, str]]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RecordsFile:
    """A corpus.jsonl, read anew each time."""

    path: Path

    def __iter__(self) -> Iterator[Record]:
        """Yield each record up to the first mistake; then read on for others, and raise SetError.

        So the file is read once, however large it is.
        """
        mistakes: Mistakes = []
        seen: set[str] = set()
        for line, row in _rows(self.path, mistakes):
            texts = _texts(line, row, {"_id": None, "title": "", "text": None}, mistakes)
            if texts is None:
                continue
            record = Record(*texts)
            if record.id in seen:
                mistakes.append((line, f"a second record with the _id {shown(record.id)}"))
            seen.add(record.id)
            if not mistakes:
                yield record
        if mistakes:
            raise SetError(self.path, mistakes)

    def fingerprint(self) -> str:
        """Identify the bytes of the file."""
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()[:16]


def read_beir(folder: Path, split: str | None = None) -> QuestionSet:
    """Read queries and judgements; without a split `test`, or the only one that there is.

    Only judged queries are kept, each of which is scored, also the one without a result. Raises
    SetError for what is missing, and with every mistake in a file that is malformed.
    """
    chosen = split or _split_of(folder)
    for name in ("corpus.jsonl", "queries.jsonl", f"qrels/{chosen}.tsv"):
        if not (folder / name).is_file():
            wanted = f"corpus.jsonl, queries.jsonl and {_splits(folder)}"
            raise SetError(folder, [(0, f"has no {name}: expected a BEIR folder with {wanted}")])
    qrels = _read_qrels(folder / "qrels" / f"{chosen}.tsv")
    queries = _read_queries(folder / "queries.jsonl")
    missing = sorted(qrels.keys() - queries.keys())
    if missing:
        said = f"{len(missing)} judged queries have no text ({', '.join(missing[:5])})"
        raise SetError(folder / "queries.jsonl", [(0, said)])
    return beir_set(folder, chosen, queries, qrels)


def beir_set(
    folder: Path,
    split: str,
    queries: Mapping[str, tuple[int, str]],
    qrels: Mapping[str, Mapping[str, int]],
) -> QuestionSet:
    """Return the set of the queries that are judged; each with the line that it stands in."""
    questions = [_question(name, *queries[name], split, grades) for name, grades in qrels.items()]
    return QuestionSet(folder, split, tuple(questions), RecordsFile(folder / "corpus.jsonl"))


def _question(name: str, line: int, text: str, split: str, grades: Mapping[str, int]) -> Question:
    answerable = any(grade > 0 for grade in grades.values())
    gold = tuple(Gold(record, grade=grade) for record, grade in grades.items())
    kind = UNSORTED if answerable else REFUSED[0]
    return Question(line, name, text, kind, answerable, gold, split=split)


def _split_of(folder: Path) -> str:
    found = sorted(path.stem for path in (folder / "qrels").glob("*.tsv"))
    if _USUAL_SPLIT in found or len(found) != 1:
        return _USUAL_SPLIT
    return found[0]


def _splits(folder: Path) -> str:
    found = sorted(path.stem for path in (folder / "qrels").glob("*.tsv"))
    return f"qrels for the split ({', '.join(found)})" if found else "qrels/<split>.tsv"


def _read_queries(path: Path) -> dict[str, tuple[int, str]]:
    queries: dict[str, tuple[int, str]] = {}
    mistakes: Mistakes = []
    for line, row in _rows(path, mistakes):
        texts = _texts(line, row, {"_id": None, "text": None}, mistakes)
        if texts is None:
            continue
        name, text = texts
        if name in queries:
            mistakes.append((line, f"a second query with the _id {shown(name)}"))
        queries[name] = line, text
    if mistakes:
        raise SetError(path, mistakes)
    return queries


def _read_qrels(path: Path) -> dict[str, dict[str, int]]:
    qrels: dict[str, dict[str, int]] = {}
    mistakes: Mistakes = []
    for line, text in _lines(path, mistakes):
        columns = text.split("\t")
        if line == 1 and columns[-1] == "score":
            continue
        if len(columns) != _COLUMNS or not _WHOLE.fullmatch(columns[2]):
            said = "expected query-id, corpus-id and a whole number, apart by tabs"
            mistakes.append((line, f"{said}; found {text[:60]!r}"))
            continue
        query, record, grade = columns[0], columns[1], int(columns[2])
        known = qrels.setdefault(query, {}).setdefault(record, grade)
        if known != grade:
            said = f"{shown(record)} was judged {known} for {shown(query)} before"
            mistakes.append((line, f"{said}, now {grade}: expected one judgement"))
    if not qrels and not mistakes:
        mistakes.append((0, "holds no judgement: expected query-id, corpus-id, score"))
    if mistakes:
        raise SetError(path, mistakes)
    return qrels


def _rows(path: Path, mistakes: Mistakes) -> Iterator[tuple[int, Row]]:
    """Yield the objects of a file; what is none goes to `mistakes`."""
    for line, text in _lines(path, mistakes):
        row = parse_object(text)
        if isinstance(row, str):
            mistakes.append((line, row))
        else:
            yield line, row


def _lines(path: Path, mistakes: Mistakes) -> Iterator[tuple[int, str]]:
    """Yield the lines that are not blank, with their numbers from 1."""
    with path.open("rb") as file:
        line = 0
        while (data := file.readline(LONGEST_LINE + 1)) and len(mistakes) < MOST_MISTAKES:
            line += 1
            if len(data) > LONGEST_LINE:
                mistakes.append((line, f"a line of over {LONGEST_LINE / 1e6:.0f} MB: split it"))
                return
            try:
                text = data.decode("utf-8-sig" if line == 1 else "utf-8")
            except UnicodeDecodeError as error:
                mistakes.append((line, f"not UTF-8 text ({error.reason})"))
                continue
            if text.strip():
                yield line, text.rstrip("\r\n")


def _texts(
    line: int, row: Row, wanted: Mapping[str, str | None], mistakes: Mistakes
) -> list[str] | None:
    """The texts under some keys, with what stands for one that is missing; None for a mistake."""
    found = [_text(row, key, default) for key, default in wanted.items()]
    wrong = [said for _, said in found if said]
    mistakes += ((line, said) for said in wrong)
    return None if wrong else [text for text, _ in found]


def _text(row: Row, key: str, default: str | None) -> tuple[str, str]:
    """The text under a key, and what is wrong with it; an _id may be a whole number."""
    value = row.get(key)
    if value is None and default is not None:
        return default, ""
    if key == "_id" and isinstance(value, int):
        return str(value), ""
    if not isinstance(value, str) or (key == "_id" and not value):
        found = f"found {shown(value)}" if key in row else "found none"
        return "", f"expected text under {key!r}, {found}"
    try:
        value.encode()
    except UnicodeEncodeError as error:
        return "", f"{key} holds half a character ({error.reason})"
    return value, ""
