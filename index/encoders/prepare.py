"""Prepares the default encoder, once, in the user's cache.

The cache is never trusted: a manifest holds the size and sha256 of every file, and a folder that
disagrees with its manifest is prepared anew. Preparing gives the same bytes every time and puts
each file in place by renaming, the manifest last, so two processes may do it at once and one that
is killed leaves nothing that passes for complete.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.places import CACHE, cache_root

from .e5_file import E5File, parse
from .errors import EncoderError
from .folder import folder_files
from .graph import encoder_graph
from .vocabulary import trim
from .weights import SHA256, read_weights

Progress = Callable[[str, float], None]

FORMAT = 1  # raise it when what is prepared changes: the old folder is then left alone
NAME = f"multilingual-e5-small/int8-{FORMAT}"
GRAPH = "model.int8.onnx"
TORCH = "sentence-transformers"
TOKENIZER = f"{TORCH}/tokenizer.json"
MANIFEST = "manifest.json"


class DamagedError(EncoderError):
    """A prepared file that is missing or not as it was written; preparing mends it."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A prepared folder and the sha256 of each of its files."""

    folder: Path
    checksums: dict[str, str]

    def read(self, name: str) -> bytes:
        """Return the content of a file. Raises DamagedError where it is not what was written."""
        try:
            content = (self.folder / name).read_bytes()
        except OSError as error:
            raise DamagedError(f"cannot read {self.folder / name}: {error.strerror}") from error
        if _sha256(content) != self.checksums[name]:
            raise DamagedError(f"{self.folder / name} is not what was prepared")
        return content


def silent(stage: str, fraction: float) -> None:
    """Report progress to nobody."""


def cache_folder() -> Path:
    """Return the folder of the prepared encoder; it may not exist yet."""
    return cache_root() / "encoders" / f"e5-small-{FORMAT}-{SHA256[:12]}"


def load(
    names: Sequence[str], progress: Progress = silent, folder: Path | None = None
) -> list[bytes]:
    """Return the content of prepared files; prepares them where missing or damaged."""
    folder = folder or cache_folder()
    try:
        prepared = find(folder)
        return [prepared.read(name) for name in names]
    except DamagedError:
        prepared = prepare(progress, folder)
        return [prepared.read(name) for name in names]


def torch_folder(progress: Progress = silent, folder: Path | None = None) -> Path:
    """Return the sentence-transformers folder, every file of it checked."""
    folder = folder or cache_folder()
    try:
        prepared = find(folder)
        for name in prepared.checksums:
            prepared.read(name)
    except DamagedError:
        prepared = prepare(progress, folder)
    return prepared.folder / TORCH


def find(folder: Path) -> Prepared:
    """Return what is prepared in `folder`. Raises DamagedError where files or sizes differ."""
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
        current = manifest["format"] == FORMAT and manifest["weights"] == SHA256
        entries = manifest["files"].items()
        files = {name: (entry["size"], entry["sha256"]) for name, entry in entries}
        sizes = all((folder / name).stat().st_size == size for name, (size, _) in files.items())
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DamagedError(f"{folder} holds no complete prepared encoder: {error}") from error
    if not (current and sizes and {GRAPH, TOKENIZER} <= files.keys()):
        raise DamagedError(f"{folder} holds another or an incomplete prepared encoder")
    return Prepared(folder, {name: checksum for name, (_, checksum) in files.items()})


def prepare(progress: Progress = silent, folder: Path | None = None) -> Prepared:
    """Prepare the encoder anew and return it.

    `progress` is called with a label and the fraction that is done, from 0 to 1. Raises
    EncoderError where the weights are missing or the cache cannot be written.
    """
    folder = folder or cache_folder()
    progress("reading the weights", 0.0)
    file = parse(read_weights())
    entries: dict[str, dict[str, object]] = {}
    try:
        for name, content in _files(file, progress):
            _place(folder / name, content)
            entries[name] = {"size": len(content), "sha256": _sha256(content)}
        manifest = {"format": FORMAT, "weights": SHA256, "files": entries}
        _place(folder / MANIFEST, json.dumps(manifest, indent=2).encode())
    except OSError as error:
        raise EncoderError(
            f"cannot write the prepared encoder to {folder}: {error.strerror}; free 200 MB "
            f"there, or set {CACHE} to another folder"
        ) from error
    progress("ready", 1.0)
    return Prepared(folder, {name: str(entry["sha256"]) for name, entry in entries.items()})


def _files(file: E5File, progress: Progress) -> Iterator[tuple[str, bytes]]:
    progress("choosing the vocabulary", 0.1)
    vocabulary = trim(file)
    progress("quantising the layers", 0.2)
    yield GRAPH, encoder_graph(file, vocabulary.rows)
    progress("writing the sentence-transformers folder", 0.6)
    for path, content in folder_files(file, vocabulary):
        yield f"{TORCH}/{path}", content


def _place(path: Path, content: bytes) -> None:
    """Write beside and rename; a file that is already right is left alone."""
    if path.is_file() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(beside, path)
    finally:
        Path(beside).unlink(missing_ok=True)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
