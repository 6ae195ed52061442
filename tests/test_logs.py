"""The log of a server: what it tells of each request, and that no question ever stands in it."""

import json
import logging
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from http.client import IncompleteRead
from pathlib import Path
from typing import Any

import pytest

from corpus import YoujuError
from retrieval import Searcher, answer
from tests.guarded import ask
from tests.served import filled, keywords, served
from ui.asked import TEXTS, asked, counts
from ui.monitor import Watch
from ui.monitor.logs import JsonLines, log_as
from ui.monitor.spilled import Sieve, summary

QUESTION = "青禾县校长每周陪餐不少于几次"
WORDS = ("青禾", "校长", "陪餐", "%E9%99%AA", "\\u966a", "机密", "%E6%9C%BA", "\\u673a", "canteen")
KIND = {"Content-Type": "application/json"}


def post(address: str, path: str, given: Any) -> str:
    return ask(address, path, "POST", json.dumps(given).encode(), KIND).body


def use(address: str) -> None:
    """Ask by every way, rightly and wrongly."""
    question = {"question": QUESTION}
    called = json.loads(post(address, "/gradio_api/call/v2/ask", question))
    result = ask(address, f"/gradio_api/call/v2/ask/{called['event_id']}")
    assert '"status": "answered"' in result.body
    post(address, "/gradio_api/call/v2/ask", {"机密": "机密"})
    post(address, "/gradio_api/call/v2/show", {"document": "机密.docx"})
    ask(address, "/?q=%E9%99%AA%E9%A4%90")
    ask(address, "/%E6%9C%BA%E5%AF%86")
    ask(address, "/gradio_api/file=/srv/%E6%9C%BA%E5%AF%86/canteen.txt")
    # Nothing of the page sends these: Gradio prints what goes wrong.
    for function in range(12):
        data = {"data": ["机密", "canteen.txt"], "fn_index": function, "session_hash": "a"}
        post(address, "/gradio_api/queue/join", data)
    for page in ("a", "none"):
        # Of a page that it does not know, Gradio breaks the answer off.
        with suppress(IncompleteRead):
            ask(address, f"/gradio_api/queue/data?session_hash={page}")


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], str]:
    """The lines that a served session logged as JSON, and its figures at the end."""
    folder = tmp_path_factory.mktemp("logs")
    filled(folder)
    log: list[str] = []
    watch = Watch(metrics=True, json_lines=True)
    with served(partial(keywords, folder / "library"), watch=watch, log=log) as address:
        assert ask(address, "/healthz").json == {"status": "ok"}
        use(address)
        figures = ask(address, "/metrics")
        assert ask(address, "/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status == 403
    assert figures.status == 200
    return log, figures.body


def test_each_line_is_an_object_that_tells_a_request(session: tuple[list[str], str]) -> None:
    lines = [json.loads(line) for line in session[0]]
    requests = [line for line in lines if line["event"] == "request"]
    assert all(line.keys() >= {"time", "level", "event"} for line in lines)
    told = {(line["method"], line["path"], line["status"]) for line in requests}
    assert {
        ("GET", "/healthz", 200),
        ("POST", "/gradio_api/call/v2/ask", 200),
        ("GET", "/gradio_api/result", 200),
        ("GET", "/", 200),
        ("GET", "/metrics", 403),
    } <= told
    assert all(line["ms"] >= line["first_ms"] >= 0 for line in requests)
    assert not any("user" in line for line in requests)


def test_no_question_stands_in_the_log(session: tuple[list[str], str]) -> None:
    log = "".join(session[0])
    assert [word for word in WORDS if word in log] == []


def test_an_error_is_told_by_its_name_and_place(session: tuple[list[str], str]) -> None:
    errors = [line for line in map(json.loads, session[0]) if line["event"] == "error"]
    assert errors
    assert all(line.keys() == {"time", "level", "event", "error", "at", "in"} for line in errors)


def test_questions_are_counted_by_what_became_of_them(session: tuple[list[str], str]) -> None:
    assert 'youju_questions_total{status="answered"} 1.0' in session[1].splitlines()
    assert [word for word in WORDS if word in session[1]] == []


# --- the parts ------------------------------------------------------------------------------------


@pytest.fixture
def closed() -> Iterator[None]:
    """Leaves the loggers as they were."""
    root, level = logging.getLogger(), TEXTS.level
    handlers, of_root = list(root.handlers), root.level
    yield
    TEXTS.setLevel(level)
    root.handlers[:] = handlers
    root.setLevel(of_root)
    logging.getLogger("youju.requests").setLevel(logging.NOTSET)
    logging.captureWarnings(False)


@pytest.fixture
def searcher(tmp_path: Path) -> Searcher:
    return Searcher(filled(tmp_path))


@pytest.mark.usefixtures("closed")
def test_questions_are_logged_only_where_that_was_asked_for(
    searcher: Searcher, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    before = counts()
    asked(QUESTION, lambda: answer(searcher, QUESTION))
    assert QUESTION not in caplog.text
    log_as(Watch(questions=True))
    asked(QUESTION, lambda: answer(searcher, QUESTION))
    assert f"answered: {QUESTION}" in caplog.text
    assert counts()["answered"] == before["answered"] + 2


def test_a_question_that_fails_is_counted_and_raised() -> None:
    def fail() -> Any:
        raise YoujuError("no")

    before = counts()["error"]
    with pytest.raises(YoujuError):
        asked(QUESTION, fail)
    assert counts()["error"] == before + 1


def test_a_record_becomes_one_line_without_what_an_error_says() -> None:
    try:
        raise KeyError(QUESTION)
    except KeyError:
        found = sys.exc_info()
    record = logging.LogRecord("x", logging.WARNING, "", 0, "two\nlines %s", ("行",), found)
    line = JsonLines().format(record)
    assert "\n" not in line
    shape = json.loads(line)
    assert (shape["message"], shape["level"], shape["event"]) == (
        "two\nlines 行",
        "warning",
        "message",
    )
    assert shape["error"] == "KeyError"
    assert QUESTION not in line


def trace_of(error: Exception) -> list[str]:
    """The pieces in which a traceback is printed."""

    def deeper() -> None:
        try:
            raise ValueError(f"first {QUESTION}")
        except ValueError:
            raise error from None

    try:
        deeper()
    except type(error) as found:
        return list(traceback.TracebackException.from_exception(found).format())
    raise AssertionError


@pytest.mark.parametrize("at_once", [True, False])
def test_a_printed_error_loses_its_words(at_once: bool, caplog: pytest.LogCaptureFixture) -> None:
    passed: list[str] = []
    sieve = Sieve(passed.append)
    pieces = trace_of(KeyError(f"{QUESTION}\nFile: 机密.docx\nKeyError: 机密"))
    for piece in ["".join(pieces)] if at_once else pieces:
        sieve.write(piece)
    sieve.write("ordinary\n")
    assert passed == ["ordinary\n"]
    assert "KeyError at tests/test_logs.py:" in caplog.text
    assert "机密" not in caplog.text


def test_errors_of_two_threads_are_told_apart(caplog: pytest.LogCaptureFixture) -> None:
    sieve = Sieve(lambda text: None)
    first, *rest = trace_of(KeyError("机密"))
    sieve.write(first)
    other = threading.Thread(target=lambda: [sieve.write(p) for p in trace_of(OSError("机密"))])
    other.start()
    other.join()
    for piece in rest:
        sieve.write(piece)
    assert [record.args and record.args[0] for record in caplog.records] == ["OSError", "KeyError"]


def test_a_traceback_is_told_when_it_is_whole() -> None:
    pieces = trace_of(KeyError("x"))
    assert summary("".join(pieces[:-1])) is None
    found = summary("".join(pieces))
    assert found is not None
    assert found[0] == "KeyError"
