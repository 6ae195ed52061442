"""The reader over a library: what a clause lays down, versions, words that are looked for."""

import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import parse
from corpus.fold import fold_text
from index import Library
from tests.fakes import CANTEEN, NOTICE, PLAN, write_files
from tests.served import NEWER
from ui.reading import MOST_FOUND, Reading, find_words
from ui.strings import Language

POINTING = """青禾县学校食堂检查办法
第一条　检查学校食堂，按照《青禾县学校食堂管理办法》第二条进行，并参照《白石县没有的办法》。
第二条　责任单位：县教育局、县市场监管局。每年检查不少于4次。
"""
EVIL = "<img src=x onerror=alert(1)>"


@pytest.fixture
def held(library: Library, tmp_path: Path) -> Library:
    files = {"a.txt": CANTEEN, "b.txt": NEWER, "c.txt": POINTING, "d.txt": NOTICE, "e.txt": PLAN}
    library.add([write_files(tmp_path / "policies", files)])
    return library


def opened(library: Library, label: str, quote: str, language: Language = "zh") -> str:
    document = next(d for d in library.documents() if d.label == label)
    start = library.document(document.id).text.index(quote)
    return Reading(library).open(document.id, f"{start}-{start + len(quote)}", language)


def found(library: Library, label: str, words: str, quote: str = "") -> str:
    document = next(d for d in library.documents() if d.label == label)
    start = library.document(document.id).text.index(quote)
    spans = f"{start}-{start + len(quote)}" if quote else ""
    return Reading(library).find(document.id, words, spans, "zh")


def addressed(html: str) -> dict[str, str]:
    """What the address says of a reader."""
    (query,) = re.findall('data-reading="([^"]*)"', html)
    return dict(parse_qsl(unescape(query)))


def marks(html: str) -> list[str]:
    return re.findall(r"<mark[^>]*>([^<]*)</mark>", html)


def test_a_quoted_clause_tells_what_it_lays_down(held: Library) -> None:
    html = opened(held, "青禾县学校食堂检查办法", "县教育局")
    (told,) = re.findall(r"<aside.*?</aside>", html)
    assert "<dt>责任单位</dt><dd><span>县教育局</span><span>县市场监管局</span></dd>" in told
    assert "检查 ≥4次" in told or "≥4次" in told


def test_what_a_clause_points_at_is_a_link_where_it_is_held(held: Library) -> None:
    (told,) = re.findall(r"<aside.*?</aside>", opened(held, "青禾县学校食堂检查办法", "参照"))
    newest = next(d for d in held.documents() if d.metadata.date and "2025" in str(d.metadata.date))
    (link,) = re.findall(r"<button[^>]*open_document[^>]*>([^<]*)</button>", told)
    assert link == "《青禾县学校食堂管理办法》第二条"
    assert f'data-document="{newest.id}"' in told
    assert "<span>《白石县没有的办法》</span>" in told


def test_versions_are_told_in_order_with_the_way_to_the_others(held: Library) -> None:
    html = opened(held, "青禾县学校食堂管理办法", "校长陪餐")
    (line,) = re.findall(r"<p class=\"yj-facts\"><span>版本</span>.*?</p>", html)
    assert re.findall(r"20[0-9]{2}", line) == ["2023", "2025"]
    assert line.count("open_document") == 1
    assert " 已被替代" in re.sub("<[^>]*>", "", line)
    assert "版本" not in opened(held, "青禾县学校食堂检查办法", "检查")


def test_one_place_leads_back_and_several_from_one_to_the_next(held: Library) -> None:
    one = opened(held, "青禾县学校食堂检查办法", "县教育局")
    assert "data-to-clause" in one and "data-step" not in one
    several = found(held, "青禾县学校食堂检查办法", "检查")
    assert re.findall(r'data-step="([^"]*)"', several) == ["-1", "1"]
    assert f"1 / {len(marks(several))}" in several


def test_what_was_quoted_stays_marked_while_words_are_looked_for(held: Library) -> None:
    label, quote = "青禾县学校食堂检查办法", "每年检查不少于4次"
    plain = opened(held, label, quote)
    for words, within in (
        ("检查", '每年<mark id="sought-3">检查</mark>不少于4次'),
        ("火箭", quote),
        ("年检", '每<mark id="sought-1">年检</mark>查不少于4次'),
        ("局。每年", '<mark id="sought-1">每年</mark>检查不少于4次'),
    ):
        html = found(held, label, words, quote)
        assert f'<mark id="found-1">{within}</mark>' in html
        assert "data-to-clause" in html
        assert ("data-step" in html) == ("sought-1" in html)
        for kept in (
            r"<section[^>]*yj-aimed",
            r"<aside.*?</aside>",
            r'<a [^>]*aria-current="true"',
        ):
            assert re.findall(kept, html) == re.findall(kept, plain)
        assert addressed(html) == {**addressed(plain), "find": words}
        assert marks(Reading(held).visit(addressed(html), "zh")) == marks(html)
    again = found(held, label, " ", quote)
    assert addressed(again) == addressed(plain) and marks(again) == [quote]


def test_words_are_found_whatever_script_and_width_they_are_typed_in(held: Library) -> None:
    title = next(d.label for d in held.documents() if "課後" in d.label)
    assert marks(found(held, title, "课后服务")) == ["課後服務"] * 2
    assert marks(found(held, title, "每天不少于2小时")) == ["每天不少於２小時"]
    assert "<aside" not in found(held, title, "课后服务")


def test_what_is_not_there_is_said_and_the_words_stay(held: Library) -> None:
    html = found(held, "青禾县学校食堂检查办法", EVIL)
    assert "文中没有“&lt;img src=x onerror=alert(1)&gt;”" in html
    assert 'value="&lt;img' in html
    assert "<img" not in html
    assert "文中没有" not in found(held, "青禾县学校食堂检查办法", "  ")


def test_a_document_that_is_not_there_is_one_line(held: Library) -> None:
    assert "yj-error" in Reading(held).find("../library.db", "食堂", "", "zh")


def test_very_many_places_are_not_all_marked(library: Library) -> None:
    library.put_all([parse("d", "d.txt", "第一条　" + "食堂，" * (2 * MOST_FOUND))])
    assert len(marks(Reading(library).find("d", "食堂", "", "zh"))) == MOST_FOUND


@given(st.text("食堂課课１1 。", max_size=30), st.text("食堂课1", min_size=1, max_size=3))
def test_every_place_holds_the_words(text: str, words: str) -> None:
    spans = find_words(words, text)
    assert all(fold_text(text[span.start : span.end]) == fold_text(words) for span in spans)
    assert len(spans) == fold_text(text).count(fold_text(words))
