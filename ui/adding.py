"""Files are added in the background: a page that comes back finds the work where it is."""

import threading
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from corpus import YoujuError, find_sources
from corpus.intake import Source
from corpus.samples import SAMPLES
from index import Library, Report
from index.library import readable
from index.report import Stop, never
from ui.uploads import add_uploads
from ui.watching import BrokenOff, Watched

MOST_FILES = 200
"""Files that are added at once."""
MOST_WAITING = 1000
"""Files that may wait behind those that are being added."""
OUTCOMES = ("added", "replaced", "unchanged", "failed")


class AddError(YoujuError):
    """Files that are not taken."""


class Job(NamedTuple):
    """What one upload asks for: its files, or those of a folder that stays; then the vectors.

    `is_over` says that whoever asks may no longer do so.
    """

    files: tuple[Path, ...] = ()
    folder: Path | None = None
    is_over: Stop = never

    @property
    def names(self) -> list[str]:
        """The files as the page names them."""
        found = find_sources([self.folder]) if self.folder else self.files
        return [path.name for path in found]


class FileState(NamedTuple):
    """How far one file has come: waiting, reading or done, and what it gave, by outcome."""

    name: str
    state: str
    counts: tuple[int, ...] = (0,) * len(OUTCOMES)


class Look(NamedTuple):
    """How far the adding has come at one moment."""

    running: bool
    stopping: bool
    stage: str
    done: int
    total: int
    files: tuple[FileState, ...]
    report: Report
    error: YoujuError | None


class Adding(Watched[Look]):
    """Adds to one library, one upload after the other. Safe to share between threads.

    All that is asked for until there is nothing left to do makes one run, with one report. When it
    is cancelled, the document that is being read is left out.
    """

    def __init__(self, library: Library) -> None:
        super().__init__()
        self._library = library
        self._jobs: deque[Job] = deque()
        self._begin_run()

    # --- asking ----------------------------------------------------------------------------

    def add(self, files: Sequence[Path], is_over: Stop = never) -> None:
        """Take uploaded files over: they are deleted when they were read. Raises AddError.

        What is not added by the time that `is_over` says so is left out.
        """
        if len(files) > MOST_FILES:
            self._discard(files)
            raise AddError(f"found {len(files)} files, at most {MOST_FILES} are added at once")
        if files:
            self._take(Job(tuple(files), is_over=is_over))

    def add_samples(self) -> None:
        """Add the sample library."""
        self._take(Job(folder=SAMPLES))

    def complete(self) -> None:
        """Make the vectors that are missing."""
        self._take(Job())

    def _take(self, job: Job) -> None:
        with self._changed:
            waiting = sum(len(other.files) for other in self._jobs)
            if waiting + len(job.files) > MOST_WAITING:
                self._discard(job.files)
                raise AddError(f"over {MOST_WAITING} files are waiting: wait until these are added")
            if not self._running:
                self._begin_run()
                self._running = True
                threading.Thread(target=self._work, daemon=True).start()
            self._names += job.names
            self._told = self._told and not job.names
            self._jobs.append(job)
            self._changed.notify_all()

    def _discard(self, files: Sequence[Path]) -> None:
        for path in files:
            path.unlink(missing_ok=True)

    def _begin_run(self) -> None:
        self._stop.clear()
        self._names: list[str] = []
        self._first = 0  # the place of the current upload's first file
        self._marks: list[tuple[int, ...]] = []  # for each file begun, what there was before it
        self._stage: tuple[str, int, int] = ("read", 0, 0)
        self._report = Report()
        self._error: YoujuError | None = None

    # --- working ---------------------------------------------------------------------------

    def _work(self) -> None:
        """Do what was asked for until nothing is left."""
        self._error = BrokenOff()
        try:
            while job := self._next():
                self._do(job)
            self._error = None
        except YoujuError as error:
            self._error = error
        finally:
            with self._changed:
                for job in self._jobs:
                    self._discard(job.files)
                self._jobs.clear()
                self._running = False
                self._changed.notify_all()

    def _next(self) -> Job | None:
        with self._changed:
            return self._jobs.popleft() if self._jobs else None

    def _do(self, job: Job) -> None:
        def stop() -> bool:
            return self._stop.is_set() or job.is_over()

        names = job.names
        if job.folder:
            found = find_sources([job.folder])
            sources = [Source(path, readable(path), root) for path, root in found.items()]
            self._library.add_sources(sources, self._report, self._tell, stop=stop)
            self._library.embed(self._tell, stop)
        elif job.files:
            add_uploads(self._library, job.files, self._report, self._tell, stop)
        else:
            self._library.embed(self._tell, stop)
        self._first += len(names)

    def _tell(self, stage: str, done: int, total: int) -> None:
        with self._changed:
            if stage == "read":
                if done < total:
                    missing = self._first + done + 1 - len(self._marks)
                    self._marks += [_counts(self._report)] * missing
                done, total = done + self._first, len(self._names)
            self._stage = (stage, done, total)
            self._changed.notify_all()

    # --- looking ---------------------------------------------------------------------------

    def _seen(self) -> Look:
        stopping = self._stop.is_set()
        files = tuple(self._files())
        return Look(self._running, stopping, *self._stage, files, self._report, self._error)

    def _files(self) -> Iterator[FileState]:
        """What became of each file so far: the difference between two marks."""
        marks = [*self._marks, _counts(self._report)]
        begun = len(self._marks)
        stage, done, total = self._stage
        reading = self._running and stage == "read" and done < total
        for n, name in enumerate(self._names):
            if n >= begun:
                yield FileState(name, "waiting")
                continue
            counts = tuple(b - a for a, b in zip(marks[n], marks[n + 1], strict=True))
            state = "reading" if reading and n == begun - 1 else "done"
            yield FileState(name, state, counts)


def _counts(report: Report) -> tuple[int, ...]:
    return tuple(len(getattr(report, outcome)) for outcome in OUTCOMES)
