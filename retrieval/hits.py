"""From passages that may be shown to the clauses that are: each once, by its best passage."""

from collections.abc import Iterable, Iterator
from itertools import starmap

import numpy as np

from corpus import Document, Span
from index.rows import PassageRow
from index.snapshot import Snapshot
from retrieval.exact import Candidate
from retrieval.lookup import span_at
from retrieval.ranking import Ranking
from retrieval.results import Hit, Scores
from retrieval.view import View


def candidates_of(ranking: Ranking) -> Iterator[Candidate]:
    """Yield what was ranked, best first."""
    yield from starmap(Candidate, zip(*(part.tolist() for part in ranking), strict=True))


def one_a_clause(found: Iterable[Candidate], snapshot: Snapshot) -> Iterator[Candidate]:
    """Yield only the best passage of each clause."""
    seen: set[str] = set()
    for candidate in found:
        clause = snapshot.passages[candidate.position].clause_id
        if clause not in seen:
            seen.add(clause)
            yield candidate


def hits_of(found: Iterable[Candidate], view: View, top: int) -> Iterator[Hit]:
    """Yield the first `top` clauses; no document is read beyond those of the last."""
    seen: set[str] = set()
    for candidate in found:
        row = view.passages[candidate.position]
        document = view.document(row.document_id) if row.clause_id not in seen else None
        matched = _matched(candidate, row, document) if document else None
        if document is None or matched is None:
            continue
        seen.add(row.clause_id)
        yield Hit(
            rank=len(seen),
            score=candidate.score,
            scores=Scores(*map(_known, (candidate.bm25, candidate.dense, candidate.reread))),
            document=document,
            standing=view.standing[document.id],
            clause=document.clause(row.clause_id),
            matched=matched,
            found_by=candidate.found_by,
        )
        if len(seen) == top:
            return


def _matched(candidate: Candidate, row: PassageRow, document: Document) -> Span | None:
    """The passage, or what an address names; None where the clause has no such part."""
    if candidate.address is None:
        return Span(row.start, row.end)
    return span_at(document.clause(row.clause_id), candidate.address)


def _known(score: float) -> float | None:
    return None if np.isnan(score) else float(score)
