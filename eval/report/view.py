"""HTML of results: tables, plots, and the questions that went wrong. A page and the app show it."""

from collections.abc import Callable, Iterator, Sequence

from corpus.markup import NOTHING, Html, element, join
from eval.plots import figure
from eval.plots.frame import scrollable
from eval.report import tables
from eval.report.curves import plots
from eval.report.failures import Failure
from eval.report.judged import Judged, pairs
from eval.report.places import Places, Shown
from eval.report.words import Language, kind_name, say
from retrieval.tables import Table

Cite = Callable[[Shown], Html]
"""How a place is named: plainly on a page of its own, as a button that opens it in the app."""


def plain(place: Shown) -> Html:
    """The citation alone."""
    return element("span", place.citation)


def html_table(table: Table) -> Html:
    """A table with its notes below."""
    heads = (element("th", column.head, scope="col") for column in table.columns)
    rows = (
        element(
            "tr",
            element("th", *_lines(first.text), scope="row"),
            *(element("td", *_figure(cell.text)) for cell in rest),
        )
        for first, *rest in table.cells
    )
    drawn = element(
        "table",
        element("caption", table.title),
        element("thead", element("tr", *heads)),
        element("tbody", *rows),
    )
    notes = (element("p", note, class_="yj-explained") for note in table.notes)
    return join([scrollable(drawn, table.title, "yj-wide"), *notes])


def _lines(text: str) -> Iterator[str]:
    """What a row is of, and below it, more quietly, what that means."""
    first, _, more = text.partition("\n")
    yield first
    if more:
        yield element("span", more)


def _figure(text: str) -> Iterator[str]:
    """A figure, and its interval more quietly."""
    value, bracket, rest = text.partition(" [")
    yield value
    if bracket:
        yield element("span", f"{bracket}{rest}", class_="yj-interval")


def _section(title: str, *parts: Html) -> Html:
    return element("section", element("h2", title), *parts)


def _said(text: str) -> Html:
    return element("p", text, class_="yj-explained")


def summary(judged: Sequence[Judged], language: Language) -> str:
    """What was asked, in a line."""
    found = judged[0].summary
    return say(
        language,
        "report.summary",
        name=judged[0].result.record.questions.name,
        questions=found.questions,
        answerable=found.answerable,
        configurations=len(judged),
    )


def figures(judged: Sequence[Judged], language: Language) -> Html:
    """Everything but the questions themselves: measures, comparisons, plots, groups, refusals."""
    return join(
        [
            _measures(judged, language),
            *_paired(judged, language),
            _plots(judged, language),
            *_groups(judged, language),
            _attribution(judged, language),
            _refusals(judged, language),
        ]
    )


def _measures(judged: Sequence[Judged], language: Language) -> Html:
    table = tables.measures(judged, language)
    if not table.rows:
        return _section(table.title, _said(say(language, "measures.none")))
    return _section(table.title, _said(say(language, "report.intervals")), html_table(table))


def _paired(judged: Sequence[Judged], language: Language) -> Iterator[Html]:
    for pair in pairs(judged):
        table = tables.paired(pair, language)
        if table.rows:
            hint = _said(say(language, "paired.hint"))
            yield _section(table.title, hint, html_table(table))


def _plots(judged: Sequence[Judged], language: Language) -> Html:
    drawn = [figure(plot, say(language, "curves.table")) for plot in plots(judged, language)]
    if all(one.summary.refusal is None for one in judged):
        names = ("、" if language == "zh" else ", ").join(one.name for one in judged)
        said = say(language, "curves.unasked", names=names)
        drawn.append(element("p", said, class_="yj-unasked"))
    if not drawn:
        return NOTHING
    return _section(say(language, "curves.title"), element("div", *drawn, class_="yj-figures"))


def _groups(judged: Sequence[Judged], language: Language) -> Iterator[Html]:
    for name, of in (("kinds", tables.by_kind), ("overlap", tables.by_overlap)):
        found = [(one.name, of(one, language)) for one in judged]
        parts = [
            part
            for name_, table in found
            if table.rows
            for part in (element("h3", name_), html_table(table))
        ]
        if parts:
            yield _section(say(language, f"{name}.title"), *parts)


def _attribution(judged: Sequence[Judged], language: Language) -> Html:
    table = tables.attribution(judged, language)
    if table is None:
        return NOTHING
    return _section(table.title, _said(say(language, "attribution.hint")), html_table(table))


def _refusals(judged: Sequence[Judged], language: Language) -> Html:
    table = tables.refusals(judged, language)
    if table is None:
        return NOTHING
    parts = [_said(say(language, "refusal.hint")), html_table(table)]
    for one in judged:
        decided = tables.decisions(one, language)
        if decided:
            parts += [element("h3", decided.title), html_table(decided)]
    return _section(table.title, *parts)


def failure(one: Failure, places: Places, cite: Cite, language: Language) -> Html:
    """A question that went wrong: its gold, and what stood before it."""
    outcome = one.outcome
    said = [say(language, f"failures.{reason}", rank=outcome.rank) for reason in one.reasons]
    facts = [kind_name(outcome.kind, language), *said]
    return element(
        "li",
        element("h3", outcome.question),
        element("p", *(element("span", fact) for fact in facts), class_="yj-facts"),
        element(
            "div",
            _places("gold", one.gold, places, cite, language),
            _places("instead", one.instead, places, cite, language),
            class_="yj-sides",
        ),
        _answer(one, language),
        data_question=outcome.id,
    )


def _places(
    name: str, targets: Sequence[str], places: Places, cite: Cite, language: Language
) -> Html:
    known = [places[target] for target in targets if target in places]
    if not known:
        return NOTHING
    items = (
        element("li", cite(place), element("blockquote", place.text, class_="yj-quote"))
        for place in known
    )
    title = element("h4", say(language, f"failures.{name}"))
    return element("div", title, element("ul", *items))


def _answer(one: Failure, language: Language) -> Html:
    """What was said, where that went wrong."""
    answer = one.outcome.answer
    if answer is None or not {"wrong", "should_refuse", "refused"} & set(one.reasons):
        return NOTHING
    title = say(language, "failures.answer", confidence=f"{answer.confidence:.2f}")
    text = element("blockquote", answer.text, class_="yj-quote")
    return element("div", element("h4", title), text)
