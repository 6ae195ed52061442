"""The fields of a document's metadata: what they are called, and which of them the user gave."""

from dataclasses import fields

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


def field_values(metadata: Metadata, name: str) -> tuple[Value, ...]:
    """Return the values of a field, one, several or none."""
    found = getattr(metadata, name)
    return found if name in SEVERAL else (found,) if found else ()


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
