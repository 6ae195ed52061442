"""The documents, clauses and places that a sentence names must be those that it cites."""

import re
from collections.abc import Iterable, Iterator, Sequence

from corpus import Document
from corpus.fold import fold_text
from corpus.script import simplify
from index.addresses import levels_of, part_span
from retrieval.catalogue import called
from retrieval.lookup import address_numbers
from retrieval.mentions import (
    Address,
    Cited,
    Question,
    number_name,
    plain_name,
    without_version,
)
from retrieval.verify import verdicts
from retrieval.verify.verdicts import Reason

_SAYS = re.compile(r"(?:\([^()]{1,30}\))?(?:的)?(?:规定|要求|明确|提出|指出|强调|第[^,]{1,8}条|中)")
_CHAPTER = re.compile(r"第[一二三四五六七八九十百0-9]{1,4}[编章节](?![目课])")
_LAW = re.compile(
    r"(?:根据|依据|按照|依照|遵照)(?P<name>[\u4e00-\u9fff]{2,30}?(?:法|条例|办法|规定|细则|意见|方案))"
    r"(?=[,的]|第[^,]{1,8}条|规定|要求|$)"
)
_OWN = re.compile(r"^(?:本|该|此|上述|有关|相关|国家|法律|现行)")
_LEAST = 2


def check_names(text: str, sources: Sequence[verdicts.Cited]) -> Iterator[Reason]:
    """Yield a reason for each title, 文号 or address of `text` that none of `sources` bears.

    One that stands in a quotation is named as the source names it, unless the sentence says that
    it says something (《甲办法》规定).
    """
    question = Question(text)
    quoted = [Question(source.quote) for source in sources]
    first = sources[0]
    label = first.document.label
    ends = []
    for title in question.titles:
        ends.append(title.end)
        if not _is_titled(title, question, sources, quoted):
            yield _foreign(f"《{title.shown}》", title, question, label)
    for number in question.numbers():
        if not _is_numbered(number, sources, quoted):
            yield Reason("other_document", (_shown_number(number), label))
    for name in _LAW.finditer(question.text):
        if not _OWN.match(name["name"]) and not _is_law(name["name"], sources, quoted):
            yield Reason("no_document", (name["name"],))
    yield from _addresses(text, question, ends, sources, quoted)


def _foreign(shown: str, title: Cited, question: Question, label: str) -> Reason:
    says = _SAYS.match(question.text, title.end)
    return Reason("other_document", (shown, label)) if says else Reason("no_document", (shown,))


def _is_titled(
    title: Cited, question: Question, sources: Sequence[verdicts.Cited], quoted: Sequence[Question]
) -> bool:
    names = [n for n in title.names if len(n) >= _LEAST]
    if any(_bears(source.document, name) for source in sources for name in names):
        return True
    behind = (
        question.text[title.end : title.end + 2] if _SAYS.match(question.text, title.end) else ""
    )
    return any(name + behind in quote.text for quote in quoted for name in names[:1])


def _bears(document: Document, name: str) -> bool:
    """Whether a document is called so: its title in a form that people use, or its end."""
    return any(form.endswith(name) or without_version(form) == name for form in _forms(document))


def _forms(document: Document) -> list[str]:
    titles = [title for title in called(document, fold_text(document.label)).titles if title]
    return [*titles, plain_name(fold_text(document.label))]


def _is_numbered(
    number: Cited, sources: Iterable[verdicts.Cited], quoted: Iterable[Question]
) -> bool:
    own = {
        number_name(s.document.metadata.number.value) for s in sources if s.document.metadata.number
    }
    named = {name for quote in quoted for found in quote.numbers() for name in found.names}
    return not {*number.names}.isdisjoint(own | named)


def _shown_number(number: Cited) -> str:
    return number.shown[-20:]


def _is_law(name: str, sources: Sequence[verdicts.Cited], quoted: Sequence[Question]) -> bool:
    short = name.removeprefix("我国").removeprefix("国家")
    if any(_bears(source.document, short) for source in sources):
        return True
    return any(short in quote.text for quote in quoted)


def _addresses(
    text: str,
    question: Question,
    ends: list[int],
    sources: Sequence[verdicts.Cited],
    quoted: Sequence[Question],
) -> Iterator[Reason]:
    named = {_key(address) for quote in quoted for address in quote.addresses([])}
    for address in question.addresses(ends):
        if _key(address) not in named and not any(_is_at(address, s) for s in sources):
            yield Reason("other_address", (address.shown, sources[0].address))
    above = "".join(part for s in sources for part in (*s.clause.path, s.clause.address, s.quote))
    for chapter in _CHAPTER.finditer(simplify(text)):
        if chapter[0] not in simplify(above):
            yield Reason("other_address", (chapter[0], sources[0].address))


def _key(address: Address) -> tuple[object, ...]:
    return tuple(level.written for level in address.levels) or address.numbers


def _is_at(address: Address, source: verdicts.Cited) -> bool:
    """Whether a citation is of an address, of a part of it, or holds that part whole."""
    if address.numbers:
        own = address_numbers(source.clause.address)
        return own[: len(address.numbers)] == address.numbers
    levels = [level.written for level in levels_of(source.address)]
    stated = [level.written for level in address.levels]
    if levels[: len(stated)] == stated:
        return True
    part = part_span(source.clause, address.levels[1:]) if stated[: len(levels)] == levels else None
    if part is None or part.start < source.span.start:
        return False
    return not source.document.text[source.span.end : part.end].strip()


def check_places(
    plain: str, sources: Sequence[verdicts.Cited], others: Sequence[verdicts.Cited], context: str
) -> Iterator[Reason]:
    """Yield a reason where a claim names the place of another citation, and not of its own."""
    own = {name for source in sources for name in _places(source)}
    for name in dict.fromkeys(name for other in others for name in _places(other)):
        if name in plain and name not in own and name not in context:
            yield Reason("other_place", (name, sources[0].document.label))


def _places(source: verdicts.Cited) -> Iterator[str]:
    """The place of a document as it is stated, and its last unit: 白沙市青禾县, 青禾县."""
    region = source.document.metadata.region
    if region:
        plain = simplify(region.value)
        yield plain
        last = re.search(r"[^省市县区州旗]{2,6}(?:自治[区州县旗]|[省市县区州旗])$", plain)
        if last:
            yield last[0]
