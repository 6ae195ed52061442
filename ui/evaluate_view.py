"""HTML of an evaluation: how far it is, what it came to, and the questions that went wrong."""

from collections.abc import Sequence
from typing import NamedTuple

from corpus import YoujuError
from corpus.markup import NOTHING, Html, Mark, element, join
from eval.report import view, words
from eval.report.failures import failures, targets
from eval.report.judged import Judged
from eval.report.places import Shown, shown
from eval.sets import SetError
from index import Library
from ui import render
from ui.cards import open_button
from ui.errors import explain, explain_mistake
from ui.evaluating import FIGURES, Look
from ui.pager import paged, pager
from ui.strings import Language, say

PAGE = 10
"""Questions shown at once."""
MOST_MISTAKES = 50
FORMATS = ("html", "json", "csv", "md", "trec")
"""What results are written as."""


class Chosen(NamedTuple):
    """Whose wrong questions are shown, and which page of them."""

    run: int = 0
    page: int = 1


# --- while it runs ------------------------------------------------------------------------------


def progress(look: Look, language: Language) -> Html:
    """A bar for each configuration and one for the figures, and the way to stop."""
    stages = (*look.names, FIGURES)
    at = stages.index(look.stage)
    stop = element(
        "button",
        say(language, "measure.stop"),
        type="button",
        class_="yj-button",
        data_act="stop_evaluation",
        disabled=look.stopping,
    )
    told = say(language, "measure.stopping" if look.stopping else "measure.keep")
    name = look.questions.name if look.questions else ""
    return element(
        "section",
        element("h2", say(language, "measure.busy", name=name)),
        element(
            "ol",
            *(_stage(stage, n - at, look, language) for n, stage in enumerate(stages)),
            class_="yj-stages",
        ),
        element("div", element("p", told, role="status"), stop),
        class_="yj-adding",
    )


def _stage(stage: str, ahead: int, look: Look, language: Language) -> Html:
    """A stage: before the one that goes on (`ahead` below 0), that one, or after it."""
    said = say(language, "measure.stage.figures") if stage == FIGURES else stage
    done, total = (look.done, look.total) if ahead == 0 else (int(ahead < 0), 1)
    return element(
        "li",
        element("span", said),
        element("progress", value=done, max=max(total, 1), aria_label=said),
        element("span", f"{done} / {total}" if ahead == 0 else "", class_="yj-count"),
        aria_current="step" if ahead == 0 else None,
    )


def failed(error: YoujuError, language: Language) -> Html:
    """What went wrong; of a question set all that is wrong with it."""
    if isinstance(error, SetError):
        return mistakes(error, language)
    return render.error(explain(error, language))


def mistakes(error: SetError, language: Language) -> Html:
    """Everything that is wrong with a question set, each with its line."""
    listed = error.mistakes[:MOST_MISTAKES]
    more = len(error.mistakes) - len(listed)
    return element(
        "section",
        element("p", say(language, "measure.mistakes", count=len(error.mistakes))),
        element("ol", *(_mistake(line, said, language) for line, said in listed)),
        element("p", say(language, "measure.more", count=more)) if more else None,
        class_="yj-error yj-mistakes",
        role="alert",
    )


def _mistake(line: int, said: str, language: Language) -> Html:
    where = say(language, "measure.line", line=line) if line else ""
    return element("li", element("span", where), explain_mistake(said, language))


# --- what it came to ----------------------------------------------------------------------------


def results(look: Look, language: Language) -> Html:
    """The figures of the last evaluation, with the ways to take them away."""
    if not look.judged or look.questions is None:
        return NOTHING
    heading = say(language, "measure.result", name=look.questions.name)
    told = element("p", view.summary(look.judged, language))
    head = element("section", element("h2", heading), told, _export(language), class_="yj-summary")
    figures = element("div", view.figures(look.judged, language), class_="yj-results")
    return join([head, figures])


def _export(language: Language) -> Html:
    name = say(language, "measure.export")
    buttons = (
        element(
            "button",
            said,
            type="button",
            class_="yj-button",
            aria_label=say(language, "measure.export_label", format=said),
            data_act="export_results",
            data_format=format_,
        )
        for format_ in FORMATS
        for said in [say(language, f"measure.format.{format_}")]
    )
    return element(
        "div", element("span", name), *buttons, class_="yj-export", role="group", aria_label=name
    )


def wrong(judged: Sequence[Judged], library: Library, chosen: Chosen, language: Language) -> Html:
    """A page of the questions that went wrong in one of the runs."""
    if not judged:
        return NOTHING
    one = judged[min(max(chosen.run, 0), len(judged) - 1)]
    found = failures(one.outcomes)
    at = paged(len(found), chosen.page, PAGE)
    listed = at.cut(found)
    places = shown(library, targets(listed))

    def cite(place: Shown) -> Html:
        label = say(language, "measure.open_label", citation=place.citation)
        mark = Mark(1, place.span)
        return open_button(place.citation, place.document_id, [mark], label, "yj-link")

    count = words.say(language, "failures.count", count=len(found), name=one.name)
    return element(
        "section",
        element("h2", words.say(language, "failures.title"), element("span", count)),
        element(
            "p",
            words.say(language, "failures.hint" if found else "failures.none"),
            class_="yj-hint",
        ),
        _runs(judged, one, language),
        element(
            "ol",
            *(view.failure(failure, places, cite, language) for failure in listed),
            class_="yj-failures",
        ),
        pager(at, language),
        class_="yj-wrong-ones yj-paged",
    )


def _runs(judged: Sequence[Judged], chosen: Judged, language: Language) -> Html:
    """The configurations to choose from, where there are several."""
    if len(judged) == 1:
        return NOTHING
    buttons = (
        element(
            "button",
            one.name,
            type="button",
            class_="yj-button",
            data_act="choose_run",
            data_run=n,
            aria_current="page" if one is chosen else None,
        )
        for n, one in enumerate(judged)
    )
    return element("nav", *buttons, class_="yj-views", aria_label=say(language, "measure.runs"))
