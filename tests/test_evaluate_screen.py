"""The screen of evaluation: runs in the background, what is shown of them, and labelling."""

import json
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from corpus import parse
from eval.configurations import Configuration
from eval.sets import QuestionSet, SetError, read_set, resolve
from index import Library
from index.encoders import TextKind, Vectors
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
from ui.kept_sets import FILE
from ui.marking import Marking, Open
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
    asked = SimpleNamespace(asked="甲？")
    for reach in (lambda: evaluation.runs, lambda: evaluation.labelling):
        with pytest.raises(AccessError):
            reach()
    for html in (
        begun(evaluation, ("uploaded", "bm25", ""), questions, "zh"),
        before(evaluation, "zh"),
        Marking(evaluation).act("write_question", SET, Open(), "zh", asked)[1],
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


# --- errors ---------------------------------------------------------------------------------


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
