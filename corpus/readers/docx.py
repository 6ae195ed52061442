"""Word documents: the text as Word shows it, with the numbers that Word keeps outside of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from docx.oxml.ns import qn

from corpus.errors import ReadError
from corpus.notes import Note
from corpus.readers.reading import Reading
from corpus.readers.word import text as words
from corpus.readers.word.fields import Fields, is_contents
from corpus.readers.word.numbering import Counter, Numbering
from corpus.readers.word.ooxml import Element, Package, is_on, value
from corpus.readers.word.styles import PPR, RPR, VANISH, Styles

_BODY, _P, _TBL, _TR, _TC = qn("w:body"), qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_ROW_PROPERTIES, _CELL_PROPERTIES = qn("w:trPr"), qn("w:tcPr")
_MERGED_DOWN, _MERGED_ACROSS = qn("w:vMerge"), qn("w:hMerge")
_DELETED, _MOVED, _DELETED_CELL = qn("w:del"), qn("w:moveFrom"), qn("w:cellDel")
_TRACKED = (_DELETED, _MOVED, qn("w:ins"), qn("w:moveTo"))
_PICTURES = (qn("a:blip"), "{urn:schemas-microsoft-com:vml}imagedata")
_ID, _NOTE_TYPE = qn("w:id"), qn("w:type")
_REFERENCES = {
    qn("w:footnoteReference"): ("footnotes", "注"),
    qn("w:endnoteReference"): ("endnotes", "尾注"),
}
_KINDS = ("tracked", "contents", "hidden", "embedded")
_CELL_GAP = " | "


def read(data: bytes) -> Reading:
    """Return the text of a .docx, .docm or .dotx file, a paragraph or a row of a table a line.

    Automatic numbers are written out. Footnotes and endnotes are marked [注1] and [尾注1] where
    they are referred to and stand below the text, a line each, so that no 条 gains a 款. Tracked
    changes are read as accepted. Page numbers are not known: Word lays pages out anew each time.
    Raises ReadError where the file is damaged, no Word document, or pictures alone.
    """
    package = Package(data)
    document = package.document()
    parts = {kind: package.related(kind) for kind in ("styles", "numbering", *_note_kinds())}
    story = _Story(parts, Fields())
    text = story.text(document)
    if story.fields.are_open:
        # A field without an end would hide all that follows.
        story = _Story(parts, Fields(ignored=True))
        text = story.text(document)
    if not text.strip() and next(document.iter(*_PICTURES), None) is not None:
        raise ReadError(
            "the document holds pictures and no text: save it as .pdf and add that, "
            "with the ocr extra installed"
        )
    if next(document.iter(*_TRACKED), None) is not None:
        story.left_out.add("tracked")
    return Reading(text, notes=tuple(Note(kind) for kind in _KINDS if kind in story.left_out))


def _note_kinds() -> list[str]:
    return [kind for kind, _ in _REFERENCES.values()]


class _Line(NamedTuple):
    """A line that goes on in the next paragraph: its mark was deleted or is hidden."""

    number: str = ""
    text: str = ""


class _Story:
    """Goes through the document once, in the order in which it is read."""

    def __init__(self, parts: dict[str, Element | None], fields: Fields) -> None:
        self.fields = fields
        self.left_out: set[str] = set()
        self._styles = Styles(parts["styles"])
        self._numbering = Numbering(parts["numbering"], self._styles)
        self._counter = Counter(self._numbering)
        self._note_texts = {kind: _notes_by_id(parts[kind]) for kind in _note_kinds()}
        self._referred: dict[str, list[tuple[str, Element]]] = {k: [] for k in _note_kinds()}
        self._marks: dict[tuple[str, str], str] = {}
        self._boxes: list[Element] = []

    def text(self, document: Element) -> str:
        """Return all lines of the document, each ended."""
        body = document.find(_BODY)
        lines = [] if body is None else list(self._lines(body))
        for kind in _note_kinds():
            lines += self._notes(kind)
        return "".join(f"{line}\n" for line in lines)

    def _notes(self, kind: str) -> Iterator[str]:
        with self._counting_anew():
            # A note may refer to others, which are then added to the list.
            for mark, note in self._referred[kind]:
                yield f"{mark} {_on_one_line(self._lines(note))}"

    @contextmanager
    def _counting_anew(self) -> Iterator[None]:
        """Text boxes, footnotes and endnotes are numbered apart from the body."""
        outside, self._counter = self._counter, Counter(self._numbering)
        yield
        self._counter = outside

    def _lines(self, container: Element) -> Iterator[str]:
        begun = _Line()
        for block in words.opened(container, self.left_out):
            if block.tag == _P:
                begun, lines = self._paragraph(block, begun)
                yield from lines
            elif block.tag == _TBL:
                yield from self._rows(block)
            elif block.tag == words.EMBEDDED:
                self.left_out.add("embedded")
        if begun.text:
            yield begun.number + begun.text

    def _paragraph(self, paragraph: Element, begun: _Line) -> tuple[_Line, list[str]]:
        """Return what goes on in the next paragraph, and the lines that are finished."""
        properties = paragraph.find(PPR)
        in_contents = self.fields.in_contents
        text = "".join(self._inline(paragraph, self._styles.of_paragraph(properties)))
        in_contents |= self.fields.in_contents
        boxed = self._boxed()
        mark = _mark(properties)
        if (in_contents or VANISH in mark) and not (text or begun.text):
            return begun, boxed
        if _DELETED in mark or _MOVED in mark:
            return begun._replace(text=begun.text + text), boxed
        number = begun.number or self._counter.number(properties)
        line = _Line(number, begun.text + text)
        if VANISH in mark:
            return line, boxed
        return _Line(), [_numbered(line), *boxed]

    def _boxed(self) -> list[str]:
        """The lines of the text boxes that were met, which stand below their paragraph."""
        found, self._boxes = self._boxes, []
        lines: list[str] = []
        for box in found:
            with self._counting_anew():
                lines += self._lines(box)
        return lines

    def _inline(self, container: Element, style: str) -> Iterator[str]:
        for child in words.opened(container, self.left_out):
            if child.tag == words.RUN:
                hidden = self._styles.hides_run(child.find(RPR), style)
                yield from self._run(child, style, hidden)
            elif child.tag == words.SIMPLE_FIELD:
                if is_contents(child.get(words.SIMPLE_CODE, "")):
                    self.left_out.add("contents")
                else:
                    yield from self._inline(child, style)
            elif child.tag in words.MATH and not self.fields.hide:
                yield words.math_of(child)

    def _run(self, run: Element, style: str, hidden: bool) -> Iterator[str]:
        for child in words.opened(run, self.left_out):
            if child.tag == words.FIELD:
                yield self.fields.mark(child.get(words.FIELD_KIND, ""))
            elif child.tag == words.FIELD_CODE:
                self.fields.code(child.text or "")
            elif self.fields.hide:
                if self.fields.in_contents:
                    self.left_out.add("contents")
            elif hidden:
                if child.tag == words.TEXT:
                    self.left_out.add("hidden")
            elif child.tag == words.RUBY:
                base = child.find(words.RUBY_BASE)
                yield from () if base is None else self._inline(base, style)
            else:
                yield self._piece(child)

    def _piece(self, element: Element) -> str:
        if element.tag == words.TEXT:
            return words.text_of(element)
        if element.tag == words.SYMBOL:
            return words.symbol_of(element)
        if element.tag in _REFERENCES:
            return self._refer(*_REFERENCES[element.tag], element.get(_ID, ""))
        if element.tag in words.PICTURED:
            self._boxes += words.boxes(element)
        return words.FIXED.get(element.tag, "")

    def _refer(self, kind: str, word: str, note_id: str) -> str:
        note = self._note_texts[kind].get(note_id)
        if note is None:
            return ""
        if (kind, note_id) not in self._marks:
            mark = f"[{word}{len(self._referred[kind]) + 1}]"
            self._marks[kind, note_id] = mark
            self._referred[kind].append((mark, note))
        return self._marks[kind, note_id]

    def _rows(self, table: Element) -> Iterator[str]:
        """A row is a line; one of a single cell only frames what is in it."""
        for row in words.opened(table, self.left_out):
            if row.tag != _TR or _has(row.find(_ROW_PROPERTIES), _DELETED):
                continue
            cells = [c for c in words.opened(row, self.left_out) if c.tag == _TC and _is_kept(c)]
            if len(cells) == 1:
                yield from self._lines(cells[0])
                continue
            line = _CELL_GAP.join(self._cell(cell) for cell in cells).strip()
            if line.strip("| "):
                yield line

    def _cell(self, cell: Element) -> str:
        return "" if _goes_on(cell, _MERGED_DOWN) else _on_one_line(self._lines(cell))


def _notes_by_id(part: Element | None) -> dict[str, Element]:
    """The notes of a document; the lines that separate them from the text are of other types."""
    found = () if part is None else part
    return {note.get(_ID, ""): note for note in found if note.get(_NOTE_TYPE, "normal") == "normal"}


def _numbered(line: _Line) -> str:
    # 1. before 2025年 would read as a decimal number.
    apart = line.number.endswith((".", "．")) and line.text[:1].isdigit()
    return line.number + (" " if apart else "") + line.text


def _on_one_line(lines: Iterator[str]) -> str:
    pieces = (piece.strip() for line in lines for piece in line.split("\n"))
    return " ".join(filter(None, pieces))


def _mark(properties: Element | None) -> set[str]:
    """What is said of the mark that ends a paragraph: deleted, moved away or hidden."""
    said = None if properties is None else properties.find(RPR)
    return set() if said is None else {each.tag for each in said if is_on(each)}


def _has(properties: Element | None, tag: str) -> bool:
    return properties is not None and is_on(properties.find(tag))


def _is_kept(cell: Element) -> bool:
    deleted = _has(cell.find(_CELL_PROPERTIES), _DELETED_CELL)
    return not deleted and not _goes_on(cell, _MERGED_ACROSS)


def _goes_on(cell: Element, direction: str) -> bool:
    """Whether a cell belongs to a merged one that began above it or to its left."""
    properties = cell.find(_CELL_PROPERTIES)
    merged = None if properties is None else properties.find(direction)
    return merged is not None and value(merged, "continue") == "continue"
