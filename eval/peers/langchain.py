"""LangChain: EnsembleRetriever over BM25Retriever with jieba's words and a FAISS store."""

from collections.abc import Sequence
from typing import Any

from eval.peers.peer import LONG, Pieces, Scored, best_of_each, jieba, words
from eval.sets import Record
from index.encoders import Encoder

ENDS = ["\n\n", "\n", "。", "；", "，", " ", ""]  # as the documentation advises for Chinese


class LangChain:
    """Equal weights and reciprocal rank fusion, which are the ensemble's defaults."""

    def __init__(self) -> None:
        from langchain_classic.retrievers import EnsembleRetriever
        from langchain_community.retrievers import BM25Retriever
        from langchain_community.vectorstores import FAISS
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        jieba()
        self._ensemble, self._bm25, self._faiss = EnsembleRetriever, BM25Retriever, FAISS
        self._splitter = RecursiveCharacterTextSplitter(ENDS, chunk_size=LONG)
        self._retriever: Any = None
        self._pieces = Pieces([], [])

    def index(self, records: Sequence[Record], encoder: Encoder) -> None:
        """Build both retrievers over the same texts."""
        self._pieces = texts, owners = Pieces.cut(records, self._splitter.split_text)
        about = [{"piece": place, "record": owner} for place, owner in enumerate(owners)]
        bm25 = self._bm25.from_texts(texts, metadatas=about, preprocess_func=words)
        store = self._faiss.from_texts(texts, wrapped(encoder), metadatas=about)
        # Texts that are equal stay two; by default the ensemble would make one of them.
        self._retriever = self._ensemble(
            retrievers=[bm25, store.as_retriever()], weights=[0.5, 0.5], id_key="piece"
        )

    def search(self, query: str, k: int) -> list[Scored]:
        """Return the best `k`; the ensemble gives an order and no scores."""
        bm25, dense = self._retriever.retrievers
        bm25.k = dense.search_kwargs["k"] = self._pieces.depth(k)
        ranked = self._retriever.invoke(query)
        found = (
            Scored(document.metadata["record"], 1 / rank) for rank, document in enumerate(ranked, 1)
        )
        return best_of_each(found, k)


def wrapped(encoder: Encoder) -> Any:
    """Return the encoder as LangChain's Embeddings."""
    from langchain_core.embeddings import Embeddings

    class Wrapped(Embeddings):  # type: ignore[misc]
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            vectors: list[list[float]] = encoder.encode(texts, "passage").tolist()
            return vectors

        def embed_query(self, text: str) -> list[float]:
            vector: list[float] = encoder.encode([text], "query")[0].tolist()
            return vector

    return Wrapped()
