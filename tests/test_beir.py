"""Question sets in the BEIR layout: indexed, run and measured end to end."""

import json
import sqlite3
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from eval.brought import Evaluation, KeptError, OpenEncoder, record_document
from eval.brought import evaluate as evaluate_set
from eval.configurations import DEPTH, Configuration
from eval.metrics import measure
from eval.sets import Record, SetError
from eval.sets.beir import read_beir
from index import Library, LibraryError
from index.encoders.names import E5_SMALL
from retrieval.ranking import MODES, Mode
from retrieval.search import Searcher
from tests.conftest import Run
from tests.fakes import KeywordEncoder, Opener

CORPUS = [
    {"_id": "r-1", "title": "食堂办法", "text": "学校食堂实行校长陪餐制度。"},
    {"_id": "2", "title": "", "text": "寄宿生每人每年补助1300元。"},
    {"_id": "3", "text": "第一条 校车每日不少于2班。\n第二条 校车司机应当培训。"},
    {"_id": "10", "title": "空", "text": ""},
    {"_id": 4, "text": "圖書館免費開放。"},
]
QUERIES = [
    {"_id": "q1", "text": "校长陪餐"},
    {"_id": "q2", "text": "校车"},
    {"_id": "q3", "text": "zzzz"},
    {"_id": "not judged", "text": "寄宿"},
]
QRELS = "query-id\tcorpus-id\tscore\nq1\tr-1\t2\nq2\t3\t1\nq2\t2\t1\nq3\t10\t1\n"


def lines(rows: list[Any]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    folder = tmp_path / "tiny"
    (folder / "qrels").mkdir(parents=True)
    (folder / "corpus.jsonl").write_text(lines(CORPUS), encoding="utf-8")
    (folder / "queries.jsonl").write_text(lines(QUERIES), encoding="utf-8")
    (folder / "qrels" / "dev.tsv").write_text(QRELS, encoding="utf-8")
    return folder


def test_a_record_is_a_document_cut_like_any_other() -> None:
    document = record_document(Record("x-1", "办法", "第一条 甲。\n第二条 乙。"))
    assert document.id == "x-1"
    assert document.metadata.title is not None
    assert document.quote(document.metadata.title.span) == document.metadata.title.value == "办法"
    articles = [clause for clause in document if clause.kind == "article"]
    assert [clause.address for clause in articles] == ["第一条", "第二条"]
    assert document.clause(articles[1].id) == articles[1]


# --- end to end -----------------------------------------------------------------------------


def evaluate(
    folder: Path,
    mode: Mode,
    opener: OpenEncoder,
    model: str | None = None,
    work: Path | None = None,
) -> Evaluation:
    settings = Configuration(mode, mode=mode, model=model, attribution=False)
    return evaluate_set(read_beir(folder, "dev"), settings, opener, work)


@pytest.mark.parametrize("mode", MODES)
def test_a_set_is_measured(dataset: Path, opener: Opener, mode: Mode) -> None:
    result = evaluate(dataset, mode, opener)
    assert result.run.keys() == {"q1", "q2", "q3"}
    assert next(iter(result.run["q2"])) == "3"
    assert result.metrics == measure(result.questions.qrels, result.run)
    assert (len(result.result.record.time.ms), result.index_seconds > 0) == (3, True)
    assert (opener.opened == {}) == (mode == "bm25")


def test_the_run_is_that_of_the_search(dataset: Path, opener: Opener) -> None:
    result = evaluate(dataset, "bm25", opener, work=dataset.parent / "work")
    (place,) = (dataset.parent / "work").iterdir()
    searcher = Searcher(Library(place, opener))
    for query, text in result.questions.queries.items():
        assert result.run[query] == searcher.rank_documents(text, "bm25", DEPTH)
    assert result.run["q3"] == {}


def test_an_index_that_was_kept_is_used_again(dataset: Path, opener: Opener) -> None:
    work = dataset.parent / "work"
    first = evaluate(dataset, "hybrid", opener, work=work)
    encoded = len(opener(None).passages)
    again = evaluate(dataset, "hybrid", opener, work=work)
    assert len(opener(None).passages) == encoded > 0
    assert (again.run, again.index_seconds) == (first.run, first.index_seconds)
    words = evaluate(dataset, "bm25", opener, work=work)
    assert 0 < words.index_seconds < first.index_seconds
    # Another corpus is another index.
    (dataset / "corpus.jsonl").write_text(lines(CORPUS[:3]), encoding="utf-8")
    evaluate(dataset, "bm25", opener, work=work)
    assert len(list(work.iterdir())) == 2


def test_a_kept_index_of_another_version_is_refused(dataset: Path, opener: Opener) -> None:
    evaluate(dataset, "bm25", opener, work=dataset.parent / "work")
    (place,) = (dataset.parent / "work").iterdir()
    with closing(sqlite3.connect(place / "library.db")) as connection, connection:
        connection.execute("UPDATE passages SET text_hash = x'00' WHERE clause_id LIKE '3-%'")
    with pytest.raises(KeptError, match="indexed by another version, which cuts '3'"):
        evaluate(dataset, "bm25", opener, work=dataset.parent / "work")


def test_another_encoder_of_a_kept_index_is_refused(dataset: Path, opener: Opener) -> None:
    evaluate(dataset, "hybrid", opener, work=dataset.parent / "work")
    with pytest.raises(LibraryError, match="youju reencode"):
        evaluate(dataset, "hybrid", opener, "other", dataset.parent / "work")


def test_an_index_of_a_former_default_is_not_taken_for_one_of_todays(
    dataset: Path, opener: Opener
) -> None:
    work = dataset.parent / "work"
    evaluate(dataset, "hybrid", lambda name: KeywordEncoder(E5_SMALL), work=work)
    with pytest.raises(KeptError, match=r"`youju reencode .*--model"):
        evaluate(dataset, "hybrid", opener, work=work)
    assert evaluate(dataset, "bm25", opener, work=work).run
    assert evaluate(dataset, "hybrid", opener, E5_SMALL, work).run
    assert list(opener.opened) == [E5_SMALL]


def test_a_query_that_cannot_be_asked_is_named(dataset: Path, opener: Opener) -> None:
    long = [{"_id": f"q{n}", "text": "问" * (n * 600)} for n in range(1, 4)]
    (dataset / "queries.jsonl").write_text(lines(long), encoding="utf-8")
    with pytest.raises(SetError, match="question 'q2': the question has 1200 characters"):
        evaluate(dataset, "bm25", opener)


def test_the_command_prints_its_shape_and_writes_the_run(
    dataset: Path, tmp_path: Path, youju: Run
) -> None:
    trec = tmp_path / "out.trec"
    result = youju("eval", dataset, "--split", "dev", "--mode", "bm25", "--run", trec, "--json")
    assert result.status == 0
    shape = result.json
    assert shape.keys() >= {"dataset", "split", "mode", "queries", "metrics", "ms_per_query"}
    assert (shape["dataset"], shape["split"], shape["mode"]) == ("tiny", "dev", "bm25")
    assert shape["queries"] == 3
    assert list(shape["metrics"]) == ["nDCG@10", "R@10", "R@100", "MRR@10", "hit@1"]
    assert shape["ms_per_query"].keys() == {"p50", "p95"}
    assert shape["index_seconds"] >= 0
    rows = [line.split(" ") for line in trec.read_text(encoding="utf-8").splitlines()]
    assert {(row[1], row[5], len(row)) for row in rows} == {("Q0", "youju-bm25", 6)}
    for query in ("q1", "q2"):
        own = [row for row in rows if row[0] == query]
        assert [int(row[3]) for row in own] == list(range(1, len(own) + 1))
        scores = [float(row[4]) for row in own]
        assert all(one > other for one, other in pairwise(scores))
    assert shape["metrics"] == measure_of(rows, dataset)


def measure_of(rows: list[list[str]], dataset: Path) -> dict[str, float]:
    """What another program finds in the file alone."""
    run: dict[str, dict[str, float]] = {}
    for query, _, record, _, score, _ in rows:
        run.setdefault(query, {})[record] = float(score)
    return measure(read_beir(dataset, "dev").qrels, run)


def test_the_command_says_what_it_measured(dataset: Path, youju: Run) -> None:
    result = youju("eval", dataset, "--split", "dev", "--mode", "bm25")
    assert result.out.startswith("tiny dev bm25: 3 queries\n  nDCG@10 ")


@pytest.mark.parametrize(
    "arguments",
    [
        ["eval", "{here}"],
        ["eval", "{here}/none", "--split", "dev"],
        ["eval", "{here}", "--split", "dev", "--run", "{here}/no/folder/out.trec"],
        ["eval", "{here}", "--split", "dev", "--work", "{here}/corpus.jsonl"],
    ],
)
def test_the_command_refuses_in_one_line(dataset: Path, youju: Run, arguments: list[str]) -> None:
    result = youju(*(argument.format(here=dataset) for argument in arguments))
    assert (result.status, result.out, len(result.complaints)) == (1, "", 1)
