"""The MCP server, tried with the client of the `mcp` package: on a pipe, over HTTP, in memory."""

import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from index import Library
from retrieval import Searcher
from tests.served import DRAFT, NEWER, ROOT, damaged, filled, keywords, served

pytest.importorskip("mcp", reason="the extra mcp is not installed")

import anyio
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

from ui.mcp.server import build_server

TOOLS = ["search", "ask", "get_clause", "validate_citation", "check_currency"]
CANTEEN = "青禾县学校食堂管理办法"
PLAN = "白沙市人民政府关于发展学前教育的意见"
QUESTION = "校长每周陪餐不少于几次？"
STDIO = """
import sys, cli
from tests.fakes import KeywordEncoder
sys.exit(cli.main(["mcp", "--library", sys.argv[1]], lambda name: KeywordEncoder()))
"""


class Told(NamedTuple):
    """What a tool returned: its typed result, its text, and whether it is an error."""

    result: dict[str, Any]
    text: str
    failed: bool


Call = Callable[..., Awaitable[Told]]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return filled(tmp_path_factory.mktemp("mcp"), newer=NEWER, draft=DRAFT)


def caller(client: Client) -> Call:
    async def call(name: str, **arguments: object) -> Told:
        told = await client.call_tool(name, arguments)
        text = "".join(getattr(part, "text", "") for part in told.content)
        return Told(told.structured_content or {}, text, bool(told.is_error))

    return call


def using(library: Library, use: Callable[[Call], Awaitable[None]]) -> None:
    """Run `use` with a client that speaks to the server in this process."""

    async def main() -> None:
        async with Client(build_server(lambda request: Searcher(library))) as client:
            await use(caller(client))

    anyio.run(main)


def one(library: Library, name: str, **arguments: object) -> Told:
    """What one call returns."""
    told: list[Told] = []

    async def use(call: Call) -> None:
        told.append(await call(name, **arguments))

    using(library, use)
    return told[0]


# --- with a real client, the real way -------------------------------------------------------------


async def tried(client: Client) -> None:
    """There are the five tools, typed and read-only, and each way to them answers."""
    tools = (await client.list_tools()).tools
    assert [tool.name for tool in tools] == TOOLS
    for tool in tools:
        assert tool.output_schema and tool.output_schema["properties"]
        assert tool.annotations and tool.annotations.read_only_hint
        assert all("description" in p for p in tool.input_schema["properties"].values())
    call = caller(client)
    said = await call("ask", question=QUESTION)
    assert said.result["status"] == "answered"
    assert "校长每周陪餐不少于9次" in said.result["citations"][0]["quote"]
    assert not (await call("search", query="校车", top=1)).failed
    assert (await call("ask", question=" ")).failed


def test_a_desktop_client_starts_it_on_a_pipe(library: Library) -> None:
    server = StdioServerParameters(
        command=sys.executable,
        args=["-c", STDIO, str(library.folder)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )

    async def main() -> None:
        async with Client(stdio_client(server)) as client:
            await tried(client)

    anyio.run(main)


def test_a_client_on_the_network_finds_it_beside_the_page(library: Library) -> None:
    import httpx2

    async def main(address: str) -> None:
        async with Client(f"{address}/mcp") as client:
            await tried(client)

    with served(partial(keywords, library.folder), mcp=True) as address:
        anyio.run(main, address)
        assert httpx2.get(address).status_code == 200
        assert httpx2.get(f"{address}/mcp").status_code == 405
        json = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
        elsewhere = {"Accept": "application/json, text/event-stream", "Host": "evil.example"}
        assert httpx2.post(f"{address}/mcp", json=json, headers=elsewhere).status_code == 421
        origin = {"Origin": "http://evil.example"}
        assert httpx2.post(f"{address}/mcp", json=json, headers=origin).status_code == 403


# --- the tools ------------------------------------------------------------------------------------


def test_a_search_gives_text_and_citation(library: Library) -> None:
    told = one(library, "search", query=f"《{PLAN}》校车", top=1).result
    (first,) = told["clauses"]
    assert first["citation"].startswith(f"《{PLAN}》（白政发〔2024〕7号）")
    document = library.document(first["document"]["id"])
    assert first["text"] in document.text


def test_a_clause_is_told_of_each_version_what_holds_first(library: Library) -> None:
    told = one(library, "get_clause", document=f"《{CANTEEN}》", address="第二条").result
    newer, older = told["clauses"]
    assert newer["text"].endswith("校长每周陪餐不少于9次。")
    assert (newer["notice"], older["document"]["status"]) == (None, "已被替代")
    assert "3次" in older["text"]
    assert CANTEEN in older["notice"]
    assert newer["citation"] == f"《{CANTEEN}》（2025年）第二条"


def test_a_part_of_a_clause_is_cited_as_such(library: Library) -> None:
    told = one(library, "get_clause", document="canteen.txt", address="第二条第二款").result
    (part,) = told["clauses"]
    assert part["text"] == "食堂应当公示一周菜谱。"
    assert part["address"] == "第二条第二款"
    by_number = one(
        library, "get_clause", document="白政发〔2024〕7号", address="一、（二）"
    ).result
    assert "不少于2班" in by_number["clauses"][0]["text"]


def test_what_is_not_there_is_said_with_what_is(library: Library) -> None:
    told = one(library, "get_clause", document=CANTEEN, address="第九十条")
    assert told.failed
    assert f"《{CANTEEN}》没有第九十条" in told.text
    assert "从第一条到第四条" in told.text
    assert one(library, "get_clause", document="没有的办法", address="第一条").failed
    assert "at most 200" in one(library, "check_currency", document="办" * 201).text


def test_citations_of_a_text_are_checked(library: Library) -> None:
    text = (
        f"根据《{CANTEEN}》第二条，“校长每周陪餐不少于9次”。"
        f"《{CANTEEN}》第三条规定“学校可以向学生收取食堂管理费”。"
        "又据《没有的办法》第一条。"
    )
    told = one(library, "validate_citation", text=text).result
    assert [finding["result"] for finding in told["findings"]] == ["verified", "altered", "missing"]
    counts = {"verified": 1, "uncompared": 0, "altered": 1, "missing": 1, "replaced": 0}
    assert told["counts"] == counts
    altered = told["findings"][1]
    assert text[altered["start"] : altered["end"]] == altered["text"]
    assert "不得" in altered["quote"]


def test_currency_says_what_replaced_a_document(library: Library) -> None:
    told = one(library, "check_currency", document=CANTEEN).result
    newer, older = told["documents"]
    assert (newer["in_force"], older["in_force"]) == (True, False)
    assert newer["effective"] == "2025-06-01"
    assert older["replaced_by"]["id"] == newer["document"]["id"]
    draft = one(library, "check_currency", document="青禾县校车管理办法").result
    assert [one["in_force"] for one in draft["documents"]] == [False]
    unknown = one(library, "check_currency", document="notice.txt").result["documents"][0]
    assert (unknown["in_force"], unknown["document"]["status"]) == (None, "不明")


def test_nothing_of_the_machine_is_told(tmp_path: Path) -> None:
    server = build_server(lambda request: Searcher(damaged(tmp_path)))

    async def main() -> Told:
        async with Client(server) as client:
            return await caller(client)("search", query="陪餐")

    told = anyio.run(main)
    assert told.failed
    assert "the library cannot be used now" in told.text
    assert str(tmp_path) not in told.text


def test_the_package_is_loaded_only_where_it_serves() -> None:
    loaded = "import app, cli, ui.mcp, sys; print({'mcp', 'pydantic'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", loaded], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "set()\n"


def test_without_the_extra_it_is_one_clear_line(
    monkeypatch: pytest.MonkeyPatch, library: Library
) -> None:
    from ui.mcp import McpError, run_on_stdio

    for name in list(sys.modules):
        if name == "mcp" or name.startswith(("mcp.", "ui.mcp.server", "ui.mcp.tools")):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "mcp", None)
    with pytest.raises(McpError, match=r"pip install 'youju\[mcp\]'"):
        run_on_stdio(Searcher(library))
