"""Files of TREC: what other programs read in them is what was measured here."""

from io import StringIO
from pathlib import Path

import ir_measures
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.metrics import measure, strictly_ordered
from eval.sets import SetError, write_qrels, write_run
from eval.sets.trec import qrels_bytes, run_bytes, trec_id

NAMES = st.text(min_size=1, max_size=6).filter(lambda text: text.isascii() or text.isprintable())
RUNS = st.dictionaries(
    NAMES, st.dictionaries(NAMES, st.sampled_from([0.0, 0.1, 0.1 + 1e-12, 1 / 3, 2.0]), max_size=5),
    max_size=4,
)  # fmt: skip


def test_a_line_has_six_fields_best_first() -> None:
    run = {"问 1": {"r 1": 2.0, "r\t2": 2.0, "100%": 0.5}}
    lines = run_bytes(run, "youju hybrid").decode().splitlines()
    assert [line.split() for line in lines] == [
        ["问%201", "Q0", "r%201", "1", "2", "youju%20hybrid"],
        ["问%201", "Q0", "r%092", "2", "1.99999988", "youju%20hybrid"],
        ["问%201", "Q0", "100%25", "3", "0.5", "youju%20hybrid"],
    ]
    assert (
        qrels_bytes({"问 1": {"r\n1": 2, "r2": 0}}) == "问%201 0 r%0A1 2\n问%201 0 r2 0\n".encode()
    )


@given(st.text(max_size=8), st.text(max_size=8))
def test_two_names_stay_two_and_each_is_one_field(one: str, other: str) -> None:
    safe = [name.encode("utf-8", "ignore").decode() for name in (one, other)]
    assert (trec_id(safe[0]) == trec_id(safe[1])) == (safe[0] == safe[1])
    assert len(trec_id(safe[0]).split()) == (1 if safe[0] else 0)


@settings(max_examples=50, deadline=None)
@given(RUNS, st.data())
def test_the_files_hold_what_was_measured(
    run: dict[str, dict[str, float]], data: st.DataObject
) -> None:
    """Ranked best first, as every run is; judged are also queries that found nothing."""
    run = {q: dict(sorted(r.items(), key=lambda pair: -pair[1])) for q, r in run.items()}
    qrels: dict[str, dict[str, int]] = {"another": {"x": 1}}
    for query, ranking in run.items():
        if ranking:
            judged = data.draw(st.lists(st.sampled_from(list(ranking)), unique=True, min_size=1))
            qrels[query] = {name: data.draw(st.integers(0, 2)) for name in judged}
    read_run = list(ir_measures.read_trec_run(StringIO(run_bytes(run, "x").decode())))
    read_qrels = list(ir_measures.read_trec_qrels(StringIO(qrels_bytes(qrels).decode())))
    # float32 in six to nine digits is read back exactly.
    expected = {
        (trec_id(q), trec_id(d)): s for q, r in strictly_ordered(run).items() for d, s in r.items()
    }
    assert {(one.query_id, one.doc_id): one.score for one in read_run} == pytest.approx(
        expected, rel=1e-8
    )
    names = {
        "nDCG@10": ir_measures.nDCG @ 10,
        "MRR@10": ir_measures.RR @ 10,
        "hit@1": ir_measures.Success @ 1,
    }
    found = ir_measures.calc_aggregate(names.values(), read_qrels, read_run)
    here = measure(qrels, run)
    assert {name: here[name] for name in names} == {
        name: round(found[one], 4) for name, one in names.items()
    }


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    for write in (lambda path: write_run({}, "x", path), lambda path: write_qrels({}, path)):
        with pytest.raises(SetError, match="there is no folder"):
            write(tmp_path / "none" / "out.trec")
        write(tmp_path / "out.trec")
        assert (tmp_path / "out.trec").read_bytes() == b""
