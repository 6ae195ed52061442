"""Labelling on the screen of evaluation: what is kept of a question, and what the page shows."""

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from corpus import Span, parse
from corpus.markup import Html
from eval.sets import Question, QuestionSet, SetError, read_set, resolve
from eval.sets.documents import gold_names
from index import Library
from index.backup import back_up
from index.restoring import restore
from retrieval import Searcher
from tests.fakes import CANTEEN, PLAN, KeywordEncoder
from tests.questions import CANTEEN_TITLE, write_questions
from ui import evaluate_view
from ui.errors import explain
from ui.evaluation import Evaluation
from ui.kept_sets import FILE, MOST_QUESTIONS, MOST_SETS, LabelError
from ui.label import added, drafted
from ui.label_list import listing
from ui.labelling import Labelling, gold_of
from ui.marking import Drawn, Marking, Open

HOSTILE = "<img src=x onerror=alert(1)></li><script>alert(2)</script>"
SET = "我的题集"


@pytest.fixture
def filled(library: Library) -> Library:
    library.put_all([parse("canteen", "canteen.txt", CANTEEN), parse("plan", "plan.txt", PLAN)])
    library.embed()
    return library


@pytest.fixture
def evaluation(filled: Library) -> Evaluation:
    return Evaluation(filled, Searcher(filled))


@pytest.fixture
def labelling(filled: Library) -> Labelling:
    return Labelling(filled)


def only(labelling: Labelling) -> Question:
    (question,) = labelling.questions(SET)
    return question


def test_a_question_is_a_draft_until_it_is_accepted(filled: Library, labelling: Labelling) -> None:
    made = labelling.write(SET, " 校长多久陪餐一次？ ", "figure")
    assert (made.text, made.kind, made.draft) == ("校长多久陪餐一次？", "figure", True)
    assert labelling.write(SET, "校长多久陪餐一次？") == made  # it is there already
    with pytest.raises(SetError, match="no question: accept those"):
        labelling.question_set(SET)
    document = filled.document("canteen")
    start = document.text.index("校长每周陪餐")
    gold = gold_of(document, CANTEEN_TITLE, Span(start, start + 11), 2)
    labelling.mark(SET, made.id, gold)
    labelling.accept(SET, made.id)
    (read,) = labelling.question_set(SET).questions
    assert (read.answerable, read.kind, read.draft) == (True, "figure", False)
    assert (read.gold[0].document, read.gold[0].quote) == (CANTEEN_TITLE, "校长每周陪餐不少于3次")
    (resolved,) = resolve(labelling.question_set(SET), [document])
    assert resolved.places[0].span == Span(start, start + 11)


def test_gold_that_is_taken_away_makes_a_draft_again(filled: Library, labelling: Labelling) -> None:
    made = labelling.write(SET, "谁收管理费？")
    document = filled.document("canteen")
    clause = document.clauses[-1]
    for grade in (1, 2):  # marked anew, with another grade
        labelling.mark(SET, made.id, gold_of(document, CANTEEN_TITLE, clause.span, grade))
    labelling.accept(SET, made.id)
    assert [gold.grade for gold in only(labelling).gold] == [2]
    assert only(labelling).draft is False
    labelling.unmark(SET, made.id, 0)
    assert (only(labelling).answerable, only(labelling).draft) == (False, True)
    labelling.accept(SET, made.id)
    assert only(labelling).kind == "unanswerable"


def test_a_question_gets_other_words_and_a_kind_that_fits(
    filled: Library, labelling: Labelling
) -> None:
    made = labelling.write(SET, "甲？", "nothing like it")
    assert made.kind == "unsorted"
    labelling.revise(SET, made.id, " 乙？ ", "unanswerable")
    assert (only(labelling).text, only(labelling).kind) == ("乙？", "unanswerable")
    document = filled.document("plan")
    labelling.mark(SET, made.id, gold_of(document, "白沙", document.clauses[-2].span, 2))
    assert only(labelling).kind == "unsorted"
    with pytest.raises(LabelError, match="as a kind"):
        labelling.revise(SET, made.id, "乙？", "nothing like it")
    other = labelling.write(SET, "丙？")
    with pytest.raises(LabelError, match="has these words"):
        labelling.revise(SET, other.id, "乙？", "lay")


def test_drafts_are_added_once_and_rejected(labelling: Labelling) -> None:
    rows = [Question(n, f"q{n}", f"问题{n}？", "lay", False, (), draft=True) for n in (1, 2)]
    assert labelling.add(SET, rows) == 2
    assert labelling.add(SET, rows) == 0
    other = Question(1, "q1", "另一个？", "lay", False, (), draft=True)
    assert labelling.add(SET, [other]) == 1  # its id is taken: it gets another
    ids = [one.id for one in labelling.questions(SET)]
    assert len(set(ids)) == 3
    for id_ in ids:
        labelling.reject(SET, id_)
    assert labelling.names() == []  # nothing is left of an empty set
    with pytest.raises(LabelError, match="no longer"):
        labelling.accept(SET, "q1")


def test_a_set_has_a_plain_name_and_an_end(labelling: Labelling, filled: Library) -> None:
    for name in ("", "../x", "a/b", "a.b", "x" * 41, " ", "\x00", "a\nb"):
        with pytest.raises(LabelError, match="as the name of a set"):
            labelling.write(name, "甲？")
    made = labelling.write(" 二〇二六（初稿） ", "甲？")
    assert labelling.questions("二〇二六（初稿）") == [made]
    labelling.reject("二〇二六（初稿）", made.id)
    many = [Question(n, str(n), str(n), "lay", False, ()) for n in range(MOST_QUESTIONS + 1)]
    with pytest.raises(LabelError, match="at most"):
        labelling.add(SET, many)
    assert labelling.names() == []


def test_there_is_an_end_to_the_sets(labelling: Labelling) -> None:
    for n in range(MOST_SETS):
        labelling.write(str(n), "甲？")
    with pytest.raises(LabelError, match="sets are kept already"):
        labelling.write("more", "甲？")
    labelling.write("7", "乙？")
    assert len(labelling.names()) == MOST_SETS


def test_sets_are_files_and_survive_a_backup(
    filled: Library, labelling: Labelling, tmp_path: Path
) -> None:
    labelling.add(SET, read_set(write_questions(tmp_path / "mine.jsonl")).questions)
    labelling.write(SET, "还没有依据？")
    path = labelling.write_file(SET, tmp_path)
    assert path.name == f"{SET}.jsonl"
    assert list(read_set(path, drafts=True).questions) == labelling.questions(SET)
    assert labelling.question_set(SET).questions == read_set(path).questions
    again = tmp_path / "again"
    back_up(filled.folder, tmp_path / "library.zip", (FILE,))
    restore(tmp_path / "library.zip", again, (FILE,))
    restored = Labelling(Library(again, lambda name: KeywordEncoder()))
    assert restored.questions(SET) == labelling.questions(SET)


def test_a_damaged_file_of_sets_is_one_line(filled: Library, labelling: Labelling) -> None:
    (filled.folder / FILE).write_bytes(b"nothing like a database" * 99)
    for ask in (labelling.names, lambda: labelling.questions(SET)):
        with pytest.raises(LabelError, match="cannot be kept or read") as caught:
            ask()
        assert "题集没有保存" in explain(caught.value, "zh")


def test_gold_says_which_of_several_places_it_is() -> None:
    text = "红枫镇图书办法\n第一条　图书免费。图书免费。\n第二条　图书免费。\n"
    document = parse("d", "d.txt", text)
    starts = [found.start() for found in re.finditer("图书免费", text)]
    golds = [gold_of(document, "红枫镇图书办法", Span(n, n + 4), 2) for n in starts]
    assert [gold.occurrence for gold in golds] == [1, 2, 3]
    assert gold_of(document, "x", Span(0, 7), 2).occurrence is None
    whole = gold_of(document, "x", Span(starts[0], len(text)), 2)
    assert whole.quote == "图书免费。图书免费。"  # not beyond its clause
    for nothing in (Span(5, 5), Span(9, 4), Span(len(text) + 3, len(text) + 9)):
        with pytest.raises(LabelError, match="nothing is marked"):
            gold_of(document, "x", nothing, 2)


def test_documents_of_one_title_are_told_apart_by_their_files() -> None:
    first, second = parse("a", "a.txt", CANTEEN), parse("b", "b.txt", CANTEEN)
    third = parse("c", "b.txt", CANTEEN)
    assert gold_names([first]) == {"a": CANTEEN_TITLE}
    assert gold_names([first, second]) == {"a": "a.txt", "b": "b.txt"}
    assert gold_names([first, second, third]) == {"a": "a.txt", "b": "b", "c": "c"}


# --- labelling: the page ----------------------------------------------------------------------


def press(**data: Any) -> SimpleNamespace:
    """What a button tells."""
    return SimpleNamespace(**data)


def test_a_question_is_written_marked_and_accepted_on_the_page(evaluation: Evaluation) -> None:
    marking = Marking(evaluation)

    def act(name: str, opened: Open, **data: Any) -> Drawn:
        return marking.act(name, SET, opened, "zh", press(**data))

    opened, said, one, _ = act("write_question", Open(), asked="校长每周陪餐几次？")
    assert opened.question
    assert said == ""
    found = re.search(
        r'data-document="canteen" data-start="(\d+)" data-end="(\d+)" data-grade="2"', one
    )
    assert found
    start = evaluation.library.document("canteen").text.index("不少于3次")
    marked = {"document": "canteen", "start": str(start), "end": str(start + 5), "grade": "2"}
    _, _, one, rows = act("mark_gold", opened, **marked)
    assert '<mark id="gold-canteen-0002-1">不少于3次</mark>' in one
    assert "1 处依据" in rows
    _, said, one, _ = act("revise_question", opened, asked="校长每周陪餐几次", kind="figure")
    assert "已改写" in said
    act("revise_question", opened, asked="校长每周陪餐几次？", kind="figure")
    _, said, one, rows = act("accept_question", opened)
    assert "已采用：校长每周陪餐几次？" in said
    assert one == ""  # no draft is left to go on with
    assert "共 1 题，已采用 1 题，待核对 0 题" in rows
    _, _, one, _ = act("unmark_gold", opened, place="0")
    assert "还没有标出依据" in one


def test_verdicts_lead_to_the_next_draft(evaluation: Evaluation) -> None:
    for n in range(3):
        evaluation.labelling.write(SET, f"问题{n}？")
    first, second, third = (one.id for one in evaluation.labelling.questions(SET))
    marking = Marking(evaluation)

    def after(act: str, opened: str, question: str = "") -> str:
        return marking.act(act, SET, Open(opened), "zh", press(question=question))[0].question

    assert after("next_question", second) == third
    assert after("next_question", third) == first
    assert after("reject_question", first, third) == first  # another one than is open
    assert after("accept_question", first) == second
    assert after("accept_question", second) == ""


def test_what_cannot_be_done_is_said_on_the_page(evaluation: Evaluation) -> None:
    marking = Marking(evaluation)
    assert (
        "请先写下您的问题" in marking.act("write_question", SET, Open(), "zh", press(asked=" "))[1]
    )
    assert (
        "题集的名称" in marking.act("write_question", "../x", Open(), "zh", press(asked="甲？"))[1]
    )
    gone = marking.act("accept_question", SET, Open("gone"), "zh", press())
    assert "已经不在题集里" in gone[1]


def test_gold_that_is_not_here_is_shown_as_such(evaluation: Evaluation, tmp_path: Path) -> None:
    rows = [
        {
            "question": "甲？",
            "gold": [{"document": "没有的文件", "quote": "不在这里"}],
            "draft": True,
        }
    ]
    path = write_questions(tmp_path / "drafts.jsonl", rows)
    opened, said, _, html = added(evaluation, path, SET, "zh")
    assert "加入了 1 题" in said
    assert not path.exists()
    (id_,) = re.findall(r'data-act="open_question" data-question="(\w[\w-]*)"', html)
    one = Marking(evaluation).act("open_question", SET, opened, "zh", press(question=id_))[2]
    assert "资料库里找不到这处" in one
    assert "不在这里" in one
    (tmp_path / "bad.jsonl").write_text("nothing\n", "utf-8")
    assert "第 1 行" in added(evaluation, tmp_path / "bad.jsonl", SET, "zh")[1]


def test_questions_are_proposed_each_time_others(evaluation: Evaluation) -> None:
    _, said, _, html = drafted(evaluation, SET, "zh")
    count = len(evaluation.labelling.questions(SET))
    assert count > 3
    assert f"加入了 {count} 题" in said
    assert html.count('data-draft="true"') == min(count, 20)
    drafted(evaluation, SET, "zh")
    texts = [one.text for one in evaluation.labelling.questions(SET)]
    assert len(set(texts)) == len(texts) >= count
    documents = [evaluation.library.document(name) for name in ("canteen", "plan")]
    every = QuestionSet(Path(SET), None, tuple(evaluation.labelling.questions(SET)))
    assert resolve(every, documents)  # each is found where it says


def test_what_people_write_stays_text(evaluation: Evaluation) -> None:
    made = evaluation.labelling.write(SET, f"校车{HOSTILE}")
    drawn = Marking(evaluation).drawn(SET, Open(made.id), "zh")
    error = SetError(Path(HOSTILE), [(3, f"{HOSTILE} stands in line 1 already")])
    for html in (*drawn[2:], evaluate_view.mistakes(error, "zh")):
        assert isinstance(html, Html)
        assert "&lt;script&gt;" in html
        assert not re.search(r"<(img|script)", html)


def test_a_long_set_is_paged_with_drafts_first() -> None:
    many = [Question(n, f"q{n}", f"{n}？", "lay", False, (), draft=n == 44) for n in range(45)]
    first = listing(many, 1, "zh")
    assert first.index('data-question="q44"') < first.index('data-question="q0"')
    assert first.count("<li") == 20
    assert 'data-act="turn_page" data-page="2"' in first
    assert listing(many, 3, "zh").count("<li") == 5
