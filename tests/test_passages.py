"""Windows over long clauses, and the text that is indexed for each."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Span, parse
from index.passages import OVERLAP, SEARCHED, WINDOW, indexed_text, split_passages, windows
from tests.fakes import CANTEEN, FILES, NOTICE, PLAN

ENDERS = "。；\n"
# Sentences of all lengths, also longer than a window, and runs of enders.
SENTENCES = st.builds("{}{}".format, st.integers(0, 70).map("字".__mul__), st.sampled_from(ENDERS))
TEXTS = st.lists(SENTENCES, min_size=1, max_size=12).map("".join)
SIZES = st.integers(8, 60)
LONG = "一、长条款\n" + "".join(f"这是第{n}句，说的是不同的事情。" for n in range(200))


def ends_sentence(text: str, position: int) -> bool:
    """The naive definition: an ender before, and none behind."""
    return text[position - 1] in ENDERS and text[position : position + 1] not in (*ENDERS,)


def longest_sentence(text: str) -> int:
    ends = [0, *(p for p in range(1, len(text)) if ends_sentence(text, p)), len(text)]
    return max(end - start for start, end in pairwise(ends))


@given(TEXTS, SIZES, st.data())
def test_windows_cover_the_span_and_none_is_too_long(
    text: str, size: int, data: st.DataObject
) -> None:
    span = Span(*sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2))))
    overlap = data.draw(st.integers(0, size // 2))
    found = list(windows(text, span, size, overlap))
    assert (found[0].start, found[-1].end) == span
    assert all(window.end - window.start <= size for window in found)
    for before, after in pairwise(found):
        # No gap, progress on both sides, and no more in common than asked for.
        assert before.start < after.start <= before.end < after.end
        assert before.end - after.start <= overlap


@given(TEXTS, SIZES)
def test_windows_cut_where_sentences_end(text: str, size: int) -> None:
    for before, after in pairwise(windows(text, Span(0, len(text)), size, size // 4)):
        if longest_sentence(text) <= size:
            assert ends_sentence(text, before.end)
            assert ends_sentence(text, after.start)
        elif not ends_sentence(text, before.end):
            # Cut inside a sentence only where that sentence does not fit.
            assert longest_sentence(text[before.start :]) > size


@given(st.integers(1, 400))
def test_a_text_without_any_sentence_end_is_cut_evenly(length: int) -> None:
    found = list(windows("字" * length, Span(0, length), 50, 10))
    assert len(found) == -(-length // 50)


def test_windows_share_sentences_where_they_fit() -> None:
    text = "一二三四。五六七八。九十甲乙。丙丁戊己。"
    assert list(windows(text, Span(0, 20), 10, 5)) == [Span(0, 10), Span(5, 15), Span(10, 20)]
    assert list(windows(text, Span(0, 20), 10, 0)) == [Span(0, 10), Span(10, 20)]


def test_a_bracket_that_closes_belongs_to_its_sentence() -> None:
    text = "他说：“好。”然后走了很远。"
    assert [text[w.start : w.end] for w in windows(text, Span(0, len(text)), 8, 0)] == [
        "他说：“好。”",
        "然后走了很远。",
    ]


def test_the_default_overlap_leaves_room_for_progress() -> None:
    assert 0 < OVERLAP <= WINDOW // 2


@pytest.mark.parametrize("text", [*FILES.values(), LONG])
def test_passages_are_spans_of_their_clauses_and_cover_them(text: str) -> None:
    document = parse("d0", "a.txt", text)
    passages = split_passages(document)
    searched = [clause for clause in document if clause.kind in SEARCHED]
    assert list(dict.fromkeys(p.clause_id for p in passages)) == [clause.id for clause in searched]
    for clause in searched:
        own = [p for p in passages if p.clause_id == clause.id]
        assert (own[0].start, own[-1].end) == clause.span
        assert all(p.indexed.endswith(text[p.start : p.end].strip()) for p in own)


def test_the_indexed_text_names_title_and_headings() -> None:
    document = parse("d0", "plan.md", PLAN)
    passage = next(p for p in split_passages(document) if "1300元" in p.indexed)
    assert passage.indexed == (
        "白沙市人民政府关于发展学前教育的意见\n二、保障寄宿\n2.寄宿生每人每年补助1300元。"
    )


def test_later_windows_repeat_the_heading_of_their_clause() -> None:
    document = parse("d0", "long.txt", LONG)
    clause = next(clause for clause in document if clause.kind == "item")
    first, *later = [p for p in split_passages(document) if p.clause_id == clause.id]
    assert len(later) > 5
    assert first.indexed.count("一、长条款") == 1
    assert all(p.indexed.count("一、长条款") == 1 for p in later)


def test_equal_indexed_texts_have_equal_hashes() -> None:
    one, other = (split_passages(parse(f"d{n}", f"{n}.txt", CANTEEN)) for n in range(2))
    assert [p.text_hash for p in one] == [p.text_hash for p in other]
    assert len({p.text_hash for p in one}) == len({p.indexed for p in one}) == len(one)


def test_what_is_only_a_title_can_still_be_found() -> None:
    document = parse("d0", "a.txt", "青禾县教育局关于校车的通知")
    assert [clause.kind for clause in document] == ["header"]
    (passage,) = split_passages(document)
    assert "校车" in passage.indexed


def test_blank_stretches_are_no_passages() -> None:
    document = parse("d0", "a.txt", NOTICE + "\n" * 3 * WINDOW + "完。")
    assert all(document.text[p.start : p.end].strip() for p in split_passages(document))
    assert split_passages(parse("d1", "b.txt", " ")) == []


def test_indexed_text_is_made_of_any_span_of_a_clause() -> None:
    document = parse("d0", "canteen.txt", CANTEEN)
    clause = next(clause for clause in document if clause.address == "第二条")
    span = Span(clause.start, clause.start + 12)
    title = "青禾县学校食堂管理办法"
    assert indexed_text(document, clause, span) == f"{title}\n{document.quote(span).strip()}"
