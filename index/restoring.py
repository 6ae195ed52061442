"""A backup becomes a library again: checked first, then put in place whole.

All of it is made ready in a folder within the library's; the renaming of that folder is the
moment from which on the library is the restored one. A process that is killed before leaves the
library as it was; what one that is killed later did not come to, the next one that opens the
library does.
"""

import json
import os
import shutil
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from index.backup import unpack
from index.contents import Contents
from index.copying import (
    BROKEN,
    BackupError,
    as_one_file,
    copy_database,
    in_one_line,
    is_database,
)
from index.database import DATABASE, STAGED, names_in
from index.schema import migrate
from index.snapshot import ABANDONED_SECONDS

READY = STAGED
"""The folder of what is to be put in place."""
_PLAN = "plan.json"
_LOCK = "lock"
_SECONDS = 120.0
"""How long one process waits for another that puts a backup in place."""
_LOGS = ("-wal", "-shm", "-journal")


def restore(
    archive: Path,
    folder: Path,
    beside: Sequence[str] = (),
    replace: bool = False,
    staying: Sequence[str] = (),
) -> Contents:
    """Make `folder` the library that was backed up to `archive`, with the files `beside` it.

    A library that is there is only replaced where `replace` says so; who has it open sees the
    restored one from then on. What the backup does not hold goes, but for what is `staying`.
    Raises BackupError or LibraryError, and changes nothing, where the
    backup is not as it was written or cannot be put there.
    """
    finish_restore(folder)
    _check_place(folder, replace)
    is_new = not folder.exists()
    try:
        with in_one_line(folder):
            folder.mkdir(parents=True, exist_ok=True)
            _sweep(folder)
            found = _make_ready(archive, folder, beside, staying)
    except BaseException:
        if is_new:
            with suppress(OSError):
                folder.rmdir()
        raise
    finish_restore(folder)
    return found


def finish_restore(folder: Path) -> None:
    """Put in place what a restore made ready, where one was cut off; else do nothing.

    Raises BackupError where that cannot be done now: what is ready stays.
    """
    ready = folder / READY
    if not ready.is_dir():
        return
    with in_one_line(folder), _alone(ready):
        plan = ready / _PLAN
        if plan.exists():
            _put_in_place(ready, folder, json.loads(plan.read_bytes()))
            plan.unlink()
    shutil.rmtree(ready, ignore_errors=True)


def _check_place(folder: Path, replace: bool) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise BackupError(f"{folder} is a file, a library is a folder: name another place")
    held = names_in(folder)
    if DATABASE in held and not replace:
        raise BackupError(
            f"{folder} holds a library already: name a new folder, or say --replace, which puts "
            "the documents of the backup in the place of those that are there"
        )
    if held and DATABASE not in held:
        raise BackupError(f"{folder} holds files, but no {DATABASE}: name an empty or new folder")


# --- making ready ---------------------------------------------------------------------------


def _make_ready(
    archive: Path, folder: Path, beside: Sequence[str], staying: Sequence[str]
) -> Contents:
    with TemporaryDirectory(prefix=f"{STAGED}-", dir=folder) as near:
        fresh = Path(near) / "parts"
        fresh.mkdir()
        found = unpack(archive, fresh, (DATABASE, *beside))
        _fit(fresh / DATABASE, folder / DATABASE)
        _check_room(fresh, folder)
        put = [name for name in (*beside, DATABASE) if (fresh / name).exists()]
        plan = {"put": put, "drop": [n for n in beside if n not in (*put, *staying)]}
        (fresh / _PLAN).write_text(json.dumps(plan), encoding="utf-8")
        for path in fresh.iterdir():
            _force_to_disk(path)
        fresh.rename(folder / READY)
    return found


def _fit(fresh: Path, present: Path) -> None:
    """Bring a database to the newest format, and to the size of page of the one it replaces."""
    with closing(sqlite3.connect(fresh, isolation_level=None)) as database:
        migrate(database, fresh)
    as_one_file(fresh)
    size = _page_size(present) if present.exists() else None
    if size not in (None, _page_size(fresh)):
        with closing(sqlite3.connect(fresh, isolation_level=None)) as database:
            database.execute(f"PRAGMA page_size = {size}")
            database.execute("VACUUM")


def _page_size(path: Path) -> int | None:
    """The bytes of a page; None of a file that is damaged, which is then replaced as a whole."""
    try:
        with closing(sqlite3.connect(path)) as database:
            found: int = database.execute("PRAGMA page_size").fetchone()[0]
            return found
    except sqlite3.DatabaseError as error:
        if not _is_broken(error):
            raise
        return None


def _check_room(fresh: Path, folder: Path) -> None:
    """Refuse before anything is replaced where the log of the replacing would not fit."""
    needed = sum(path.stat().st_size for path in fresh.iterdir())
    free = shutil.disk_usage(folder).free
    if (folder / DATABASE).exists() and free < needed:
        raise BackupError(
            f"{folder} has {free / 1e6:,.0f} MB left, expected {needed / 1e6:,.0f}: make room"
        )


def _force_to_disk(path: Path) -> None:
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def _sweep(folder: Path) -> None:
    """Delete what a killed process left half unpacked."""
    for left in folder.glob(f"{STAGED}-*"):
        if time.time() - left.stat().st_mtime > ABANDONED_SECONDS:
            shutil.rmtree(left, ignore_errors=True)


# --- putting in place -----------------------------------------------------------------------


def _put_in_place(ready: Path, folder: Path, plan: dict[str, list[str]]) -> None:
    """Put each part in place; one that is no longer ready was put there before."""
    for name in plan["drop"]:
        (folder / name).unlink(missing_ok=True)
    for name in plan["put"]:
        if (ready / name).exists():
            _put(ready / name, folder / name)


def _put(fresh: Path, target: Path) -> None:
    if is_database(fresh) and target.exists() and _is_written_into(fresh, target):
        fresh.unlink()
        return
    # The log of a file that is no longer there would be read as that of the new one.
    for ending in _LOGS:
        target.with_name(target.name + ending).unlink(missing_ok=True)
    os.replace(fresh, target)


def _is_written_into(fresh: Path, target: Path) -> bool:
    """Write one database into another one; False where that is too damaged to be written to."""
    try:
        copy_database(fresh, target)
    except sqlite3.DatabaseError as error:
        if not _is_broken(error):
            raise
        return False
    return True


def _is_broken(error: sqlite3.Error) -> bool:
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK) & 0xFF in BROKEN


@contextmanager
def _alone(ready: Path) -> Iterator[None]:
    """Keep others from putting the same in place; who waited finds it done."""
    with closing(sqlite3.connect(ready / _LOCK, timeout=_SECONDS, isolation_level=None)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        yield
