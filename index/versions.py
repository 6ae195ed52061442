"""Which documents of a library a later one replaces."""

import re
from collections import defaultdict
from collections.abc import Iterable

from corpus.document import Document, Value
from corpus.fold import fold_text


def find_replacements(documents: Iterable[Document]) -> dict[str, Document]:
    """Return the replacing document for each replaced one, by the replaced one's id.

    A document is replaced by the newest one of the same title, of the same place as far as both
    name theirs, and a later date; or by one that says so (……同时废止) and names its 文号, or its
    title, and is later.
    """
    documents = [document for document in documents if _date(document)]
    named: dict[str, list[Document]] = defaultdict(list)
    titled: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        for stated in document.metadata.replaces:
            named[_key(stated)].append(document)
        if document.metadata.title:
            titled[_key(document.metadata.title)].append(document)
    replaced: dict[str, Document] = {}
    for document in documents:
        title, number = document.metadata.title, document.metadata.number
        candidates = [other for name in (title, number) if name for other in named[_key(name)]]
        if title:
            candidates += [other for other in titled[_key(title)] if _same_place(other, document)]
        later = [other for other in candidates if _date(other) > _date(document)]
        if later:
            replaced[document.id] = max(later, key=lambda other: (_date(other), other.id))
    return replaced


def _same_place(one: Document, other: Document) -> bool:
    """Whether two documents may be of one place: many counties have a plan of the same title."""
    regions = [d.metadata.region for d in (one, other) if d.metadata.region]
    return len({_key(region) for region in regions}) < 2


def _date(document: Document) -> str:
    return document.metadata.date.value if document.metadata.date else ""


def _key(stated: Value) -> str:
    return re.sub(r"\s", "", fold_text(stated.value))
