"""`youju eval` over a library and over a BEIR folder: what it prints, writes and refuses."""

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from eval.configurations import read_configurations
from eval.expected import read_sets
from eval.metrics import per_question
from eval.running import run
from eval.sets import read_set
from eval.statistics import compare_all
from index import Library
from tests.conftest import Run
from tests.fakes import FILES, Opener
from tests.own_questions import QUESTIONS, write_set


@pytest.fixture
def own(tmp_path: Path, youju: Run, sources: Path) -> Path:
    """A set about the library in `tmp_path / "library"`, which is filled."""
    assert youju("add", sources).status == 0
    return write_set(tmp_path / "own.jsonl")


@pytest.fixture
def results(own: Path, tmp_path: Path, opener: Opener) -> Callable[[str], object]:
    library = Library(tmp_path / "library", opener)
    return lambda name: run(read_set(own), library, read_configurations()[name])


def trec(path: Path) -> list[list[str]]:
    return [line.split(" ") for line in path.read_text("utf-8").splitlines()]


# --- one configuration ----------------------------------------------------------------------


def test_a_set_is_measured_over_a_library(own: Path, youju: Run) -> None:
    result = youju("eval", own, "--json")
    assert result.status == 0
    (shape,) = result.json["results"]
    assert result.json["comparison"] is None
    assert (shape["questions"], shape["answerable"]) == (4, 3)
    assert shape["measures"]["hit@1"].keys() == {"value", "low", "high", "n"}
    assert [group["name"] for group in shape["by_kind"]] == ["figure", "unanswerable", "lay"]
    assert shape["attribution"]["n"] == 3
    assert shape["refusal"] is None
    assert [one["id"] for one in shape["outcomes"]] == [row["id"] for row in QUESTIONS]
    record = shape["record"]
    assert record["configuration"]["mode"] == "hybrid"
    assert (record["set"]["name"], record["library"]["documents"]) == ("own", len(FILES))


def test_people_read_a_table(own: Path, youju: Run) -> None:
    result = youju("eval", own, "--answers")
    assert result.status == 0
    lines = result.out.splitlines()
    assert lines[0].startswith("hybrid: own ")
    assert lines[2] == "4 questions, 3 of them with an answer"
    assert any(line.startswith("nDCG@10 ") and " to " in line for line in lines)
    for title in ("by kind", "by shared words", "found among the first 10, of 3:", "answers and"):
        assert any(line.startswith(title) for line in lines)
    assert any(line.split()[0:1] == ["AUROC"] for line in lines)
    assert any("hybrid" in part and "4/4" in part for part in result.err.split("\r"))


def test_options_make_a_configuration(own: Path, youju: Run) -> None:
    shape = youju("eval", own, "--mode", "bm25", "--answers", "--json").json["results"][0]
    settings = shape["record"]["configuration"]
    assert (settings["name"], settings["mode"], settings["answers"]) == ("bm25", "bm25", True)
    assert shape["record"]["encoder"] is None
    assert shape["refusal"]["answerable"] == 3
    assert shape["attribution"]["n"] == 0


def test_a_set_with_a_dev_split_is_run_on_it(tmp_path: Path, own: Path, youju: Run) -> None:
    rows = [row | {"split": "dev" if n % 2 else "heldout"} for n, row in enumerate(QUESTIONS)]
    path = write_set(tmp_path / "split.jsonl", rows)

    def asked(*arguments: str) -> list[str]:
        shape = youju("eval", path, "--mode", "bm25", "--json", *arguments).json
        return [one["id"] for one in shape["results"][0]["outcomes"]]

    assert asked() == ["q2", "q4"]
    assert asked("--split", "heldout") == ["q1", "q3"]
    told = youju("eval", path, "--mode", "bm25").err
    assert "2 of 4 questions, those of the split dev" in told


# --- several configurations -----------------------------------------------------------------


def test_two_configurations_are_compared_question_by_question(own: Path, youju: Run) -> None:
    result = youju("eval", own, "--configuration", "dense", "--compare", "bm25", "hybrid", "--json")
    shapes = result.json["results"]
    names = [shape["record"]["configuration"]["name"] for shape in shapes]
    assert names == ["dense", "bm25", "hybrid"]
    comparison = result.json["comparison"]
    assert (comparison["first"], comparison["second"]) == ("bm25", "hybrid")
    for name, found in comparison["measures"].items():
        means = [shape["measures"][name]["value"] for shape in shapes[1:]]
        assert (found["first"], found["second"]) == (pytest.approx(means[0]), means[1])
        assert found["wins"] + found["losses"] + found["ties"] == shapes[1]["measures"][name]["n"]
        assert 0 <= found["p"] <= 1


def test_the_comparison_is_that_of_the_statistics(
    own: Path, youju: Run, results: Callable[[str], object]
) -> None:
    shape = youju("eval", own, "--compare", "dense", "bm25", "--json").json["comparison"]
    both = [per_question(results(name).outcomes) for name in ("dense", "bm25")]  # type: ignore[attr-defined]
    found = compare_all(*both)
    assert shape["measures"] == {name: one.shape() for name, one in found.items()}


def test_people_read_the_comparison(own: Path, youju: Run) -> None:
    lines = youju("eval", own, "--compare", "bm25", "hybrid").out.splitlines()
    assert "hybrid less bm25, question by question" in lines
    assert any(line.startswith("bm25: own ") for line in lines)
    (row,) = [line for line in lines if line.startswith("AP ") and "+" in line]
    assert len(row.split()) >= 10


def test_configurations_of_ones_own_are_read(tmp_path: Path, own: Path, youju: Run) -> None:
    path = tmp_path / "own.toml"
    path.write_text('[configurations.mine]\nmode = "bm25"\ntop = 2\n', "utf-8")
    shape = youju(
        "eval", own, "--configurations", path, "--configuration", "mine", "bm25", "--json"
    ).json
    mine, other = shape["results"]
    assert mine["record"]["configuration"]["top"] == 2
    assert other["record"]["configuration"]["name"] == "bm25"
    assert all(len(one["ranking"]) <= 2 for one in mine["outcomes"])


# --- files ----------------------------------------------------------------------------------


def test_runs_and_gold_are_written_for_other_programs(
    tmp_path: Path, own: Path, youju: Run
) -> None:
    import ir_measures

    path, qrels = tmp_path / "out.trec", tmp_path / "gold.txt"
    arguments = ("--configuration", "bm25", "dense", "--run", path, "--qrels", qrels, "--json")
    result = youju("eval", own, *arguments)
    assert result.status == 0
    assert not path.exists()
    for shape in result.json["results"]:
        name = shape["record"]["configuration"]["name"]
        written = tmp_path / f"out-{name}.trec"
        assert {row[5] for row in trec(written)} == {f"youju-{name}"}
        measures = [ir_measures.parse_measure(m) for m in ("nDCG@10", "AP", "RR@10")]
        judged = list(ir_measures.read_trec_qrels(str(qrels)))
        found = ir_measures.calc_aggregate(
            measures, judged, list(ir_measures.read_trec_run(str(written)))
        )
        for measure, known in zip(measures, ("nDCG@10", "AP", "MRR@10"), strict=True):
            assert found[measure] == pytest.approx(shape["measures"][known]["value"], abs=1e-6)
    assert {row[0] for row in trec(qrels)} == {"q1", "q2", "q4"}


def test_results_are_written_as_the_file_says(tmp_path: Path, own: Path, youju: Run) -> None:
    arguments = ("--configuration", "ask", "bm25", "--out")
    result = youju("eval", own, *arguments, tmp_path / "r.json", "--json")
    assert json.loads((tmp_path / "r.json").read_text("utf-8")) == result.json
    assert youju("eval", own, *arguments, tmp_path / "r.csv").status == 0
    with (tmp_path / "r.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["configuration"], row["id"]) for row in rows] == [
        (name, question["id"]) for name in ("ask", "bm25") for question in QUESTIONS
    ]
    by_id = {(row["configuration"], row["id"]): row for row in rows}
    for shape in result.json["results"]:
        for one in shape["outcomes"]:
            row = by_id[shape["record"]["configuration"]["name"], one["id"]]
            assert (row["rank"], row["question"]) == (str(one["rank"]), one["question"])
            assert row["answered"] == (
                "" if one["answer"] is None else "yes" if one["answer"]["answered"] else "no"
            )
    assert youju("eval", own, *arguments, tmp_path / "r.md").status == 0
    text = (tmp_path / "r.md").read_text("utf-8")
    assert "| measure | ask | bm25 |" in text
    assert result.json["results"][0]["record"]["library"]["fingerprint"] in text


def test_a_report_is_written(tmp_path: Path, own: Path, youju: Run) -> None:
    result = youju("eval", own, "--configuration", "bm25", "--report", tmp_path / "report")
    assert result.status == 0
    (page,) = (tmp_path / "report").iterdir()
    assert {"own", "bm25", "nDCG@10"} <= set(re.findall(r"[\w@]+", page.read_text("utf-8")))


# --- a BEIR folder --------------------------------------------------------------------------


@pytest.fixture
def beir(tmp_path: Path) -> Path:
    folder = tmp_path / "tiny"
    (folder / "qrels").mkdir(parents=True)
    corpus = [{"_id": n, "title": n, "text": text} for n, text in FILES.items()]
    (folder / "corpus.jsonl").write_text("\n".join(map(json.dumps, corpus)), "utf-8")
    (folder / "queries.jsonl").write_text('{"_id": "q", "text": "校长陪餐"}\n', "utf-8")
    (folder / "qrels" / "test.tsv").write_text("q\tcanteen.txt\t1\n", "utf-8")
    return folder


CONTRACT = ["dataset", "split", "mode", "queries", "metrics", "ms_per_query", "index_seconds"]


def test_a_beir_folder_keeps_its_shape(beir: Path, youju: Run) -> None:
    shape = youju("eval", beir, "--json").json
    assert list(shape) == CONTRACT
    assert (shape["dataset"], shape["split"], shape["mode"]) == ("tiny", "test", "hybrid")
    assert shape["metrics"] == {"nDCG@10": 1, "R@10": 1, "R@100": 1, "MRR@10": 1, "hit@1": 1}
    assert list(shape["ms_per_query"]) == ["p50", "p95"]


def test_a_beir_folder_is_compared_too(beir: Path, youju: Run, opener: Opener) -> None:
    result = youju("eval", beir, "--compare", "bm25", "hybrid", "--json")
    assert result.status == 0
    assert [one["questions"] for one in result.json["results"]] == [1, 1]
    assert result.json["results"][1]["attribution"]["n"] == 1
    # One index for both.
    passages = opener(None).passages
    assert len(passages) == len(set(passages))


# --- what is refused ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "name a question set, or --check"),
        (["{own}", "--check"], "--check runs the sets that come with Youju"),
        (["{own}", "--documents", "x"], "--documents belongs to --check"),
        (["--check", "--compare", "bm25", "dense"], "--compare goes with a question set, not with"),
        (["--check", "bm25", "--mode", "dense"], "--mode goes with a question set"),
        (["{own}", "--write-expected"], "--write-expected belongs to --check"),
        (["{own}", "--configuration", "bm25", "--mode", "dense"], "--mode is what a configuration"),
        (["{own}", "--compare", "bm25", "dense", "--rerank", "x"], "--rerank is what a"),
        (["{own}", "--compare", "bm25"], "expected 2 arguments"),
    ],
)
def test_arguments_that_do_not_go_together(
    own: Path, youju: Run, arguments: list[str], said: str
) -> None:
    result = youju("eval", *(argument.format(own=own) for argument in arguments))
    assert (result.status, result.out) == (2, "")
    assert said in result.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["{own}", "--configuration", "none"],
            "unknown configuration 'none', expected one of bm25",
        ),
        (
            ["{own}", "--configurations", "{here}/no.toml", "--compare", "bm25", "x"],
            "cannot be read",
        ),
        (["{own}", "--out", "r.xml"], "found .xml, expected one of .json, .csv, .md"),
        (["{own}", "--out", "{here}/no/r.csv"], "there is no folder"),
        (["{own}", "--run", "{here}/no/r.trec"], "there is no folder"),
        (["{own}", "--qrels", "{here}/no/q.txt"], "there is no folder"),
        (["{own}", "--report", "{own}"], "is a file: name a folder for the report"),
        (["{own}", "--work", "{here}"], "--work is for sets that bring their documents"),
        (["{own}", "--split", "train"], "has no question of the split 'train'"),
        (["{own}", "--library", "{here}/none"], "none"),
        (["{own}", "--configuration", "e5-small"], "was built with keywords: encode a copy"),
        (["{here}/none.jsonl"], "none.jsonl"),
        (["{here}/own.toml"], "found .toml, expected .jsonl"),
        (["{here}/sources"], "expected a BEIR folder"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    own: Path, tmp_path: Path, youju: Run, arguments: list[str], said: str
) -> None:
    before = set(tmp_path.iterdir())
    result = youju("eval", *(argument.format(own=own, here=tmp_path) for argument in arguments))
    assert (result.status, result.out, len(result.complaints)) == (1, "", 1)
    assert said in result.complaints[0]
    assert set(tmp_path.iterdir()) == before


def test_a_beir_folder_brings_its_documents(beir: Path, tmp_path: Path, youju: Run) -> None:
    result = youju("eval", beir, "--library", tmp_path / "elsewhere")
    assert (result.status, len(result.complaints)) == (1, 1)
    assert "brings its documents: leave --library out" in result.complaints[0]


class Interrupting(Opener):
    """Opens an encoder that is interrupted, as by Ctrl-C, at its second query."""

    def __call__(self, name: str | None):  # type: ignore[no-untyped-def]
        encoder = super().__call__(name)
        encode, asked = encoder.encode, []

        def interrupted(texts, kind):  # type: ignore[no-untyped-def]
            asked.extend([kind] if kind == "query" else [])
            if len(asked) == 2:
                raise KeyboardInterrupt
            return encode(texts, kind)

        encoder.encode = interrupted  # type: ignore[method-assign]
        return encoder


def test_an_interruption_leaves_a_line_and_no_file(
    own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import cli

    out = tmp_path / "out.json"
    folder = str(tmp_path / "library")
    arguments = ["eval", str(own), "--library", folder, "--mode", "dense", "--out", str(out)]
    assert cli.main(arguments, Interrupting()) == 130
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.splitlines()[-1].startswith(
        "youju: stopped: there are no figures of half a set"
    )
    assert not out.exists()


# --- the committed figures ------------------------------------------------------------------


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the samples are kept as a library from one check to the next."""
    return tmp_path_factory.mktemp("work")


def test_the_figures_of_words_alone_are_those_expected(work: Path, youju: Run) -> None:
    result = youju("eval", "--check", "bm25", "--work", work, "--json")
    assert result.status == 0, result.out
    figures = result.json["figures"]
    assert {figure["set"] for figure in figures} == {"sample"}
    assert len(figures) == len(read_sets()["sample"].expected["bm25"])
    assert all(figure["holds"] for figure in figures)
    (other,) = result.json["not_checked"]
    assert other["set"] == "education"
    assert "--documents FOLDER" in other["reason"]


def test_a_figure_that_moved_fails_the_check(work: Path, youju: Run) -> None:
    # The encoder of the tests knows five words: what meaning finds is not what is expected.
    result = youju("eval", "--check", "dense", "--work", work)
    assert result.status == 1
    lines = result.out.splitlines()
    assert any(line.startswith("OUTSIDE  sample dense nDCG@10") for line in lines)
    assert any(line.startswith("not checked: education") for line in lines)
    assert lines[-1].endswith("outside their tolerance")
    assert len(lines) == len(read_sets()["sample"].expected["dense"]) + 2


def test_a_check_refuses_names_that_are_unknown(youju: Run) -> None:
    result = youju("eval", "--check", "none")
    assert (result.status, len(result.complaints)) == (1, 1)
    assert "unknown configuration 'none'" in result.complaints[0]
