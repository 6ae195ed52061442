"""Every word the page says, in Chinese and in English: a module for each part of the page."""

import re
from typing import Literal

from ui.strings import access, ask, check, compare, evaluate, library, page, reader, shared, trace

Language = Literal["zh", "en"]

WORDS: dict[str, tuple[str, str]] = {
    **page.WORDS,
    **access.WORDS,
    **shared.WORDS,
    **ask.WORDS,
    **trace.WORDS,
    **compare.WORDS,
    **check.WORDS,
    **evaluate.WORDS,
    **reader.WORDS,
    **library.WORDS,
}

SAMPLE_QUESTIONS = (
    "随迁子女入学需要居住证满几个月？",
    "课后服务一学期收费多少钱？",
    "乡村教师生活补助每月多少元？",
    "小学生每天的书面作业不超过多长时间？",
    "学生可以把手机带进课堂吗？",
    "校园欺凌多久之内要启动调查？",
)
"""Everyday questions that the sample library answers."""


# 1 documents: Chinese has no plural, English takes the s off.
_COUNTED = "document|clause|segment|passage|file|remark|requirement|question|mistake|place|draft"
_SINGLE = re.compile(rf"\b(1 (?:[a-z]+ )?(?:{_COUNTED}))s\b")


def say(language: Language, name: str, /, **values: object) -> str:
    """Return the words called `name` in `language`, with `values` in their places."""
    said = WORDS[name][language == "en"].format(**values)
    return _SINGLE.sub(r"\1", said) if language == "en" else said


def language_of(asked: str | None) -> Language:
    """Return the language that a page address asks for; Chinese unless it is English."""
    return "en" if (asked or "").lower().split("-")[0] == "en" else "zh"
