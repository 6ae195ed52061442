"""Recognition: what a scan and a photograph say, how sure it is, and what pictures are refused."""

import io
import os
import struct
import zlib
from importlib import import_module
from importlib.util import find_spec

import numpy as np
import pytest
from PIL import Image

from corpus import ReadError, read_document
from corpus.readers.image import read_image
from corpus.readers.paper import ocr
from corpus.readers.paper.layout import Line
from corpus.readers.paper.ocr import MOST_PAGES, MOST_PIXELS, Picture, Recogniser, recognition_notes
from tests.pdf_files import FOLDER

SCANNED = (
    "清水镇校园用电安全规定",
    "第一条学校每月检查用电线路一次，并做好检查记录，记录保存不少于2年。",
    "第二条宿舍内不得使用功率超过800瓦的电器。",
    "第三条本规定自2024年9月1日起施行。",
)


def can_recognise() -> bool:
    """Whether the extra is there and starts; in CI a missing system library is an error."""
    if find_spec("rapidocr_onnxruntime") is None:
        return False
    try:
        import_module("cv2")
    except ImportError:
        return "CI" in os.environ
    return True


needs_ocr = pytest.mark.skipif(not can_recognise(), reason="the extra `ocr` does not start here")


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    loaded = ocr.load_recogniser()
    assert loaded
    return loaded


def plain(text: str) -> str:
    return "".join(text.split())


def seen() -> tuple[list[tuple[int, int]], Recogniser]:
    """A recogniser that keeps the height and width of what it is shown."""
    shown: list[tuple[int, int]] = []

    def recogniser(picture: Picture) -> list[Line]:
        shown.append((picture.shape[0], picture.shape[1]))
        return [Line(f"第{len(shown)}张", 10, 10, 60, 25, 0.75)]

    return shown, recogniser


def saved(form: str, *images: Image.Image, **options: object) -> bytes:
    out = io.BytesIO()
    images[0].save(out, form, save_all=len(images) > 1, append_images=images[1:], **options)
    return out.getvalue()


@needs_ocr
def test_a_picture_reads_as_it_was_set(recogniser: Recogniser) -> None:
    reading = read_image((FOLDER / "scan.png").read_bytes(), lambda: recogniser)
    assert tuple(map(plain, reading.text.split("\n"))) == SCANNED
    assert min(r.confidence for r in reading.recognised) > 0.8
    said = "".join(reading.text[r.span.start : r.span.end] for r in reading.recognised)
    assert said == reading.text.replace("\n", "")


@needs_ocr
def test_a_scan_becomes_a_document_in_the_reading_process() -> None:
    document = read_document("scanned.pdf", (FOLDER / "scanned.pdf").read_bytes())
    assert tuple(map(plain, document.text.split("\n"))) == SCANNED
    assert [c.address for c in document if c.kind == "article"] == ["第一条", "第二条", "第三条"]
    second = document.clauses[-2]
    assert document.page_of(second.start) == 1
    assert 0.8 < (document.confidence(second.span) or 0) <= 1
    notes = {note.kind: note.values for note in document.notes}
    assert notes["recognised"][0] == "1"
    assert float(notes["recognised"][1]) > 0.9


@needs_ocr
def test_an_empty_picture_says_so(
    recogniser: Recogniser, capfd: pytest.CaptureFixture[str]
) -> None:
    white = np.full((200, 300, 3), 255, dtype=np.uint8)
    assert recogniser(white) == []
    assert capfd.readouterr() == ("", "")


def test_a_picture_without_text_is_not_an_empty_file() -> None:
    with pytest.raises(ReadError, match="found no text in the picture"):
        read_image(saved("PNG", Image.new("L", (40, 40), "white")), lambda: lambda picture: [])


def test_without_the_extra_the_error_names_it() -> None:
    with pytest.raises(ReadError, match=r"pip install 'youju\[ocr\]'"):
        read_image((FOLDER / "scan.png").read_bytes(), lambda: None)


KINDS = {
    "PNG": ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"),
    "JPEG": ("L", "RGB", "CMYK"),
    "BMP": ("1", "L", "P", "RGB", "RGBA"),
    "TIFF": ("1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"),
}


@pytest.mark.parametrize(
    ("form", "mode"), [(f, mode) for f, modes in KINDS.items() for mode in modes]
)
def test_every_kind_of_picture_is_shown_in_three_colours(form: str, mode: str) -> None:
    shown, recogniser = seen()
    grey = Image.new("L", (120, 80), 200)
    image = grey.convert("RGB").convert(mode) if mode != "I;16" else grey.convert("I").convert(mode)
    assert read_image(saved(form, image), lambda: recogniser).text == "第1张"
    assert shown == [(80, 120)]


def test_a_picture_is_turned_as_the_camera_was_held() -> None:
    shown, recogniser = seen()
    image = Image.new("RGB", (120, 80))
    exif = image.getexif()
    exif[0x0112] = 6  # orientation: turned a quarter to the right
    read_image(saved("JPEG", image, exif=exif), lambda: recogniser)
    assert shown == [(120, 80)]


def test_what_is_transparent_is_paper() -> None:
    colours = set()

    def recogniser(picture: Picture) -> list[Line]:
        colours.add(tuple(picture[0, 0]))
        return [Line("见图", 1, 1, 8, 5, 0.9)]

    read_image(saved("PNG", Image.new("RGBA", (9, 9), (0, 0, 0, 0))), lambda: recogniser)
    assert colours == {(255, 255, 255)}


def test_grey_of_sixteen_bits_keeps_its_shades() -> None:
    shades = []

    def recogniser(picture: Picture) -> list[Line]:
        shades.append(picture[0, :, 0].tolist())
        return [Line("见图", 1, 1, 8, 5, 0.9)]

    grey = Image.fromarray(np.array([[0, 0x4000, 0x8000, 0xFFFF]], dtype=np.uint16))
    read_image(saved("PNG", grey), lambda: recogniser)
    assert shades == [[0, 0x40, 0x80, 0xFF]]


def test_the_pages_of_a_tiff_are_pages() -> None:
    shown, recogniser = seen()
    pages = [Image.new("L", (100, height)) for height in (50, 60, 70)]
    reading = read_image(saved("TIFF", *pages), lambda: recogniser)
    assert shown == [(50, 100), (60, 100), (70, 100)]
    assert reading.text == "第1张\n第2张\n第3张"
    assert reading.pages == (0, 4, 8)
    assert [(n.kind, n.values) for n in reading.notes] == [("recognised", ("3", "0.75"))]


def test_too_many_pages_are_refused() -> None:
    pages = [Image.new("1", (4, 4))] * (MOST_PAGES + 1)
    with pytest.raises(ReadError, match=f"found {MOST_PAGES + 1} pages"):
        read_image(saved("TIFF", *pages), lambda: seen()[1])


def bomb(width: int, height: int) -> bytes:
    """A PNG file of few bytes that says it is very large."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [7_000, 20_000, 60_000, 2**31 - 1])
def test_a_picture_that_says_it_is_huge_is_refused(side: int) -> None:
    assert side**2 > MOST_PIXELS
    with pytest.raises(ReadError, match="pixels" if side < 2**31 - 1 else r"pixels|damaged"):
        read_image(bomb(side, side), lambda: seen()[1])


@pytest.mark.parametrize("share", [0.01, 0.3, 0.9])
def test_half_a_picture_is_refused(share: float) -> None:
    data = (FOLDER / "scan.png").read_bytes()
    with pytest.raises(ReadError, match="damaged"):
        read_image(data[: int(len(data) * share)], lambda: seen()[1])


def test_other_files_are_no_pictures() -> None:
    gif = saved("GIF", Image.new("L", (9, 9)))
    with pytest.raises(ReadError, match="none of PNG, JPEG, TIFF and BMP"):
        read_image(gif, lambda: seen()[1])


def test_what_is_unsure_is_kept_and_told_of() -> None:
    def recogniser(picture: Picture) -> list[Line]:
        return [Line("看不清的字", 10, 10, 90, 26, 0.2), Line("清楚的字", 10, 80, 90, 96, 0.9)]

    reading = read_image((FOLDER / "scan.png").read_bytes(), lambda: recogniser)
    assert "看不清的字" in reading.text
    assert {n.kind: n.values for n in reading.notes}["unsure"] == ("1", "0.5")
    assert recognition_notes(0, ()) == []


@pytest.mark.parametrize(
    "written", ["青政发【2024】15号", "青政发〔2024】15号", "青政发[2024]15号"]
)
def test_the_brackets_of_a_document_number_are_mended(written: str) -> None:
    box = [[0, 0], [90, 0], [90, 20], [0, 20]]
    assert ocr._lines([(box, written, 0.9)])[0].text == "青政发〔2024〕15号"
    assert ocr._lines([(box, "见【2024】年报", 0.9)])[0].text == "见【2024】年报"


def test_boxes_of_trembling_height_are_lines_of_one_size() -> None:
    def box(top: float, height: float) -> list[list[float]]:
        return [[10, top], [200, top], [200, top + height], [10, top + height]]

    found = [(box(0, 40), "第一 行", 0.9), (box(60, 44), "⼆行", 0.8), (box(120, 80), "大字", 0.7)]
    lines = ocr._lines(found)
    assert [line.text for line in lines] == ["第一行", "二行", "大字"]
    assert lines[0].size == pytest.approx(lines[1].size)
    assert lines[2].size > 1.5 * lines[1].size
    assert lines[1].middle == 82
