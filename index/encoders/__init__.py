"""Encoders turn texts into unit vectors; each lives in a file of its own."""

from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from .opening import open_encoder

__all__ = ["Encoder", "TextKind", "Vectors", "open_encoder"]

Vectors = NDArray[np.float32]
TextKind = Literal["query", "passage"]


class Encoder(Protocol):
    """Turns texts into unit vectors."""

    @property
    def name(self) -> str:
        """What a library remembers; equal names mean interchangeable vectors."""
        ...

    @property
    def dimension(self) -> int:
        """The number of columns that `encode` returns."""
        ...

    def encode(self, texts: list[str], kind: TextKind) -> Vectors:
        """Return float32 vectors of length 1, shape (len(texts), dimension)."""
        ...
