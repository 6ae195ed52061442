"""Whether a sentence claims anything, and whether its source speaks of the same matter."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from corpus.fold import fold_text
from index.segment import cut
from retrieval.synonyms import built_in
from retrieval.verify.said import Said
from retrieval.verify.words import Token

ENOUGH = 0.6
"""Share of a sentence's words that must stand in its source, or in what is known of it."""
IN_QUOTE = 0.3
"""Share of them that must stand in the quotation itself."""
_COMPOUND = 4
# Numbers are compared as such.
_COUNTED = re.compile(
    r"[百千]分之[零一二两三四五六七八九十百点]{1,9}|[一二两三四五六七八九十百千]{1,9}[次个名所项倍周天年月]"
)
_RUN = re.compile(r"[\u4e00-\u9fff]+")
_IDLE = Path(__file__).with_name("idle.txt")
_COURTESY = re.compile(
    r"(?:您好|你好|谢谢|感谢您|抱歉|对不起|好的[，,。]|很高兴|祝您|请问|欢迎(?:继续|随时|咨询)"
    r"|希望(?:以上|这些?|上述|能|对您)[^，。]{0,12}(?:帮助|有用|参考)|(?:如需|如果需要|若需)[^，。]{0,6}(?:更多|了解|进一步|详细)"
    r"|[如若]果?您?(?:还有|有)(?:任何|其他|更多|疑问|问题)|(?:以上|以下|下面)(?:是|为|内容|信息|回答)?[^，。；]{0,24}"
    r"(?:回答|信息|内容|仅供参考|整理|如下)|(?:综上|总之|综合来看|总的来说)[，,：:]?$)"
)
_NOT_FOUND = re.compile(
    r"(?:[^，。；]{0,12}[，,])?[^，。；]{0,12}(?:资料|文件|原文|条款|文本|材料|信息|引文)[^，。；]{0,12}(?:没有|未|不能|无法)"
    r"[^，。；]{0,4}(?:找到|提及|提到|涉及|说明|规定|明确|给出|包含|回答|确定|查到|载明)[^，。；]{0,40}[。！]?"
    r"|(?:没有|未能?|无法)(?:找到|查到|从[^，。；]{1,12}(?:找到|得出))[^，。；]{0,40}[。！]?"
)
_HEADING = re.compile(
    r"\s*(?:#{1,6}\s|\*\*[^*\n]{1,40}\*\*\s*[：:]?\s*$|[^\n]{1,80}[：:]\s*\**\s*$)"
)
_ORDINAL = re.compile(
    r"\s*(?:[-*•·●○■◆>+]{1,3}\s+|[#*]{1,6}\s*)?(?:[0-9０-９]{1,2}(?:[.、．)）](?![0-9０-９])|\s(?=[\u4e00-\u9fff]))"
    r"|[（(](?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[）)]"
    r"|[一二三四五六七八九十]{1,3}[、.．]|第[一二三四五六七八九十][，,、：:]|[一二三四五六七八九十]是|[①-⑳⑴-⒇])?\s*\**"
)
_SHORT = 12


def without_ordinal(text: str) -> str:
    """Return a sentence without the ordinal of a list before it: 1. （一） 一是 - **."""
    first = _ORDINAL.match(text)
    return text[first.end() :] if first else text


def claims_nothing(said: Said, cites: bool) -> bool:
    """Whether there is nothing to check: a greeting, a heading, an honest "not found".

    A few words without a source are a heading too; with one they are a claim.
    """
    text = said.text.strip()
    if _NOT_FOUND.fullmatch(said.plain.strip()):
        return True
    if said.amounts or said.dates or said.named or any(map(_is_figure, said.words.numbers)):
        return False
    if text.endswith(("？", "?")):
        return True
    if any(bound.own for bound in said.bound):
        return False
    if _COURTESY.match(said.plain.strip()) or text.startswith("#"):
        return True
    if _HEADING.fullmatch(text):
        return True
    if not content_words(said.text):
        return True  # 是的。 and OK say nothing that a source could carry
    short = len(_RUN.findall(said.plain)) <= 1 and len(text) <= _SHORT
    return short and not cites and not text.endswith(("。", "；"))


def _is_figure(token: Token) -> bool:
    """Whether a number is more than 一 in 一些."""
    return token.end - token.start > 1 or (token.key.isascii() and token.key != "1")


def unspoken(text: str, quoted: str, about: str) -> list[str] | None:
    """Return the words of a sentence that its source lacks, where they are too many.

    `quoted` and `about` are folded: what is cited, and what is known of it. None where enough of
    the words stand there and no phrase is missing whole. Everyday words stand where one of policy
    for them does.
    """
    words = content_words(text)
    context = f"{quoted} {about}"
    missing = [word for word in words if not _stands(word, context)]
    if not words:
        return None
    there = sum(_stands(word, quoted) for word in words)
    enough = len(words) - len(missing) >= ENOUGH * len(words) and there >= IN_QUOTE * len(words)
    return None if enough and not _misses_phrase(text, missing, quoted) else missing or words


def _half_stands(word: str, quoted: str) -> bool:
    return any(word[at : at + 2] in quoted for at in range(len(word) - 1))


def _misses_phrase(text: str, missing: Sequence[str], quoted: str) -> bool:
    """Whether a compound is missing, or two words side by side."""
    if any(len(word) >= _COMPOUND and not _half_stands(word, quoted) for word in missing):
        return True
    folded_text = fold_text(text)
    return any(one + other in folded_text for one in missing for other in missing if one != other)


def content_words(text: str) -> list[str]:
    """Return the words of a text that say what it is about, each once."""
    runs = _RUN.findall(_COUNTED.sub(" ", fold_text(text)))
    words = (word for run in runs for word in cut(run))
    return [word for word in dict.fromkeys(words) if len(word) > 1 and word not in _idle_words()]


@cache
def _idle_words() -> frozenset[str]:
    lines = _IDLE.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def _stands(word: str, context: str) -> bool:
    if word in context:
        return True
    if len(word) > 2 and sum(word[n : n + 2] in context for n in range(len(word) - 1)) * 2 >= len(
        word
    ):
        return True
    return any(fold_text(policy) in context for policy in built_in().policy_words(word))


def folded(texts: Sequence[str]) -> str:
    """Return some texts folded, one after another."""
    return " ".join(map(fold_text, texts))
