"""PDF files: text in order, furniture off, tables, locked and damaged files, pictures."""

import io
import re
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import ReadError, read_document
from corpus.readers.paper.layout import Line
from corpus.readers.paper.ocr import Picture, Recogniser
from corpus.readers.pdf import read_pdf
from corpus.readers.reading import Reading
from tests.pdf_files import FOLDER, LINES, TABLE


def file(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


def no_recogniser() -> Recogniser | None:
    return None


def fixed_recogniser() -> Recogniser | None:
    """One that sees the same two lines in every picture, of which it is not quite sure."""

    def recogniser(picture: Picture) -> list[Line]:
        width = float(picture.shape[1])
        return [
            Line("第一条 校园用电", 0.1 * width, 300, 0.5 * width, 330, 0.9),
            Line("应当安全。", 0.1 * width, 400, 0.3 * width, 430, 0.4),
        ]

    return recogniser


def unwanted() -> Recogniser | None:
    raise AssertionError("a PDF with text needs no recogniser")


def read(name: str) -> Reading:
    return read_pdf(file(name), unwanted)


def merged(*parts: bytes) -> bytes:
    """The pages of several PDFs in one."""
    with pdfium.PdfDocument.new() as document:
        for part in parts:
            with pdfium.PdfDocument(part) as other:
                document.import_pages(other)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()


def test_blank_pages_are_not_an_empty_file() -> None:
    with pdfium.PdfDocument.new() as document:
        document.new_page(595, 842)
        out = io.BytesIO()
        document.save(out)
    with pytest.raises(ReadError, match="found no text on the pages"):
        read_pdf(out.getvalue(), unwanted)


@pytest.mark.parametrize("name", LINES)
def test_a_page_reads_as_it_was_set(name: str) -> None:
    assert tuple(read(name).text.split("\n")) == LINES[name]


def test_pages_are_known_and_furniture_is_told_of() -> None:
    reading = read("notice.pdf")
    assert len(reading.pages) == 3
    assert reading.text[reading.pages[2] :].startswith("附件\n")
    # The second page begins within a paragraph that the first one began.
    assert reading.text[reading.pages[1] - 1] not in "。\n"
    assert [(note.kind, note.values) for note in reading.notes] == [("running_heads", ("3",))]
    assert [note.values for note in read("columns.pdf").notes] == [("6",)]


def test_clauses_know_their_page() -> None:
    document = read_document("notice.pdf", file("notice.pdf"))
    assert document.format == "pdf"
    pages = {c.address: document.page_of(c.start) for c in document if c.kind == "item"}
    assert pages == {
        "一、（一）": 1,
        "一、（二）": 1,
        "二、（一）": 1,
        "二、（二）": 2,
        "二、（三）": 2,
        "三、（一）": 2,
        "三、（二）": 2,
        "三、（三）": 2,
    }
    annex = [c for c in document if c.kind == "annex"][-1]
    assert document.page_of(annex.start) == 3
    assert " | ".join(TABLE[1]) in document.quote(annex.span)


def test_columns_keep_the_articles_in_order() -> None:
    document = read_document("columns.pdf", file("columns.pdf"))
    assert [c.address for c in document if c.kind == "article"] == [
        f"第{n}条" for n in "一二三四五六七八九十"
    ]


def test_hidden_and_slanting_text_is_left_out() -> None:
    data = file("articles.pdf")
    with pdfium.PdfDocument(data) as document:
        there = document[0].get_textpage().get_text_bounded()
    assert "看不见" in there
    assert "外传" in there
    text = read("articles.pdf").text
    assert "看不见" not in text
    assert "外传" not in text


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_reads_the_same(turn: int) -> None:
    with pdfium.PdfDocument(file("articles.pdf")) as document:
        document[0].set_rotation(turn)
        out = io.BytesIO()
        document.save(out)
    assert read_pdf(out.getvalue(), unwanted).text == read("articles.pdf").text


def test_what_is_not_text_is_left_alone() -> None:
    assert read("lively.pdf") == read("articles.pdf")


def test_an_empty_password_opens_and_another_is_asked_for() -> None:
    assert read("protected.pdf") == read("articles.pdf")
    with pytest.raises(ReadError, match="password only") as raised:
        read("locked.pdf")
    assert "\n" not in str(raised.value)


# Pictures of text


@pytest.mark.parametrize(
    ("name", "found"), [("scanned.pdf", "pages that are pictures"), ("unmapped.pdf", "fonts")]
)
def test_without_recognition_the_error_names_the_extra(name: str, found: str) -> None:
    with pytest.raises(ReadError, match=found) as raised:
        read_pdf(file(name), no_recogniser)
    assert "pip install 'youju[ocr]'" in str(raised.value)


def test_without_recognition_the_pages_with_text_are_read() -> None:
    data = merged(file("scanned.pdf"), file("articles.pdf"), file("scanned.pdf"))
    reading = read_pdf(data, no_recogniser)
    assert reading.text == read("articles.pdf").text
    assert reading.pages == (0, 0, len(reading.text))
    assert [(n.kind, n.values[0]) for n in reading.notes] == [("unread", "1、3")]


def test_recognised_lines_have_their_place_and_confidence() -> None:
    reading = read_pdf(merged(file("articles.pdf"), file("scanned.pdf")), fixed_recogniser)
    found = [(reading.text[r.span.start : r.span.end], r.confidence) for r in reading.recognised]
    assert found == [("第一条 校园用电", 0.9), ("应当安全。", 0.4)]
    notes = {note.kind: note.values for note in reading.notes}
    assert notes == {"recognised": ("1", "0.65"), "unsure": ("1", "0.5")}
    assert all(note.text for note in reading.notes)


def drawn(curves: int) -> bytes:
    """A page with so many figures and no text."""
    with pdfium.PdfDocument.new() as document:
        page = document.new_page(595, 842)
        for n in range(curves):
            figure = pdfium.raw.FPDFPageObj_CreateNewRect(10 * (n % 50), 10 * (n // 50), 8, 6)
            pdfium.raw.FPDFPath_SetDrawMode(figure, 1, False)
            pdfium.raw.FPDFPage_InsertObject(page.raw, figure)
        page.gen_content()
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()


def test_letters_turned_into_curves_are_a_picture_and_a_rule_is_none() -> None:
    assert read_pdf(merged(file("articles.pdf"), drawn(3)), unwanted).notes == ()
    (note,) = read_pdf(merged(file("articles.pdf"), drawn(300)), no_recogniser).notes
    assert (note.kind, note.values[0]) == ("unread", "2")


def test_the_unseen_text_of_a_scan_is_read_and_told_of() -> None:
    reading = read("layer.pdf")
    assert [line[:3] for line in reading.text.split("\n")] == ["第一条", "第二条"]
    assert [(note.kind, note.values) for note in reading.notes] == [("layer", ("1",))]


def test_a_garbled_page_is_told_of() -> None:
    notes = {
        note.kind: note.values for note in read_pdf(file("unmapped.pdf"), fixed_recogniser).notes
    }
    assert notes["garbled"] == ("1",)
    assert notes["recognised"][0] == "1"


def test_no_more_pages_are_recognised_than_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.readers.pdf.MOST_PAGES", 2)
    reading = read_pdf(merged(*[file("scanned.pdf")] * 5), fixed_recogniser)
    notes = {note.kind: note.values for note in reading.notes}
    assert notes["unread"][0] == "3-5"
    assert len(reading.recognised) == 4


# Damaged files


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\n%%EOF", b"%PDF-" + b"\0" * 5000])
def test_a_file_that_is_no_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError, match="damaged"):
        read_pdf(data, unwanted)


def test_a_pdf_whose_table_of_objects_is_not_where_it_says_is_read() -> None:
    data = re.sub(rb"startxref\s+\d+", b"startxref\n7", file("articles.pdf"))
    data = data.replace(b"xref\n0 ", b"xxxx\n0 ")
    assert read_pdf(data, unwanted).text == read("articles.pdf").text


def outcome(data: bytes) -> str:
    """What comes of a file: its text, or one line that says why not."""
    try:
        return read_pdf(data, no_recogniser).text
    except ReadError as error:
        assert "\n" not in str(error)
        assert len(str(error)) < 400
        return ""


@pytest.mark.parametrize("name", ["notice.pdf", "articles.pdf", "protected.pdf", "browser.pdf"])
@pytest.mark.parametrize("share", [0.02, 0.5, 0.9])
def test_half_a_file_is_read_or_refused(name: str, share: float) -> None:
    data = file(name)
    outcome(data[: int(len(data) * share)])


@settings(max_examples=100, deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from(["articles.pdf", "lively.pdf"]))
def test_bytes_gone_wrong_are_read_or_refused(random: object, name: str) -> None:
    data = bytearray(file(name))
    for _ in range(30):
        data[random.randrange(len(data))] = random.randrange(256)  # type: ignore[attr-defined]
    outcome(bytes(data))


def test_the_files_are_small(tmp_path: Path) -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 300_000
