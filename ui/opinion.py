"""HTML of what people are asked about an answer: useful or not, and a remark."""

from corpus.markup import NOTHING, Html, element
from ui.conversation import Turn
from ui.feedback import LONGEST_REMARK, Opinion, Verdict, now
from ui.filtering import said
from ui.strings import Language, say

VERDICTS: tuple[Verdict, ...] = ("up", "down")


def read_verdict(written: str) -> Verdict:
    """Return the verdict that a button names. Raises ValueError for what none does."""
    for verdict in VERDICTS:
        if verdict == written:
            return verdict
    raise ValueError(f"found {written[:20]!r}, expected one of {', '.join(VERDICTS)}")


def opinion_of(turn: Turn, verdict: Verdict, remark: str) -> Opinion:
    """Return an opinion about the answer of a turn, as the table keeps it."""
    found = turn.found
    return Opinion(
        turn.key,
        now(),
        verdict,
        remark.strip(),
        turn.typed,
        turn.understood,
        said(turn.filters, "zh"),
        found.status,
        round(found.confidence, 4),
        found.text,
    )


def unasked(language: Language) -> Html:
    """The two buttons, before anything was said."""
    question = element("span", say(language, "opinion.question"))
    return element("div", question, *_buttons(None, language), class_="yj-opinion")


def kept(verdict: Verdict, remark: str, language: Language) -> Html:
    """What was said, and room for a remark; that it stays here is told with it."""
    told = "opinion.kept_remark" if remark.strip() else "opinion.kept"
    return element(
        "div",
        element("span", say(language, "opinion.question")),
        *_buttons(verdict, language),
        element("p", say(language, told), role="status"),
        _remark(verdict, remark, language),
        class_="yj-opinion",
    )


def _buttons(chosen: Verdict | None, language: Language) -> list[Html]:
    return [
        element(
            "button",
            say(language, f"opinion.{verdict}"),
            type="button",
            class_="yj-button",
            data_act="rate",
            data_verdict=verdict,
            data_remark="",
            aria_pressed="true" if verdict == chosen else "false",
        )
        for verdict in VERDICTS
    ]


def _remark(verdict: Verdict, remark: str, language: Language) -> Html:
    field = element(
        "textarea", remark, name="remark", rows=2, maxlength=LONGEST_REMARK, class_="yj-remark"
    )
    label = element("label", element("span", say(language, "opinion.remark")), field)
    save = element(
        "button",
        say(language, "opinion.save"),
        type="button",
        class_="yj-button",
        data_act="rate",
        data_verdict=verdict,
    )
    return element("div", label, save, class_="yj-remark-box")


def refused(text: str, verdict: Verdict, remark: str, language: Language) -> Html:
    """The remark as it was written, and why it was not kept."""
    return element(
        "div",
        element("p", text, class_="yj-note", role="alert"),
        _remark(verdict, remark, language) if remark else NOTHING,
        class_="yj-opinion",
    )
