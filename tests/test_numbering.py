"""Automatic numbers are written out as Word shows them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.readers import docx
from corpus.readers.word.number_formats import write_number
from tests.word_files import GOVERNMENT, LAW, abstract, lvl, num, p, para_style, start_at
from tests.word_files import docx as word

_DEPTH = 4


def lines(body: str, numbering: str, styles: str = "") -> list[str]:
    return docx.read(word(body, numbering=numbering, styles=styles)).text.splitlines()


def numbers(levels: list[int], numbering: str = GOVERNMENT) -> list[str]:
    body = "".join(p("文", level=n) for n in levels)
    return [line.rstrip("文") for line in lines(body, numbering)]


def naive(levels: list[int], position: int) -> list[int]:
    """The counts at a position, by the definition: how many of a level since one above it."""
    counts = []
    for level in range(levels[position] + 1):
        count = 0
        for seen in levels[: position + 1]:
            if seen < level:
                count = 0
            elif seen == level:
                count += 1
        counts.append(max(count, 1))
    return counts


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, _DEPTH - 1), min_size=1, max_size=40))
def test_numbers_equal_those_of_a_naive_count(levels: list[int]) -> None:
    texts = [".".join(f"%{n + 1}" for n in range(level + 1)) for level in range(_DEPTH)]
    defined = abstract(0, *(lvl(n, text) for n, text in enumerate(texts))) + num(1, 0)
    expected = [".".join(map(str, naive(levels, n))) for n in range(len(levels))]
    assert numbers(levels, defined) == expected


def test_a_plan_is_numbered_as_officials_number_it() -> None:
    assert numbers([0, 1, 2, 2, 3, 4, 4, 1, 2, 0, 1]) == [
        *("一、", "（一）", "1.", "2.", "（1）", "①", "②", "（二）", "1.", "二、", "（一）"),
    ]


def test_articles_count_on_through_chapters() -> None:
    assert [n.rstrip("\u3000 ") for n in numbers([0, 1, 1, 2, 2, 0, 1, 2], LAW)] == [
        *("第一章", "第一条", "第二条", "（一）", "（二）", "第二章", "第三条", "（一）"),
    ]


@pytest.mark.parametrize(
    ("text", "suffix", "line"),
    [
        ("第%1条", "tab", "第一条\u3000甲"),
        ("%1、", "tab", "一、甲"),
        ("（%1）", "tab", "（一）甲"),
        ("%2.", "tab", "1. 甲"),
        ("（%2)", "tab", "（1)\u3000甲"),
        ("%1、", "space", "一、 甲"),
        ("第%1条", "nothing", "第一条甲"),
    ],
)
def test_the_gap_after_a_number_is_kept(text: str, suffix: str, line: str) -> None:
    levels = lvl(0, text, "chineseCounting", suffix=suffix), lvl(1, "%2")
    assert lines(p("甲", level=0), abstract(0, *levels) + num(1, 0)) == [line]


def test_a_tab_follows_where_nothing_is_said() -> None:
    level = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1."/></w:lvl>'
    )
    assert lines(p("甲", level=0), abstract(0, level) + num(1, 0)) == ["1. 甲"]


def test_a_year_does_not_run_into_its_number() -> None:
    assert lines(p("2025年底前完成。", level=2), GOVERNMENT) == ["1. 2025年底前完成。"]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("decimal", {1: "1", 10: "10", 101: "101"}),
        ("decimalZero", {1: "01", 10: "10"}),
        ("chineseCounting", {1: "一", 10: "十", 12: "十二", 20: "二十", 101: "一〇一"}),
        ("chineseCountingThousand", {101: "一百零一", 110: "一百一十", 1260: "一千二百六十"}),
        ("taiwaneseCountingThousand", {11: "十一", 105: "一百零五"}),
        ("taiwaneseCounting", {11: "十一", 100: "一○○"}),
        ("japaneseCounting", {10: "十", 21: "二十一", 101: "百一", 111: "百十一"}),
        ("ideographDigital", {1: "一", 10: "一〇", 21: "二一"}),
        ("chineseLegalSimplified", {1: "壹", 11: "壹拾壹", 26: "贰拾陆", 105: "壹佰零伍"}),
        ("ideographLegalTraditional", {2: "貳", 13: "壹拾參"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "21"}),
        ("decimalEnclosedCircleChinese", {10: "⑩", 11: "11"}),
        ("decimalFullWidth", {12: "１２"}),
        ("upperRoman", {4: "IV", 9: "IX", 14: "XIV", 1994: "MCMXCIV"}),
        ("lowerRoman", {6: "vi"}),
        ("lowerLetter", {1: "a", 26: "z", 27: "aa", 53: "aaa"}),
        ("upperLetter", {2: "B", 28: "BB"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
        ("ideographZodiacTraditional", {1: "甲子", 60: "癸亥"}),
        ("none", {1: "", 7: ""}),
        ("bullet", {1: ""}),
        ("unheardOf", {3: "3"}),
        ("upperRoman", {0: "0", 10_000_000_000: "10000000000"}),
    ],
)
def test_numbers_are_written_in_the_form_that_is_named(form: str, expected: dict[int, str]) -> None:
    assert {number: write_number(number, form) for number in expected} == expected


def test_a_list_starts_where_it_says() -> None:
    started = abstract(0, lvl(0, "第%1条", "chineseCounting", start=5)) + num(1, 0)
    assert numbers([0, 0], started) == ["第五条", "第六条"]


def test_lists_of_one_definition_count_on_together() -> None:
    defined = abstract(0, lvl(0, "%1.")) + num(1, 0) + num(2, 0)
    body = p("甲", level=0) + p("乙", level=0, num=2) + p("丙", level=0)
    assert lines(body, defined) == ["1.甲", "2.乙", "3.丙"]


def test_a_list_that_starts_anew_does_so_once() -> None:
    defined = abstract(0, lvl(0, "%1.")) + num(1, 0) + num(2, 0, start_at(0, 1))
    each = [("甲", 1), ("乙", 1), ("丙", 2), ("丁", 2), ("戊", 1), ("己", 2)]
    body = "".join(p(text, level=0, num=n) for text, n in each)
    assert lines(body, defined) == ["1.甲", "2.乙", "1.丙", "2.丁", "3.戊", "4.己"]


def test_lists_of_two_definitions_count_apart() -> None:
    defined = abstract(0, lvl(0, "%1.")) + abstract(1, lvl(0, "(%1)")) + num(1, 0) + num(2, 1)
    body = p("甲", level=0) + p("乙", level=0, num=2) + p("丙", level=0)
    assert lines(body, defined) == ["1.甲", "(1)乙", "2.丙"]


def test_a_level_may_be_defined_anew() -> None:
    override = f'<w:lvlOverride w:ilvl="0">{lvl(0, "【%1】", "upperLetter")}</w:lvlOverride>'
    assert numbers([0, 0], abstract(0, lvl(0, "%1.")) + num(1, 0, override)) == ["【A】", "【B】"]


def test_a_level_restarts_only_after_the_one_it_names() -> None:
    restart = lvl(2, "%3.", more='<w:lvlRestart w:val="1"/>')
    defined = abstract(0, lvl(0, "%1、"), lvl(1, "（%2）"), restart) + num(1, 0)
    assert numbers([0, 1, 2, 2, 1, 2, 0, 2], defined) == [
        *("1、", "（1）", "1.", "2.", "（2）", "3.", "2、", "1."),
    ]


def test_levels_above_are_shown_in_digits_where_the_list_is_legal() -> None:
    legal = lvl(1, "%1.%2", "lowerLetter", more="<w:isLgl/>")
    defined = abstract(0, lvl(0, "第%1章", "chineseCounting"), legal) + num(1, 0)
    assert numbers([0, 0, 1], defined) == ["第一章", "第二章", "2.1"]


def test_bullets_are_left_out() -> None:
    defined = abstract(0, lvl(0, "\uf06c", "bullet"), lvl(1, "%2.")) + num(1, 0)
    assert lines(p("甲", level=0) + p("乙", level=1), defined) == ["甲", "1.乙"]


def test_a_level_without_a_number_shows_its_words() -> None:
    defined = abstract(0, lvl(0, "附件%1", "none"), lvl(1, "", "none")) + num(1, 0)
    assert lines(p("甲", level=0) + p("乙", level=1), defined) == ["附件甲", "乙"]


def test_a_paragraph_is_numbered_by_its_style() -> None:
    defined = abstract(
        0,
        lvl(0, "%1、", "chineseCounting", more='<w:pStyle w:val="H1"/>'),
        lvl(1, "（%2）", "chineseCounting", more='<w:pStyle w:val="H2"/>'),
    ) + num(1, 0)
    styles = (
        para_style("H1", '<w:numId w:val="1"/>')
        + para_style("H2", '<w:numId w:val="1"/>')
        + para_style("H2plus", based_on="H2")
        + para_style("Plain", '<w:numId w:val="0"/>', based_on="H1")
    )
    named = ["H1", "H2", "H2plus", "Plain", "H1"]
    assert lines("".join(p("文", style=s) for s in named), defined, styles) == [
        *("一、文", "（一）文", "（二）文", "文", "二、文"),
    ]


def test_a_paragraph_may_leave_the_list_of_its_style() -> None:
    styles = para_style("H1", '<w:ilvl w:val="0"/><w:numId w:val="1"/>')
    body = p("甲", style="H1") + p("乙", style="H1", level=0, num=0) + p("丙", style="H1", level=1)
    assert lines(body, GOVERNMENT, styles) == ["一、甲", "乙", "（一）丙"]


def test_styles_in_a_circle_end() -> None:
    styles = para_style("A", based_on="B") + para_style("B", based_on="A")
    assert lines(p("甲", style="A"), GOVERNMENT, styles) == ["甲"]


def test_a_list_takes_its_levels_from_a_numbering_style() -> None:
    link = '<w:numStyleLink w:val="Outline"/>'
    defined = (
        abstract(0, lvl(0, "第%1条", "chineseCounting"))
        + abstract(1, link)
        + abstract(2, '<w:numStyleLink w:val="Nowhere"/>')
        + num(1, 0)
        + num(2, 1)
        + num(3, 2)
    )
    styles = (
        '<w:style w:type="numbering" w:styleId="Outline"><w:pPr><w:numPr><w:numId w:val="1"/>'
        "</w:numPr></w:pPr></w:style>"
    )
    body = p("甲", level=0, num=2) + p("乙", level=0, num=2) + p("丙", level=0, num=3)
    assert lines(body, defined, styles) == ["第一条甲", "第二条乙", "丙"]


def test_a_list_that_is_not_there_gives_no_number() -> None:
    assert lines(p("甲", level=0, num=9) + p("乙", level=8), GOVERNMENT) == ["甲", "乙"]


def test_an_empty_numbered_paragraph_has_its_number() -> None:
    assert lines(p(level=0) + p("乙", level=0), GOVERNMENT) == ["一、", "二、乙"]


def test_a_custom_form_falls_back() -> None:
    markup = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    level = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/>'
        f'<mc:AlternateContent xmlns:mc="{markup}"><mc:Choice Requires="w14">'
        '<w:numFmt w:val="custom" w:format="001, 002"/></mc:Choice><mc:Fallback>'
        '<w:numFmt w:val="decimalZero"/></mc:Fallback></mc:AlternateContent>'
        '<w:suff w:val="nothing"/><w:lvlText w:val="%1."/></w:lvl>'
    )
    assert numbers([0], abstract(0, level) + num(1, 0)) == ["01."]
