"""Question sets in the layout of BEIR: read, and every mistake in a file told at once."""

import json
from pathlib import Path
from typing import Any

import pytest

from eval.sets import Gold, Record, SetError, read_set
from eval.sets.beir import beir_set

CORPUS = [
    {"_id": "r-1", "title": "食堂办法", "text": "学校食堂实行校长陪餐制度。"},
    {"_id": "2", "title": "", "text": "寄宿生每人每年补助1300元。"},
    {"_id": 3, "text": "校车每日不少于2班。"},
]
QUERIES = [
    {"_id": "q1", "text": "校长陪餐"},
    {"_id": "q2", "text": "校车"},
    {"_id": "not judged", "text": "寄宿"},
]
QRELS = "query-id\tcorpus-id\tscore\nq2\t3\t1\nq2\t2\t0\nq1\tr-1\t2\n"


def lines(rows: list[Any]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "tiny"
    (place / "qrels").mkdir(parents=True)
    (place / "corpus.jsonl").write_text(lines(CORPUS), encoding="utf-8")
    (place / "queries.jsonl").write_text(lines(QUERIES), encoding="utf-8")
    (place / "qrels" / "dev.tsv").write_text(QRELS, encoding="utf-8")
    return place


def test_a_folder_is_read(folder: Path) -> None:
    read = read_set(folder, "dev")
    assert (read.name, read.split) == ("tiny", "dev")
    # Only what is judged is asked, in the order of the judgements.
    assert list(read.queries.items()) == [("q2", "校车"), ("q1", "校长陪餐")]
    assert read.qrels == {"q1": {"r-1": 2}, "q2": {"3": 1, "2": 0}}
    assert [one.line for one in read.questions] == [2, 1]
    assert read.questions[0].gold == (Gold("3", grade=1), Gold("2", grade=0))
    assert [one.split for one in read.questions] == ["dev", "dev"]
    records = list(read.records())
    assert records[0] == Record("r-1", "食堂办法", "学校食堂实行校长陪餐制度。")
    assert [record.id for record in records] == ["r-1", "2", "3"]
    assert list(read.records()) == records


def test_blank_lines_a_mark_and_a_missing_header_are_read_too(folder: Path) -> None:
    (folder / "corpus.jsonl").write_text("\ufeff" + lines(CORPUS) + "\n\n", encoding="utf-8")
    (folder / "qrels" / "dev.tsv").write_bytes(b"q1\t2\t1\r\n\r\nq1\t2\t1\r\n")
    read = read_set(folder, "dev")
    assert read.qrels == {"q1": {"2": 1}}
    assert len(list(read.records())) == len(CORPUS)


def test_a_split_is_found_where_there_is_one(folder: Path) -> None:
    assert read_set(folder).split == "dev"
    (folder / "qrels" / "test.tsv").write_text("q1\t2\t1\n")
    assert read_set(folder).split == "test"
    with pytest.raises(SetError, match=r"no qrels/train\.tsv: .*\(dev, test\)"):
        read_set(folder, "train")


def test_a_query_that_nothing_answers_is_one_of_the_set(folder: Path) -> None:
    (folder / "qrels" / "dev.tsv").write_text("q1\t2\t0\nq2\t2\t1\n")
    first, second = read_set(folder).questions
    assert (first.answerable, first.kind) == (False, "unanswerable")
    assert (second.answerable, second.kind) == (True, "unsorted")


def test_the_fingerprint_is_that_of_the_records(folder: Path) -> None:
    before = read_set(folder)
    known = before.fingerprint(), before.records_fingerprint()
    (folder / "corpus.jsonl").write_text(lines(CORPUS[:2]), encoding="utf-8")
    after = read_set(folder)
    assert after.fingerprint() == known[0] and after.records_fingerprint() != known[1]


WRONG = [
    ("corpus.jsonl", '{"_id": "1", "text": "a"}\n{"_id":', r"corpus\.jsonl:2: not JSON"),
    ("corpus.jsonl", f'{{"_id": "1", "text": "a", "n": {"1" * 5000}}}', r"jsonl:1: not JSON"),
    ("corpus.jsonl", "[1, 2]\n", r"corpus\.jsonl:1: expected an object, found \[1, 2\]"),
    ("corpus.jsonl", '{"_id": "1"}\n', r"corpus\.jsonl:1: expected text under 'text'"),
    ("corpus.jsonl", '{"text": "a"}\n', r"corpus\.jsonl:1: expected text under '_id'"),
    ("corpus.jsonl", '{"_id": "", "text": "a"}\n', r"jsonl:1: expected text under '_id'"),
    ("corpus.jsonl", '{"_id": "1", "text": ["a"]}', r'jsonl:1: .*, found \["a"\]'),
    ("corpus.jsonl", '{"_id": "1", "text": "a", "title": 3}', r"jsonl:1: .* 'title', found 3"),
    ("corpus.jsonl", '{"_id": "1", "text": "\\ud800"}', r"jsonl:1: text holds half a"),
    ("corpus.jsonl", '{"_id": "1", "text": "a"}\n' * 2, r'jsonl:2: a second record .* "1"'),
    ("queries.jsonl", '{"_id": "q1"}\n', r"queries\.jsonl:1: expected text under 'text'"),
    ("queries.jsonl", "\n\nnull\n", r"queries\.jsonl:3: expected an object, found null"),
    ("queries.jsonl", '{"_id": "q1", "text": "a"}', r"1 judged queries have no text \(q2\)"),
    ("queries.jsonl", '{"_id": "q1", "text": "a"}\n' * 2, r"jsonl:2: a second query .* \"q1\""),
    ("qrels/dev.tsv", "q1\tr-1\n", r"dev\.tsv:1: expected query-id, corpus-id"),
    ("qrels/dev.tsv", "q1\tr-1\thigh\n", r"dev\.tsv:1: expected .* found 'q1.*high'"),
    ("qrels/dev.tsv", "q1 r-1 1\n", r"dev\.tsv:1: expected .* apart by tabs"),
    ("qrels/dev.tsv", "query-id\tcorpus-id\tscore\n", r"dev\.tsv: holds no judgement"),
    ("qrels/dev.tsv", "q1\t2\t1\nq1\t2\t2\n", r'dev\.tsv:2: "2" was judged 1 for "q1" before'),
]


@pytest.mark.parametrize(("file", "text", "said"), WRONG)
def test_what_is_wrong_is_told_with_file_and_line(
    folder: Path, file: str, text: str, said: str
) -> None:
    (folder / file).write_text(text, encoding="utf-8")
    with pytest.raises(SetError, match=said):
        list(read_set(folder, "dev").records())


@pytest.mark.parametrize("file", ["corpus.jsonl", "queries.jsonl", "qrels/dev.tsv"])
def test_all_mistakes_of_a_file_are_told_at_once(folder: Path, file: str) -> None:
    good = {"corpus.jsonl": lines(CORPUS), "queries.jsonl": lines(QUERIES), "qrels/dev.tsv": QRELS}
    broken = "{\n" + good[file].replace("query-id\tcorpus-id\tscore\n", "") + "x\n"
    data = broken.encode() + '{"_id": "q9", "text": "食堂"}\n'.encode("gb18030") + b"[]\n"
    (folder / file).write_bytes(data)
    with pytest.raises(SetError) as caught:
        list(read_set(folder, "dev").records())
    assert [line for line, _ in caught.value.mistakes] == [1, 5, 6, 7]
    assert "not UTF-8" in caught.value.mistakes[2][1]


def test_records_are_yielded_up_to_the_first_mistake(folder: Path) -> None:
    text = lines([CORPUS[0], CORPUS[0], CORPUS[1], CORPUS[1]])
    (folder / "corpus.jsonl").write_text(text, encoding="utf-8")
    records = read_set(folder, "dev").records()
    assert next(records).id == "r-1"
    with pytest.raises(SetError) as caught:
        next(records)
    assert [line for line, _ in caught.value.mistakes] == [2, 4]


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels/dev.tsv"])
def test_a_missing_file_is_told(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(SetError, match=f"has no {name}: expected a BEIR folder"):
        read_set(folder, "dev")


def test_a_set_without_records_says_so(folder: Path) -> None:
    made = beir_set(folder, "dev", {"q": (1, "问")}, {"q": {"r": 1}})
    assert made.qrels == {"q": {"r": 1}}
    path = folder / "set.jsonl"
    path.write_text('{"question": "问", "gold": ["《办法》第三条"]}\n', encoding="utf-8")
    with pytest.raises(SetError, match="brings no documents"):
        read_set(path).records()
