"""Configurations as data, what the committed sets are expected to come to, and the check."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.checking import AUROC, Figure, Measured, compared, expected_of, measured
from eval.configurations import (
    CONFIGURATIONS,
    Configuration,
    ConfigurationError,
    chosen,
    read_configurations,
)
from eval.expected import WRITTEN, CommittedSet, read_sets, write_expected
from eval.metrics import per_question
from eval.outcome import AnswerOutcome, Outcome
from index.encoders.names import DEFAULT, E5_SMALL
from retrieval.confidence import THRESHOLD
from retrieval.filters import Filters

Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(text: str) -> Path:
        path = tmp_path / "own.toml"
        path.write_text(text, "utf-8")
        return path

    return written


# --- configurations -------------------------------------------------------------------------


def test_those_that_come_with_youju_are_read() -> None:
    known = read_configurations()
    assert {"bm25", "dense", "hybrid", "ask", "ask-careful", "hybrid-reranked"} <= known.keys()
    assert all(one.about for one in known.values())
    assert known["bm25"].mode == "bm25"
    assert known["hybrid"] == Configuration("hybrid", known["hybrid"].about)
    assert known["ask-careful"].threshold > known["ask"].threshold == THRESHOLD
    assert known["with-superseded"].filters.superseded
    assert known["e5-small"].encoder == E5_SMALL


def test_every_key_is_taken(write: Write) -> None:
    path = write(
        """
        [configurations.own]
        about = "all keys"
        mode = "dense"
        model = "some/encoder"
        reranker = "some/reranker"
        filters = { region = "青禾", documents = ["d1", "d2"], superseded = true }
        threshold = 0.5
        answers = true
        attribution = false
        top = 20
        day = 2026-09-01
        """
    )
    own = read_configurations(path)["own"]
    assert own == Configuration(
        "own",
        "all keys",
        "dense",
        "some/encoder",
        "some/reranker",
        Filters(region="青禾", documents=("d1", "d2"), superseded=True),
        0.5,
        True,
        False,
        20,
        date(2026, 9, 1),
    )
    shape = own.shape()
    assert "about" not in shape
    assert shape["filters"] == {"region": "青禾", "documents": ("d1", "d2"), "superseded": True}
    assert (shape["day"], shape["threshold"], shape["model"]) == ("2026-09-01", 0.5, "some/encoder")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[configurations.a]\nmood = 1", r"a: unknown key 'mood', expected one of about, mode"),
        ('[configurations.a]\nmode = "both"', r"a: mode is 'both', expected hybrid, bm25, dense"),
        ("[configurations.a]\nthreshold = 2", r"a: threshold is 2, expected a number from 0 to 1"),
        ("[configurations.a]\nthreshold = true", r"a: threshold is True, expected a number"),
        ("[configurations.a]\ntop = 0", r"a: top is 0, expected a whole number from 1 to 1000"),
        ('[configurations.a]\nday = "2026-09-01"', r"a: day is '2026-09-01', expected a day"),
        ("[configurations.a]\nday = 2026-09-01T10:00:00", r"a: day is .*, expected a day"),
        ('[configurations.a]\nanswers = "yes"', r"a: answers is 'yes', expected true or false"),
        ('[configurations.a]\nmodel = ""', r"a: model is '', expected the name of an encoder"),
        ("[configurations.a]\nfilters = 3", r"a: filters is 3, expected a table of filters"),
        (
            '[configurations.a]\nfilters = { place = "x" }',
            r"a\.filters: unknown key 'place', expected one of issuer, region",
        ),
        ("[configurations.a]\nfilters = { year = 2024 }", r"a\.filters: year is 2024, expected"),
        ("configurations = 3", r"configurations is 3: expected a table"),
        ("[configurations]\na = 3", r"a is 3: expected a table"),
        ("[configuration.a]", r"unknown section 'configuration', expected one of configurations"),
        ("[configurations.a", r"own\.toml: not TOML"),
    ],
)
def test_what_is_wrong_is_said_with_what_is_known(write: Write, text: str, said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        read_configurations(write(text))


def test_all_that_is_wrong_is_said_at_once(write: Write) -> None:
    with pytest.raises(ConfigurationError, match=r"a: unknown key 'x'.*; b: top is -1"):
        read_configurations(write("[configurations.a]\nx = 1\n[configurations.b]\ntop = -1"))


def test_a_file_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot be read"):
        read_configurations(tmp_path / "none.toml")
    (tmp_path / "gb.toml").write_bytes('[configurations."食堂"]'.encode("gb18030"))
    with pytest.raises(ConfigurationError, match="not TOML"):
        read_configurations(tmp_path / "gb.toml")


def test_configurations_are_chosen_by_name() -> None:
    known = {name: Configuration(name) for name in ("a", "b", "c")}
    assert [one.name for one in chosen(["c", "a", "c"], known)] == ["c", "a"]
    with pytest.raises(ConfigurationError, match=r"unknown configuration 'd', .* a, b, c"):
        chosen(["a", "d"], known)


@pytest.mark.parametrize(
    ("model", "encoder"),
    [
        (None, None),
        ("youju-small", DEFAULT),
        (DEFAULT, DEFAULT),
        ("e5-small", E5_SMALL),
        ("BAAI/bge-m3", "BAAI/bge-m3"),
    ],
)
def test_a_model_is_known_as_libraries_remember_it(model: str | None, encoder: str | None) -> None:
    assert Configuration("x", model=model).encoder == encoder


def test_the_folder_of_a_model_is_known_from_anywhere(tmp_path: Path) -> None:
    assert Configuration("x", model=f"{tmp_path}/../{tmp_path.name}").encoder == str(tmp_path)


# --- expected figures -----------------------------------------------------------------------


def test_the_committed_sets_are_there_and_expected_under_known_configurations() -> None:
    known = read_configurations()
    for committed in read_sets().values():
        assert committed.path.is_file()
        assert committed.expected
        assert committed.expected.keys() <= known.keys()


SETS = '[sets.sample]\ndocuments = "samples"\nslack = 2\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[sets.sample]\ndocuments = "samples"', r"sample has no slack"),
        ('[sets.sample]\nslack = 1\ndocuments = "web"', r"documents is 'web', expected samples or"),
        (f"{SETS}size = 3", r"sample: unknown key 'size', expected one of documents, slack"),
        (f"{SETS}[expected.other.bm25]\nP = 1.0", r"figures of an unknown set 'other'"),
        (f'{SETS}[expected.sample.bm25]\nP = "1"', r"expected\.sample\.bm25 .* a number for each"),
        (f"{SETS}[expected.sample]\nbm25 = 1", r"expected\.sample\.bm25 is 1: expected a number"),
        ("[sets]\nsample = 3", r"sample is 3: expected a table"),
    ],
)
def test_what_is_wrong_with_a_set_is_said(write: Write, text: str, said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        read_sets(write(text))


def test_a_figure_may_move_by_as_much_as_some_questions_move_it() -> None:
    committed = CommittedSet("s", "samples", 2, None, None, {})
    # Two questions of fifty, and what four decimals round away.
    assert committed.tolerance(50) == pytest.approx(2 / 50 + 0.00005)


def figure(found: float | None, expected: float, questions: int = 50) -> Figure:
    committed = CommittedSet("s", "samples", 2, None, None, {"bm25": {"R@10": expected}})
    measures = {} if found is None else {"R@10": Measured(found, questions)}
    (one,) = compared(committed, {"bm25": measures})
    return one


@pytest.mark.parametrize(
    ("found", "holds"),
    [(0.5, True), (0.54, True), (0.46, True), (0.5402, False), (0.4598, False), (None, False)],
)
def test_a_figure_outside_its_tolerance_does_not_hold(found: float | None, holds: bool) -> None:
    one = figure(found, 0.5)
    assert one.holds is holds
    assert one.shape()["holds"] is holds
    assert one.shape()["found"] == found


@given(st.floats(0, 1), st.integers(1, 300), st.integers(-2, 2))
def test_two_questions_that_come_out_otherwise_are_within(
    share: float, questions: int, moved: int
) -> None:
    right = round(share * questions)
    other = min(questions, max(0, right + moved))
    assert figure(other / questions, round(right / questions, 4), questions).holds


def outcome(name: str, answerable: bool, confidence: float, rank: int) -> Outcome:
    answer = AnswerOutcome(True, confidence, rank == 1, False, None, None, "")
    ranking = {f"c{n}": 1.0 / n for n in range(1, 4)}
    gold = {f"c{rank}": 2} if answerable else {}
    return Outcome(name, name, "lay", answerable, 0.5, gold, ranking, 1.0, rank, {}, answer)


def test_figures_are_means_over_the_questions_they_count() -> None:
    outcomes = [
        outcome("a", True, 0.9, 1),
        outcome("b", True, 0.3, 2),
        outcome("c", True, 0.6, 3),
        outcome("d", False, 0.4, 0),
    ]
    found = measured(outcomes)
    values = per_question(outcomes, ["MRR@10"])["MRR@10"]
    assert found["MRR@10"] == (pytest.approx(sum(values.values()) / 3), 3)
    assert found["MRR@10"].value == pytest.approx((1 + 1 / 2 + 1 / 3) / 3)
    assert found["refused"] == (0.0, 1)
    # Two of three answerable questions are surer than the one that is not; of that kind is one.
    assert found[AUROC] == (pytest.approx(2 / 3), 1)
    assert AUROC not in measured([replace(one, answer=None) for one in outcomes])


def test_configurations_with_figures_are_checked() -> None:
    committed = CommittedSet("s", "samples", 2, None, None, {"a": {}, "b": {}})
    assert expected_of(committed, []) == ["a", "b"]
    assert expected_of(committed, ["b", "c"]) == ["b"]


def test_figures_are_written_below_their_line_and_nothing_else_changes(write: Write) -> None:
    text = CONFIGURATIONS.read_text("utf-8")
    path = write(text)
    before = read_sets(path)
    write_expected({"sample": {"bm25": {"R@10": 0.12345, "hit@1": 1.0}}}, path)
    after = read_sets(path)
    assert after["sample"].expected["bm25"] == {"R@10": 0.1235, "hit@1": 1.0}
    assert path.read_text("utf-8").partition(WRITTEN)[0] == text.partition(WRITTEN)[0]
    kept = {name: table for name, table in before["sample"].expected.items() if name != "bm25"}
    assert {n: t for n, t in after["sample"].expected.items() if n != "bm25"} == kept
    assert after["education"] == before["education"]
    write_expected({"sample": {"bm25": dict(before["sample"].expected["bm25"])}}, path)
    assert read_sets(path) == before


def test_a_file_without_the_line_is_left_alone(write: Write) -> None:
    path = write(SETS)
    with pytest.raises(ConfigurationError, match="has no line '# Below this line"):
        write_expected({"sample": {"bm25": {"R@10": 0.5}}}, path)
    assert path.read_text("utf-8") == SETS
