"""Which sentence of a clause is its heading, and so says nothing by itself."""

import re

from corpus import Clause, Span
from corpus.fold import fold_text

_HEADING = re.compile(
    r"(?:[一二三四五六七八九十]+、|[(][一二三四五六七八九十\d]+[)]|\d+[.。、])?[^,、;]{2,45}[。:]?$"
)


def is_heading(clause: Clause, sentence: str, span: Span) -> bool:
    """Whether the first sentence of a clause, at `span`, is no more than its heading.

    An article (条) has none: 学生不得将手机带入课堂。 is short, and the rule. Neither is one a
    sentence that lays something down: a duty, a figure.
    """
    if clause.kind == "article" or not _HEADING.match(fold_text(sentence)):
        return False
    told = [obligation.word.span for obligation in clause.facts.obligations]
    told += [figure.span for figure in clause.facts.figures]
    return not any(span.start <= one.start and one.end <= span.end for one in told)
