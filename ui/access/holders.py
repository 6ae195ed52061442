"""Whose page is whose: what one person asked on a page, nobody else goes on with."""

from collections import OrderedDict, defaultdict
from collections.abc import Callable
from typing import Any

MOST = 500
"""Pages of one person that are kept in mind, the ones used last."""
LONGEST = 200
"""Characters of the name of a page."""


class Holders:
    """Remembers who first used the name that a page gives itself (Gradio's `session_hash`).

    The name is drawn by the browser. Whoever knew it could otherwise have the answers of that
    page, and what it keeps between two questions. `ended` is told each page that is forgotten:
    who opens pages without end ends their own, and nobody else's.
    """

    def __init__(self, ended: Callable[[str], None]) -> None:
        self._ended = ended
        self._held: dict[str, str] = {}
        self._pages: defaultdict[str, OrderedDict[str, None]] = defaultdict(OrderedDict)

    def may_use(self, page: Any, name: str) -> bool:
        """Whether a page belongs to this person, or to nobody yet, and then it does."""
        if not isinstance(page, str) or len(page) > LONGEST:
            return False
        if self._held.setdefault(page, name) != name:
            return False
        own = self._pages[name]
        own[page] = None
        own.move_to_end(page)
        if len(own) > MOST:
            oldest, _ = own.popitem(last=False)
            del self._held[oldest]
            self._ended(oldest)
        return True
