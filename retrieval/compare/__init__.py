"""What documents say on a topic, side by side; and two documents against each other."""

from retrieval.compare.named import CompareError, find_document, version_before
from retrieval.compare.topic import Row, TopicTable, compare_topic
from retrieval.compare.versions.documents import Change, Comparison, compare_documents

__all__ = [
    "Change",
    "CompareError",
    "Comparison",
    "Row",
    "TopicTable",
    "compare_documents",
    "compare_topic",
    "find_document",
    "version_before",
]
