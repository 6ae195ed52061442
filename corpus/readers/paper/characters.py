"""Characters that stand for others by an accident of fonts, and spaces that only set the type."""

import re
import unicodedata

# A font that has no name for a glyph may call 一 the radical ⼀, 民 the radical ⺠. NFKC folds the
# radicals of Kangxi, compatibility ideographs and ligatures; these supplementary radicals it keeps
# (Unicode, EquivalentUnifiedIdeograph).
_SUPPLEMENT = dict(
    zip(
        "⺁⺎⺒⺝⺠⺩⻁⻄⻅⻆⻉⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰",
        "厂兀巳月民王虎西见角贝车長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙",
        strict=True,
    )
)
_ACCIDENTAL = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufb06\U0002f800-\U0002fa1f]")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\x00-\x08\x0b-\x1f\x7f]")
_WIDE = "\u2014\u2018-\u201d\u2026\u3001-\u301f\u3400-\u9fff\uf900-\ufaff\uff01-\uff60\u25cb"
_LOOSE = re.compile(rf"(?<=[{_WIDE}]) +(?=[{_WIDE}])")
_IS_WIDE = re.compile(f"[{_WIDE}]")


def fold_accidents(text: str) -> str:
    """Return `text` with the ordinary character for each radical, compatibility form, ligature."""
    return _ACCIDENTAL.sub(_ordinary, _UNSEEN.sub("", text))


def _ordinary(match: re.Match[str]) -> str:
    character = match[0]
    return _SUPPLEMENT.get(character) or unicodedata.normalize("NFKC", character)


def close_up(text: str) -> str:
    """Return `text` without the spaces between two Chinese characters."""
    return _LOOSE.sub("", text)


def is_wide(character: str) -> bool:
    """Whether a character is as wide as it is high, as Chinese ones and their punctuation are."""
    return _IS_WIDE.match(character) is not None


def glue(before: str, after: str) -> str:
    """What goes between the end of a line and the next line of its paragraph.

    A space between Latin words; nothing where one side is Chinese, or a number goes on.
    """
    one, other = before[-1:], after[:1]
    if not one or not other or is_wide(one) or is_wide(other) or one.isspace():
        return ""
    return "" if one == "-" or (one.isdigit() and other.isdigit()) else " "
