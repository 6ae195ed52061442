"""Whatever is asked of a library over a Milvus server is answered as by the embedded engine."""

import json
from collections.abc import Iterator
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from index import Library
from index.milvus.engine import Milvus
from index.within import within
from retrieval import MODES, Filters, Searcher
from retrieval.shapes import search_shape
from tests.conftest import Run
from tests.fakes import FILES, write_files
from tests.guarded import CHEAP, GOOD, HIDDEN, ask
from tests.milvus_server import opened, running
from tests.served import DRAFT, NEWER, served
from ui.access import Accounts, Sessions
from ui.api import Calls

pytest.importorskip("pymilvus")
pytest.importorskip("milvus_lite")
pytestmark = pytest.mark.milvus

QUESTION = "校长每周陪餐不少于几次？"
SECRET = "校长每周更换暗号不少于7次"
"""A sentence of the document that a reader of the default collection does not see."""
COLLECTIONS = ("default", "secret", "later")

CALLS: list[tuple[str, dict[str, Any], str]] = [
    ("search", {"query": "校车和寄宿", "top": 50}, "hits"),
    ("search", {"query": "食堂", "filters": {"documents": ["canteen.txt", "plan.md"]}}, "hits"),
    ("ask", {"question": QUESTION}, "citations"),
    ("ask", {"question": "教师体检多久一次？", "mode": "dense"}, "nearest"),
    ("trace", {"requirements": ["校长每周陪餐不少于3次", "寄宿生补助1300元", SECRET]}, "rows"),
    ("compare", {"topic": "校长每周"}, "rows"),
    ("compare", {"documents": ["canteen.txt", "newer.txt"]}, "changes"),
    ("show", {"document": "plan.md"}, "clauses"),
]
"""What programs ask for, and which part of the result holds what was found."""


class Pair(NamedTuple):
    """The same documents twice: their indexes on a server, and in the folder."""

    remote: Library
    embedded: Library


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    place = tmp_path_factory.mktemp("asking")
    files = {**FILES, "newer.txt": NEWER, "draft.txt": DRAFT, "hidden.txt": HIDDEN}
    documents = write_files(place / "documents", files)
    with running(place / "data") as server:
        remote = opened(place / "remote", server.address)
        embedded = opened(place / "embedded")
        for library in (remote, embedded):
            library.add([documents])
            library.file_under(named(library, "hidden"), "secret")
            library.file_under(named(library, "draft"), "later")
        yield Pair(remote, embedded)


def named(library: Library, stem: str) -> str:
    """The id of the document that was read from a file."""
    (found,) = (d.id for d in library.documents() if Path(d.source).stem == stem)
    return found


def timeless(shape: Any) -> Any:
    """A result without what differs from run to run."""
    return {key: value for key, value in shape.items() if key != "ms"}


# --- one who sees everything ----------------------------------------------------------------


@pytest.mark.parametrize(("name", "given", "part"), CALLS)
def test_a_call_is_answered_alike(pair: Pair, name: str, given: dict[str, Any], part: str) -> None:
    remote, embedded = (getattr(Calls(Searcher(library)), name)(**given) for library in pair)
    assert isinstance(pair.remote.engine, Milvus)
    assert not isinstance(pair.embedded.engine, Milvus)
    assert timeless(remote) == timeless(embedded)
    assert remote[part]


COMMANDS: list[tuple[str, ...]] = [
    ("search", "校车"),
    ("ask", QUESTION),
    ("ask", "校车多久检修一次", "--region", "青禾县"),
    ("trace", "寄宿生每人每年补助1300元"),
    ("compare", "陪餐"),
    ("check", "学校食堂实行校长陪餐制度，校长每周陪餐不少于5次。"),
    ("list",),
]


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_a_command_prints_the_same(pair: Pair, youju: Run, words: tuple[str, ...]) -> None:
    results = [youju(*words, "--json", "--library", library.folder) for library in pair]
    assert [result.status for result in results] == [0, 0], results[0].err
    remote, embedded = (timeless(result.json) for result in results)
    assert remote == embedded


# --- those who see some of it ---------------------------------------------------------------


@pytest.mark.parametrize(
    "allowed", [set(some) for n in range(4) for some in combinations(COLLECTIONS, n)], ids=sorted
)
def test_readers_are_told_what_they_may_see_and_all_of_that(pair: Pair, allowed: set[str]) -> None:
    remote, embedded = (within(library, frozenset(allowed)) for library in pair)
    hidden = {document.id for document in pair.remote.documents()} - {
        document.id for document in remote.documents()
    }
    assert bool(hidden) is (allowed != set(COLLECTIONS))
    queries, everything = (SECRET, QUESTION, "校车", "第二条"), Filters(superseded=True)
    found, expected = (
        [
            timeless(search_shape(Searcher(library).search(query, 50, mode, everything)))
            for query in queries
            for mode in MODES
        ]
        for library in (remote, embedded)
    )
    assert found == expected
    assert any(one["hits"] for one in found) is bool(allowed)
    for name, given, _ in CALLS:
        said = [getattr(Calls(Searcher(one)), name)(**given) for one in (remote, embedded)]
        assert timeless(said[0]) == timeless(said[1])
        assert not [document for document in hidden if document in json.dumps(said[0])]


class Served(NamedTuple):
    """A served library over a Milvus server, and what requests of its accounts carry."""

    address: str
    reader: dict[str, str]
    editor: dict[str, str]


@pytest.fixture(scope="module")
def site(pair: Pair) -> Iterator[Served]:
    folder = pair.remote.folder
    accounts = Accounts(folder, CHEAP)
    accounts.add("reader", GOOD, "reader", ["default"])
    accounts.add("editor", GOOD, "editor")
    sessions = Sessions(accounts.file)
    tokens = (sessions.new_token(name) for name in ("reader", "editor"))
    headers = ({"Authorization": f"Bearer {token}"} for token in tokens)
    with served(partial(opened, folder)) as address:
        yield Served(address, *headers)


def called(address: str, headers: dict[str, str], name: str, given: dict[str, Any]) -> Any:
    path, kind = f"/gradio_api/call/v2/{name}", {"Content-Type": "application/json"}
    joined = ask(address, path, "POST", json.dumps(given).encode(), {**headers, **kind})
    assert joined.status == 200, joined
    told = ask(address, f"{path}/{joined.json['event_id']}", headers=headers).body
    return json.loads(told.partition("event: complete\ndata: ")[2])[0]


@pytest.mark.parametrize(("name", "given", "part"), CALLS)
def test_a_served_library_answers_each_account_alike(
    pair: Pair, site: Served, name: str, given: dict[str, Any], part: str
) -> None:
    for headers, seen in ((site.editor, None), (site.reader, frozenset({"default"}))):
        expected = getattr(Calls(Searcher(within(pair.embedded, seen))), name)(**given)
        assert timeless(called(site.address, headers, name, given)) == timeless(expected)
        assert expected[part]


def test_an_id_that_is_guessed_finds_nothing_at_a_served_library(pair: Pair, site: Served) -> None:
    hidden, unknown = named(pair.remote, "hidden"), "d" + "0" * 12
    shown = called(site.address, site.editor, "show", {"document": hidden})
    assert SECRET in shown["text"]
    refused = called(site.address, site.reader, "show", {"document": hidden})
    said = called(site.address, site.reader, "show", {"document": unknown})
    assert refused == {"error": said["error"].replace(unknown, hidden)}
    assert ask(site.address, "/openapi.json").status == 401
