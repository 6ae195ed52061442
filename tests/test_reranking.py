"""The first passages read again, by a fake that can be foreseen."""

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from corpus import parse
from index import Library
from retrieval.fusion import Floats
from retrieval.ranking import Ranking
from retrieval.reranking import RERANKED, rerank
from retrieval.search import Searcher
from tests.fakes import FILES


class Shortest:
    """Prefers short passages, and remembers what it was given."""

    name = "shortest"

    def __init__(self) -> None:
        self.read: list[list[str]] = []

    def scores(self, query: str, texts: Sequence[str]) -> Floats:
        self.read.append(list(texts))
        return np.array([-float(len(text)) for text in texts])


def ranking(size: int) -> Ranking:
    falling = np.arange(size, 0, -1, dtype=np.float64)
    return Ranking.of(np.arange(size, dtype=np.int64), falling, falling, falling / 10)


@given(st.integers(0, 30), st.data())
def test_the_first_are_put_in_order_and_the_rest_follow(size: int, data: st.DataObject) -> None:
    read = data.draw(st.integers(0, size))
    scores = np.array(data.draw(st.lists(st.integers(-3, 3), min_size=read, max_size=read)), float)
    found = rerank(ranking(size), scores)
    expected = sorted(range(read), key=lambda place: -scores[place])
    assert found.positions.tolist() == [*expected, *range(read, size)]
    assert found.reread[:read].tolist() == sorted(scores, reverse=True)
    assert np.isnan(found.reread[read:]).all()
    assert found.bm25.tolist() == ranking(size).bm25[found.positions].tolist()
    assert (np.diff(found.scores) < 0).all()


def test_a_search_reads_its_first_passages_again(library: Library) -> None:
    library.put_all(parse(name, name, text) for name, text in FILES.items())
    reranker = Shortest()
    plain = Searcher(library).search("学校 教师", top=50, mode="bm25")
    found = Searcher(library, reranker=reranker).search("学校 教师", top=50, mode="bm25")
    (texts,) = reranker.read
    assert 1 < len(texts) <= RERANKED
    said = [hit.scores.rerank for hit in found.hits if hit.scores.rerank is not None]
    assert said == sorted(said, reverse=True)
    assert {hit.clause.id for hit in found.hits} == {hit.clause.id for hit in plain.hits}
    assert all(hit.scores.rerank is None for hit in plain.hits)
