"""One page that holds a whole evaluation and loads nothing: it can be sent, printed and kept."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from corpus.markup import Html, element
from eval.plots import variables
from eval.plots.frame import STYLE as PLOTS
from eval.plots.frame import scrollable
from eval.report import view
from eval.report.failures import Failure, failures, targets
from eval.report.judged import Judged
from eval.report.places import Places, shown
from eval.report.words import Language, say
from eval.running import RunResult
from index import Library

PAGE = "index.html"
MOST_FAILURES = 200
"""Questions of each run that are shown."""
_HERE = Path(__file__).parent
RESULTS = (_HERE / "results.css").read_text("utf-8")
"""The style sheet of results, which the app has as well."""


def write_report(
    folder: Path, results: Sequence[RunResult], library: Library, language: Language = "zh"
) -> Path:
    """Write the page of some runs of one question set into `folder`; return its path.

    `library` says what the targets are: the one that was searched. Equal runs give equal bytes
    but for what the record says of time. Raises ValueError without a run, OSError where the
    folder cannot be written.
    """
    if not results:
        raise ValueError("a report of no run")
    page = report([Judged(result) for result in results], library, language)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / PAGE
    path.write_text(page, encoding="utf-8", newline="\n")
    return path


def report(judged: Sequence[Judged], library: Library, language: Language) -> Html:
    """The page as HTML."""
    title = f"{say(language, 'report.title')} · {judged[0].result.record.questions.name}"
    head = element(
        "head",
        Html('<meta charset="utf-8">'),
        Html('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        element("title", title),
        element("style", Html(_style())),
    )
    main = element(
        "main",
        element("h1", title),
        element("p", view.summary(judged, language)),
        element(
            "div",
            view.figures(judged, language),
            *_failures(judged, library, language),
            *(_record(one, language) for one in judged),
            class_="yj-results",
        ),
    )
    page = element("html", head, element("body", main), lang="en" if language == "en" else "zh-CN")
    return Html(f"<!DOCTYPE html>\n{page}\n")


def _style() -> str:
    """The sheets of the page; colours by the reader's own choice of light or dark."""
    light, dark = (f":root {{ {variables(is_dark)} }}" for is_dark in (False, True))
    own = (_HERE / "page.css").read_text("utf-8")
    chosen = f"@media (prefers-color-scheme: dark) {{ {dark} }}"
    return "\n".join([light, chosen, own, PLOTS, RESULTS])


def _failures(judged: Sequence[Judged], library: Library, language: Language) -> Iterator[Html]:
    found = {one.name: failures(one.outcomes) for one in judged}
    first = [one for listed in found.values() for one in listed[:MOST_FAILURES]]
    places = shown(library, targets(first))
    parts = [
        part for name, listed in found.items() for part in _of_run(name, listed, places, language)
    ]
    title = element("h2", say(language, "failures.title"))
    yield element("section", title, element("p", say(language, "failures.hint")), *parts)


def _of_run(
    name: str, listed: Sequence[Failure], places: Places, language: Language
) -> Iterator[Html]:
    """The questions of one run, folded: there may be many."""
    count = say(language, "failures.count", count=len(listed), name=name)
    items = (view.failure(one, places, view.plain, language) for one in listed[:MOST_FAILURES])
    more = len(listed) - MOST_FAILURES
    yield element(
        "details",
        element("summary", count),
        element("ol", *items, class_="yj-failures"),
        element("p", say(language, "failures.more", count=more)) if more > 0 else None,
    )


def _record(one: Judged, language: Language) -> Html:
    """All that the run depends on, as it goes into the JSON."""
    rows = (
        element("tr", element("th", name, scope="row"), element("td", value, class_="yj-record"))
        for name, value in _flat(one.result.record.shape())
    )
    title = say(language, "record.title", name=one.name)
    table = element("table", element("tbody", *rows))
    shown = scrollable(table, title, "yj-wide")
    return element("section", element("details", element("summary", title), shown))


def _flat(shape: dict[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    """The values of a shape under their full names; lists are left out, they are long."""
    for name, value in shape.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{name}.")
        elif not isinstance(value, list):
            yield f"{above}{name}", "–" if value is None else str(value)
