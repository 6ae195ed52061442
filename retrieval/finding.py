"""What is found for a query: what it names, then what fits it, or both spread over documents."""

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from index.encoders import Vectors
from index.snapshot import Snapshot
from retrieval.earlier import NONE, Earlier, earlier_asked, opened
from retrieval.exact import Candidate, Exact
from retrieval.filters import Filters
from retrieval.hits import candidates_of, one_a_clause
from retrieval.lookup import look_up
from retrieval.mentions import Question
from retrieval.origins import Named
from retrieval.preference import prefer
from retrieval.ranking import Mode, Positions, Ranking, rank
from retrieval.remarks import Remark
from retrieval.reranking import Reranker, reread
from retrieval.several import spread, wants_several
from retrieval.synonyms import Synonyms
from retrieval.view import View


class Asked(NamedTuple):
    """One query as it is searched: how, within what, its vector if any, and for how much."""

    query: str
    mode: Mode
    filters: Filters
    vector: Vectors | None
    top: int


class Found(NamedTuple):
    """What was found for a query, best first, and what became of the names in it."""

    candidates: Iterator[Candidate]
    exact_only: bool
    origins: dict[str, Named]
    several: bool
    earlier: Earlier
    remarks: list[Remark]


def find(
    asked: Asked,
    snapshot: Snapshot,
    view: View,
    synonyms: Synonyms,
    reranker: Reranker | None = None,
) -> Found:
    """Return what `asked` names and what fits it; `view` is that of `snapshot`."""

    def ranked(text: str, allowed: Positions | None) -> Ranking:
        return rank(snapshot, text, asked.vector, asked.mode, allowed, synonyms)

    question = Question(asked.query)
    lookup = look_up(question, view.catalogue)
    origins = view.origins.named_in(question.text)
    earlier = earlier_asked(question.text, lookup, view)
    ranking = ranked(asked.query, view.choose(asked.filters, earlier.documents).positions)
    preferred = set().union(*(named.documents for named in origins.values()))
    preferred |= earlier.documents if earlier.alone else NONE.documents
    ranking = prefer(ranking, view.positions(sorted(preferred)))
    ranking = reread(reranker, asked.query, ranking, view) if reranker else ranking
    best = float(ranking.scores.max()) if len(ranking.scores) else 1.0
    rest = lookup.rest or asked.query
    exact = Exact(view, asked.filters, lambda at: ranked(rest, at), best, asked.top, earlier)
    remarks = opened(asked.filters, earlier, view)
    found = chain(list(exact.find(lookup, remarks)), candidates_of(ranking))
    named = len(origins) + sum(1 for name in lookup.named if name.entries)
    several = wants_several(question.text, named)
    if several:
        one_each = one_a_clause(found, snapshot)
        found = chain(spread(one_each, lambda c: snapshot.passages[c.position].document_id))
    return Found(found, lookup.exact_only, origins, several, earlier, remarks)
