"""A few of the kills that `python -m benchmarks.kills` does by the hundred, and what it sees."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from benchmarks.doomed import Step, has_unfinished_log, text_of, work
from benchmarks.kills import problems
from index import Library
from tests.fakes import KeywordEncoder
from tests.test_library import needs_kill

ROOT = Path(__file__).parents[1]
STEPS = [Step("add", ("甲.txt", "乙.txt"), 1), Step("remove", ("甲.txt",)), Step("caches")]


@needs_kill
def test_killed_processes_leave_whole_libraries() -> None:
    command = [sys.executable, "-m", "benchmarks.kills", "--kills", "6", "--seed", "7"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0].startswith("6 processes killed")
    assert "problems: 0" in lines


def written(place: Path) -> Library:
    (place / "sources").mkdir()
    told: list[int] = []
    work(place / "library", place / "sources", STEPS, lambda: told.append(1))
    assert len(told) == sum(len(step.changes) for step in STEPS) == 4
    return Library(place / "library", lambda name: KeywordEncoder())


def test_what_is_lost_or_changed_is_seen(tmp_path: Path) -> None:
    library = written(tmp_path)
    assert problems(library, tmp_path, [{"乙.txt": 1}]) == []
    shutil.rmtree(tmp_path / "fresh")
    (lost,) = problems(library, tmp_path, [{"甲.txt": 1, "乙.txt": 1}])
    assert lost.startswith("holds {'乙.txt': 1}, expected one of")


def test_a_search_that_differs_is_seen(tmp_path: Path) -> None:
    library = written(tmp_path)
    with closing(sqlite3.connect(library.store.path)) as connection, connection:
        connection.execute("UPDATE passages SET start = start + 1")
        connection.execute("UPDATE meta SET value = '7' WHERE key = 'generation'")
    library.clear_cache()
    assert any("searched" in line for line in problems(library, tmp_path, [{"乙.txt": 1}]))


def test_no_two_versions_have_an_article_in_common() -> None:
    first, second = (set(text_of("甲.txt", version).splitlines()) for version in (1, 2))
    assert not first & second


def test_a_transaction_that_was_cut_off_is_seen_in_the_log(tmp_path: Path) -> None:
    path, log = tmp_path / "a.db", tmp_path / "a.db-wal"
    assert not has_unfinished_log(log)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE t (x)")
        assert not has_unfinished_log(log)
        # So many rows do not fit the memory that they may have, and are written before the end.
        connection.execute("PRAGMA cache_size = 2")
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO t VALUES (?)", [("x" * 1000,)] * 500)
        assert has_unfinished_log(log)
        connection.execute("COMMIT")
        assert not has_unfinished_log(log)
