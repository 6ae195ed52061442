"""Adding, replacing, removing; processes killed, and two at once; the encoder it is built with."""

import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from corpus import ReadError, parse
from index import Library, LibraryError, Report, default_folder
from index.embedding import ANNOUNCED, BATCH
from index.encoders import TextKind, Vectors
from index.encoders.errors import EncoderError
from index.encoders.names import DEFAULT, E5_SMALL
from retrieval.ranking import MODES
from retrieval.search import Searcher
from tests.fakes import CANTEEN, FILES, KeywordEncoder, Opener, regulation, write_files

ROOT = Path(__file__).parents[1]
ARTICLES = 16
MANY = {f"{n}.txt": regulation(f"{place}县", ARTICLES) for n, place in enumerate("甲乙丙丁戊")}
"""More passages than one batch of vectors holds."""
QUERIES = ("食堂经费", "寄宿 甲县", "校车")

Found = list[tuple[str, str, str, float]]


def found(library: Library) -> Found:
    """Everything that searches see, best first."""
    searcher = Searcher(library)
    return [
        (query, mode, hit.clause.id, hit.score)
        for query in QUERIES
        for mode in MODES
        for hit in searcher.search(query, 1000, mode).hits
    ]


def fresh(folder: Path, *sources: Path) -> Library:
    library = Library(folder, Opener())
    library.add(sources)
    return library


def ids(report: Report) -> dict[str, list[str]]:
    outcomes = {"added": report.added, "replaced": report.replaced, "unchanged": report.unchanged}
    return {name: [d.id for d in documents] for name, documents in outcomes.items() if documents}


# --- add, replace, remove -------------------------------------------------------------------


def test_what_is_added_can_be_found(library: Library, sources: Path) -> None:
    report = library.add([sources])
    assert [Path(document.source).name for document in report.added] == sorted(FILES)
    assert report.clauses == sum(library.store.clause_counts().values()) > 0
    hits = Searcher(library).search("校长陪餐").hits
    assert hits[0].document.label == "青禾县学校食堂管理办法"


def test_the_same_bytes_are_left_alone(library: Library, sources: Path, opener: Opener) -> None:
    first = library.add([sources])
    state = library.store.state()
    encoded = len(opener(None).passages)
    again = library.add([sources])
    assert ids(again) == {"unchanged": [document.id for document in first.added]}
    assert again.clauses == 0
    assert library.store.state() == state
    assert len(opener(None).passages) == encoded


def test_a_copy_under_another_name_is_the_same_document(library: Library, sources: Path) -> None:
    library.add([sources])
    copy = write_files(sources / "deeper", {"copy.txt": CANTEEN})
    assert list(ids(library.add([copy]))) == ["unchanged"]
    assert len(library.documents()) == len(FILES)


def test_a_changed_file_replaces_its_old_self(library: Library, sources: Path) -> None:
    old = library.add([sources / "canteen.txt"]).added[0]
    (sources / "canteen.txt").write_text(CANTEEN.replace("3次", "5次"))
    report = library.add([sources / "canteen.txt"])
    (new,) = report.replaced
    assert (report.added, new.id != old.id) == ([], True)
    assert [document.id for document in library.documents()] == [new.id]
    assert "每周陪餐不少于5次" in library.document(new.id).text
    assert {row.document_id for row in library.snapshot().passages} == {new.id}
    with pytest.raises(LibraryError):
        library.document(old.id)


@pytest.mark.parametrize("spelt", ["sources/canteen.txt", "sources/../sources/canteen.txt"])
def test_a_file_is_the_same_however_its_path_is_spelt(
    library: Library, sources: Path, spelt: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.add([sources / "canteen.txt"])
    (sources / "canteen.txt").write_text(CANTEEN + "完。")
    monkeypatch.chdir(sources.parent)
    assert list(ids(library.add([Path(spelt)]))) == ["replaced"]


def test_what_fails_stops_nothing_else(library: Library, sources: Path) -> None:
    (sources / "a.txt").write_bytes(b"")
    (sources / "b.txt").write_bytes(b"%PDF-1.7")
    report = library.add([sources])
    assert [Path(failure.source).name for failure in report.failed] == ["a.txt", "b.txt"]
    assert len(report.added) == len(FILES)


def test_a_path_that_is_not_there_is_told_before_anything_is_added(
    library: Library, sources: Path
) -> None:
    with pytest.raises(ReadError, match=r"missing\.txt"):
        library.add([sources, sources / "missing.txt"])
    assert library.documents() == []


def test_a_report_holds_no_texts(library: Library, sources: Path) -> None:
    for report in (library.add([sources]), library.add([sources])):
        for document in (*report.added, *report.unchanged):
            assert (document.text, document.clauses) == ("", ())


def test_documents_go_by_id_and_its_beginning(library: Library, sources: Path) -> None:
    documents = library.add([sources]).added
    removed = library.remove([documents[0].id, documents[1].id[:6], documents[0].id[:8]])
    assert [document.id for document in removed] == [documents[0].id, documents[1].id]
    assert [document.id for document in library.documents()] == [documents[2].id]
    assert {row.document_id for row in library.snapshot().passages} == {documents[2].id}


@pytest.mark.parametrize(
    ("name", "said"), [("d", "several documents"), ("dxyz", "no document"), ("", "no document")]
)
def test_an_unclear_name_removes_nothing(
    library: Library, sources: Path, name: str, said: str
) -> None:
    documents = library.add([sources]).added
    with pytest.raises(LibraryError, match=said):
        library.remove([documents[0].id, name])
    assert len(library.documents()) == len(FILES)


def test_an_id_that_begins_another_is_clear(library: Library) -> None:
    library.put_all(parse(name, name, CANTEEN) for name in ("1", "10", "100"))
    assert library.document("10").id == "10"
    assert [document.id for document in library.remove(["1"])] == ["1"]
    with pytest.raises(LibraryError, match="several"):
        library.document("1")


# --- folders --------------------------------------------------------------------------------


def test_the_library_is_named_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_LIBRARY", "/somewhere/else")
    assert default_folder() == Path("/somewhere/else")
    monkeypatch.delenv("YOUJU_LIBRARY")
    assert default_folder().name == "library"


def test_a_folder_of_other_things_is_no_library(sources: Path, opener: Opener) -> None:
    before = sorted(sources.iterdir())
    with pytest.raises(LibraryError, match="is not a library"):
        Library(sources, opener)
    assert sorted(sources.iterdir()) == before


def test_a_file_is_no_library(sources: Path, opener: Opener) -> None:
    with pytest.raises(LibraryError, match="is a file"):
        Library(sources / "plan.md", opener)


def test_only_adding_makes_a_library(tmp_path: Path, opener: Opener) -> None:
    with pytest.raises(LibraryError, match="youju add"):
        Library(tmp_path / "none", opener, create=False)
    assert not (tmp_path / "none").exists()
    Library(tmp_path / "none", opener)
    Library(tmp_path / "none", opener, create=False)


# --- vectors --------------------------------------------------------------------------------


def test_words_are_searched_before_there_are_vectors(library: Library, sources: Path) -> None:
    library.add([sources], vectors=False)
    results = Searcher(library).search("校长陪餐")
    assert results.hits[0].document.label == "青禾县学校食堂管理办法"
    assert results.pending == len(library.snapshot().passages) > 0
    assert Searcher(library).search("校长陪餐", mode="dense").hits == []
    library.embed()
    assert Searcher(library).search("校长陪餐").pending == 0


def test_equal_passages_are_encoded_once(library: Library, tmp_path: Path, opener: Opener) -> None:
    # Same title and clauses, another last line: different bytes, the same searched texts.
    copies = {f"{n}.txt": CANTEEN + f"\n\n附件：{n}\n" for n in range(3)}
    library.add([write_files(tmp_path / "copies", copies)])
    times = Counter(opener(None).passages)
    assert max(times.values()) == 1
    assert len(times) < len(library.snapshot().passages)
    assert library.snapshot().pending == 0


class Stopped(Exception):
    """Raised where a user would press Ctrl-C."""


class StoppingEncoder(KeywordEncoder):
    """Encodes so many batches, and then is stopped."""

    def __init__(self, batches: int) -> None:
        super().__init__()
        self.left = batches

    def encode(self, texts: list[str], kind: TextKind) -> Vectors:
        if not self.left:
            raise Stopped
        self.left -= 1
        return super().encode(texts, kind)


def test_interrupted_encoding_goes_on_where_it_stopped(tmp_path: Path) -> None:
    sources = write_files(tmp_path / "sources", MANY)
    stopping = StoppingEncoder(batches=1)
    with pytest.raises(Stopped):
        Library(tmp_path / "library", lambda name: stopping).add([sources])
    assert len(stopping.passages) == BATCH
    encoder = KeywordEncoder()
    library = Library(tmp_path / "library", lambda name: encoder)
    total = len(library.snapshot().passages)
    library.embed()
    assert len(encoder.passages) == total - BATCH
    assert not set(encoder.passages) & set(stopping.passages)
    assert found(library) == found(fresh(tmp_path / "fresh", sources))


def test_vectors_that_nobody_was_told_of_are_taken_in(tmp_path: Path, opener: Opener) -> None:
    """As a process leaves them that is killed between its last batch and the word about it."""
    sources = write_files(tmp_path / "sources", MANY)
    library = Library(tmp_path / "library", opener)
    library.add([sources], vectors=False)
    encoder = library.encoder
    waiting = library.store.unembedded(encoder.name)
    texts = list(library.store.indexed_texts(waiting))
    vectors = encoder.encode(texts, "passage")
    library.store.put_embeddings(encoder.name, [row.text_hash for row in waiting], vectors)
    reopened = Library(tmp_path / "library", opener)
    assert reopened.snapshot().pending == len(waiting)
    reopened.embed()
    assert reopened.snapshot().pending == 0
    assert found(reopened) == found(fresh(tmp_path / "fresh", sources))


def test_a_part_of_the_vectors_is_searched_with_the_rest_by_words(tmp_path: Path) -> None:
    sources = write_files(tmp_path / "sources", MANY)
    with pytest.raises(Stopped):
        stopping = StoppingEncoder(batches=1)
        Library(tmp_path / "library", lambda name: stopping).add([sources])
    library = Library(tmp_path / "library", Opener())
    library.store.announce_vectors()
    snapshot = library.snapshot()
    assert snapshot.pending == len(snapshot.passages) - BATCH
    results = Searcher(library).search("食堂经费", top=1000)
    assert results.pending == snapshot.pending
    assert {hit.scores.dense is None for hit in results.hits} == {True, False}
    expected = {row.clause_id for row in snapshot.passages}
    found_by_words = Searcher(library).search("经费", top=1000, mode="bm25").hits
    assert {hit.clause.id for hit in found_by_words} == expected


def test_searches_take_new_vectors_in_before_all_are_made(tmp_path: Path) -> None:
    """With many batches, what is done so far counts long before the end."""
    articles = BATCH * (ANNOUNCED + 1) // 4
    many = {f"{place}.txt": regulation(f"{place}县", articles) for place in "甲乙丙丁"}
    library = Library(tmp_path / "library", Opener())
    pending: list[int] = []

    def look(stage: str, done: int, total: int) -> None:
        if stage == "vectors" and done == BATCH * ANNOUNCED:
            pending.append(library.snapshot().pending)

    library.add([write_files(tmp_path / "sources", many)], look)
    assert pending == [len(library.snapshot().passages) - BATCH * ANNOUNCED]


def test_two_threads_encode_nothing_twice(tmp_path: Path, opener: Opener) -> None:
    library = Library(tmp_path / "library", opener)
    library.add([write_files(tmp_path / "sources", MANY)], vectors=False)
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(lambda _: library.embed(), range(2)))
    assert max(Counter(opener(None).passages).values()) == 1


def test_a_document_may_go_while_vectors_are_made(tmp_path: Path, opener: Opener) -> None:
    library = Library(tmp_path / "library", opener)
    library.add([write_files(tmp_path / "sources", MANY)], vectors=False)
    first = library.documents()[0].id

    def remove(stage: str, done: int, total: int) -> None:
        if done == BATCH:
            Library(library.folder, opener).remove([first])

    library.embed(remove)
    assert first not in {document.id for document in library.documents()}
    assert library.snapshot().pending == 0
    assert len(library.snapshot().passages) == ARTICLES * (len(MANY) - 1)


# --- the encoder ----------------------------------------------------------------------------


def test_the_encoder_is_opened_when_it_is_needed(library: Library, opener: Opener) -> None:
    library.add([write_files(library.folder.parent / "s")], vectors=False)
    Searcher(library).search("食堂")
    assert opener.opened == {}


def test_a_library_remembers_its_encoder(tmp_path: Path, sources: Path) -> None:
    Library(tmp_path / "library", Opener(), model="other").add([sources])
    opener = Opener()
    assert Library(tmp_path / "library", opener).encoder.name == "other"
    assert list(opener.opened) == ["other"]


def test_another_encoder_is_refused_with_the_command_that_mends_it(
    library: Library, sources: Path, opener: Opener
) -> None:
    library.add([sources])
    other = Library(library.folder, opener, model="an other")
    command = f"youju reencode --library {library.folder} --model 'an other'"
    with pytest.raises(LibraryError, match=command):
        Searcher(other).search("食堂")
    more = write_files(sources.parent / "more", {"b.txt": CANTEEN + "完。"})
    with pytest.raises(LibraryError, match="built with the encoder keywords, not an other"):
        other.add([more])
    assert len(library.documents()) == len(FILES)
    # By words there is nothing to refuse.
    assert Searcher(other).search("食堂", mode="bm25").hits


def test_a_default_encoder_that_changed_is_refused_too(library: Library, sources: Path) -> None:
    library.add([sources])
    newer = Library(library.folder, lambda name: KeywordEncoder("keywords 2"))
    with pytest.raises(LibraryError, match=r"`youju reencode --library \S+`"):
        Searcher(newer).search("食堂")
    newer.reencode(None)
    assert Searcher(newer).search("食堂").hits


def test_reencoding_changes_the_encoder_for_good(
    library: Library, sources: Path, opener: Opener
) -> None:
    library.add([sources])
    before = found(library)
    library.reencode("other")
    assert opener("other").passages
    assert found(library) == before
    reopened = Library(library.folder, opener)
    assert (reopened.encoder.name, reopened.snapshot().pending) == ("other", 0)
    # The vectors of the first one are still there.
    encoded = len(opener(None).passages)
    reopened.reencode(None)
    assert reopened.snapshot().pending == 0
    assert len(opener(None).passages) == encoded


# --- an encoder that is no longer the default ------------------------------------------------


def former_library(folder: Path, sources: Path, model: str | None = None) -> Library:
    """A library as an earlier version made it, whose default was the plain e5."""
    library = Library(folder, lambda name: KeywordEncoder(E5_SMALL), model)
    library.add([sources])
    assert library.encoder.name == E5_SMALL
    return library


def test_a_library_of_a_former_default_goes_on_working(
    tmp_path: Path, sources: Path, opener: Opener
) -> None:
    before = found(former_library(tmp_path / "library", sources))
    library = Library(tmp_path / "library", opener)
    assert found(library) == before
    more = write_files(tmp_path / "more", {"b.txt": CANTEEN + "完。"})
    assert len(library.add([more]).added) == 1
    assert list(opener.opened) == [E5_SMALL]


def test_a_better_default_is_told_until_it_is_taken(
    tmp_path: Path, sources: Path, opener: Opener
) -> None:
    former_library(tmp_path / "library", sources)
    library = Library(tmp_path / "library", opener)
    (warning,) = library.add([sources]).warnings
    assert warning.source == str(tmp_path / "library")
    assert f"`youju reencode --library {tmp_path / 'library'}`" in warning.error
    assert DEFAULT in warning.error
    library.reencode(None)
    assert library.encoder is opener.opened[None]
    assert (library.advice, library.add([sources]).warnings) == (None, [])
    assert Library(tmp_path / "library", opener).advice is None


def test_a_model_that_was_chosen_is_left_alone(
    tmp_path: Path, sources: Path, opener: Opener
) -> None:
    former_library(tmp_path / "library", sources, model="e5-small")
    library = Library(tmp_path / "library", opener)
    assert (library.encoder.name, library.advice) == (E5_SMALL, None)
    former_library(tmp_path / "other", sources)
    assert Library(tmp_path / "other", opener, model=E5_SMALL).advice is None


def test_a_former_default_that_cannot_be_had_names_both_remedies(
    tmp_path: Path, sources: Path
) -> None:
    former_library(tmp_path / "library", sources)

    def missing(name: str | None) -> KeywordEncoder:
        assert name == E5_SMALL
        raise EncoderError("not installed: pip install 'youju[e5]'")

    library = Library(tmp_path / "library", missing)
    more = write_files(tmp_path / "more", {"b.txt": CANTEEN + "完。"})
    for act in (lambda: Searcher(library).search("食堂"), lambda: library.add([more])):
        with pytest.raises(LibraryError, match=r"youju\[e5\].*`youju reencode ") as raised:
            act()
        assert "\n" not in str(raised.value)
    assert len(library.documents()) == len(FILES)
    assert Searcher(library).search("食堂", mode="bm25").hits


def test_interrupted_reencoding_mixes_no_vectors(tmp_path: Path, sources: Path) -> None:
    Library(tmp_path / "library", Opener(), model="a/b").add([sources])
    # In the letters that a file name may have, its name is the same.
    stopping = StoppingEncoder(batches=0)
    stopping.name = "a.b"
    with pytest.raises(Stopped):
        Library(tmp_path / "library", lambda name: stopping).reencode("a.b")
    snapshot = Library(tmp_path / "library", Opener()).snapshot()
    assert (snapshot.vectors, snapshot.pending) == (None, len(snapshot.passages))


# --- killed, and two at once ----------------------------------------------------------------

needs_kill = pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL and fork")

# Imports once, then a child for each case adds the files and kills itself at the given step.
KILLED = """
import os, signal, sys
from pathlib import Path
import faiss
from index import Library
from index.tokens import tokenize
from tests.fakes import KeywordEncoder

root, sources = map(Path, sys.argv[1:3])
tokenize("学校")  # loads the dictionary, once for all
for case in sys.argv[3:]:
    stage, step = case.split(":")

    def die(now, done, total):
        if (now, done) == (stage, int(step)):
            os.kill(os.getpid(), signal.SIGKILL)

    if not (child := os.fork()):
        Library(root / case, lambda name: KeywordEncoder()).add([sources], die)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL, case
"""

# step of the files read: how many documents were reported as added by then
STEPS = {"read:0": 0, "read:1": 1, "read:3": 3, "read:5": 5, "words:1": 5, "vectors:0": 5}
STEPS |= {f"vectors:{BATCH}": 5, f"vectors:{ARTICLES * len(MANY)}": 5}


def run(script: str, *arguments: object) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@needs_kill
def test_a_process_killed_while_adding_loses_nothing_it_reported(tmp_path: Path) -> None:
    sources = write_files(tmp_path / "sources", MANY)
    process = run(KILLED, tmp_path, sources, *STEPS)
    _, errors = process.communicate(timeout=120)
    assert (process.returncode, errors) == (0, "")
    expected = found(fresh(tmp_path / "fresh", sources))
    for case, reported in STEPS.items():
        library = Library(tmp_path / case, Opener())
        names = [Path(document.source).name for document in library.documents()]
        assert names == sorted(MANY)[:reported], case
        assert len(library.snapshot().passages) == ARTICLES * reported
        library.add([sources])
        assert found(library) == expected, case


# A document whose passages kill the process while they are being written.
TORN = """
import os, signal, sys
from pathlib import Path
from corpus import read_file
from index.passages import split_passages
from index.store import Store

class Deadly(list):
    def __iter__(self):
        yield from self[:10]
        os.kill(os.getpid(), signal.SIGKILL)

document = read_file(Path(sys.argv[2]))
Store(Path(sys.argv[1])).put(document, Deadly(split_passages(document)))
"""


@needs_kill
def test_a_process_killed_while_replacing_leaves_the_old_document(tmp_path: Path) -> None:
    file = write_files(tmp_path / "sources", {"a.txt": MANY["0.txt"]}) / "a.txt"
    library = fresh(tmp_path / "library", file)
    before = (library.documents(), library.store.passages(), found(library))
    file.write_text(MANY["1.txt"])
    process = run(TORN, library.folder, file)
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (-signal.SIGKILL, "")
    library = Library(library.folder, Opener())
    assert (library.documents(), library.store.passages(), found(library)) == before
    assert list(ids(library.add([file]))) == ["replaced"]


ADDING = """
import sys
from pathlib import Path
from index import Library
from tests.fakes import KeywordEncoder

print("ready", flush=True)
sys.stdin.readline()
library = Library(Path(sys.argv[1]), lambda name: KeywordEncoder())
report = library.add([Path(name) for name in sys.argv[2:]])
print(len(report.added), len(report.unchanged), len(report.failed))
"""


def test_two_processes_may_add_to_a_new_library_at_once(tmp_path: Path) -> None:
    sources = write_files(tmp_path / "sources", MANY)
    shared, own = [sources / "0.txt", sources / "1.txt", sources / "2.txt"], sources
    processes = [
        run(ADDING, tmp_path / "library", *shared, own / "3.txt"),
        run(ADDING, tmp_path / "library", *shared, own / "4.txt"),
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    with ThreadPoolExecutor(2) as threads:
        results = list(threads.map(lambda p: p.communicate("go\n", timeout=120), processes))
    assert [errors for _, errors in results] == ["", ""]
    counts = [[int(count) for count in out.split()] for out, _ in results]
    assert [sum(column) for column in zip(*counts, strict=True)] == [5, 3, 0]
    library = Library(tmp_path / "library", Opener())
    assert len(library.documents()) == 5
    assert library.snapshot().pending == 0
    assert len(list((tmp_path / "library" / "cache").iterdir())) == 2
    # Who came first is chance, and with it the order of equal scores.
    assert sorted(found(library)) == sorted(found(fresh(tmp_path / "fresh", sources)))


def test_searching_goes_on_while_documents_are_added(library: Library, tmp_path: Path) -> None:
    write_files(tmp_path / "first", {"canteen.txt": CANTEEN})
    library.add([tmp_path / "first"])
    sources = write_files(tmp_path / "sources", MANY)
    adding = threading.Thread(target=library.add, args=([sources],))
    adding.start()
    counts = []
    while adding.is_alive():
        results = Searcher(library).search("校长陪餐", top=1000)
        assert "d" + results.hits[0].document.id[1:] in {d.id for d in library.documents()}
        counts.append(len(results.hits))
    adding.join()
    assert counts
    assert len(library.documents()) == 1 + len(MANY)


def test_what_no_reader_takes_is_named_and_stops_nothing(library: Library, tmp_path: Path) -> None:
    folder = write_files(tmp_path / "mixed", {"a.txt": CANTEEN, "表.xlsx": "x", "~$a.docx": "x"})
    table = "文件,层级\na.txt,星\n没有.txt,县\n"
    (folder / "metadata.csv").write_text(table, encoding="utf-8")
    report = library.add([folder])
    assert [document.source for document in report.added] == [str(folder / "a.txt")]
    assert report.failed == []
    assert report.passed_over == [str(folder / "表.xlsx")]
    assert {warning.source for warning in report.warnings} == {str(folder / "metadata.csv")}
    assert len(report.warnings) == 2
