"""Youju beside other search engines: what is drawn, measured, said of a failure, and laid out."""

import json
import socket
import sys
from collections.abc import Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.brought import evaluate
from eval.configurations import Configuration
from eval.metrics import MEASURES, measure
from eval.peers import PEERS, Entry, PeerError, Scored
from eval.peers.__main__ import main, report
from eval.peers.compare import Row, compare
from eval.peers.encoding import MeasuredEncoder
from eval.peers.given import Given, KnownVectors, vectors_of
from eval.peers.peer import LONG, Pieces, best_of_each, record_text, words
from eval.peers.sample import draw
from eval.peers.table import HEADS, table
from eval.peers.worker import Job, Measured, ask, measure_peer, refuse_network
from eval.peers.youju import Youju
from eval.sets import QuestionSet, Record
from eval.sets.beir import read_beir
from index import LibraryError
from index.encoders import Encoder
from tests.fakes import KeywordEncoder, Opener, write_files

THINGS = (
    "食堂陪餐",
    "寄宿补助",
    "课后服务",
    "校车司机",
    "图书借阅",
    "操场开放",
    "教师培训",
    "校舍检查",
)
CORPUS = [
    {"_id": f"r{n}", "title": f"青禾县{thing}办法", "text": f"{thing}由学校负责，每年公布{n}次。"}
    for n, thing in enumerate(THINGS)
]
QUERIES = [{"_id": f"q{n}", "text": f"{thing}谁负责"} for n, thing in enumerate(THINGS[:4])]
QRELS = "query-id\tcorpus-id\tscore\n" + "".join(f"q{n}\tr{n}\t1\n" for n in range(4))


def lines(rows: Sequence[object]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = write_files(
        tmp_path / "tiny", {"corpus.jsonl": lines(CORPUS), "queries.jsonl": lines(QUERIES)}
    )
    write_files(place / "qrels", {"dev.tsv": QRELS})
    return place


@pytest.fixture
def dataset(folder: Path) -> QuestionSet:
    return read_beir(folder, "dev")


class FirstLetters:
    """Finds the records that share most letters with the query; encodes what it is given."""

    def __init__(self) -> None:
        self.records: Sequence[Record] = ()
        self.asked: list[str] = []

    def index(self, records: Sequence[Record], encoder: Encoder) -> None:
        self.records, self.encoder = records, encoder
        encoder.encode([record_text(record) for record in records], "passage")

    def search(self, query: str, k: int) -> list[Scored]:
        self.asked.append(query)
        self.encoder.encode([query], "query")
        shared = [(len(set(query) & set(record.text)), record.id) for record in self.records]
        return [Scored(name, float(score)) for score, name in sorted(shared, reverse=True)[:k]]


def fake_entry(peer: FirstLetters, *distributions: str) -> Entry:
    return Entry("fake", lambda: peer, True, distributions, "nothing")


# --- what takes part ------------------------------------------------------------------------


def test_everything_takes_part_unless_less_is_asked_for(dataset: QuestionSet) -> None:
    sample = draw(dataset, None, None, 0)
    assert (sample.queries, sample.qrels) == (dataset.queries, dataset.qrels)
    assert list(sample.records()) == list(dataset.records())


@pytest.mark.parametrize("queries", [1, 3, 9])
@pytest.mark.parametrize("records", [1, 6, 99])
def test_what_is_judged_stays(dataset: QuestionSet, queries: int, records: int) -> None:
    sample = draw(dataset, queries, records, 1)
    judged = {record for graded in sample.qrels.values() for record in graded}
    kept = [record.id for record in sample.records()]
    assert sample.queries.keys() == sample.qrels.keys() <= dataset.queries.keys()
    assert len(sample.queries) == min(queries, len(QUERIES))
    assert judged <= set(kept)
    assert len(kept) == min(max(records, len(judged)), len(CORPUS))
    assert draw(dataset, queries, records, 1) == sample


def test_another_seed_draws_others(dataset: QuestionSet) -> None:
    drawn = {tuple(draw(dataset, 2, None, seed).queries) for seed in range(9)}
    assert len(drawn) > 1


@given(st.lists(st.integers(0, 3 * LONG), min_size=1, max_size=9))
def test_short_records_are_whole_and_long_ones_cut(lengths: list[int]) -> None:
    records = [Record(str(place), "", "字" * length) for place, length in enumerate(lengths)]
    pieces = Pieces.cut(records, lambda text: [text[:LONG], text[LONG:]])
    joined = {name: "" for name in map(str, range(len(lengths)))}
    for text, owner in zip(pieces.texts, pieces.records, strict=True):
        joined[owner] += text
    assert [len(text) for text in joined.values()] == lengths
    assert len(pieces.texts) == len(lengths) + sum(length > LONG for length in lengths)
    assert 1 <= pieces.depth(1) <= len(pieces.texts)


def test_so_many_texts_are_asked_for_that_k_records_are_among_them() -> None:
    assert Pieces(["a"] * 100, list("ab" * 50)).depth(2) == 100
    assert Pieces(["a"] * 100, [str(place) for place in range(100)]).depth(7) == 7
    assert Pieces(["a"] * 3, list("abc")).depth(7) == 3


def test_a_record_scores_as_its_best_piece() -> None:
    found = [Scored("a", 3.0), Scored("b", 2.0), Scored("a", 1.0), Scored("c", 0.5)]
    assert best_of_each(iter(found), 2) == [Scored("a", 3.0), Scored("b", 2.0)]
    assert [scored.id for scored in best_of_each(iter(found), 9)] == ["a", "b", "c"]


def test_words_are_without_punctuation() -> None:
    assert set(words("白沙市人民政府，5%。")) >= {"人民", "政府", "人民政府"}
    assert not {"，", "。", "%"} & set(words("白沙市人民政府，5%。"))


# --- the encoder ----------------------------------------------------------------------------


@pytest.fixture
def given_vectors(dataset: QuestionSet, tmp_path: Path) -> Given:
    texts = [record_text(record) for record in dataset.records()]
    np.save(tmp_path / "all.npy", KeywordEncoder().encode(texts, "passage"))
    (tmp_path / "hashes").mkdir()
    return vectors_of(tmp_path / "all.npy", dataset, tmp_path / "hashes")


def test_given_vectors_are_not_made_again(dataset: QuestionSet, given_vectors: Given) -> None:
    inner = KeywordEncoder()
    encoder = MeasuredEncoder(lambda: inner, KnownVectors([given_vectors]))
    texts = ["校车", *[record_text(record) for record in dataset.records()][::-2], "图书"]
    found = encoder.encode(texts, "passage")
    assert inner.passages == ["校车", "图书"]
    assert (encoder.encoded, encoder.given) == (2, 4)
    np.testing.assert_array_equal(found, KeywordEncoder().encode(texts, "passage"))


@pytest.mark.parametrize("by_work", [True, False])
def test_the_vectors_of_a_kept_library_are_taken(
    folder: Path, dataset: QuestionSet, tmp_path: Path, opener: Opener, by_work: bool
) -> None:
    evaluate(dataset, Configuration("hybrid"), opener, tmp_path / "work")
    hashes = tmp_path / "hashes"
    hashes.mkdir()
    place = tmp_path / "work" if by_work else next((tmp_path / "work").iterdir())
    given = vectors_of(place, dataset, hashes)
    assert given.encoder == "keywords"
    inner = KeywordEncoder()
    encoder = MeasuredEncoder(lambda: inner, KnownVectors([given]))
    peer, count = Youju("hybrid"), len(opener(None).passages)
    peer.index(list(dataset.records()), encoder)
    assert (encoder.given, encoder.encoded, inner.passages) == (count, 0, [])
    first = next(dataset.records())
    encoder.check(first)
    other = MeasuredEncoder(lambda: KeywordEncoder("others"), KnownVectors([given]))
    with pytest.raises(PeerError, match="given are of keywords, not of others"):
        other.check(first)


def test_a_library_without_vectors_is_refused(
    folder: Path, dataset: QuestionSet, tmp_path: Path, opener: Opener
) -> None:
    evaluate(dataset, Configuration("bm25", mode="bm25"), opener, tmp_path / "work")
    with pytest.raises(PeerError, match="holds no vectors"):
        vectors_of(tmp_path / "work", dataset, tmp_path)
    with pytest.raises(LibraryError, match="is not a library"):
        vectors_of(folder, dataset, tmp_path)


def test_time_is_kept_apart_and_the_encoder_opened_when_needed() -> None:
    opened: list[str] = []

    def open_it() -> Encoder:
        opened.append("once")
        return KeywordEncoder()

    told: list[int] = []
    encoder = MeasuredEncoder(open_it, progress=told.append)
    assert opened == []
    assert (encoder.name, encoder.dimension) == ("keywords", 6)
    encoder.encode(["食堂"], "query")
    assert encoder.query_seconds > 0 == encoder.passage_seconds
    encoder.encode(["食堂"] * 2000, "passage")
    assert encoder.passage_seconds > 0
    assert (opened, encoder.encoded, told) == (["once"], 2000, [1024, 976])


@pytest.mark.parametrize("columns", [[1, 2, 3, 4, 5, 0], [0, 1]])
def test_vectors_of_another_encoder_are_refused(
    dataset: QuestionSet, given_vectors: Given, columns: list[int]
) -> None:
    first = next(dataset.records())
    MeasuredEncoder(KeywordEncoder, KnownVectors([given_vectors])).check(first)
    np.save(given_vectors.vectors, np.load(given_vectors.vectors)[:, columns].copy())
    with pytest.raises(PeerError, match=r"another \(record 'r0' differs\), not of keywords"):
        MeasuredEncoder(KeywordEncoder, KnownVectors([given_vectors])).check(first)


@pytest.mark.parametrize("rows", [np.zeros((7, 6), np.float32), np.zeros((8, 6)), np.zeros(8)])
def test_vectors_of_another_shape_are_refused(
    dataset: QuestionSet, tmp_path: Path, rows: np.ndarray
) -> None:
    np.save(tmp_path / "other.npy", rows)
    with pytest.raises(PeerError, match="expected float32, one row for each of the 8 records"):
        vectors_of(tmp_path / "other.npy", dataset, tmp_path)


def test_a_file_that_holds_no_vectors_is_refused(dataset: QuestionSet, tmp_path: Path) -> None:
    (tmp_path / "text.npy").write_text("no vectors")
    for name in ("text.npy", "missing.npy"):
        with pytest.raises(PeerError, match=r"npy cannot be read as vectors"):
            vectors_of(tmp_path / name, dataset, tmp_path)


# --- measuring ------------------------------------------------------------------------------


def measured_fake(dataset: QuestionSet) -> tuple[FirstLetters, Measured]:
    peer, sample = FirstLetters(), draw(dataset, None, None, 0)
    encoder = MeasuredEncoder(KeywordEncoder)
    return peer, measure_peer(fake_entry(peer), sample, encoder, 3)


def test_a_peer_is_measured(dataset: QuestionSet) -> None:
    peer, found = measured_fake(dataset)
    texts = list(dataset.queries.values())
    # The first query is asked once more, before those that count.
    assert peer.asked == texts[:1] + texts
    assert found.run.keys() == dataset.queries.keys()
    assert all(len(ranking) == 3 for ranking in found.run.values())
    assert (found.records, found.encoded, found.given) == (8, 8, 0)
    assert len(found.ms) == len(found.ms_encode) == 4
    assert all(0 < encode < whole for encode, whole in zip(found.ms_encode, found.ms, strict=True))


def test_each_query_has_its_own_time_of_encoding(dataset: QuestionSet) -> None:
    peer, encoder = FirstLetters(), MeasuredEncoder(KeywordEncoder)
    peer.index(list(dataset.records()), encoder)
    sample = draw(dataset, None, None, 0)
    answers = list(ask(peer, sample, encoder, 1))
    assert sum(answer.ms_encode for answer in answers) < encoder.query_seconds * 1000
    assert [answer.query for answer in answers] == list(sample.queries)


def test_an_empty_corpus_is_told(folder: Path) -> None:
    (folder / "corpus.jsonl").write_text("")
    sample = draw(read_beir(folder, "dev"), None, None, 0)
    with pytest.raises(PeerError, match="holds no record"):
        measure_peer(fake_entry(FirstLetters()), sample, MeasuredEncoder(KeywordEncoder), 3)


@pytest.mark.parametrize("event", ["socket.connect", "socket.getaddrinfo"])
def test_the_network_is_refused(event: str) -> None:
    with pytest.raises(PeerError, match="offline"):
        refuse_network(event, (socket.socket, ("192.0.2.1", 80)))
    refuse_network("open", ("file", "r", 0))


# --- one after the other --------------------------------------------------------------------

WRITES = "import json, sys; json.dump({}, open(sys.argv[-1], 'w'))"


def a_job(folder: Path, peer: str = "fake") -> Job:
    return Job(peer=peer, folder=str(folder), split="dev", depth=10)


@pytest.fixture
def peers() -> dict[str, Entry]:
    return {
        "missing": fake_entry(FirstLetters(), "no-such-distribution", "numpy"),
        "fake": fake_entry(FirstLetters()),
    }


def test_a_peer_that_is_not_installed_is_listed(folder: Path, peers: dict[str, Entry]) -> None:
    (row,) = compare([a_job(folder, "missing")], peers, [sys.executable, "-c", "1 / 0"])
    assert row.error == "not installed: pip install no-such-distribution"
    assert row.shape()["versions"].keys() == {"no-such-distribution", "numpy"}


def test_what_ends_one_stops_no_other(
    folder: Path, dataset: QuestionSet, peers: dict[str, Entry]
) -> None:
    _, found = measured_fake(dataset)
    done = {name: getattr(found, name) for name in found.__slots__}
    works = f"import sys; open(sys.argv[-1], 'w').write({json.dumps(done)!r})"
    killed = "import os; os._exit(9)"
    failed = WRITES.format({"error": "ValueError: no"})
    rows = [
        next(compare([a_job(folder)], peers, [sys.executable, "-c", code]))
        for code in (killed, failed, works)
    ]
    assert [row.error for row in rows] == [
        "the process ended with 9 and said nothing",
        "ValueError: no",
        None,
    ]
    assert rows[2].measured == found
    assert rows[2].metrics == measure(dataset.qrels, found.run)


def test_the_error_of_a_process_is_its_line(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    jobs = [
        replace(a_job(folder, "youju-bm25"), queries="many"),
        replace(a_job(folder, "youju-bm25"), split="other"),
    ]
    wrong, unread = [row.error for row in compare(jobs)]
    assert wrong is not None and wrong.startswith("TypeError: ")
    assert unread is not None and unread.startswith("SetError: ")
    assert "Traceback" in capfd.readouterr().err


# --- the table ------------------------------------------------------------------------------


def test_the_table(dataset: QuestionSet, peers: dict[str, Entry]) -> None:
    _, found = measured_fake(dataset)
    found = replace(found, ms=[2.0] * 4, ms_encode=[0.5] * 4, memory_before=90.0)
    found = replace(found, memory_peak=120.4, memory_after=None)
    metrics = dict.fromkeys(MEASURES, 0.5)
    rows = [
        Row("fake", peers["fake"], found, None, metrics).shape(),
        Row("missing", peers["missing"], None, "a|b", {}).shape(),
    ]
    head, rule, first, second, *rest = table(rows)
    assert head.count("|") == rule.count("|") == first.count("|") == len(HEADS) + 1
    assert second == "| fake | a\\|b |" + " – |" * (len(HEADS) - 2)
    cells = first.strip("| ").split(" | ")
    assert cells[1:6] == ["0.500"] * 5
    assert cells[-4].endswith("(8; 0 given)")
    assert cells[-3:] == ["2.0 / 2.0", "1.5 / 1.5", "–"]
    assert "Of the memory, 90 MB are Python and the records." in rest
    assert "- fake (no-such-distribution –, numpy" in rest[-1]


def test_the_shape_leaves_the_ranking_out(dataset: QuestionSet, peers: dict[str, Entry]) -> None:
    _, found = measured_fake(dataset)
    shape = Row("fake", peers["fake"], found, None, {}).shape()
    assert not {"run", "ms", "ms_encode"} & shape.keys()
    assert json.loads(json.dumps(shape)) == shape


# --- the real ones --------------------------------------------------------------------------


def test_the_command(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    light = {"youju-bm25": (), "bm25s": ("bm25s",), "rank-bm25": ("rank_bm25",)}
    names = [name for name, needs in light.items() if all(map(find_spec, needs))]
    arguments = ["--split", "dev", "--peers", ",".join(names), "--sample", "6", "--json"]
    assert main([str(folder), *arguments]) == 0
    shape = json.loads(capfd.readouterr().out)
    assert (shape["dataset"], shape["records"], shape["queries"]) == ("tiny", 6, 4)
    assert [row["peer"] for row in shape["peers"]] == names
    for row in shape["peers"]:
        assert row["metrics"]["hit@1"] == 1, row
        assert (row["encoded"], row["given"], row["encode_seconds"]) == (0, 0, 0)
        assert row["ms_per_query"] == row["ms_without_encoding"]
    head, *rest = report(shape)
    assert head.startswith(
        "tiny dev: 6 records (all that are judged, and others at random), 4 of 4"
    )
    assert sum(line.startswith("| ") for line in rest) == 1 + len(names)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (["--peers", "youju-bm25,elastic"], "no peer elastic: there are youju-bm25, "),
        (["--split", "none"], "has no qrels/none.tsv"),
        (["--vectors", "none.npy"], "none.npy cannot be read as vectors"),
    ],
)
def test_what_cannot_be_run_is_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str], changed: list[str], said: str
) -> None:
    assert main([str(folder), "--split", "dev", *changed]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err and len(err.splitlines()) == 1


NEEDS = {
    "langchain": "langchain_classic",
    "llamaindex": "llama_index.retrievers.bm25",
    "llamaindex-scores": "llama_index.retrievers.bm25",
    "txtai": "txtai",
    "txtai-ranks": "txtai",
    "bm25s": "bm25s",
    "rank-bm25": "rank_bm25",
}


def test_every_peer_is_tried() -> None:
    assert PEERS.keys() - NEEDS.keys() == {"youju-bm25", "youju-dense", "youju-hybrid"}


@pytest.mark.parametrize("name", PEERS)
def test_a_real_peer_finds_short_and_long_records(dataset: QuestionSet, name: str) -> None:
    pytest.importorskip(NEEDS.get(name, "index"))
    long = Record("long", "白沙市体检办法", "学生体检每年一次。" + "校医应当登记结果。" * 120)
    records, inner = [*dataset.records(), long], KeywordEncoder()
    peer = PEERS[name].open()
    peer.index(records, inner)
    assert bool(inner.passages) == PEERS[name].encodes
    for query, wanted in {"校车司机": "r3", "寄宿补助": "r1", "学生体检": "long"}.items():
        found = peer.search(query, 4)
        assert 0 < len(found) <= 4
        assert len({scored.id for scored in found}) == len(found)
        scores = [scored.score for scored in found]
        assert scores == sorted(scores, reverse=True)
        assert {scored.id for scored in found} <= {record.id for record in records}
        if name != "youju-dense":
            assert found[0].id == wanted, query


@pytest.mark.parametrize("name", ["langchain", "llamaindex", "llamaindex-scores"])
def test_equal_texts_do_not_add_up(name: str) -> None:
    """Where a fusion took them for one, they would stand above what fits."""
    pytest.importorskip(NEEDS[name])
    equal = [Record(f"equal{n}", "", "各学校按规定执行。") for n in range(9)]
    wanted = Record("wanted", "", "校车司机按规定培训。")
    peer = PEERS[name].open()
    peer.index([*equal, wanted], KeywordEncoder())
    assert peer.search("校车司机", 10)[0].id == "wanted"
    assert len(peer.search("学校的规定", 10)) == 10
