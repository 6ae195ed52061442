"""What a program runs on: versions, the code itself, the machine; and how things are identified."""

import hashlib
import os
import platform
from collections.abc import Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from index.codec import dump

Json = dict[str, Any]

ROOT = Path(__file__).parents[1]
CODE = ("corpus", "index", "retrieval", "eval")
"""Packages that a result depends on."""
CODE_FILES = (".py", ".tsv", ".txt")
PACKAGES = (
    "youju",
    "faiss-cpu",
    "ir-measures",
    "jieba",
    "numpy",
    "onnxruntime",
    "opencc",
    "sentence-transformers",
    "tokenizers",
    "torch",
)
"""Distributions that a result depends on, where they are installed."""
DIGITS = 16
"""Hexadecimal digits of a fingerprint: two different things hardly share 64 bits."""


@cache
def software() -> Json:
    """Return the versions that a result depends on, and a fingerprint of the code itself."""
    code = fingerprint([files_fingerprint(ROOT / name, CODE_FILES) for name in CODE])
    installed = {name: found for name in PACKAGES if (found := _version(name))}
    return {"python": platform.python_version(), "code": code, **installed}


@cache
def machine() -> Json:
    """Return what ran it; nothing that names the machine or its user."""
    return {
        "system": platform.platform(),
        "processor": _processor(),
        "cores": os.cpu_count(),
    }


def _processor() -> str:
    """The name of the processor: Linux has it in a file, others tell it themselves."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text("utf-8").splitlines() if told.is_file() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or platform.machine())


def _version(distribution: str) -> str | None:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return None


def fingerprint(parts: Sequence[str]) -> str:
    """Return hexadecimal digits that identify some texts in their order."""
    return hashlib.sha256(dump(parts).encode()).hexdigest()[:DIGITS]


def files_fingerprint(folder: Path, endings: Sequence[str]) -> str:
    """Return hexadecimal digits that identify the files of some endings in a folder."""
    files = sorted(path for path in folder.rglob("*") if path.suffix in endings)
    named = ((path.relative_to(folder).as_posix(), path) for path in files)
    return fingerprint([f"{name} {file_sha256(path)}" for name, path in named])


def file_sha256(path: Path) -> str:
    """Return the checksum of a file's content in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
