"""Tracing a list step by step, and what there is to show after each."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from corpus import YoujuError
from corpus.markup import NOTHING, Html, join
from retrieval.shapes import Json
from retrieval.trace import Requirement, Tracer
from ui import render, trace_view
from ui.address import address, names
from ui.comparing import Asked
from ui.desk import Desk
from ui.errors import explain
from ui.filtering import chosen_values, read_form
from ui.requirements import NOTHING_TRACED, Verdicts, grown
from ui.states import without_documents
from ui.strings import Language


class Step(NamedTuple):
    """What there is to show of a trace that goes on; None leaves what stands there."""

    traced: Json | None
    progress: Html
    summary: Html | None = None
    table: Html | None = None


def asked_of(given: Mapping[str, str], chosen: str) -> Asked:
    """What is asked with the filters that a form has chosen. Raises FilterError."""
    filters = read_form(chosen)
    return Asked(address("trace", {**given, **chosen_values(filters)}), filters)


def steps(
    desk: Desk,
    read: Callable[[], Sequence[Requirement]],
    language: Language,
    asked: Callable[[], Asked] = lambda: asked_of({}, ""),
) -> Iterator[Step]:
    """Trace what `read` gives, and yield what there is to show after each requirement.

    A list that cannot be read leaves what was traced before it. The table is drawn anew while its
    first page fills, and when all is done.
    """
    try:
        demands, limits = read(), asked()
        if not desk.library.documents():
            empty = without_documents("trace.empty", language)
            yield Step(NOTHING_TRACED, NOTHING, NOTHING, empty)
            return
    except YoujuError as error:
        yield Step(None, render.error(explain(error, language)))
        return
    yield from _traced(desk, demands, limits, language)


def _traced(
    desk: Desk, demands: Sequence[Requirement], asked: Asked, language: Language
) -> Iterator[Step]:
    traced: Json = {**NOTHING_TRACED, "filters": chosen_values(asked.filters)}
    total, end = len(demands), NOTHING
    try:
        begun = join([names(asked.address), trace_view.progress(0, total, language)])
        yield Step(traced, begun, NOTHING, NOTHING)
        tracer = Tracer(desk.searcher, asked.filters)
        for done, row in enumerate(tracer.trace_all(demands), start=1):
            traced = grown(traced, row, language)
            is_shown = done <= trace_view.PAGE
            table = trace_view.table(traced, None, 1, language) if is_shown else None
            yield Step(traced, trace_view.progress(done, total, language), table=table)
    except YoujuError as error:
        end = render.error(explain(error, language))
    yield Step(traced, end, *drawn(traced, {}, language))


def drawn(traced: Json, verdicts: Verdicts, language: Language) -> tuple[Html, Html]:
    """The summary and the first page of the table; neither where nothing was traced."""
    if not traced["rows"]:
        return NOTHING, NOTHING
    return (
        trace_view.summary(traced, verdicts, language),
        trace_view.table(traced, verdicts, 1, language),
    )
