"""How Word writes a number: the values of w:numFmt (ECMA-376-1, 17.18.59)."""

from collections.abc import Callable, Sequence

from corpus.numerals import chinese_numeral

_LARGEST = 9999
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_CHINESE = "零一二三四五六七八九十百千"
_SIMPLIFIED_LEGAL = str.maketrans(_CHINESE, "零壹贰叁肆伍陆柒捌玖拾佰仟")
_TRADITIONAL_LEGAL = str.maketrans(_CHINESE, "零壹貳參肆伍陸柒捌玖拾佰仟")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"


def write_number(number: int, form: str) -> str:
    """Return `number` as Word writes it in the form of that name.

    A form that is not known, and a number beyond a form's reach, are written in digits, as the
    standard says.
    """
    if form in ("none", "bullet"):
        return ""
    write = _FORMS.get(form)
    return write(number) if write and 0 < number <= _LARGEST else str(number)


def _digits(zero: str, others: str) -> Callable[[int], str]:
    table = str.maketrans("0123456789", zero + others)
    return lambda number: str(number).translate(table)


def _glyphs(glyphs: Sequence[str]) -> Callable[[int], str]:
    return lambda number: glyphs[number - 1] if number <= len(glyphs) else str(number)


def _letters(first: str) -> Callable[[int], str]:
    """Count from `first` to the end of the alphabet, then aa, bb, cc."""
    return lambda number: chr(ord(first) + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        written += letters * (number // value)
        number %= value
    return written


def _counting(zero: str) -> Callable[[int], str]:
    """十一, 九十九, and digits alone from 一〇〇 on."""
    digits = _digits(zero, "一二三四五六七八九")
    return lambda number: chinese_numeral(number) if number < 100 else digits(number)


def _japanese(number: int) -> str:
    """百一: without 零, and without 一 before 十, 百 and 千."""
    written = chinese_numeral(number).replace("零", "")
    for unit in "十百千":
        written = written.replace("一" + unit, unit)
    return written


def _legal(number: int, table: dict[int, int]) -> str:
    """壹拾壹: formal numerals leave no 一 out."""
    written = chinese_numeral(number)
    return ("一" + written if written.startswith("十") else written).translate(table)


_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "upperLetter": _letters("A"),
    "lowerLetter": _letters("a"),
    "numberInDash": lambda number: f"- {number} -",
    "decimalHalfWidth": str,
    "decimalFullWidth": _digits("０", "１２３４５６７８９"),
    "decimalFullWidth2": _digits("０", "１２３４５６７８９"),
    "decimalEnclosedCircle": _glyphs("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
    "decimalEnclosedCircleChinese": _glyphs("①②③④⑤⑥⑦⑧⑨⑩"),
    "decimalEnclosedFullstop": _glyphs("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
    "decimalEnclosedParen": _glyphs("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
    "ideographEnclosedCircle": _glyphs("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
    "ideographTraditional": _glyphs(_STEMS),
    "ideographZodiac": _glyphs(_BRANCHES),
    "ideographZodiacTraditional": _glyphs(
        [stem + branch for stem, branch in zip(_STEMS * 6, _BRANCHES * 5, strict=True)]
    ),
    "ideographDigital": _digits("〇", "一二三四五六七八九"),
    "japaneseDigitalTenThousand": _digits("〇", "一二三四五六七八九"),
    "taiwaneseDigital": _digits("○", "一二三四五六七八九"),
    "chineseCounting": _counting("〇"),
    "taiwaneseCounting": _counting("○"),
    "chineseCountingThousand": chinese_numeral,
    "taiwaneseCountingThousand": chinese_numeral,
    "japaneseCounting": _japanese,
    "chineseLegalSimplified": lambda number: _legal(number, _SIMPLIFIED_LEGAL),
    "ideographLegalTraditional": lambda number: _legal(number, _TRADITIONAL_LEGAL),
}
