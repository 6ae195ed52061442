"""The peers by name: how each is opened, and what was chosen for it."""

from collections.abc import Callable
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from typing import NamedTuple

from eval.peers.langchain import LangChain
from eval.peers.lexical import Bm25s, RankBm25
from eval.peers.llamaindex import LlamaIndex
from eval.peers.peer import LONG, Peer
from eval.peers.txtai import Txtai
from eval.peers.youju import Youju


class Entry(NamedTuple):
    """One line of the comparison."""

    title: str
    open: Callable[[], Peer]
    encodes: bool
    distributions: tuple[str, ...]
    """What has to be installed, by the names of pip; the versions are printed."""
    chosen: str
    """What was chosen where the peer leaves a choice."""

    def versions(self) -> dict[str, str | None]:
        """Return the installed version of each distribution, None where it is missing."""
        return {name: _version(name) for name in self.distributions}


def _version(distribution: str) -> str | None:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return None


_LANGCHAIN = ("langchain-classic", "langchain-community", "rank-bm25", "faiss-cpu", "jieba")
_LLAMA = (
    "llama-index-core",
    "llama-index-retrievers-bm25",
    "llama-index-vector-stores-faiss",
    "bm25s",
    "faiss-cpu",
    "jieba",
)
_TXTAI = ("txtai", "faiss-cpu")
_BIGRAMS = (
    "whole records; BM25 over character bigrams; its default FAISS index, approximate over 5,000 "
    "records; equal weights, each leg ten times what is asked for"
)
_WORDS = "jieba's words for search, without punctuation"
_CUT = f"records over {LONG} characters cut by its own splitter, a record scores as its best piece"
_LEGS = "each leg gives as many as are asked for"
_OWN = "its own cut into clauses and passages, a record scores as its best passage"
_FUSION = f"{_WORDS}; exact FAISS; one query, not rewritten; {_LEGS}; {_CUT}"

PEERS: dict[str, Entry] = {
    "youju-bm25": Entry("**Youju**, words", partial(Youju, "bm25"), False, (), _OWN),
    "youju-dense": Entry("**Youju**, vectors", partial(Youju, "dense"), True, (), _OWN),
    "youju-hybrid": Entry("**Youju**, hybrid", partial(Youju, "hybrid"), True, (), _OWN),
    "langchain": Entry(
        "LangChain EnsembleRetriever",
        LangChain,
        True,
        _LANGCHAIN,
        f"BM25 with {_WORDS}, exact FAISS, equal weights, rank fusion; {_LEGS}; {_CUT}",
    ),
    "llamaindex": Entry(
        "LlamaIndex QueryFusionRetriever, ranks",
        partial(LlamaIndex, "reciprocal_rerank"),
        True,
        _LLAMA,
        f"reciprocal rank fusion; {_FUSION}",
    ),
    "llamaindex-scores": Entry(
        "LlamaIndex QueryFusionRetriever, scores",
        partial(LlamaIndex, "relative_score"),
        True,
        _LLAMA,
        f"min-max fusion with equal weights; {_FUSION}",
    ),
    "txtai": Entry(
        "txtai hybrid",
        partial(Txtai, normalize=True),
        True,
        _TXTAI,
        f"its default fusion of normalised scores; {_BIGRAMS}",
    ),
    "txtai-ranks": Entry(
        "txtai hybrid, ranks",
        partial(Txtai, normalize=False),
        True,
        _TXTAI,
        f"reciprocal rank fusion, which it turns to with `normalize` off; {_BIGRAMS}",
    ),
    "bm25s": Entry("bm25s", Bm25s, False, ("bm25s", "jieba"), f"whole records; {_WORDS}"),
    "rank-bm25": Entry(
        "rank-bm25 BM25Okapi",
        RankBm25,
        False,
        ("rank-bm25", "jieba"),
        f"whole records; {_WORDS}",
    ),
}
