"""HTML of labelling one question: its gold above the passages that may answer."""

from collections.abc import Sequence

from corpus import Span
from corpus.citation import cite
from corpus.markup import Html, Mark, element, marked
from eval.report.words import kind_name
from eval.sets import Gold, Place, Question
from retrieval import Hit
from retrieval.query import LONGEST
from retrieval.sentences import trimmed
from ui.cards import open_button
from ui.label_list import button, facts, verdict
from ui.labelling import CHOICES
from ui.strings import Language, say


def form(language: Language) -> Html:
    """What a new question is written in."""
    return element(
        "form",
        element(
            "label",
            element("span", say(language, "label.new")),
            element("input", type="text", name="asked", maxlength=LONGEST, required=True),
        ),
        element(
            "button",
            say(language, "label.ask"),
            type="submit",
            class_="yj-button yj-primary",
            data_act="write_question",
        ),
        class_="yj-ask-form",
        data_slot="label",
    )


def question(
    one: Question, places: Sequence[Place | None], hits: Sequence[Hit], language: Language
) -> Html:
    """A question with its gold and the passages found for it; a place that is not here is None."""
    return element(
        "section",
        element("h2", one.text),
        facts(one, language),
        _revision(one, language),
        element("h3", say(language, "label.gold")),
        _golds(one.gold, places, language),
        element("div", *verdict(one, language), _next(language), class_="yj-actions"),
        element("h3", say(language, "label.passages")),
        _passages(one.id, hits, [place for place in places if place], language),
        class_="yj-labelling",
        data_draft="true" if one.draft else None,
    )


def _next(language: Language) -> Html:
    return button("label.done", "next_question", language, class_="yj-quiet")


def _revision(one: Question, language: Language) -> Html:
    """The words and the kind of a question, to be changed."""
    options = (
        element("option", kind_name(kind, language), value=kind, selected=kind == one.kind)
        for kind in CHOICES
    )
    words = element(
        "input",
        type="text",
        name="asked",
        value=one.text,
        maxlength=LONGEST,
        required=True,
        aria_label=say(language, "label.question"),
    )
    kind = element("select", *options, name="kind", aria_label=say(language, "label.kind"))
    send = element(
        "button",
        say(language, "label.revise"),
        type="submit",
        class_="yj-button",
        data_act="revise_question",
        data_question=one.id,
    )
    return element("form", words, kind, send, class_="yj-revision", data_slot="revision")


def _golds(golds: Sequence[Gold], places: Sequence[Place | None], language: Language) -> Html:
    if not golds:
        return element("p", say(language, "label.no_gold"), class_="yj-hint")
    items = (
        _gold(n, gold, place, language)
        for n, (gold, place) in enumerate(zip(golds, places, strict=True))
    )
    return element("ul", *items, class_="yj-golds")


def _gold(n: int, gold: Gold, place: Place | None, language: Language) -> Html:
    said = gold.quote or gold.address or gold.clause or ""
    remove = button(
        "label.remove_gold",
        "unmark_gold",
        language,
        say(language, "label.remove_gold_label", quote=said),
        class_="yj-quiet",
        place=str(n),
    )
    where = (
        _open(place.document.id, cite(place.document, place.clause), place.span, language)
        if place
        else element("span", say(language, "label.unplaced"), class_="yj-note")
    )
    partly = None if gold.grade > 1 else element("span", say(language, "label.partly"))
    return element(
        "li",
        element("p", where, partly, remove, class_="yj-facts"),
        element("blockquote", said, class_="yj-quote"),
    )


def _open(document_id: str, citation: str, span: Span, language: Language) -> Html:
    label = say(language, "measure.open_label", citation=citation)
    return open_button(citation, document_id, [Mark(1, span)], label, "yj-link")


def _passages(id_: str, hits: Sequence[Hit], places: Sequence[Place], language: Language) -> Html:
    if not hits:
        return element("p", say(language, "label.no_passages"), class_="yj-hint")
    items = (_passage(id_, hit, places, language) for hit in hits)
    return element("ol", *items, class_="yj-passages")


def _passage(id_: str, hit: Hit, places: Sequence[Place], language: Language) -> Html:
    """A passage, its gold marked, with the buttons that make gold of it or of words in it."""
    document, span = hit.document, trimmed(hit.document.text, hit.matched)
    citation = cite(document, hit.clause)
    marks = [Mark(n, p.span) for n, p in enumerate(places, 1) if p.document.id == document.id]
    text = element(
        "blockquote",
        marked(document.text, span, marks, f"gold-{hit.clause.id}"),
        class_="yj-quote",
        data_from=span.start,
        tabindex="0",
    )
    buttons = (
        button(
            f"label.{name}",
            "mark_gold",
            language,
            say(language, f"label.{name}_label", citation=citation),
            document=document.id,
            start=str(span.start),
            end=str(span.end),
            grade=grade,
        )
        for name, grade in (("answers", "2"), ("partly", "1"))
    )
    return element(
        "li",
        element("p", _open(document.id, citation, span, language), class_="yj-where"),
        text,
        element("div", *buttons, class_="yj-actions"),
    )
