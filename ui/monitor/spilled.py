"""Errors that other people's code prints: told by name and place, without what they say.

The message of an error may quote what somebody asked or the name of a file (KeyError: '…'), and
Gradio prints each error whole.
"""

import io
import logging
import re
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr
from pathlib import PurePath

from ui.monitor.watching import Watch

log = logging.getLogger("youju.errors")

_BEGIN = "Traceback (most recent call last)"
_FRAME = re.compile(r'^[\s|]*File "(?P<file>.+)", line (?P<line>\d+), in (?P<name>\S+)$', re.M)
# The line after the last frame and its code, which alone is not indented.
_NAME = re.compile(r"^(?:  \| )?(?P<name>[A-Za-z_][\w.]*)(?::.*)?$", re.M)


@contextmanager
def without_messages(watch: Watch) -> Iterator[None]:
    """Let nothing that is printed to standard error hold what an error says, until the end.

    Where the text of questions may stand in the log, errors are printed as they are.
    """
    if watch.questions:
        yield
        return
    out = sys.stderr
    with redirect_stderr(Sieve(_logged if watch.json_lines else out.write)):
        yield


def _logged(text: str) -> None:
    for line in filter(None, map(str.strip, text.splitlines())):
        log.warning("%s", line)


class Sieve(io.TextIOBase):
    """Passes on what is written, but for tracebacks: of these the name and the place are logged."""

    def __init__(self, pass_on: Callable[[str], object]) -> None:
        super().__init__()
        self._pass_on = pass_on
        self._of_thread = threading.local()

    def writable(self) -> bool:
        """Say that it can be written to."""
        return True

    def write(self, text: str) -> int:
        """Take a piece of what is printed; a traceback may come in many."""
        held: str = getattr(self._of_thread, "held", "")
        if not held and _BEGIN not in text:
            self._pass_on(text)
            return len(text)
        self._of_thread.held = held + text
        told = summary(self._of_thread.held)
        if told is not None:
            self._of_thread.held = ""
            details = dict(zip(("error", "at", "in"), told, strict=True))
            log.error("%s at %s in %s", *told, extra={"event": "error", "details": details})
        return len(text)


def summary(trace: str) -> tuple[str, str, str] | None:
    """Return name, place and function of an error; None of a traceback that is not at its end."""
    frames = list(_FRAME.finditer(trace))
    if not frames:
        return None
    last = frames[-1]
    name = _NAME.search(trace, last.end())
    if name is None:
        return None
    place = "/".join(PurePath(last["file"]).parts[-2:])
    return name["name"], f"{place}:{last['line']}", last["name"]
