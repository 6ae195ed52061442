"""What the attributes of a tag say of the text inside it."""

import re
from collections.abc import Mapping

Attributes = Mapping[str, str]
NO_ATTRIBUTES: Attributes = {}

_NAVIGATION = frozenset(("nav", "footer", "aside"))
_ROLES = frozenset(("navigation", "contentinfo", "search", "complementary"))
# What page makers name the parts around a document by, in class and id.
_NAMED = re.compile(
    r"(?<![a-z])(?:top|main|left|right|site|page|sub|bottom|side)?"
    r"(?:nav|navbar|navi|navigation|menu|daohang|breadcrumbs?|crumbs?|mianbao|mbx|dqwz|"
    r"foot|footer|dibu|copyright|share|fenxiang|bdsharebuttonbox|jiathis|toolbar|"
    r"sidebar|related|xgxw|xgwj|xglj|xgjd|pager|pagination|login|links?|friendlinks?|qrcode|ewm)"
    r"(?:box|bar|list|wrap|area|con|content)?(?![a-z])"
)
_LONGEST_NAME = 200
_HIDDEN = re.compile(r"display\s{0,3}:\s{0,3}none", re.IGNORECASE)
_APART = re.compile(r"display\s{0,3}:\s{0,3}(?:block|table|list-item)", re.IGNORECASE)
_LONGEST_STYLE = 500
_FILE = re.compile(
    r"\.(?:docx?|wps|pdf|xlsx?|et|pptx?|rar|zip|7z|ofd)\s{0,3}(?:$|[?#&])",
    re.IGNORECASE,
)
_INNER = re.compile(r"\s{0,5}#.")


def is_hidden(attributes: Attributes) -> bool:
    """Whether an element is not shown."""
    style = attributes.get("style", "")[:_LONGEST_STYLE]
    return "hidden" in attributes or _HIDDEN.search(style) is not None


def stands_apart(attributes: Attributes) -> bool:
    """Whether an element is set on lines of its own by its style."""
    return _APART.search(attributes.get("style", "")[:_LONGEST_STYLE]) is not None


def is_region(tag: str, attributes: Attributes) -> bool:
    """Whether an element is named like navigation, footer or the like."""
    if tag in _NAVIGATION or attributes.get("role", "") in _ROLES:
        return True
    if not attributes or tag in ("html", "body", "a"):
        return False
    named = f"{attributes.get('id', '')} {attributes.get('class', '')}"[:_LONGEST_NAME]
    return _NAMED.search(named.lower()) is not None


def link_kind(target: str) -> str:
    """Return "page" or "file" for where a link leads, "" for a place on the same page."""
    if not target or _INNER.match(target):
        return ""
    return "file" if _FILE.search(target[-_LONGEST_NAME:]) else "page"


def whole(attributes: Attributes, name: str) -> int:
    """Return a number of an attribute, 1 where it has none."""
    value = attributes.get(name, "").strip()
    if not value:
        return 1
    return int(value) if re.fullmatch(r"[1-9][0-9]{0,3}", value) else 1
