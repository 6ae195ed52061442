"""What a run was made of: enough to make it again, and to tell whether two were of the same."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

from eval.configurations import Configuration
from eval.summary import Times
from eval.surroundings import (
    DIGITS,
    Json,
    file_sha256,
    files_fingerprint,
    fingerprint,
    machine,
    software,
)
from index import Library
from index.codec import dump
from index.encoders.names import DEFAULT, E5_SMALL
from index.encoders.prepare import cache_folder
from index.encoders.shipped import FOLDER as SHIPPED
from index.snapshot import Snapshot
from retrieval.ranking import Mode
from retrieval.synonyms import FILE as SYNONYMS

WEIGHTS = (".onnx", ".safetensors", ".bin", ".json", ".model", ".txt")
"""Files of an encoder's folder that decide its vectors."""
ROWS = 4096
"""Vectors that are read at once."""


class SetRecord(NamedTuple):
    """The questions that were asked; the fingerprint is of them and their gold."""

    name: str
    split: str | None
    fingerprint: str
    questions: int


class LibraryRecord(NamedTuple):
    """What was searched.

    The fingerprint is of the documents, what is known of them, how they are cut, and the library's
    own synonyms, whatever the folder, the order of adding and the number of the generation.
    """

    fingerprint: str
    documents: int
    passages: int
    pending: int
    """Passages without a vector, which meaning cannot find."""


class EncoderRecord(NamedTuple):
    """What made the vectors."""

    name: str
    sha256: str | None
    """Of the files of its folder; None where it is known by a name of the hub alone."""
    vectors: str
    """Of the library's vectors themselves: equal only where they agree to the last bit."""


@dataclass(frozen=True, slots=True)
class Timing:
    """When a run was made and how long it took: all in which two equal runs may differ."""

    started: datetime
    day: date
    """On which a document was to be in force."""
    seconds: float
    ms: tuple[float, ...]
    """Milliseconds of each question's search, in the order of the outcomes."""

    def shape(self) -> Json:
        """Return the JSON shape."""
        return {
            "started": self.started.isoformat(timespec="seconds"),
            "day": self.day.isoformat(),
            "seconds": round(self.seconds, 2),
            "ms_per_query": Times.of(self.ms)._asdict(),
            "ms": [round(ms, 2) for ms in self.ms],
        }


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One run: the questions, the library, the encoder, the configuration, where, and when."""

    questions: SetRecord
    library: LibraryRecord
    encoder: EncoderRecord | None
    """None where only words were compared."""
    configuration: Configuration
    time: Timing

    def shape(self) -> Json:
        """Return the JSON shape; what `time` does not hold is the same when the run is repeated."""
        return {
            "set": self.questions._asdict(),
            "library": self.library._asdict(),
            "encoder": self.encoder._asdict() if self.encoder else None,
            "configuration": self.configuration.shape(),
            "software": software(),
            "machine": machine(),
            "time": self.time.shape(),
        }


def library_record(library: Library) -> LibraryRecord:
    """Return what a library holds."""
    snapshot = library.snapshot()
    ids = sorted(library.store.entry_seals())
    held = fingerprint([_synonyms(library), *_documents(library, snapshot, ids)])
    return LibraryRecord(held, len(ids), len(snapshot.passages), snapshot.pending)


def encoder_record(library: Library, mode: Mode) -> EncoderRecord | None:
    """Return what made the vectors that a mode compares."""
    snapshot = library.snapshot()
    name = snapshot.state.encoder
    if mode == "bm25" or name is None or snapshot.vectors is None:
        return None
    return EncoderRecord(name, _encoder_files(name), _vectors(snapshot))


def _documents(library: Library, snapshot: Snapshot, ids: Sequence[str]) -> list[str]:
    """A line for each document: its id, what is known of it, its passages."""
    lines = []
    for name in ids:
        row = library.store.row(name)
        positions = snapshot.positions_of_document.get(name, ())
        passages = [snapshot.passages[position] for position in positions]
        cut = [(p.clause_id, p.start, p.end, p.text_hash.hex()) for p in passages]
        lines.append(dump([name, row.metadata if row else "", row.given if row else "", cut]))
    return lines


def _synonyms(library: Library) -> str:
    path = library.folder / SYNONYMS
    return file_sha256(path) if path.is_file() else ""


def _vectors(snapshot: Snapshot) -> str:
    """The vectors by the text that they stand for, so that the order of adding says nothing."""
    digest = hashlib.sha256()
    vectors = snapshot.vectors
    if vectors is not None:
        texts = [snapshot.passages[position].text_hash for position in vectors.positions]
        order = sorted(range(len(texts)), key=texts.__getitem__)
        for start in range(0, len(order), ROWS):
            chosen = vectors.positions[order[start : start + ROWS]]
            digest.update(vectors.read(chosen).tobytes())
    return digest.hexdigest()[:DIGITS]


@cache
def _encoder_files(name: str) -> str | None:
    """The files of an encoder, read once."""
    own = {DEFAULT: SHIPPED, E5_SMALL: cache_folder()}
    folder = own.get(name, Path(name))
    # A name of the hub is no path, though a folder of that name may stand where the program runs.
    return files_fingerprint(folder, WEIGHTS) if folder.is_absolute() and folder.is_dir() else None
