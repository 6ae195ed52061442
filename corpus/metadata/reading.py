"""What a document says of itself, each value with the place that says it.

Nothing is guessed: a value that the text does not state is absent.
"""

from collections.abc import Sequence

from corpus.document import Clause, Metadata
from corpus.lines import Page
from corpus.metadata.bases import find_bases, find_replaced
from corpus.metadata.events import find_published, find_written
from corpus.metadata.forms import find_form, find_status
from corpus.metadata.front import open_front
from corpus.metadata.issuers import find_issuers, find_number
from corpus.metadata.places import find_level, find_region
from corpus.metadata.terms import find_terms


def find_metadata(page: Page, clauses: Sequence[Clause]) -> Metadata:
    """Return what the text says of itself, from its title to what it repeals, with the spans."""
    front = open_front(page, clauses)
    issuers = find_issuers(front)
    terms = find_terms(front)
    return Metadata(
        title=front.title,
        issuers=issuers,
        number=find_number(front),
        date=find_written(front),
        published=find_published(front),
        effective=terms.effective,
        repealed=terms.repealed,
        level=find_level(front, issuers),
        region=find_region(front, issuers),
        form=find_form(front),
        status=find_status(front),
        based_on=find_bases(front),
        replaces=tuple(find_replaced(front)),
    )
