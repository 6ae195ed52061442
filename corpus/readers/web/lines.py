"""A line that a browser would show, and how it is gathered from the pieces between the tags."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

PADDING = " \t\xa0\u3000\u200b\ufeff"
_WIDE = r"[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’—…]"
# Where the source of a page is broken between two Chinese characters, nothing is shown.
_WRAPPED = re.compile(rf"(?<={_WIDE})[ \t]{{0,200}}\n[ \t\n]{{0,200}}(?={_WIDE})")
_SPACE = re.compile(r"[ \t\n]+")
_NO_TEXT = {code: None for code in (*range(0x20), 0x7F, 0xFFFE, 0xFFFF)}
_BREAKS = {ord(c): "\n" for c in "\n\r\x0b\x0c\x85\u2028\u2029"}
_CONTROLS = {**_NO_TEXT, **_BREAKS, ord("\t"): "\t"}


class Shown(NamedTuple):
    """One line of a page.

    `size` counts its characters without white space, `linked` those that lead to another page;
    `attached` says that one of them leads to a file; `region` is the number of the part named
    like navigation that it stands in, 0 for none; `row` says that it is a row of a table.
    """

    text: str
    size: int
    linked: int = 0
    attached: bool = False
    hidden: bool = False
    region: int = 0
    row: bool = False

    @property
    def is_link(self) -> bool:
        """Whether most of it leads to other pages."""
        return self.linked > 0.6 * self.size


def count(text: str) -> int:
    """Return how many characters of `text` are not white space."""
    return len("".join(text.split()))


@dataclass(slots=True)
class Pieces:
    """What stands on the line that is being gathered."""

    texts: list[str] = field(default_factory=list)
    linked: int = 0
    attached: bool = False
    hidden: bool = True
    region: int = 0

    def write(self, text: str, hidden: bool, region: int, link: str) -> None:
        """Add a text as the source has it; `link` is "page", "file" or nothing."""
        text = text.translate(_CONTROLS)
        self.texts.append(_WRAPPED.sub("", text) if "\n" in text else text)
        if not text.isspace():
            self.hidden = self.hidden and hidden
            self.region = self.region or region
            self.attached = self.attached or link == "file"
            self.linked += count(text) if link else 0

    def line(self) -> Shown | None:
        """Return the line as it is shown, or None where there is nothing on it."""
        text = _SPACE.sub(" ", "".join(self.texts)).strip(PADDING)
        if not text:
            return None
        return Shown(text, count(text), self.linked, self.attached, self.hidden, self.region)
