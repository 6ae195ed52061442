"""Runs the readers that rely on other people's parsers in a process of its own.

A damaged or hostile file may crash such a parser, hold it up for ever or eat all memory. The
process is then ended, the file is reported, and the next file gets a new process. What passes
between the two is JSON and the bytes of the file.
"""

import atexit
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from corpus.document import Recognised
from corpus.errors import ReadError
from corpus.notes import Note
from corpus.readers.formats import FORMATS, Format
from corpus.readers.patience import listening
from corpus.readers.reading import Reading
from corpus.spans import Span

MEMORY = 3 * 1024**3
"""Bytes of address space that a reader may use, where the system can limit it."""
_START_SECONDS = 30.0
# Each thread of a numeric library takes address space, of which a machine of many cores has more
# than the limit allows.
_THREADS = {"OPENBLAS_NUM_THREADS": "4", "OMP_NUM_THREADS": "4"}
_ROOT = str(Path(__file__).parents[2])
_COMMAND = (sys.executable, "-m", "corpus.readers.worker")


def read_apart(format_: Format, data: bytes) -> Reading:
    """Read a file in the reading process. Raises ReadError as the reader does, or for its end."""
    with _LOCK:
        return _shared().read(format_, data)


class Worker:
    """One reading process; it serves one file after another.

    `command` starts it and `folders` are searched for its modules. Raises ReadError where it
    does not start.
    """

    def __init__(self, command: Sequence[str] = _COMMAND, folders: Sequence[Path] = ()) -> None:
        known = (*map(str, folders), _ROOT, os.environ.get("PYTHONPATH"))
        path = os.pathsep.join(filter(None, known))
        self._process = subprocess.Popen(  # nosec B603 # a list of arguments, no shell
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **_THREADS, "PYTHONPATH": path, "PYTHONUTF8": "1"},
        )
        self._lines: queue.Queue[bytes] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()
        if not self._answer(_START_SECONDS):
            self.end()
            raise ReadError("the process that reads documents does not start: install Youju anew")

    def _listen(self) -> None:
        # A pipe cannot be waited for with a limit on every system; a queue can.
        for line in self._out:
            self._lines.put(line)
        self._lines.put(b"")

    def _answer(self, seconds: float) -> bytes | None:
        """The next line; b"" where the process has ended, None where it took too long."""
        with suppress(queue.Empty):
            return self._lines.get(timeout=seconds)
        return None

    def read(self, format_: Format, data: bytes) -> Reading:
        """Read a file. Raises ReadError as its reader does, or where the process had to end."""
        header = json.dumps({"format": format_.name, "size": len(data)}).encode() + b"\n"
        seconds = format_.seconds or 0.0
        try:
            self._in.write(header + data)
            self._in.flush()
            values: dict[str, Any] = {"wait": seconds}
            while "wait" in values:
                seconds = values["wait"]
                answer = self._answer(seconds)
                values = json.loads(answer) if answer else {}
        except OSError:
            answer, values = b"", {}
        if not values:
            self.end()
            what = "broke off" if answer is not None else f"took longer than {seconds:.0f} s"
            raise ReadError(
                f"reading {what}, the file may be damaged: open it and save it again, or as .txt"
            )
        return _reading(values)

    def end(self) -> None:
        """Stop the process, whatever it does."""
        self._process.kill()
        self._process.wait()

    @property
    def is_running(self) -> bool:
        """Whether it can read another file."""
        return self._process.poll() is None

    @property
    def _in(self) -> IO[bytes]:
        assert self._process.stdin
        return self._process.stdin

    @property
    def _out(self) -> IO[bytes]:
        assert self._process.stdout
        return self._process.stdout


_LOCK = threading.Lock()
_running: Worker | None = None


def _shared() -> Worker:
    global _running
    if _running is None or not _running.is_running:
        _running = Worker()
        atexit.register(_running.end)
    return _running


def _reading(values: dict[str, Any]) -> Reading:
    if "error" in values:
        raise ReadError(values["error"])
    return Reading(
        values["text"],
        values["encoding"],
        tuple(Note(k, tuple(v), Span(*s) if s else None) for k, v, s in values["notes"]),
        tuple(values["pages"]),
        tuple(Recognised(Span(*span), confidence) for span, confidence in values["recognised"]),
    )


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Read files from `requests` until it ends, and write one line of JSON for each."""
    answers.write(b"ready\n")
    answers.flush()
    with listening(lambda seconds: _tell(answers, {"wait": seconds})):
        while header := requests.readline():
            request = json.loads(header)
            data = requests.read(request["size"])
            _tell(answers, _outcome(FORMATS[request["format"]], data))


def _tell(answers: IO[bytes], values: dict[str, Any]) -> None:
    answers.write(json.dumps(values).encode() + b"\n")
    answers.flush()


def _outcome(format_: Format, data: bytes) -> dict[str, Any]:
    try:
        return format_.load()(data)._asdict()
    except ReadError as error:
        return {"error": str(error)}
    except MemoryError:
        return {
            "error": "reading takes more memory than is allowed: split the file, or save as .txt"
        }
    # The edge of the process: a parser of someone else's may raise anything on a damaged file.
    except Exception as error:
        found = " ".join(f"{type(error).__name__} {error}".split())[:200]
        return {"error": f"the file is damaged ({found}): open it and save it again, or as .txt"}


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit; the limit of time still holds.
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
    # macOS knows the limit and refuses to set it.
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def main() -> None:
    """Serve on standard input and output, within the limit of memory."""
    _limit_memory()
    # What a parser prints must not get between the answers.
    wire = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    serve(sys.stdin.buffer, wire)


if __name__ == "__main__":
    main()
