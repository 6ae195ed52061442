"""Figures of a comparison in the reader's language: ≥85%（2025）."""

from collections.abc import Iterable, Sequence

from retrieval.compare.lines import SIGNS, told_apart
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


def titles_of(columns: Sequence[Json], others: Iterable[str], language: Language) -> list[str]:
    """What columns of figures are called: each its indicator, or in what it is counted.

    Where a title stands twice, also beside `others`, it says both.
    """
    units = [str(column["unit"] or say(language, "topic.ratio")) for column in columns]
    titles = [
        str(column["indicator"] or say(language, "topic.unnamed", unit=unit))
        for column, unit in zip(columns, units, strict=True)
    ]
    return told_apart(titles, units, others)
