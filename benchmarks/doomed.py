"""A process that writes to a library until it is killed, and what it had begun when it was.

Every change is one document put or removed, or a cache built anew; the process acknowledges each
on a pipe when the library has reported it. What it does at every moment stands in shared memory,
which outlives it.
"""

import mmap
import os
import random
import signal
import sqlite3
import struct
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from index import Library
from tests.fakes import KeywordEncoder, regulation

PHASES = (
    "reading, indexing, encoding",
    "writing rows",
    "committing",
    "writing a cache",
    "renaming a cache",
    "deleting old caches",
)
WORKING, ROWS, COMMIT, CACHE, RENAME, SWEEP = range(len(PHASES))
_COUNTS = struct.Struct(f"={1 + len(PHASES)}Q")
_FRAME = struct.Struct(">6I")
ARTICLES = 6
_ENDED = os.WEXITED | os.WNOHANG | os.WNOWAIT

Tell = Callable[[], object]


class Change(NamedTuple):
    """One acknowledged step: documents put with the version of each, or removed (None)."""

    documents: dict[str, int | None]


class Step(NamedTuple):
    """One call of the library: add files, remove some, or build the caches anew."""

    verb: str
    names: tuple[str, ...] = ()
    version: int = 0

    @property
    def changes(self) -> list[Change]:
        """What it acknowledges, in order: documents that are added one by one."""
        if self.verb == "add":
            return [Change({name: self.version}) for name in self.names]
        return [Change(dict.fromkeys(self.names))]


class Watched:
    """What a process began last and how often it began each, in memory that two processes share."""

    def __init__(self) -> None:
        self._shared = mmap.mmap(-1, _COUNTS.size)

    def begin(self, phase: int) -> None:
        """Note that something of a kind begins."""
        _, *counts = self.seen
        counts[phase] += 1
        _COUNTS.pack_into(self._shared, 0, phase, *counts)

    @property
    def seen(self) -> tuple[int, ...]:
        """What began last, and how often each began."""
        return _COUNTS.unpack_from(self._shared, 0)

    def watch(self) -> None:
        """Note from now on what this process does to files and databases."""
        sys.addaudithook(self._noticed)
        connect = sqlite3.connect

        def traced(*arguments: Any, **options: Any) -> sqlite3.Connection:
            connection = connect(*arguments, **options)
            connection.set_trace_callback(self._stated)
            return connection

        sqlite3.connect = traced

    def _noticed(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and str(arguments[0]).endswith((".npy", "manifest.json")):
            self.begin(CACHE if _writes(arguments[1]) else WORKING)
        elif event in ("os.rename", "shutil.rmtree"):
            self.begin(RENAME if event == "os.rename" else SWEEP)

    def _stated(self, statement: str) -> None:
        verb = statement.split(None, 1)[0]
        kinds = {"COMMIT": COMMIT, "INSERT": ROWS, "DELETE": ROWS, "UPDATE": ROWS}
        self.begin(kinds.get(verb, WORKING))


def _writes(mode: object) -> bool:
    return isinstance(mode, str) and mode[:1] in "wax"


def plan(seed: int) -> list[Step]:
    """Steps that add in ones and threes, replace, remove and build caches, drawn by `seed`."""
    chance = random.Random(seed)
    names = [f"{place}.txt" for place in "甲乙丙丁戊己庚辛"]
    steps, versions = [Step("add", (names[0],))], {names[0]: 0}
    for version in range(1, 9):
        verb = chance.choice(("add one", "add three", "replace", "remove", "caches"))
        held = sorted(versions)
        if verb == "caches":
            steps.append(Step("caches"))
        elif verb == "remove" and len(held) > 1:
            gone = tuple(chance.sample(held, chance.randint(1, 2)))
            steps.append(Step("remove", gone))
            for name in gone:
                del versions[name]
        else:
            wanted = 1 if verb == "add one" else 3
            chosen = held if verb == "replace" else names
            put = tuple(chance.sample(chosen, min(wanted, len(chosen))))
            steps.append(Step("add", put, version))
            versions |= dict.fromkeys(put, version)
    return steps


def states_of(steps: Sequence[Step]) -> list[dict[str, int]]:
    """What a library holds before the first change and after each."""
    states: list[dict[str, int]] = [{}]
    for change in (change for step in steps for change in step.changes):
        held = {**states[-1], **change.documents}
        states.append({name: number for name, number in held.items() if number is not None})
    return states


def text_of(name: str, version: int) -> str:
    """A small regulation; no two versions have an article in common."""
    return regulation(f"{Path(name).stem}{version}县", ARTICLES)


def work(folder: Path, sources: Path, steps: Sequence[Step], acknowledge: Tell) -> None:
    """Carry the steps out; `acknowledge` is called when the library has reported a change."""
    library = Library(folder, lambda name: KeywordEncoder())
    for step in steps:
        if step.verb == "add":
            _add(library, sources, step, acknowledge)
            continue
        if step.verb == "remove":
            ids = {Path(document.source).name: document.id for document in library.documents()}
            library.remove([ids[name] for name in step.names])
        else:
            library.clear_cache()
            library.snapshot()
        acknowledge()


def _add(library: Library, sources: Path, step: Step, acknowledge: Tell) -> None:
    files = [sources / name for name in step.names]
    for file in files:
        file.write_text(text_of(file.name, step.version), encoding="utf-8")
    acknowledged = 0

    def progress(stage: str, done: int, total: int) -> None:
        nonlocal acknowledged
        while stage == "read" and acknowledged < done:
            acknowledge()
            acknowledged += 1

    library.add(files, progress)


class Doomed(NamedTuple):
    """What is left of a process: the changes it acknowledged, what it had begun, how it ended."""

    acknowledged: int
    watched: Watched
    status: int

    @property
    def was_killed(self) -> bool:
        """Whether it did not come to its own end before."""
        return os.WIFSIGNALED(self.status)


def killed(doing: Callable[[Tell], None], moment: Callable[[Watched], bool]) -> Doomed:
    """Let a child do something, and kill it (-9) as soon as `moment` says that it has come."""
    reading, writing = os.pipe()
    watched = Watched()
    child = os.fork()
    if not child:
        os.close(reading)
        _do(doing, writing, watched)
    os.close(writing)
    os.read(reading, 1)
    while not moment(watched) and os.waitid(os.P_PID, child, _ENDED) is None:
        pass
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    with open(reading, "rb") as pipe:
        return Doomed(len(pipe.read()), watched, status)


def _do(doing: Callable[[Tell], None], writing: int, watched: Watched) -> NoReturn:
    """What the child does; it never returns to what its parent does."""
    status = 1
    try:
        watched.watch()
        os.write(writing, b"+")
        doing(lambda: os.write(writing, b"."))
        status = 0
    finally:
        if error := sys.exception():
            traceback.print_exception(error)
        os._exit(status)


def has_unfinished_log(path: Path) -> bool:
    """Whether a write-ahead log ends within a transaction (sqlite.org/walformat.html)."""
    if not path.exists() or path.stat().st_size < 32:
        return False
    data = path.read_bytes()
    size, salts = struct.unpack_from(">I", data, 8)[0], data[16:24]
    last = 1
    for at in range(32, len(data) - 24, 24 + size):
        _, pages, *_ = _FRAME.unpack_from(data, at)
        if data[at + 8 : at + 16] != salts:
            break
        last = pages
    return last == 0
