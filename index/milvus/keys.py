"""What a passage is called on a server."""

import hashlib

from index.rows import PassageRow

_BITS = 63


def key_of(row: PassageRow) -> int:
    """Return the key of a passage, above 0 and below 2^63: it says where it stands and its words.

    Equal passages have equal keys at all times and in every copy of a library, so that writing one
    again changes nothing. Of 100 million passages two share one with a chance of one in 1,800
    (n^2 / 2^64).
    """
    named = f"{row.clause_id}\n{row.start}\n{row.end}\n".encode() + row.text_hash
    number = int.from_bytes(hashlib.sha256(named).digest()[:8], "big") >> (64 - _BITS)
    return number or 1
