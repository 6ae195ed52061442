"""Word files of our own, written as XML so that a test says exactly what is in them."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape, quoteattr

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = (
    f'xmlns:w="{W}" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS = ("numbering", "styles", "footnotes", "endnotes")


def part(name: str, inside: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{name} {_NAMESPACES}>{inside}</w:{name}>'


def relations(pairs: Iterable[tuple[str, str]]) -> str:
    written = "".join(
        f'<Relationship Id="r{n}" Type="{_RELATION}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(pairs)
    )
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{namespace}">{written}</Relationships>'


def types(main: str = f"{_TYPES}.document.main+xml") -> str:
    others = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPES}.{name}+xml"/>'
        for name in _PARTS
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/>{others}</Types>'
    )


def docx(body: str, **parts: str) -> bytes:
    """A Word file of this body; `numbering`, `styles`, `footnotes` and `endnotes` as named."""
    files = {
        "[Content_Types].xml": types(),
        "_rels/.rels": relations([("officeDocument", "word/document.xml")]),
        "word/_rels/document.xml.rels": relations((kind, f"{kind}.xml") for kind in parts),
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
    }
    return packed(files | {f"word/{kind}.xml": part(kind, xml) for kind, xml in parts.items()})


def packed(files: Mapping[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(*inside: str, level: int | None = None, num: int = 1, style: str = "", mark: str = "") -> str:
    """A paragraph; what does not begin with < is text. `level` puts it in the list `num`."""
    properties = f"<w:pStyle w:val={quoteattr(style)}/>" if style else ""
    if level is not None:
        properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'
    properties += f"<w:rPr>{mark}</w:rPr>" if mark else ""
    runs = "".join(each if each.startswith("<") else run(each) for each in inside)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def cell(*inside: str, properties: str = "") -> str:
    blocks = "".join(each if each.startswith("<") else p(each) for each in inside)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{blocks}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    written = "".join(each if each.startswith("<w:") else cell(each) for each in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{written}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def lvl(
    ilvl: int,
    text: str,
    form: str = "decimal",
    start: int = 1,
    suffix: str = "nothing",
    more: str = "",
) -> str:
    """One level of a list; `more` holds w:pStyle, w:isLgl or w:lvlRestart."""
    return (
        f'<w:lvl w:ilvl="{ilvl}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:suff w:val="{suffix}"/><w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(number: int, *inside: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(inside)}</w:abstractNum>'


def num(number: int, of: int, *overrides: str) -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{"".join(overrides)}</w:num>'


def start_at(level: int, start: int) -> str:
    override = f'<w:startOverride w:val="{start}"/>'
    return f'<w:lvlOverride w:ilvl="{level}">{override}</w:lvlOverride>'


def para_style(name: str, numbering: str = "", based_on: str = "", run_properties: str = "") -> str:
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    numbered = f"<w:numPr>{numbering}</w:numPr>" if numbering else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/>{base}'
        f"<w:pPr>{numbered}</w:pPr><w:rPr>{run_properties}</w:rPr></w:style>"
    )


def note(kind: str, number: int, *inside: str) -> str:
    blocks = "".join(each if each.startswith("<") else p(each) for each in inside)
    return f'<w:{kind} w:id="{number}">{blocks}</w:{kind}>'


def field(code: str, result: str) -> str:
    """A field in runs of its own; `result` is a piece of XML."""
    return f"{begin(code)}{result}{END}"


def begin(code: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{escape(code)}</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'

GOVERNMENT = abstract(
    0,
    lvl(0, "%1、", "chineseCountingThousand"),
    lvl(1, "（%2）", "chineseCountingThousand"),
    lvl(2, "%3."),
    lvl(3, "（%4）"),
    lvl(4, "%5", "decimalEnclosedCircleChinese"),
) + num(1, 0)
"""一、（一）1.（1）①, as GB/T 9704 numbers a plan."""

LAW = abstract(
    0,
    lvl(0, "第%1章", "chineseCountingThousand", suffix="space"),
    lvl(1, "第%2条", "chineseCountingThousand", suffix="tab", more='<w:lvlRestart w:val="0"/>'),
    lvl(2, "（%3）", "chineseCountingThousand"),
) + num(1, 0)
"""第一章, with 第一条 counted on through all chapters."""
