"""An argument that is a file, or the text itself."""

import re
from pathlib import Path

from commands.output import CommandError

# A name with an extension, or what begins like a path; 5次/周 and 1.5 are texts.
_PATH = re.compile(
    r"(?:~?/|\.{1,2}/|[A-Za-z]:[\\/])[^\n]*|[^\n，。；：、？！《》“”]{1,250}\.[A-Za-z]{2,5}"
)


def named_file(text: str) -> Path | None:
    """Return the file that an argument names, or None where it is a text.

    Raises CommandError for what looks like a file and is none.
    """
    path = Path(text)
    if "\0" not in text and _is_file(path):
        return path
    if _PATH.fullmatch(text.strip()):
        raise CommandError(f"{text}: there is no such file; expected a file or a text")
    return None


def _is_file(path: Path) -> bool:
    """Whether there is such a file; a text may be longer than any name."""
    try:
        return path.is_file()
    except OSError:
        return False
