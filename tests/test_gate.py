"""The door of a served page: nobody gets in without an account, no page of another site at all."""

import json
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.conftest import Run
from tests.guarded import CHEAP, GOOD, Site, ask, cookie_of, opened, sign_in
from tests.served import filled, keywords, served
from ui.access import AccessError, Accounts, is_guarded
from ui.access.attempts import FREE_FOR_A_NAME
from ui.access.headers import policy, script_hashes


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with opened(tmp_path_factory.mktemp("gate")) as site:
        yield site


# --- nobody ---------------------------------------------------------------------------------------

EVERYTHING = [
    ("GET", "/"),
    ("GET", "/config"),
    ("GET", "/openapi.json"),
    ("GET", "/theme.css"),
    ("GET", "/manifest.json"),
    ("GET", "/robots.txt"),
    ("GET", "/favicon.ico"),
    ("GET", "/static/img/logo.svg"),
    ("GET", "/assets/index.js"),
    ("GET", "/accounts"),
    ("GET", "/login/"),
    ("POST", "/login/"),
    ("GET", "/logout"),
    ("GET", "/login/../config"),
    ("GET", "//login"),
    ("GET", "/login%2f..%2fconfig"),
    ("HEAD", "/"),
    ("OPTIONS", "/gradio_api/queue/join"),
    ("PUT", "/"),
    ("GET", "/monitoring"),
    ("GET", "/gradio_api/info"),
    ("GET", "/gradio_api/openapi.json"),
    ("GET", "/gradio_api/user"),
    ("GET", "/gradio_api/token"),
    ("GET", "/gradio_api/app_id"),
    ("GET", "/gradio_api/startup-events"),
    ("GET", "/gradio_api/heartbeat/x"),
    ("GET", "/gradio_api/queue/data?session_hash=x"),
    ("GET", "/gradio_api/queue/status"),
    ("POST", "/gradio_api/queue/join"),
    ("POST", "/gradio_api/cancel"),
    ("POST", "/gradio_api/reset"),
    ("POST", "/gradio_api/upload"),
    ("POST", "/gradio_api/component_server"),
    ("POST", "/gradio_api/process_recording"),
    ("POST", "/gradio_api/call/v2/search"),
    ("POST", "/gradio_api/call/search"),
    ("GET", "/gradio_api/call/v2/search/0"),
    ("GET", "/gradio_api/file=/etc/passwd"),
    ("GET", "/gradio_api/file/x"),
    ("GET", "/gradio_api/proxy=http://127.0.0.1/"),
    ("POST", "/mcp"),
]


@pytest.mark.parametrize(("method", "path"), EVERYTHING)
def test_nothing_is_open_to_nobody(site: Site, method: str, path: str) -> None:
    for headers in ({}, {"Cookie": "youju=x"}, {"Authorization": "Bearer youju_x"}):
        told = ask(site.address, path, method, b"{}" if method == "POST" else None, headers)
        assert told.status in (401, 404 if method == "OPTIONS" else 401, 405), told
        assert "gradio_config" not in told.body
        assert told.headers.get("www-authenticate", "Bearer") == "Bearer"


def test_who_opens_the_page_is_led_to_sign_in_and_back(site: Site) -> None:
    told = ask(site.address, "/?q=%E9%A3%9F&lang=en", headers={"Accept": "text/html"})
    assert told.status == 303
    assert told.headers["location"] == "/login?query=q%3D%25E9%25A3%259F%26lang%3Den&lang=en"
    page = ask(site.address, told.headers["location"])
    assert page.status == 200 and 'lang="en"' in page.body and "Sign in" in page.body
    assert "default-src 'none'" in page.headers["content-security-policy"]
    form = urlencode({"name": "editor", "password": GOOD, "query": "q=%E9%A3%9F&lang=en"})
    entered = ask(site.address, "/login", "POST", form.encode())
    assert (entered.status, entered.headers["location"]) == (303, "/?q=%E9%A3%9F&lang=en")
    assert ask(site.address, "/login/style.css").headers["content-type"].startswith("text/css")


@pytest.mark.parametrize(
    "query",
    ["//evil.example", "http://evil.example", "\r\nSet-Cookie: a=b", "q=x\r\ny: z", "<script>"],
)
def test_the_way_back_leads_nowhere_else(site: Site, query: str) -> None:
    form = urlencode({"name": "editor", "password": GOOD, "query": query}).encode()
    told = ask(site.address, "/login", "POST", form)
    assert re.fullmatch(r"/(\?[\w%=&.+-]*)?", told.headers["location"])
    assert "y" not in told.headers and told.headers["set-cookie"].startswith("youju=")
    page = ask(site.address, "/login?" + urlencode({"query": query, "lang": '"><script>'}))
    assert "<script>" not in page.body


def test_a_session_begins_with_a_guarded_cookie_and_ends(site: Site) -> None:
    entered = sign_in(site.address, " Editor ")
    cookie = entered.headers["set-cookie"]
    assert re.fullmatch(
        r"youju=[\w-]{43}; Path=/; Max-Age=43200; HttpOnly; SameSite=Strict", cookie
    )
    session = cookie_of(entered)
    assert ask(site.address, "/config", headers=session).status == 200
    left = ask(site.address, "/logout", "POST", headers=session)
    assert (left.status, left.headers["location"]) == (303, "/login")
    assert "Max-Age=0" in left.headers["set-cookie"]
    assert ask(site.address, "/config", headers=session).status == 401


def test_behind_a_proxy_with_tls_the_cookie_is_for_https_alone(site: Site) -> None:
    entered = sign_in(site.address, "editor", **{"X-Forwarded-Proto": "https"})
    assert entered.headers["set-cookie"].startswith("__Host-youju=")
    assert entered.headers["set-cookie"].endswith("; Secure")
    over_http = ask(site.address, "/config", headers=cookie_of(entered))
    assert over_http.status == 401


# --- brute force ----------------------------------------------------------------------------------


def test_passwords_cannot_be_tried_without_end(site: Site) -> None:
    waits = []
    for attempt in range(FREE_FOR_A_NAME + 6):
        told = sign_in(site.address, "victim", f"wrong password {attempt}")
        assert told.status in (401, 429) and "set-cookie" not in told.headers
        if told.status == 429:
            waits.append(int(told.headers["retry-after"]))
            assert "秒后再试" in told.body
    assert len(waits) >= 4 and all(0 < wait <= 900 for wait in waits)
    # The right password is let in no sooner: who tries learns nothing.
    assert sign_in(site.address, "victim").status == 429
    # Another name is still let in, and an unknown one is refused with the same words.
    assert sign_in(site.address, "editor").status == 303
    wrong, unknown = (sign_in(site.address, n, "not the password") for n in ("admin", "nobody"))
    hidden = re.compile(r'value="\w+"')
    assert hidden.sub("", wrong.body) == hidden.sub("", unknown.body)
    assert wrong.status == unknown.status == 401


@pytest.mark.parametrize("body", [b"", b"x" * 9000, b"&" * 100, b"name=%ff&password=%ff", b"\xff"])
def test_whatever_is_sent_to_sign_in_is_answered(site: Site, body: bytes) -> None:
    assert ask(site.address, "/login", "POST", body).status in (400, 401, 413, 429)


# --- pages of other sites -------------------------------------------------------------------------

FROM_ELSEWHERE = [
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1:1"},
    {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
    {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"},
    {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"},
]
CHANGING = [
    *("/gradio_api/queue/join", "/gradio_api/upload", "/gradio_api/cancel", "/gradio_api/reset"),
    *("/gradio_api/component_server", "/gradio_api/call/v2/search", "/login", "/logout", "/mcp"),
]


@pytest.mark.parametrize("headers", FROM_ELSEWHERE)
@pytest.mark.parametrize("path", CHANGING)
def test_a_page_of_another_site_changes_nothing(
    site: Site, path: str, headers: dict[str, str]
) -> None:
    told = ask(site.address, path, "POST", b"{}", {**site.editor, **headers})
    assert (told.status, told.json) == (403, {"error": "a page of another site may not call this"})
    assert "set-cookie" not in told.headers


def test_what_a_link_opens_and_what_the_page_itself_sends_is_let_through(site: Site) -> None:
    link = {
        "Sec-Fetch-Site": "cross-site",
        "Sec-Fetch-Mode": "navigate",
        "Sec-Fetch-Dest": "document",
    }
    assert ask(site.address, "/", headers={**site.editor, **link}).status == 200
    assert ask(site.address, "/logout", "POST", b"", {**site.editor, **link}).status == 403
    for own in ({"Origin": site.address}, {"Sec-Fetch-Site": "same-origin", "Origin": "https://p"}):
        body = json.dumps({"query": "陪餐"}).encode()
        headers = {**site.reader, **own, "Content-Type": "application/json"}
        assert ask(site.address, "/gradio_api/call/v2/search", "POST", body, headers).status == 200


# --- headers --------------------------------------------------------------------------------------


def test_every_answer_says_what_browsers_may_do(site: Site) -> None:
    page = ask(site.address, "/", headers=site.editor)
    for told in (page, ask(site.address, "/config"), ask(site.address, "/login")):
        assert told.headers["x-content-type-options"] == "nosniff"
        assert told.headers["referrer-policy"] == "same-origin"
        assert "camera=()" in told.headers["permissions-policy"]
        assert told.headers["cache-control"] == "no-store"
        assert "frame-ancestors 'none'" in told.headers["content-security-policy"]
    allowed = page.headers["content-security-policy"]
    assert "'unsafe-inline'" not in next(
        p for p in allowed.split("; ") if p.startswith("script-src")
    )
    assert all(name in allowed for name in script_hashes(page.body.encode()))
    for part in (
        "default-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
    ):
        assert part in allowed


def test_scripts_are_named_by_their_hash_and_those_with_a_source_are_not() -> None:
    found = script_hashes(
        b'<script>1</script><script src="a.js"></script><script type="module">2</script>'
    )
    # sha256 of "1": printf 1 | openssl dgst -sha256 -binary | base64
    assert "'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='" in found and len(found) == 2
    assert policy(["'sha256-x'"]).count("'sha256-x'") == 1


# --- without accounts -----------------------------------------------------------------------------


def test_other_machines_are_served_only_where_there_are_accounts(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path, CHEAP)
    for host in ("0.0.0.0", "::", "[::]", "192.168.1.5", "office.example", ""):
        with pytest.raises(
            AccessError, match=r"open to other machines.*`youju user add NAME --role"
        ):
            is_guarded(host, accounts)
    for host in ("127.0.0.1", "localhost", "::1", "[::1]", "127.3.2.1"):
        assert not is_guarded(host, accounts)
    accounts.add("wang", GOOD, "admin")
    assert is_guarded("0.0.0.0", accounts) and is_guarded("127.0.0.1", accounts)


def test_the_command_refuses_in_one_line(youju: Run) -> None:
    refused = youju("serve", "--host", "0.0.0.0", "--port", "1")
    assert refused.status == 1
    (line,) = refused.complaints
    assert line.startswith("youju: 0.0.0.0 is open to other machines")


def test_on_this_machine_the_first_account_locks_the_door(tmp_path: Path) -> None:
    library = filled(tmp_path)
    with served(partial(keywords, library.folder)) as address:
        assert ask(address, "/config").status == 200
        assert ask(address, "/login").status == 303
        accounts = Accounts(library.folder, CHEAP)
        accounts.add("wang", GOOD, "admin")
        assert ask(address, "/config").status == 401
        session = cookie_of(sign_in(address, "wang"))
        assert ask(address, "/config", headers=session).status == 200
        # Removing the last one opens nothing.
        accounts.remove("wang")
        assert (
            ask(address, "/config").status == 401 == ask(address, "/config", headers=session).status
        )
        assert json.loads(ask(address, "/config").body)["error"].startswith(
            "this asks for an account"
        )
