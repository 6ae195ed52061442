"""Chinese numerals as policy texts write them: 二十一, 一百〇一, 第一千二百六十条, ２１."""

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")}
_DIGITS |= {"零": 0, "○": 0, "两": 2, "兩": 2}
_LONGEST = 12
_GROUPS = (("亿", 8), ("万", 4))
_UNITS = {"十": 10, "百": 100, "千": 1000}
_DIGITS |= {str(i): i for i in range(10)} | {chr(0xFF10 + i): i for i in range(10)}

NUMERAL = "[〇○零一二两兩三四五六七八九十百千0-9０-９]"
"""A character class for the numerals that `parse_numeral` reads."""

CHINESE_NUMERAL = "[〇○零一二两兩三四五六七八九十百千]"
"""The same without Arabic digits."""


def parse_numeral(text: str) -> int | None:
    """Return the number that `text` writes, or None when it is not a numeral.

    Reads units (一千二百六十), digits in sequence (二〇二五, 2025, ２０２５) and mixtures that
    officials write (一百零一). A numeral that breaks its own order (十百), or is longer than any
    that people write, is not a number.
    """
    if not 0 < len(text) <= _LONGEST or any(c not in _DIGITS and c not in _UNITS for c in text):
        return None
    if not any(c in _UNITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    return _with_units(text)


def parse_whole(text: str) -> int | None:
    """Return the number that `text` writes, also above 9999: 一万二千, 三亿零五十万, 一百.

    None where it is empty or no numeral; each part is read by `parse_numeral`.
    """
    if not text:
        return None
    total = 0
    for name, zeros in _GROUPS:
        high, found, low = text.partition(name)
        if found:
            value = parse_numeral(high)
            if value is None:
                return None
            total, text = total + value * 10**zeros, low
            # 一万零五十: 零 holds the empty places.
            text = text.removeprefix("零")
    rest = parse_numeral(text) if text else 0
    return None if rest is None else total + rest


def _with_units(text: str) -> int | None:
    total, digit, ceiling = 0, None, 10_000
    for c in text:
        unit = _UNITS.get(c)
        if unit is None:
            if digit:
                return None
            digit = _DIGITS[c]
        elif unit >= ceiling or digit == 0:
            return None
        else:
            # 十五 is 15, 一百十五 is 115: a unit without a digit counts once.
            total += unit * (1 if digit is None else digit)
            digit, ceiling = None, unit
    return total + (digit or 0)


def chinese_numeral(number: int) -> str:
    """Write 1 to 9999 as headings do: 12 -> 十二, 105 -> 一百零五."""
    if not 0 < number < 10_000:
        raise ValueError(f"expected a number from 1 to 9999, found {number}")
    digits = "零一二三四五六七八九"
    written = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            written += digits[digit] + name
        elif written and not written.endswith("零"):
            written += "零"
    written = written.rstrip("零")
    return written.removeprefix("一") if written.startswith("一十") else written
