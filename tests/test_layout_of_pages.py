"""Lines and characters with their places: order, columns, running heads, paragraphs, tables."""

from collections import Counter
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.paper.characters import close_up, fold_accidents, glue
from corpus.readers.paper.glyphs import Glyph, set_lines
from corpus.readers.paper.layout import Line, Sheet, blocks, whole_lines
from corpus.readers.paper.paragraphs import paragraphs
from corpus.readers.paper.ruled import Rule, grids, take_rows
from corpus.readers.paper.running_heads import drop_running_heads
from corpus.readers.paper.setting import set_pages
from corpus.readers.paper.writing import NOTE

SIZE = 16.0
LEFT, RIGHT = 80.0, 80.0 + 27 * SIZE
WIDTH, HEIGHT = 595.0, 842.0
FULL = 27


def line(text: str, row: int = 0, left: float = LEFT, size: float = SIZE) -> Line:
    """A line of full-width characters, in the given row of a page."""
    top = 120.0 + 28 * row
    return Line(text, left, top, left + len(text) * size, top + size)


def page(*texts: str) -> Sheet:
    """Lines one below the other; each　at the start sets a line in by one character."""
    lines = (
        line(text.lstrip("　"), n, LEFT + SIZE * (len(text) - len(text.lstrip("　"))))
        for n, text in enumerate(texts)
        if text
    )
    return Sheet(WIDTH, HEIGHT, tuple(lines))


def filler(count: int) -> str:
    return ("学校应当按照规定做好工作并且及时报告" * 3)[:count]


def read(*pages: Sheet) -> list[str]:
    return set_pages(pages).text.split("\n")


def test_a_line_that_runs_to_the_right_edge_goes_on() -> None:
    text = filler(FULL + 10)
    sheet = page(f"　　{text[:25]}", text[25:], f"　　{filler(20)}", "　　末段。", filler(0))
    assert read(sheet) == [text, filler(20), "末段。"]


def test_a_heading_and_what_stands_below_a_short_line_stand_alone() -> None:
    sheet = page(
        "　　一、总体要求", f"　　{filler(25)}", "做好。", "　　二、措施", f"　　{filler(9)}"
    )
    assert read(sheet) == ["一、总体要求", f"{filler(25)}做好。", "二、措施", filler(9)]


def test_a_number_begins_a_paragraph_though_nothing_is_set_in() -> None:
    first = "（一）" + filler(23) + "。"
    sheet = page(first, "（二）" + filler(24), filler(4) + "。", "（三）" + filler(4))
    assert read(sheet) == [first, "（二）" + filler(24) + filler(4) + "。", "（三）" + filler(4)]


def test_a_reference_at_the_start_of_a_line_is_no_number() -> None:
    above = filler(20) + "照本办法"
    sheet = page(f"　　{above[:25]}", "第十二条执行的学校。", f"　　{filler(25)}", filler(27), "。")
    assert read(sheet)[0] == above[:25] + "第十二条执行的学校。"


def test_closing_punctuation_leaves_room_at_the_end_of_a_line() -> None:
    # 所，would have begun the next line with a comma had the line been filled.
    sheet = page(f"　　{filler(25)}", filler(25), "所，必须上报。", filler(0), f"　　{filler(20)}")
    assert read(sheet) == [filler(25) + filler(25) + "所，必须上报。", filler(20)]


def test_a_blank_line_parts_paragraphs() -> None:
    sheet = page(filler(27), filler(27), filler(27), "", filler(27))
    assert len(read(sheet)) == 2


def edge(text: str, top: float) -> Line:
    """A line set like the text, so far from the upper edge of the page."""
    return line(text)._replace(top=top, bottom=top + SIZE)


def test_a_signature_stands_alone() -> None:
    sheet = page(
        f"　　{filler(25)}", "完。", "", "　" * 18 + "青禾县教育局", "　" * 18 + "五月六日"
    )
    assert read(sheet)[1:] == ["青禾县教育局", "五月六日"]


def test_a_signature_stands_alone_on_a_page_of_few_lines() -> None:
    text = page(f"　　{filler(25)}", *[filler(27)] * 4)
    signed = ("青禾县教育体育局", "二〇二五年三月十日")
    last = page(
        f"　　{filler(20)}。", "", *("　" * (27 - len(s)) + s for s in signed), "　　（公开发布）"
    )
    assert read(text, last)[1:] == [filler(20) + "。", *signed, "（公开发布）"]


def test_the_longest_line_of_a_list_of_short_ones_is_not_full() -> None:
    tasks = ["1.开展排查。", "责任单位：县局", "2.建立台账并且逐月上报。", "责任单位：县局"]
    assert read(page(*(f"　　{task}" for task in tasks))) == tasks
    # The page after it shows how wide the text is.
    longer = [f"{n}.{filler(n % 8 + 3)}，完成。" for n in range(1, 19)]
    text = page(f"　　{filler(25)}", *[filler(27)] * 4)
    assert read(page(*(f"　　{task}" for task in longer)), text)[:-1] == longer
    # So does the widest line of any other page.
    short = ["完成时限：长期坚持", *("甲乙" for _ in range(4))]
    assert read(page(*(f"　　{each}" for each in short)), page(filler(27)))[:5] == short


def test_what_stands_below_a_signature_is_no_part_of_it() -> None:
    # The page of a browser: nothing is set in, the date stands at the right edge.
    date = "二〇二四年五月六日"
    sheet = page(filler(27), filler(27), filler(9), "　" * 18 + date, "（此件公开发布）")
    assert read(sheet)[1:] == [date, "（此件公开发布）"]


def test_a_line_that_ends_before_a_bound_word_goes_on() -> None:
    for word in ("科，PISA2025", "动“双减”政策", "例》。2025"):
        sheet = page(filler(25), word + filler(9), "", filler(27), filler(27))
        assert read(sheet)[0] == filler(25) + word + filler(9)


def test_a_note_in_brackets_is_one_though_its_lines_are_centred() -> None:
    note = ("（2024年5月6日白沙市人民政府第12次会议通过", "自同年七月一日起施行）")
    centred = [line(part, n, 297 - 8 * len(part)) for n, part in enumerate(note)]
    text = [line(filler(27), n) for n in (3, 4, 5, 6)]
    assert read(Sheet(WIDTH, HEIGHT, (*centred, *text)))[0] == "".join(note)


def test_the_lines_of_a_title_are_one() -> None:
    title = [
        line(text, n, 297 - 11 * len(text), 22)
        for n, text in enumerate(("青禾县关于", "校车的通知"))
    ]
    text = [line(filler(25), 3, LEFT + 2 * SIZE), *(line(filler(27), n) for n in (4, 5, 6))]
    assert read(Sheet(WIDTH, HEIGHT, (*title, *text)))[0] == "青禾县关于校车的通知"


def test_a_paragraph_goes_on_over_the_page() -> None:
    first = page(f"　　{filler(25)}", *[filler(27)] * 4)
    second = page(filler(27), "结束。", f"　　{filler(25)}", filler(27), "又完。")
    reading = set_pages([first, second])
    assert reading.text.split("\n") == [
        filler(25) + filler(27) * 5 + "结束。",
        filler(25) + filler(27) + "又完。",
    ]
    assert reading.pages == (0, 25 + 4 * 27)


def test_empty_pages_hold_nothing() -> None:
    empty = Sheet(WIDTH, HEIGHT, ())
    reading = set_pages([empty, page(filler(4)), empty, page(filler(5)), empty])
    assert reading.pages == (0, 0, 5, 5, 10)
    assert set_pages([]).pages == ()


def test_a_footnote_stands_below_the_text() -> None:
    first = page(f"　　{filler(25)}", *[filler(27)] * 4)
    note = line("① 见附表。", 20, LEFT, 10)
    second = page(filler(27), "结束。", f"　　{filler(25)}", filler(27))
    found = read(first._replace(lines=(*first.lines, note)), second)
    assert found[0].endswith("结束。")
    assert found[-1] == NOTE + "① 见附表。"


def test_latin_words_are_joined_with_a_space_and_chinese_without() -> None:
    assert glue("学校", "应当") == glue("学校", "AI") == glue("2024", "年") == ""
    assert glue("machine", "learning") == " "
    assert glue("20", "24") == glue("well-", "known") == ""


# Columns


def columns(rows: int, gap: float = 30.0) -> list[Line]:
    wide = 12 * SIZE
    left = [line(f"左{n}" + filler(10), n) for n in range(rows)]
    right = [line(f"右{n}" + filler(10), n, LEFT + wide + gap) for n in range(rows)]
    return [piece for pair in zip(left, right, strict=True) for piece in pair]


def test_columns_are_read_one_after_the_other() -> None:
    title = Line("通栏标题" * 5, LEFT, 60, LEFT + 400, 82)
    foot = line("通栏说明" * 6, 8)
    found = blocks([*columns(6), title, foot])
    assert [block[0].text[:2] for block in found] == ["通栏", "左0", "右0", "通栏"]
    assert [x.text[:2] for x in found[1]] == [f"左{n}" for n in range(6)]


def test_cells_without_rules_are_no_columns() -> None:
    cells = [line(t, n, x) for n in range(6) for t, x in ((f"项{n}", LEFT), (f"值{n}", 350.0))]
    # One cell that is long does not make the others running text.
    cells.append(line(filler(12), 6))
    assert [x.text for x in blocks(cells)[0]][:2] == ["项0 值0", "项1 值1"]


boxes = st.builds(
    lambda n, x, y, size: Line("字" * n, x, y, x + n * size, y + size),
    st.integers(1, 30),
    st.floats(0, 500),
    st.floats(0, 800),
    st.floats(6, 30),
)
sheets = st.lists(boxes, max_size=40).map(lambda lines: Sheet(WIDTH, HEIGHT, tuple(lines)))


@given(st.lists(boxes, max_size=40))
def test_no_piece_is_lost_or_told_twice(pieces: list[Line]) -> None:
    numbered = [p._replace(text=f"{n}号") for n, p in enumerate(pieces)]
    words = [w for block in blocks(numbered) for x in block for w in x.text.split()]
    assert Counter(words) == Counter(p.text for p in numbered)


@given(st.lists(boxes, max_size=40))
def test_the_order_of_pieces_in_the_file_is_of_no_account(pieces: list[Line]) -> None:
    unlike = [p._replace(text=f"{n}", left=p.left + n / 100) for n, p in enumerate(pieces)]
    assert blocks(unlike) == blocks(unlike[::-1])


@given(st.lists(boxes, max_size=40))
def test_whole_lines_go_down_the_page(pieces: list[Line]) -> None:
    assert sum(len(x.text.split()) for x in whole_lines(pieces)) == len(pieces)


@given(st.lists(sheets, max_size=4))
def test_paragraphs_are_the_lines_joined(pages: list[Sheet]) -> None:
    placed = [blocks(sheet.lines) for sheet in pages]
    flow = paragraphs(placed)
    lines = [x for page in placed for block in page for x in block]
    found = [p.line for paragraph in (*flow.body, *flow.notes) for p in paragraph]
    assert Counter(found) == Counter(lines)
    if not flow.notes:
        assert found == lines
    pages_of = [p.page for paragraph in flow.body for p in paragraph]
    assert pages_of == sorted(pages_of)


@given(st.lists(sheets, max_size=4))
def test_pages_and_confidences_point_into_the_text(pages: list[Sheet]) -> None:
    sure = [s._replace(lines=tuple(x._replace(confidence=0.5) for x in s.lines)) for s in pages]
    reading = set_pages(sure)
    assert len(reading.pages) == len(pages)
    assert list(reading.pages) == sorted(reading.pages)
    assert not reading.pages or reading.pages[0] == 0
    assert all(offset <= len(reading.text) for offset in reading.pages)
    spans = [r.span for r in reading.recognised]
    rest = "".join(reading.text[s.start : s.end] for s in spans)
    assert rest == reading.text.replace("\n", "")


# Running heads


def numbered(texts: Sequence[str], foot: str, head: str = "") -> Iterator[Sheet]:
    for n, text in enumerate(texts, start=1):
        lines = [*page(text).lines, Line(foot.format(n), 280, 790, 320, 802)]
        if head:
            lines.append(Line(head.format(n), 80, 40, 300, 52))
        yield Sheet(WIDTH, HEIGHT, tuple(lines))


@pytest.mark.parametrize(
    "foot",
    [
        "— {} —",
        "- {} -",
        "{}",
        "第{}页 共3页",
        "第 {} 页",
        "{}/3",
        "－{}－",
        "·{}·",
        "Page {} of 3",
        "一{}一",
    ],
)
def test_page_numbers_go(foot: str) -> None:
    kept, dropped = drop_running_heads(list(numbered(["甲乙丙", "丁戊己", "庚辛壬"], foot)))
    assert dropped == 3
    assert [[x.text for x in s.lines] for s in kept] == [["甲乙丙"], ["丁戊己"], ["庚辛壬"]]


def test_heads_that_repeat_go_and_others_stay() -> None:
    texts = ["正文一", "正文二", "正文三"]
    found = list(numbered(texts, "白沙市教育局 {}", "青禾县公报 2024年第{}期"))
    own = Line("只在这一页上方的一行", 80, 60, 300, 76)
    found[0] = found[0]._replace(lines=(*found[0].lines, own))
    kept, dropped = drop_running_heads(found)
    assert dropped == 6
    assert [x.text for x in kept[0].lines] == ["正文一", own.text]


def test_lines_of_the_text_that_repeat_at_the_edge_stay() -> None:
    for said in ("责任单位：县教育局", "完成时限：长期坚持。"):
        first = Sheet(WIDTH, HEIGHT, (edge(said, 80), *page(filler(27), said, filler(20)).lines))
        second = Sheet(WIDTH, HEIGHT, (edge(said, 80), *page(*[filler(27)] * 4).lines))
        kept, dropped = drop_running_heads([first, second])
        assert dropped == 0
        assert sum(line.text == said for sheet in kept for line in sheet.lines) == 3


def test_a_number_within_the_page_stays() -> None:
    sheet = Sheet(WIDTH, HEIGHT, (line("3", 10), line("第3页", 12)))
    assert drop_running_heads([sheet]) == ([sheet], 0)


@pytest.mark.parametrize(
    "text", ["第" * 100_000, "（" * 100_000, "1" * 100_000, " " * 100_000, "一" * 100_000]
)
def test_long_lines_are_no_trouble(text: str) -> None:
    wide = Line(text, 80, 790, 300, 802)
    assert len(set_pages([Sheet(WIDTH, HEIGHT, (wide, line(text)))]).text) >= len(text)
    assert len(close_up(fold_accidents(text))) == len(text)


# Characters


def test_accidental_characters_become_ordinary() -> None:
    assert fold_accidents("⼀⼆⼈⺠⻓⻔見ﬁ\u200b") == "一二人民长门見fi"
    assert fold_accidents("㈠①Ａ％：〇") == "㈠①Ａ％：〇"


def test_spaces_between_chinese_characters_go() -> None:
    assert close_up("青 禾 县 教 育 局，AI 技术 和 GPU 卡") == "青禾县教育局，AI 技术和 GPU 卡"


def glyphs(
    text: str, left: float = 100, top: float = 100, size: float = 16, pitch: float = 16
) -> list[Glyph]:
    return [
        Glyph(c, left + n * pitch, left + n * pitch + size * (1 if c > "\x7f" else 0.5), top, size)
        for n, c in enumerate(text)
        if c != " "
    ]


def told(found: Sequence[Glyph]) -> list[str]:
    return [x.text for x in whole_lines(set_lines(found))]


def test_letter_spacing_is_no_space_and_a_gap_in_running_text_is_one() -> None:
    assert told(glyphs("青禾县人民政府", size=30, pitch=45)) == ["青禾县人民政府"]
    assert told(glyphs("通知", pitch=32)) == ["通知"]
    assert told(glyphs("第一条 为了规范")) == ["第一条\u3000为了规范"]
    assert told(glyphs("an act", pitch=8)) == ["an act"]
    assert told(glyphs("甲", 100) + glyphs("乙", 300)) == ["甲\u3000乙"]
    assert told(glyphs("//www.a.cn", size=10, pitch=4)) == ["//www.a.cn"]


def test_a_gap_parts_the_pieces_of_a_line() -> None:
    left_and_right = set_lines(glyphs("左边的字 右边的字"))
    assert [x.text for x in left_and_right] == ["左边的字", "右边的字"]


def test_a_character_painted_twice_is_one() -> None:
    bold = [g for one in glyphs("加粗") for g in (one, one._replace(left=one.left + 0.4))]
    assert [x.text for x in set_lines(bold)] == ["加粗"]
    assert [x.text for x in set_lines(glyphs("常常说说"))] == ["常常说说"]


def test_a_raised_mark_stays_in_its_line() -> None:
    mark = Glyph("①", 148, 156, 94, 8)
    assert [x.text for x in set_lines([*glyphs("三成左"), mark])] == ["三成左①"]


# Ruled tables


def ruling(xs: Sequence[float], ys: Sequence[float]) -> list[Rule]:
    across = [Rule(True, y, xs[0], xs[-1]) for y in ys]
    return across + [Rule(False, x, ys[0], ys[-1]) for x in xs]


def cell(text: str, x: float, y: float) -> list[Glyph]:
    return glyphs(text, x, y + 12, 10, 10)


def test_cells_make_rows() -> None:
    tables = grids(ruling((100, 200, 300), (100, 120, 160)))
    inside = [*cell("乡镇", 105, 100), *cell("所数", 205, 100), *cell("东河", 105, 120)]
    inside += [*cell("三所新", 205, 120), *cell("建", 205, 135)]
    outside, rows = take_rows([*inside, *glyphs("表外")], tables)
    assert [row.text for row in rows] == ["乡镇 | 所数", "东河 | 三所新建"]
    assert all(row.row for row in rows)
    assert [g.character for g in outside] == ["表", "外"]


def test_merged_cells_are_one() -> None:
    rules = [r for r in ruling((100, 200, 300), (100, 120, 140, 160)) if r.across or r.place != 200]
    rules.append(Rule(False, 200, 120, 160))  # the first row is one cell
    rules = [r for r in rules if not (r.across and r.place == 140)]
    rules.append(Rule(True, 140, 200, 300))  # the first column's two lower cells are one
    inside = [*cell("安排表", 180, 100), *cell("东河", 105, 135)]
    inside += [*cell("甲", 205, 120), *cell("乙", 205, 140)]
    rows = [row.text for row in take_rows(inside, grids(rules))[1]]
    assert rows == ["安排表", "东河 | 甲", "| 乙"]


def test_text_that_a_table_only_frames_is_text() -> None:
    rules = [r for r in ruling((100, 200, 300), (100, 120, 200)) if r.across or r.place != 200]
    rules.append(Rule(False, 200, 100, 120))  # the second row is one cell
    inside = [*cell("申请", 105, 100), *cell("所数", 205, 100)]
    framed = [*cell("一、条件", 105, 125), *cell("有场地。", 105, 145), *cell("有人。", 105, 165)]
    outside, rows = take_rows([*inside, *framed], grids(rules))
    assert [row.text for row in rows] == ["申请 | 所数"]
    assert told(outside) == ["一、条件", "有场地。", "有人。"]


def test_of_a_table_in_a_table_the_inner_counts() -> None:
    tables = grids(
        [*ruling((50, 90, 400), (50, 90, 300)), *ruling((100, 200, 300), (100, 120, 160))]
    )
    inside = [*cell("乡镇", 105, 100), *cell("所数", 205, 100)]
    assert [row.text for row in take_rows(inside, tables)[1]] == ["乡镇 | 所数"]


def test_frames_and_lines_are_no_tables() -> None:
    assert grids([Rule(True, 200, 80, 500)]) == []
    assert grids(ruling((80, 500), (80, 300, 700))) == []
    assert grids(ruling(range(0, 500, 10), range(0, 800, 10)))[0].is_table
    dots = [Rule(n % 2 == 0, 7.0 * n, 10.0 * n, 10.0 * n + 6) for n in range(3000)]
    assert grids(dots) == []


@given(st.lists(st.tuples(st.floats(90, 310), st.floats(90, 170)), max_size=30, unique=True))
def test_no_character_of_a_page_is_lost_to_a_table(points: list[tuple[float, float]]) -> None:
    tables = grids(ruling((100, 200, 300), (100, 120, 160)))
    found = [Glyph(chr(0x4E00 + n), x, x + 10, y, 10) for n, (x, y) in enumerate(points)]
    outside, rows = take_rows(found, tables)
    told = "".join(row.text for row in rows) + "".join(g.character for g in outside)
    assert Counter(c for c in told if c >= "\u4e00") == Counter(g.character for g in found)
