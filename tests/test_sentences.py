"""Sentences of a clause, with their spans."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Span
from retrieval.sentences import split_sentences

SHORTEST = 4


def sentences(text: str) -> list[str]:
    return [text[s.start : s.end] for s in split_sentences(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第一句话。第二句话；第三句话！", ["第一句话。", "第二句话；", "第三句话！"]),
        ("没有句号的话", ["没有句号的话"]),
        ("  前后有空白。\n\n　　下一句话。\n", ["前后有空白。", "下一句话。"]),
        ("他说：“应当公开。”然后离开。", ["他说：“应当公开。”", "然后离开。"]),
        ("（含民办学校。）另有规定。", ["（含民办学校。）", "另有规定。"]),
        ("这句在逗号后，\n换了一行。", ["这句在逗号后，\n换了一行。"]),
        ("学校、\n幼儿园应当公示。", ["学校、\n幼儿园应当公示。"]),
        ("标题一行\n正文一句。", ["标题一行", "正文一句。"]),
        ("增长3.5个百分点。", ["增长3.5个百分点。"]),
        ("好。这句够长了。", ["这句够长了。"]),
        ("真的吗？！是真的啊。", ["真的吗？！", "是真的啊。"]),
        ("", []),
        ("\n \n", []),
    ],
)
def test_a_text_is_cut_where_sentences_end(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(st.text(alphabet="甲乙丙丁，、。；！”）\n 　", max_size=80), st.data())
def test_sentences_are_in_order_trimmed_and_leave_only_scraps(
    text: str, data: st.DataObject
) -> None:
    span = Span(*sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2))))
    found = list(split_sentences(text, span))
    assert all(span.start <= s.start < s.end <= span.end for s in found)
    assert all(text[s.start : s.end] == text[s.start : s.end].strip() for s in found)
    assert all(s.end - s.start >= SHORTEST for s in found)
    assert all(before.end <= after.start for before, after in pairwise(found))
    # What is between them is white space, or too short to say anything.
    edges = [span.start, *(edge for s in found for edge in s), span.end]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        scraps = text[start:end].replace("。", "。\n").replace("；", "；\n").replace("！", "！\n")
        assert all(len(scrap.strip("”） 　")) < SHORTEST for scrap in scraps.splitlines())
