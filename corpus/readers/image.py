"""Pictures of pages: photographs, scans, TIFF files of several pages."""

import io
from collections.abc import Callable, Iterator

import numpy as np
from PIL import Image, ImageOps

from corpus.errors import ReadError
from corpus.readers.paper.ocr import (
    MOST_PAGES,
    MOST_PIXELS,
    REMEDY,
    Picture,
    Recogniser,
    load_recogniser,
    recognise,
    recognition_notes,
)
from corpus.readers.paper.setting import set_pages
from corpus.readers.reading import Reading

_FORMATS = ("PNG", "JPEG", "TIFF", "BMP")
_LONGEST_SIDE = 4000


def read(data: bytes) -> Reading:
    """Recognise the text of a picture. Raises ReadError where it cannot be, naming the extra."""
    return read_image(data, load_recogniser)


def read_image(data: bytes, load: Callable[[], Recogniser | None]) -> Reading:
    """Recognise the text of a picture with the recogniser that `load` returns."""
    recogniser = load()
    if recogniser is None:
        raise ReadError(f"found a picture, which text recognition reads: {REMEDY}")
    sheets = [recognise(picture, recogniser) for picture in _pictures(data)]
    reading = set_pages(sheets)
    if not reading.text:
        raise ReadError("found no text in the picture: take it anew, sharp and upright")
    notes = (*reading.notes, *recognition_notes(len(sheets), reading.recognised))
    return reading._replace(notes=notes)


def _pictures(data: bytes) -> Iterator[Picture]:
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            frames = getattr(image, "n_frames", 1)
            if frames > MOST_PAGES:
                raise ReadError(f"found {frames} pages, at most {MOST_PAGES} are read: split it")
            for frame in range(frames):
                image.seek(frame)
                _check_size(*image.size)
                yield _upright(image)
    except Image.DecompressionBombError as error:
        raise ReadError(
            f"the picture has over {MOST_PIXELS // 10**6} million pixels: save it smaller"
        ) from error
    # What Pillow raises on a damaged picture depends on where it is damaged.
    except (OSError, SyntaxError, ValueError) as error:
        raise ReadError(
            "the picture is damaged, or none of PNG, JPEG, TIFF and BMP: "
            "open it and save it again as PNG"
        ) from error


def _check_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise ReadError(
            f"the picture has {width} × {height} pixels, at most {MOST_PIXELS // 10**6} million "
            "are read: save it smaller"
        )


def _upright(image: Image.Image) -> Picture:
    """The picture as the camera was held, on white, no side longer than is useful."""
    image = ImageOps.exif_transpose(image)
    if image.mode.startswith("I;16"):
        # Converting would cut 16 bits off at 255 and leave white.
        image = Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, image)
    image = image.convert("RGB")
    image.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    pixels: Picture = np.asarray(image)[:, :, ::-1].copy()
    return pixels
