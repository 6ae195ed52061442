"""Prepares the plain multilingual-e5-small, once, in the user's cache.

The cache is never trusted: a manifest holds the size and sha256 of every file, and a folder that
disagrees with its manifest is prepared anew. Preparing gives the same bytes every time and puts
each file in place by renaming, the manifest last, so two processes may do it at once and one that
is killed leaves nothing that passes for complete.
"""

import os
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from index.places import CACHE, cache_root

from .e5_file import E5File, parse
from .errors import EncoderError
from .folder import folder_files
from .graph import encoder_graph
from .manifest import GRAPH, MANIFEST, Checked, DamagedError, Entry, check, entry, manifest_json
from .names import E5_FORMAT, E5_SMALL
from .progress import Progress, silent
from .tensors import Weights, read_tensors
from .vocabulary import trim
from .weights import SHA256, read_weights

NAME = E5_SMALL
TORCH = "sentence-transformers"
TOKENIZER = f"{TORCH}/tokenizer.json"
ABOUT: dict[str, object] = {"format": E5_FORMAT, "weights": SHA256}


def cache_folder() -> Path:
    """Return the folder of the prepared encoder; it may not exist yet."""
    return cache_root() / "encoders" / f"e5-small-{E5_FORMAT}-{SHA256[:12]}"


def read_prepared(progress: Progress = silent, folder: Path | None = None) -> tuple[bytes, bytes]:
    """Return the graph and the tokenizer; prepares them where missing or damaged."""
    folder = folder or cache_folder()
    try:
        prepared = find(folder)
        return prepared.read(GRAPH), prepared.read(TOKENIZER)
    except DamagedError:
        prepared = prepare(progress, folder)
        return prepared.read(GRAPH), prepared.read(TOKENIZER)


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


def find(folder: Path) -> Checked:
    """Return what is prepared in `folder`. Raises DamagedError where files or sizes differ."""
    return check(folder, ABOUT, {GRAPH, TOKENIZER})


def prepare(progress: Progress = silent, folder: Path | None = None) -> Checked:
    """Prepare the encoder anew and return it.

    `progress` is called with a label and the fraction that is done, from 0 to 1. Raises
    EncoderError where the weights are missing or the cache cannot be written.
    """
    folder = folder or cache_folder()
    _require_onnx()
    progress("reading the weights", 0.0)
    file = parse(read_weights())
    entries: dict[str, Entry] = {}
    try:
        for name, content in _files(file, progress):
            _place(folder / name, content)
            entries[name] = entry(content)
        _place(folder / MANIFEST, manifest_json(ABOUT, entries))
    except OSError as error:
        raise EncoderError(
            f"cannot write the prepared encoder to {folder}: {error.strerror}; free 200 MB "
            f"there, or set {CACHE} to another folder"
        ) from error
    progress("ready", 1.0)
    return Checked(folder, {name: str(written["sha256"]) for name, written in entries.items()})


def _require_onnx() -> None:
    if find_spec("onnx") is None:
        raise EncoderError(
            f"preparing {E5_SMALL} needs onnx, which is not installed: pip install 'youju[e5]'"
        )


def _files(file: E5File, progress: Progress) -> Iterator[tuple[str, bytes]]:
    progress("choosing the vocabulary", 0.1)
    vocabulary = trim(file)
    progress("quantising the layers", 0.2)
    shape = file.shape
    words = file.matrix("emb.word", shape.hidden, vocabulary.rows)
    weights = Weights(words, read_tensors(file), shape.layers, shape.heads, shape.epsilon)
    yield GRAPH, encoder_graph(weights)
    progress("writing the sentence-transformers folder", 0.6)
    for path, content in folder_files(file, vocabulary, weights):
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
