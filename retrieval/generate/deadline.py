"""An answer that is waited for only so long, wherever it hangs: name, connection or stream."""

from collections.abc import Iterator
from queue import Empty, SimpleQueue
from threading import Event, Thread
from time import monotonic

from retrieval.generate.errors import GeneratorError


class _End:
    """What a thread leaves behind when it is done: nothing, or the error that it met."""

    def __init__(self, error: BaseException | None = None) -> None:
        self.error = error


def within(seconds: float, pieces: Iterator[str]) -> Iterator[str]:
    """Yield `pieces`, which a thread of their own makes; raise what they raise.

    Raises GeneratorError where they have not ended after `seconds`. The thread is then left to
    its own time limit and holds nothing up, not even the end of the program.
    """
    ready: SimpleQueue[str | _End] = SimpleQueue()
    unwanted = Event()
    Thread(target=_make, args=(pieces, ready, unwanted), daemon=True).start()
    end = monotonic() + seconds
    try:
        while True:
            try:
                piece = ready.get(timeout=max(0.0, end - monotonic()))
            except Empty:
                raise GeneratorError(
                    f"the generator had not answered after {seconds:g} s",
                    "generator_timeout",
                    f"{seconds:g}",
                ) from None
            if isinstance(piece, str):
                yield piece
            elif piece.error is not None:
                raise piece.error
            else:
                return
    finally:
        unwanted.set()


def _make(pieces: Iterator[str], ready: "SimpleQueue[str | _End]", unwanted: Event) -> None:
    try:
        for piece in pieces:
            if unwanted.is_set():
                return
            ready.put(piece)
    # Nothing is swallowed: it is raised where the pieces are read.
    except BaseException as error:
        ready.put(_End(error))
    else:
        ready.put(_End())
