"""Gold as people write it in a cell: 《…》第十二条, 《…》“the words”, or several apart by |.

A bar or a line break stands between two of them, but for those within “ and ”. One is a clause id,
an address, a quotation in “” or without, and for what none of these can say an object as in JSON
Lines. 《…》 before it names its document.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from corpus import YoujuError
from eval.sets.addresses import is_address, split_title
from eval.sets.values import Gold

_CLAUSE = re.compile(r"d[0-9a-f]{12}-[0-9]{4,}")
_BARS = "|\uff5c\n"
_QUOTED = re.compile(r"“(?P<a>.+)”|「(?P<b>.+)」|\"(?P<c>.+)\"", re.DOTALL)


class GoldTextError(YoujuError):
    """A cell of gold that begins like JSON and is none."""


def read_golds(text: str, document: str | None = None) -> list[Any]:
    """Return the gold of a cell, each as an object of JSON Lines has it.

    `document` is that of the pieces that name none. Raises GoldTextError.
    """
    text = text.strip()
    if text.startswith(("{", "[")):
        return _of_json(text, document)
    return [_one(piece, document) for piece in _pieces(text)]


def _of_json(text: str, document: str | None) -> list[Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, too
        raise GoldTextError(f"begins like JSON, but is none ({error})") from error
    named = {"document": document} if document else {}
    found = value if isinstance(value, list) else [value]
    return [named | one if isinstance(one, dict) else one for one in found]


def _pieces(text: str) -> Iterator[str]:
    """The stretches between bars that stand outside of quotation marks."""
    depth, start, cuts = 0, 0, []
    for at, character in enumerate(text):
        depth += (character == "“") - (character == "”" and depth > 0)
        if character in _BARS and not depth:
            cuts.append(at)
    if depth:  # a mark that is never closed holds nothing together
        cuts = [at for at, character in enumerate(text) if character in _BARS]
    for end in (*cuts, len(text)):
        piece = text[start:end].strip()
        if piece:
            yield piece
        start = end + 1


def _one(piece: str, document: str | None) -> dict[str, str]:
    titled = None if document else split_title(piece)
    if titled:
        return {"document": titled.document} | (_place(titled.rest) if titled.rest else {})
    return ({"document": document} if document else {}) | _place(piece)


def _place(text: str) -> dict[str, str]:
    quoted = _QUOTED.fullmatch(text)
    if quoted:
        return {"quote": next(filter(None, quoted.groups()))}
    if _CLAUSE.fullmatch(text):
        return {"clause": text}
    return {"address" if is_address(text) else "quote": text}


def write_gold(gold: Gold) -> str:
    """Return the text of a cell that `read_golds` makes this gold of, its document beside it."""
    place = {"quote": gold.quote, "address": gold.address, "clause": gold.clause}
    given = {name: value for name, value in place.items() if value is not None}
    text = f"“{gold.quote}”" if gold.quote else gold.address or gold.clause or ""
    expected = [({"document": gold.document} if gold.document else {}) | given]
    plain = not text.startswith(("{", "[")) and read_golds(text, gold.document) == expected
    return text if plain or not given else json.dumps(given, ensure_ascii=False)
