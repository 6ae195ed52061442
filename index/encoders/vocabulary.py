"""The tokenizer of the encoders that Youju brings: XLM-R's Unigram pieces, cut down to Chinese.

Five sixths of the 250,002 pieces spell other languages. What is kept is every piece of Han
characters, digits and punctuation, acronyms and the commoner pieces of ASCII letters, and single
characters of the scripts and symbols that Chinese documents borrow. Chinese text with figures
and acronyms is therefore cut into the same pieces as with the whole vocabulary; only a rare
foreign word is cut into smaller ones.
"""

import json
import re
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .e5_file import E5File

MASK = "<mask>"
SPACE = "▁"  # SentencePiece writes a space as U+2581
LETTER_PIECES_BELOW = 40_000  # pieces are numbered by falling frequency

_IN_ANY_PIECE = (
    "\\x20-\\x7E"  # ASCII
    "\\u00A1-\\u00BF\\u00D7\\u00F7"  # Latin-1 punctuation and symbols
    "\\u2010-\\u2BFF"  # punctuation, letterlike, numerals, arrows, mathematics, symbols
    "\\u3001-\\u303F"  # CJK punctuation
    "\\u3400-\\u9FFF"  # Han and extension A
    "\\uF900-\\uFAFF"  # Han compatibility
    "\\uFF01-\\uFF65"  # full-width forms
    "\\U00020000-\\U0003FFFF"  # Han extensions B and later
)
_ALONE = (
    "\\u00C0-\\u024F"  # Latin letters with marks (pinyin)
    "\\u0300-\\u045F"  # combining marks, Greek, Cyrillic
    "\\u2E80-\\u2FDF"  # radicals
    "\\u3041-\\u33FF"  # kana, bopomofo, enclosed and squared
    "\\uFE10-\\uFE6F"  # vertical and small forms
    "\\U0001F000-\\U0001FAFF"  # emoji
)
_BORROWED = re.compile(f"{SPACE}?[{_ALONE}]?")
_CHINESE = re.compile(f"{SPACE}?[{_IN_ANY_PIECE}]+")
_LETTER = re.compile("[A-Za-z]")
_ACRONYM = re.compile(f"{SPACE}?[A-Z]+")


class Vocabulary(NamedTuple):
    """The kept pieces: `rows` are their numbers in the file, special pieces first."""

    rows: NDArray[np.int64]
    pieces: tuple[str, ...]
    scores: tuple[float, ...]


def trim(file: E5File) -> Vocabulary:
    """Return the pieces that Chinese text needs, in the order of the file."""
    kept = [number for number, piece in enumerate(file.pieces) if _needed(number, piece, file)]
    return Vocabulary(
        np.array(kept, dtype=np.int64),
        tuple(file.pieces[number] for number in kept),
        tuple(float(file.scores[number]) for number in kept),
    )


def _needed(number: int, piece: str, file: E5File) -> bool:
    if number in file.specials or piece == MASK or _BORROWED.fullmatch(piece):
        return True
    if not _CHINESE.fullmatch(piece):
        return False
    rare = number >= LETTER_PIECES_BELOW and not _ACRONYM.fullmatch(piece)
    return not (rare and _LETTER.search(piece))


def tokenizer_json(vocabulary: Vocabulary, file: E5File) -> str:
    """Return the `tokenizer.json` of the kept pieces, as the `tokenizers` library reads it."""
    specials = file.specials
    begin, end = vocabulary.pieces[specials.begin], vocabulary.pieces[specials.end]
    special_ids = [*sorted(specials), len(vocabulary.pieces) - 1]
    return json.dumps(
        {
            "version": "1.0",
            "truncation": None,
            "padding": None,
            "added_tokens": [_added(number, vocabulary.pieces[number]) for number in special_ids],
            "normalizer": _normalizer(file.replacements),
            "pre_tokenizer": _sequence(
                "pretokenizers", [{"type": "WhitespaceSplit"}, {"type": "Metaspace", **_METASPACE}]
            ),
            "post_processor": _template(begin, specials.begin, end, specials.end),
            "decoder": {"type": "Metaspace", **_METASPACE},
            "model": {
                "type": "Unigram",
                "unk_id": specials.unknown,
                "vocab": list(zip(vocabulary.pieces, vocabulary.scores, strict=True)),
                "byte_fallback": False,
            },
        },
        ensure_ascii=False,
    )


_METASPACE = {"replacement": SPACE, "prepend_scheme": "always", "split": True}


def _added(number: int, content: str) -> dict[str, object]:
    return {
        "id": number,
        "content": content,
        "single_word": False,
        "lstrip": content == MASK,
        "rstrip": False,
        "normalized": False,
        "special": True,
    }


def _sequence(key: str, steps: list[dict[str, object]]) -> dict[str, object]:
    return {"type": "Sequence", key: steps}


def _normalizer(replacements: dict[str, str]) -> dict[str, object]:
    """SentencePiece's nmt_nfkc: NFKC, but controls go, odd spaces become spaces, ～ stays."""
    dropped = "".join(character for character, new in replacements.items() if not new)
    blank = "".join(character for character, new in replacements.items() if new == " ")
    return _sequence(
        "normalizers",
        [
            _replace(_class(dropped), ""),
            _replace(_class(blank), " "),
            _replace("～", _TILDE_STAND_IN),
            {"type": "NFKC"},
            _replace(_TILDE_STAND_IN, "～"),
        ],
    )


_TILDE_STAND_IN = "\ufdd0"  # a noncharacter: no text has it


def _class(characters: str) -> str:
    return "[" + "".join(f"\\x{{{ord(character):X}}}" for character in characters) + "]"


def _replace(pattern: str, content: str) -> dict[str, object]:
    return {"type": "Replace", "pattern": {"Regex": pattern}, "content": content}


def _template(begin: str, begin_id: int, end: str, end_id: int) -> dict[str, object]:
    """`<s> text </s>`, and `<s> text </s></s> text </s>` for a pair, as XLM-R."""

    def special(token: str) -> dict[str, object]:
        return {"SpecialToken": {"id": token, "type_id": 0}}

    def text(name: str) -> dict[str, object]:
        return {"Sequence": {"id": name, "type_id": 0}}

    def token(name: str, number: int) -> dict[str, object]:
        return {"id": name, "ids": [number], "tokens": [name]}

    return {
        "type": "TemplateProcessing",
        "single": [special(begin), text("A"), special(end)],
        "pair": [special(begin), text("A"), special(end), special(end), text("B"), special(end)],
        "special_tokens": {begin: token(begin, begin_id), end: token(end, end_id)},
    }
