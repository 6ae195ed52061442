"""What the server keeps for each page that is open and for each call, small and for a while."""

from asyncio import Queue
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import gradio as gr

MOST = 2000
"""Pages that are kept; the one unused for longest goes first, and its conversation with it."""
UNHEARD = 128
"""Messages that may wait for one page, some six for each thing that it asks for."""
_NO_EVENTS: frozenset[str] = frozenset()


class Kept:
    """What Gradio's server keeps for the visitors of a page.

    It keeps more than it needs, and the wrong things. For each page and each call it writes down
    how every component is set up, for deep links alone: 50 ms and 0.3 MB each time. It keeps a
    call until ten thousand others have come, though a call is over once its answer was fetched.
    And it drops what waits to be told to the page that came 2,000 calls ago, whether or not that
    page is waiting; the next message to it then ends the queue, and with it every answer. Here
    nothing is written down, as the page has no deep links, a call that ends is forgotten, and
    a message to who is gone goes nowhere.
    """

    def __init__(self) -> None:
        self._page: gr.Blocks | None = None

    def __len__(self) -> int:
        """How many pages and calls are kept."""
        return len(self._page.app.state_holder.session_data) if self._page else 0

    def begin(self, page: "gr.Blocks") -> None:
        """Keep little for the visitors of a page from now on; it is launched, and let nobody in."""
        self._page = page
        queue: Any = page._queue
        holder: Any = page.app.state_holder
        holder.set_blocks(_Undescribed(page))
        pending: dict[str, set[str]] = queue.pending_event_ids_session

        def waits(name: str) -> bool:
            return not pending.get(name, _NO_EVENTS).isdisjoint(_standing(queue))

        queue.pending_messages_per_session = Messages(waits, lambda name: pending.pop(name, None))

    def end(self, name: str) -> None:
        """Forget a page or a call by the name that it goes by, if it is kept."""
        if self._page is None:
            return
        holder, queue = self._page.app.state_holder, self._page._queue
        with holder.lock:
            holder.session_data.pop(name, None)
            holder.time_last_used.pop(name, None)
        del queue.pending_messages_per_session[name]

    def listens(self, name: str) -> bool:
        """Whether a page hears what it is told, so that it may ask for more.

        What it asked for and nobody is about to answer is no longer awaited: where a connection
        breaks while an event runs, Gradio would wait for its end, and never close the next one.
        """
        if self._page is None:
            return True
        queue: Any = self._page._queue
        pending: dict[str, set[str]] = queue.pending_event_ids_session
        told = queue.pending_messages_per_session.get(name) or Queue()
        if pending.get(name):
            pending[name] &= _standing(queue) | _completed(told)
        return bool(told.qsize() <= UNHEARD)

    def is_answering(self) -> bool:
        """Whether the queue of questions goes on; True as long as nobody can ask."""
        return self._page is None or not self._page._queue.stopped


def _standing(queue: Any) -> set[str]:
    """The events that are carried out or wait for it."""
    carried_out = {event._id for job in queue.active_jobs if job for event in job}
    waiting = queue.event_queue_per_concurrency_id.values()
    return carried_out | {event._id for line in waiting for event in line.queue}


def _completed(told: Any) -> set[str]:
    """The events whose end waits to be told."""
    return {message.event_id for message in told._queue if message.msg == "process_completed"}


class Messages(dict[str, "Queue[Any]"]):
    """What waits to be told to each page and call, by its name.

    What nobody waits for any more is dropped once there are more than `MOST`, the oldest first.
    `waits` says whether an event of a page or call is still in the queue, `forget` is told of
    each that is dropped.
    """

    def __init__(self, waits: Callable[[str], bool], forget: Callable[[str], object]) -> None:
        super().__init__()
        self._waits = waits
        self._forget = forget

    def __missing__(self, name: str) -> "Queue[Any]":
        return Queue()  # who was here is gone

    def __setitem__(self, name: str, queue: "Queue[Any]") -> None:
        super().__setitem__(name, queue)
        idle = (other for other in list(self) if other != name and not self._waits(other))
        while len(self) > MOST and (dropped := next(idle, None)) is not None:
            del self[dropped]

    def __delitem__(self, name: str) -> None:
        self.pop(name, None)
        self._forget(name)


class _Undescribed:
    """A page as Gradio sees it where it keeps something for a visitor, without its components.

    What `blocks` names would be written down; what is drawn and called is in `default_config`.
    """

    def __init__(self, page: "gr.Blocks") -> None:
        self.default_config = page.default_config
        self.blocks: Mapping[int, Any] = {}
        self.state_session_capacity = MOST
