"""Who asks: a name, a role, and the collections that may be seen."""

from typing import Literal, NamedTuple, get_args

from corpus import YoujuError

Role = Literal["reader", "editor", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
"""From the one that may do least: a reader asks and reads, an editor also adds, edits and removes,
an admin also sees the accounts."""

SCOPE = "youju.viewer"
"""Where the door leaves the viewer for what stands behind it."""


class AccessError(YoujuError):
    """Somebody who may not do what was asked for, or an account that cannot be as it was asked."""


class Viewer(NamedTuple):
    """Somebody whose request was let in; `collections` is None where all may be seen."""

    name: str
    role: Role
    collections: frozenset[str] | None = None

    @property
    def may_edit(self) -> bool:
        """Whether the library may be changed."""
        return self.role in ("editor", "admin")

    @property
    def may_administer(self) -> bool:
        """Whether the accounts may be seen."""
        return self.role == "admin"


OWNER = Viewer("", "admin")
"""Whoever sits at the machine, where there are no accounts."""
