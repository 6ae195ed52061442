"""The sample library, and the questions that the page offers as examples."""

from collections.abc import Iterator, Sequence
from functools import cache

from corpus import Document, find_files, read_file
from corpus.clauses.markers import read_marker
from corpus.samples import SAMPLES
from index import Library
from ui.strings import SAMPLE_QUESTIONS, Language, say

MOST_EXAMPLES = 6
_SHORTEST, _LONGEST = 4, 14
"""Characters of a heading that reads well inside a question."""


@cache
def sample_ids() -> frozenset[str]:
    """The ids of the sample documents, which follow from their bytes wherever they were added."""
    return frozenset(read_file(path).id for path in find_files([SAMPLES]))


def hold_samples(documents: Sequence[Document]) -> bool:
    """Whether any of the documents is a sample."""
    return any(document.id in sample_ids() for document in documents)


def examples(library: Library, documents: Sequence[Document], language: Language) -> list[str]:
    """Questions to start with: everyday ones for the samples, else one for each newest document."""
    if sample_ids() <= {document.id for document in documents}:
        return list(SAMPLE_QUESTIONS)
    headings = (
        heading
        for document in reversed(documents[-MOST_EXAMPLES:])
        if (heading := _heading(library.document(document.id)))
    )
    return [say(language, "ask.example_about", heading=h) for h in dict.fromkeys(headings)]


def _heading(document: Document) -> str | None:
    """A heading from the middle of a document, where its substance is."""
    found = list(_headings(document))
    return found[len(found) // 2] if found else None


def _headings(document: Document) -> Iterator[str]:
    for clause in document.clauses:
        if clause.kind not in ("item", "article", "heading"):
            continue
        marker = read_marker(0, document.quote(clause.span).strip().split("\n", 1)[0])
        if marker and _SHORTEST <= len(marker.heading) <= _LONGEST:
            yield marker.heading.replace("\u3000", "")
