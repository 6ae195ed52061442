"""The screen of evaluation: runs in the background, what is shown of them, and labelling."""

import json
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from corpus import Span, parse
from corpus.markup import Html
from eval.configurations import Configuration
from eval.sets import Question, QuestionSet, SetError, read_set, resolve
from eval.sets.documents import gold_names
from index import Library
from index.backup import back_up
from index.encoders import TextKind, Vectors
from index.restoring import restore
from retrieval import Searcher
from tests.fakes import CANTEEN, PLAN, KeywordEncoder
from tests.questions import CANTEEN_TITLE, ROWS, write_questions
from ui import chosen_sets, evaluate_view
from ui.access import AccessError
from ui.errors import explain, explain_mistake
from ui.evaluate_export import written
from ui.evaluate_view import FORMATS, Chosen
from ui.evaluating import FIGURES, Evaluating, EvaluationError, Look
from ui.evaluation import Evaluation
from ui.kept_sets import FILE, MOST_QUESTIONS, MOST_SETS, LabelError
from ui.label import added, drafted
from ui.label_view import listing
from ui.labelling import Labelling, gold_of
from ui.marking import Drawn, Marking, Open
from ui.measure import before, begun, ended
from ui.watching import BrokenOff

HOSTILE = "<img src=x onerror=alert(1)></li><script>alert(2)</script>"
SECONDS = 30
BM25 = Configuration("bm25", mode="bm25")
HYBRID = Configuration("hybrid")
SET = "我的题集"


class GatedEncoder(KeywordEncoder):
    """Encodes a question when it is let to; passages at once."""

    def __init__(self) -> None:
        super().__init__()
        self.reached, self.gate = threading.Semaphore(0), threading.Semaphore(0)
        self.waits = self.breaks = False

    def encode(self, texts: list[str], kind: TextKind) -> Vectors:
        if kind == "query" and self.breaks:
            raise RuntimeError("broken")
        if kind == "query" and self.waits:
            self.reached.release()
            assert self.gate.acquire(timeout=SECONDS)
        return super().encode(texts, kind)


@pytest.fixture
def encoder() -> GatedEncoder:
    return GatedEncoder()


@pytest.fixture
def filled(tmp_path: Path, encoder: GatedEncoder) -> Library:
    library = Library(tmp_path / "filled", lambda name: encoder)
    library.put_all(
        parse(name, f"{name}.txt", text) for name, text in (("canteen", CANTEEN), ("plan", PLAN))
    )
    library.embed()
    return library


@pytest.fixture
def questions(tmp_path: Path) -> QuestionSet:
    return read_set(write_questions(tmp_path / "mine.jsonl"))


@pytest.fixture
def evaluation(filled: Library) -> Evaluation:
    return Evaluation(filled, Searcher(filled))


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Look, Library]]:
    """What an evaluation in two configurations came to."""
    folder = tmp_path_factory.mktemp("finished")
    library = Library(folder / "library", lambda name: KeywordEncoder())
    library.put_all([parse("canteen", "canteen.txt", CANTEEN), parse("plan", "plan.md", PLAN)])
    library.embed()
    runs = Evaluating(library)
    runs.start(read_set(write_questions(folder / "mine.jsonl")), [BM25, HYBRID])
    (*_, end) = runs.watch()
    yield end, library


# --- in the background ------------------------------------------------------------------------


def test_each_configuration_is_told_and_the_results_stay(
    filled: Library, encoder: GatedEncoder, questions: QuestionSet
) -> None:
    runs = Evaluating(filled)
    encoder.waits = True
    runs.start(questions, [HYBRID])
    assert encoder.reached.acquire(timeout=SECONDS)
    look = runs.look()
    assert (look.running, look.stage, look.done, look.total) == (True, "hybrid", 0, 6)
    assert look.judged == ()
    with pytest.raises(EvaluationError, match="mine is being evaluated"):
        runs.start(questions, [BM25])
    encoder.waits = False
    encoder.gate.release()
    looks = list(runs.watch())
    end = looks[-1]
    assert not end.running
    assert end.error is None
    assert [one.name for one in end.judged] == ["hybrid"]
    assert end.stage == FIGURES
    assert list(runs.watch()) == []  # it was told
    assert runs.look().judged == end.judged  # and stays for whoever comes back


def test_a_stopped_evaluation_has_no_figures(
    filled: Library, encoder: GatedEncoder, questions: QuestionSet
) -> None:
    runs = Evaluating(filled)
    encoder.waits = True
    runs.start(questions, [HYBRID, BM25])
    assert encoder.reached.acquire(timeout=SECONDS)
    runs.cancel()
    assert runs.look().stopping
    encoder.waits = False
    encoder.gate.release()
    (*_, end) = runs.watch()
    assert (end.judged, end.error) == ((), None)
    assert "没有结果" in ended(end, "zh")
    runs.start(questions, [BM25])  # another one can begin
    (*_, end) = runs.watch()
    assert len(end.judged) == 1


def test_gold_that_the_library_lacks_is_told_with_its_lines(
    filled: Library, tmp_path: Path
) -> None:
    rows = [
        ROWS[0],
        {"question": "甲？", "gold": [{"document": "没有的文件", "address": "第一条"}]},
        {"question": "乙？", "gold": [{"document": CANTEEN_TITLE, "quote": "没有的原文"}]},
    ]
    runs = Evaluating(filled)
    runs.start(read_set(write_questions(tmp_path / "odd.jsonl", rows)), [BM25])
    (*_, end) = runs.watch()
    assert isinstance(end.error, SetError)
    html = ended(end, "zh")
    assert "有 2 处问题" in html
    assert "第 2 行" in html
    assert "资料库里没有叫“没有的文件”的文件" in html
    assert "文件里没有“没有的原文”这句话" in html
    assert str(tmp_path) not in html


def test_an_evaluation_that_breaks_off_says_so(
    filled: Library,
    encoder: GatedEncoder,
    questions: QuestionSet,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reported = threading.Event()
    monkeypatch.setattr(threading, "excepthook", lambda _: reported.set())
    runs = Evaluating(filled)
    encoder.breaks = True
    runs.start(questions, [HYBRID])
    (*_, end) = runs.watch()
    assert isinstance(end.error, BrokenOff)
    assert not end.running
    assert reported.wait(SECONDS)
    assert "中断了" in ended(end, "zh")


# --- what is chosen ---------------------------------------------------------------------------


def test_a_choice_means_a_set_and_its_configurations(
    evaluation: Evaluation, questions: QuestionSet
) -> None:
    labelling = evaluation.labelling
    labelling.add("自己的", questions.questions)
    offered = dict(chosen_sets.sets(labelling, questions, "zh"))
    assert offered["自己的（自己的）"] == "kept 自己的"
    assert offered["mine（上传的）"] == chosen_sets.UPLOADED
    assert offered["示例题集"] == "committed sample"
    kept = chosen_sets.asked(labelling, "kept 自己的", ("bm25", ""), None)
    assert kept is not None
    assert kept.questions.questions == questions.questions
    assert [one.name for one in kept.configurations] == ["bm25"]
    given = chosen_sets.asked(labelling, "uploaded", ("hybrid", "bm25"), questions)
    assert given is not None
    assert given.questions is questions
    assert [one.name for one in given.configurations] == ["hybrid", "bm25"]
    sample = chosen_sets.asked(labelling, "committed sample", ("bm25",), None)
    assert sample is not None
    assert sample.configurations[0].day is not None  # the day of which its gold speaks
    for choice in (None, "", "uploaded", "committed nothing", "odd"):
        assert chosen_sets.asked(labelling, choice, ("bm25",), None) is None


def test_an_uploaded_set_is_deleted_and_every_mistake_told(tmp_path: Path) -> None:
    path = tmp_path / "odd.jsonl"
    path.write_text('{"question": "甲？", "gold": 3}\nnothing\n{"gold": []}\n', "utf-8")
    with pytest.raises(SetError) as caught:
        chosen_sets.uploaded(path)
    assert not path.exists()
    assert str(tmp_path) not in str(caught.value)
    html = evaluate_view.mistakes(caught.value, "zh")
    assert [f"第 {line} 行" in html for line in (1, 2, 3)] == [True] * 3
    assert "这一行不是 JSON" in html
    assert "没有写问题" in html


def test_what_cannot_be_begun_is_said(
    evaluation: Evaluation, questions: QuestionSet, tmp_path: Path
) -> None:
    assert "请先选一个题集" in begun(evaluation, (None, "bm25", ""), None, "zh")
    assert "没有叫 nothing 的配置" in begun(
        evaluation, ("uploaded", "nothing", ""), questions, "zh"
    )
    empty = Library(tmp_path / "empty", lambda name: KeywordEncoder())
    nothing = Evaluation(empty, Searcher(empty))
    assert "先添加文件" in begun(nothing, ("uploaded", "bm25", ""), questions, "zh")
    assert "go_to_library" in str(before(nothing, "zh"))
    html = begun(evaluation, ("uploaded", "bm25", "bm25"), questions, "zh")
    assert html.count("<progress") == 2  # the same one twice is one, and the figures
    (*_, end) = evaluation.runs.watch()
    assert len(end.judged) == 1


def test_who_may_only_read_is_told_so(filled: Library, questions: QuestionSet) -> None:
    evaluation = Evaluation(filled, Searcher(filled), may_change=False)
    for reach in (lambda: evaluation.runs, lambda: evaluation.labelling):
        with pytest.raises(AccessError):
            reach()
    for html in (
        begun(evaluation, ("uploaded", "bm25", ""), questions, "zh"),
        before(evaluation, "zh"),
        Marking(evaluation).act("write_question", SET, Open(), "zh", press(asked="甲？"))[1],
    ):
        assert "请找编辑或管理员" in str(html)
    assert not (filled.folder / FILE).exists()


# --- what is shown ----------------------------------------------------------------------------


def test_progress_shows_each_stage_and_the_way_to_stop(
    filled: Library, encoder: GatedEncoder, questions: QuestionSet
) -> None:
    runs = Evaluating(filled)
    encoder.waits = True
    runs.start(questions, [BM25, HYBRID])
    assert encoder.reached.acquire(timeout=SECONDS)  # bm25 asks no encoder
    html = evaluate_view.progress(runs.look(), "zh")
    assert html.count("<progress") == 3
    assert 'aria-current="step"' in html
    assert re.search(r'<progress value="1" max="1" aria-label="bm25">', html)
    assert re.search(r'<progress value="0" max="6" aria-label="hybrid">', html)
    assert 'data-act="stop_evaluation"' in html
    runs.cancel()
    assert "disabled" in evaluate_view.progress(runs.look(), "zh")
    encoder.waits = False
    encoder.gate.release()
    assert list(runs.watch())


def test_results_and_wrong_questions_are_drawn(finished: tuple[Look, Library]) -> None:
    look, library = finished
    html = evaluate_view.results(look, "zh")
    assert [f'data-format="{name}"' in html for name in FORMATS] == [True] * len(FORMATS)
    assert "逐题比较：hybrid 与 bm25" in html
    assert html.count("<svg") == 1
    wrong = evaluate_view.wrong(look.judged, library, Chosen(1), "zh")
    assert 'data-act="choose_run" data-run="1" aria-current="page"' in wrong
    wrong = evaluate_view.wrong(look.judged, library, Chosen(), "zh")
    (item,) = re.findall(r'<li data-question="q6">.*?</li></ul></div></div></li>', wrong)
    assert re.search(r'data-act="open_document" data-document="canteen" data-spans="\d+-\d+"', item)
    assert "正确出处" in item
    assert evaluate_view.wrong(look.judged, library, Chosen(9, 9), "zh")  # the nearest there is
    assert evaluate_view.wrong((), library, Chosen(), "zh") == ""


@pytest.mark.parametrize("format_", FORMATS)
def test_results_are_taken_away(
    format_: str, finished: tuple[Look, Library], tmp_path: Path
) -> None:
    look, library = finished
    path = written(look, 1, format_, tmp_path, library, "zh")
    text = path.read_text("utf-8-sig")
    assert path.name.startswith("mine")
    told = {
        "html": lambda: "<!DOCTYPE html>" in text,
        "json": lambda: (
            [run["record"]["configuration"]["name"] for run in json.loads(text)["runs"]]
            == ["bm25", "hybrid"]
        ),
        "csv": lambda: text.count("校长每周要在食堂陪餐几次") == 2,
        "md": lambda: "| nDCG@10 |" in text,
        "trec": lambda: all(len(line.split()) == 6 for line in text.splitlines()),
    }
    assert told[format_]()


def test_no_other_format_is_written(finished: tuple[Look, Library], tmp_path: Path) -> None:
    look, library = finished
    with pytest.raises(ValueError, match="expected results as"):
        written(look, 0, "../x", tmp_path, library, "zh")
    with pytest.raises(ValueError, match="expected results as"):
        written(look._replace(judged=()), 0, "json", tmp_path, library, "zh")


# --- labelling: what is kept ------------------------------------------------------------------


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
    with pytest.raises(SetError, match="accept some"):
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


def test_every_mistake_of_a_set_is_said_in_chinese(filled: Library, tmp_path: Path) -> None:
    """Of gold that is not there or not certain, and of rows; those of files are `ReadError`s."""
    golds = [
        {"document": "没有的文件", "quote": "甲"},
        {"document": CANTEEN_TITLE, "quote": "没有的原文"},
        {"document": CANTEEN_TITLE, "quote": "食堂"},
        {"document": CANTEEN_TITLE, "quote": "办法。\n第二条"},
        {"document": CANTEEN_TITLE, "address": "第九十九条"},
        {"document": CANTEEN_TITLE},
        {"clause": "d000000000000-0001"},
        {"clause": "canteen-0099"},
        {"document": "白沙", "clause": "canteen-0001"},
    ]
    rows = [{"question": f"{n}？", "gold": [gold]} for n, gold in enumerate(golds)]
    path = write_questions(tmp_path / "gold.jsonl", rows)
    documents = [filled.document(name) for name in ("canteen", "plan")]
    with pytest.raises(SetError) as unplaced:
        resolve(read_set(path), documents)
    assert len(unplaced.value.mistakes) == len(golds)
    odd = [
        {"gold": []},
        {"question": "甲？", "colour": 1},
        {"question": "乙？", "gold": [{"quote": "甲", "grade": 99.5}]},
        {"question": "丙？", "gold": [{}]},
        {"question": "丁？", "answerable": True},
        {"question": "戊？", "answerable": False, "gold": [{"quote": "甲"}]},
        {"question": "己？", "gold": [7]},
        {"id": "x", "question": "庚？"},
        {"id": "x", "question": "辛？"},
    ]
    with pytest.raises(SetError) as misread:
        read_set(write_questions(tmp_path / "rows.jsonl", odd))
    assert len(misread.value.mistakes) >= len(odd) - 1
    for _, said in (*unplaced.value.mistakes, *misread.value.mistakes):
        assert not explain_mistake(said, "zh").startswith("程序报告"), said


def test_errors_of_evaluating_are_said_in_chinese() -> None:
    line = "the configuration dense compares meanings, and x has no vectors yet: make them"
    assert "语义索引" in explain(line, "zh")
    assert explain(line, "en") == line
