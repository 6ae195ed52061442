"""What documents are called where they are compared: as works, and by what repeals them."""

import re
from collections.abc import Sequence

from corpus.document import Document, Value
from corpus.fold import fold_text

# What tells versions of one title apart, folded: (2021年修订), (试行), -2018-04-27.
_VERSION = re.compile(
    r"(?:\((?:\d{4}年?(?:第?[一二三四五六七八九十\d]{1,2}次)?(?:修正|修订|修改)?(?:版|本|稿|文本)?"
    r"|(?:修订|修正)(?:版|本|稿)?|(?:公开)?(?:修订|修正)?(?:草案)?(?:征求意见稿|送审稿|讨论稿)|(?:修订|修正)?草案"
    r"|试行|暂行)\)|[-_ ]?\d{4}-\d{2}-\d{2})$"
)
_ON_TRIAL = re.compile(r"(?:暂行|试行)(?=(?:办法|规定|条例|细则|规则|规程|标准)$)")
_MOST_MARKS = 3
# Titles are folded joined by this character, which folding keeps and no name needs.
_BETWEEN = "\ue000"


def work_key(document: Document) -> str:
    """Return the folded title without what marks a version, or "" without a title."""
    (key,) = work_keys([document])
    return key


def work_keys(documents: Sequence[Document]) -> list[str]:
    """Return the `work_key` of each document."""
    return [work_key_of(title) for title in folded_titles(documents)]


def folded_titles(documents: Sequence[Document]) -> list[str]:
    """Return the folded title of each document, "" without one.

    They are folded together, which is many times faster than one by one.
    """
    if not documents:
        return []
    titles = (title_of(document).replace(_BETWEEN, "") for document in documents)
    # At the end of a title white space says nothing; beside what stands between them it might.
    return [title.strip() for title in fold_text(_BETWEEN.join(titles)).split(_BETWEEN)]


def work_key_of(folded_title: str) -> str:
    """Return the `work_key` of a document by its folded title."""
    key = _bare(folded_title)
    for _ in range(_MOST_MARKS):
        key = _VERSION.sub("", key)
        if key.startswith("<") and key.find(">") == len(key) - 1:
            key = key[1:-1]
    return _ON_TRIAL.sub("", key)


def names_for_repeal(document: Document) -> tuple[str, ...]:
    """Return the names under which another document would repeal this one: title and 文号."""
    stated = (document.metadata.title, document.metadata.number)
    return tuple(_name(name) for name in stated if name)


def names_repealed(document: Document) -> tuple[str, ...]:
    """Return the names of what a document says it replaces or repeals."""
    return tuple(map(_name, document.metadata.replaces))


def title_of(document: Document) -> str:
    """Return the title as written, "" without one."""
    return document.metadata.title.value if document.metadata.title else ""


def _name(stated: Value) -> str:
    """A title or a 文号 as another document cites it: 教育部令第21号, 《义务教育法》."""
    return bare_name(stated).removeprefix("中华人民共和国")


def bare_name(stated: Value) -> str:
    """Return a name folded, without white space and the signs of a title around it."""
    return _bare(fold_text(stated.value))


def _bare(folded: str) -> str:
    return re.sub(r"\s", "", folded).removeprefix("<").removesuffix(">")
