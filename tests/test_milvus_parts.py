"""What a Milvus engine does without a server: addresses, filters, counts, errors."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands.move import WAYS as NAMED_WAYS
from corpus import parse
from index import Library
from index.milvus import Address, ServerError, parse_address
from index.milvus.counts import Bags, count_passages, counted_keys, known_terms, read_bags
from index.milvus.expressions import Numbered, among, expression, literal
from index.milvus.line import explained
from index.milvus.sending import NOTHING, row_of
from index.milvus.server import WAYS
from index.milvus.unsent import Unsent
from index.rows import PassageRow
from index.tokens import tokenize
from tests.conftest import Run
from tests.fakes import CANTEEN, NOTICE, PLAN, Opener
from ui.errors import explain

ROOT = Path(__file__).parents[1]
NOBODY = "milvus://127.0.0.1:1"


# --- addresses ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("milvus://localhost:19530", Address("localhost", 19530)),
        ("milvus://Node-1.example.cn:1/", Address("node-1.example.cn", 1)),
        ("milvus://10.0.0.7:65535/policies", Address("10.0.0.7", 65535, "policies")),
        ("milvus://[::1]:19530/a_1", Address("[::1]", 19530, "a_1")),
    ],
)
def test_an_address_is_read_and_written(written: str, address: Address) -> None:
    assert parse_address(written) == address
    assert parse_address(str(address)) == address


@pytest.mark.parametrize(
    "written",
    [
        "",
        "milvus://",
        "milvus://host",
        "milvus://host:0",
        "milvus://host:65536",
        "http://host:19530",
        "milvus://user:secret@host:19530",
        "milvus://host:19530/a/b",
        "milvus://host:19530/数据",
        "milvus://host:19530\n",
    ],
)
def test_what_is_no_address_is_refused_in_a_line(written: str) -> None:
    with pytest.raises(ServerError, match=r"expected milvus://HOST:PORT") as raised:
        parse_address(written)
    assert "\n" not in str(raised.value)


def test_the_indexes_of_the_command_are_those_of_the_server() -> None:
    assert tuple(WAYS) == NAMED_WAYS


# --- filters --------------------------------------------------------------------------------


def test_values_are_escaped() -> None:
    assert literal(7) == "7"
    assert literal('a"] or passage > 0 or document in ["\\') == (
        '"a\\"] or passage > 0 or document in [\\"\\\\"'
    )
    assert literal("二\n\t行") == '"二\\n\\t行"'
    with pytest.raises(ValueError, match="control character"):
        literal("\x00")


def test_only_known_fields_are_named() -> None:
    assert among("document", ["a", "b"]) == 'document in ["a", "b"]'
    assert among("passage", [1], inside=False) == "passage not in [1]"
    with pytest.raises(ValueError, match="no field"):
        among("1 == 1 or document", ["a"])


@given(st.lists(st.integers(1, 5), min_size=1, max_size=6), st.data())
def test_an_expression_holds_for_what_is_allowed(sizes: list[int], data: st.DataObject) -> None:
    rows = [
        PassageRow(0, "", f"d{document}", 0, 0, b"")
        for document, size in enumerate(sizes)
        for _ in range(size)
    ]
    chosen = data.draw(st.sets(st.sampled_from(range(len(rows))), min_size=1))
    allowed = np.array(sorted(chosen))
    keys = np.arange(100, 100 + len(rows))
    written = expression(allowed, Numbered.among(rows), keys)
    held = {at for at, row in enumerate(rows) if holds(written, row.document_id, int(keys[at]))}
    assert held == chosen


def holds(written: str, document: str, key: int) -> bool:
    """Read an expression as a server does."""
    values = {"document": document, "passage": str(key)}
    for part in written.split(" or ") if written else ():
        field, _, named = part.partition(" ")
        inside = not named.startswith("not ")
        listed = [v.strip('"') for v in named[named.index("[") + 1 : -1].split(", ")]
        if (values[field] in listed) is inside:
            return True
    return not written


# --- counts ---------------------------------------------------------------------------------


def test_the_counts_are_those_of_the_passages(library: Library) -> None:
    documents = [parse(str(at), str(at), text) for at, text in enumerate((CANTEEN, PLAN, NOTICE))]
    library.put_all(documents)
    store = library.store
    count_passages(store)
    expect_counts(library)
    keys, _ = counted_keys(store)
    store.delete(["1"])
    count_passages(store)
    expect_counts(library)
    kept, _ = counted_keys(store)
    assert set(kept) < set(keys)
    with store.connect() as connection:
        gone = {row[0] for row in connection.execute("SELECT key FROM gone")}
    assert gone == set(keys) - set(kept)
    library.put_all(documents[1:2])
    count_passages(store)
    assert sorted(counted_keys(store)[0]) == sorted(keys)


def expect_counts(library: Library) -> None:
    """Compare with a count of all tokens of all passages."""
    store = library.store
    rows = store.passages()
    texts = [tokenize(text) for text in store.indexed_texts(rows)]
    words = sorted({word for text in texts for word in text})
    assert counted_keys(store)[1] == sum(map(len, texts))
    with store.connect() as connection:
        terms = known_terms(connection, words)
        bags = read_bags(connection, np.array([row.id for row in rows]))
    assert terms.holding == {word: sum(word in text for text in texts) for word in words}
    assert bags.lengths.tolist() == [len(text) for text in texts]
    names = {number: word for word, number in terms.numbers.items()}
    assert read(bags, names) == [{word: text.count(word) for word in text} for text in texts]


def read(bags: Bags, names: dict[int, str]) -> list[dict[str, int]]:
    found: list[dict[str, int]] = [{} for _ in bags.ids]
    for owner, posting in zip(bags.owners.tolist(), bags.postings.tolist(), strict=True):
        found[owner][names[posting[0]]] = posting[1]
    return found


def test_a_row_has_the_weights_of_bm25_without_rarity() -> None:
    postings = np.array([(3, 1), (9, 4)], [("term", "<u4"), ("times", "<u2")])
    vector = np.ones(2, np.float32)
    row = row_of(Unsent(1, 5, 60, postings, "d", vector), 40.0)
    damped = 0.9 * (1 - 0.75 + 0.75 * 60 / 40)
    assert row.words == {3: 1 * 1.9 / (1 + damped), 9: 4 * 1.9 / (4 + damped)}
    assert (row.key, row.document) == (5, "d")
    assert row_of(Unsent(1, 5, 0, postings[:0], "d", vector), 40.0).words == {NOTHING: 1.0}


# --- errors ---------------------------------------------------------------------------------


SAID: Sequence[tuple[str, str]] = (
    ("<MilvusException: (code=2, message=Fail connecting to server)>", "no Milvus server"),
    ("StatusCode.DEADLINE_EXCEEDED\n details", "no answer in 30 seconds"),
    ("auth check failure, please check username", "YOUJU_MILVUS_TOKEN"),
    ("database not found[database=x]", "no such database"),
    ("Method not implemented: UNIMPLEMENTED", "Milvus 2.5 or newer"),
    ("something else", "the server refused: something else"),
)


@pytest.mark.parametrize(("said", "meaning"), SAID)
def test_what_a_server_says_is_explained_in_a_line(said: str, meaning: str) -> None:
    line = explained(said)
    assert meaning in line
    assert "\n" not in line


@pytest.mark.parametrize("said", [said for said, _ in SAID])
def test_the_page_says_it_in_chinese(said: str) -> None:
    shown = explain(f"{NOBODY}: {explained(said)}", "zh")
    assert "Milvus 服务器" in shown
    assert "milvus://" not in shown


def test_nobody_at_an_address_is_told_in_a_line(youju: Run, sources: Path) -> None:
    pytest.importorskip("pymilvus")
    refused = youju("add", sources, "--backend", NOBODY)
    assert refused.status == 1
    assert len(refused.complaints) == 1
    assert refused.complaints[0].startswith(f"youju: {NOBODY}: there is no Milvus server")
    assert "Traceback" not in refused.err


def test_a_library_remembers_where_its_indexes_are(tmp_path: Path) -> None:
    pytest.importorskip("pymilvus")
    Library(tmp_path, Opener(), backend=NOBODY)
    library = Library(tmp_path, Opener())
    library.put_all([parse("a", "a", CANTEEN)])
    with pytest.raises(ServerError, match="no Milvus server"):
        library.snapshot()
    with sqlite3.connect(tmp_path / "library.db") as connection:
        kept = connection.execute("SELECT value FROM meta WHERE key = 'backend'").fetchone()
    assert kept == (NOBODY,)


@settings(max_examples=25)
@given(st.text(max_size=30))
def test_a_literal_is_one_string(text: str) -> None:
    try:
        written = literal(text)
    except ValueError:
        assert any(ord(letter) < 32 for letter in text)
        return
    body = written[1:-1].replace("\\\\", "").replace('\\"', "")
    assert written[0] == written[-1] == '"'
    assert '"' not in body
    assert "\n" not in written


# --- the cluster ----------------------------------------------------------------------------


def test_the_values_of_the_cluster_are_yaml() -> None:
    yaml = pytest.importorskip("yaml")
    values = yaml.safe_load((ROOT / "deploy" / "milvus-values.yaml").read_text("utf-8"))
    assert values["cluster"] == {"enabled": True}
    assert values["service"]["type"] == "ClusterIP"
    nested = yaml.safe_load(values["extraConfigFiles"]["user.yaml"])
    assert nested["common"]["security"] == {"authorizationEnabled": True}
    assert values["queryNode"]["replicas"] > 1
    assert values["queryNode"]["disk"]["enabled"]
