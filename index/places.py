"""Where a user's library is, and where Youju keeps what it can make again."""

import os
from pathlib import Path

import platformdirs

CACHE = "YOUJU_CACHE"
"""The environment variable that names another cache folder."""


def cache_root() -> Path:
    """Return the user's cache folder; it may not exist yet."""
    named = os.environ.get(CACHE)
    return Path(named).expanduser() if named else Path(platformdirs.user_cache_dir("youju"))


def cache_folder() -> Path:
    """Return the user's cache folder, made on first use and readable by that user alone."""
    folder = cache_root()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def default_folder() -> Path:
    """Return the library that is used when none is named: YOUJU_LIBRARY, or the user's own."""
    named = os.environ.get("YOUJU_LIBRARY")
    return Path(named) if named else Path(platformdirs.user_data_dir("youju")) / "library"
