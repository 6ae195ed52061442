"""A library over a real Milvus server finds what the embedded one finds, whatever goes wrong."""

import shutil
import threading
from collections.abc import Iterator, Sequence
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import parse
from corpus.samples import SAMPLES
from index import Library
from index.milvus import ServerError
from index.milvus.engine import Milvus
from index.milvus.expressions import among
from index.milvus.server import Row, Server
from retrieval import Filters, Searcher
from retrieval.ranking import MODES
from tests.conftest import Result, Run
from tests.fakes import KEYWORDS, KeywordEncoder, regulation, write_files
from tests.milvus_server import MilvusServer, fresh, opened, running

pytest.importorskip("pymilvus")
pytest.importorskip("milvus_lite")
pytestmark = pytest.mark.milvus

QUERIES = ("食堂收费", "寄宿生补助多少", "校车", "课后服务和图书", "经费")
PLACES = ("青禾县", "白沙市", "柳湖县", "云峪区", "临川镇", "石桥乡")

Found = list[tuple[str, float, float | None, float | None]]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MilvusServer]:
    with running(tmp_path_factory.mktemp("milvus") / "data") as server:
        yield server


def rows_of(library: Library) -> Server:
    """The rows of a library on its server."""
    assert isinstance(library.engine, Milvus)
    library.snapshot()
    return library.engine.rows


def found(library: Library, queries: Sequence[str] = QUERIES, *filters: Filters) -> list[Found]:
    """What each query finds in each mode: clauses, their scores and the parts of these."""
    searcher = Searcher(library)
    return [
        [
            (hit.clause.id, hit.score, hit.scores.bm25, hit.scores.dense)
            for hit in searcher.search(query, 50, mode, chosen).hits
        ]
        for query in queries
        for mode in MODES
        for chosen in (None, *filters)
    ]


def hits(result: Result) -> Any:
    """What a search prints, but for the time that it took."""
    return result.json["hits"]


def put(library: Library, texts: Sequence[str]) -> None:
    library.put_all(parse(f"id{at}", f"{at}.txt", text) for at, text in enumerate(texts))
    library.refresh()
    library.embed()


# --- the same rankings ----------------------------------------------------------------------


def test_the_samples_are_ranked_as_by_the_embedded_engine(
    server: MilvusServer, tmp_path: Path
) -> None:
    library = opened(tmp_path / "library", server.address)
    report = library.add([SAMPLES])
    assert not report.failed
    assert len(list(rows_of(library).keys())) == len(library.snapshot().passages)
    embedded = fresh(library, tmp_path / "embedded")
    ids = tuple(document.id for document in library.documents())
    filters = Filters(region="柘岭"), Filters(documents=ids[:3]), Filters(documents=ids[:-1])
    queries = ("义务教育学校的校车怎么管", "第十二条", *QUERIES[:2])
    expected = found(embedded, queries, *filters)
    assert found(library, queries, *filters) == expected
    assert sum(map(len, expected)) > 300


WORDS = st.sampled_from([*KEYWORDS, "经费", "教师", "学生", "每年", "不得", "应当"])
TEXTS = st.lists(
    st.lists(st.lists(WORDS, min_size=1, max_size=12).map("".join), min_size=1, max_size=5).map(
        lambda clauses: "\n".join(f"第{at}条　{c}。" for at, c in enumerate(clauses, 1))
    ),
    min_size=1,
    max_size=8,
    unique=True,
)


@settings(max_examples=3)
@given(TEXTS, st.data())
def test_random_libraries_are_ranked_alike(
    server: MilvusServer, texts: list[str], data: st.DataObject
) -> None:
    with TemporaryDirectory() as folder:
        library = opened(Path(folder) / "library", server.address)
        embedded = opened(Path(folder) / "embedded")
        for one in (library, embedded):
            put(one, texts)
        asked = data.draw(st.lists(st.lists(WORDS, max_size=4).map(" ".join), min_size=3))
        queries = [query for query in asked if query]
        ids = data.draw(st.lists(st.sampled_from(range(len(texts))), unique=True, min_size=1))
        chosen = Filters(documents=tuple(f"id{at}" for at in ids))
        assert found(library, queries, chosen) == found(embedded, queries, chosen)
        for one in (library, embedded):
            one.remove(chosen.documents)
        assert found(library, queries) == found(embedded, queries)
        library.clear_cache()


# --- several at once, and killed ------------------------------------------------------------


def add_and_search(folder: Path, sources: Sequence[Path], words: str) -> list[bool]:
    """Add files one by one; say of each whether it was found as soon as it was added."""
    library = opened(folder)
    seen = []
    for source in sources:
        added = library.add([source]).added
        hits = Searcher(library).search(words, 200, "bm25").hits
        seen.append({document.id for document in added} <= {hit.document.id for hit in hits})
    return seen


def test_three_processes_add_and_search_at_once(server: MilvusServer, tmp_path: Path) -> None:
    folder = tmp_path / "library"
    opened(folder, server.address).snapshot()
    jobs = []
    for at, place in enumerate(PLACES[:3]):
        files = {f"{at}-{n}.txt": regulation(f"{place}{n}", 6) for n in range(2)}
        sources = write_files(tmp_path / str(at), files)
        jobs.append((folder, sorted(sources.iterdir()), "经费"))
    forks = get_context("forkserver")
    forks.set_forkserver_preload(["pymilvus", "index.milvus.engine", "tests.fakes"])
    with forks.Pool(3) as pool:
        seen = pool.starmap(add_and_search, jobs)
    assert seen == [[True] * 2] * 3
    library = opened(folder)
    assert len(library.documents()) == 6
    assert found(library) == found(fresh(library, tmp_path / "embedded"))
    assert len(set(rows_of(library).keys())) == len(library.snapshot().passages)


def test_what_was_acknowledged_outlives_a_killed_server(
    server: MilvusServer, tmp_path: Path
) -> None:
    library = opened(tmp_path / "library", server.address)
    files = {f"{at}.txt": regulation(place, 40) for at, place in enumerate(PLACES)}
    sources = sorted(write_files(tmp_path / "sources", files).iterdir())
    acknowledged = set()
    try:
        for at, source in enumerate(sources):
            if at == 2:
                threading.Timer(0.05, server.kill).start()
            acknowledged |= {document.id for document in library.add([source]).added}
    except ServerError as error:
        assert "\n" not in str(error)
        assert str(error).startswith(f"{server.address}: ")
    else:
        pytest.fail("the server outlived its end")
    with pytest.raises(ServerError, match="there is no Milvus server"):
        opened(library.folder).snapshot()
    server.start()
    assert len(acknowledged) >= 2
    again = opened(library.folder)
    assert acknowledged <= {document.id for document in again.documents()}
    expected = found(fresh(again, tmp_path / "embedded"))
    assert found(again) == found(library) == expected
    assert len(set(rows_of(again).keys())) == len(again.snapshot().passages)


def test_a_server_that_lost_rows_gets_them_again(server: MilvusServer, tmp_path: Path) -> None:
    library = opened(tmp_path / "library", server.address)
    put(library, [regulation(place, 8) for place in PLACES])
    expected = found(library)
    rows = rows_of(library)
    keys = set(rows.keys())
    strange = Row(77, "id-of-nobody", KeywordEncoder().encode(["食堂"], "passage")[0], {1: 99.0})
    rows.write([strange])
    assert found(library) == expected
    rows.drop(sorted(keys)[:20])
    rows.stamp("of another time")
    again = opened(library.folder)
    assert found(again) == expected
    assert set(rows.keys()) == keys
    rows.remove()
    assert found(opened(library.folder)) == expected


def test_a_library_restored_from_a_backup_drops_what_it_no_longer_has(
    server: MilvusServer, tmp_path: Path
) -> None:
    library = opened(tmp_path / "library", server.address)
    put(library, [regulation(place, 6) for place in PLACES])
    expected, keys = found(library), set(rows_of(library).keys())
    backup = opened(library.folder).store
    backup.settle()
    copy = (library.folder / "library.db").read_bytes()
    library.put_all([parse("late", "late.txt", regulation("远山县", 6))])
    library.remove(["id0"])
    library.embed()
    assert found(library) != expected
    for path in library.folder.glob("library.db*"):
        path.unlink()
    (library.folder / "library.db").write_bytes(copy)
    again = opened(library.folder)
    assert found(again) == expected
    assert set(rows_of(again).keys()) == keys


# --- filters ----------------------------------------------------------------------------------

HOSTILE = [
    'a"] or passage > 0 or document in ["',
    "\\",
    '\\" or 1 == 1',
    "' or ''='",
    "%",
    "二\n\t行",
    "{x}",
]

HERE = np.array([1.0, 0.0], np.float32)


def test_a_hostile_value_names_itself_alone(server: MilvusServer, tmp_path: Path) -> None:
    rows = rows_of(opened(tmp_path / "library", server.address)).of("hostile")
    rows.create(2)
    rows.write([Row(at, name, HERE, {1: 1.0}) for at, name in enumerate(HOSTILE)])
    rows.load()
    everything = set(range(len(HOSTILE)))
    for at, name in enumerate(HOSTILE):
        for wanted, inside in (({at}, True), (everything - {at}, False)):
            where = among("document", [name], inside=inside)
            assert set(rows.by_vector(HERE, 100, where)) == wanted
            assert set(rows.by_words({1: 1.0}, 100, where)) == wanted


# --- moving ---------------------------------------------------------------------------------


def test_a_library_moves_to_a_server_and_back(
    server: MilvusServer, youju: Run, sources: Path, tmp_path: Path
) -> None:
    assert youju("add", sources).status == 0
    before = hits(youju("search", "校车", "--json"))
    refused = youju("search", "校车", "--backend", server.address)
    assert refused.status == 1
    assert refused.complaints == [
        f"youju: {tmp_path / 'library'} keeps its indexes in embedded, not in {server.address}: "
        f"leave --backend out, or run `youju move --library {tmp_path / 'library'} "
        f"--to {server.address}`"
    ]
    moved = youju("move", "--to", server.address, "--index", "HNSW")
    assert (moved.status, moved.out) == (0, "")
    assert hits(youju("search", "校车", "--json")) == before
    assert hits(youju("search", "校车", "--json", "--backend", server.address)) == before
    rows = rows_of(opened(tmp_path / "library"))
    assert rows.exists()
    assert youju("move", "--to", "embedded").status == 0
    assert hits(youju("search", "校车", "--json")) == before
    assert not rows.exists()


def test_a_library_leaves_a_server_that_is_gone(
    server: MilvusServer, youju: Run, sources: Path
) -> None:
    assert youju("add", sources, "--backend", server.address).status == 0
    before = hits(youju("search", "食堂", "--json"))
    server.kill()
    lost = youju("search", "食堂")
    assert lost.status == 1
    assert "there is no Milvus server" in lost.err
    left = youju("move", "--to", "embedded")
    assert left.status == 0
    assert "stays there" in left.err
    assert hits(youju("search", "食堂", "--json")) == before
    server.start()


def test_a_copy_has_rows_of_its_own(server: MilvusServer, tmp_path: Path) -> None:
    library = opened(tmp_path / "library", server.address)
    put(library, [regulation(place, 4) for place in PLACES])
    expected, keys = found(library), set(rows_of(library).keys())
    shutil.copytree(library.folder, tmp_path / "copy")
    copy = opened(tmp_path / "copy")
    assert found(copy) == expected
    copy.remove(["id0"])
    assert found(library) == expected
    assert set(rows_of(library).keys()) == keys
    assert rows_of(copy).collection != rows_of(library).collection


def test_another_encoder_gets_another_collection(server: MilvusServer, tmp_path: Path) -> None:
    library = opened(tmp_path / "library", server.address)
    put(library, [regulation(place, 4) for place in PLACES])
    before = rows_of(library).of(rows_of(library).collection)
    library.reencode("other")
    assert not before.exists()
    assert found(library) == found(opened(library.folder))
