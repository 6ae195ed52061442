"""Passwords: what they must be, and the form in which they are kept."""

import hashlib
import hmac
import os
import unicodedata
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ui.access.viewer import AccessError

SHORTEST, LONGEST = 10, 200
"""Characters of a password."""
FEWEST_DIFFERENT = 5
"""Different characters in a password."""
SALT_BYTES, KEY_BYTES = 16, 32

_COMMON = Path(__file__).parent / "common.txt"
_ROWS = (
    "0123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "1q2w3e4r5t6y7u8i9o0p",
)
"""What fingers run along on a keyboard; a password is no part of one."""


class Cost(NamedTuple):
    """The parameters of scrypt: it needs 128 * n * r bytes, and p times the work."""

    n: int
    r: int
    p: int


COST = Cost(2**15, 8, 3)
"""32 MiB; one of the settings of equal strength that the OWASP Password Storage Cheat Sheet names
as the least for scrypt."""


class Sealed(NamedTuple):
    """What is kept of a password: from it the password cannot be had."""

    salt: bytes
    key: bytes
    cost: Cost


def seal(password: str, cost: Cost = COST) -> Sealed:
    """Return what is kept of a password, with a salt of its own."""
    salt = os.urandom(SALT_BYTES)
    return Sealed(salt, _key(password, salt, cost), cost)


def sealed_for_nobody(cost: Cost = COST) -> Sealed:
    """Return what no password opens, and what takes as long to try as one that was sealed."""
    return Sealed(os.urandom(SALT_BYTES), os.urandom(KEY_BYTES), cost)


def opens(password: str, sealed: Sealed) -> bool:
    """Whether it is the password that was sealed; as long for a wrong one as for the right one."""
    return hmac.compare_digest(_key(password, sealed.salt, sealed.cost), sealed.key)


def _key(password: str, salt: bytes, cost: Cost) -> bytes:
    # OpenSSL refuses what needs more than `maxmem`; a little is needed beside the table.
    most = 128 * cost.n * cost.r + (2 << 20)
    written = unicodedata.normalize("NFKC", password[:LONGEST]).encode("utf-8", "surrogatepass")
    return hashlib.scrypt(
        written, salt=salt, n=cost.n, r=cost.r, p=cost.p, maxmem=most, dklen=KEY_BYTES
    )


def check_new(password: str, name: str) -> None:
    """Raise AccessError for a password that is too short, or among the first to be tried."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise AccessError(
            f"the password has {len(password)} characters, expected {SHORTEST} to {LONGEST}"
        )
    folded = unicodedata.normalize("NFKC", password).casefold()
    if _is_common(folded, unicodedata.normalize("NFKC", name).casefold()):
        raise AccessError(
            "the password is one of the first that are tried: take several words that do not "
            "belong together"
        )


def _is_common(folded: str, name: str) -> bool:
    # Digits alone are days and telephone numbers.
    if len(set(folded)) < FEWEST_DIFFERENT or folded.isdecimal() or folded in _common():
        return True
    # qwertyuiopqwerty: a row that begins again.
    runs = (way for row in _ROWS for way in (row * 2, row[::-1] * 2))
    if any(folded in run for run in runs):
        return True
    # The name, a word that is tried first, a year or a few signs are no password together.
    rest = folded.replace(name, "") if len(name) >= 3 else folded
    for word in ("password", "passwort", "admin", "youju", "welcome", "qwerty", "woaini", "abc"):
        rest = rest.replace(word, "")
    return len(rest.strip("0123456789!@#$%^&*._-+ ")) < 3 and rest != folded


@cache
def _common() -> frozenset[str]:
    return frozenset(_COMMON.read_text("utf-8").split())
