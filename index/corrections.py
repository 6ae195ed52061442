"""What the user said of a file in the library is kept when a new version of it comes in."""

from corpus.document import Metadata
from corpus.fields import LABELS, field_values
from corpus.metadata.listing import LISTING
from corpus.spans import Given
from index.rows import DocumentRow, given_column, given_metadata, read_metadata


def kept(before: DocumentRow, read: Metadata) -> str | None:
    """Return what the user said of a document as the column of its new version holds it.

    `before` is the version that is replaced, `read` what was read of the new one or given beside
    it. Where metadata.csv now gives a field another value than it gave before, and than the user
    did, that is the later word. None where nothing is left.
    """
    said, known = given_metadata(before), read_metadata(before)
    values = {
        name: getattr(said, name)
        for name in LABELS
        if _listed(read, name) in ((), _listed(known, name), _told(said, name))
    }
    return given_column(Metadata(**values))


def _listed(metadata: Metadata, name: str) -> tuple[str, ...]:
    """The values that metadata.csv gives a field."""
    values = field_values(metadata, name)
    return tuple(v.value for v in values if isinstance(v, Given) and v.by == LISTING)


def _told(metadata: Metadata, name: str) -> tuple[str, ...]:
    return tuple(value.value for value in field_values(metadata, name))
