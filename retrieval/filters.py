"""What a search is limited to: documents by what is known of them, and whether they hold still."""

from dataclasses import dataclass, fields

from corpus import Document
from corpus.document import Value
from corpus.fold import fold_text
from index.versions import issued

UNKNOWN = "不明"
"""The status of a document of which neither text nor library tells one."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Each value that is given must hold for the document; text is matched in part, folded.

    An empty value is none. The year is that of 成文, else of 发布, else of 施行. `documents` are
    ids, or how they begin. Documents that a later one replaced or repealed take part only where
    `superseded` says so, or where a status or the documents themselves are asked for.
    """

    issuer: str | None = None
    region: str | None = None
    year: str | None = None
    status: str | None = None
    documents: tuple[str, ...] = ()
    level: str | None = None
    form: str | None = None
    superseded: bool = False

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))

    def accepts(self, document: Document, status: str | None) -> bool:
        """Whether a document passes; `status` is its status within its library."""
        metadata = document.metadata
        return (
            _holds(self.issuer, metadata.issuer)
            and _holds(self.region, _value(metadata.region))
            and _holds(self.level, _value(metadata.level))
            and _holds(self.form, _value(metadata.form))
            and _holds(self.status, status or UNKNOWN)
            and (not self.year or issued(document).startswith(self.year))
            and (not self.documents or document.id.startswith(self.documents))
        )

    @property
    def asks_for_superseded(self) -> bool:
        """Whether what no longer holds takes part."""
        return bool(self.superseded or self.status or self.documents)


def _value(value: Value | None) -> str | None:
    return value.value if value else None


def _holds(wanted: str | None, value: str | None) -> bool:
    return not wanted or (value is not None and fold_text(wanted) in fold_text(value))
