"""One collection on a Milvus server: rows written, dropped and searched."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.encoders import Vectors
from index.milvus.address import Address
from index.milvus.expressions import DOCUMENT, KEY, among
from index.milvus.line import SECONDS, Line

if TYPE_CHECKING:
    from pymilvus import MilvusClient

LOADING_SECONDS = 600.0
"""A server that was started again reads its segments first, gigabytes of them."""
MOST = 16_384
"""Rows that Milvus returns at most."""
STAMP = 0
"""The key of the row that holds the library's token; no passage has it."""

MEANING, WORDS = "meaning", "words"
LONGEST_ID = 512

Keys = NDArray[np.int64]


class Row(NamedTuple):
    """A passage on the server: its key, its document, its vector, the weights of its words."""

    key: int
    document: str
    vector: Vectors
    words: Mapping[int, float]


class Way(NamedTuple):
    """An index over the vectors: how it is built, and how much of it a search looks through."""

    built: Mapping[str, int]
    searched: Callable[[int], dict[str, int]]


WAYS: dict[str, Way] = {
    "FLAT": Way({}, lambda limit: {}),
    "HNSW": Way({"M": 16, "efConstruction": 200}, lambda limit: {"ef": 2 * limit}),
    "DISKANN": Way({}, lambda limit: {"search_list": 2 * limit}),
}
"""Exact; approximate in memory; approximate on disk."""


class Server:
    """The collection of one library on a server. Safe to share between threads."""

    def __init__(self, line: Line, collection: str = "") -> None:
        self.collection = collection
        self._line = line
        self._speaking = line.speaking

    @property
    def address(self) -> Address:
        """Where the server is."""
        return self._line.address

    @property
    def is_broken(self) -> bool:
        """Whether anything went wrong; the server may have been started again since."""
        return self._line.is_broken

    def of(self, collection: str) -> "Server":
        """Return another collection on the same server."""
        return Server(self._line, collection)

    def close(self) -> None:
        """Close the connection, that of all collections."""
        self._line.client.close()

    # --- the collection --------------------------------------------------------------------

    def exists(self) -> bool:
        """Whether there is such a collection."""
        with self._speaking() as client:
            return bool(client.has_collection(self.collection, timeout=SECONDS))

    def create(self, dimension: int, way: str = "FLAT") -> None:
        """Make the collection, for vectors of so many numbers, unless it is there."""
        from pymilvus import DataType

        with self._speaking() as client:
            schema = client.create_schema(auto_id=False, enable_dynamic_field=False)
            schema.add_field(KEY, DataType.INT64, is_primary=True)
            schema.add_field(DOCUMENT, DataType.VARCHAR, max_length=LONGEST_ID)
            schema.add_field(MEANING, DataType.FLOAT_VECTOR, dim=dimension)
            schema.add_field(WORDS, DataType.SPARSE_FLOAT_VECTOR)
            indexes = client.prepare_index_params()
            built = dict(WAYS[way].built)
            indexes.add_index(MEANING, way, MEANING, metric_type="IP", params=built)
            indexes.add_index(WORDS, "SPARSE_INVERTED_INDEX", WORDS, metric_type="IP")
            # Strong: what one process has written, the next search of any other finds.
            client.create_collection(
                self.collection,
                schema=schema,
                index_params=indexes,
                consistency_level="Strong",
                timeout=SECONDS,
            )

    def load(self) -> None:
        """Make the collection searchable: a server that was started again has not done it."""
        with self._speaking() as client:
            client.load_collection(self.collection, timeout=LOADING_SECONDS)
            self._warm(client)

    def remove(self) -> None:
        """Remove the collection with all its rows."""
        with self._speaking() as client:
            client.drop_collection(self.collection, timeout=SECONDS)

    # --- rows ------------------------------------------------------------------------------

    def write(self, rows: Sequence[Row]) -> None:
        """Write rows; one of a key that is there takes its place."""
        data = [
            {KEY: row.key, DOCUMENT: row.document, MEANING: row.vector, WORDS: dict(row.words)}
            for row in rows
        ]
        with self._speaking() as client:
            client.upsert(self.collection, data, timeout=SECONDS)

    def settle(self) -> None:
        """Let what was written be indexed, where a server waits to be told.

        A cluster does it by itself, and limits how often it may be asked; Milvus Lite indexes what
        it was not told to settle again for every search.
        """
        with self._speaking() as client:
            if "lite" in client.get_server_version().lower():
                client.flush(self.collection, timeout=LOADING_SECONDS)
                self._warm(client)

    def _warm(self, client: "MilvusClient") -> None:
        """Ask for a word: Milvus Lite reads the words of new rows when it is first asked."""
        client.search(
            self.collection,
            [{STAMP: 1.0}],
            limit=1,
            anns_field=WORDS,
            output_fields=[KEY],
            timeout=LOADING_SECONDS,
        )

    def drop(self, keys: Sequence[int]) -> None:
        """Remove rows, those that are there."""
        with self._speaking() as client:
            for start in range(0, len(keys), MOST):
                part = list(keys[start : start + MOST])
                client.delete(self.collection, ids=part, timeout=SECONDS)

    def keys(self) -> Iterator[int]:
        """Yield the keys of all rows but the stamp."""
        with self._speaking() as client:
            rows = client.query_iterator(
                self.collection, batch_size=MOST, output_fields=[KEY], timeout=SECONDS
            )
            while found := rows.next():
                yield from (row[KEY] for row in found if row[KEY] != STAMP)
            rows.close()

    def stamp(self, token: str) -> None:
        """Leave a token beside the rows; it is found by no search for a passage."""
        vector = np.zeros(self._dimension, np.float32)
        self.write([Row(STAMP, token, vector, {STAMP: 1.0})])

    def stamped(self) -> str | None:
        """Return the token that was left, if one was."""
        with self._speaking() as client:
            found = client.query(
                self.collection,
                filter=among(KEY, [STAMP]),
                output_fields=[DOCUMENT],
                timeout=SECONDS,
            )
        return found[0][DOCUMENT] if found else None

    # --- searching -------------------------------------------------------------------------

    def by_vector(self, vector: Vectors, limit: int, where: str) -> Keys:
        """Return the keys of the rows nearest to a vector, shape (dimension,)."""
        return self._search(MEANING, vector, limit, where, self._way.searched(limit))

    def by_words(self, weights: Mapping[int, float], limit: int, where: str) -> Keys:
        """Return the keys of the rows with the largest sums of weights."""
        return self._search(WORDS, dict(weights), limit, where, {})

    def _search(
        self, field: str, asked: Any, limit: int, where: str, params: dict[str, int]
    ) -> Keys:
        with self._speaking() as client:
            found = client.search(
                self.collection,
                [asked],
                filter=where,
                limit=limit,
                anns_field=field,
                output_fields=[KEY],
                search_params={"metric_type": "IP", "params": params},
                timeout=SECONDS,
            )
        return np.array([hit[KEY] for hit in found[0]], np.int64)

    @cached_property
    def _dimension(self) -> int:
        with self._speaking() as client:
            fields = client.describe_collection(self.collection, timeout=SECONDS)["fields"]
        return next(int(f["params"]["dim"]) for f in fields if f["name"] == MEANING)

    @cached_property
    def _way(self) -> Way:
        """The index that the collection was made with, or that somebody gave it since."""
        with self._speaking() as client:
            named = client.describe_index(self.collection, MEANING, timeout=SECONDS)["index_type"]
        return WAYS.get(named, WAYS["FLAT"])
