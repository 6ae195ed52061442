"""One document that was read is written, and the report takes what became of it."""

from dataclasses import replace

from corpus import Document
from corpus.fields import over
from index import edits
from index.passages import split_passages
from index.report import Report
from index.store import Store


def put(store: Store, document: Document, report: Report) -> None:
    """Write one document unless its bytes are known already, and note what became of it."""
    outcome = store.put(document, split_passages(document))
    # Bytes that are known from another place are filed anew all the same.
    if outcome == "unchanged" and document.collection is not None:
        moved = edits.file_under(store, document.id, document.collection)
        outcome = "replaced" if moved else outcome
    if outcome == "replaced":
        # What was said of the file before lies over what is read of it now.
        said = edits.given(store, document.id)
        document = replace(document, metadata=over(said, document.metadata))
    report.note(outcome, document)
