"""HTML of the frame of the page: its head and its foot."""

import json

from corpus.markup import Html, element
from ui.access import OWNER, Viewer
from ui.strings import Language, say

NOTICES = ("searching", "title", "again", "busy", "lost", "failed", "complete")
"""What the page says while it waits, and in place of Gradio's own words (`notices.js`)."""


def footer(with_samples: bool, language: Language) -> Html:
    """The line at the foot of the page."""
    samples = element("p", say(language, "footer.samples")) if with_samples else None
    return element("footer", samples, element("p", say(language, "footer.local")))


def header(language: Language, viewer: Viewer = OWNER) -> Html:
    """The name of the program, the switch to the other language, and who is signed in."""
    other: Language = "zh" if language == "en" else "en"
    switch = element(
        "button",
        say(language, "other_language"),
        type="button",
        class_="yj-link",
        data_language=other,
        lang=other,
    )
    return element(
        "header",
        element("h1", say(language, "title")),
        element("p", say(language, "tagline")),
        *_signed_in(viewer, language),
        switch,
        data_role=viewer.role,
        data_shown=language,
        data_said=json.dumps({name: say(language, f"notice.{name}") for name in NOTICES}),
    )


def _signed_in(viewer: Viewer, language: Language) -> list[Html]:
    """The name of the account, and the way out; nothing where there are no accounts."""
    if viewer == OWNER:
        return []
    role = say(language, f"access.role.{viewer.role}")
    accounts = element(
        "a", say(language, "access.accounts"), href=f"/accounts?lang={language}", class_="yj-link"
    )
    leave = element("button", say(language, "access.sign_out"), type="submit", class_="yj-link")
    return [
        element("span", viewer.name, title=role, class_="yj-who"),
        *([accounts] if viewer.may_administer else []),
        element("form", leave, method="post", action="/logout"),
    ]
