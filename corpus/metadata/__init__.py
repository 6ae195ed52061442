"""What a document says of itself: title, issuers, 文号, dates, level, region, form, status."""

from corpus.metadata.reading import find_metadata

__all__ = ["find_metadata"]
