"""Markdown inside a line: what only looks like a mark is text."""

import pytest

from corpus.readers import md


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("**（一）** 举办者", "（一） 举办者"),
        ("报到时间 8:00 - 11:30", "报到时间 8:00 - 11:30"),
        ("甲 * 乙 + 丙", "甲 * 乙 + 丙"),
        ("- 甲 - 乙", "甲 - 乙"),
    ],
)
def test_a_bullet_begins_its_line(written: str, read: str) -> None:
    assert md.read(written.encode()).text == read
