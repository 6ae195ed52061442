"""A library that an earlier Youju made opens, keeps every word, and is read anew when added."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

from corpus import Document, parse
from corpus.facts import NO_FACTS
from index import LibraryError
from index.database import DATABASE
from index.passages import split_passages
from index.schema import APPLICATION_ID, MIGRATIONS
from index.store import Store
from tests.fakes import CANTEEN, PLAN

FIRST_FIELDS = ("title", "issuers", "number", "date", "status", "region", "replaces")


def first_seal(*values: Any) -> int:
    """The seal as the first format wrote it."""
    return crc32(json.dumps(values, ensure_ascii=False).encode())


def write_first_format(folder: Path, *documents: Document) -> None:
    """Make a library as format 1 did: notes are plain lines, clauses have no facts."""
    with closing(sqlite3.connect(folder / DATABASE)) as connection, connection:
        connection.executescript(MIGRATIONS[0])
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("PRAGMA user_version = 1")
        for document in documents:
            insert_first_format(connection, document)


def insert_first_format(connection: sqlite3.Connection, document: Document) -> None:
    metadata = {name: getattr(document.metadata, name) for name in FIRST_FIELDS}
    facts = [document.id, document.source, "utf-8", metadata, ["一处提示"]]
    facts[3:] = [json.dumps(value, ensure_ascii=False) for value in facts[3:]]
    clauses = [
        [
            *(c.id, c.document_id, c.kind, c.address, json.dumps(c.path, ensure_ascii=False)),
            *(c.start, c.end, json.dumps(c.parts, ensure_ascii=False)),
            json.dumps(c.units, ensure_ascii=False),
        ]
        for c in document
    ]
    text_seal = first_seal(document.text, clauses)
    connection.execute(
        "INSERT INTO documents (id, source, encoding, metadata, notes, added_at, facts_seal,"
        " text_seal, text) VALUES (?, ?, ?, ?, ?, '2026-01-01', ?, ?, ?)",
        (*facts, first_seal(*facts), text_seal, document.text),
    )
    connection.executemany("INSERT INTO clauses VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", clauses)
    connection.executemany(
        'INSERT INTO passages (clause_id, start, "end", text_hash) VALUES (?, ?, ?, ?)',
        ((p.clause_id, p.start, p.end, p.text_hash) for p in split_passages(document)),
    )


def test_a_library_of_the_first_format_opens_with_every_word(tmp_path: Path) -> None:
    plan, canteen = parse("d1", "plan.txt", PLAN), parse("d2", "canteen.txt", CANTEEN)
    write_first_format(tmp_path, plan, canteen)
    store = Store(tmp_path)
    assert [d.id for d in store.documents()] == ["d1", "d2"]
    stored = store.document("d1")
    assert stored is not None
    assert stored.text == plan.text
    assert [c.span for c in stored] == [c.span for c in plan]
    assert stored.metadata.title == plan.metadata.title
    assert stored.metadata.form is None
    assert (stored.format, stored.pages, stored.notes) == ("txt", (), ())
    assert all(clause.facts == NO_FACTS for clause in stored)
    assert len(store.passages()) == len(split_passages(plan)) + len(split_passages(canteen))


def test_what_an_earlier_youju_read_is_read_anew_and_then_left_alone(tmp_path: Path) -> None:
    plan = parse("d1", "plan.txt", PLAN)
    write_first_format(tmp_path, plan)
    store = Store(tmp_path)
    assert store.put(plan, split_passages(plan)) == "replaced"
    assert store.document("d1") == plan
    assert store.put(plan, split_passages(plan)) == "unchanged"
    assert [d.id for d in store.documents()] == ["d1"]


def test_the_same_bytes_from_elsewhere_are_left_as_they_were_read(tmp_path: Path) -> None:
    write_first_format(tmp_path, parse("d1", "plan.txt", PLAN))
    store = Store(tmp_path)
    elsewhere = parse("d1", "copy.txt", PLAN)
    assert store.put(elsewhere, split_passages(elsewhere)) == "unchanged"
    assert [d.source for d in store.documents()] == ["plan.txt"]


def test_a_changed_letter_of_an_old_row_is_noticed(tmp_path: Path) -> None:
    plan = parse("d1", "plan.txt", PLAN)
    write_first_format(tmp_path, plan)
    store = Store(tmp_path)
    with closing(sqlite3.connect(tmp_path / DATABASE)) as connection, connection:
        connection.execute(
            "UPDATE clauses SET address = '九、' WHERE id = ?", (plan.clauses[1].id,)
        )
    with pytest.raises(LibraryError, match="damaged"):
        store.document("d1")
