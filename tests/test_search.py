"""Search: exact texts, ties by position, repeatable to the byte, and the score of each leg."""

from datetime import date
from pathlib import Path

import pytest

from corpus import parse
from index import Library
from index.tokens import tokenize
from retrieval import MODES, Mode, QueryError, Searcher
from retrieval.filters import Filters
from retrieval.hits import candidates_of, hits_of
from retrieval.ranking import rank
from retrieval.results import Results
from retrieval.view import View
from tests.fakes import CANTEEN, FILES, NOTICE, KeywordEncoder, Opener, regulation, write_files

COPIES = 6


@pytest.fixture
def searcher(library: Library) -> Searcher:
    library.put_all(parse(name, name, text) for name, text in FILES.items())
    library.embed()
    return Searcher(library)


@pytest.fixture
def copies(library: Library) -> Searcher:
    """Equal texts under different ids, in an order that is not that of the ids."""
    for number in reversed(range(COPIES)):
        library.put_all([parse(f"d{number}", f"{number}.txt", CANTEEN)])
    library.embed()
    return Searcher(library)


def shown(results: Results) -> str:
    """Everything that a search says, but how long it took."""
    return repr((results.query, results.hits, results.pending))


# --- what a hit says ------------------------------------------------------------------------


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("query", ["食堂陪餐", "寄宿生补助", "課後服務"])
def test_hits_lead_to_their_clause_and_the_stretch_in_it(
    searcher: Searcher, query: str, mode: Mode
) -> None:
    hits = searcher.search(query, 50, mode).hits
    assert hits
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert len({hit.clause.id for hit in hits}) == len(hits)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    for hit in hits:
        assert hit.clause in hit.document.clauses
        assert hit.clause.start <= hit.matched.start < hit.matched.end <= hit.clause.end
        assert hit.document == searcher.library.document(hit.document.id)
        assert hit.standing.document.id == hit.document.id


def test_the_scores_of_both_legs_are_told(searcher: Searcher) -> None:
    query = "食堂陪餐"
    snapshot = searcher.library.snapshot()
    words = snapshot.words.scores(tokenize(query))
    (vector,) = searcher.library.encoder.encode([query], "query")
    for hit in searcher.search(query, 50).hits:
        rows = [n for n, row in enumerate(snapshot.passages) if row.clause_id == hit.clause.id]
        passages = list(searcher.library.store.indexed_texts([snapshot.passages[n] for n in rows]))
        cosines = searcher.library.encoder.encode(passages, "passage") @ vector
        assert hit.scores.bm25 == pytest.approx(words[rows].max())
        assert hit.scores.dense == pytest.approx(cosines.max(), abs=1e-6)
    by_words, by_meaning = (searcher.search(query, 50, mode).hits for mode in MODES[1:])
    assert {(hit.scores.bm25, hit.scores.dense) for hit in by_words} == {
        (hit.score, None) for hit in by_words
    }
    assert {(hit.scores.bm25, hit.scores.dense) for hit in by_meaning} == {
        (None, hit.score) for hit in by_meaning
    }


def test_a_long_clause_is_found_once_by_its_best_stretch(library: Library) -> None:
    sentences = [f"这里说的是第{n}件不相干的事情，写得很长很长。" for n in range(80)]
    sentences[40] = "幼儿园每天供应一次酸奶。"
    library.put_all([parse("d0", "a.txt", "一、" + "".join(sentences))])
    (hit,) = Searcher(library).search("酸奶", mode="bm25").hits
    assert "酸奶" in hit.document.quote(hit.matched)
    assert hit.matched.end - hit.matched.start < hit.clause.end - hit.clause.start


@pytest.mark.parametrize(
    ("query", "said"), [("课后服务", "課後服務"), ("每周５天", "５天"), ("圖書館", "圖書館")]
)
def test_script_and_width_are_folded_and_shown_as_written(
    searcher: Searcher, query: str, said: str
) -> None:
    hit = searcher.search(query, mode="bm25").hits[0]
    assert said in hit.document.quote(hit.clause.span)


# --- order ----------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", MODES)
def test_equal_texts_score_equally_and_stand_in_the_order_of_adding(
    copies: Searcher, mode: Mode
) -> None:
    hits = copies.search("食堂陪餐", 50, mode).hits
    order = [f"d{number}" for number in reversed(range(COPIES))]
    for address in {hit.clause.address for hit in hits}:
        same = [hit for hit in hits if hit.clause.address == address]
        assert [hit.document.id for hit in same] == order
        assert len({hit.score for hit in same}) == 1


@pytest.mark.parametrize("mode", MODES)
def test_the_best_are_the_first_of_more(copies: Searcher, mode: Mode) -> None:
    everything = copies.search("食堂陪餐", 50, mode).hits
    for top in (1, 2, COPIES + 1):
        assert copies.search("食堂陪餐", top, mode).hits == everything[:top]


@pytest.mark.parametrize("mode", MODES)
def test_a_search_is_repeatable_to_the_byte(searcher: Searcher, mode: Mode) -> None:
    expected = shown(searcher.search("食堂的课后服务", 50, mode))
    again = Searcher(Library(searcher.library.folder, Opener()))
    assert shown(searcher.search("食堂的课后服务", 50, mode)) == expected
    assert shown(again.search("食堂的课后服务", 50, mode)) == expected
    again.library.clear_cache()
    assert shown(again.search("食堂的课后服务", 50, mode)) == expected


def test_documents_score_as_their_best_passage(searcher: Searcher) -> None:
    for mode in MODES:
        hits = searcher.search("食堂陪餐", 1000, mode).hits
        best: dict[str, float] = {}
        for hit in hits:
            best.setdefault(hit.document.id, hit.score)
        assert searcher.rank_documents("食堂陪餐", mode, 100) == best
        assert list(searcher.rank_documents("食堂陪餐", mode, 1)) == list(best)[:1]


# --- with what there is -----------------------------------------------------------------------


@pytest.mark.parametrize("mode", MODES)
def test_an_empty_library_has_no_hits(library: Library, mode: Mode) -> None:
    results = Searcher(library).search("食堂", mode=mode)
    assert (results.hits, results.pending) == ([], 0)


@pytest.mark.parametrize("mode", MODES)
def test_a_query_of_unknown_words_may_find_nothing(searcher: Searcher, mode: Mode) -> None:
    for query in ("zzz", "？！", "\x00", "😀"):
        hits = searcher.search(query, mode=mode).hits
        assert hits == [] or mode != "bm25"


@pytest.mark.parametrize("query", ["", "  ", "问" * 10_000])
def test_what_cannot_be_asked_is_refused(searcher: Searcher, query: str) -> None:
    with pytest.raises(QueryError):
        searcher.search(query)
    with pytest.raises(QueryError):
        searcher.rank_documents(query, "bm25", 10)


def test_words_alone_need_no_encoder(library: Library, opener: Opener) -> None:
    library.put_all([parse("d0", "a.txt", CANTEEN)])
    assert Searcher(library).search("食堂", mode="bm25").hits
    assert Searcher(library).search("食堂", mode="hybrid").hits
    assert opener.opened == {}


def test_a_searcher_sees_what_comes_and_goes(searcher: Searcher, tmp_path: Path) -> None:
    library = searcher.library
    newer = CANTEEN.replace("2023年", "2025年").replace("3次", "9次")
    write_files(tmp_path / "newer", {"newer.txt": newer})
    other = Library(library.folder, Opener())
    (added,) = other.add([tmp_path / "newer"]).added
    hits = searcher.search("校长陪餐", 2, "bm25", Filters(superseded=True)).hits
    assert added.id in {hit.document.id for hit in hits}
    standing = {hit.document.id: hit.standing for hit in hits}
    assert standing["canteen.txt"].status == "已被替代"
    assert standing["canteen.txt"].replaced_by == library.store.documents()[-1]
    other.remove([added.id])
    hits = searcher.search("校长陪餐", 50, "bm25").hits
    assert added.id not in {hit.document.id for hit in hits}
    assert all(hit.standing.replaced_by is None for hit in hits)


def test_rare_words_weigh_more(searcher: Searcher) -> None:
    weights = searcher.term_weights("陪餐 学校 没有的词")
    assert weights["陪餐"] > weights["学校"] > 0
    assert max(weights, key=lambda token: weights[token]) not in {"陪餐", "学校"}


def test_a_hit_reads_its_own_document_only(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.put_all(parse(f"d{n}", f"{n}", regulation(f"第{n}县", 3)) for n in range(30))
    library.put_all([parse("dx", "x", NOTICE)])
    library.refresh()
    read: list[str] = []
    whole = library.store.document

    def watched(document_id: str) -> object:
        read.append(document_id)
        return whole(document_id)

    monkeypatch.setattr(library.store, "document", watched)
    Searcher(library).search("课后服务", 1, "bm25")
    assert read == ["dx"]


def test_the_dense_leg_ranks_by_cosine(library: Library) -> None:
    library.put_all([parse("d0", "a.txt", regulation("青禾县", 25))])
    library.embed()
    hits = Searcher(library).search("校车", 25, "dense").hits
    texts = [hit.document.quote(hit.clause.span) for hit in hits]
    encoder = KeywordEncoder()
    cosines = encoder.encode(texts, "passage") @ encoder.encode(["校车"], "query")[0]
    assert [hit.score for hit in hits] == pytest.approx(cosines.tolist())
    assert ["校车" in text for text in texts] == [True] * 5 + [False] * 20


def test_a_document_removed_after_the_search_began_is_passed_over(searcher: Searcher) -> None:
    library = searcher.library
    before = library.snapshot()
    gone = searcher.search("食堂").hits[0].document.id
    library.remove([gone])
    view = View(library, library.snapshot(), date.today())
    ranking = rank(before, "食堂 学校", None, "bm25", None)
    was = View(library, before, date.today())
    was.standing = view.standing
    found = list(hits_of(candidates_of(ranking), was, top=10))
    assert found
    assert gone not in {hit.document.id for hit in found}
