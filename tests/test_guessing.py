"""Guessing finds nothing: what a reader may not see answers as what is not there, at every door."""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.guarded import Site, ask, opened
from ui.access import Accounts, Sessions

UNKNOWN = "d" + "0" * 12
SIGNS = ("白鹭归巢", "柏溪")
"""What only the hidden document says, and nothing that is asked here."""
QUESTION = "校长每周更换暗号不少于几次？"
READING = ("read", "find", "open_form", "go")
"""Actions that open a document by its id for who may see it."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    # Actions that are called with what no page sends may fail.
    with opened(tmp_path_factory.mktemp("guessing"), may_fail=True, mcp=True) as site:
        yield site


def config(site: Site) -> Any:
    return ask(site.address, "/config", headers=site.editor).json


def told(site: Site, headers: dict[str, str], action: Any, kinds: dict[int, str], name: str) -> str:
    """What a private action of the page tells that is called with a document in every place."""
    clause = f"{name}-0001"
    values = {"textbox": f"{QUESTION}{name}", "dropdown": name}
    event = {"document": name, "clause": clause, "spans": "0-9", "sought": "暗号", "page": 0}
    event |= {"words": "暗号", "question": QUESTION, "verdict": "up", "remark": "", "row": 0}
    event |= {"match": 0, "pressed": "false", "format": "docx", "view": "similar", "run": 0}
    event |= {"is_shown": False, "is_read": False}
    asked = {"doc": name, "clause": clause, "tab": "compare", "way": "two", "old": name}
    page = f"{headers['Cookie'][-9:-1]}{name}"
    body = {
        "data": [values.get(kinds[number]) for number in action["inputs"]],
        "fn_index": action["id"],
        "session_hash": page,
        "event_data": event,
    }
    sent = {**headers, "Content-Type": "application/json"}
    join = f"/gradio_api/queue/join?{urlencode({**asked, 'new': name})}"
    assert ask(site.address, join, "POST", json.dumps(body).encode(), sent).status == 200
    answers = f"/gradio_api/queue/data?session_hash={page}"
    lines = ask(site.address, answers, headers=headers).body.splitlines()
    messages = [json.loads(line[6:]) for line in lines if line.startswith("data: ")]
    # How long it took is no part of what is told, nor that it was told before.
    outputs = [m["output"].get("data") or m["output"] for m in messages if "output" in m]
    return re.sub(r"data-(?:arrived|serial)=\W+\d+", "", json.dumps(outputs, ensure_ascii=False))


def test_no_action_of_the_page_tells_a_reader_of_a_hidden_document(site: Site) -> None:
    page = config(site)
    kinds = {one["id"]: one["type"] for one in page["components"]}
    # The reader is opened from a dozen panels by one action, `read`.
    actions = [
        one
        for one in page["dependencies"]
        if one["backend_fn"] and one["targets"] and not re.fullmatch(r"read_\d+", one["api_name"])
    ]
    assert {*READING} <= {one["api_name"] for one in actions}
    for action in actions:
        said = told(site, site.reader, action, kinds, site.hidden)
        assert not [sign for sign in SIGNS if sign in said], action["api_name"]
        if action["api_name"] in READING:
            nobody = told(site, site.reader, action, kinds, UNKNOWN)
            assert said.replace(site.hidden, UNKNOWN) == nobody
            shown = told(site, site.editor, action, kinds, site.hidden)
            assert any(sign in shown for sign in SIGNS), action["api_name"]


# --- by the tools of a language model -------------------------------------------------------------


def tool(site: Site, account: str, name: str, **given: str) -> str:
    """What a tool of the MCP server tells a program of an account."""
    token = Sessions(Accounts(site.library.folder).file).new_token(account)
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call"}
    body = json.dumps({**call, "params": {"name": name, "arguments": given}}).encode()
    accepted = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}
    headers = {**accepted, "Authorization": f"Bearer {token}"}
    answer = ask(site.address, "/mcp", "POST", body, headers)
    assert answer.status == 200, answer
    return json.dumps(answer.json["result"], ensure_ascii=False)


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("get_clause", {"document": "{}", "address": "第二条"}),
        ("check_currency", {"document": "{}"}),
        ("get_clause", {"document": "{}县学校暗号管理办法", "address": "第二条"}),
        ("check_currency", {"document": "{}县学校暗号管理办法"}),
        ("validate_citation", {"text": "依据《{}县学校暗号管理办法》第二条制定。"}),
    ],
)
def test_no_tool_tells_a_reader_of_a_hidden_document(
    site: Site, name: str, given: dict[str, str]
) -> None:
    pytest.importorskip("mcp")
    names = ("柏溪", "松溪") if "县" in "".join(given.values()) else (site.hidden, UNKNOWN)
    asked, nobody = ({k: v.format(one) for k, v in given.items()} for one in names)
    said = tool(site, "reader", name, **asked)
    assert said.replace(*names) == tool(site, "reader", name, **nobody)
    assert site.hidden in tool(site, "editor", name, **asked)


def test_no_tool_finds_a_hidden_document_for_a_reader(site: Site) -> None:
    pytest.importorskip("mcp")
    for name, given in (("search", {"query": QUESTION}), ("ask", {"question": QUESTION})):
        said = tool(site, "reader", name, **given)
        assert not [sign for sign in (*SIGNS, site.hidden) if sign in said]
        assert site.hidden in tool(site, "editor", name, **given)
