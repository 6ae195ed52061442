"""Reads the format of `e5-small-q4.bin` (`E5S1`): multilingual-e5-small in 4 bits.

The layout, all little-endian and without padding, as the engine that ships beside the file
reads it (`e5.c`, function `e5_parse`):

    "E5S1", u32 version
    i32 hidden, layers, heads, feed-forward, rows, positions, types; f32 epsilon; i32 block
    i32 pieces, <s>, </s>, <pad>, <unk>; u64 bytes of the piece text
    u32[pieces + 1] offsets, f32[pieces] scores, the piece text (UTF-8)
    i32 entries, u32 bytes, then per entry u32 character, u8 n, u32[n] what replaces it
    i32 tensors, then per tensor u16 n, name, u8 type, u32 count, u64 offset, u64 bytes

Type 0 is float32; type 1 is Q4_0: blocks of 32 weights, a float16 scale and 16 bytes, byte j
holding weight j in its low half and weight j + 16 in its high half, both plus 8.
"""

import struct
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .errors import EncoderError

MAGIC = b"E5S1"
BLOCK = 32
_Q4_0 = np.dtype([("scale", "<f2"), ("nibbles", "u1", BLOCK // 2)])


class Shape(NamedTuple):
    """The numbers of the BERT encoder, in the order of the file."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    rows: int
    positions: int
    types: int
    epsilon: float
    block: int


class Specials(NamedTuple):
    """The ids of the special pieces, in the order of the file."""

    begin: int
    end: int
    pad: int
    unknown: int


class Quantised(NamedTuple):
    """A matrix in blocks of 32 columns: value = code * scale of its block.

    `codes` is int8 from -8 to 7, shape (rows, columns); `scales` is float32,
    shape (rows, columns / 32).
    """

    codes: NDArray[np.int8]
    scales: NDArray[np.float32]

    def floats(self) -> NDArray[np.float32]:
        """Return the matrix as float32, shape (rows, columns)."""
        return np.multiply(self.codes, np.repeat(self.scales, BLOCK, axis=1), dtype=np.float32)


class _Entry(NamedTuple):
    quantised: bool
    length: int
    offset: int


@dataclass(frozen=True, slots=True)
class E5File:
    """The parsed file; tensors are decoded when asked for."""

    shape: Shape
    specials: Specials
    pieces: tuple[str, ...]
    scores: NDArray[np.float32]
    replacements: dict[str, str]
    _tensors: dict[str, _Entry]
    _content: bytes

    def vector(self, name: str) -> NDArray[np.float32]:
        """Return a float32 tensor, shape (count,)."""
        entry = self._entry(name, quantised=False)
        return np.frombuffer(self._content, "<f4", entry.length, entry.offset)

    def matrix(self, name: str, columns: int, rows: NDArray[np.int64] | None = None) -> Quantised:
        """Return a Q4_0 tensor, or only some of its `rows`."""
        entry = self._entry(name, quantised=True)
        blocks = np.frombuffer(self._content, _Q4_0, entry.length // BLOCK, entry.offset)
        blocks = blocks.reshape(-1, columns // BLOCK)
        blocks = blocks if rows is None else blocks[rows]
        low, high = blocks["nibbles"] & 0x0F, blocks["nibbles"] >> 4
        codes = np.concatenate([low, high], axis=-1).reshape(-1, columns).astype(np.int8) - 8
        return Quantised(codes.astype(np.int8), blocks["scale"].astype(np.float32))

    def _entry(self, name: str, quantised: bool) -> _Entry:
        entry = self._tensors.get(name)
        if entry is None or entry.quantised != quantised:
            expected = "4-bit" if quantised else "float32"
            raise EncoderError(f"the encoder weights hold no {expected} tensor {name!r}")
        return entry


class _Cursor:
    """Reads values one after the other."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.offset = 0

    def values(self, layout: str) -> tuple[int, ...]:
        found = struct.unpack_from(f"<{layout}", self.content, self.offset)
        self.offset += struct.calcsize(f"<{layout}")
        return found

    def array(self, kind: str, count: int) -> NDArray[np.generic]:
        found = np.frombuffer(self.content, kind, count, self.offset)
        self.offset += found.nbytes
        return found

    def take(self, size: int) -> bytes:
        self.offset += size
        return self.content[self.offset - size : self.offset]


def parse(content: bytes) -> E5File:
    """Read a weights file. Raises EncoderError where it is not one."""
    if content[:4] != MAGIC:
        raise EncoderError(f"the encoder weights begin with {content[:4]!r}, expected {MAGIC!r}")
    cursor = _Cursor(content)
    cursor.take(len(MAGIC))
    try:
        return _parse(cursor)
    except (struct.error, UnicodeDecodeError, ValueError) as error:
        raise EncoderError(f"the encoder weights are cut short or damaged: {error}") from error


def _parse(cursor: _Cursor) -> E5File:
    cursor.values("I")
    shape = Shape(*cursor.values("7ifi"))
    if shape.block != BLOCK:
        raise EncoderError(f"the encoder weights use blocks of {shape.block}, expected {BLOCK}")
    count, *specials = cursor.values("5i")
    (size,) = cursor.values("Q")
    offsets = cursor.array("<u4", count + 1).tolist()
    scores = cursor.array("<f4", count).astype(np.float32)
    text = cursor.take(size)
    pieces = tuple(text[a:b].decode() for a, b in pairwise(offsets))
    replacements = _replacements(cursor)
    return E5File(
        shape, Specials(*specials), pieces, scores, replacements, _tensors(cursor), cursor.content
    )


def _replacements(cursor: _Cursor) -> dict[str, str]:
    entries, _ = cursor.values("iI")
    found = {}
    for _ in range(entries):
        character, count = cursor.values("IB")
        found[chr(character)] = "".join(map(chr, cursor.values(f"{count}I")))
    return found


def _tensors(cursor: _Cursor) -> dict[str, _Entry]:
    (entries,) = cursor.values("i")
    found = {}
    for _ in range(entries):
        (length,) = cursor.values("H")
        name = cursor.take(length).decode()
        kind, count, offset, _ = cursor.values("BIQQ")
        found[name] = _Entry(kind == 1, count, offset)
    return found
