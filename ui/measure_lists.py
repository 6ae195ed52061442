"""The lists that an evaluation is chosen from: a question set, and one configuration or two."""

from collections.abc import Mapping
from typing import Any

from eval.sets import QuestionSet
from ui import chosen_sets
from ui.address import NOTHING_ASKED, one_of
from ui.chosen_sets import DEFAULT
from ui.evaluation import Evaluation
from ui.strings import Language, say

NAMES = ("set", "first", "second")
"""What is chosen, as an address says it too."""


def choices_of(
    evaluation: Evaluation, given: QuestionSet | None, language: Language
) -> list[list[chosen_sets.Choice]]:
    """What the lists offer; `given` is a set that was uploaded.

    Nothing to somebody who may only read.
    """
    if not evaluation.may_change:
        return [[], [], []]
    configurations = chosen_sets.configurations(language)
    none = (say(language, "measure.none"), "")
    sets = chosen_sets.sets(evaluation.labelling, given, language)
    return [sets, configurations, [none, *configurations]]


def lists_of(
    evaluation: Evaluation, language: Language, asked: Mapping[str, str] = NOTHING_ASKED
) -> list[Any]:
    """The lists with what an address has asked for, or else what is chosen at first.

    Raises AddressError for what they do not offer.
    """
    import gradio as gr

    choices = choices_of(evaluation, None, language)
    first = {"set": next((value for _, value in choices[0]), None), "first": DEFAULT, "second": ""}
    drawn = []
    for name, found in zip(NAMES, choices, strict=True):
        known = tuple(value for _, value in found)
        value = one_of(asked[name], known) if name in asked else first[name]
        label = say(language, f"measure.{name}")
        drawn.append(gr.Dropdown(label=label, choices=found, value=value))
    return drawn
