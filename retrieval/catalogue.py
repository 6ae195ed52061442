"""The documents of a library by what people call them: title, short title, 文号."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from corpus import Document
from corpus.fold import fold_text
from index.addresses import levels_of, written
from retrieval.lexicon import Found, Lexicon
from retrieval.mentions import Question, number_name, plain_name, without_version

# Titles are folded together, which is many times faster; no title holds this character, and
# folding keeps it.
_BETWEEN = "\ue000"
_LAW = re.compile(r"(?:法|法典|条例|规定|办法|细则|章程|规则|准则)$")
_GENERAL = re.compile(
    r"(?:(?:工作|实施|管理|暂行|试行|具体|有关|相关|若干|配套|部门|地方|行政|政府|国务院){0,4}"
    r"(?:法|方法|办法|做法|说法|看法|想法|执法|司法|立法|违法|合法|条例|规定|细则|章程|规则|准则))$"
)
_TWO_LETTERS = frozenset({"宪法", "刑法"})
_LONG = 6
"""Characters of a title that is known for one without 《》, whatever its last word."""
_SHORT = 3
_GOES_ON = re.compile(r"(?:实施|施行)?(?:细则|办法|条例|规定|意见|方案|解释|修正案|草案)")
_ARTICLE_BEHIND = re.compile(r"(?P<title>.{2,}?)(?P<article>第[^第条]{1,9}条(?:之.{1,2})?)$")
_CARRIED = re.compile(r"(?:印发|发布|公布|颁布)<(?P<title>[^<>]{2,100})>的(?:通知|公告|决定)$")


class Entry(NamedTuple):
    """A document, and which article it is where it holds no more than one (刑法第二十条)."""

    id: str
    article: str | None = None


Entries = tuple[Entry, ...]


class Catalogue:
    """Titles and 文号 of a library, each folded, with the documents that bear it.

    A title is known by its whole, without the remark or the day behind it, without the place
    before it, and by the name of what it issues (关于印发《…》的通知): the first of these that
    any document bears. 中华人民共和国 before or within it makes no difference.
    """

    def __init__(self, documents: Iterable[Document]) -> None:
        titled: list[Document] = []
        numbers: dict[str, list[Entry]] = defaultdict(list)
        for document in documents:
            if document.metadata.number:
                numbers[number_name(document.metadata.number.value)].append(Entry(document.id))
            if document.metadata.title:
                titled.append(document)
        self.numbers = {name: tuple(found) for name, found in numbers.items()}
        self.titles = Lexicon(_by_title(titled))

    def find_titles(self, question: Question) -> Iterator[Found[Entries]]:
        """Yield the titles in a question that are known, in 《》 or without."""

        def accept(text: str, start: int, end: int) -> bool:
            in_brackets = any((t.start, t.end) == (start, end) for t in question.titles)
            within = any(t.start <= start and end <= t.end for t in question.titles)
            if in_brackets or within:
                return in_brackets
            return question.is_edge(start) and _is_told(text, start, end, question.edges)

        return self.titles.find(question.text, accept)


def _is_told(text: str, start: int, end: int, edges: set[int]) -> bool:
    """Whether a title is known for one without 《》: 教师法, but not 管理办法 or 教师法实施细则."""
    name = text[start:end]
    if end not in edges and _GOES_ON.match(text, end):
        return False
    if name in _TWO_LETTERS or len(name) >= _LONG:
        return _GENERAL.match(name) is None or name in _TWO_LETTERS
    return len(name) >= _SHORT and bool(_LAW.search(name)) and not _GENERAL.match(name)


def _by_title(documents: list[Document]) -> dict[str, Entries]:
    """The documents by each form of their titles; a form of lower rank gives way to a higher."""
    if not documents:
        return {}
    ranks: list[dict[str, dict[Entry, None]]] = [defaultdict(dict) for _ in range(4)]
    titles = (d.metadata.title.value if d.metadata.title else "" for d in documents)
    folded = fold_text(_BETWEEN.join(titles)).split(_BETWEEN)
    for document, title in zip(documents, folded, strict=True):
        for rank, (name, entry) in enumerate(_forms(document, title)):
            if name:
                ranks[rank][name][entry] = None
    known: dict[str, Entries] = {}
    for by_name in reversed(ranks):
        known.update((name, tuple(found)) for name, found in by_name.items())
    return known


def _forms(document: Document, title: str) -> Iterator[tuple[str, Entry]]:
    """The forms of a folded title from the fullest to the shortest, "" for one it has not."""
    article = _ARTICLE_BEHIND.match(title) if title.endswith(("条", *"之一二三")) else None
    entry = Entry(document.id, written(levels_of(article["article"])) if article else None)
    name = plain_name(article["title"] if article else title)
    yield name, entry
    short = without_version(name)
    yield short, entry
    region = document.metadata.region
    place = fold_text(region.value) if region else ""
    yield short.removeprefix(place) if place and short.startswith(place) else "", entry
    carried = _CARRIED.search(title) if title.endswith(("通知", "公告", "决定")) else None
    yield plain_name(carried["title"]) if carried else "", entry
