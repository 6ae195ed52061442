"""Sessions of the page and tokens of programs; only the hash of either is kept."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any, NamedTuple

from ui.access.accounts import account_name, read_collections
from ui.access.database import AccountsFile
from ui.access.viewer import AccessError, Viewer

IDLE = 2 * 3600.0
"""Seconds without a request after which a session has ended."""
LONGEST = 12 * 3600.0
"""Seconds after which a session has ended whatever was asked: a working day."""
TELLING = 60.0
"""Seconds between two moments at which it is written down that a session is in use."""
MOST = 20
"""Sessions of one account; the oldest ends where there is one more."""
_BYTES = 32
_LONGEST_TOKEN = 100
_MARK = "youju_"


class Started(NamedTuple):
    """A session that was begun: the secret that goes into the cookie, and its seconds to live."""

    token: str
    lasts: int


class Sessions:
    """The sessions and tokens of the accounts in one file. Safe to share between threads."""

    def __init__(self, file: AccountsFile, clock: Callable[[], float] = time.time) -> None:
        self._file = file
        self._clock = clock

    def begin(self, name: str) -> Started:
        """Begin a session of an account, and tidy away those that have ended."""
        token, now, name = token_urlsafe(_BYTES), self._clock(), account_name(name)
        with self._file.opened() as connection:
            connection.execute(
                "DELETE FROM sessions WHERE seen < ? OR begun < ?", (now - IDLE, now - LONGEST)
            )
            connection.execute(
                "INSERT INTO sessions (token, name, begun, seen) VALUES (?, ?, ?, ?)",
                (_hash(token), name, now, now),
            )
            connection.execute(
                "DELETE FROM sessions WHERE name = ? AND token NOT IN"
                " (SELECT token FROM sessions WHERE name = ? ORDER BY begun DESC, rowid DESC"
                "  LIMIT ?)",
                (name, name, MOST),
            )
        return Started(token, int(LONGEST))

    def viewer(self, token: str, is_asking: bool = True) -> Viewer | None:
        """Return who a session belongs to, with the role of this moment; None where it ended.

        A session lives on by being asked with, not by being looked at.
        """
        if not 0 < len(token) <= _LONGEST_TOKEN or not self._file.exists:
            return None
        now, key = self._clock(), _hash(token)
        with self._file.opened() as connection:
            row = connection.execute(
                "SELECT u.name, u.role, u.collections, s.begun, s.seen FROM sessions s"
                " JOIN users u ON u.name = s.name WHERE s.token = ?",
                (key,),
            ).fetchone()
            if row is None:
                return None
            begun, seen = row[3:]
            if now - seen >= IDLE or now - begun >= LONGEST:
                connection.execute("DELETE FROM sessions WHERE token = ?", (key,))
                return None
            if is_asking and now - seen >= TELLING:
                connection.execute("UPDATE sessions SET seen = ? WHERE token = ?", (now, key))
        return _viewer(row)

    def end(self, token: str) -> None:
        """End a session."""
        if self._file.exists:
            with self._file.opened() as connection:
                connection.execute("DELETE FROM sessions WHERE token = ?", (_hash(token),))

    # --- tokens of programs ------------------------------------------------------------------

    def new_token(self, name: str) -> str:
        """Return a token with which programs ask as an account; the one before it ends.

        It is told this once. Raises AccessError where there is no such account.
        """
        token, name = _MARK + token_urlsafe(_BYTES), account_name(name)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self._file.opened() as connection:
            made = connection.execute(
                "INSERT OR REPLACE INTO tokens (token, name, made_at)"
                " SELECT ?, name, ? FROM users WHERE name = ?",
                (_hash(token), now, name),
            )
            if made.rowcount != 1:
                raise AccessError(f"there is no account {name}: see `youju user list`")
        return token

    def end_token(self, name: str) -> None:
        """End the token of an account, if it has one."""
        with self._file.opened() as connection:
            connection.execute("DELETE FROM tokens WHERE name = ?", (account_name(name),))

    def holder(self, token: str) -> Viewer | None:
        """Return the account that a program's token belongs to, or None."""
        if not token.startswith(_MARK) or len(token) > _LONGEST_TOKEN or not self._file.exists:
            return None
        with self._file.opened() as connection:
            row = connection.execute(
                "SELECT u.name, u.role, u.collections FROM tokens t"
                " JOIN users u ON u.name = t.name WHERE t.token = ?",
                (_hash(token),),
            ).fetchone()
        return _viewer(row) if row else None


def _hash(token: str) -> bytes:
    # Of 256 random bits: nothing is to be found by trying, so that one round of sha256 does.
    return sha256(token.encode("utf-8", "surrogatepass")).digest()


def _viewer(row: tuple[Any, ...]) -> Viewer:
    name, role, collections = row[:3]
    return Viewer(name, role, read_collections(collections))
