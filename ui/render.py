"""HTML of the answer, and of the page's states: what was said, or why nothing was."""

import re
from collections.abc import Sequence

from corpus import Part
from corpus.citation import cite
from corpus.markup import NOTHING, Html, element, join
from retrieval import Answer, Citation
from retrieval.answer import Sentence
from ui.cards import Source, badge, card, copy_button, notice_of, source_of, sources_of
from ui.strings import Language, say
from ui.unanswered import unanswered

# Where a line ends that is a paragraph: of a whole clause its 款 and 项.
_PARAGRAPH = re.compile(r"(?<=[。；;：:！!？?])\s*\n\s*")


def answered(answer: Answer, language: Language, foot: Html = NOTHING) -> Html:
    """The sentences with their pills and a foot below, beside the cards of their sources."""
    sources = sources_of(answer.citations)
    place = {mark.n: i for i, source in enumerate(sources, 1) for mark in source.quotes}
    cited = {citation.n: citation for citation in answer.citations}
    sentences = (
        _sentence(sentence, [cited[n] for n in sentence.citations], place, language)
        for sentence in answer.sentences
    )
    said = element(
        "section",
        element("h2", say(language, "answer.label")),
        element(
            "div",
            *sentences,
            _basis(answer, sources, language),
            _left_out(answer, language),
            foot,
        ),
        class_="yj-said",
    )
    return element("div", said, _cards("sources.label", sources, language), class_="yj-answer")


def _sentence(
    sentence: Sentence, citations: Sequence[Citation], place: dict[int, int], language: Language
) -> Html:
    """A sentence with its pills, and below it whose words they are."""
    pills = (_pill(citation, place[citation.n], language) for citation in citations)
    said = element("p", _set_off(sentence, citations), *pills, class_="yj-sentence")
    return join([said, *(_from(citation, language) for citation in citations)])


def _from(citation: Citation, language: Language) -> Html:
    """The document of a sentence, and what to know before relying on it."""
    where = element("span", citation.document.label)
    standing = citation.standing
    line = element("p", badge(standing), where, class_="yj-from")
    return join([line, notice_of(standing, language)])


def unbroken(text: str) -> str:
    """What is quoted, a line for each paragraph, without the line breaks that its page had."""
    paragraphs = _PARAGRAPH.split(text)
    return "\n".join("".join(map(str.strip, part.splitlines())) for part in paragraphs)


def _set_off(sentence: Sentence, citations: Sequence[Citation]) -> Html:
    """What is quoted, with the figure, the day or the unit that was asked for standing out."""
    if sentence.key is None:
        return join([unbroken(sentence.text)])
    start = sentence.key.start - citations[0].span.start
    end = sentence.key.end - citations[0].span.start
    before, key, after = sentence.text[:start], sentence.text[start:end], sentence.text[end:]
    return join([unbroken(before), element("b", unbroken(key)), unbroken(after)])


def _pill(citation: Citation, place: int, language: Language) -> Html:
    title, address = citation.document.label, citation.address
    return element(
        "button",
        f"[{citation.n}]",
        type="button",
        class_="yj-pill",
        aria_label=say(language, "answer.pill", n=citation.n, title=title, address=address),
        data_cite=citation.n,
        data_source=place,
    )


def _basis(answer: Answer, sources: Sequence[Source], language: Language) -> Html:
    documents = len({source.document.id for source in sources})
    seconds = f"{sum(answer.ms.values()) / 1000:.2f}"
    counts = {"documents": documents, "clauses": len(sources), "seconds": seconds}
    copy = copy_button("answer.copy", copied_text(answer), language)
    return element("p", say(language, "answer.basis", **counts), copy, class_="yj-basis")


def _left_out(answer: Answer, language: Language) -> Html:
    """What no longer holds and took no part."""
    if not answer.left_out:
        return NOTHING
    return element("p", say(language, "notice.left_out", count=answer.left_out), class_="yj-read")


def copied_text(answer: Answer) -> str:
    """The answer as plain text with its sources below it, to be pasted into a report."""
    lines = [
        f"[{c.n}] {cite(c.document, Part(c.address, c.span))}"
        + (f"（{c.standing.status}）" if c.standing.status else "")
        for c in answer.citations
    ]
    return "\n".join([answer.question, "", answer.text, "", *lines])


def _cards(name: str, sources: Sequence[Source], language: Language) -> Html:
    return element(
        "section",
        element("h2", say(language, name)),
        *(card(i, source, language) for i, source in enumerate(sources, 1)),
        class_="yj-sources",
    )


def missing(answer: Answer, documents: int, language: Language, foot: Html = NOTHING) -> Html:
    """The state of an honest no: what was looked through, and the nearest clauses."""
    said = unanswered(answer, documents, language)
    sources = [source_of(hit) for hit in answer.nearest]
    return element(
        "div",
        element(
            "section",
            element("h2", said.heading),
            *(element("p", sentence) for sentence in said.body),
            _left_out(answer, language),
            foot,
            class_="yj-missing",
        ),
        _cards("nearest.label", sources, language) if sources else None,
        class_="yj-answer",
    )


# --- the page and its states -------------------------------------------------------------------


def empty(language: Language, with_add: bool) -> Html:
    """What a library without documents offers."""
    samples = element(
        "button",
        say(language, "empty.samples"),
        type="button",
        class_="yj-button yj-primary",
        data_act="load_samples",
    )
    add = element(
        "button",
        say(language, "empty.add"),
        type="button",
        class_="yj-button",
        data_act="go_to_library",
    )
    return element(
        "section",
        element("h2", say(language, "empty.title")),
        element("p", say(language, "empty.body")),
        element("div", samples, add if with_add else None, class_="yj-actions"),
        class_="yj-empty",
    )


def notice(text: str) -> Html:
    """A remark that does not stop the user."""
    return element("p", text, class_="yj-notice", role="status")


def error(text: str) -> Html:
    """A thing that did not work, in one line."""
    return element("section", element("p", text), class_="yj-error", role="alert")


def hint(size: int, language: Language) -> Html:
    """What can be dropped on the box for files; `size` in MB."""
    return element("p", say(language, "add.hint", size=size))
