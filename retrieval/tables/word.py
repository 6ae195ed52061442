"""Tables as .docx: a heading and a table across an A4 page, its head repeated on every page."""

import io
from collections.abc import Sequence
from typing import Any

from retrieval.tables.safety import readable
from retrieval.tables.values import Cell, Column, Kind, Mark, Table

MOST_ROWS = 5_000
"""Rows of a table that Word still turns pages of."""

_LATIN, _SONG, _HEI = "Times New Roman", "宋体", "黑体"
_MARGIN_MM, _LONG_MM, _SHORT_MM = 15, 297, 210  # A4 (ISO 216)
_COLORS: dict[Mark, tuple[int, int, int]] = {
    "changed": (0xC0, 0, 0),
    "added": (0, 0x61, 0),
    "removed": (0x7F, 0x7F, 0x7F),
}
_ALIGNED: dict[Kind, str] = {"text": "LEFT", "label": "CENTER", "number": "RIGHT"}


def docx_bytes(table: Table) -> bytes:
    """Return the table as a Word document, Chinese text in 宋体 and 黑体."""
    from docx import Document

    document = Document()
    _set_page(document.sections[0])
    for name, font in (("Normal", _SONG), ("Title", _HEI), ("List Bullet", _SONG)):
        set_font(document.styles[name], font)
    document.core_properties.title = readable(table.title)[:255]
    document.core_properties.author = "有据"
    document.core_properties.comments = ""
    heading = document.add_paragraph(readable(table.title), style="Title")
    heading.paragraph_format.keep_with_next = True
    for note in table.notes:
        document.add_paragraph(readable(note), style="List Bullet")
    _add_table(document, table)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _set_page(section: Any) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(_LONG_MM), Mm(_SHORT_MM)
    for side in ("left", "right", "top", "bottom"):
        setattr(section, f"{side}_margin", Mm(_MARGIN_MM))


def set_font(style: Any, chinese: str) -> None:
    """Name the font for East Asian text too; python-docx sets the Latin one only."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.name = _LATIN
    style.font.size = Pt(18 if chinese == _HEI else 10.5)
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), chinese)


def _add_table(document: Any, table: Table) -> None:
    from docx.shared import Mm

    made = document.add_table(rows=1, cols=len(table.columns))
    made.style, made.autofit = "Table Grid", False
    usable, total = _LONG_MM - 2 * _MARGIN_MM, sum(table.widths)
    widths = [Mm(usable * width / total) for width in table.widths]
    for at, width in enumerate(widths):
        made.columns[at].width = width
    head = made.rows[0]
    _set(head, "w:tblHeader")
    _fill_row(head, [Cell.of(column.head) for column in table.columns], table.columns, widths)
    for place in head.cells:
        for run in place.paragraphs[0].runs:
            run.bold = True
    for row in table.cells:
        line = made.add_row()
        _set(line, "w:cantSplit")
        _fill_row(line, row, table.columns, widths)


def _set(row: Any, name: str) -> None:
    """Make a row the head of every page (w:tblHeader), or keep it on one (w:cantSplit)."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _fill_row(
    row: Any, cells: Sequence[Cell], columns: Sequence[Column], widths: Sequence[int]
) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    for place, cell, column, width in zip(row.cells, cells, columns, widths, strict=True):
        place.width = width
        paragraph = place.paragraphs[0]
        paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, _ALIGNED[column.kind])
        paragraph.paragraph_format.space_after = 0
        _write(paragraph, cell)


def _write(paragraph: Any, cell: Cell) -> None:
    from docx.shared import RGBColor

    for piece in cell.pieces:
        run = paragraph.add_run(readable(piece.text))
        if piece.mark:
            run.font.color.rgb = RGBColor(*_COLORS[piece.mark])
            run.bold = piece.mark == "changed" or None
            run.underline = piece.mark == "added" or None
            run.font.strike = piece.mark == "removed" or None
    if cell.address:
        _link(paragraph, cell.address)


def _link(paragraph: Any, address: str) -> None:
    """Put the runs of a paragraph behind a web address."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    link = OxmlElement("w:hyperlink")
    known = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link.set(qn("r:id"), known)
    for run in paragraph.runs:
        run.underline = True
        link.append(run._r)
    paragraph._p.append(link)
