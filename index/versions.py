"""Which documents of a library are versions of one work, and which a later one replaces."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from corpus.document import Document
from index.naming import (
    bare_name,
    names_for_repeal,
    names_repealed,
    title_of,
    work_key,
    work_keys,
)

__all__ = [
    "DRAFT",
    "Work",
    "find_repeals",
    "find_replacements",
    "has_come",
    "in_force",
    "is_draft",
    "is_past",
    "issued",
    "work_key",
    "works",
]

DRAFT = "征求意见稿"

_AMENDS = re.compile(r"修订|修正")
_REPEALS = re.compile(r"废止|失效")
# Many organs of a county write one 关于做好安全工作的通知.
_LETTERS = ("通知", "公告", "通告", "函", "批复", "报告", "要点")


class Work(NamedTuple):
    """The versions of one work, the newest first, and the newest that is in force, if any is."""

    versions: tuple[Document, ...]
    current: Document | None


def works(documents: Iterable[Document], today: date | None = None) -> tuple[Work, ...]:
    """Group documents into works: the same title of the same place, whatever the date.

    Titles are compared without what marks a version: 《》 around them, （2021年修订）, （试行）,
    （征求意见稿）, or a date behind them. A document without a title is a work of its own. The
    works are in the order in which they first appear.
    """
    day = today or date.today()
    documents = list(documents)
    groups: dict[str, list[list[Document]]] = defaultdict(list)
    ordered: list[list[Document]] = []
    for document, key in zip(documents, work_keys(documents), strict=True):
        known = groups[key] if document.metadata.title else []
        group = next((g for g in known if all(_may_be_one(document, d) for d in g)), None)
        if group is None:
            group = []
            known.append(group)
            ordered.append(group)
        group.append(document)
    return tuple(_work(group, day) for group in ordered)


def _work(group: Sequence[Document], day: date) -> Work:
    versions = sorted(group, key=lambda d: (issued(d), d.id), reverse=True)
    holding = (d for d in versions if in_force(d, day) and not is_past(d, day))
    return Work(tuple(versions), next(holding, None))


def find_replacements(
    documents: Iterable[Document], today: date | None = None
) -> dict[str, Document]:
    """Return the replacing document for each replaced one, by the replaced one's id.

    A document is replaced by the newest version of the same work (see `works`) that is later and
    has taken effect by `today`; or by one that says so (……同时废止) and names its 文号, or its
    title. A text on trial (试行) is so replaced by the later final one. A draft replaces no act; it
    is replaced by the final text when that is issued. A draft without a date is taken to be older
    than the final text, unless it would amend one. See `find_repeals` for a mere repeal.
    """
    day = today or date.today()
    documents = list(documents)
    named = _by_what_they_repeal(d for d in _repealers(documents, day) if not _only_repeals(d))
    versions: dict[str, list[Document]] = defaultdict(list)
    keys = work_keys(documents)
    for document, key in zip(documents, keys, strict=True):
        if document.metadata.title and issued(document):
            versions[key].append(document)
    replaced: dict[str, Document] = {}
    for document, key in zip(documents, keys, strict=True):
        found = _repealing(document, named)
        if document.metadata.title:
            same = versions.get(key, ())
            found += [other for other in same if _supersedes(other, document, day)]
        if found:
            replaced[document.id] = max(found, key=lambda other: (issued(other), other.id))
    return replaced


def find_repeals(documents: Iterable[Document], today: date | None = None) -> dict[str, Document]:
    """Return, by id, the document that repeals each one without putting anything in its place.

    That is a decision such as 关于废止《甲办法》的决定, in force by `today` and later.
    """
    day = today or date.today()
    documents = list(documents)
    named = _by_what_they_repeal(d for d in _repealers(documents, day) if _only_repeals(d))
    if not named:
        return {}
    found = ((document.id, _repealing(document, named)) for document in documents)
    return {name: max(by, key=lambda other: (issued(other), other.id)) for name, by in found if by}


def issued(document: Document) -> str:
    """Return the day a version is told apart by: 成文, else 发布, else 施行; "" without a year."""
    return next(filter(None, _days(document)), "")


def is_draft(document: Document) -> bool:
    """Whether it is a text for comment, which binds nobody."""
    status = document.metadata.status
    return status is not None and status.value == DRAFT


def in_force(document: Document, day: date) -> bool:
    """Whether an act had taken effect by `day`, as far as its dates tell; a draft never does."""
    effective = document.metadata.effective
    starts = (issued(document), effective.value if effective else "")
    return not is_draft(document) and all(has_come(start, day) for start in starts)


def is_past(document: Document, day: date) -> bool:
    """Whether its own last day (有效期至, 废止) lies before `day`."""
    last = document.metadata.repealed
    return last is not None and last.value < day.isoformat()[: len(last.value)]


def has_come(start: str, day: date) -> bool:
    """Whether a day, of the parts that are stated, is `day` or before it: 2025-05 in May 2025."""
    return start <= day.isoformat()[: len(start)]


def _supersedes(other: Document, document: Document, day: date) -> bool:
    """Whether `other`, of the same title, takes the place of `document`."""
    if other is document or not _may_be_one(other, document):
        return False
    if is_draft(document):
        amends = _AMENDS.search(title_of(document)) is not None
        undated = not issued(document) and not amends and not is_draft(other)
        return undated or _is_later(other, document)
    return in_force(other, day) and _is_later(other, document)


def _repealing(document: Document, named: dict[str, list[Document]]) -> list[Document]:
    """The documents that name this one's title or 文号 among what they repeal, and are later."""
    names = names_for_repeal(document) if named else ()
    found = [other for name in names for other in named.get(name, ())]
    return [
        other
        for other in found
        if other.id != document.id and (not issued(document) or _is_later(other, document))
    ]


def _by_what_they_repeal(documents: Iterable[Document]) -> dict[str, list[Document]]:
    named: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        for name in names_repealed(document):
            named[name].append(document)
    return named


def _repealers(documents: Iterable[Document], day: date) -> Iterator[Document]:
    """What may repeal or replace others by naming them."""
    stating = (document for document in documents if document.metadata.replaces)
    return (document for document in stating if issued(document) and in_force(document, day))


def _only_repeals(document: Document) -> bool:
    return _REPEALS.search(title_of(document)) is not None


def _is_later(one: Document, other: Document) -> bool:
    """Whether the first was surely issued later: 2024-05 is not surely later than 2024.

    Days of writing are compared, else those of publication. Against one that tells neither, all
    that it tells must be earlier. An act takes effect after it is issued, so that one which only
    tells when it does is later than one which does earlier, and than no other.
    """
    for own, its in zip(_days(one)[:2], _days(other)[:2], strict=True):
        if own and its:
            return _is_after(own, its)
    written = next(filter(None, _days(one)[:2]), "")
    if written:
        return all(_is_after(written, its) for its in _days(other) if its) and any(_days(other))
    return _is_after(_days(one)[2], _days(other)[2])


def _is_after(later: str, earlier: str) -> bool:
    return bool(earlier) and later > earlier and not later.startswith(earlier)


def _days(document: Document) -> tuple[str, ...]:
    """成文, 发布 and 施行, each "" where it is not known with its year."""
    metadata = document.metadata
    days = (metadata.date, metadata.published, metadata.effective)
    return tuple("" if day is None or day.value.startswith("--") else day.value for day in days)


def _may_be_one(one: Document, other: Document) -> bool:
    """Whether two documents of one title may be versions of one work.

    Many counties have a plan of the same title, so they must be of one place as far as both name
    theirs (青禾县 may be 白沙市青禾县), and of one level; letters such as 通知, of one issuer.
    """
    return _same_level(one, other) and _same_place(one, other) and _same_issuer(one, other)


def _same_level(one: Document, other: Document) -> bool:
    levels = {d.metadata.level.value for d in (one, other) if d.metadata.level}
    return len(levels) < 2


def _same_place(one: Document, other: Document) -> bool:
    regions = [bare_name(d.metadata.region) for d in (one, other) if d.metadata.region]
    return len(regions) < 2 or regions[0].endswith(regions[1]) or regions[1].endswith(regions[0])


def _same_issuer(one: Document, other: Document) -> bool:
    """Whether an issuer is named by both, or none by one; acts outlive the organ that made them."""
    form = one.metadata.form
    names = [{bare_name(issuer) for issuer in d.metadata.issuers} for d in (one, other)]
    letters = form is not None and form.value in _LETTERS
    return not letters or not all(names) or bool(names[0] & names[1])
