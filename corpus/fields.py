"""The fields of a document's metadata: what they are called, and which of them the user gave."""

import re
from dataclasses import fields
from typing import Literal

from corpus.document import Metadata, Value
from corpus.spans import Given

LABELS = {
    "title": "标题",
    "issuers": "发文机关",
    "number": "文号",
    "date": "成文日期",
    "published": "发布日期",
    "effective": "施行日期",
    "repealed": "废止日期",
    "level": "层级",
    "region": "地区",
    "form": "文种",
    "status": "状态",
    "based_on": "依据",
    "replaces": "替代",
}
"""What each field is called in Chinese."""

SEVERAL = frozenset({"issuers", "based_on", "replaces"})
"""Fields that hold several values."""

FOLDER = "folder"
"""What a value was given by that a folder's name gives."""
HAND = "hand"
"""What a value was given by that the user wrote in the library itself."""

_YEARLESS = re.compile(r"--(\d\d)-(\d\d)")


def field_values(metadata: Metadata, name: str) -> tuple[Value, ...]:
    """Return the values of a field, one, several or none."""
    found = getattr(metadata, name)
    return found if name in SEVERAL else (found,) if found else ()


def as_shown(value: str, language: Literal["zh", "en"] = "zh") -> str:
    """Return a value as people read it.

    A day whose year is not stated, --05-23, is 5月23日（缺年份）; all others are as they are kept.
    """
    yearless = _YEARLESS.fullmatch(value)
    if yearless is None:
        return value
    month, day = (int(part) for part in yearless.groups())
    return f"{month}月{day}日（缺年份）" if language == "zh" else f"{month:02}-{day:02} (no year)"


def over(upper: Metadata, lower: Metadata) -> Metadata:
    """Return `upper`, and where it has no value that of `lower`."""
    filled = {f.name: getattr(upper, f.name) or getattr(lower, f.name) for f in fields(Metadata)}
    return Metadata(**filled)


def given_fields(metadata: Metadata) -> dict[str, list[str]]:
    """Return the fields that the user gave, by what gave them."""
    found: dict[str, list[str]] = {}
    for name in LABELS:
        values = field_values(metadata, name)
        for by in dict.fromkeys(value.by for value in values if isinstance(value, Given)):
            found.setdefault(by, []).append(name)
    return found
