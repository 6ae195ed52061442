"""The parts of a Word file (ECMA-376): a zip container of XML that points at one another.

python-docx parses the XML. The package is opened here, because python-docx unpacks every picture,
and refuses files that Word opens: templates, files with macros, a picture that is not there.
"""

import posixpath

from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from corpus.errors import ReadError
from corpus.packing import Budget, Container, open_container

Element = BaseOxmlElement

_LARGEST_PART = 64 * 1024 * 1024
_MOST_PARTS, _MOST_BYTES = 10_000, 128 * 1024 * 1024

VAL = qn("w:val")
_MAIN_PART = "word/document.xml"
# ISO/IEC 29500 Strict, which Word can save, names the same elements otherwise.
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/math",
        b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    ),
)
_FALSE = ("0", "false", "off")


class Package:
    """A Word file; its parts are found by what they are to the document, not by their names."""

    def __init__(self, data: bytes) -> None:
        self._container: Container = open_container(data, Budget(_MOST_PARTS, _MOST_BYTES))
        # Some programs write part names in other cases than the references to them.
        self._entries = {e.filename.casefold(): e for e in self._container.entries}
        self._main = self._target("", "officeDocument") or _MAIN_PART

    def document(self) -> Element:
        """Return the main part. Raises ReadError where the file is no Word document."""
        root = self._part(self._main)
        if root is None or root.tag != qn("w:document"):
            found = "nothing" if root is None else str(root.tag).rpartition("}")[2]
            raise ReadError(
                f"no Word document is in the file (found {found}, expected {_MAIN_PART}): "
                "open it and save it as .docx"
            )
        return root

    def related(self, kind: str) -> Element | None:
        """Return the part that is `numbering`, `styles` or `footnotes` to the document."""
        target = self._target(self._main, kind)
        return self._part(target) if target else None

    def _target(self, source: str, kind: str) -> str | None:
        folder, name = posixpath.split(source)
        relations = self._part(posixpath.join(folder, "_rels", f"{name}.rels"))
        for relation in () if relations is None else relations:
            internal = relation.get("TargetMode", "Internal") == "Internal"
            if internal and relation.get("Type", "").endswith(f"/{kind}"):
                target = posixpath.join("/", folder, relation.get("Target", ""))
                return posixpath.normpath(target).lstrip("/")
        return None

    def _part(self, name: str) -> Element | None:
        entry = self._entries.get(name.casefold())
        return None if entry is None else parse(self._container.read(entry, _LARGEST_PART))


def parse(data: bytes) -> Element:
    """Parse one part. Raises ReadError for damaged XML, and for XML that defines entities."""
    # UTF-16 writes every ASCII letter with a zero beside it.
    if b"<!DOCTYPE" in data.replace(b"\0", b""):
        raise ReadError("the file defines XML entities, as no Word file does: save it anew")
    for strict, usual in _STRICT:
        data = data.replace(strict, usual)
    try:
        return parse_xml(data)
    except SyntaxError as error:  # lxml's XMLSyntaxError is one.
        raise ReadError(f"the file is damaged ({error.msg}): open it and save it again") from error


def value(element: Element | None, default: str = "") -> str:
    """Return the w:val of an element, or `default`."""
    return default if element is None else str(element.get(VAL, default))


def number(element: Element | None, default: int, attribute: str = VAL) -> int:
    """Return an attribute of an element as a number from 0 on, or `default`."""
    written = "" if element is None else str(element.get(attribute, ""))
    return int(written) if written.isascii() and written.isdigit() else default


def is_on(element: Element | None) -> bool:
    """Whether a switch (w:vanish, w:isLgl) is there and not turned off."""
    return element is not None and value(element, "1") not in _FALSE
