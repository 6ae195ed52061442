"""LlamaIndex: QueryFusionRetriever over its BM25Retriever with jieba's words and a FAISS index."""

from collections.abc import Iterator, Sequence
from typing import Any

from eval.peers.peer import Pieces, Scored, best_of_each, jieba, words
from eval.sets import Record
from index.encoders import Encoder

TOKEN = r"(?u)\S+"  # nosec B105 # no password
CHUNK = 512  # tokens, of the framework's own tokenizer; 200 are shared, which is its default


class LlamaIndex:
    """Fuses in one of the modes of QueryFusionRetriever; no language model rewrites the query."""

    def __init__(self, mode: str) -> None:
        from llama_index.core.node_parser import SentenceSplitter

        jieba()
        self._mode = mode
        self._split = SentenceSplitter(chunk_size=CHUNK).split_text
        self._retriever: Any = None
        self._legs: tuple[Any, Any] = (None, None)
        self._pieces = Pieces([], [])

    def index(self, records: Sequence[Record], encoder: Encoder) -> None:
        """Build both retrievers over the same nodes, and the fusion above them."""
        from llama_index.core.llms import MockLLM
        from llama_index.core.retrievers import QueryFusionRetriever

        self._pieces = Pieces.cut(records, self._split)
        nodes = list(text_nodes(self._pieces.texts))
        self._legs = bm25_retriever(nodes), vector_index(nodes, encoder).as_retriever()
        self._retriever = QueryFusionRetriever(
            list(self._legs), llm=MockLLM(), mode=self._mode, num_queries=1, use_async=False
        )

    def search(self, query: str, k: int) -> list[Scored]:
        """Return the best `k`."""
        depth = self._pieces.depth(k)
        for leg in self._legs:
            leg.similarity_top_k = depth
        self._retriever.similarity_top_k = 2 * depth
        ranked = self._retriever.retrieve(query)
        owners = self._pieces.records
        found = (Scored(owners[int(one.node.node_id)], float(one.score)) for one in ranked)
        return best_of_each(found, k)


def text_nodes(texts: Sequence[str]) -> Iterator[Any]:
    """Yield a node for each text, with its place as its id.

    The place is metadata too, as a file's name would be: the fusion knows a node by the hash of its
    text and metadata, and adds up what equal ones score.
    """
    from llama_index.core.schema import TextNode

    for place, text in enumerate(texts):
        about, hidden = {"place": place}, ["place"]
        yield TextNode(
            id_=str(place), text=text, metadata=about, excluded_embed_metadata_keys=hidden
        )


def vector_index(nodes: list[Any], encoder: Encoder) -> Any:
    """Return a VectorStoreIndex over an exact FAISS index.

    Inner product, because the fusion takes what the store returns for a likeness; of distances it
    would rank the farthest first.
    """
    import faiss
    from llama_index.core import StorageContext, VectorStoreIndex
    from llama_index.vector_stores.faiss import FaissVectorStore

    store = FaissVectorStore(faiss_index=faiss.IndexFlatIP(encoder.dimension))
    context = StorageContext.from_defaults(vector_store=store)
    return VectorStoreIndex(nodes, storage_context=context, embed_model=wrapped(encoder))


def bm25_retriever(nodes: list[Any]) -> Any:
    """Return a BM25Retriever that is asked in jieba's words.

    Its own `tokenizer` is no longer used, and its pattern takes a Chinese sentence for one word;
    so it gets an index of segmented texts, and segments the query likewise.
    """
    import bm25s
    from llama_index.core.schema import QueryBundle
    from llama_index.core.vector_stores.utils import node_to_metadata_dict
    from llama_index.retrievers.bm25 import BM25Retriever

    class Segmented(BM25Retriever):  # type: ignore[misc]
        def _retrieve(self, query_bundle: Any) -> Any:
            return super()._retrieve(QueryBundle(" ".join(words(query_bundle.query_str))))

    corpus = [node_to_metadata_dict(node) | {"node_id": node.node_id} for node in nodes]
    bm25 = bm25s.BM25(corpus=corpus)
    segmented = [" ".join(words(node.text)) for node in nodes]
    tokens = bm25s.tokenize(segmented, stopwords=None, token_pattern=TOKEN, show_progress=False)
    bm25.index(tokens, show_progress=False)
    return Segmented(existing_bm25=bm25, skip_stemming=True, token_pattern=TOKEN)


def wrapped(encoder: Encoder) -> Any:
    """Return the encoder as a LlamaIndex embedding model."""
    from llama_index.core.embeddings import BaseEmbedding

    class Wrapped(BaseEmbedding):  # type: ignore[misc]
        def _get_query_embedding(self, query: str) -> list[float]:
            vector: list[float] = encoder.encode([query], "query")[0].tolist()
            return vector

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_query_embedding(query)

        def _get_text_embedding(self, text: str) -> list[float]:
            return self._get_text_embeddings([text])[0]

        def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
            vectors: list[list[float]] = encoder.encode(texts, "passage").tolist()
            return vectors

    return Wrapped()
