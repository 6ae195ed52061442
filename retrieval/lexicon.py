"""Known names, found in a text without trying each of them."""

from collections.abc import Callable, Iterator, Mapping
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")

_HEAD = 2
"""Characters by which names are told apart first; none is shorter."""

Accept = Callable[[str, int, int], bool]


class Found(NamedTuple, Generic[T]):
    """A name that stands at `text[start:end]`, and what is known under it."""

    start: int
    end: int
    value: T


class Lexicon(Generic[T]):
    """What is known under each name; names of fewer than two characters are left out."""

    def __init__(self, names: Mapping[str, T]) -> None:
        self._names = names
        lengths: dict[str, set[int]] = {}
        for name in names:
            if len(name) >= _HEAD:
                lengths.setdefault(name[:_HEAD], set()).add(len(name))
        self._lengths = {head: sorted(found, reverse=True) for head, found in lengths.items()}

    def get(self, name: str) -> T | None:
        """Return what is known under `name`, the whole of it."""
        return self._names.get(name)

    def find(self, text: str, accept: Accept = lambda text, start, end: True) -> Iterator[Found[T]]:
        """Yield the names in `text` from left to right, the longest first, none over another.

        `accept(text, start, end)` says whether a name that stands there is meant. A text of n
        characters costs n look-ups, and one more for each length of the names that begin alike.
        """
        at = 0
        while at < len(text) - 1:
            end = self._longest(text, at, accept)
            if end is None:
                at += 1
                continue
            yield Found(at, end, self._names[text[at:end]])
            at = end

    def _longest(self, text: str, at: int, accept: Accept) -> int | None:
        for length in self._lengths.get(text[at : at + _HEAD], ()):
            end = at + length
            if end <= len(text) and text[at:end] in self._names and accept(text, at, end):
                return end
        return None
