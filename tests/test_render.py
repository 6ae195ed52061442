"""The HTML of the page: text stays text, marks stand where the offsets say, ids resolve."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from html import unescape
from html.parser import HTMLParser
from string import Formatter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Document, Note, ReadError, Span, YoujuError, parse, read_document
from corpus.markup import Html, Mark, element, join, marked
from corpus.notes import WORDING
from index import Failure, Near, Report
from index.references import Resolver
from index.similar import Similar
from retrieval import Answer, Citation, Hit, QueryError, Standing
from retrieval.answer import Sentence
from retrieval.query import checked
from retrieval.remarks import Remark
from retrieval.results import Scores
from ui import cards, reader, render, shelf, states
from ui.errors import explain
from ui.reader import Opened
from ui.remarks import MOST_NEAR, MOST_NOTES, NOTES, note_text, remarks
from ui.strings import SAMPLE_QUESTIONS, WORDS, language_of, say

HOSTILE = "<img src=x onerror=alert(1)></mark><script>alert(2)</script>\"'&amp;{{value}}${value}"
PLAN = """青禾县学校发展方案（试行）
青教发〔2025〕3号
各乡镇人民政府：
现将方案印发给你们，请认真执行。
一、学前教育
（一）扩大普惠资源。到2027年，全县普惠性幼儿园覆盖率达到91%，新增公办学位600个。
（二）稳定教师队伍。幼儿园教师每学期参加培训不少于2次。教师应当热爱幼儿。
二、义务教育
（一）方便随迁子女入学。随迁子女凭居住证明向就近的公办学校报名。
青禾县教育局
2025年3月1日
"""


class Elements(HTMLParser):
    """What a browser would find: every start tag with its attributes, and the text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def text_of(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


def plan(text: str = PLAN, source: str = "plan.txt") -> Document:
    return parse("d1", source, text)


def standing(document: Document, status: str | None = None) -> Standing:
    return Standing(document, status, None)


def read(document: Document, *spans: Span) -> Html:
    """A document in the reader, by itself."""
    alone = Resolver([document])
    return reader.document_view(Opened(document, standing(document), alone, spans), "zh")


def cite(document: Document, *quotes: str, status: str | None = None) -> Answer:
    """An answer that quotes these stretches of a document, each a sentence."""
    citations = []
    for n, quote in enumerate(quotes, start=1):
        start = document.text.index(quote)
        clause = next(c for c in document.clauses if c.start <= start < c.end)
        span = Span(start, start + len(quote))
        where = standing(document, status)
        citations.append(Citation(n, document, where, clause, clause.address, span))
    sentences = [Sentence(c.quote, (c.n,)) for c in citations]
    return Answer("幼儿园覆盖率要达到多少？", "answered", sentences, citations, ms={"search": 20.0})


def near(document: Document, place: int) -> Hit:
    clause = document.clauses[place]
    return Hit(1, 0.5, Scores(1.0, None), document, standing(document), clause, clause.span)


def test_a_whole_clause_keeps_its_paragraphs_and_loses_stray_breaks() -> None:
    quote = "第二条　学校实行\n陪餐制度。\n　　检查包括：\n（一）食堂；\n（二）账目。"
    document = plan(f"青禾县学校食堂管理办法\n{quote}\n")
    html = render.answered(cite(document, quote), "zh")
    said = "第二条　学校实行陪餐制度。\n检查包括：\n（一）食堂；\n（二）账目。"
    assert said in text_of(html)


# --- markup -----------------------------------------------------------------------------------


@settings(deadline=None)  # a busy machine is no error
@given(st.text(), st.text())
def test_an_element_holds_its_text_and_attributes_as_given(text: str, value: str) -> None:
    found = Elements(element("p", text, title=value, hidden=True, lang=None))
    assert found.tags == [("p", {"title": value, "hidden": None})]
    assert text_of(element("p", text)) == text


def test_only_html_is_left_as_it_is() -> None:
    assert join(["<b>", None, Html("<b>")]) == "&lt;b&gt;<b>"


def naive_marks(text: str, window: Span, marks: Sequence[Mark]) -> list[int | None]:
    """The number of the mark that each character of the window stands in, one by one."""
    owner: list[int | None] = [None] * len(text)
    for n, span in reversed(sorted(marks, key=lambda mark: mark.span)):
        for i in range(*span):
            owner[i] = n
    return owner[window.start : window.end]


def read_marks(html: str) -> list[int | None]:
    owners: list[int | None] = []
    owner: int | None = None
    for piece in re.split(r"(<[^>]*>)", html):
        if piece.startswith("<"):
            number = re.search(r"quote-(\d+)", piece)
            owner = int(number[1]) if number else None
        else:
            owners += [owner] * len(unescape(piece))
    return owners


@settings(deadline=None)
@given(st.data())
def test_marks_stand_where_their_offsets_say(data: st.DataObject) -> None:
    text = data.draw(st.text("a<>&\"'。\n", min_size=1, max_size=30))
    offsets = st.integers(0, len(text))
    spans = st.builds(lambda a, b: Span(min(a, b), max(a, b)), offsets, offsets)
    window = data.draw(spans)
    drawn = data.draw(st.lists(spans, max_size=4))
    marks = [Mark(n, span) for n, span in enumerate(drawn, start=1)]
    html = marked(text, window, marks)
    assert text_of(html) == text[window.start : window.end]
    assert read_marks(html) == naive_marks(text, window, marks)


# --- the answer -------------------------------------------------------------------------------


def test_an_answer_marks_each_quotation_in_its_card() -> None:
    document = plan()
    quotes = (
        "新增公办学位600个。",
        "教师应当热爱幼儿。",
        "到2027年，全县普惠性幼儿园覆盖率达到91%，",
    )
    html = render.answered(cite(document, *quotes), "zh")
    for n, quote in enumerate(quotes, start=1):
        assert f'<mark id="quote-{n}">{quote}</mark>' in html


def test_each_pill_leads_to_the_card_that_holds_its_quotation() -> None:
    answer = cite(plan(), "新增公办学位600个。", "教师应当热爱幼儿。", "到2027年，")
    found = Elements(render.answered(answer, "zh"))
    ids = [a["id"] for _, a in found.tags if "id" in a]
    assert len(ids) == len(set(ids))
    # Two of the three quotations stand in one clause, which is one card.
    assert [i for i in ids if i and i.startswith("source-")] == ["source-1", "source-2"]
    pills = [a for a in found.named("button") if "data-cite" in a]
    assert [(p["data-cite"], p["data-source"]) for p in pills] == [
        ("1", "1"),
        ("2", "2"),
        ("3", "1"),
    ]
    assert all("青禾县学校发展方案" in (pill["aria-label"] or "") for pill in pills)


def test_a_card_says_what_the_document_says_of_itself() -> None:
    card = text_of(render.answered(cite(plan(), "新增公办学位600个。", status="试行"), "zh"))
    for fact in ("青禾县学校发展方案（试行）", "青禾县教育局", "青教发〔2025〕3号", "2025-03-01"):
        assert fact in card
    assert "试行" in card
    assert "一、（一）" in card
    assert "一、学前教育" in card


def test_each_sentence_says_whose_words_they_are() -> None:
    answer = cite(plan(), "新增公办学位600个。", "教师应当热爱幼儿。", status="征求意见稿")
    said = re.findall(r'<p class="yj-from">(.*?)</p>', render.answered(answer, "zh"))
    assert [text_of(line) for line in said] == ["征求意见稿青禾县学校发展方案（试行）"] * 2


def test_a_replaced_document_names_the_newer_one_and_can_open_it() -> None:
    old, new = plan(), parse("d2", "new.txt", PLAN.replace("（试行）", ""))
    where = Standing(old, "已被替代", new)
    html = cards.facts(old, where, "zh")
    assert "已被替代" in html
    assert f"{new.label}（2025-03-01）" in html
    assert 'data-document="d2"' in html


def test_what_was_asked_for_stands_out_and_nothing_else_does() -> None:
    document = plan()
    sentence = "到2027年，全县普惠性幼儿园覆盖率达到91%，新增公办学位600个。"
    answer = cite(document, sentence)
    assert "<b>" not in render.answered(answer, "zh")
    start = document.text.index("91%")
    answer.sentences = [answer.sentences[0]._replace(key=Span(start, start + 3))]
    html = render.answered(answer, "zh")
    assert re.findall(r"<b>(.*?)</b>", html) == ["91%"]
    assert "覆盖率达到<b>91%</b>，新增" in html


def test_the_reason_why_nothing_was_found_is_said() -> None:
    answer = Answer("体育课每周几节", "not_found", reason=Remark("no_figure"))
    for language in ("zh", "en"):
        assert Remark("no_figure").said(language) in render.missing(answer, 3, language)


def test_a_no_says_which_documents_were_looked_through_and_says_it_once() -> None:
    found = Answer("体育课每周几节", "not_found", reason=Remark("nothing_said"))
    assert "资料库的 3 份文件" in render.missing(found, 3, "zh")
    assert found.reason.text not in render.missing(found, 3, "zh")
    found.fitting = 2
    assert "符合筛选条件的 2 份文件" in render.missing(found, 3, "zh")
    found.fitting, found.reason = 0, Remark("none_fit")
    html = text_of(render.missing(found, 3, "zh"))
    assert "没有符合筛选条件的文件" in html and "放宽筛选" in html and "没有说到" not in html


def test_a_sentence_broken_over_lines_is_shown_in_one() -> None:
    document = plan(PLAN.replace("向就近的公办", "向就近的\n公办"))
    html = render.answered(cite(document, "随迁子女凭居住证明向就近的\n公办学校报名。"), "zh")
    assert "随迁子女凭居住证明向就近的公办学校报名。" in html


def test_a_long_clause_is_shortened_to_the_surroundings_of_its_quotations() -> None:
    text = "".join(f"第{i}句话说到这里为止。" for i in range(400))
    first, last = text.index("第60句"), text.index("第300句")
    marks = [Mark(1, Span(first, first + 11)), Mark(2, Span(last, last + 12))]
    html = cards.excerpt(text, Span(0, len(text)), marks)
    assert len(text_of(html)) < 6 * cards.AROUND
    assert html.count("……") == 3
    assert html.count("<mark") == 2
    # What is left stands in the text as it is shown.
    for piece in text_of(html).split("……"):
        assert piece in text


def test_the_copied_answer_carries_its_sources() -> None:
    copied = render.copied_text(cite(plan(), "新增公办学位600个。", status="试行"))
    assert "新增公办学位600个。[1]" in copied
    assert "[1] 《青禾县学校发展方案（试行）》（青教发〔2025〕3号）一、（一）（试行）" in copied


def test_no_answer_is_said_plainly_with_the_nearest_clauses() -> None:
    document = plan()
    found = Answer("食堂几点开门？", "not_found", nearest=[near(document, 4), near(document, 5)])
    html = render.missing(found, 1, "zh")
    assert "没有说到" in text_of(html)
    assert len(Elements(html).named("article")) == 2
    assert "<mark" not in html
    nothing = render.missing(Answer("食堂？", "not_found"), 1, "zh")
    assert not Elements(nothing).named("article")


# --- hostile text -----------------------------------------------------------------------------


def hostile_pages() -> list[Html]:
    text = PLAN.replace("青禾县学校发展方案（试行）", HOSTILE).replace("教师应当热爱幼儿", HOSTILE)
    document = parse("d1", f"{HOSTILE}.txt", text)
    answer = cite(document, "新增公办学位600个。", HOSTILE)
    answer.question = HOSTILE
    where = Standing(document, HOSTILE, document)
    report = Report(added=[document], failed=[Failure(HOSTILE, HOSTILE)])
    held = shelf.Shelf([where], {document.id: 9})
    start = document.text.rindex(HOSTILE)
    place = next(i for i, c in enumerate(document.clauses) if c.start <= start < c.end)
    return [
        render.answered(answer, "zh"),
        render.missing(Answer(HOSTILE, "not_found", nearest=[near(document, place)]), 1, "zh"),
        states.start([HOSTILE], 1, 9, "zh"),
        render.error(HOSTILE),
        render.notice(HOSTILE),
        shelf.listing(held, 1, "zh"),
        shelf.report_of(report, "zh"),
        read(document, Span(start, start + 9)),
    ]


@pytest.mark.parametrize("page", range(len(hostile_pages())))
def test_hostile_text_stays_text(page: int) -> None:
    found = Elements(hostile_pages()[page])
    assert not {"img", "script", "svg", "iframe"} & {tag for tag, _ in found.tags}
    assert not any(name.startswith("on") for _, a in found.tags for name in a)
    assert not found.open  # every element was closed where it was meant to be
    assert "<img src=x onerror=alert(1)>" in found.text
    for _, attributes in found.tags:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*(-[0-9]+)?", attributes.get("id") or "a")


# --- the reader -------------------------------------------------------------------------------


def sections(html: str) -> list[str]:
    return re.findall(r"<section [^>]*>(.*?)</section>", html, re.DOTALL)


def test_the_reader_shows_every_character() -> None:
    document = plan()
    html = read(document)
    assert "".join(text_of(section) for section in sections(html)) == document.text


def test_the_contents_lead_to_clauses_that_are_there() -> None:
    document = plan()
    found = Elements(read(document))
    ids = {a["id"] for a in found.named("section")}
    targets = [a["href"] or "" for a in found.named("a")]
    assert {target.removeprefix("#") for target in targets} <= ids
    assert len(targets) >= 5


def test_the_reader_marks_the_quotation_and_lights_its_clause() -> None:
    document = plan()
    start = document.text.index("新增公办学位")
    spans = reader.read_spans(f"{start}-{start + 10}", len(document.text))
    html = read(document, *spans)
    assert '<mark id="found-1">新增公办学位600个</mark>' in html
    assert html.count("yj-aimed") == 1
    assert html.count('aria-current="true"') == 1


def test_a_whole_clause_is_lit_without_a_mark() -> None:
    document = plan()
    clause = document.clauses[4]
    html = read(document, clause.span)
    assert "<mark" not in html
    assert html.count("yj-aimed") == 1


def test_a_very_long_document_is_shown_around_its_aim() -> None:
    line = "第一句话说到这里为止。\n"
    document = plan(PLAN + line * (2 * reader.MOST_SHOWN // len(line)))
    aim = len(document.text) // 2
    html = read(document, Span(aim, aim + 5))
    shown = "".join(text_of(section) for section in sections(html))
    assert len(shown) == reader.MOST_SHOWN
    assert shown in document.text
    assert "<mark" in html
    assert "文件很长" in html


@pytest.mark.parametrize("written", ["a-b", "1-2;3-4", "-1-2", "1-2 x", "1", "../etc/passwd"])
def test_spans_that_no_button_writes_are_refused(written: str) -> None:
    with pytest.raises(ValueError, match="expected spans"):
        reader.read_spans(written, 100)


def test_spans_outside_the_document_are_left_out() -> None:
    assert reader.read_spans("90-120 5-9 3-3", 100) == [Span(5, 9)]
    assert reader.read_spans("", 100) == []


# --- the library ------------------------------------------------------------------------------


def shelf_of(count: int) -> shelf.Shelf:
    documents = [parse(f"d{i}", f"{i}.txt", f"第{i}号文件\n正文。") for i in range(count)]
    return shelf.Shelf([standing(d) for d in documents], {d.id: 2 for d in documents})


@pytest.mark.parametrize(("page", "rows"), [(1, 50), (3, 5), (0, 50), (99, 5)])
def test_the_list_is_shown_in_pages(page: int, rows: int) -> None:
    html = shelf.listing(shelf_of(2 * shelf.PAGE + 5), page, "zh")
    assert len(Elements(html).named("li")) == rows
    assert "共 105 份文件，210 段条文" in html


def test_the_newest_document_stands_first_and_one_page_needs_no_pager() -> None:
    html = shelf.listing(shelf_of(3), 1, "zh")
    assert html.index("d2") < html.index("d1") < html.index("d0")
    assert not Elements(html).named("nav")


def test_removing_asks_before_it_removes() -> None:
    found = Elements(shelf.listing(shelf_of(1), 1, "zh"))
    (button,) = [a for a in found.named("button") if a.get("data-act") == "remove_document"]
    assert button["data-document"] == "d0"
    assert [tag for tag, _ in found.tags].count("details") == 1


def test_a_report_names_every_file_with_the_reason() -> None:
    added, known = plan(), parse("d2", "known.txt", "另一份文件\n正文。")
    failed = [Failure("/tmp/x/empty.txt", "the file is empty: nothing to add")]
    html = shelf.report_of(Report([added], [known], [], failed), "zh")
    text = text_of(html)
    assert "empty.txt文件是空的" in text
    assert "/tmp/x" not in text
    assert "1 份新增 · 1 份已在库中 · 1 份未能添加" in text


# --- words ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", WORDS)
def test_both_languages_say_the_same_values(name: str) -> None:
    places = [{field or "" for _, field, _, _ in Formatter().parse(w)} - {""} for w in WORDS[name]]
    assert places[0] == places[1]
    assert all(WORDS[name])


def test_every_chinese_page_is_chinese_and_english_is_asked_for() -> None:
    assert {language_of(asked) for asked in (None, "", "zh", "zh-CN", "zh-HK", "fr")} == {"zh"}
    assert {language_of(asked) for asked in ("en", "EN", "en-GB")} == {"en"}
    assert say("en", "tab.ask") == "Ask"
    assert len(SAMPLE_QUESTIONS) == len(set(SAMPLE_QUESTIONS))


def raised(call: object, *arguments: object) -> YoujuError:
    with pytest.raises(YoujuError) as caught:
        call(*arguments)  # type: ignore[operator]
    return caught.value


@pytest.mark.parametrize(
    ("error", "plain"),
    [
        (raised(checked, " "), "请先写下"),
        (raised(checked, "问" * 10_000), "问题有 10000 个字"),
        (raised(read_document, "a.txt", b""), "文件是空的"),
        (raised(read_document, "a.txt", b"%PDF-1.7 \x00\x01"), "PDF"),
        (raised(read_document, "a.txt", b"\xff\xd8\x81\x00" * 40), "认不出文件的文字编码"),
        (raised(read_document, "a.exe", b"MZ"), "暂不支持 .exe 文件"),
        (raised(read_document, "a", b"x"), "没有扩展名"),
        (ReadError("something new"), "程序报告：something new"),
    ],
)
def test_errors_are_said_in_plain_chinese(error: YoujuError, plain: str) -> None:
    assert plain in explain(error, "zh")
    assert explain(error, "en") == str(error)
    assert isinstance(error, QueryError | ReadError)


def test_every_note_is_said_in_both_languages() -> None:
    assert NOTES.keys() == WORDING.keys()
    for kind, words in NOTES.items():
        assert words.count("{}") == WORDING[kind].count("{}")
        note = Note(kind, ("甲", "乙", "丙")[: words.count("{}")])
        assert note_text(note, "zh") == note.text
        assert "甲" in note_text(note, "en") or "{}" not in words


def test_many_notes_and_near_duplicates_are_shortened_and_counted() -> None:
    document = replace(plan(), notes=tuple(Note("gap", (str(n), "x")) for n in range(12)))
    others = [
        Near(parse(f"d{n}", f"{HOSTILE}{n}.txt", "正文。"), Similar(f"d{n}", 3, 4))
        for n in range(5)
    ]
    html = "".join(remarks(document, 7, others, "zh"))
    assert html.count("yj-note") == MOST_NOTES
    assert "另有 4 处提示" in html
    assert html.count('data-act="open_document"') == MOST_NEAR
    assert "4 条中有 3 条相同或相近（75%）" in html
    assert "另有 2 份相近文件" in html
    assert "txt · UTF-8 · 7 段" in html
    assert HOSTILE not in html
    assert "is similar" in "".join(remarks(document, 7, others, "en"))


def test_an_answer_says_how_many_documents_no_longer_hold() -> None:
    for status in ("answered", "not_found"):
        found = Answer("问", status, confidence=0.5)
        draw = render.answered if status == "answered" else partial(render.missing, documents=3)
        assert "替代或废止" not in draw(found, language="zh")
        found.left_out = 2
        assert "有 2 份文件已被替代或废止" in draw(found, language="zh")


@pytest.mark.parametrize(
    ("count", "said"), [(1, "1 document, 2 segments"), (21, "21 documents, 2 segments")]
)
def test_english_has_a_singular(count: int, said: str) -> None:
    assert say("en", "list.label", documents=count, clauses=2) == said
