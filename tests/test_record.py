"""What a run was made of: the same for the same, another one for anything that may change it."""

import json
from pathlib import Path
from typing import Any

import pytest

from corpus import Metadata
from corpus.spans import Given
from eval.configurations import Configuration
from eval.record import encoder_record, library_record
from eval.running import RunResult, run
from eval.sets import QuestionSet, read_set
from eval.surroundings import files_fingerprint, machine, software
from index import Library
from index.encoders.names import DEFAULT
from retrieval.synonyms import FILE as SYNONYMS
from tests.fakes import FILES, KeywordEncoder, Opener, write_files
from tests.own_questions import write_set

HYBRID = Configuration("hybrid", answers=True)


@pytest.fixture
def questions(tmp_path: Path) -> QuestionSet:
    return read_set(write_set(tmp_path / "own.jsonl"))


def built(folder: Path, *files: str, encoder: str | None = None) -> Library:
    """A library of some files, added one after another from a folder of its own."""
    library = Library(folder / "library", Opener(), encoder)
    for name in files or FILES:
        library.add([write_files(folder / name, {name: FILES[name]})])
    return library


def without_times(result: RunResult) -> bytes:
    shape = result.shape()
    assert shape["record"].pop("time").keys() >= {"started", "day", "seconds", "ms_per_query"}
    return json.dumps(shape, ensure_ascii=False).encode()


def test_the_same_run_twice_gives_the_same_bytes_but_for_the_times(
    questions: QuestionSet, tmp_path: Path
) -> None:
    one, two = built(tmp_path / "one"), built(tmp_path / "two")
    first = run(questions, one, HYBRID)
    assert without_times(first) == without_times(run(questions, one, HYBRID))
    # Built anew elsewhere, too: neither folder nor generation is told.
    assert without_times(first) == without_times(run(questions, two, HYBRID))
    assert first.shape()["record"]["time"]["seconds"] > 0
    assert len(first.shape()["record"]["time"]["ms"]) == len(first.outcomes)


def test_another_run_gives_other_bytes(questions: QuestionSet, tmp_path: Path) -> None:
    library = built(tmp_path)
    first = without_times(run(questions, library, HYBRID))
    other = Configuration("hybrid", answers=True, threshold=0.9)
    assert without_times(run(questions, library, other)) != first


def test_a_record_says_what_was_run(questions: QuestionSet, tmp_path: Path) -> None:
    record = run(questions, built(tmp_path), HYBRID).record
    shape = record.shape()
    assert shape["set"] == {
        "name": "own",
        "split": None,
        "fingerprint": questions.fingerprint(),
        "questions": len(questions.questions),
    }
    assert (shape["library"]["documents"], shape["library"]["pending"]) == (len(FILES), 0)
    assert shape["encoder"]["name"] == "keywords"
    assert shape["configuration"]["answers"] is True
    assert shape["software"] == software()
    assert shape["machine"] == machine()
    assert json.loads(json.dumps(shape)) == shape


def test_a_library_is_its_documents_in_any_order_and_place(tmp_path: Path) -> None:
    names = list(FILES)
    first = library_record(built(tmp_path / "one", *names))
    assert library_record(built(tmp_path / "two", *reversed(names))) == first
    assert first.documents == len(FILES)
    assert library_record(built(tmp_path / "three", *names[1:])).fingerprint != first.fingerprint


def test_what_changes_a_search_changes_the_fingerprint(tmp_path: Path) -> None:
    library = built(tmp_path)
    seen = [library_record(library).fingerprint]
    (library.folder / SYNONYMS).write_text("涨薪\t提高待遇\n", "utf-8")
    seen.append(library_record(library).fingerprint)
    document = library.documents()[0]
    library.give(document.id, Metadata(region=Given("青禾县", "me")))
    seen.append(library_record(library).fingerprint)
    library.remove([document.id])
    seen.append(library_record(library).fingerprint)
    assert len(set(seen)) == len(seen)


def test_encoding_anew_leaves_the_library_and_changes_the_encoder(tmp_path: Path) -> None:
    library = built(tmp_path)
    before, vectors = library_record(library), encoder_record(library, "hybrid")
    library.reencode("other")
    after = encoder_record(library, "dense")
    assert library_record(library) == before
    assert vectors and after
    assert (vectors.name, after.name) == ("keywords", "other")
    # The fakes of all names make the same vectors.
    assert (vectors.vectors, vectors.sha256) == (after.vectors, None)
    assert encoder_record(library, "bm25") is None


def test_vectors_are_told_apart_whatever_their_order(tmp_path: Path) -> None:
    def vectors(folder: str, keywords: tuple[str, ...], *names: str) -> str:
        encoder = KeywordEncoder("keywords", keywords)
        library = Library(tmp_path / folder / "library", lambda _: encoder)
        for name in names:
            library.add([write_files(tmp_path / folder / name, {name: FILES[name]})])
        found = encoder_record(library, "dense")
        assert found
        return found.vectors

    names = list(FILES)
    first = vectors("one", ("食堂", "校车"), *names)
    assert vectors("two", ("食堂", "校车"), *reversed(names)) == first
    assert vectors("three", ("食堂", "寄宿"), *names) != first


def test_an_encoder_is_known_by_its_files(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    write_files(folder, {"config.json": "{}", "README.md": "about"})
    (folder / "model.safetensors").write_bytes(b"weights")
    first = files_fingerprint(folder, (".json", ".safetensors"))
    (folder / "README.md").write_text("other", "utf-8")
    assert files_fingerprint(folder, (".json", ".safetensors")) == first
    (folder / "model.safetensors").write_bytes(b"Weights")
    assert files_fingerprint(folder, (".json", ".safetensors")) != first
    library = built(tmp_path / "of", "canteen.txt", encoder=str(folder))
    named = encoder_record(library, "dense")
    assert named
    assert named.sha256 == files_fingerprint(folder, (".json", ".safetensors"))


def test_the_default_encoder_has_files(tmp_path: Path) -> None:
    library = Library(tmp_path / "library", lambda _: KeywordEncoder(DEFAULT))
    library.add([write_files(tmp_path / "files")])
    found = encoder_record(library, "hybrid")
    assert found
    assert found.sha256


def test_nothing_tells_the_machine_by_name() -> None:
    import getpass
    import platform

    told: dict[str, Any] = {**machine(), **software()}
    text = json.dumps(told)
    assert platform.node() not in text or len(platform.node()) < 4
    assert str(Path.home()) not in text
    assert getpass.getuser() not in text or len(getpass.getuser()) < 5
    assert told["python"] == platform.python_version()
