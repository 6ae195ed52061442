"""A stream of pieces as sentences, each as soon as it is finished."""

import re
from collections.abc import Iterable, Iterator

from retrieval.generate.errors import GeneratorError

_THOUGHT = ("<think>", "</think>")
_MARKERS = r"(?:\s{0,3}[\[【［][^\[\]【】［］\n]{1,24}[\]】］]){0,9}"
# 。 and the markers behind it, or the end of a line that is not in the middle of a list.
_END = re.compile(rf"[。！？!?]{{1,4}}[”’」』）)》\"]{{0,4}}{_MARKERS}|(?<![：:，,、；;\n])\n+")
_OPENING = ("[", "【", "［")
_LONGEST_MARKER = 26


def bounded(pieces: Iterable[str], most: int) -> Iterator[str]:
    """Yield `pieces` up to `most` characters. Raises GeneratorError for more."""
    read = 0
    for piece in pieces:
        read += len(piece)
        if read > most:
            raise GeneratorError(
                f"the generator's answer has more than {most} characters",
                "generator_too_long",
            )
        yield piece


def without_thoughts(pieces: Iterable[str]) -> Iterator[str]:
    """Leave out what a model thinks aloud before it answers: <think>…</think>."""
    opening, closing = _THOUGHT
    held, state = "", "unknown"
    for piece in pieces:
        if state == "answering":
            yield piece
            continue
        held += piece
        if state == "unknown":
            begun = held.lstrip()
            if begun.startswith(opening):
                state = "thinking"
            elif not opening.startswith(begun):
                state = "answering"
                yield held
        if state == "thinking":
            before, found, after = held.partition(closing)
            # Of a long thought only what may be the beginning of its end is kept.
            held = after if found else before[-len(closing) :]
            if found:
                state = "answering"
                yield after
    if state == "unknown":
        yield held


def split_stream(pieces: Iterable[str]) -> Iterator[str]:
    """Yield the sentences of a stream, each with the markers before and behind its stop."""
    rest = ""
    for piece in pieces:
        rest += piece
        while (end := _end(rest)) is not None:
            yield rest[:end]
            rest = rest[end:]
    yield from _finished(rest)


def _finished(rest: str) -> Iterator[str]:
    """The sentences of what is left when the stream has ended."""
    while match := _END.search(rest):
        yield rest[: match.end()]
        rest = rest[match.end() :]
    yield rest


def _end(text: str) -> int | None:
    """Where the first sentence ends, if nothing that is still to come can belong to it."""
    match = _END.search(text)
    if match is None:
        return None
    behind = text[match.end() :].lstrip()
    if not behind:
        return None
    begun = behind.startswith(_OPENING) and len(behind) < _LONGEST_MARKER
    return None if begun and not re.search(r"[\]】］]", behind) else match.end()
