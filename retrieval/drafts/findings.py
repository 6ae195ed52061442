"""What is found of each thing that a draft cites or quotes."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from corpus import Clause, Document, Span
from corpus.errors import YoujuError
from retrieval.drafts.differences import Piece
from retrieval.standing import Standing
from retrieval.verify import Reason

Result = Literal["verified", "altered", "missing", "replaced"]

RESULTS: dict[Result, str] = {
    "verified": "一致",
    "altered": "有出入",
    "missing": "未找到",
    "replaced": "已失效",
}
"""What may be found, with what people read for it."""

Outcome = Result | Literal["uncompared"]

OUTCOMES: dict[Outcome, str] = {
    "verified": RESULTS["verified"],
    "uncompared": "存在但内容未核对",
    "altered": RESULTS["altered"],
    "missing": RESULTS["missing"],
    "replaced": RESULTS["replaced"],
}
"""What is counted: what is only named is verified to be there, and told apart from the same."""

EXISTS = {
    "clause": "条款存在，正文未引原文，内容未核对",
    "document": "文件存在，正文未引原文，内容未核对",
}
"""What people read of a clause, or of a whole document, that is named and not quoted."""

WORDING: dict[str, tuple[str, str]] = {
    "no_title": ("资料库中没有《{}》", "The library has no 《{}》"),
    "no_number": (
        "资料库中没有文号为“{}”的文件",
        "The library has no document of the number “{}”",
    ),
    "no_clause": ("《{}》没有{}", "《{}》 has no {}"),
    "no_quote": ("资料库中没有找到这句话", "These words are nowhere in the library"),
    "not_in_document": ("《{}》中没有找到这句话", "These words are nowhere in 《{}》"),
    "elsewhere": ("这句话不在{}，在{}", "These words are not in {}, but in {}"),
    "other_document": (
        "这句话不在《{}》，在《{}》",
        "These words are not in 《{}》, but in 《{}》",
    ),
    "stands_in": ("这句话见于《{}》", "These words stand in 《{}》"),
    "called": ("资料库中的标题是《{}》", "Its title in the library is 《{}》"),
    "several_titles": (
        "资料库中有 {} 份不同地方的同名文件，请写明是哪一份",
        "{} documents of different places have this title: say which one is meant",
    ),
    "other_number": ("《{}》的文号是“{}”", "The number of 《{}》 is “{}”"),
    "number_unknown": (
        "资料库中的《{}》没有文号，无法核对文号",
        "《{}》 has no number in the library to compare this one with",
    ),
    "replaced_by": ("已被{}替代", "Replaced by {}"),
    "repealed": ("该文件已废止或失效", "The document is repealed or has run out"),
    "old_text": (
        "这是旧版的内容，现行的是{}",
        "This is what an older version says; in force is {}",
    ),
    "not_retold": (
        "文件存在；转述的内容未核对",
        "The document exists; what is retold of it was not compared",
    ),
    "altered_sense": ("{}", "{}"),
    "not_in_clause": ("句中的“{}”不在该条中", "“{}” of this sentence is not in the clause"),
    "draft": (
        "该文件是征求意见稿，尚未生效",
        "The document is a draft for comment and not in force",
    ),
}
"""For each kind of note its Chinese and its English, in the order of `Note.values`."""


class DraftError(YoujuError):
    """A draft that cannot be checked."""


class Note(NamedTuple):
    """What to know of a finding: a kind of `WORDING`, and what it is about."""

    kind: str
    values: tuple[str | Reason, ...] = ()

    @property
    def text(self) -> str:
        """The note in plain Chinese."""
        return self.said("zh")

    def said(self, language: Literal["zh", "en"]) -> str:
        """The note in a language of the app; what it quotes stays as written."""
        values = (one.said(language) if isinstance(one, Reason) else one for one in self.values)
        return WORDING[self.kind][language == "en"].format(*values)


@dataclass(frozen=True, slots=True)
class Finding:
    """A citation or a quotation of a draft, `draft[span]`, and what the library has of it.

    `found` is the place in `document.text` that it points at or comes from; `difference` the
    quotation piece by piece, empty where there is none; `newer` the document that replaces the
    one that is cited, whose status `standing` tells.
    """

    span: Span
    result: Result
    document: Document | None = None
    clause: Clause | None = None
    address: str | None = None
    found: Span | None = None
    difference: tuple[Piece, ...] = ()
    newer: Document | None = None
    standing: Standing | None = None
    notes: tuple[Note, ...] = ()
    compared: bool = False
    """Whether words of the draft were held against those of the document, not only its name."""

    @property
    def outcome(self) -> Outcome:
        """The result, where it is verified only if words were compared."""
        return self.result if self.compared or self.result != "verified" else "uncompared"

    @property
    def quote(self) -> str | None:
        """The characters of `found`, as written."""
        return self.document.quote(self.found) if self.document and self.found else None
