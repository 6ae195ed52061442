# ruff: noqa: RUF001
import re

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from corpus.fold import CJK, fold, fold_text
from corpus.spans import Span

CURIOUS = (
    "學学教育裏里乾著ＡａZ１1٣㈠①⼀⺠㊀ⅠⅡ㎡İßǅ\ud800𠮷𦀑カﾊﾟ〇○"
    "　 \t\n\r\u00a0\u200b\ufeff\ufe0f\u00ad\x00"
    "，,、。.．…‥；;：:（(〔［【）)《〈<「『“\"”'－—-–～~·・％%"
)
# The tables are made on first use, which takes longer than hypothesis allows one example.
patient = settings(deadline=None)

texts = st.one_of(st.text(), st.text(alphabet=CURIOUS), st.text(st.characters()))


def naive(text: str) -> str:
    """The rules once more, a character at a time and then by regular expressions."""
    cjk = "".join(f"{chr(first)}-{chr(last)}" for first, last in CJK)
    line = "".join(" " if character.isspace() else fold_text(character) for character in text)
    line = re.sub(r"([ .\-])\1+", r"\1", line)
    tight = rf'[{cjk},;:!?()<>"]'
    return re.sub(rf"(?<={tight}) | (?={tight})|^ | $", "", line)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("學前教育", "学前教育"),
        ("学 前\n教　育", "学前教育"),
        ("到 2025 年", "到2025年"),
        ("达到 ８５．５％", "达到85.5%"),
        ("使用 AI 技术", "使用ai技术"),
        ("Open   Source\nPolicy ", "open source policy"),
        ("国发〔２０２０〕５号", "国发(2020)5号"),
        ("《著作權法》", "<著作权法>"),
        ("㈠①⒈⑴㊀⼀⺠⻓", "一111一一民长"),
        ("⑩㉑Ⅱ㎡", "⑩㉑ⅱ㎡"),
        ("二○二五年", "二〇二五年"),
        ("增\u200b值\ufeff税\u00ad\ufe0f", "增值税"),
        ("目标: 85%", "目标:85%"),
        ("3. 5", "3. 5"),
        ("等等……", "等等."),
        ("", ""),
        (" \n\u200b", ""),
    ],
)
def test_each_rule(text: str, folded: str) -> None:
    assert fold_text(text) == folded


@pytest.mark.parametrize(
    "alike",
    [
        "，,﹐､、",
        "。.．｡",
        "；;﹔",
        "：:﹕︓",
        "（(﹙〔［[【",
        "）)﹚〕］]】",
        '“”"＂「」',
        "‘’'＇『』",
        "《〈<＜",
        "》〉>＞",
        "？?",
        "！!",
        "％%﹪",
        "－-—–‐",
        "～~〜",
        "·・•",
    ],
)
def test_a_mark_matches_itself_however_it_is_typed(alike: str) -> None:
    assert len({fold_text(f"甲{mark}乙") for mark in alike}) == 1


@pytest.mark.parametrize("alike", [["……", "…", "...", "......"], ["——", "—", "--"]])
def test_a_long_mark_matches_its_short_form(alike: list[str]) -> None:
    assert len({fold_text(f"甲{mark}乙") for mark in alike}) == 1


def test_marks_that_mean_different_things_stay_apart() -> None:
    marks = ",.;:()\"'<>?!%-~·"
    assert len({fold_text(mark) for mark in marks}) == len(marks)


def test_characters_that_opencc_merges_still_match_themselves() -> None:
    # The price of folding by character: 乾 (dry, or the hexagram) becomes 干 in 乾隆, too.
    assert fold_text("乾隆") == fold_text("干隆") == "干隆"
    assert fold_text("著作權") == fold_text("著作权") == "著作权"


def test_ideographs_fold_as_opencc_converts_them_one_by_one() -> None:
    ideographs = [chr(code) for code in range(0x4E00, 0xA000)]
    simplify = OpenCC("t2s").convert
    # Twice: 薴 becomes 苧, and 苧 becomes 苎.
    converted = simplify(simplify("\n".join(ideographs))).split("\n")
    assert [fold_text(character) for character in ideographs] == converted


def test_every_code_point_folds_to_one_that_stays_as_it_is() -> None:
    folded = fold("".join(map(chr, range(0x110000))))
    assert fold_text(folded.text) == folded.text
    assert len(folded.text) > 1_000_000


@patient
@given(texts)
@example("a , b")
@example("一 \u200b a")
@example("a \u200b b")
def test_folding_agrees_with_the_naive_rules_and_is_idempotent(text: str) -> None:
    folded = fold_text(text)
    assert folded == naive(text)
    assert fold_text(folded) == folded
    assert fold(text).text == folded


@patient
@given(texts)
def test_the_map_leads_each_character_back_to_where_it_stood(text: str) -> None:
    folded = fold(text)
    assert folded.offsets.dtype == np.int32
    assert len(folded.offsets) == len(folded.text) + 1
    assert folded.offsets[-1] == len(text)
    assert (np.diff(folded.offsets[:-1]) > 0).all()
    for character, place in zip(folded.text, folded.offsets, strict=False):
        written = text[place]
        assert written.isspace() if character == " " else fold_text(written) == character


@patient
@given(texts, st.data())
def test_a_folded_span_leads_back_to_characters_that_fold_to_it(
    text: str, data: st.DataObject
) -> None:
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    span = folded.original(start, end)
    assert 0 <= span.start <= span.end <= len(text)
    # White space at the edge of a text says nothing, inside one it may.
    assert fold_text(text[span.start : span.end]) == folded.text[start:end].strip(" ")


def test_a_span_leaves_out_what_was_dropped_at_its_edges() -> None:
    text = "一、 學 前\n教育。"
    folded = fold(text)
    start = folded.text.index("学前")
    assert folded.original(start, start + 2) == Span(3, 6)
    assert text[3:6] == "學 前"
    assert folded.original(start, start) == Span(3, 3)


def test_a_million_characters_fold_at_once() -> None:
    text = "到 2025 年，學前教育毛入園率達到 ８５％ 以上。\n" * 40_000
    folded = fold(text)
    assert folded.text.startswith("到2025年,学前教育毛入园率达到85%以上.到2025年")


def test_a_long_run_of_white_space_costs_no_more_than_text() -> None:
    assert fold_text("a" + " " * 1_000_000 + "b") == "a b"
