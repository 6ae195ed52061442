"""The reading process: it serves, it ends with what breaks it, and the next file is read."""

import io
import json
import sys
from pathlib import Path

import pytest

from corpus import Note, ReadError, Span
from corpus.document import Recognised
from corpus.readers.formats import FORMATS, Format
from corpus.readers.reading import Reading
from corpus.readers.worker import MEMORY, Worker, serve

TEXT = "青禾县学校办法\n第一条　学校应当公开收费。\n".encode()

BEHAVIOURS = {
    "hang": "threading.Event().wait()",
    "crash": "import os; os.abort()",
    "quit": "raise SystemExit(3)",
    "fail": "raise KeyError('the font')",
    "eat": "bytearray(1 << 40)",
    "print": "print('{}'); return Reading(data.decode())",
    "refuse": "raise ReadError('the page is empty: print it again')",
    "slow": "ask(20.0); threading.Event().wait(0.5); return Reading(data.decode())",
    "full": (
        "return Reading('甲乙', None, (Note('damaged', ('1',), Span(0, 1)), Note('unnumbered')),"
        " (0, 1), (Recognised(Span(0, 2), 0.5),))"
    ),
}
READER = """
import threading
from corpus.document import Recognised
from corpus.errors import ReadError
from corpus.notes import Note
from corpus.readers.patience import ask
from corpus.readers.reading import Reading
from corpus.spans import Span

def read(data):
    {body}
"""


@pytest.fixture
def worker(tmp_path: Path):  # type: ignore[no-untyped-def]
    """A reading process that also knows a format for each of BEHAVIOURS."""
    for name, body in BEHAVIOURS.items():
        (tmp_path / f"bad_{name}.py").write_text(READER.format(body=body), encoding="utf-8")
    formats = ", ".join(f"'{name}': Bad('bad_{name}', ())" for name in BEHAVIOURS)
    (tmp_path / "bad_reading.py").write_text(
        "from importlib import import_module\n"
        "from corpus.readers import formats, worker\n"
        "class Bad(formats.Format):\n"
        "    def load(self): return import_module(self.name).read\n"
        f"formats.FORMATS.update({{{formats}}})\n"
        "worker.main()\n",
        encoding="utf-8",
    )
    started = Worker([sys.executable, "-m", "bad_reading"], [tmp_path])
    yield started
    started.end()


def asked(worker: Worker, name: str, seconds: float = 20.0, data: bytes = TEXT) -> Reading:
    return worker.read(Format(name, (), seconds), data)


def test_everything_a_reader_found_comes_back(worker: Worker) -> None:
    assert asked(worker, "full") == Reading(
        "甲乙",
        None,
        (Note("damaged", ("1",), Span(0, 1)), Note("unnumbered")),
        (0, 1),
        (Recognised(Span(0, 2), 0.5),),
    )


def test_one_process_reads_one_file_after_another(worker: Worker) -> None:
    assert [asked(worker, "txt").text for _ in range(3)] == [TEXT.decode()] * 3
    assert asked(worker, "txt", data=b"x" * 3_000_000).text == "x" * 3_000_000


def test_what_a_parser_prints_does_not_get_between_the_answers(worker: Worker) -> None:
    assert asked(worker, "print").text == TEXT.decode()
    assert asked(worker, "txt").text == TEXT.decode()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("refuse", "the page is empty: print it again"),
        ("fail", "the file is damaged (KeyError 'the font')"),
        ("eat", "more memory than is allowed"),
    ],
)
def test_a_reader_that_fails_is_one_line_and_the_process_goes_on(
    worker: Worker, name: str, said: str
) -> None:
    with pytest.raises(ReadError) as caught:
        asked(worker, name)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    assert worker.is_running
    assert asked(worker, "txt").text == TEXT.decode()


@pytest.mark.parametrize(
    ("name", "seconds", "said"),
    [("hang", 0.3, "took longer than"), ("crash", 20, "broke off"), ("quit", 20, "broke off")],
)
def test_a_reader_that_hangs_or_crashes_is_ended(
    worker: Worker, name: str, seconds: float, said: str
) -> None:
    with pytest.raises(ReadError, match=said):
        asked(worker, name, seconds)
    assert not worker.is_running


def test_a_reader_at_work_may_ask_for_more_time(worker: Worker) -> None:
    assert asked(worker, "slow", seconds=0.2).text == TEXT.decode()
    assert asked(worker, "txt").text == TEXT.decode()


def test_a_command_that_is_no_worker_is_an_error_in_one_line() -> None:
    with pytest.raises(ReadError, match="does not start"):
        Worker([sys.executable, "-c", "pass"])


def test_requests_are_answered_line_by_line() -> None:
    requests, answers = io.BytesIO(), io.BytesIO()
    for name, data in (("txt", TEXT), ("txt", b"%PDF-1.7"), ("md", "# 甲".encode())):
        requests.write(json.dumps({"format": name, "size": len(data)}).encode() + b"\n" + data)
    requests.seek(0)
    serve(requests, answers)
    ready, *lines = answers.getvalue().splitlines()
    assert ready == b"ready"
    read, refused, marked = map(json.loads, lines)
    assert read["text"] == TEXT.decode()
    assert refused.keys() == {"error"}
    assert marked["text"] == "甲"


def test_every_format_that_others_parse_is_read_apart_with_a_limit() -> None:
    ours = {"txt", "md", "doc"}
    assert all(format_.seconds for name, format_ in FORMATS.items() if name not in ours)
    assert MEMORY <= 4 * 1024**3
