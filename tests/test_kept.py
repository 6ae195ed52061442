"""What the server keeps: little for each page, and for a call nothing once it has ended."""

import time
from asyncio import Queue
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import pytest
from starlette.middleware import Middleware

import app
from benchmarks.visitor import Unanswered, Visitor
from index.encoders import TextKind, Vectors
from tests.fakes import KeywordEncoder
from tests.served import filled, free_port
from ui import kept as kept_module
from ui.access import Accounts, Door
from ui.api import Gate, gate, parameters
from ui.kept import Kept, Messages

QUESTION = "校长每周陪餐不少于几次？"
SEARCH = "/gradio_api/call/v2/search"


@contextmanager
def opened(folder: Path) -> Iterator[tuple[str, Kept]]:
    """The address of a page over three documents, and what is kept for its visitors."""
    page, kept = app.build(filled(folder)), Kept()
    passed = [
        Middleware(Door, accounts=Accounts(folder / "library"), guarded=False),
        Middleware(Gate, parameters=parameters(), ended=kept.end, listens=kept.listens),
    ]
    _, address, _ = page.launch(
        server_name="127.0.0.1",
        server_port=free_port(),
        prevent_thread_lock=True,
        quiet=True,
        mcp_server=False,
        app_kwargs={"middleware": passed},
    )
    try:
        kept.begin(page)
        yield address.rstrip("/"), kept
    finally:
        page.close(verbose=False)


def soon(holds: Callable[[], bool]) -> bool:
    """Whether something holds within ten seconds: the server goes on after it has answered."""
    until = time.monotonic() + 10
    while not holds() and time.monotonic() < until:
        time.sleep(0.01)
    return holds()


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Event, Event]]:
    """Questions are encoded slowly: the first event tells that one is, the second lets it go on."""
    begun, may_go_on = Event(), Event()
    encode = KeywordEncoder.encode

    def waiting(self: KeywordEncoder, texts: list[str], kind: TextKind) -> Vectors:
        if kind == "query":
            begun.set()
            assert may_go_on.wait(30)
        return encode(self, texts, kind)

    monkeypatch.setattr(KeywordEncoder, "encode", waiting)
    yield begun, may_go_on
    may_go_on.set()


# --- calls --------------------------------------------------------------------------------------


def test_a_call_is_forgotten_once_its_answer_was_fetched(tmp_path: Path) -> None:
    with opened(tmp_path) as (address, kept):
        caller = Visitor(address)
        queue = kept._page._queue
        for _ in range(3):
            assert caller.call("search", query="校长陪餐")["hits"]
        assert soon(lambda: len(kept) == 0)
        begun = caller._posted(SEARCH, {"query": "校长陪餐"})
        assert soon(lambda: len(kept) == 1)
        assert "event: complete" in caller._got(f"{SEARCH}/{begun['event_id']}").decode()
        assert soon(lambda: len(kept) == 0)
        assert not queue.pending_messages_per_session and not queue.pending_event_ids_session


def test_answers_that_nobody_fetches_are_forgotten_in_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "UNFETCHED", 4)
    with opened(tmp_path) as (address, kept):
        caller = Visitor(address)
        queue = kept._page._queue
        begun = [caller._posted(SEARCH, {"query": "校长陪餐"})["event_id"] for _ in range(9)]
        assert soon(lambda: not queue.event_ids_to_events)
        assert list(queue.pending_messages_per_session) == begun[-4:]
        with pytest.raises(Unanswered, match="404"):
            caller._got(f"{SEARCH}/{begun[4]}")
        assert "event: complete" in caller._got(f"{SEARCH}/{begun[5]}").decode()


def test_gradio_does_not_sum_up_what_was_asked(tmp_path: Path) -> None:
    with opened(tmp_path) as (address, kept):
        caller = Visitor(address)
        for _ in range(3):
            caller.call("search", query="校长陪餐")
        queue = kept._page._queue
        assert len(queue.event_analytics) <= 1
        assert queue.cached_event_analytics_summary == {"functions": {}}


def test_what_is_not_kept_is_forgotten_all_the_same(tmp_path: Path) -> None:
    with opened(tmp_path) as (_, kept):
        kept.end("0" * 32)
        assert len(kept) == 0


# --- pages --------------------------------------------------------------------------------------


def test_a_page_keeps_its_conversation_and_not_how_it_is_set_up(tmp_path: Path) -> None:
    with opened(tmp_path) as (address, kept):
        visitor = Visitor(address)
        visitor.ask(QUESTION)
        assert "yj-turn" in visitor.ask("那学生呢？")
        assert len(kept) == 1
        (session,) = kept._page.app.state_holder.session_data.values()
        conversation = next(v for v in session.state_data.values() if hasattr(v, "turns"))
        assert [turn.typed for turn in conversation.turns] == [QUESTION, "那学生呢？"]
        assert len(session.config_values) < len(kept._page.blocks) / 10


def test_the_pages_unused_for_longest_go_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_module, "MOST", 2)
    with opened(tmp_path) as (address, kept):
        first, second, third = (Visitor(address) for _ in range(3))
        for visitor in (first, second, first, third):
            visitor.ask(QUESTION)
        assert list(kept._page.app.state_holder.session_data) == [first._session, third._session]


def test_who_waits_is_answered_however_many_come_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slow: tuple[Event, Event]
) -> None:
    monkeypatch.setattr(kept_module, "MOST", 2)
    begun, may_go_on = slow
    with opened(tmp_path) as (address, kept), ThreadPoolExecutor(1) as crowd:
        asked = crowd.submit(Visitor(address).ask, QUESTION)
        assert begun.wait(30)
        caller = Visitor(address)
        events = [
            caller._posted(SEARCH, {"query": "校长陪餐", "mode": "bm25"})["event_id"]
            for _ in range(6)
        ]
        told = caller._got(f"{SEARCH}/{events[-1]}").decode()
        may_go_on.set()
        assert "event: complete" in told and "yj-turn" in asked.result(30)
        assert kept.is_answering()


def test_who_leaves_while_others_wait_ends_nothing(
    tmp_path: Path, slow: tuple[Event, Event]
) -> None:
    begun, may_go_on = slow
    with opened(tmp_path) as (address, kept), ThreadPoolExecutor(6) as crowd:
        people = [Visitor(address) for _ in range(6)]
        for person in people:
            person.open()
        asked = [crowd.submit(person.ask, QUESTION) for person in people]
        queue = kept._page._queue
        assert begun.wait(30) and soon(lambda: len(queue) == 2)
        # What Gradio does first where a connection ends, whoever stands in the queue.
        for person in people:
            del queue.pending_messages_per_session[person._session]
        may_go_on.set()
        for one in asked:
            assert one.exception(30)
        assert soon(lambda: len(queue) == 0 and not queue.get_active_worker_count())
        assert Visitor(address).call("search", query="校长陪餐")["hits"]
        assert kept.is_answering()


def test_a_page_that_hears_nothing_may_ask_for_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_module, "UNHEARD", 3)
    with opened(tmp_path) as (address, kept):
        deaf = Visitor(address)
        asked = deaf._event("yj-question", "submit"), [QUESTION, "{}", None, None]
        queue = kept._page._queue
        deaf._join(*asked)
        told = queue.pending_messages_per_session[deaf._session]
        assert soon(lambda: told.qsize() > 3)
        with pytest.raises(Unanswered, match=r"503.*has not heard"):
            deaf._join(*asked)
        assert "yj-turn" in Visitor(address).ask(QUESTION)
        deaf._got(f"/gradio_api/queue/data?session_hash={deaf._session}")
        assert "yj-turn" in deaf.ask(QUESTION)


def test_what_was_asked_on_a_broken_connection_is_no_longer_awaited(
    tmp_path: Path, slow: tuple[Event, Event]
) -> None:
    begun, may_go_on = slow
    with opened(tmp_path) as (address, kept):
        visitor = Visitor(address)
        session, queue = visitor._session, kept._page._queue
        visitor.leave(QUESTION)
        assert begun.wait(30)
        (event,) = queue.pending_event_ids_session[session]
        assert kept.listens(session) and event in queue.pending_event_ids_session[session]
        may_go_on.set()
        assert soon(lambda: not queue.get_active_worker_count())
        visitor._session = session
        assert "yj-turn" in visitor.ask(QUESTION)
        assert not queue.pending_event_ids_session[session]


def test_a_queue_that_ended_is_told(tmp_path: Path) -> None:
    with opened(tmp_path) as (_, kept):
        assert kept.is_answering()
        kept._page._queue.stopped = True
        assert not kept.is_answering()


# --- messages -----------------------------------------------------------------------------------


def test_messages_to_who_is_gone_go_nowhere() -> None:
    messages = Messages(lambda name: False, lambda name: None)
    messages["gone"].put_nowait("hello")
    assert not messages and "gone" not in messages
    del messages["gone"]


def test_who_waits_is_never_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_module, "MOST", 3)
    forgotten: list[str] = []
    waiting = {"a", "b", "c", "d"}
    messages = Messages(waiting.__contains__, forgotten.append)
    for name in ("a", "idle 1", "b", "idle 2", "idle 3", "c", "d"):
        messages[name] = Queue()
    assert (list(messages), forgotten) == (["a", "b", "c", "d"], ["idle 1", "idle 2", "idle 3"])
    waiting.clear()
    messages["e"] = Queue()
    assert list(messages) == ["c", "d", "e"]
