"""A conversation: the questions asked on one page, each with what was said to it."""

from dataclasses import dataclass
from secrets import token_hex

from retrieval import Answer, Filters, Searcher, answer
from retrieval.followup import in_full
from retrieval.query import checked
from ui.asked import asked

MOST_TURNS = 20
"""Turns that a page keeps; the oldest ones go."""


@dataclass(frozen=True, slots=True, eq=False)
class Turn:
    """One question and its answer; `key` names it among all turns of all pages."""

    key: str
    typed: str
    understood: str
    """The question as it was searched: with that of the question before, where it leant on it."""
    filters: Filters
    found: Answer
    documents: int
    """How many the library had."""


@dataclass(frozen=True, slots=True, eq=False)
class Conversation:
    """The turns of a page, the latest last."""

    turns: tuple[Turn, ...] = ()

    @property
    def latest(self) -> Turn | None:
        """The turn that is shown in full."""
        return self.turns[-1] if self.turns else None

    @property
    def without_latest(self) -> "Conversation":
        """The conversation before its latest turn."""
        return Conversation(self.turns[:-1])

    def up_to(self, understood: str, filters: Filters) -> "Conversation | None":
        """The conversation as it was when this was last asked; None where it was not."""
        asked = [(turn.understood, turn.filters) for turn in self.turns]
        places = [n for n, one in enumerate(asked, start=1) if one == (understood, filters)]
        return Conversation(self.turns[: places[-1]]) if places else None

    def followed_by(self, turn: Turn) -> "Conversation":
        """The conversation with one turn more."""
        return Conversation((*self.turns, turn)[-MOST_TURNS:])


def take_turn(
    searcher: Searcher, question: str, filters: Filters, previous: str | None = None
) -> Turn:
    """Answer a question, understood with the `previous` one. Raises YoujuError."""
    typed = checked(question)
    understood = in_full(typed, previous, searcher.places_in)
    found = asked(typed, lambda: answer(searcher, understood, filters))
    documents = len(searcher.library.documents())
    return Turn(token_hex(8), typed, found.question, filters, found, documents)
