"""HTML of labelling: the questions of a set, and one of them above the passages that may answer."""

from collections.abc import Iterator, Sequence

from corpus import Span
from corpus.citation import cite
from corpus.markup import Html, Mark, element, marked
from eval.report.words import kind_name
from eval.sets import Gold, Place, Question
from retrieval import Hit
from retrieval.query import LONGEST
from retrieval.sentences import trimmed
from ui.cards import open_button
from ui.labelling import CHOICES
from ui.pager import paged, pager
from ui.strings import Language, say

PAGE = 20
"""Questions shown at once."""


def _button(name: str, act: str, language: Language, label: str | None = None, **more: str) -> Html:
    """A button that raises `act`; what it is about goes into `data-…`."""
    data = {f"data_{key}": value for key, value in more.items() if key != "class_"}
    return element(
        "button",
        say(language, name),
        type="button",
        class_=more.get("class_", "yj-button"),
        aria_label=label,
        data_act=act,
        **data,
    )


# --- the questions of a set ---------------------------------------------------------------------


def listing(questions: Sequence[Question], page: int, language: Language) -> Html:
    """A page of the questions, drafts first as they are what is to be done."""
    if not questions:
        return element("p", say(language, "label.none"), class_="yj-hint")
    ordered = sorted(questions, key=lambda one: not one.draft)
    at = paged(len(ordered), page, PAGE)
    drafts = sum(one.draft for one in questions)
    counts = {"count": len(questions), "accepted": len(questions) - drafts, "drafts": drafts}
    download = _button("label.download", "download_set", language)
    return element(
        "section",
        element(
            "header",
            element("h2", say(language, "label.count", **counts)),
            element("div", download, class_="yj-export"),
            class_="yj-summary",
        ),
        element("ol", *(_row(one, language) for one in at.cut(ordered))),
        pager(at, language),
        class_="yj-labels yj-paged",
    )


def _row(one: Question, language: Language) -> Html:
    name = say(language, "label.open_label", question=one.text)
    title = element(
        "button",
        one.text,
        type="button",
        class_="yj-title",
        aria_label=name,
        data_act="open_question",
        data_question=one.id,
    )
    return element(
        "li",
        element("div", title, _facts(one, language)),
        element("div", *_verdict(one, language), class_="yj-acts"),
        data_draft="true" if one.draft else None,
    )


def _facts(one: Question, language: Language) -> Html:
    state = "label.draft" if one.draft else "label.accepted"
    gold = (
        say(language, "label.gold_count", count=len(one.gold))
        if one.gold or one.draft
        else say(language, "label.unanswerable")
    )
    return element(
        "p",
        element("span", say(language, state), class_="yj-badge yj-state"),
        element("span", kind_name(one.kind, language)),
        element("span", gold),
        class_="yj-facts",
    )


def _verdict(one: Question, language: Language) -> Iterator[Html]:
    """Accepting, which a question that is accepted needs no more, and rejecting."""
    about = {"question": one.text}
    if one.draft:
        name = "label.accept" if one.answerable else "label.accept_none"
        label = say(language, "label.accept_label", **about)
        yield _button(name, "accept_question", language, label, question=one.id)
    label = say(language, "label.reject_label", **about)
    quiet = {"question": one.id, "class_": "yj-quiet"}
    yield _button("label.reject", "reject_question", language, label, **quiet)


# --- one question -------------------------------------------------------------------------------


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
        _facts(one, language),
        _revision(one, language),
        element("h3", say(language, "label.gold")),
        _golds(one.gold, places, language),
        element("div", *_verdict(one, language), _next(language), class_="yj-actions"),
        element("h3", say(language, "label.passages")),
        _passages(one.id, hits, [place for place in places if place], language),
        class_="yj-labelling",
        data_draft="true" if one.draft else None,
    )


def _next(language: Language) -> Html:
    return _button("label.done", "next_question", language, class_="yj-quiet")


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
    remove = _button(
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
        _button(
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
