"""Text of documents made harmless for a prompt, and text of a model made harmless for people."""

import re
import unicodedata

from corpus.fold import fold_text

# Signs from which fences, markers [1] and the turns of a chat (<|im_start|>, [INST]) are made.
_SIGNS = str.maketrans("<>[]|`", "‹›〔〕｜｀")  # noqa: RUF001
_BULLET = re.compile(
    r"^\s{0,20}(?:[-*•·●]{1,3}\s{1,4}|#{1,6}\s{1,4}|"
    r"[0-9]{1,2}[.)、）](?:\s{1,4}|(?![0-9]))|"
    r"[(（][0-9]{1,2}[)）]\s{0,4})"
)
# Emphasis, and a fence of the prompt that a model repeats.
_SIGNS_OF_LAYOUT = re.compile(r"\*{2,3}|_{2,3}|`{1,3}|={5}[0-9a-f]{16}={5}")

_EARLIER = r"(?:以上|上述|上面|前面|之前|先前|此前)"
_ORDERS = r"(?:要求|指令|指示|提示|规则|设定|命令|约束|限制|内容|说明)"
_PLANTED = re.compile(
    rf"(?:忽略|无视|忘记|忘掉|不要理会|不必理会|不用理会|不要遵守|不再遵守).{{0,12}}{_EARLIER}.{{0,12}}{_ORDERS}"
    rf"|(?:忽略|忘记|忘掉)(?:你|系统|用户|所有|一切|全部).{{0,8}}(?:要求|指令|指示|提示|设定)"
    r"|(?:ignore|disregard|forget|override).{0,40}(?:previous|prior|above|earlier|all|any).{0,40}"
    r"(?:instruction|prompt|rule|message|context)"
    r"|你(?:现在)?(?:是|扮演|充当).{0,12}(?:助手|助理|机器人|模型|ai)"
    r"|(?:作为|身为)(?:一个|一名|一款)?.{0,4}(?:语言模型|ai助手|智能助手|聊天机器人)"
    r"|系统提示词|提示词注入|system ?prompt|developer ?message|im_start|im_end|[(]/?inst[)]"
    r"|(?:只|仅|必须|直接|统一|一律)(?:回答|回复|输出|答复)[:\"']"
)


def for_prompt(text: str) -> str:
    """Return text in which nothing can pass for a fence, a marker or a turn of the conversation.

    What cannot be seen (control signs, zero-width ones, tags) is left out.
    """
    return "".join(filter(_is_seen, text)).translate(_SIGNS)


def one_line(text: str) -> str:
    """Return text for a prompt on one line."""
    return for_prompt(" ".join(text.split()))


def for_people(text: str) -> str:
    """Return what a model wrote as plain text on one line, without bullets, emphasis and fences."""
    lines = "".join(_BULLET.sub("", line).strip() for line in text.splitlines())
    return _SIGNS_OF_LAYOUT.sub("", "".join(filter(_is_seen, lines))).strip()


def is_planted(sentence: str) -> bool:
    """Whether a sentence of a document speaks to a language model instead of to its readers.

    Such a sentence is not shown to the model. This is a second line: what the model makes of one
    that is not recognised is checked like everything else that it says.
    """
    return _PLANTED.search(fold_text(sentence)) is not None


def _is_seen(character: str) -> bool:
    return character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co")
