"""Where Youju keeps what it can make again."""

import os
from pathlib import Path

import platformdirs

CACHE = "YOUJU_CACHE"
"""The environment variable that names another cache folder."""


def cache_folder() -> Path:
    """Return the user's cache folder, made on first use and readable by that user alone."""
    named = os.environ.get(CACHE)
    folder = Path(named).expanduser() if named else Path(platformdirs.user_cache_dir("youju"))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
