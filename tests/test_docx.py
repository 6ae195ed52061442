"""Word documents: what Word shows is read, in its order, and nothing that it does not show."""

import io
import zipfile

import docx as python_docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from corpus import Document, ReadError, read_document
from corpus.notes import WORDING
from corpus.readers import docx
from tests.word_files import (
    END,
    GOVERNMENT,
    LAW,
    begin,
    cell,
    field,
    note,
    p,
    packed,
    para_style,
    part,
    relations,
    row,
    run,
    table,
    types,
)
from tests.word_files import docx as word

LEGISLATION = [
    *((None, "青禾县学前教育条例"), (0, "总则"), (1, "为了发展学前教育，制定本条例。")),
    *((1, "幼儿园应当符合下列条件："), (2, "有园舍；"), (2, "有教师。"), (0, "附则")),
    (1, "本条例自2025年1月1日起施行。"),
]
PLAN = [
    *((None, "白沙市学前教育提质行动方案"), (0, "工作目标"), (1, "扩大资源")),
    *((2, "新建幼儿园12所。"), (2, "改建幼儿园8所。"), (1, "提高质量")),
    *((2, "培训教师300人次。"), (0, "保障措施"), (1, "加强领导。区政府每季度研究一次。")),
]


def lines(*blocks: str, **parts: str) -> list[str]:
    return docx.read(word("".join(blocks), **parts)).text.splitlines()


def kinds(*blocks: str, **parts: str) -> list[str]:
    return [n.kind for n in docx.read(word("".join(blocks), **parts)).notes]


def document(paragraphs: list[tuple[int | None, str]], numbering: str) -> Document:
    body = "".join(p(text, level=level) for level, text in paragraphs)
    return read_document("a.docx", word(body, numbering=numbering))


def addresses(document: Document) -> list[str]:
    assert "".join(document.quote(clause.span) for clause in document) == document.text
    return [clause.address for clause in document]


# Clauses


def test_the_articles_of_a_law_are_numbered_by_word() -> None:
    law = document(LEGISLATION, LAW)
    assert law.format == "docx"
    assert law.encoding is None
    assert law.label == "青禾县学前教育条例"
    assert addresses(law) == ["标题", "第一章", "第一条", "第二条", "第二章", "第三条"]
    second = law.clauses[3]
    assert [part.address for part in second.parts] == ["第二条第（一）项", "第二条第（二）项"]
    assert law.quote(second.span) == (
        "第二条\u3000幼儿园应当符合下列条件：\n（一）有园舍；\n（二）有教师。\n"
    )


def test_the_items_of_a_plan_are_numbered_by_word() -> None:
    assert addresses(document(PLAN, GOVERNMENT)) == [
        *("标题", "一、", "一、（一）", "一、（一）1.", "一、（一）2.", "一、（二）"),
        *("一、（二）1.", "二、", "二、（一）"),
    ]


def test_a_document_of_python_docx_is_read() -> None:
    made = python_docx.Document()
    made.add_heading("青禾县招生办法", 0)
    for text in ("第一条　为了规范招生，制定本办法。", "第二条　招生公开、公平。"):
        made.add_paragraph(text)
    grid = made.add_table(rows=2, cols=2)
    for line, texts in zip(grid.rows, [("学校", "人数"), ("青禾小学", "240")], strict=True):
        for place, text in zip(line.cells, texts, strict=True):
            place.text = text
    stream = io.BytesIO()
    made.save(stream)
    read = read_document("a.docx", stream.getvalue())
    assert addresses(read) == ["标题", "第一条", "第二条"]
    assert read.text.endswith("学校 | 人数\n青禾小学 | 240\n")


# Text


def test_paragraphs_are_lines_and_runs_are_joined() -> None:
    assert lines(p(run("招"), run("生")), p(), p("办法")) == ["招生", "", "办法"]


def test_breaks_and_tabs_are_kept() -> None:
    body = run("甲") + "<w:r><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t><w:cr/></w:r>"
    hyphen = "<w:r><w:t>K</w:t><w:noBreakHyphen/><w:t>9</w:t><w:softHyphen/></w:r>"
    assert lines(p(body, hyphen)) == ["甲", "乙\t丙", "K-9"]


def test_white_space_counts_where_the_file_says_so() -> None:
    loose = "<w:r><w:t> 甲\n</w:t></w:r>"
    assert lines(p(loose, run(" 乙"), run("\u2028"), run("丙"))) == ["甲 乙 丙"]


def test_wrappers_are_looked_through() -> None:
    inside = (
        f"<w:hyperlink>{run('甲')}</w:hyperlink><w:smartTag>{run('乙')}</w:smartTag>"
        f"<w:sdt><w:sdtPr/><w:sdtContent>{run('丙')}</w:sdtContent></w:sdt>"
        f"<w:customXml><w:sdt><w:sdtContent>{run('丁')}</w:sdtContent></w:sdt></w:customXml>"
    )
    block = f"<w:sdt><w:sdtContent>{p('戊')}</w:sdtContent></w:sdt>"
    assert lines(p(inside), block) == ["甲乙丙丁", "戊"]


def test_words_that_ask_for_input_are_left_out() -> None:
    asking = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        f"{run('单击此处输入')}</w:sdtContent></w:sdt>"
    )
    assert lines(p(run("姓名："), asking)) == ["姓名："]


def test_symbols_are_characters() -> None:
    def symbol(font: str, char: str) -> str:
        return f'<w:r><w:sym w:font="{font}" w:char="{char}"/></w:r>'

    body = p(
        *(symbol("Wingdings", "F081"), symbol("Symbol", "F0B3"), symbol("Wingdings 2", "F052")),
        *(symbol("Arial", "00B1"), symbol("Webdings", "F0FF"), symbol("Arial", "zz")),
    )
    assert lines(body) == ["①≥☑±\ufffd\ufffd"]


def test_ruby_and_formulas_are_read() -> None:
    spoken, base = f"<w:rt>{run('yòu')}</w:rt>", f"<w:rubyBase>{run('幼')}</w:rubyBase>"
    ruby = f"<w:r><w:ruby>{spoken}{base}</w:ruby></w:r>"
    formula = "<m:oMath><m:r><m:t>x</m:t></m:r><m:r><m:t>=1</m:t></m:r></m:oMath>"
    assert lines(p(ruby, run("儿"), formula)) == ["幼儿x=1"]


def test_hidden_text_is_left_out_and_told() -> None:
    styles = para_style("Secret", run_properties="<w:vanish/>")
    body = p(run("甲"), run("乙", "<w:vanish/>"), run("丙", '<w:vanish w:val="0"/>'))
    hidden = p("丁", style="Secret", level=0, mark="<w:vanish/>")
    shown = p(run("戊", '<w:vanish w:val="false"/>'), style="Secret", level=0)
    assert lines(body, hidden, shown, styles=styles, numbering=GOVERNMENT) == ["甲丙", "一、戊"]
    assert kinds(body, hidden, shown, styles=styles) == ["hidden"]


def test_comments_are_left_out() -> None:
    comment = '<w:commentRangeStart w:id="1"/>', '<w:r><w:commentReference w:id="1"/></w:r>'
    assert lines(p(comment[0], run("甲"), comment[1])) == ["甲"]


def test_embedded_files_are_told() -> None:
    assert kinds(p("甲"), "<w:altChunk/>") == ["embedded"]


# Tracked changes


def test_changes_are_read_as_accepted() -> None:
    deleted = "<w:del><w:r><w:delText>不</w:delText><w:tab/></w:r></w:del>"
    moved = f"<w:moveFrom>{run('旧')}</w:moveFrom><w:moveTo>{run('新')}</w:moveTo>"
    body = p(run("应"), deleted, f"<w:ins>{run('当')}</w:ins>", moved)
    assert lines(body) == ["应当新"]
    assert kinds(body) == ["tracked"]
    assert kinds(p("应当")) == []


def test_a_deleted_paragraph_takes_no_number() -> None:
    gone = p("<w:del><w:r><w:delText>乙</w:delText></w:r></w:del>", level=0, mark="<w:del/>")
    body = p("甲", level=0), gone, p("丙", level=0)
    assert lines(*body, numbering=GOVERNMENT) == ["一、甲", "二、丙"]


def test_paragraphs_whose_mark_is_deleted_are_joined() -> None:
    body = p("甲", mark="<w:del/>"), p("乙", level=0), p("丙", mark="<w:moveFrom/>")
    assert lines(*body, numbering=GOVERNMENT) == ["一、甲乙", "丙"]


def test_a_heading_runs_on_where_its_mark_is_hidden() -> None:
    body = p("目标。", level=0, mark="<w:vanish/><w:specVanish/>"), p("建成。"), p("乙", level=0)
    assert lines(*body, numbering=GOVERNMENT) == ["一、目标。建成。", "二、乙"]


def test_earlier_formatting_does_not_number() -> None:
    change = (
        '<w:p><w:pPr><w:pPrChange><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        f"</w:pPrChange></w:pPr>{run('甲')}</w:p>"
    )
    assert lines(change, numbering=GOVERNMENT) == ["甲"]


def test_deleted_rows_and_cells_are_left_out() -> None:
    gone = row("丙", "丁", properties="<w:del/>")
    cut = row("戊", cell("己", properties="<w:cellDel/>"), "庚")
    assert lines(table(row("甲", "乙"), gone, cut)) == ["甲 | 乙", "戊 | 庚"]


# Tables


def test_a_row_is_a_line() -> None:
    body = table(row("任务", "责任单位"), row("新建幼儿园", "区教育局"))
    expected = ["附表", "任务 | 责任单位", "新建幼儿园 | 区教育局", "完"]
    assert lines(p("附表"), body, p("完")) == expected


def test_merged_cells_are_read_once() -> None:
    down = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    across = '<w:hMerge w:val="restart"/>', '<w:hMerge w:val="continue"/>'
    body = table(
        row(cell("资源", properties=down[0]), "新建", "甲局"),
        row(cell("", properties=down[1]), "改建", "乙局"),
        row(cell("师资", properties=across[0]), cell("", properties=across[1]), "丙局"),
    )
    assert lines(body) == ["资源 | 新建 | 甲局", "| 改建 | 乙局", "师资 | 丙局"]


def test_an_empty_row_is_no_line_and_an_empty_cell_keeps_its_place() -> None:
    assert lines(table(row("", ""), row("甲", "", "丙"))) == ["甲 |  | 丙"]


def test_a_cell_of_several_lines_is_one() -> None:
    many = cell(p("新建", level=2), p("改建", level=2), p("<w:r><w:t>甲</w:t><w:br/></w:r>"))
    assert lines(table(row(many, "乙")), numbering=GOVERNMENT) == ["1.新建 2.改建 甲 | 乙"]


def test_tables_within_tables_are_flattened() -> None:
    inner = table(row("年份", "人数"), row("2025", "300"))
    assert lines(table(row("规模", cell(inner, "约数")))) == ["规模 | 年份 | 人数 2025 | 300 约数"]


def test_a_row_of_one_cell_frames_running_text() -> None:
    framed = cell(p("总体要求", level=0), p("落实。"), p("保障措施", level=0))
    expected = ["一、总体要求", "落实。", "二、保障措施"]
    assert lines(table(row(framed)), numbering=GOVERNMENT) == expected


def test_rows_and_cells_in_content_controls_are_read() -> None:
    def control(inside: str) -> str:
        return f"<w:sdt><w:sdtContent>{inside}</w:sdtContent></w:sdt>"

    held = f"<w:tr>{cell('甲')}{control(cell('乙'))}</w:tr>"
    body = table(control(held), f"<w:ins>{row('丙', '丁')}</w:ins>")
    assert lines(body) == ["甲 | 乙", "丙 | 丁"]


def test_cells_are_numbered_in_their_order() -> None:
    body = table(*(row(cell(p(level=2)), text) for text in ("甲", "乙")))
    assert lines(body, numbering=GOVERNMENT) == ["1. | 甲", "2. | 乙"]


# Notes, boxes, fields

FOOTNOTES = (
    '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
    + note("footnote", 1, p("<w:r><w:footnoteRef/></w:r>", run(" 指三至五岁。")))
    + note("footnote", 2, p("不含民办。", level=2), p("又：含分园。", level=2))
)


def reference(number: int, kind: str = "footnote") -> str:
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def test_footnotes_are_marked_and_stand_below_the_text() -> None:
    body = p(run("适龄儿童"), reference(1), run("入园。")), p(run("公办园"), reference(2))
    ends = note("endnote", 5, "见统计公报。")
    found = lines(
        *body, p(run("完"), reference(5, "endnote")), footnotes=FOOTNOTES, endnotes=ends,
        numbering=GOVERNMENT,
    )  # fmt: skip
    assert found == [
        *("适龄儿童[注1]入园。", "公办园[注2]", "完[尾注1]"),
        *("[注1] 指三至五岁。", "[注2] 1.不含民办。 2.又：含分园。", "[尾注1] 见统计公报。"),
    ]


def test_footnotes_leave_the_clauses_as_they_are() -> None:
    body = "".join(
        (
            p("青禾县学前教育条例"),
            p("总则", level=0),
            p(run("幼儿园应当保障适龄儿童"), reference(1), run("入园。"), level=1),
            p("收费应当公开。", level=1),
            p("收费标准由县人民政府规定。"),
        )
    )
    read = read_document("a.docx", word(body, numbering=LAW, footnotes=FOOTNOTES))
    assert addresses(read)[:4] == ["标题", "第一章", "第一条", "第二条"]


def test_notes_may_refer_to_one_another() -> None:
    circular = note("footnote", 1, p(run("见"), reference(2))) + note(
        "footnote", 2, p(reference(1))
    )
    body = p(run("甲"), reference(1)), p(run("乙"), reference(1))
    assert lines(*body, footnotes=circular) == [
        "甲[注1]",
        "乙[注1]",
        "[注1] 见[注2]",
        "[注2] [注1]",
    ]


def test_a_reference_to_no_note_is_no_mark() -> None:
    assert lines(p(run("甲"), reference(9)), footnotes=FOOTNOTES) == ["甲"]
    assert lines(p(run("甲"), reference(1))) == ["甲"]


def box(*inside: str) -> str:
    content = f"<w:txbxContent>{''.join(inside)}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>'
        f"{content}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>"
        f"{content}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def test_a_text_box_stands_once_below_its_paragraph_and_counts_apart() -> None:
    boxed = box(p("框一", level=0), p("框二", level=0))
    body = p(run("甲"), boxed, level=0), p("乙", level=0)
    assert lines(*body, numbering=GOVERNMENT) == ["一、甲", "一、框一", "二、框二", "二、乙"]


def test_an_old_text_box_is_read() -> None:
    content = f"<w:txbxContent>{p('框')}</w:txbxContent>"
    old = f"<w:r><w:pict><v:textbox>{content}</v:textbox></w:pict></w:r>"
    assert lines(p(run("甲"), old)) == ["甲", "框"]


def test_the_result_of_a_field_is_text_and_its_code_is_not() -> None:
    dated = field(" DATE \\@ yyyy ", run("2025"))
    simple = f'<w:fldSimple w:instr=" REF x ">{run("第三条")}</w:fldSimple>'
    nested = field(f" IF {begin(' PAGE ')} ", run("甲"))
    assert lines(p(run("自"), dated, run("年起依照"), simple)) == ["自2025年起依照第三条"]
    assert lines(p(nested, END, run("乙"))) == ["甲乙"]


def test_a_circled_number_is_read() -> None:
    circled = begin(r" eq \o\ac(○,3) ").replace("separate", "end")
    assert lines(p(circled, run("甲"))) == ["③甲"]


def test_the_contents_that_word_makes_are_left_out() -> None:
    entries = p(begin(' TOC \\o "1-3" '), run("总体要求"), field(" PAGEREF a ", run("1")))
    rest = p(run("保障措施\t2"), END)
    body = p("目录"), entries, rest, p("总体要求", level=0), p("保障措施", level=0)
    expected = ["目录", "一、总体要求", "二、保障措施"]
    assert lines(*body, numbering=GOVERNMENT) == expected
    assert kinds(*body) == ["contents"]
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    control = (
        f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{p('目录')}{entries}{rest}"
        "</w:sdtContent></w:sdt>"
    )
    assert lines(control, *body[3:], numbering=GOVERNMENT) == expected[1:]
    simple = p(f'<w:fldSimple w:instr="TOC">{run("总体要求 1")}</w:fldSimple>')
    assert kinds(simple) == ["contents"]


def test_a_field_without_an_end_hides_nothing() -> None:
    body = p(begin(" TOC "), run("目录")), p("第一条　甲。")
    assert lines(*body) == ["目录", "第一条　甲。"]
    assert lines(p(END, run("甲"))) == ["甲"]


def test_headers_and_footers_are_left_out() -> None:
    made = python_docx.Document()
    made.sections[0].header.paragraphs[0].text = "内部资料"
    made.add_paragraph("正文。")
    stream = io.BytesIO()
    made.save(stream)
    assert docx.read(stream.getvalue()).text == "正文。\n"


def test_every_note_has_its_wording() -> None:
    assert {"tracked", "contents", "hidden", "embedded"} <= set(WORDING)


# Packages


def package(**changed: str | bytes | None) -> bytes:
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": types(),
        "_rels/.rels": relations([("officeDocument", "word/document.xml")]),
        "word/document.xml": part("document", f"<w:body>{p('第一条　甲。')}</w:body>"),
    }
    names = {"rels": "_rels/.rels", "document": "word/document.xml", "types": "[Content_Types].xml"}
    for key, content in changed.items():
        del files[names[key]]
        if content is not None:
            files[names[key]] = content
    return packed(files)


MAIN = part("document", f"<w:body>{p('甲。')}</w:body>")


@pytest.mark.parametrize(
    "data",
    [
        package(rels=None, types=None),
        package(types=types("application/vnd.ms-word.document.macroEnabled.main+xml")),
        package(
            document=MAIN.replace(
                "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                "http://purl.oclc.org/ooxml/wordprocessingml/main",
            )
        ),
        package(document=MAIN.encode("utf-16").replace(b"UTF-8", b"UTF-16")),
        packed({"_rels/.rels": relations([("officeDocument", "/Word/A.xml")]), "word/a.xml": MAIN}),
    ],
    ids=["bare", "macros", "strict", "utf-16", "other names"],
)
def test_what_word_opens_is_read(data: bytes) -> None:
    for name in ("a.docx", "a.docm", "a.dotx"):
        assert "甲。" in read_document(name, data).text


def test_a_picture_that_is_not_there_is_no_matter() -> None:
    links = relations([("image", "../NULL"), ("numbering", "gone.xml")])
    data = packed(
        {
            "_rels/.rels": relations([("officeDocument", "word/document.xml")]),
            "word/_rels/document.xml.rels": links,
            "word/document.xml": part("document", f"<w:body>{p('甲', level=0)}</w:body>"),
        }
    )
    assert docx.read(data).text == "甲\n"


PICTURE = "<w:r><w:drawing><a:blip/></w:drawing></w:r>"
BOMB = '<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><b>&b;</b>'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (package(document=None), "no Word document is in the file"),
        (package(document="<workbook/>"), "found workbook"),
        (package(document="<w:document"), "damaged"),
        (package(document=""), "damaged"),
        (package(document=BOMB), "XML entities"),
        (package(document=BOMB.encode("utf-16")), "XML entities"),
        (package(rels=BOMB), "XML entities"),
        (package(document="<a>" * 5000), "damaged"),
        (word(""), "empty"),
        (word(p(PICTURE)), "pictures and no text"),
        (word(p("甲"))[:-30], "damaged"),
        (b"PK\x03\x04", "damaged"),
    ],
)
def test_what_cannot_be_read_is_one_line(data: bytes, said: str) -> None:
    with pytest.raises(ReadError, match=said) as caught:
        read_document("a.docx", data)
    assert "\n" not in str(caught.value)


def test_a_bomb_is_refused() -> None:
    body = f"<w:body>{p('甲')}{' ' * 10_000_000}</w:body>"
    with pytest.raises(ReadError, match="times its size"):
        read_document("a.docx", package(document=part("document", body)))


def test_deep_nesting_ends() -> None:
    nested = p("甲")
    for _ in range(60):
        nested = table(row(cell(nested), "乙"))
    assert lines(nested) == ["甲" + " | 乙" * 60]
    with pytest.raises(ReadError, match="damaged"):
        docx.read(word(nested.replace("甲", "甲</w:t></w:r>" + "<w:ins>" * 300)))


WHOLE = word(
    p(begin(" TOC "), run("目录"))
    + p(END)
    + p(run("甲"), reference(1), box(p("框", level=0)), level=0)
    + table(row("乙", cell("丙", properties="<w:vMerge/>")), row(cell(p("丁", level=1))))
    + p("戊", style="H1", mark="<w:vanish/>"),
    numbering=GOVERNMENT,
    footnotes=FOOTNOTES,
    styles=para_style("H1", '<w:ilvl w:val="0"/><w:numId w:val="1"/>'),
)
VALUES = ["", "-1", "0", "9", "99999999999", "一", "%9%0%", "none", "end"]


def changed(data: bytes, part: str, at: int, other: int, how: int) -> bytes:
    """A Word file with one element of a part gone, put elsewhere, or saying something else."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    root = etree.fromstring(files[part])
    elements = list(root.iter())[1:]
    if not elements:
        return data
    element, place = elements[at % len(elements)], elements[other % len(elements)]
    if how == 0 and element not in place.iterancestors() and element is not place:
        place.append(element)
    elif how == 1:
        element.getparent().remove(element)
    else:
        for key in element.attrib:
            element.set(key, VALUES[how % len(VALUES)])
    return packed(files | {part: etree.tostring(root)})


PARTS = [f"word/{name}.xml" for name in ("document", "numbering", "styles", "footnotes")]
CHANGE = st.tuples(
    st.sampled_from(PARTS), st.integers(0, 500), st.integers(0, 500), st.integers(0, 12)
)


@settings(deadline=None, max_examples=100)
@given(st.lists(CHANGE, max_size=4))
def test_no_change_of_a_file_breaks_the_reader(changes: list[tuple[str, int, int, int]]) -> None:
    data = WHOLE
    for part_name, at, other, how in changes:
        data = changed(data, part_name, at, other, how)
    try:
        assert docx.read(data).text.count("\r") == 0
    except ReadError as error:
        assert "\n" not in str(error)


def test_a_long_document_is_read() -> None:
    paragraphs = "".join(p("任务", level=n % 2 + 1) for n in range(6000))
    expected = ["（三千）任务", "1.任务"]
    assert lines(p("方案", level=0) + paragraphs, numbering=GOVERNMENT)[-2:] == expected
