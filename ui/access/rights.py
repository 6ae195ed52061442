"""What an account may do at a later moment: work goes on when the request that began it is over."""

from pathlib import Path

from ui.access.database import AccountsFile
from ui.access.viewer import Viewer


def may_still_edit(folder: Path, name: str) -> bool:
    """Whether there is such an account in a library's folder, and it may change the library.

    Raises AccessError where the accounts cannot be read.
    """
    file = AccountsFile(folder)
    if not file.exists:
        return False
    with file.opened() as connection:
        row = connection.execute("SELECT role FROM users WHERE name = ?", (name,)).fetchone()
    return row is not None and Viewer(name, row[0]).may_edit
