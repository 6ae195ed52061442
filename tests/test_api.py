"""The public interface: five calls, their JSON, their refusals, and nothing else by name."""

import json
import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import app
from index import Library
from retrieval import Searcher, answer, standings
from retrieval.compare import compare_topic
from retrieval.compare.shapes import topic_shape
from retrieval.shapes import answer_shape, search_shape, show_shape
from retrieval.trace import trace
from retrieval.trace.shapes import trace_shape
from tests.served import DRAFT, NEWER, ROOT, damaged, filled, keywords, served
from ui.access.asgi import Receive, Scope, Send
from ui.api import Calls, Gate, parameters
from ui.api.gate import UNFETCHED
from ui.api.outward import file_name, outward

QUESTION = "校长每周陪餐不少于几次？"
DOCS = ROOT / "docs" / "api.md"
EVIL = "<img src=x onerror=alert(1)></mark><script>"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return filled(tmp_path_factory.mktemp("api"), newer=NEWER, draft=DRAFT)


@pytest.fixture(scope="module")
def searcher(library: Library) -> Searcher:
    return Searcher(library)


@pytest.fixture(scope="module")
def calls(searcher: Searcher) -> Calls:
    return Calls(searcher)


def timeless(shape: dict[str, Any]) -> dict[str, Any]:
    """A result without what differs from run to run."""
    return {key: value for key, value in outward(shape).items() if key != "ms"}


# --- the calls --------------------------------------------------------------------------------


def test_each_call_returns_the_json_of_the_command_line(calls: Calls, searcher: Searcher) -> None:
    known = standings(searcher.library)
    first = searcher.library.document(next(iter(known)))
    requirement = "校长每周陪餐不少于3次"
    assert timeless(calls.search("陪餐", 2)) == timeless(search_shape(searcher.search("陪餐", 2)))
    assert timeless(calls.ask(QUESTION)) == timeless(answer_shape(answer(searcher, QUESTION)))
    assert calls.trace([requirement]) == outward(trace_shape([trace(searcher, requirement)]))
    assert calls.compare("陪餐") == outward(topic_shape(compare_topic(searcher, "陪餐")))
    shown = calls.show(first.id)
    assert shown.keys() == show_shape(first, known[first.id]).keys()
    assert shown["text"] == first.text


def test_two_documents_are_compared_by_id_or_file(calls: Calls) -> None:
    changed = calls.compare(documents=["canteen.txt", "newer.txt"])
    assert changed["relation"]
    assert [change["kind"] for change in changed["changes"]]
    assert "9次" in json.dumps(changed, ensure_ascii=False)


def test_filters_choose_documents(calls: Calls) -> None:
    drafts = calls.search("校车", filters={"status": "征求意见稿"})
    assert {hit["document"]["title"] for hit in drafts["hits"]} == {
        "青禾县校车管理办法（征求意见稿）"
    }
    named = calls.search("校车", filters={"documents": ["plan.md"]})
    assert {hit["document"]["source"] for hit in named["hits"]} == {"plan.md"}


def test_a_threshold_silences(calls: Calls) -> None:
    assert calls.ask(QUESTION, threshold=0.0)["status"] == "answered"
    assert calls.ask(QUESTION, threshold=1)["status"] == "not_found"


def test_no_path_of_the_machine_leaves(calls: Calls, library: Library) -> None:
    ids = [document.id for document in library.documents()]
    results = [calls.search("陪餐"), calls.ask(QUESTION), calls.show(ids[0])]
    results += [calls.trace(["校长陪餐"]), calls.compare("陪餐"), calls.compare(documents=ids[:2])]
    written = json.dumps(results, ensure_ascii=False)
    assert '"source": "canteen.txt"' in written
    assert str(library.folder.parent) not in written


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("/a/b/c.txt", "c.txt"),
        (r"C:\a\b.txt", "b.txt"),
        ("c.txt", "c.txt"),
        ("/a/z.zip/in.md", "in.md"),
    ],
)
def test_a_source_is_told_by_its_name(source: str, name: str) -> None:
    assert file_name(source) == name


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("search", {"query": ""}, "the question is empty"),
    ("search", {"query": 5}, "query is a number, expected a text"),
    ("search", {"query": "问" * 2000}, "has 2000 characters, at most 1000"),
    ("search", {"query": "问", "top": 0}, "top is 0, expected a whole number from 1 to 100"),
    ("search", {"query": "问", "top": 101}, "top is 101"),
    ("search", {"query": "问", "top": True}, "top is True"),
    ("search", {"query": "问", "top": float("nan")}, "top is nan"),
    ("search", {"query": "问", "top": float("inf")}, "top is inf"),
    ("search", {"query": "问", "mode": ["bm25"]}, "mode is a list, expected one of hybrid"),
    ("search", {"query": "问", "filters": []}, "filters is a list, expected an object"),
    ("search", {"query": "问", "filters": {"path": "x"}}, "filters has path, expected any of"),
    ("search", {"query": "问", "filters": {"year": "24"}}, "a year of four digits"),
    ("search", {"query": "问", "filters": {"level": "村"}}, "expected one of 国家、省"),
    ("search", {"query": "问", "filters": {"superseded": 1}}, "expected true or false"),
    ("search", {"query": "问", "filters": {"issuer": "局" * 201}}, "at most 200"),
    ("search", {"query": "问", "filters": {"documents": ["没有"]}}, "no document is called"),
    ("ask", {"question": "问", "threshold": 2}, "threshold is 2, expected a number from 0 to 1"),
    ("trace", {"requirements": "问"}, "requirements is a text, expected a list"),
    ("trace", {"requirements": []}, "no requirement found"),
    ("trace", {"requirements": ["问"] * 51}, "has 51 texts, at most 50"),
    ("trace", {"requirements": ["陪餐", None]}, "requirements[1] is null"),
    ("compare", {}, "compare takes one of two"),
    ("compare", {"topic": "x", "documents": ["a", "b"]}, "compare takes one of two"),
    ("compare", {"documents": ["a"]}, "documents names 1, expected two"),
    ("show", {"document": "dffffffffffff"}, "no document is called"),
    ("show", {"document": "../../etc/passwd"}, "no document is called"),
    ("show", {"document": None}, "document is null, expected a text"),
]


@pytest.mark.parametrize(("name", "given", "line"), WRONG)
def test_a_wrong_call_gets_one_line(
    calls: Calls, name: str, given: dict[str, Any], line: str
) -> None:
    result = getattr(calls, name)(**given)
    assert list(result) == ["error"]
    assert line in result["error"]
    assert "\n" not in result["error"]


def test_what_is_wrong_with_the_machine_is_not_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    found = Calls(Searcher(damaged(tmp_path))).search("陪餐")
    assert list(found) == ["error"]
    assert "the library cannot be used now" in found["error"]
    assert str(tmp_path) not in found["error"]
    assert "library database" in caplog.text


def test_only_the_five_are_public(library: Library) -> None:
    page = app.build(library)
    names = {f"/{name}" for name in parameters()}
    assert names == {"/search", "/ask", "/trace", "/compare", "/show"}
    assert page.get_api_info(all_endpoints=True)["named_endpoints"].keys() == names
    public = [f for f in page.fns.values() if f.api_visibility != "private"]
    assert {f"/{function.api_name}" for function in public} == names
    assert {function.concurrency_id for function in public} == {"api"}
    assert len(public) == 5


# --- over HTTP --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def address(library: Library) -> Iterator[str]:
    with served(partial(keywords, library.folder)) as address:
        yield address


def post(
    address: str, path: str, body: object, headers: dict[str, str] | None = None
) -> tuple[int, Any]:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {"Content-Type": "application/json", **(headers or {})}
    request = urllib.request.Request(address + path, data, headers)
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def called(address: str, name: str, **given: object) -> Any:
    status, joined = post(address, f"/gradio_api/call/v2/{name}", given)
    assert status == 200
    event = f"{address}/gradio_api/call/v2/{name}/{joined['event_id']}"
    with urllib.request.urlopen(event, timeout=60) as response:
        told = response.read().decode()
    assert told.startswith("event: complete\n")
    return json.loads(told.split("data: ", 1)[1])[0]


def test_plain_http_and_the_python_client_say_the_same(address: str, calls: Calls) -> None:
    from gradio_client import Client

    client = Client(address, verbose=False)
    wanted = timeless(calls.ask(QUESTION))
    assert timeless(called(address, "ask", question=QUESTION)) == wanted
    assert timeless(client.predict(QUESTION, api_name="/ask")) == wanted
    assert client.predict("", api_name="/ask").keys() == {"error"}
    assert called(address, "search", query=EVIL)["query"] == EVIL
    assert EVIL in called(address, "show", document=EVIL)["error"]


REFUSED: list[tuple[str, object, dict[str, str], int, str]] = [
    ("call/v2/search", {"quer": "x"}, {}, 422, "found quer; query is missing"),
    ("call/v2/search", [1], {}, 422, "no JSON object"),
    ("call/v2/search", b"[" * 100_000, {}, 422, "no JSON object"),
    ("call/v2/arrive", {}, {}, 404, "there is no such call"),
    ("call/arrive", {"data": []}, {}, 404, "there is no such call"),
    ("run/search", {"data": ["x", 1, "hybrid", None]}, {}, 404, "there is no such call"),
    ("api/search", {"data": []}, {}, 404, "there is no such call"),
    ("call/v2/search", b"x" * (8 << 20) + b"x", {}, 413, "too large, at most 8 MB"),
    ("queue/join", b"x" * (8 << 20) + b"x", {}, 413, "too large, at most 8 MB"),
    ("call/v2/search", {"query": "x"}, {"Origin": "http://a.example"}, 403, "another site"),
    ("call/v2/search", {"query": "x"}, {"Content-Type": "text/plain"}, 415, "application/json"),
    ("vibe-edit", {}, {}, 404, "nothing at this address"),
    # Gradio would let an event go on with what is sent here, the page that it names included.
    ("stream/x", {"data": [], "session_hash": "of another"}, {}, 404, "nothing at this address"),
    ("stream/x/close", {}, {}, 404, "nothing at this address"),
    ("component_server", {"session_hash": "x"}, {}, 404, "nothing at this address"),
]


@pytest.mark.parametrize(("path", "body", "headers", "status", "line"), REFUSED)
def test_the_gate_refuses(
    address: str, path: str, body: object, headers: dict[str, str], status: int, line: str
) -> None:
    found, told = post(address, f"/gradio_api/{path}", body, headers)
    assert (found, list(told)) == (status, ["error"])
    assert line in told["error"]


def test_answers_that_nobody_fetches_are_not_kept_without_end() -> None:
    """Each `show` of a long document would take megabytes until the app ends."""
    dropped: list[str] = []
    gate = Gate(nobody, parameters(), dropped.append, lambda page: True)
    for number in range(UNFETCHED + 3):
        gate._begun(f"{number}", "li")
        gate._begun(f"of wang {number % 5}", "wang")
    assert dropped == ["0", "1", "2"]
    assert len(gate._events) == UNFETCHED + 5


async def nobody(scope: Scope, receive: Receive, send: Send) -> None:
    raise AssertionError("nothing is asked")


def test_the_schema_describes_every_call_and_parameter(address: str) -> None:
    with urllib.request.urlopen(address + "/openapi.json", timeout=60) as response:
        told = json.load(response)
    assert told["openapi"] == "3.1.0"
    for name, taken in parameters().items():
        asked = told["paths"][f"/gradio_api/call/v2/{name}"]["post"]["requestBody"]
        body = asked["content"]["application/json"]["schema"]
        assert tuple(body["properties"]) == taken.known
        assert tuple(body["required"]) == taken.needed
        assert f"/gradio_api/call/v2/{name}/{{event_id}}" in told["paths"]
    assert len(told["paths"]) == 2 * len(parameters())


# --- the document -----------------------------------------------------------------------------


def blocks(language: str) -> list[str]:
    text = DOCS.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def test_every_call_and_parameter_is_documented() -> None:
    text = DOCS.read_text(encoding="utf-8")
    for name, taken in parameters().items():
        section = text.split(f"\n## `/{name}`", 1)[1].split("\n## ", 1)[0]
        assert all(f"| `{parameter}` |" in section for parameter in taken.known), name


def test_the_examples_in_python_run(address: str) -> None:
    examples = blocks("python")
    assert examples
    program = "\n".join(examples).replace("http://127.0.0.1:7860", address)
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "校长每周陪餐不少于9次" in done.stdout


@pytest.mark.skipif(not shutil.which("curl"), reason="no curl on PATH")
def test_the_examples_with_curl_run(address: str) -> None:
    examples = blocks("sh")
    assert examples
    for example in examples:
        script = example.replace("http://127.0.0.1:7860", address)
        done = subprocess.run(
            ["bash", "-euc", script], capture_output=True, text=True, timeout=60, check=True
        )
        (data,) = [line for line in done.stdout.splitlines() if line.startswith("data: ")]
        (result,) = json.loads(data.removeprefix("data: "))
        assert "error" not in result
