"""Numerals as officials write them, read and written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.numerals import (
    CHINESE_NUMERAL,
    NUMERAL,
    chinese_numeral,
    parse_numeral,
    parse_whole,
)

DIGITS = "〇一二三四五六七八九"


def full_width(text: str) -> str:
    return "".join(chr(ord(c) - ord("0") + ord("０")) for c in text)


def spoken(number: int) -> str:
    """A second way to write a numeral: by rule of three, from the right."""
    if number < 10:
        return DIGITS[number].replace("〇", "")
    unit, name = next((u, n) for u, n in ((1000, "千"), (100, "百"), (10, "十")) if number >= u)
    head, rest = divmod(number, unit)
    zero = "零" if 0 < rest < unit // 10 else ""
    return DIGITS[head] + name + zero + spoken(rest)


def test_every_number_is_written_and_read_again() -> None:
    for number in range(1, 10_000):
        written = chinese_numeral(number)
        assert parse_numeral(written) == number
        expected = spoken(number)
        assert written == (expected[1:] if 10 <= number < 20 else expected)


@given(st.integers(1, 9999))
def test_a_number_is_read_in_every_form(number: int) -> None:
    plain = str(number)
    positional = "".join(DIGITS[int(digit)] for digit in plain)
    written = chinese_numeral(number)
    for form in (
        plain,
        full_width(plain),
        positional,
        positional.replace("〇", "零"),
        positional.replace("〇", "○"),
        written.replace("零", "〇"),
        written.replace("二百", "两百").replace("二千", "兩千"),
        spoken(number),
    ):
        assert parse_numeral(form) == number, form


@pytest.mark.parametrize(
    ("written", "number"),
    [("二〇二五", 2025), ("二○一一", 2011), ("一百十五", 115), ("〇", 0), ("两千", 2000)],
)
def test_forms_of_their_own(written: str, number: int) -> None:
    assert parse_numeral(written) == number


@pytest.mark.parametrize(
    "text", ["", "十百", "百千", "一二十", "十十", "零十", "第一", "1.5", "一 ", "x"]
)
def test_what_is_no_numeral_has_no_number(text: str) -> None:
    assert parse_numeral(text) is None


@given(
    st.text(alphabet="〇○零一二两兩三四五六七八九十百千0123456789０１２３４５６７８９", max_size=12)
)
def test_any_run_of_numerals_is_a_number_or_none(text: str) -> None:
    number = parse_numeral(text)
    assert number is None or number >= 0


def test_a_very_long_run_of_digits_is_no_number() -> None:
    assert parse_numeral("9" * 100_000) is None
    assert parse_numeral("一" * 100_000) is None


@pytest.mark.parametrize("number", [0, -1, 10_000])
def test_numbers_beyond_headings_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match=f"found {number}"):
        chinese_numeral(number)


def test_the_character_classes_hold_what_is_read() -> None:
    assert all(parse_numeral(c) is not None for c in NUMERAL[1:-1].replace("0-9０-９", "0９"))
    assert set(CHINESE_NUMERAL[1:-1]) < set(NUMERAL)


@given(st.integers(0, 9999), st.integers(0, 9999), st.integers(1, 9999))
def test_a_number_above_9999_is_the_sum_of_its_groups(high: int, middle: int, low: int) -> None:
    written = ""
    for number, name in ((high, "亿"), (middle, "万"), (low, "")):
        zero = "零" if written and number < 1000 else ""
        written += f"{zero}{chinese_numeral(number)}{name}" if number else ""
    assert parse_whole(written) == high * 10**8 + middle * 10**4 + low


@pytest.mark.parametrize("text", ["", "亿", "万亿", "一万亿", "三亿元", "万零五", "点五"])
def test_what_writes_no_number_is_none(text: str) -> None:
    assert parse_whole(text) is None
