"""The documents of a library by what people call them: title, short title, 文号."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from corpus import Document
from corpus.fold import fold_text
from index.addresses import levels_of, written
from retrieval.lexicon import Found, Lexicon
from retrieval.mentions import Question, number_name, plain_name, without_version

_LAW = re.compile(r"(?:法|法典|条例|规定|办法|细则|章程|规则|准则)$")
_GENERAL = re.compile(
    r"(?:(?:工作|实施|管理|暂行|试行|具体|有关|相关|若干|配套|部门|地方|行政|政府|国务院){0,4}"
    r"(?:法|方法|办法|做法|说法|看法|想法|执法|司法|立法|违法|合法|条例|规定|细则|章程|规则|准则))$"
)
_TWO_LETTERS = frozenset({"宪法", "刑法"})
_FORMS = 4
"""Forms that a title may have."""
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


class Called(NamedTuple):
    """What a document is called, folded: its 文号, and its title in its forms, the fullest first.

    `article` is the one that it holds where it holds no more. What it has not is "", and so is a
    form that is a fuller one already.
    """

    number: str
    article: str
    titles: Sequence[str]


def called(document: Document, title: str) -> Called:
    """Return what a document with this folded title is called."""
    number = document.metadata.number
    article = _ARTICLE_BEHIND.match(title) if title.endswith(("条", *"之一二三")) else None
    return Called(
        number_name(number.value) if number else "",
        written(levels_of(article["article"])) if article else "",
        _without_repeats(_forms(document, title, article["title"] if article else title)),
    )


class Catalogue:
    """Titles and 文号 of a library, each folded, with the documents that bear it.

    A title is known by its whole, without the remark or the day behind it, without the place
    before it, and by the name of what it issues (关于印发《…》的通知): the first of these that
    any document bears. 中华人民共和国 before or within it makes no difference.
    """

    def __init__(self, documents: Iterable[tuple[str, Called]]) -> None:
        numbers: dict[str, list[Entry]] = defaultdict(list)
        ranks: list[dict[str, list[Entry]]] = [defaultdict(list) for _ in range(_FORMS)]
        for identity, names in documents:
            if names.number:
                numbers[names.number].append(Entry(identity))
            if names.titles:
                entry = Entry(identity, names.article or None)
                for by_name, name in zip(ranks, names.titles, strict=False):
                    if name:
                        by_name[name].append(entry)
        self.numbers = {name: tuple(found) for name, found in numbers.items()}
        # A form of lower rank gives way to a higher.
        forms = [form for by_name in reversed(ranks) for form in by_name.items()]
        self.titles = Lexicon({name: tuple(found) for name, found in forms})

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


def _forms(document: Document, title: str, name: str) -> Iterator[str]:
    """The forms of a folded title from the fullest to the shortest, "" for one it has not.

    `name` is the title without the article behind it.
    """
    name = plain_name(name)
    yield name
    short = without_version(name)
    yield short
    region = document.metadata.region
    place = fold_text(region.value) if region else ""
    yield short.removeprefix(place) if place and short.startswith(place) else ""
    carried = _CARRIED.search(title) if title.endswith(("通知", "公告", "决定")) else None
    yield plain_name(carried["title"]) if carried else ""


def _without_repeats(forms: Iterable[str]) -> list[str]:
    """Forms with "" for each that came before, and none of these at the end."""
    kept: list[str] = []
    for form in forms:
        kept.append("" if form in kept else form)
    while kept and not kept[-1]:
        kept.pop()
    return kept
