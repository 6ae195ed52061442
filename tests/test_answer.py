"""Answers: exact, of the kind that was asked for, and none where the documents say nothing."""

from pathlib import Path

import numpy as np
import pytest

from corpus import Span, parse
from corpus.document import Part
from corpus.fold import fold_text
from index import Library, Report
from index.encoders import TextKind, Vectors
from index.encoders.names import DEFAULT
from retrieval import Filters, QueryError, Searcher, answer
from retrieval.answer import precise_address
from retrieval.evidence import CLAUSES_READ
from retrieval.meaning import Background
from retrieval.sentences import split_sentences

PLAN = """青禾县学校发展方案
各乡镇人民政府：
现将方案印发给你们，请认真执行。
一、学前教育
（一）扩大普惠资源。到2027年，全县普惠性幼儿园覆盖率达到91%，新增公办学位600个。
牵头单位：县教育局
责任单位：县财政局、县住房城乡建设局
（二）稳定教师队伍。幼儿园教师每学期参加培训不少于2次。教师应当热爱幼儿。
二、义务教育
（一）开齐体育课程。学校应当重视体育，组织好各类体育比赛。
（二）方便随迁子女入学。随迁子女凭居住证明向就近的公办学校报名。
"""
RULES = """青禾县学校管理办法
第一条　为了规范学校管理，制定本办法。
第二条　学校食堂实行校长陪餐制度。
校长每周陪餐不少于3次，陪餐情况应当公示。
"""
KEYWORDS = ("幼儿园", "教师", "体育", "随迁", "食堂", "陪餐", "培训", "覆盖率")


class KeywordEncoder:
    """One dimension for each keyword, and one that every text has: predictable by eye."""

    name = "keywords"
    dimension = len(KEYWORDS) + 1

    def encode(self, texts: list[str], kind: TextKind) -> Vectors:
        rows = [[float(word in fold_text(t)) for word in KEYWORDS] + [1.0] for t in texts]
        vectors = np.array(rows, np.float32).reshape(len(texts), self.dimension)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.fixture
def searcher(tmp_path: Path) -> Searcher:
    library = Library(tmp_path / "library", lambda name: KeywordEncoder())
    report = Report()
    library.put(parse("d1", "plan.txt", PLAN), report)
    library.put(parse("d2", "rules.txt", RULES), report)
    library.embed()
    return Searcher(library)


def test_answers_with_the_sentence_that_holds_the_figure(searcher: Searcher) -> None:
    found = answer(searcher, "普惠性幼儿园覆盖率要达到多少？")
    assert found.status == "answered"
    assert found.sentences[0].text == "到2027年，全县普惠性幼儿园覆盖率达到91%，新增公办学位600个。"
    assert found.citations[0].address == "一、（一）"


def test_every_quote_is_the_text_at_its_offsets(searcher: Searcher) -> None:
    for question in ("普惠性幼儿园覆盖率要达到多少？", "随迁子女怎么报名？", "校长陪餐几次？"):
        for citation in answer(searcher, question).citations:
            document = searcher.library.document(citation.document.id)
            assert citation.quote == document.text[citation.span.start : citation.span.end]
            assert citation.clause.start <= citation.span.start
            assert citation.span.end <= citation.clause.end


def test_every_marker_names_a_citation(searcher: Searcher) -> None:
    found = answer(searcher, "幼儿园教师每学期培训几次？")
    numbers = [citation.n for citation in found.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    assert [n for sentence in found.sentences for n in sentence.citations] == numbers
    assert all(f"[{n}]" in found.text for n in numbers)


def test_cites_the_smallest_part_of_an_article(searcher: Searcher) -> None:
    found = answer(searcher, "校长每周陪餐几次？")
    assert found.citations[0].address == "第二条第二款"


def test_names_the_unit_only_when_a_unit_is_asked_for(searcher: Searcher) -> None:
    asked = answer(searcher, "扩大普惠资源由哪个部门牵头？")
    assert asked.sentences[0].text == "牵头单位：县教育局"
    other = answer(searcher, "怎样扩大幼儿园普惠资源？")
    assert not any("单位" in sentence.text for sentence in other.sentences)


def test_a_heading_is_not_an_answer(searcher: Searcher) -> None:
    found = answer(searcher, "怎样方便随迁子女入学？")
    assert found.sentences[0].text == "随迁子女凭居住证明向就近的公办学校报名。"


def test_says_so_when_nothing_is_about_the_question(searcher: Searcher) -> None:
    found = answer(searcher, "养老保险缴费基数怎么算？")
    assert found.status == "not_found"
    assert found.text == "" and not found.citations
    assert found.nearest


class Chances(Searcher):
    """Counts how often it was asked what is near by chance."""

    asked = 0

    def background(self, vector: Vectors) -> Background:
        self.asked += 1
        return super().background(vector)


class Calibrated(KeywordEncoder):
    name = DEFAULT


@pytest.mark.parametrize("threshold", [0.0, 1.0])
def test_what_is_near_by_chance_is_looked_for_once(tmp_path: Path, threshold: float) -> None:
    library = Library(tmp_path / "library", lambda name: Calibrated())
    library.put(parse("d1", "plan.txt", PLAN), Report())
    library.embed()
    searcher = Chances(library)
    found = answer(searcher, "普惠性幼儿园覆盖率要达到多少？", threshold=threshold)
    assert (found.status == "not_found", searcher.asked) == (bool(threshold), 1)


def test_traditional_script_finds_simplified_text(searcher: Searcher) -> None:
    assert (
        answer(searcher, "普惠性幼兒園覆蓋率要達到多少？").sentences[0]
        == answer(searcher, "普惠性幼儿园覆盖率要达到多少？").sentences[0]
    )


def test_a_filter_keeps_other_documents_out(searcher: Searcher) -> None:
    found = answer(searcher, "校长每周陪餐几次？", Filters(documents=("d1",)))
    assert all(citation.document.id == "d1" for citation in found.citations)
    assert all(hit.document.id == "d1" for hit in found.nearest)


def test_answers_by_words_alone(searcher: Searcher) -> None:
    found = answer(searcher, "校长每周陪餐几次？", mode="bm25")
    assert found.sentences[0].text == "校长每周陪餐不少于3次，陪餐情况应当公示。"


@pytest.mark.parametrize("question", ["", "  \n ", "问" * 10_000])
def test_refuses_an_empty_or_overlong_question_in_one_line(
    searcher: Searcher, question: str
) -> None:
    with pytest.raises(QueryError) as refused:
        answer(searcher, question)
    assert "\n" not in str(refused.value)


def test_an_empty_library_answers_that_it_found_nothing(tmp_path: Path) -> None:
    library = Library(tmp_path / "empty", lambda name: KeywordEncoder())
    found = answer(Searcher(library), "体育课每周几节？")
    assert (found.status, found.nearest, found.confidence) == ("not_found", [], 0.0)


# --- a clause that is named -------------------------------------------------------------------


def quotes(searcher: Searcher, question: str) -> list[tuple[str, str]]:
    found = answer(searcher, question)
    assert [s.text for s in found.sentences] == [c.quote for c in found.citations]
    assert (found.status == "answered") == bool(found.citations)
    return [(citation.address, citation.quote) for citation in found.citations]


SECOND = RULES[RULES.index("第二条") :].strip()


@pytest.mark.parametrize(
    "question",
    [
        "青禾县学校管理办法第二条写了什么？",
        "《青禾县学校管理办法》第2条的内容",
        "青禾縣學校管理辦法第二條規定了什麼",
        "第二条",
        "第二条的原文是什么？",
        "青禾县学校管理办法第二条规定教师怎样培训",
    ],
)
def test_a_clause_that_is_named_is_quoted_whole(searcher: Searcher, question: str) -> None:
    assert quotes(searcher, question) == [("第二条", SECOND)]
    found = answer(searcher, question)
    assert (found.confidence, found.nearest, found.remarks) == (1.0, [], [])


def test_a_part_that_is_named_is_quoted_alone(searcher: Searcher) -> None:
    asked = quotes(searcher, "青禾县学校管理办法第二条第二款讲了什么")
    assert asked == [("第二条第二款", SECOND.splitlines()[1])]


def test_of_a_heading_that_is_named_every_item_is_quoted(searcher: Searcher) -> None:
    asked = quotes(searcher, "《青禾县学校发展方案》一、的内容")
    assert [address for address, _ in asked] == ["一、（一）", "一、（二）"]
    assert all(quote in PLAN for _, quote in asked)


def test_two_clauses_that_are_named_are_both_quoted(searcher: Searcher) -> None:
    asked = quotes(searcher, "青禾县学校管理办法第二条和《青禾县学校发展方案》二、（一）")
    assert [address for address, _ in asked] == ["第二条", "二、（一）"]


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("青禾县学校管理办法第九条写了什么", "no_clause"),
        ("青禾县学校管理办法第二条第九款规定校长每周陪餐几次", "no_clause"),
        ("《白沙市学校管理办法》第二条写了什么", "no_title"),
        ("《白沙市学校管理办法》的内容是什么", "no_title"),
        ("第九十九条", "no_address"),
        ("青教发〔2020〕99号写了什么", "no_number"),
    ],
)
def test_no_other_clause_stands_in_for_one_that_is_not_there(
    searcher: Searcher, question: str, kind: str
) -> None:
    found = answer(searcher, question)
    assert (found.status, found.sentences, found.confidence) == ("not_found", [], 0.0)
    assert found.nearest
    assert [remark.kind for remark in found.remarks] == [kind]


def test_a_title_that_is_not_there_leaves_the_rest_of_a_question(searcher: Searcher) -> None:
    question = "按照《白沙市学校管理办法》第二条，校长每周陪餐不少于几次？"
    found = answer(searcher, question)
    assert found.sentences[0].text == SECOND.splitlines()[1]
    assert [remark.kind for remark in found.remarks] == ["no_title"]


def test_the_first_clauses_of_many_are_quoted_and_the_others_mentioned(
    searcher: Searcher,
) -> None:
    items = "".join(f"（{'一二三四五六七八九十'[n]}）事务{n}。按规定办理。\n" for n in range(10))
    long = parse("d3", "long.txt", f"白沙市事务清单\n一、事务\n{items}二、其他\n")
    searcher.library.put(long, Report())
    found = answer(searcher, "《白沙市事务清单》一、有哪些内容")
    assert len(found.citations) == CLAUSES_READ
    assert [remark.kind for remark in found.remarks] == ["more_clauses"]


def test_a_clause_longer_than_a_passage_is_quoted_whole(searcher: Searcher) -> None:
    article = "第一条　" + "校舍应当每年检查一次，检查结果应当公示。" * 80
    searcher.library.put(parse("d4", "long.txt", f"白沙市校舍规定\n{article}\n"), Report())
    assert quotes(searcher, "白沙市校舍规定第一条") == [("第一条", article)]


def test_precise_address_prefers_the_smallest_holding_part() -> None:
    document = parse("d", "rules.txt", RULES)
    clause = document.clauses[-1]
    whole, inner = clause.parts[0], clause.parts[1]
    assert isinstance(whole, Part)
    assert precise_address(clause, inner.span) == inner.address
    assert precise_address(clause, clause.span) == clause.address


def test_sentences_end_without_spaces_and_run_over_stray_breaks() -> None:
    text = "第一句。第二句！（第三句？）\n实施提升计划，\n落实管理办法。\n\n末行没有句号"
    pieces = [text[s.start : s.end] for s in split_sentences(text, Span(0, len(text)))]
    assert pieces == [
        "第一句。",
        "第二句！",
        "（第三句？）",
        "实施提升计划，\n落实管理办法。",
        "末行没有句号",
    ]
