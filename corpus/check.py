"""Check how files are read: `python -m corpus.check PATH… [--json]`.

For each file its clauses, what was odd about its numbering, and the characters read a second;
then a line of sums. Exit 0 when every file was read, 1 when one was not, 2 for wrong usage.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.document import Document
from corpus.errors import ReadError, YoujuError
from corpus.intake import Intake, Source, find_sources

_GAPS = ("gap", "late")
_REPEATS = ("repeated", "restarted")
_MENDED = ("mended", "alone", "split", "inline", "run_on")
_COLUMNS = "{:>8} {:>5} {:>8} {:>7} {:>6} {:>10}  {}"
_HEAD = ("clauses", "gaps", "repeats", "mended", "notes", "chars/s", "file")


@dataclass(frozen=True, slots=True)
class Check:
    """What reading one file came to; `seconds` are those of reading, cutting and finding."""

    source: str
    clauses: int
    gaps: int
    repeats: int
    mended: int
    notes: tuple[str, ...]
    characters: int
    seconds: float

    @property
    def speed(self) -> int:
        """Characters read a second."""
        return round(self.characters / self.seconds) if self.seconds else 0


@dataclass(frozen=True, slots=True)
class Failed:
    """A file that could not become a document, and why in one line."""

    source: str
    error: str


def check(paths: Sequence[Path]) -> Iterator[Check | Failed]:
    """Yield what each file under `paths` comes to; one that cannot be read stops no other.

    Raises ReadError where a path does not exist or a folder holds nothing to read.
    """
    intake = Intake()
    for path, root in find_sources(paths).items():
        started = time.perf_counter()
        for name, outcome in intake.read(Source(path, str(path), root)):
            ended = time.perf_counter()
            yield _checked(name, outcome, ended - started)
            started = time.perf_counter()
    for name, problem in intake.problems():
        yield Failed(name, str(problem))


def _checked(name: str, outcome: Document | ReadError, seconds: float) -> Check | Failed:
    if isinstance(outcome, ReadError):
        return Failed(name, " ".join(str(outcome).split()))
    kinds = [note.kind for note in outcome.notes]
    return Check(
        source=name,
        clauses=len(outcome.clauses),
        gaps=_count(kinds, _GAPS),
        repeats=_count(kinds, _REPEATS),
        mended=_count(kinds, _MENDED),
        notes=tuple(note.text for note in outcome.notes),
        characters=len(outcome.text),
        seconds=seconds,
    )


def _count(kinds: Iterable[str], wanted: tuple[str, ...]) -> int:
    return sum(kind in wanted for kind in kinds)


def total(checks: Sequence[Check]) -> Check:
    """Return the sums over all files."""
    return Check(
        source=f"{len(checks)} files",
        clauses=sum(one.clauses for one in checks),
        gaps=sum(one.gaps for one in checks),
        repeats=sum(one.repeats for one in checks),
        mended=sum(one.mended for one in checks),
        notes=tuple(note for one in checks for note in one.notes),
        characters=sum(one.characters for one in checks),
        seconds=sum(one.seconds for one in checks),
    )


def _line(one: Check) -> str:
    counts = (one.clauses, one.gaps, one.repeats, one.mended, len(one.notes), one.speed)
    return _COLUMNS.format(*counts, one.source)


def _shape(one: Check) -> dict[str, object]:
    return {**asdict(one), "characters_per_second": one.speed}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the check. Returns 0 when every file was read, 1 when one was not."""
    parser = argparse.ArgumentParser(prog="python -m corpus.check", description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a file or a folder")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    args = parser.parse_args(arguments)
    try:
        return _as_json(args.paths) if args.json else _as_lines(args.paths)
    except YoujuError as error:
        return _fail(str(error))
    except BrokenPipeError:
        # The reader (`head`, a pager) has enough; what it did not read is not an error.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _as_lines(paths: Sequence[Path]) -> int:
    _say(_COLUMNS.format(*_HEAD))
    checks, failures = [], 0
    for one in check(paths):
        if isinstance(one, Failed):
            failures += _fail(f"{one.source}: {one.error}")
            continue
        checks.append(one)
        _say(_line(one))
        for note in one.notes:
            _say(f"{'':9}{note}")
    _say(_line(total(checks)))
    return 1 if failures else 0


def _as_json(paths: Sequence[Path]) -> int:
    found = list(check(paths))
    checks = [one for one in found if isinstance(one, Check)]
    failed = [asdict(one) for one in found if isinstance(one, Failed)]
    summed = {**_shape(total(checks)), "files": len(checks), "failed": len(failed)}
    del summed["source"], summed["notes"]
    shape = {"files": [_shape(one) for one in checks], "failed": failed, "total": summed}
    _say(json.dumps(shape, ensure_ascii=False, indent=1))
    return 1 if failed else 0


def _say(line: str) -> None:
    sys.stdout.buffer.write(f"{line}\n".encode())
    sys.stdout.buffer.flush()


def _fail(message: str) -> int:
    sys.stderr.write(f"corpus.check: {' '.join(message.split())}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
