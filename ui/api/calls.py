"""The calls of the public interface. Each returns the JSON of the command line; see docs/api.md."""

from index.references import Resolver
from retrieval import Mode, Searcher, answer, standings
from retrieval.compare import compare_documents, compare_topic, find_document
from retrieval.compare.shapes import comparison_shape, topic_shape
from retrieval.shapes import answer_shape, search_shape, show_shape
from retrieval.trace import Tracer
from retrieval.trace.shapes import trace_shape
from ui.api import given
from ui.api.given import ApiError, FilterValues
from ui.api.outward import Json, answered
from ui.asked import asked


class Calls:
    """Answers programs, for one library. Nothing in it writes. Safe to share between threads.

    What cannot be answered comes back as `{"error": line}`.
    """

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        self._library = searcher.library

    @answered
    def search(
        self,
        query: str,
        top: int = 10,
        mode: Mode = "hybrid",
        filters: FilterValues | None = None,
    ) -> Json:
        """Find the clauses that fit a query best, as `youju search --json`."""
        query = given.text("query", query)
        wanted, how = given.top(top), given.mode(mode)
        within = given.filters(filters, self._library)
        return search_shape(self._searcher.search(query, wanted, how, within))

    @answered
    def ask(
        self,
        question: str,
        threshold: float | None = None,
        mode: Mode = "hybrid",
        filters: FilterValues | None = None,
    ) -> Json:
        """Answer a question with sentences of the documents, as `youju ask --json`."""
        question = given.text("question", question)
        least, how = given.threshold(threshold), given.mode(mode)
        within = given.filters(filters, self._library)
        found = asked(question, lambda: answer(self._searcher, question, within, how, least))
        return answer_shape(found)

    @answered
    def trace(
        self,
        requirements: list[str],
        top: int = 20,
        mode: Mode = "hybrid",
        filters: FilterValues | None = None,
    ) -> Json:
        """Find the clauses that state each requirement of a list, as `youju trace --json`."""
        listed = given.requirements(requirements)
        wanted, how = given.top(top), given.mode(mode)
        within = given.filters(filters, self._library)
        tracer = Tracer(self._searcher, within, how, wanted)
        return trace_shape(list(tracer.trace_all(listed)))

    @answered
    def compare(
        self,
        topic: str = "",
        documents: list[str] | None = None,
        mode: Mode = "hybrid",
        filters: FilterValues | None = None,
    ) -> Json:
        """Compare what documents say on a topic, or two documents, as `youju compare --json`."""
        if bool(topic) == bool(documents):
            raise ApiError("compare takes one of two: a topic, or documents, the older one first")
        if documents:
            return self._two(documents)
        topic, how = given.text("topic", topic), given.mode(mode)
        within = given.filters(filters, self._library)
        return topic_shape(compare_topic(self._searcher, topic, within, how))

    def _two(self, documents: list[str]) -> Json:
        old, new = (find_document(self._library, name) for name in given.documents(documents))
        return comparison_shape(compare_documents(old, new), standings(self._library))

    @answered
    def show(self, document: str) -> Json:
        """Show the text and clauses of a document (id, title or file), as `youju show --json`."""
        name = given.text("document", document, given.LONGEST_NAME)
        found = find_document(self._library, name)
        resolver = Resolver(self._library.documents(), self._library.document)
        return show_shape(found, standings(self._library)[found.id], resolver)
