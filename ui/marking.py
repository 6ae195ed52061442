"""What is done with the questions of a set on the page: each change is kept, then drawn anew."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from corpus import Span, YoujuError
from corpus.markup import NOTHING, Html
from eval.sets import Place, Question
from eval.sets.documents import GoldError, Shelf, gold_names
from eval.sets.places import place
from ui import evaluate_view, label_view, render
from ui.evaluation import Evaluation
from ui.label_list import listing
from ui.labelling import gold_of
from ui.strings import Language, say

MOST_PASSAGES = 10


class Open(NamedTuple):
    """What is worked on: the question that is open, if any, and a page of the list."""

    question: str = ""
    page: int = 1


Drawn = tuple[Open, Html, Html, Html]
"""What is open, what is said of the last change, the question, the list."""


class Asked(NamedTuple):
    """A change: of which set, of what is open there, and what the button that was pressed says."""

    name: str
    opened: Open
    event: Any

    def of(self, key: str) -> str:
        """What the button says; nothing where it says nothing of that."""
        return str(getattr(self.event, key, ""))

    @property
    def question(self) -> str:
        """The question that the button is about: its own, or the one that is open."""
        return self.of("question") or self.opened.question


class Marking:
    """Acts of the page on the sets that are kept."""

    def __init__(self, evaluation: Evaluation) -> None:
        self._evaluation = evaluation
        self._acts: dict[str, Callable[[Asked, Language], tuple[Open, str]]] = {
            "write_question": self._write,
            "open_question": self._open,
            "turn_page": self._turn,
            "mark_gold": self._mark,
            "unmark_gold": self._unmark,
            "revise_question": self._revise,
            "accept_question": self._accept,
            "reject_question": self._reject,
            "next_question": self._next,
        }

    def act(
        self, act: str, name: str | None, opened: Open, language: Language, event: Any
    ) -> Drawn:
        """Do what a button says and draw what there is then; what cannot be done is said."""
        try:
            opened, told = self._acts[act](Asked(name or "", opened, event), language)
        except YoujuError as error:
            return self.drawn(name, opened, language, evaluate_view.failed(error, language))
        said = render.notice(told) if told else NOTHING
        return self.drawn(name, opened, language, said)

    def drawn(
        self, name: str | None, opened: Open, language: Language, said: Html = NOTHING
    ) -> Drawn:
        """The open question above its passages, and the page of the list."""
        try:
            questions = self._evaluation.labelling.questions(name) if name else []
            one = next((o for o in questions if o.id == opened.question), None)
            desk = self._question(one, language) if one else NOTHING
        except YoujuError as error:
            return opened, evaluate_view.failed(error, language), NOTHING, NOTHING
        return opened, said, desk, listing(questions, opened.page, language)

    def _question(self, one: Question, language: Language) -> Html:
        hits = self._evaluation.searcher.search(one.text, MOST_PASSAGES).hits
        return label_view.question(one, self._places(one), hits, language)

    def _places(self, one: Question) -> list[Place | None]:
        """Where the gold of a question stands in this library; None for what is not here."""
        library = self._evaluation.library
        shelf = Shelf(library.documents()) if one.gold else Shelf(())
        places: list[Place | None] = []
        for gold in one.gold:
            try:
                found = library.document(shelf.named(gold.document or "").id)
                places.append(place(gold, Shelf([found])))
            except GoldError:
                places.append(None)
        return places

    # --- acts --------------------------------------------------------------------------------

    def _write(self, asked: Asked, language: Language) -> tuple[Open, str]:
        made = self._evaluation.labelling.write(asked.name, asked.of("asked"))
        return asked.opened._replace(question=made.id), ""

    def _open(self, asked: Asked, language: Language) -> tuple[Open, str]:
        return asked.opened._replace(question=asked.question), ""

    def _turn(self, asked: Asked, language: Language) -> tuple[Open, str]:
        return asked.opened._replace(page=int(asked.of("page"))), ""

    def _mark(self, asked: Asked, language: Language) -> tuple[Open, str]:
        library = self._evaluation.library
        document = library.document(asked.of("document"))
        marked = Span(*(int(asked.of(side)) for side in ("start", "end")))
        name = gold_names(library.documents())[document.id]
        gold = gold_of(document, name, marked, int(asked.of("grade")))
        self._evaluation.labelling.mark(asked.name, asked.question, gold)
        return asked.opened, ""

    def _unmark(self, asked: Asked, language: Language) -> tuple[Open, str]:
        self._evaluation.labelling.unmark(asked.name, asked.question, int(asked.of("place")))
        return asked.opened, ""

    def _revise(self, asked: Asked, language: Language) -> tuple[Open, str]:
        self._evaluation.labelling.revise(
            asked.name, asked.question, asked.of("asked"), asked.of("kind")
        )
        return asked.opened, say(language, "label.revised")

    def _accept(self, asked: Asked, language: Language) -> tuple[Open, str]:
        accepted = self._evaluation.labelling.accept(asked.name, asked.question)
        said = say(language, "label.saved", question=accepted.text)
        return self._after(asked, accepted), said

    def _reject(self, asked: Asked, language: Language) -> tuple[Open, str]:
        removed = self._evaluation.labelling.reject(asked.name, asked.question)
        return self._after(asked, removed), say(language, "label.rejected", question=removed.text)

    def _next(self, asked: Asked, language: Language) -> tuple[Open, str]:
        return self._beyond(asked, asked.opened.question), ""

    def _after(self, asked: Asked, done: Question) -> Open:
        """What is open after a verdict: the next draft, where the question itself was open."""
        return self._beyond(asked, done.id) if done.id == asked.opened.question else asked.opened

    def _beyond(self, asked: Asked, id_: str) -> Open:
        """The draft after a question, or the first one; nothing where no draft is left."""
        waiting = _drafts_after(self._evaluation.labelling.questions(asked.name), id_)
        return asked.opened._replace(question=waiting[0].id if waiting else "")


def _drafts_after(questions: Sequence[Question], id_: str) -> list[Question]:
    """The drafts but for one question, those behind it first."""
    at = next((n for n, one in enumerate(questions) if one.id == id_), -1)
    ordered = [*questions[at + 1 :], *questions[: max(at, 0)]]
    return [one for one in ordered if one.draft and one.id != id_]
