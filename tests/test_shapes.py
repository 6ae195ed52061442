"""The JSON shapes that other programs rely on: every key of the contract, and exact texts."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpus import Document, Span, Stated, parse
from corpus.document import Recognised
from corpus.fields import as_shown
from index import Failure, Library, Report
from retrieval import MODES, Mode, Searcher, answer, standings
from retrieval.filters import Filters
from retrieval.holding_shapes import list_shape, report_shape
from retrieval.lines import answer_lines, list_lines, report_lines, search_lines, show_lines
from retrieval.shapes import (
    answer_shape,
    document_shape,
    search_shape,
    show_shape,
)
from retrieval.standing import REPLACED
from tests.fakes import CANTEEN, FILES
from ui import cards

DOCUMENT = {"id", "title", "issuer", "number", "date", "status", "region", "source"}
CLAUSE = {"id", "address", "path", "start", "end"}
HIT = {"rank", "score", "scores", "document", "clause", "text"}
CITATION = {"n", "document", "clause", "quote", "start", "end"}
NEWER = CANTEEN.replace("2023年", "2025年").replace("3次", "9次")
QUESTIONS = (
    "校长每周陪餐不少于几次",
    "寄宿生每人每年补助多少",
    "课后服务每天多少小时",
    "航天发射场",
)


@pytest.fixture
def library(library: Library) -> Library:
    texts = {**FILES, "newer.txt": NEWER, "bare.txt": "没有题目，也没有编号，只有一句话。"}
    library.put_all(parse(name, f"/files/{name}", text) for name, text in texts.items())
    library.embed()
    return library


def as_json(shape: dict[str, Any]) -> dict[str, Any]:
    """What a program reads: the shape must be JSON, all of it."""
    found: dict[str, Any] = json.loads(json.dumps(shape, allow_nan=False))
    assert found == shape
    return found


def test_a_document_says_what_it_states_and_null_for_the_rest(library: Library) -> None:
    shapes = {d.id: as_json(document_shape(d)) for d in library.documents()}
    assert all(shape.keys() >= DOCUMENT for shape in shapes.values())
    assert shapes["plan.md"] | {"source": ""} == shapes["plan.md"] | {
        "title": "白沙市人民政府关于发展学前教育的意见",
        "issuer": "白沙市人民政府",
        "number": "白政发〔2024〕7号",
        "date": "2024-03-02",
        "source": "",
    }
    assert {shapes["bare.txt"][key] for key in DOCUMENT - {"id", "source"}} == {None}
    assert shapes["bare.txt"]["source"] == "/files/bare.txt"


def test_issuers_stand_in_one_line() -> None:
    issuers = (Stated("甲局", Span(0, 2)), Stated("乙局", Span(2, 4)))
    document = Document("d", "s", "utf-8", "甲局乙局")
    signed = document.retitled(Stated("甲", Span(0, 1)))
    assert document_shape(signed)["issuer"] is None
    both = replace(signed, metadata=replace(signed.metadata, issuers=issuers))
    assert document_shape(both)["issuer"] == "甲局、乙局"


def test_a_replaced_document_says_so(library: Library) -> None:
    found = {d["id"]: d for d in list_shape(library)["documents"]}
    assert found["canteen.txt"]["status"] == REPLACED
    assert found["canteen.txt"]["replaced_by"] == "newer.txt"
    assert found["newer.txt"]["status"] is None


def test_show_has_the_text_and_clauses_that_make_it_up(library: Library) -> None:
    for identity, standing in standings(library).items():
        document = library.document(identity)
        shape = as_json(show_shape(document, standing))
        assert shape.keys() >= {"document", "text", "clauses"}
        assert shape["document"].keys() >= DOCUMENT
        assert all(
            c.keys() >= CLAUSE | {"lead", "responsible", "support"} for c in shape["clauses"]
        )
        text = shape["text"]
        assert "".join(text[c["start"] : c["end"]] for c in shape["clauses"]) == text
        for name, spans in shape["evidence"].items():
            for span in spans if isinstance(spans, list) else [spans]:
                assert text[span["start"] : span["end"]].strip(), name


def test_units_are_named_with_their_clause(library: Library) -> None:
    document = library.document("plan.md")
    clauses = show_shape(document, standings(library)["plan.md"])["clauses"]
    assert [c["lead"] for c in clauses if c["lead"]] == [["市教育局"]]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("question", QUESTIONS)
def test_hits_have_every_key_and_their_text(library: Library, question: str, mode: Mode) -> None:
    shape = as_json(search_shape(Searcher(library).search(question, 50, mode)))
    assert shape["query"] == question
    for hit in shape["hits"]:
        assert hit.keys() >= HIT
        assert hit["document"].keys() >= DOCUMENT
        assert hit["clause"].keys() >= CLAUSE
        text = library.document(hit["document"]["id"]).text
        assert hit["text"] == text[hit["clause"]["start"] : hit["clause"]["end"]]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("question", QUESTIONS)
def test_quotes_are_the_characters_they_cite(library: Library, question: str, mode: Mode) -> None:
    shape = as_json(answer_shape(answer(Searcher(library), question, mode=mode)))
    assert shape.keys() >= {"question", "status", "answer", "citations", "nearest", "ms"}
    assert shape["status"] in {"answered", "not_found"}
    assert bool(shape["citations"]) == (shape["status"] == "answered") == bool(shape["answer"])
    for number, citation in enumerate(shape["citations"], start=1):
        assert citation.keys() >= CITATION
        assert citation["n"] == number
        assert f"[{number}]" in shape["answer"]
        text = library.document(citation["document"]["id"]).text
        assert citation["quote"] == text[citation["start"] : citation["end"]]
        assert citation["clause"]["start"] <= citation["start"]
        assert citation["end"] <= citation["clause"]["end"]
        assert citation["quote"] in shape["answer"]
    for hit in shape["nearest"]:
        assert hit.keys() >= HIT


def test_a_report_names_what_became_of_each_file() -> None:
    documents = [parse(f"d{n}", f"{n}.txt", text) for n, text in enumerate(FILES.values())]
    report = Report(failed=[Failure("/x/坏.txt", "the file is empty: nothing to add")])
    report.note("added", documents[0])
    report.note("replaced", documents[1])
    report.note("unchanged", documents[2])
    shape = as_json(report_shape(report))
    for name, document in zip(("added", "replaced", "unchanged"), documents, strict=True):
        assert [d["id"] for d in shape[name]] == [document.id]
        assert shape[name][0].keys() >= DOCUMENT
    assert shape["failed"] == [
        {"source": "/x/坏.txt", "error": "the file is empty: nothing to add"}
    ]
    assert shape["clauses"] == len(documents[0].clauses) + len(documents[1].clauses)


# --- the same for people ----------------------------------------------------------------------


def test_people_read_of_every_file(library: Library) -> None:
    report = Report(failed=[Failure("/x/坏.txt", "the file is empty")])
    report.note("added", library.document("plan.md"))
    assert list(report_lines(report_shape(report))) == [
        "added     plan.md  白沙市人民政府关于发展学前教育的意见",
        f"               plan.md: txt UTF-8, {report.clauses} clauses",
        "               白沙市人民政府 · 白政发〔2024〕7号 · 成文 2024-03-02 · 市 · 白沙市 · 意见",
        "failed    /x/坏.txt: the file is empty",
        f"{report.clauses} clauses written",
    ]


def test_people_read_facts_and_notes(library: Library) -> None:
    lines = list(list_lines(list_shape(library)))
    assert sum("状态不明" in line for line in lines) >= 1
    facts = "白沙市人民政府 · 白政发〔2024〕7号 · 成文 2024-03-02 · 市 · 白沙市 · 意见 · 状态不明"
    assert f"               {facts}" in lines
    assert "bare.txt  bare.txt" in lines
    noted = [f"! {note.text}" for document in library.documents() for note in document.notes]
    assert [line.strip() for line in lines if "!" in line] == noted


def test_a_day_without_its_year_is_told_to_people_in_words(library: Library) -> None:
    undated = parse("undated", "a.txt", "招生工作通知\n（5月23日）\n一、甲事。\n二、乙事。\n")
    library.put_all([undated])
    shape = list_shape(library)
    assert "--05-23" in [document["date"] for document in shape["documents"]]
    lines = "\n".join(list_lines(shape))
    assert "成文 5月23日（缺年份）" in lines and "--05-23" not in lines
    standing = standings(library)["undated"]
    for language, said in (("zh", "5月23日（缺年份）"), ("en", "05-23 (no year)")):
        assert said in cards.facts(undated, standing, language)
    assert (as_shown("2024-05"), as_shown("--12-01")) == ("2024-05", "12月1日（缺年份）")


def test_people_read_the_whole_document(library: Library) -> None:
    document = library.document("plan.md")
    shown = "\n".join(show_lines(show_shape(document, standings(library)["plan.md"])))
    assert "\n[二、2.] 二、保障寄宿\n2.寄宿生每人每年补助1300元。" in shown
    pieces = [document.quote(clause.span).strip() for clause in document]
    assert all(piece in shown for piece in pieces)


def test_people_read_where_a_hit_stands(library: Library) -> None:
    lines = list(search_lines(search_shape(Searcher(library).search("寄宿生补助", mode="bm25"))))
    where = "《白沙市人民政府关于发展学前教育的意见》（白政发〔2024〕7号）二、2."
    assert lines[0].startswith(" 1. ")
    assert lines[0].endswith(where)
    assert lines[1] == "    2.寄宿生每人每年补助1300元。"
    nothing = search_shape(Searcher(library).search("zzz", mode="bm25"))
    left_out = "! 未检索已被替代或废止的文件 1 份，--superseded 可一并检索"
    assert list(search_lines(nothing)) == ["nothing found", left_out]
    assert list(search_lines({**nothing, "left_out": 0})) == ["nothing found"]


def test_people_read_the_answer_with_its_sources(library: Library) -> None:
    shape = answer_shape(answer(Searcher(library), QUESTIONS[1], mode="bm25"))
    lines = list(answer_lines(shape))
    assert lines[0] == "2.寄宿生每人每年补助1300元。[1]" or "1300元" in lines[0]
    assert lines[-1 - len(shape["citations"])].startswith("[1] 《白沙市人民政府")
    nothing = {**shape, "status": "not_found", "nearest": [], "pending": 3, "left_out": 0}
    assert list(answer_lines(nothing)) == [
        "没有找到答案。",
        "! 3 个片段尚未建立语义索引，暂时只能按字词找到它们",
    ]


def test_what_is_not_there_is_said_with_the_answer(library: Library) -> None:
    found = answer(Searcher(library), "第九十九条写了什么", mode="bm25")
    shape = as_json(answer_shape(found))
    (remark,) = shape["remarks"]
    assert "第九十九条" in remark
    assert f"! {remark}" in list(answer_lines(shape))


def test_sources_are_named_without_a_title() -> None:
    document = parse("d", str(Path("/a/b/开学.txt")), "只有一句话，没有题目。")
    report = Report()
    report.note("added", document)
    assert next(report_lines(report_shape(report))) == "added     d  开学.txt"


def test_a_citation_says_its_page_and_that_it_was_recognised(library: Library) -> None:
    text = FILES["canteen.txt"]
    third = text.index("第三条")
    recognised = (Recognised(Span(third, len(text)), 0.875),)
    plain = parse("d-scan", "scan.pdf", text)
    document = replace(plain, format="pdf", pages=(0, third), recognised=recognised)
    library.put_all([document])
    library.embed()
    only = Filters(documents=("d-scan",))
    shape = search_shape(Searcher(library).search("食堂 学校", 50, "bm25", only))
    pages = {hit["clause"]["address"]: (hit["page"], hit["recognised"]) for hit in shape["hits"]}
    assert pages["第二条"] == (1, None)
    assert pages["第三条"] == (2, 0.875)
    (citation,) = [h["citation"] for h in shape["hits"] if h["clause"]["address"] == "第三条"]
    assert citation.endswith("第三条（第2页，由图片识别）")
    shown = show_shape(document, standings(library)["d-scan"])["clauses"]
    assert [clause["page"] for clause in shown if clause["address"] == "第三条"] == [2]
