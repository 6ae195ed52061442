"""What each role may do at a served page, by whatever way it is tried; and no path leads out."""

import json
import urllib.parse
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from secrets import token_hex
from typing import Any

import pytest

from tests.guarded import CHEAP, GOOD, Site, Told, ask, opened
from ui.access import Accounts, Sessions


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    # Gradio refuses a path that was not uploaded by an exception.
    with opened(tmp_path_factory.mktemp("gate"), may_fail=True) as site:
        yield site


# --- roles ----------------------------------------------------------------------------------------


def actions(site: Site) -> dict[str, int]:
    """The number of each private action of the page, by the event that raises it."""
    config = ask(site.address, "/config", headers=site.editor).json
    return {
        f"{event or 'upload'}": dependency["id"]
        for dependency in config["dependencies"]
        for _, event in dependency["targets"]
    }


def act(
    site: Site,
    headers: dict[str, str],
    event: str,
    told: dict[str, Any],
    page: str,
    inputs: int = 1,
) -> str:
    """What a private action answers that is called by its number, as the page calls it."""
    number, data = actions(site)[event], [None] * inputs
    body = {"data": data, "fn_index": number, "session_hash": page, "event_data": told}
    sent = {**headers, "Content-Type": "application/json"}
    joining = json.dumps(body).encode()
    joined = ask(site.address, "/gradio_api/queue/join", "POST", joining, sent)
    if joined.status != 200:
        return joined.body
    answers = f"/gradio_api/queue/data?session_hash={page}"
    return ask(site.address, answers, headers=headers).body


CHANGES = {
    "remove_document": 2,
    "edit_document": 1,
    "save_metadata": 2,
    "take_back_metadata": 2,
    "cancel_adding": 1,
}
"""Events that change the library, and how many inputs each takes."""


@pytest.mark.parametrize("event", CHANGES)
def test_a_reader_changes_nothing_whatever_number_is_called(site: Site, event: str) -> None:
    before = site.library.store.state()
    (document, *_) = site.library.documents()
    data = {"document": document.id, "title": "别的标题", "collection": "default"}
    told = act(site, site.reader, event, data, f"reader{event}", CHANGES[event])
    assert "只能提问和阅读" in told
    assert site.library.store.state() == before


def test_an_editor_changes_by_the_same_call(site: Site) -> None:
    (document, *_) = site.library.documents()
    data = {"document": document.id, "title": "红枫办法"}
    act(site, site.editor, "save_metadata", data, "editorsaves", 2)
    assert site.library.document(document.id).label == "红枫办法"


def test_a_reader_opens_no_document_of_another_collection(site: Site) -> None:
    for name in (site.hidden, "d" * 13):
        told = act(site, site.reader, "open_document", {"document": name, "spans": "0-9"}, "opens")
        assert "白鹭归巢" not in told and "这份文件已经不在资料库里了" in told


def test_a_page_of_somebody_else_cannot_be_gone_on_with(site: Site) -> None:
    act(site, site.editor, "open_document", {"document": site.hidden, "spans": ""}, "mine")
    refused = {"error": "this page was opened by somebody else: open your own"}
    for path in ("/gradio_api/queue/data?session_hash=mine", "/gradio_api/heartbeat/mine"):
        told = ask(site.address, path, headers=site.reader)
        assert (told.status, told.json) == (403, refused)
    assert json.loads(act(site, site.reader, "show_trail", {}, "mine", 2)) == refused


def test_accounts_are_shown_to_an_admin(site: Site) -> None:
    shown = ask(site.address, "/accounts", headers=site.admin)
    assert shown.status == 200 and "victim" in shown.body and GOOD not in shown.body
    for headers in (site.reader, site.editor):
        refused = ask(site.address, "/accounts", headers=headers)
        assert refused.status == 403 and "victim" not in refused.body


# --- by program -----------------------------------------------------------------------------------


def called(site: Site, headers: dict[str, str], name: str, **given: object) -> Any:
    path, kind = f"/gradio_api/call/v2/{name}", {"Content-Type": "application/json"}
    joined = ask(site.address, path, "POST", json.dumps(given).encode(), {**headers, **kind})
    assert joined.status == 200, joined
    told = ask(site.address, f"{path}/{joined.json['event_id']}", headers=headers).body
    return json.loads(told.split("data: ", 1)[1])[0]


def test_a_token_asks_as_its_account(site: Site) -> None:
    sessions = Sessions(Accounts(site.library.folder, CHEAP).file)
    for name, sees in (("reader", False), ("editor", True)):
        headers = {"Authorization": f"Bearer {sessions.new_token(name)}"}
        hits = called(site, headers, "search", query="校长每周更换暗号", top=100)["hits"]
        assert any(hit["document"]["id"] == site.hidden for hit in hits) is sees
        shown = called(site, headers, "show", document=site.hidden)
        assert ("text" in shown) is sees
        if not sees:
            unknown = "d" + "0" * 12
            nobody = called(site, headers, "show", document=unknown)["error"]
            assert shown["error"] == nobody.replace(unknown, site.hidden)
        compared = called(site, headers, "compare", topic="暗号")["rows"]
        assert any(row["document"]["id"] == site.hidden for row in compared) is sees


def test_an_answer_is_fetched_once_and_by_who_asked(site: Site) -> None:
    path, kind = "/gradio_api/call/v2/search", {"Content-Type": "application/json"}
    body = json.dumps({"query": "暗号"}).encode()
    event = ask(site.address, path, "POST", body, {**site.editor, **kind}).json["event_id"]
    # Nor by taking the event for a page, whose answers it is kept among.
    heard = f"/gradio_api/queue/data?session_hash={event}"
    ended = json.dumps({"session_hash": event, "fn_index": 0, "event_id": event}).encode()
    assert ask(site.address, heard, headers=site.reader).status == 403
    assert ask(site.address, "/gradio_api/cancel", "POST", ended, site.reader).status == 403
    for headers, status in ((site.reader, 404), (site.editor, 200), (site.editor, 404)):
        told = ask(site.address, f"{path}/{event}", headers=headers)
        assert (told.status, site.hidden in told.body) == (status, status == 200)
    assert ask(site.address, f"{path}/{'0' * 32}", headers=site.editor).status == 404


# --- paths ----------------------------------------------------------------------------------------

PATHS = [
    "/etc/passwd",
    "../../../../../../etc/passwd",
    "..%2f..%2f..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/etc/passwd",
    "....//....//etc/passwd",
    "C:\\Windows\\win.ini",
    "C:/Windows/win.ini",
    "\\\\?\\C:\\Windows\\win.ini",
    "\\\\server\\share\\x",
    "file:///etc/passwd",
    "/proc/self/environ",
    "/dev/zero",
    "/etc/passwd.",
    "/etc/passwd%00.txt",
    "/ETC/PASSWD",
]


def held(site: Site) -> list[str]:
    """Files that lie beside what is served, and a link that leads to one."""
    folder = site.library.folder
    evil = folder.with_name(folder.name + "-evil")
    evil.mkdir(exist_ok=True)
    (evil / "x.txt").write_text("白鹭归巢", "utf-8")
    link = evil / "link.txt"
    if not link.exists():
        link.symlink_to(folder / "accounts.db")
    inside = [folder / name for name in ("library.db", "accounts.db", "Library.db", "library.db.")]
    return [*map(str, inside), str(evil / "x.txt"), str(link), f"{folder}/../library/accounts.db"]


WAYS = [
    *("/gradio_api/file=", "/gradio_api/file/", "/gradio_api/stream/", "/static/", "/assets/"),
    *("/gradio_api/call/v2/show/", "/gradio_api/proxy=", "/gradio_api/custom_component/"),
]


@pytest.mark.parametrize("way", WAYS)
def test_no_file_of_the_machine_is_served(site: Site, way: str) -> None:
    for path in [*PATHS, *held(site)]:
        written = path if "%" in path else urllib.parse.quote(path, safe="/:.")
        told = ask(site.address, way + written, headers=site.editor)
        assert told.status in (307, 400, 403, 404, 405, 422), (path, told)
        assert not any(sign in told.body for sign in ("root:", "白鹭", "SQLite", "PATH="))


def test_no_document_is_named_by_a_path(site: Site) -> None:
    for path in [*PATHS, *held(site)]:
        assert called(site, site.reader, "show", document=path).keys() == {"error"}


def uploaded(site: Site, name: str) -> Told:
    """What is answered to an upload of a file of that name."""
    mark = "x-yj-x"
    head = f'--{mark}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
    body = f"{head}第一条　为了。\r\n--{mark}--\r\n".encode()
    kind = {"Content-Type": f"multipart/form-data; boundary={mark}"}
    return ask(site.address, "/gradio_api/upload", "POST", body, {**site.editor, **kind})


FILE = "the file"


def uploads(site: Site) -> dict[int, list[str | None]]:
    """What the page sends to each action that takes a file, by its number."""
    config = ask(site.address, "/config", headers=site.editor).json
    kept = {one["id"] for one in config["components"] if one["type"] == "state"}
    return {
        dependency["id"]: [
            FILE if one == source else None if one in kept else "" for one in dependency["inputs"]
        ]
        for dependency in config["dependencies"]
        for source, event in dependency["targets"]
        if event == "upload"
    }


def taken(site: Site, new_path: Callable[[], str]) -> Iterator[tuple[int, str]]:
    """What each action that takes a file, or several, answers where it is given one by its path."""
    kind = {**site.editor, "Content-Type": "application/json"}
    for number, inputs in uploads(site).items():
        for is_listed in (False, True):
            file = {"path": new_path(), "meta": {"_type": "gradio.FileData"}}
            given = [file] if is_listed else file
            page, data = f"taking-{token_hex(8)}", [given if i == FILE else i for i in inputs]
            body = {"data": data, "fn_index": number, "session_hash": page}
            joining = json.dumps(body).encode()
            assert ask(site.address, "/gradio_api/queue/join", "POST", joining, kind).status == 200
            answers = f"/gradio_api/queue/data?session_hash={page}"
            yield number, ask(site.address, answers, headers=site.editor).body


def test_what_was_not_uploaded_is_not_taken_for_a_file(site: Site, tmp_path: Path) -> None:
    """Files that are read are deleted after: none but uploads may be named."""
    own = tmp_path / "own.txt"
    own.write_text("第一条　白鹭归巢。", "utf-8")
    for path in (str(own), str(site.library.folder / "accounts.db"), "../../etc/hostname"):
        for _, told in taken(site, partial(str, path)):
            assert '"success":false' in told and "白鹭" not in told
    assert own.exists() and (site.library.folder / "accounts.db").exists()
    assert "own.txt" not in {Path(d.source).name for d in site.library.documents()}


def test_what_was_uploaded_is_taken_by_the_same_calls(site: Site) -> None:
    """What is refused above is refused for the file, not for how the action is called."""
    numbers = uploads(site).keys()
    told = list(taken(site, lambda: str(uploaded(site, "a.xyz").json[0])))
    assert len(numbers) >= 3
    assert {number for number, said in told if '"success":true' in said} == numbers


UPLOADED = [
    *("../../evil.txt", "/tmp/evil.txt", "C:\\evil.txt", "\\\\?\\C:\\evil.txt"),
    *("evil.txt.", "..", "a/../../evil.txt", "EVIL.TXT", "x" * 300 + ".txt"),
]


@pytest.mark.parametrize("name", UPLOADED)
def test_an_upload_stays_in_its_folder_whatever_it_is_called(site: Site, name: str) -> None:
    told = uploaded(site, name)
    assert told.status in (200, 400, 403, 422), told
    for path in told.json if told.status == 200 else ():
        where = Path(path).resolve()
        assert where.parent.parent.name.startswith("youju-") and ".." not in Path(path).parts
