"""Text recognition, for pages that are pictures; needs the optional extra `ocr`.

The models (PP-OCRv4, Chinese and Latin) ship in the wheel of rapidocr-onnxruntime: nothing is
downloaded.
"""

import logging
import os
import re
from collections.abc import Callable, Iterable, Sequence
from importlib.util import find_spec
from statistics import fmean, median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.document import Recognised
from corpus.errors import ReadError
from corpus.notes import Note
from corpus.readers.paper.characters import close_up, fold_accidents
from corpus.readers.paper.layout import Line, Sheet
from corpus.readers.patience import ask
from corpus.silence import silence

Picture = NDArray[np.uint8]
"""Rows of pixels, each blue, green, red: (height, width, 3)."""
Recogniser = Callable[[Picture], list[Line]]
"""Returns the lines of a picture, measured in pixels, each with its confidence."""

MOST_PAGES = 30
"""Pages of one file that are recognised: 5 s each on two idle cores, 10 s on busy ones."""
PAGE_SECONDS = 60.0
"""What recognising one page may take, and loading the models."""
MOST_PIXELS = 40_000_000
"""Pixels of one picture, checked before it is decoded: A3 at 400 dpi has 31 million."""
SURE = 0.5
"""Lines below this confidence are kept, and the reader is told how many they are."""
REMEDY = "pip install 'youju[ocr]'"

_MODULE = "rapidocr_onnxruntime"
_LOGGERS = ("RapidOCR", "OrtInferSession", "rapidocr_onnxruntime")
_MOST_THREADS = 4
# A detected box is higher than its characters by about this, and its height trembles.
_BOX_HEIGHT = 1.25
_TREMBLE = 1.25
# The model takes the brackets of a 文号 for others (GB/T 9704-2012, 7.2.5: 六角括号).
_YEAR = re.compile(r"[\[【［〔]([0-9]{4})[\]】］〕](?=\s?第?[0-9]{1,5}\s?号)")


def load_recogniser() -> Recogniser | None:
    """Return a recogniser, or None where the extra is not installed.

    Raises ReadError where it is installed and does not start.
    """
    if find_spec(_MODULE) is None:
        return None
    ask(PAGE_SECONDS)
    silence()
    try:
        import cv2
        from rapidocr_onnxruntime import RapidOCR
    except ImportError as error:
        raise ReadError(
            f"text recognition does not start ({error}): install the missing system library, "
            "or opencv-python-headless in place of opencv-python"
        ) from error
    threads = min(_MOST_THREADS, os.cpu_count() or 1)
    engine = RapidOCR(text_score=0.0, intra_op_num_threads=threads, inter_op_num_threads=1)
    cv2.setNumThreads(threads)
    for name in _LOGGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return lambda picture: _lines(engine(picture)[0] or ())


def _lines(found: Iterable[Sequence[Any]]) -> list[Line]:
    """Turn boxes of four corners, texts and scores into lines with steady heights."""
    boxes = [(np.asarray(corners), str(text), float(score)) for corners, text, score in found]
    heights = [_height(corners) for corners, _, _ in boxes]
    usual = median(heights) if heights else 0.0
    lines = []
    for (corners, text, score), height in zip(boxes, heights, strict=True):
        text = _YEAR.sub(r"〔\1〕", close_up(fold_accidents(text))).strip()
        if not text:
            continue
        steady = usual if usual / _TREMBLE < height < usual * _TREMBLE else height
        middle = float(corners[:, 1].mean())
        left, right = float(corners[:, 0].min()), float(corners[:, 0].max())
        lines.append(Line(text, left, middle - steady / 2, right, middle + steady / 2, score))
    return lines


def _height(corners: NDArray[np.float64]) -> float:
    return float(np.linalg.norm(corners[3] - corners[0])) / _BOX_HEIGHT


def recognise(picture: Picture, recogniser: Recogniser) -> Sheet:
    """Return a picture as a page, measured in pixels."""
    ask(PAGE_SECONDS)
    height, width = picture.shape[:2]
    return Sheet(float(width), float(height), tuple(recogniser(picture)))


def recognition_notes(pages: int, found: Sequence[Recognised]) -> list[Note]:
    """What to tell the reader of a document of which so many pages were recognised."""
    if not pages:
        return []
    mean = fmean(r.confidence for r in found) if found else 0.0
    unsure = sum(r.confidence < SURE for r in found)
    notes = [Note("recognised", (str(pages), f"{mean:.2f}"))]
    return notes + ([Note("unsure", (str(unsure), str(SURE)))] if unsure else [])
