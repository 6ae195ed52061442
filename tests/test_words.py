import math
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from zlib import crc32

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from rank_bm25 import BM25Okapi

from index.arrays import DamagedCache, save_arrays
from index.bm25 import Scores
from index.terms import NUMBERS_KEPT
from index.words import K1, B, Words, best, build, idf, open_words, save

PASSAGES = [
    ["学前", "教育", "经费"],
    ["教育", "教育", "经费", "占", "比", "不", "低于", "百分之七"],
    [],
    ["幼儿园", "收费", "标准"],
    ["学前", "教育", "经费"],
]

terms = st.one_of(st.sampled_from(["教育", "经费", "a", "ab", "b", ""]), st.text(max_size=3))
passages = st.lists(st.lists(terms, max_size=12), max_size=12)
queries = st.lists(terms, max_size=6)


class LuceneOkapi(BM25Okapi):  # type: ignore[misc]
    """The reference, with the idf that gives every matching term some weight."""

    def _calc_idf(self, nd: dict[str, int]) -> None:
        for term, n in nd.items():
            self.idf[term] = math.log(1 + (self.corpus_size - n + 0.5) / (n + 0.5))


def zipfian(count: int, length: int) -> list[list[str]]:
    """Passages of up to `length` tokens, some common and most rare, the same in every run."""
    random = np.random.default_rng(count)
    lengths = random.integers(1, length, size=count)
    return [[f"t{term}" for term in random.zipf(1.3, size=n) % 5000] for n in lengths]


def naive_top(words: Words, tokens: list[str], k: int, allowed: set[int]) -> list[int]:
    scores = words.scores(tokens)
    found = [passage for passage in sorted(allowed) if scores[passage] > 0]
    return sorted(found, key=lambda passage: (-scores[passage], passage))[:k]


def test_one_score_written_out() -> None:
    words = build(PASSAGES, k1=1.5, b=0.75)
    n, holding, times, length, mean = 5, 3, 2, 8, (3 + 8 + 0 + 3 + 3) / 5
    expected = math.log(1 + (n - holding + 0.5) / (holding + 0.5)) * (
        times * (1.5 + 1) / (times + 1.5 * (1 - 0.75 + 0.75 * length / mean))
    )
    assert words.scores(["教育"])[1] == pytest.approx(expected, rel=1e-6)


@given(passages.filter(any), queries, st.floats(0.1, 3), st.floats(0, 0.99))
def test_scores_are_those_of_rank_bm25(
    token_lists: list[list[str]], tokens: list[str], k1: float, b: float
) -> None:
    expected = LuceneOkapi(token_lists, k1=k1, b=b).get_scores(tokens)
    found = build(token_lists, k1, b).scores(tokens)
    np.testing.assert_allclose(found, expected, rtol=1e-6, atol=1e-6)


def test_scores_are_those_of_rank_bm25_on_a_larger_corpus() -> None:
    random, token_lists = np.random.default_rng(0), zipfian(500, 300)
    reference, words = LuceneOkapi(token_lists), build(token_lists, 1.5, 0.75, batch=1000)
    for _ in range(20):
        tokens = [f"t{term}" for term in random.zipf(1.3, size=30) % 5000]
        np.testing.assert_allclose(words.scores(tokens), reference.get_scores(tokens), rtol=1e-6)


def test_a_long_question_scores_as_exactly_as_a_short_one() -> None:
    random = np.random.default_rng(1)
    token_lists = [[f"t{term}" for term in random.integers(0, 900, size=200)] for _ in range(60)]
    tokens = [f"t{term}" for term in range(900)]
    expected = LuceneOkapi(token_lists, k1=K1, b=B).get_scores(tokens)
    np.testing.assert_allclose(build(token_lists).scores(tokens), expected, rtol=1e-6)


def test_a_repeated_query_term_counts_each_time() -> None:
    words = build(PASSAGES)
    assert words.scores(["教育", "教育"]) == pytest.approx(2 * words.scores(["教育"]))


def test_a_term_in_every_passage_still_has_weight() -> None:
    words = build([["教育"], ["教育"]])
    assert (words.scores(["教育"]) > 0).all()
    assert idf(np.array([2]), 2) == pytest.approx([math.log(1 + 0.5 / 2.5)])


@pytest.mark.parametrize("tokens", [[], ["没有"], [""]])
def test_a_query_that_matches_nothing_scores_nothing(tokens: list[str]) -> None:
    words = build(PASSAGES)
    assert words.scores(tokens).tolist() == [0.0] * 5
    assert words.top(tokens, 3).ids.tolist() == []


@pytest.mark.parametrize("token_lists", [[], [[]], [[], []]])
def test_a_corpus_without_words_is_searched_in_vain(token_lists: list[list[str]]) -> None:
    words = build(token_lists)
    assert words.scores(["教育"]).tolist() == [0.0] * len(token_lists)
    ids, scores = words.top(["教育"], 10)
    assert (ids.tolist(), scores.tolist()) == ([], [])


def test_one_passage_is_found_by_its_words() -> None:
    ids, scores = build([["教育"]]).top(["教育"], 10)
    assert ids.tolist() == [0]
    assert scores[0] == pytest.approx(math.log(1 + 0.5 / 1.5), rel=1e-6)


@given(passages, queries, st.integers(0, 12), st.data())
def test_the_top_is_filtered_first_and_ties_go_to_the_lower_id(
    token_lists: list[list[str]], tokens: list[str], k: int, data: st.DataObject
) -> None:
    words = build(token_lists)
    everything = set(range(len(token_lists)))
    some = data.draw(st.sets(st.sampled_from(sorted(everything)))) if everything else set()
    given_order = np.array(data.draw(st.permutations(sorted(some))), dtype=np.int64)
    assert words.top(tokens, k).ids.tolist() == naive_top(words, tokens, k, everything)
    ids, scores = words.top(tokens, k, given_order)
    assert ids.tolist() == naive_top(words, tokens, k, some)
    assert scores.tolist() == words.scores(tokens)[ids].tolist()


def test_ties_at_the_cut_go_to_the_lower_id() -> None:
    scores = np.array([1.0, 2.0, 1.0, 0.0, 1.0, 2.0])
    assert best(scores, 4).ids.tolist() == [1, 5, 0, 2]
    assert best(scores, 100).ids.tolist() == [1, 5, 0, 2, 4]


@given(
    arrays(np.float64, st.integers(0, 600), elements=st.sampled_from([0.0, 0.5, 1.0, 1.5, 7.0])),
    st.integers(0, 40),
)
def test_the_best_are_those_of_sorting_everything(scores: Scores, k: int) -> None:
    order = sorted(range(len(scores)), key=lambda passage: (-scores[passage], passage))
    expected = [passage for passage in order if scores[passage] > 0][:k]
    assert best(scores, k).ids.tolist() == expected
    assert best(scores, k).scores.tolist() == scores[expected].tolist()


def test_threads_share_an_index_that_was_never_asked() -> None:
    token_lists = zipfian(800, 120)
    asked = [[f"t{term}" for term in range(first, first + 20)] for first in range(0, 40, 5)]
    expected = [build(token_lists).scores(tokens).tolist() for tokens in asked]
    for _ in range(5):
        words, together = build(token_lists), threading.Barrier(len(asked))

        def ask(
            tokens: list[str], words: Words = words, all_at: threading.Barrier = together
        ) -> list[float]:
            all_at.wait(timeout=20)
            return words.scores(tokens).tolist()

        with ThreadPoolExecutor(len(asked)) as threads:
            assert list(threads.map(ask, asked)) == expected


@given(passages, queries, st.integers(1, 20))
def test_the_size_of_a_batch_changes_nothing(
    token_lists: list[list[str]], tokens: list[str], batch: int
) -> None:
    whole, pieces = build(token_lists), build(iter(token_lists), batch=batch)
    assert pieces.postings.ids.tolist() == whole.postings.ids.tolist()
    assert pieces.scores(tokens).tolist() == whole.scores(tokens).tolist()


@given(passages)
def test_the_vocabulary_knows_its_terms_and_no_others(token_lists: list[list[str]]) -> None:
    vocabulary = build(token_lists).vocabulary
    known = {term for tokens in token_lists for term in tokens}
    numbers = {term: vocabulary.number(term) for term in known}
    assert sorted(numbers.values()) == list(range(len(known)))
    assert all(vocabulary[number] == term.encode() for term, number in numbers.items())
    assert vocabulary.number("从来没有\U0010ffff") is None


def test_more_terms_are_asked_for_than_are_remembered() -> None:
    vocabulary = build([["教育", "经费"]]).vocabulary
    expected = {vocabulary.number(term) for term in ("教育", "经费")}
    for n in range(NUMBERS_KEPT + 5):
        assert vocabulary.number(f"没有{n}") is None
    assert {vocabulary.number(term) for term in ("教育", "经费")} == expected == {0, 1}


def test_terms_of_the_same_checksum_are_told_apart() -> None:
    first, second = "plumless", "buckeroo"
    assert crc32(first.encode()) == crc32(second.encode())
    words = build([[first], [second], ["other"]])
    assert words.scores([first]).argmax() == 0
    assert words.scores([second]).argmax() == 1
    assert build([[first]]).vocabulary.number(second) is None


@pytest.mark.parametrize("token_lists", [PASSAGES, [], [[]]])
def test_an_index_comes_back_from_disk_as_it_was(
    token_lists: list[list[str]], tmp_path: Path
) -> None:
    words = build(token_lists, k1=1.1, b=0.3)
    save(words, tmp_path / "cache" / "words-7")
    opened = open_words(tmp_path / "cache" / "words-7")
    assert isinstance(opened.weights.base, np.memmap)
    assert (opened.size, opened.k1, opened.b) == (words.size, 1.1, 0.3)
    assert opened.postings.ids.tolist() == words.postings.ids.tolist()
    tokens = ["教育", "经费", "没有"]
    assert opened.scores(tokens).tolist() == words.scores(tokens).tolist()


def test_an_index_that_is_missing_or_of_another_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DamagedCache, match=r"manifest\.json"):
        open_words(tmp_path / "never written")
    save_arrays(tmp_path / "older", "words 0", {}, {})
    with pytest.raises(DamagedCache, match="'words 0'"):
        open_words(tmp_path / "older")


@given(st.lists(st.lists(st.sampled_from("abcd"), min_size=1), min_size=1), st.text("abcde"))
def test_no_passage_reaches_what_is_attainable(lists: list[list[str]], asked: str) -> None:
    words = build(lists)
    assert words.scores(asked).max() <= words.attainable(asked) * (1 + 1e-6)
