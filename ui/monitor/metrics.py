"""Figures for Prometheus, all of them of a bounded number of names."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from corpus import YoujuError
from index import Library
from index.amounts import amounts
from ui.asked import counts

if TYPE_CHECKING:
    from prometheus_client.core import Metric

KIND = "text/plain; version=0.0.4; charset=utf-8"
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
"""Upper bounds of the buckets of times."""


class MonitorError(YoujuError):
    """Figures that cannot be had."""


class Metrics:
    """Counts the requests of one server, and tells what its library holds.

    Raises MonitorError where prometheus-client is not installed.
    """

    def __init__(self, library: Library) -> None:
        try:
            import prometheus_client
        except ModuleNotFoundError as error:
            raise MonitorError(
                f"--metrics needs {error.name}, which is not installed: "
                "pip install 'youju[metrics]'"
            ) from error
        self._registry = prometheus_client.CollectorRegistry()
        self._requests = prometheus_client.Counter(
            "youju_requests",
            "Requests that were answered",
            ("method", "route", "status"),
            registry=self._registry,
        )
        self._first = prometheus_client.Histogram(
            "youju_first_byte_seconds",
            "From the request to the first byte of the body of its answer",
            ("route",),
            buckets=SECONDS,
            registry=self._registry,
        )
        self._registry.register(_Held(library))

    def note(self, method: str, route: str, status: int, first: float) -> None:
        """Count a request; `first` is in seconds."""
        self._requests.labels(method, route, str(status)).inc()
        self._first.labels(route).observe(first)

    def text(self) -> bytes:
        """Return all figures as Prometheus reads them."""
        from prometheus_client import generate_latest

        return generate_latest(self._registry)


class _Held:
    """What the library holds at the moment at which it is asked."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def describe(self) -> list[Any]:
        """Nothing is asked of the library until somebody reads the figures."""
        return []

    def collect(self) -> "Iterator[Metric]":
        """Yield the figures; of a library that cannot be read, that it cannot."""
        from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

        questions = CounterMetricFamily(
            "youju_questions",
            "Questions since the start, by what became of them",
            labels=["status"],
        )
        for outcome, count in counts().items():
            questions.add_metric([outcome], count)
        yield questions
        try:
            held = amounts(self._library.store)
        except YoujuError:
            yield GaugeMetricFamily("youju_library_readable", "1 where it is", 0)
            return
        yield GaugeMetricFamily("youju_library_readable", "1 where it is", 1)
        yield GaugeMetricFamily("youju_documents", "Documents", held.documents)
        yield GaugeMetricFamily("youju_passages", "Passages", held.passages)
        yield GaugeMetricFamily(
            "youju_pending_passages", "Passages that have no vector yet", held.pending
        )
