"""Accounts: who may open the page, in which role, and which collections they see."""

import json
import re
import sqlite3
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from index.collections import collection_name
from ui.access.database import AccountsFile
from ui.access.passwords import COST, Cost, Sealed, check_new, opens, seal, sealed_for_nobody
from ui.access.viewer import ROLES, AccessError, Role, Viewer

_NAME = re.compile(r"[\w.@-]{1,40}")


class Account(NamedTuple):
    """An account as it is listed; `sessions` are those that were begun and not yet tidied away."""

    name: str
    role: Role
    collections: frozenset[str] | None
    made_at: str
    sessions: int
    has_token: bool

    @property
    def viewer(self) -> Viewer:
        """Whom a request of this account comes from."""
        return Viewer(self.name, self.role, self.collections)


class Accounts:
    """The accounts of one library. Safe to share between threads.

    `cost` is that of a password made here; one that was made otherwise keeps its own.
    """

    def __init__(self, folder: Path, cost: Cost = COST) -> None:
        self.file = AccountsFile(folder)
        self._cost = cost
        # For a name that nobody has: its refusal takes as long as that of a wrong password.
        self._nobody = sealed_for_nobody(cost)

    def exist(self) -> bool:
        """Whether there is any account."""
        if not self.file.exists:
            return False
        with self.file.opened() as connection:
            return connection.execute("SELECT 1 FROM users LIMIT 1").fetchone() is not None

    def all(self) -> list[Account]:
        """Return the accounts by name."""
        if not self.file.exists:
            return []
        with self.file.opened() as connection:
            rows = connection.execute(
                "SELECT u.name, u.role, u.collections, u.made_at,"
                " (SELECT count(*) FROM sessions s WHERE s.name = u.name),"
                " EXISTS (SELECT 1 FROM tokens t WHERE t.name = u.name)"
                " FROM users u ORDER BY u.name"
            ).fetchall()
        return [
            Account(name, role, read_collections(kept), made_at, sessions, bool(has_token))
            for name, role, kept, made_at, sessions, has_token in rows
        ]

    def add(
        self, name: str, password: str, role: Role, collections: Iterable[str] | None = None
    ) -> None:
        """Make an account. Raises AccessError for a name that is taken or a password too weak."""
        name = account_name(name)
        kept = _kept_collections(role, collections)
        check_new(password, name)
        sealed = seal(password, self._cost)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        try:
            with self.file.opened() as connection:
                _insert(connection, name, role, kept, sealed, now)
        except AccessError as error:
            if isinstance(error.__cause__, sqlite3.IntegrityError):
                raise AccessError(
                    f"there is an account {name} already: take another name"
                ) from None
            raise

    def remove(self, name: str) -> None:
        """Remove an account; its sessions and its token end with it."""
        self._change(name, "DELETE FROM users WHERE name = ?")

    def set_password(self, name: str, password: str) -> None:
        """Give an account another password; its sessions and its token end."""
        name = account_name(name)
        check_new(password, name)
        sealed = seal(password, self._cost)
        with self.file.opened() as connection:
            changed = connection.execute(
                "UPDATE users SET salt = ?, key = ?, n = ?, r = ?, p = ? WHERE name = ?",
                (sealed.salt, sealed.key, *sealed.cost, name),
            )
            _check_found(changed, name)
            connection.execute("DELETE FROM sessions WHERE name = ?", (name,))
            connection.execute("DELETE FROM tokens WHERE name = ?", (name,))

    def set_role(self, name: str, role: Role, collections: Iterable[str] | None = None) -> None:
        """Give an account another role, and the collections that it then sees, None for all."""
        kept = _kept_collections(role, collections)
        self._change(name, "UPDATE users SET role = ?, collections = ? WHERE name = ?", role, kept)

    def _change(self, name: str, statement: str, *values: str | None) -> None:
        name = account_name(name)
        with self.file.opened() as connection:
            _check_found(connection.execute(statement, (*values, name)), name)

    def opens(self, name: str, password: str) -> bool:
        """Whether the password is that of the account; an unknown name takes as long."""
        found = self._sealed(name) if is_name(name) else None
        return opens(password, found or self._nobody) and found is not None

    def _sealed(self, name: str) -> Sealed | None:
        with self.file.opened() as connection:
            row = connection.execute(
                "SELECT salt, key, n, r, p FROM users WHERE name = ?", (account_name(name),)
            ).fetchone()
        return Sealed(row[0], row[1], Cost(*row[2:])) if row else None


def _insert(
    connection: sqlite3.Connection,
    name: str,
    role: Role,
    collections: str | None,
    sealed: Sealed,
    now: str,
) -> None:
    connection.execute(
        "INSERT INTO users (name, role, collections, salt, key, n, r, p, made_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (name, role, collections, sealed.salt, sealed.key, *sealed.cost, now),
    )


def _check_found(changed: sqlite3.Cursor, name: str) -> None:
    if changed.rowcount != 1:
        raise AccessError(f"there is no account {name}: see `youju user list`")


def account_name(written: str) -> str:
    """Return a name as it is kept: letter case and full width make no difference.

    Raises AccessError for what is no name.
    """
    name = unicodedata.normalize("NFKC", written).strip().casefold()
    if not _NAME.fullmatch(name):
        raise AccessError(
            f"found {written[:60]!r} as a name, expected 1 to 40 letters, digits, _ . @ or -"
        )
    return name


def is_name(written: str) -> bool:
    """Whether an account may be called so."""
    name = unicodedata.normalize("NFKC", written[:200]).strip().casefold()
    return _NAME.fullmatch(name) is not None


def read_collections(kept: str | None) -> frozenset[str] | None:
    """Return the collections of a row."""
    return None if kept is None else frozenset(json.loads(kept))


def _kept_collections(role: Role, collections: Iterable[str] | None) -> str | None:
    """The collections as they are kept, sorted JSON; null for all."""
    if role not in ROLES:
        raise AccessError(f"found {role!r} as a role, expected one of {', '.join(ROLES)}")
    if collections is None:
        return None
    if role != "reader":
        raise AccessError(
            f"collections limit what readers see, {role} sees all: leave --collections out"
        )
    return json.dumps(sorted(set(map(collection_name, collections))), ensure_ascii=False)
