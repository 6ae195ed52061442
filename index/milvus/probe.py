"""Whether a server does what a library needs of it: found out by doing it, on three rows."""

import secrets

import numpy as np

from index.milvus.errors import ServerError
from index.milvus.expressions import DOCUMENT, KEY, among
from index.milvus.server import Row, Server

_DIMENSION = 4


def probe(server: Server) -> None:
    """Write, replace, search and drop rows of a collection that is then removed.

    Old servers accept a collection that they cannot search, and some score words by a formula of
    their own. Raises ServerError that says what is missing.
    """
    trial = server.of(f"youju_probe_{secrets.token_hex(6)}")
    trial.create(_DIMENSION)
    try:
        trial.load()
        trial.write([_row(key, float(key)) for key in (1, 2, 3)])
        trial.write([_row(3, 9.0)])
        trial.drop([2])
        for what, found, expected in _trials(trial):
            if found != expected:
                raise ServerError(
                    f"{server.address}: found {found} for {what}, expected {expected}: the server "
                    "is too old or of another kind, Milvus 2.5 or newer is needed"
                )
    finally:
        trial.remove()


def _row(key: int, weight: float) -> Row:
    vector = np.eye(_DIMENSION, dtype=np.float32)[key]
    return Row(key, _name(key), vector, {7: weight, 100 + key: 1.0})


def _name(key: int) -> str:
    """A name that a filter has to escape."""
    return f'"{key}\\'


def _trials(trial: Server) -> list[tuple[str, object, object]]:
    third = np.eye(_DIMENSION, dtype=np.float32)[3] + np.float32(0.5)
    names = [_name(1)]
    one = among(DOCUMENT, names)
    others = " or ".join([among(DOCUMENT, names, inside=False), among(KEY, [1])])
    words = {7: 1.0, 101: 4.0}
    return [
        ("the nearest vectors", trial.by_vector(third, 2, "").tolist(), [3, 1]),
        ("the heaviest words", trial.by_words(words, 9, "").tolist(), [3, 1]),
        ("words that one row has", trial.by_words({101: 1.0}, 9, "").tolist(), [1]),
        ("words in one document", trial.by_words(words, 9, one).tolist(), [1]),
        ("vectors within a choice", trial.by_vector(third, 9, others).tolist(), [3, 1]),
        ("the keys of all rows", sorted(trial.keys()), [1, 3]),
    ]
