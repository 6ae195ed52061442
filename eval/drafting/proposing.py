"""Draft questions of a library: every template over every clause, then a fair choice."""

import hashlib
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date

from corpus import Clause, Document
from corpus.fold import fold_text
from eval.drafting.amounts import ask_amounts, ask_missing
from eval.drafting.dates import ask_dates
from eval.drafting.duties import ask_duties
from eval.drafting.lists import ask_headings, ask_lists
from eval.drafting.naming import name_documents
from eval.drafting.parts import Reading, read_clause
from eval.drafting.quoting import gold_of
from eval.drafting.several import ask_several
from eval.drafting.units import ask_units
from eval.drafting.values import Draft, Source
from eval.sets import Question
from eval.sets.documents import gold_names
from retrieval.standing import standings_of

MOST = 40
"""Questions that are proposed unless another number is asked for."""
MOST_READ = 200
"""Documents of a larger library that are asked about at once."""
LONGEST_CLAUSE = 3_000
"""Characters; of a longer one, a table as a rule, nobody would know which part is asked about."""

_OF_A_CLAUSE: tuple[Callable[[Reading], Iterator[Draft]], ...] = (
    ask_amounts,
    ask_dates,
    ask_units,
    ask_duties,
    ask_lists,
    ask_missing,
)
_TELLING = ("article", "item", "lead", "preamble", "annex")


def sampled(documents: Sequence[Document], seed: int) -> list[Document]:
    """Return all documents, or in their order of as many as are read in a few seconds."""
    drawn = random.Random(seed).sample(range(len(documents)), min(MOST_READ, len(documents)))
    return [documents[at] for at in sorted(drawn)]


def propose(
    documents: Sequence[Document],
    most: int = MOST,
    seed: int = 0,
    about: Sequence[Document] | None = None,
    day: date | None = None,
) -> list[Question]:
    """Return at most `most` draft questions of a library, each with the gold it was made from.

    They are spread over documents, kinds and clauses; the same seed proposes the same ones.
    `about` are the documents that are asked about, all where it is None; of the others neither
    text nor clauses are needed. What no longer holds on `day`, today where it is None, is asked
    about as such.
    """
    ids = (document.id for document in documents)
    names = dict(zip(ids, name_documents(documents), strict=True))
    asked = documents if about is None else about
    sources = [Source(document, names[document.id]) for document in asked]
    called = gold_names(documents)
    standings = standings_of(documents, day or date.today())
    past = {name for name, standing in standings.items() if standing.is_superseded}
    drafts = _chosen(_merged(_drafts(sources, past)), most, random.Random(seed))
    return [_question(line, draft, called) for line, draft in enumerate(drafts, start=1)]


def _drafts(sources: Sequence[Source], past: Collection[str]) -> Iterator[Draft]:
    holding: list[Reading] = []
    for source in sources:
        clauses = (c for c in source.document.clauses if _is_asked_about(c))
        readings = [read_clause(source, clause) for clause in clauses]
        drafts = [draft for reading in readings for ask in _OF_A_CLAUSE for draft in ask(reading)]
        drafts += ask_headings(readings)
        if source.document.id in past:
            yield from (draft._replace(kind="superseded") for draft in drafts if draft.answers)
        else:
            yield from drafts
            holding += readings
    yield from ask_several(holding)


def _is_asked_about(clause: Clause) -> bool:
    return clause.kind in _TELLING and clause.end - clause.start <= LONGEST_CLAUSE


def _merged(drafts: Iterator[Draft]) -> list[Draft]:
    """Each question once, with every place that answers it."""
    merged: dict[str, Draft] = {}
    for draft in drafts:
        same = merged.setdefault(fold_text(draft.text), draft)
        if same is not draft:
            answers = dict.fromkeys((*same.answers, *draft.answers))
            merged[fold_text(draft.text)] = same._replace(answers=tuple(answers))
    return list(merged.values())


def _chosen(drafts: list[Draft], most: int, chance: random.Random) -> list[Draft]:
    """Take from each document and kind in turn, a clause that was not asked about yet first."""
    queues: dict[tuple[str, str], list[Draft]] = defaultdict(list)
    for draft in chance.sample(drafts, len(drafts)):
        document = "" if draft.kind == "several" else draft.clause.document_id
        queues[document, draft.kind].append(draft)
    chosen: list[Draft] = []
    taken: Counter[str] = Counter()
    counts: Counter[tuple[str, str]] = Counter()
    while queues and len(chosen) < most:
        key = min(queues, key=lambda key: (counts["document", key[0]], counts["kind", key[1]], key))
        queue = queues[key]
        best = min(range(len(queue)), key=lambda at: (taken[queue[at].clause.id], at))
        draft = queue.pop(best)
        chosen.append(draft)
        taken[draft.clause.id] += 1
        counts.update([("document", key[0]), ("kind", key[1])])
        if not queue:
            del queues[key]
    return chosen


def _question(line: int, draft: Draft, called: Mapping[str, str]) -> Question:
    golds = tuple(gold_of(answer, called[answer.source.document.id]) for answer in draft.answers)
    name = hashlib.sha256(draft.text.encode()).hexdigest()[:8]
    return Question(line, f"draft-{name}", draft.text, draft.kind, bool(golds), golds, draft=True)
