"""Whose page is whose: what one person asked on a page, nobody else goes on with."""

from collections import OrderedDict
from typing import Any

MOST = 20_000
"""Pages that are kept in mind, the ones used last."""
LONGEST = 200
"""Characters of the name of a page."""


class Holders:
    """Remembers who first used the name that a page gives itself (Gradio's `session_hash`).

    The name is drawn by the browser. Whoever knew it could otherwise have the answers of that
    page, and what it keeps between two questions.
    """

    def __init__(self) -> None:
        self._held: OrderedDict[str, str] = OrderedDict()

    def may_use(self, page: Any, name: str) -> bool:
        """Whether a page belongs to this person, or to nobody yet, and then it does."""
        if not isinstance(page, str) or len(page) > LONGEST:
            return False
        held = self._held.setdefault(page, name)
        self._held.move_to_end(page)
        if len(self._held) > MOST:
            self._held.popitem(last=False)
        return held == name
