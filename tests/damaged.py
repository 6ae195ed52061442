"""Damaged files of every format, always the same ones: what a disk, a mail or a foe may leave.

`python -m tests.damaged 1000` reads a thousand of them and prints what became of each format.
"""

import io
import random
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from docx import Document as WordFile

from corpus import ReadError, find_files
from corpus.intake import read_all
from corpus.samples import SAMPLES
from tests import pages

PDFS = Path(__file__).parent / "fixtures" / "pdf"

Damage = Callable[[random.Random, bytearray], bytes]


class Damaged(NamedTuple):
    """A damaged file: what it was, what was done to it, and its bytes."""

    name: str
    damage: str
    data: bytes


def originals() -> dict[str, bytes]:
    """Return whole files of every format by name."""
    found = {path.name: path.read_bytes() for path in find_files([SAMPLES])}
    found |= {f"{name}.html": page().data for name, page in _PAGES.items()}
    found["plan.docx"] = _word()
    found["all.zip"] = _archive(found)
    return found | {name: (PDFS / name).read_bytes() for name in _PDFS}


_PDFS = ("notice.pdf", "columns.pdf", "browser.pdf", "lively.pdf")
_PAGES = {"modern": pages.modern, "tables": pages.old_tables, "word": pages.word}


def _word() -> bytes:
    document = WordFile()
    for line in pages.DOCUMENT:
        document.add_paragraph(line)
    table = document.add_table(rows=0, cols=len(pages.TABLE[0]))
    for row in pages.TABLE:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    saved = io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as parts:
        return _archive({name: parts.read(name) for name in parts.namelist()})


def _archive(files: dict[str, bytes]) -> bytes:
    """Pack files, with the same day for all of them."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


# --- damages -------------------------------------------------------------------------------------


def cut(chance: random.Random, data: bytearray) -> bytes:
    """Keep the beginning."""
    return bytes(data[: chance.randrange(1, len(data))])


def flipped(chance: random.Random, data: bytearray) -> bytes:
    """Change some bytes."""
    for _ in range(chance.choice((1, 4, 32, 256))):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


def emptied(chance: random.Random, data: bytearray) -> bytes:
    """Leave a stretch of zeros, as a bad sector does."""
    start, size = chance.randrange(len(data)), chance.choice((16, 512, 4096))
    data[start : start + size] = bytes(len(data[start : start + size]))
    return bytes(data)


def missing(chance: random.Random, data: bytearray) -> bytes:
    """Leave a stretch out."""
    start = chance.randrange(len(data))
    del data[start : start + chance.choice((1, 64, 2048))]
    return bytes(data) or b"\0"


def repeated(chance: random.Random, data: bytearray) -> bytes:
    """Repeat a stretch many times."""
    start = chance.randrange(len(data))
    stretch = bytes(data[start : start + chance.choice((1, 8, 200))])
    return bytes(data[:start]) + stretch * chance.choice((10, 1000)) + bytes(data[start:])


def swapped(chance: random.Random, data: bytearray) -> bytes:
    """Exchange the two halves."""
    middle = chance.randrange(len(data))
    return bytes(data[middle:] + data[:middle])


def grown(chance: random.Random, data: bytearray) -> bytes:
    """Turn one number of four bytes into a huge one: sizes, counts and offsets are such."""
    start = chance.randrange(max(1, len(data) - 4))
    data[start : start + 4] = b"\xff\xff\xff\x7f"
    return bytes(data)


DAMAGES: tuple[Damage, ...] = (cut, flipped, emptied, missing, repeated, swapped, grown)


def damaged(count: int, seed: int = 1) -> Iterator[Damaged]:
    """Yield `count` damaged files; a file now and then gets the name of another format."""
    chance = random.Random(seed)
    whole = originals()
    names = sorted(whole)
    for number in range(count):
        name = names[number % len(names)]
        damage = chance.choice(DAMAGES)
        data = damage(chance, bytearray(whole[name]))
        shown = (
            name if chance.random() < 0.9 else Path(name).stem + Path(chance.choice(names)).suffix
        )
        yield Damaged(f"{number:04}-{shown}", damage.__name__, data)


def main() -> None:
    """Read them all."""
    outcomes: Counter[tuple[str, str]] = Counter()
    slowest = (0.0, "")
    for file in damaged(int(sys.argv[1])):
        begun = time.perf_counter()
        for _, outcome in read_all(file.name, file.data):
            kind = "refused" if isinstance(outcome, ReadError) else "read"
            outcomes[Path(file.name).suffix, kind] += 1
        slowest = max(slowest, (time.perf_counter() - begun, f"{file.name} ({file.damage})"))
    for (suffix, kind), number in sorted(outcomes.items()):
        print(f"{suffix:8} {kind:8} {number}")
    print(f"slowest: {slowest[0]:.2f} s, {slowest[1]}")


if __name__ == "__main__":
    main()
