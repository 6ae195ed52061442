"""Who may open the page, and what they may see and do there; nothing of it knows Gradio."""

from ui.access.accounts import Account, Accounts
from ui.access.door import Door
from ui.access.guarding import is_guarded
from ui.access.headers import SecurityHeaders
from ui.access.rights import may_still_edit
from ui.access.sessions import Sessions
from ui.access.viewer import OWNER, ROLES, SCOPE, AccessError, Role, Viewer

__all__ = [
    "OWNER",
    "ROLES",
    "SCOPE",
    "AccessError",
    "Account",
    "Accounts",
    "Door",
    "Role",
    "SecurityHeaders",
    "Sessions",
    "Viewer",
    "is_guarded",
    "may_still_edit",
]
