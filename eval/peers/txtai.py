"""txtai: Embeddings with a hybrid index, whole records."""

from collections.abc import Sequence
from typing import Any

from eval.peers.peer import Scored, record_text
from eval.sets import Record
from index.encoders import Encoder, TextKind, Vectors

MARKS: dict[TextKind, str] = {"query": "query: ", "passage": "passage: "}
SCORING = {"method": "bm25", "terms": True, "tokenizer": {"ngrams": 2}}
"""What `hybrid` stands for, with character bigrams, the Chinese among its tokenizers."""


class Txtai:
    """With `normalize`, the default, scores are added with equal weights; without it, ranks."""

    def __init__(self, normalize: bool) -> None:
        from txtai import Embeddings

        self._scoring = SCORING | {"normalize": normalize}
        self._embeddings: Any = None
        self._make = Embeddings

    def index(self, records: Sequence[Record], encoder: Encoder) -> None:
        """Index whole records: nothing in the index cuts them."""

        def transform(texts: list[str]) -> Vectors:
            return encode_marked(texts, encoder)

        self._embeddings = self._make(
            method="external",
            transform=transform,
            instructions={"query": MARKS["query"], "data": MARKS["passage"]},
            scoring=self._scoring,
        )
        self._embeddings.index((record.id, record_text(record)) for record in records)

    def search(self, query: str, k: int) -> list[Scored]:
        """Return the best `k`."""
        return [Scored(record, score) for record, score in self._embeddings.search(query, k)]


def encode_marked(texts: list[str], encoder: Encoder) -> Vectors:
    """Encode texts of one kind, which txtai tells by the instruction in front of each."""
    kind: TextKind = "query" if texts[0].startswith(MARKS["query"]) else "passage"
    return encoder.encode([text.removeprefix(MARKS[kind]) for text in texts], kind)
