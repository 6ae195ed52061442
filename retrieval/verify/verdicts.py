"""What is found of a sentence: its verdict, and the reasons for it in plain words."""

from collections.abc import Iterable
from typing import Literal, NamedTuple, Protocol

from corpus import Clause, Document, Span
from corpus.errors import YoujuError

Verdict = Literal["verified", "altered", "unsupported", "not checked"]

VERDICTS: dict[Verdict, str] = {
    "altered": "与原文不符",
    "unsupported": "出处没有说",
    "verified": "已核对",
    "not checked": "无需核对",
}
"""The verdicts with their Chinese, the gravest first."""

Kind = Literal[
    "no_source",
    "unknown_source",
    "wrong_quote",
    "no_clause",
    "cut_quote",
    "figure",
    "added_figure",
    "no_figure",
    "bound",
    "date",
    "no_date",
    "other_document",
    "no_document",
    "other_address",
    "other_place",
    "turned",
    "negated",
    "unnegated",
    "term",
    "no_scope",
    "organ",
    "no_organ",
    "role",
    "content",
    "too_long",
]

WORDING: dict[Kind, tuple[Verdict, str, str]] = {
    "no_source": ("unsupported", "没有注明出处", "no source is named"),
    "unknown_source": ("unsupported", "没有编号为 [{}] 的出处", "there is no source [{}]"),
    "wrong_quote": (
        "unsupported",
        "出处 [{}] 的引文与原文该处的文字不同",
        "the quotation of source [{}] is not what stands at its place",
    ),
    "no_clause": (
        "unsupported",
        "出处 [{}] 的条款不在该文件中，或引文不在该条款内",
        "the clause of source [{}] is not in its document, or does not hold the quotation",
    ),
    "cut_quote": (
        "altered",
        "出处 [{}] 的引文截去了前面的“{}”",
        "the quotation of source [{}] leaves out “{}” before it",
    ),
    "figure": ("altered", "“{}”在原文中是“{}”", "“{}” is “{}” in the source"),
    "added_figure": (
        "altered",
        "“{}”不在原文中，原文是“{}”",
        "“{}” is not in the source, which says “{}”",
    ),
    "no_figure": ("unsupported", "所引原文没有“{}”", "the cited text has no “{}”"),
    "bound": (
        "altered",
        "“{}”的界限与原文“{}”不同",
        "“{}” has other bounds than “{}” in the source",
    ),
    "date": ("altered", "“{}”在原文中是“{}”", "“{}” is “{}” in the source"),
    "no_date": ("unsupported", "所引原文没有日期“{}”", "the cited text has no date “{}”"),
    "other_document": (
        "altered",
        "“{}”不是所引的文件，所引的是《{}》",
        "“{}” is not the document that is cited, which is 《{}》",
    ),
    "no_document": (
        "unsupported",
        "所引原文没有提到“{}”",
        "the cited text does not mention “{}”",
    ),
    "other_address": (
        "altered",
        "“{}”不是所引的条款，所引的是{}",
        "“{}” is not the clause that is cited, which is {}",
    ),
    "other_place": (
        "altered",
        "说的是“{}”，所引的是《{}》",
        "it speaks of “{}”, but cites 《{}》",
    ),
    "turned": ("altered", "“{}”在原文中是“{}”", "“{}” is “{}” in the source"),
    "negated": (
        "altered",
        "“{}”是否定的，原文“{}”不是",
        "“{}” is negated, “{}” in the source is not",
    ),
    "unnegated": (
        "altered",
        "“{}”不是否定的，原文“{}”是否定的",
        "“{}” is not negated, “{}” in the source is",
    ),
    "term": ("altered", "“{}”在原文中是“{}”", "“{}” is “{}” in the source"),
    "no_scope": ("unsupported", "所引原文没有说“{}”", "the cited text does not say “{}”"),
    "organ": ("altered", "“{}”在原文中是“{}”", "“{}” is “{}” in the source"),
    "no_organ": ("unsupported", "所引原文没有提到“{}”", "the cited text does not mention “{}”"),
    "role": (
        "altered",
        "“{}”在原文中是“{}”",
        "“{}” is “{}” in the source",
    ),
    "content": (
        "unsupported",
        "所引原文没有说到：{}",
        "the cited text does not speak of: {}",
    ),
    "too_long": (
        "unsupported",
        "这句话或所引原文太长，只核对了是否逐字相同",
        "the sentence or its source is too long for more than a comparison word by word",
    ),
}
"""For each kind of reason: the verdict that it leads to, its Chinese and its English."""


class VerifyError(YoujuError):
    """A text that cannot be verified."""


class Cited(Protocol):
    """A quotation and where it is said to stand; `retrieval.answer.Citation` is one."""

    @property
    def n(self) -> int:
        """The number of its marker [n]."""

    @property
    def document(self) -> Document:
        """The document that is cited."""

    @property
    def clause(self) -> Clause:
        """The clause of it that is cited."""

    @property
    def address(self) -> str:
        """The address of the smallest part of the clause that holds the quotation."""

    @property
    def span(self) -> Span:
        """The place of the quotation in the document's text."""

    @property
    def quote(self) -> str:
        """The quoted characters."""


class Reason(NamedTuple):
    """A reason of a kind in `WORDING`: what was found, then what the source says."""

    kind: Kind
    values: tuple[str, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """The verdict that it leads to."""
        return WORDING[self.kind][0]

    @property
    def text(self) -> str:
        """The reason in plain Chinese."""
        return self.said("zh")

    def said(self, language: Literal["zh", "en"]) -> str:
        """The reason in a language of the app; what it quotes stays as written."""
        return WORDING[self.kind][1 + (language == "en")].format(*self.values)


class Checked(NamedTuple):
    """A sentence, `text[span]`, with its verdict, and the numbers of the sources it names."""

    span: Span
    verdict: Verdict
    reasons: tuple[Reason, ...] = ()
    citations: tuple[int, ...] = ()


def gravest(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the gravest of some verdicts; where there are none, nothing was to be checked."""
    found = set(verdicts)
    return next((verdict for verdict in VERDICTS if verdict in found), "not checked")
