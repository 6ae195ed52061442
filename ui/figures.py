"""Figures of a comparison in the reader's language: ≥85%（2025）."""

from retrieval.compare.lines import SIGNS
from retrieval.shapes import Json
from ui.strings import Language, say

_WORDS = {"~": "about", "+": "up", "-": "down"}
"""Comparisons that are said in words; the others have signs."""


def said_value(value: Json, language: Language, with_indicator: bool = True) -> str:
    """One figure with its indicator and deadline, or that the source leaves it empty."""
    counted = f"{value['indicator']} " if value["indicator"] and with_indicator else ""
    deadline = f"（{value['deadline']}）" if value["deadline"] else ""
    if value["value"] is None:
        return f"{counted}{say(language, 'topic.left_empty')}（{value['unit']}）{deadline}"
    number = value["value"] + (f"—{value['upper']}" if value["upper"] else "")
    comparison = value["comparison"]
    word = _WORDS.get(comparison)
    sign = say(language, f"topic.{word}") if word else SIGNS[comparison]
    return f"{counted}{sign}{number}{value['unit']}{deadline}"


def said_values(values: list[Json], language: Language, with_indicator: bool = True) -> str:
    """Several figures, one after the other."""
    return "；".join(said_value(value, language, with_indicator) for value in values)


def title_of(column: Json, language: Language) -> str:
    """What a column of figures is called: its indicator, or in what it is counted."""
    unit = column["unit"] or say(language, "topic.ratio")
    return str(column["indicator"] or say(language, "topic.unnamed", unit=unit))
