"""The pages that are no part of Gradio's: signing in, and the accounts. They run no script."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from corpus.markup import Html, element, join
from ui.access.accounts import Account
from ui.access.asgi import Reply
from ui.strings import Language, say

POLICY = (
    "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
"""What these pages may load and where their forms may go."""

LOGIN, LOGOUT, STYLE, ACCOUNTS = "/login", "/logout", "/login/style.css", "/accounts"

_STYLE = Path(__file__).parent / "style.css"


@cache
def style() -> bytes:
    """Return the style sheet of these pages."""
    return _STYLE.read_bytes()


def reply(status: int, page: str, *headers: tuple[str, str]) -> Reply:
    """Return one of these pages as an answer."""
    kept = (("content-security-policy", POLICY), *headers)
    return Reply(status, page.encode("utf-8", "replace"), "text/html; charset=utf-8", kept)


def login_page(language: Language, query: str, name: str = "", problem: Html | None = None) -> str:
    """The page that asks for name and password; `query` is that of the page that was wanted."""
    form = element(
        "form",
        problem,
        element("label", say(language, "access.name"), for_="name"),
        _field("name", "text", "username", name, autofocus=not name),
        element("label", say(language, "access.password"), for_="password"),
        _field("password", "password", "current-password", "", autofocus=bool(name)),
        _hidden("query", query),
        _hidden("lang", language),
        element("button", say(language, "access.sign_in"), type="submit"),
        method="post",
        action=LOGIN,
    )
    hint = element("p", say(language, "access.forgotten"), class_="hint")
    return _page(language, say(language, "access.sign_in"), [form, hint], _switch(language, query))


def _field(name: str, kind: str, filled_by: str, value: str, autofocus: bool) -> Html:
    return element(
        "input",
        name=name,
        id=name,
        type=kind,
        autocomplete=filled_by,
        value=value or None,
        maxlength=200,
        required=True,
        autofocus=autofocus,
    )


def _hidden(name: str, value: str) -> Html:
    return element("input", type="hidden", name=name, value=value)


def _switch(language: Language, query: str) -> Html:
    """The same page in the other language."""
    other: Language = "zh" if language == "en" else "en"
    return element(
        "form",
        _hidden("query", query),
        _hidden("lang", other),
        element("button", say(language, "other_language"), type="submit", class_="link"),
        method="get",
        action=LOGIN,
        lang=other,
    )


def problem(text: str) -> Html:
    """Why nobody was let in."""
    return element("p", text, class_="problem", role="alert")


def accounts_page(accounts: Iterable[Account], language: Language) -> str:
    """The accounts with their roles; what is changed is changed by the command."""
    heads = ("access.name", "access.role", "access.collections", "access.made", "access.token")
    head = element("tr", *(element("th", say(language, name), scope="col") for name in heads))
    table = element(
        "table",
        element("thead", head),
        element("tbody", *(_row(account, language) for account in accounts)),
    )
    parts = [
        element("h2", say(language, "access.accounts")),
        element("div", table, class_="scroll"),
        element("p", say(language, "access.by_command"), class_="hint"),
        element("p", element("a", say(language, "access.back"), href=f"/?lang={language}")),
    ]
    return _page(language, say(language, "access.accounts"), parts, None, "wide")


def _row(account: Account, language: Language) -> Html:
    limits = account.collections
    seen = say(language, "access.all") if limits is None else "、".join(sorted(limits))
    has_token = say(language, "access.yes" if account.has_token else "access.no")
    role = say(language, f"access.role.{account.role}")
    cells = (account.name, role, seen, account.made_at[:10], has_token)
    return element("tr", *(element("td", cell) for cell in cells))


def _page(
    language: Language, title: str, parts: Iterable[Html], beside: Html | None, class_: str = ""
) -> str:
    head = element(
        "head",
        Html('<meta charset="utf-8">'),
        Html('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        element("title", f"{title} · {say(language, 'title')}"),
        Html(f'<link rel="stylesheet" href="{STYLE}">'),
        # Browsers ask for an icon on their own otherwise, and are told to sign in.
        Html('<link rel="icon" href="data:,">'),
    )
    header = element(
        "header",
        element("h1", say(language, "title")),
        element("p", say(language, "tagline")),
        beside,
    )
    body = element("body", element("main", header, *parts, class_=class_ or None))
    lang = "en" if language == "en" else "zh-CN"
    return join([Html("<!doctype html>"), element("html", head, body, lang=lang)])
