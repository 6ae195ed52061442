"""Which documents of a library a later one replaces."""

import re
from collections import defaultdict
from collections.abc import Iterable

from corpus.document import Document
from corpus.fold import fold_text


def find_replacements(documents: Iterable[Document]) -> dict[str, Document]:
    """Return the replacing document for each replaced one, by the replaced one's id.

    A document is replaced by the newest one of the same title and a later date, or by one that
    says so (……同时废止) and names its 文号, or its title, and is later.
    """
    documents = [document for document in documents if _date(document)]
    claims: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        named = {_key(stated.value) for stated in document.metadata.replaces}
        for name in named | _names(document, with_number=False):
            claims[name].append(document)
    replaced: dict[str, Document] = {}
    for document in documents:
        claimed = (other for name in _names(document) for other in claims[name])
        later = [other for other in claimed if _date(other) > _date(document)]
        if later:
            replaced[document.id] = max(later, key=lambda other: (_date(other), other.id))
    return replaced


def _names(document: Document, with_number: bool = True) -> set[str]:
    title, number = document.metadata.title, document.metadata.number
    stated = [title, number if with_number else None]
    return {_key(name.value) for name in stated if name}


def _date(document: Document) -> str:
    return document.metadata.date.value if document.metadata.date else ""


def _key(value: str) -> str:
    return re.sub(r"\s", "", fold_text(value))
