"""A folder of files whose manifest holds the size and sha256 of each; it is never trusted."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .errors import EncoderError

MANIFEST = "manifest.json"
GRAPH = "model.int8.onnx"

Entry = dict[str, int | str]


class DamagedError(EncoderError):
    """A file that is missing or not as it was written."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A folder whose files have the right sizes, and the sha256 that each has to have."""

    folder: Path
    checksums: dict[str, str]

    def read(self, name: str) -> bytes:
        """Return the content of a file. Raises DamagedError where it is not what was written."""
        try:
            content = (self.folder / name).read_bytes()
        except OSError as error:
            raise DamagedError(f"cannot read {self.folder / name}: {error.strerror}") from error
        if sha256(content) != self.checksums[name]:
            raise DamagedError(f"{self.folder / name} is not what its {MANIFEST} says")
        return content


def entry(content: bytes) -> Entry:
    """Return what a manifest says of a file."""
    return {"size": len(content), "sha256": sha256(content)}


def manifest_json(about: Mapping[str, object], files: Mapping[str, Entry]) -> bytes:
    """Return a manifest: what it says of the folder as a whole, and of each file."""
    return json.dumps({**about, "files": files}, indent=2).encode()


def check(folder: Path, about: Mapping[str, object], names: set[str]) -> Checked:
    """Return a folder whose manifest says all of `about` and has at least the files `names`.

    Raises DamagedError where it says something else, or a file is missing or of another size.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
        current = all(manifest[key] == value for key, value in about.items())
        entries = manifest["files"].items()
        files = {name: (entry["size"], entry["sha256"]) for name, entry in entries}
        sizes = {name: (folder / name).stat().st_size for name in files}
    except OSError as error:
        raise DamagedError(f"cannot read {error.filename}: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DamagedError(f"{folder / MANIFEST} is damaged: {error}") from error
    if not current or not names <= files.keys():
        raise DamagedError(f"{folder} holds another or an incomplete encoder")
    for name, (size, _) in files.items():
        if sizes[name] != size:
            raise DamagedError(f"{folder / name} has {sizes[name]} bytes, expected {size}")
    return Checked(folder, {name: checksum for name, (_, checksum) in files.items()})


def sha256(content: bytes) -> str:
    """Return a checksum in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()
