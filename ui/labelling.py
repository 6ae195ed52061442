"""Question sets that are made in the app: questions, the places that answer them, verdicts."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from secrets import token_hex

from corpus import Clause, Document, Span
from eval.sets import Gold, Question, QuestionSet, SetError, write_set
from eval.sets.documents import written_at
from eval.sets.reading import all_drafts
from eval.sets.values import KINDS, REFUSED, UNSORTED
from index import Library
from retrieval.query import checked
from retrieval.sentences import trimmed
from ui.kept_sets import KeptSets, LabelError, checked_name

LONGEST_QUOTE = 400
"""Characters that one mark keeps; of a longer stretch the beginning."""
CHOICES = (UNSORTED, *KINDS)
"""The kinds that a question may have."""


class Labelling:
    """Keeps the questions that people write and label. Safe to share between threads.

    A question without gold is one that the documents do not answer; while it is a draft it may
    also be one whose gold nobody has marked yet. Every change is written at once.
    """

    def __init__(self, library: Library) -> None:
        self._sets = KeptSets(library.folder)

    # --- sets --------------------------------------------------------------------------------

    def names(self) -> list[str]:
        """Return the names of the sets, sorted."""
        return self._sets.names()

    def questions(self, name: str) -> list[Question]:
        """Return the questions of a set, drafts too; none where there is no such set."""
        return self._sets.questions(name)

    def question_set(self, name: str) -> QuestionSet:
        """Return what is asked of a set: the questions that were accepted.

        Raises SetError where there are none.
        """
        path, questions = Path(f"{checked_name(name)}.jsonl"), self.questions(name)
        accepted = tuple(one for one in questions if not one.draft)
        if not accepted:
            raise SetError(path, [(0, all_drafts(len(questions)))])
        left_out = len(questions) - len(accepted)
        return QuestionSet(path, None, accepted, drafts_left_out=left_out)

    def write_file(self, name: str, folder: Path) -> Path:
        """Write a set into a folder as JSON Lines, drafts too; return the file."""
        path = folder / f"{checked_name(name)}.jsonl"
        write_set(self.questions(name), path)
        return path

    def question(self, name: str, id_: str) -> Question:
        """Return one question. Raises LabelError where it is not there, or not any more."""
        return _one(self.questions(name), id_)

    # --- questions ---------------------------------------------------------------------------

    def write(self, name: str, text: str, kind: str = "") -> Question:
        """Add a question as a draft, or return the one with these words that is there."""
        text = checked(text)
        known = [one for one in self.questions(name) if one.text == text]
        if known:
            return known[0]
        kind = kind if kind in CHOICES else UNSORTED
        made = Question(0, token_hex(6), text, kind, False, (), draft=True)
        self._sets.change(name, lambda questions: [*questions, made])
        return made

    def add(self, name: str, questions: Iterable[Question]) -> int:
        """Add questions of a file that are not there yet; return how many these were."""
        given = list(questions)
        added = 0

        def join(known: list[Question]) -> list[Question]:
            nonlocal added
            ids, texts = {one.id for one in known}, {one.text for one in known}
            fresh = [one for one in given if one.text not in texts]
            added = len(fresh)
            return known + [replace(o, id=token_hex(6)) if o.id in ids else o for o in fresh]

        self._sets.change(name, join)
        return added

    def mark(self, name: str, id_: str, gold: Gold) -> Question:
        """Add a place that answers a question; a mark of the same words takes another's place."""
        return self._edit(name, id_, lambda one: _with(one, [*_without(one, gold), gold]))

    def unmark(self, name: str, id_: str, at: int) -> Question:
        """Take the place `at`, counted from 0, off a question."""
        return self._edit(
            name, id_, lambda one: _with(one, [g for n, g in enumerate(one.gold) if n != at])
        )

    def revise(self, name: str, id_: str, text: str, kind: str) -> Question:
        """Give a question other words and another kind.

        Raises LabelError for a kind that there is not, and for words that another one has.
        """
        text = checked(text)
        if kind not in CHOICES:
            raise LabelError(f"found {kind[:20]!r} as a kind, expected one of {', '.join(CHOICES)}")

        def revised(one: Question) -> Question:
            return _sorted(replace(one, text=text, kind=kind, overlap=None))

        if any(one.text == text and one.id != id_ for one in self.questions(name)):
            raise LabelError(
                "another question of the set has these words: change them, or reject one"
            )
        return self._edit(name, id_, revised)

    def accept(self, name: str, id_: str) -> Question:
        """Make a draft a question of the set."""
        return self._edit(name, id_, lambda one: _sorted(replace(one, draft=False)))

    def reject(self, name: str, id_: str) -> Question:
        """Remove a question; return it."""
        removed = self.question(name, id_)
        self._sets.change(name, lambda questions: [one for one in questions if one.id != id_])
        return removed

    def _edit(self, name: str, id_: str, edit: Callable[[Question], Question]) -> Question:
        edited: Question | None = None

        def change(questions: list[Question]) -> list[Question]:
            nonlocal edited
            edited = edit(_one(questions, id_))
            return [edited if one.id == id_ else one for one in questions]

        self._sets.change(name, change)
        assert edited is not None
        return edited


def _one(questions: Iterable[Question], id_: str) -> Question:
    found = next((one for one in questions if one.id == id_), None)
    if found is None:
        raise LabelError("the question is no longer in the set: open the set anew")
    return found


def _without(one: Question, gold: Gold) -> list[Gold]:
    return [known for known in one.gold if known._replace(grade=gold.grade) != gold]


def _with(one: Question, golds: Sequence[Gold]) -> Question:
    """The question with other gold; one that lost all of it has to be accepted anew."""
    answerable = any(gold.grade > 0 for gold in golds)
    draft = one.draft or (one.answerable and not answerable)
    return _sorted(
        replace(one, gold=tuple(golds), answerable=answerable, draft=draft, overlap=None)
    )


def _sorted(one: Question) -> Question:
    """The question with a kind that fits: one of a draft without gold may be known already."""
    if one.answerable and one.kind in REFUSED:
        return replace(one, kind=UNSORTED)
    if not one.answerable and not one.draft and one.kind not in REFUSED:
        return replace(one, kind=REFUSED[0])
    return one


# --- gold ---------------------------------------------------------------------------------------


def gold_of(document: Document, name: str, span: Span, grade: int) -> Gold:
    """Return a stretch of a document as gold: its words, and which of several such places it is.

    `name` is what the document is called. The stretch is cut to its clause, as gold stands in one,
    and to LONGEST_QUOTE characters. Raises LabelError for a stretch that holds nothing.
    """
    clause = _clause(document, span)
    end = min(span.end, clause.end, span.start + LONGEST_QUOTE)
    kept = trimmed(document.text, Span(span.start, end))
    quote = document.quote(kept)
    if not quote:
        raise LabelError("nothing is marked: mark some words of the passage")
    starts = [found.start for found in written_at(document, quote)]
    occurrence = starts.index(kept.start) + 1 if len(starts) > 1 else None
    return Gold(name, quote, grade, occurrence)


def _clause(document: Document, span: Span) -> Clause:
    within = (c for c in document.clauses if c.start <= span.start < c.end)
    clause = next(within, None)
    if clause is None or span.end <= span.start:
        raise LabelError("nothing is marked: mark some words of the passage")
    return clause
