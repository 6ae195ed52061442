"""What passes between the templates: a document to ask about, and what is proposed of it."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from corpus import Clause, Document, Span
from corpus.lines import Page, open_page
from eval.drafting.naming import Name

SHORTEST, LONGEST = 6, 28
"""Characters of a quotation: enough to be found, too few to be a copy."""


@dataclass(frozen=True)
class Source:
    """A document that is asked about: how a question names it, and its text as patterns read it."""

    document: Document
    name: Name

    @cached_property
    def page(self) -> Page:
        """The text beside its Simplified form, in which questions are put."""
        return open_page(self.document.text)


class Answer(NamedTuple):
    """A place that answers: `span` is what must be quoted, `within` the sentence around it."""

    source: Source
    clause: Clause
    span: Span
    within: Span


class Draft(NamedTuple):
    """A proposed question of one of the kinds of `eval.sets.KINDS`; no answers for a near miss.

    `clause` is the one that it was made of.
    """

    kind: str
    text: str
    clause: Clause
    answers: tuple[Answer, ...] = ()
