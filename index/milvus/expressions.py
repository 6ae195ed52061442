"""Which rows of a collection a search may find, in the filter language of Milvus.

Not every server takes templates with values beside them, so the values stand in the expression:
only fields of a fixed list are named, and every string is escaped.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.rows import PassageRow

KEY = "passage"
DOCUMENT = "document"
FIELDS = frozenset({KEY, DOCUMENT})
"""What may be named in an expression."""

_ESCAPED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}

Positions = NDArray[np.int64]


def literal(value: int | str) -> str:
    """Write a value as Milvus reads it. Raises ValueError for a string with control characters."""
    if isinstance(value, int):
        return str(value)
    escaped = "".join(_ESCAPED.get(letter, letter) for letter in value)
    if any(ord(letter) < 32 for letter in escaped):
        raise ValueError(f"a control character in {value!r}")
    return f'"{escaped}"'


def among(field: str, values: Iterable[int | str], inside: bool = True) -> str:
    """Return the rows whose field has one of some values, or where not `inside` none of them."""
    if field not in FIELDS:
        raise ValueError(f"no field {field!r} to filter by")
    operator = "in" if inside else "not in"
    return f"{field} {operator} [{', '.join(map(literal, values))}]"


class Numbered(NamedTuple):
    """The documents of a list of passages by number: `of` is each passage's, shape (passages,)."""

    names: list[str]
    of: Positions
    sizes: Positions

    @classmethod
    def among(cls, passages: Sequence[PassageRow]) -> "Numbered":
        """Number the documents in the order of their passages."""
        numbers: dict[str, int] = {}
        of = np.fromiter(
            (numbers.setdefault(row.document_id, len(numbers)) for row in passages),
            np.int64,
            len(passages),
        )
        return cls(list(numbers), of, np.bincount(of, minlength=len(numbers)))


def expression(allowed: Positions, documents: Numbered, keys: Positions) -> str:
    """Return the expression that holds for the passages at `allowed`, shape (n,), and no others.

    `keys` are those of all passages. Documents that are allowed as a whole are named as such, or
    those that are not, whichever are fewer; single passages by their keys. Where nothing needs to
    be named, all rows are meant.
    """
    counted = np.bincount(documents.of[allowed], minlength=len(documents.names))
    whole = counted == documents.sizes
    rest = keys[allowed[~whole[documents.of[allowed]]]].tolist()
    inside = bool(2 * whole.sum() <= len(whole))
    names = [documents.names[at] for at in np.flatnonzero(whole == inside).tolist()]
    parts = [among(DOCUMENT, names, inside)] if names else []
    parts += [among(KEY, rest)] if rest else []
    return " or ".join(parts)
