"""The trimmed tokenizer, against the whole vocabulary and against a naive Viterbi search."""

# ruff: noqa: RUF001 - texts that mix scripts and widths are what is tested

import re
import sys

import numpy as np
import pytest
from tokenizers import Tokenizer

from index.encoders.e5_file import E5File, parse
from index.encoders.shipped import FOLDER, TOKENIZER
from index.encoders.vocabulary import SPACE, Vocabulary, tokenizer_json, trim
from index.encoders.weights import read_weights

TEXTS = [
    "云岭省教育厅关于推进乡村学校建设的实施意见",
    "第十二条　县级人民政府应当保障义务教育经费，逐年增长不低于 3.5%。",
    "到2027年，公办幼儿园占比达到５５％以上（含民办普惠园）。",
    "教師每年參加培訓不少於72學時，其中實踐課程佔三分之一。",
    "云教规〔2024〕15号，自2024年9月1日起施行；有效期5年。",
    "每班45～50人；生均用房面积≥4.8㎡，绿地率不低于３０％。",
    "推广VR、AI和STEM课程，建设5G校园网，配备Wi-Fi与LED屏。",
    "联系人：办公室；电话：0571-8888 6666；邮箱：info@edu.gov.cn",
    "①摸底；②公示；③备案。Ⅰ类学校优先。",
    "附件：1.任务分工表\n      2.经费测算表",
    "“双减”工作要做到“三个到位”——人员、经费、场地……",
    "A school for all: open data, new media, and a better life.",
    "https://www.gov.cn/zhengce/2024/index.html?id=1&page=2",
    "α、β 两档补助；±5 以内按 1∶1 配套；π≈3.14",
    "拼音教学：nǐ hǎo，声调 ā á ǎ à",
    "偏僻用字：㙍、𠮷、龘、镕、堃、喆、祎",
    "加油🎉！★重点★ ☑已完成",
    "  前后有空格\t制表符\u00a0不换行空格\u200b零宽  ",
    "ＡＢＣ公司（Ｌｔｄ．）第３期",
    "",
]


@pytest.fixture(scope="module")
def file() -> E5File:
    return parse(read_weights())


@pytest.fixture(scope="module")
def vocabulary(file: E5File) -> Vocabulary:
    return trim(file)


@pytest.fixture(scope="module")
def trimmed(file: E5File, vocabulary: Vocabulary) -> Tokenizer:
    return Tokenizer.from_str(tokenizer_json(vocabulary, file))


@pytest.fixture(scope="module")
def whole(file: E5File) -> Tokenizer:
    everything = Vocabulary(
        np.arange(len(file.pieces)), file.pieces, tuple(float(score) for score in file.scores)
    )
    return Tokenizer.from_str(tokenizer_json(everything, file))


@pytest.fixture(scope="module")
def scores(file: E5File) -> dict[str, float]:
    """The score of each piece, special ones left out."""
    special = {*(file.pieces[number] for number in file.specials), "<mask>"}
    pairs = zip(file.pieces, file.scores.tolist(), strict=True)
    return {piece: score for piece, score in pairs if piece not in special}


def viterbi(word: str, scores: dict[str, float], longest: int) -> list[str]:
    """The likeliest pieces of a word (Kudo 2018), trying every split; unknowns as ''."""
    unknown = min(scores.values()) - 10
    best: list[tuple[float, list[str]]] = [(0.0, [])]
    for end in range(1, len(word) + 1):
        found = []
        for start in range(max(0, end - longest), end):
            piece, (score, pieces) = word[start:end], best[start]
            if piece in scores:
                found.append((score + scores[piece], [*pieces, piece]))
            elif end - start == 1:
                found.append((score + unknown, [*pieces, ""]))
        best.append(max(found, key=lambda candidate: candidate[0]))
    return best[-1][1]


def naive_pieces(text: str, file: E5File, scores: dict[str, float]) -> list[str]:
    """XLM-R's steps one by one over the whole vocabulary; a run of unknowns counts once."""
    longest = max(map(len, scores))
    mapped = "".join(file.replacements.get(character, character) for character in text)
    pieces: list[str] = []
    for word in mapped.split():
        cut = viterbi(SPACE + word, scores, longest)
        pieces += [p for i, p in enumerate(cut) if p or i == 0 or cut[i - 1]]
    return pieces


@pytest.mark.parametrize("text", TEXTS)
def test_pieces_are_those_of_the_whole_vocabulary(
    text: str, trimmed: Tokenizer, whole: Tokenizer, vocabulary: Vocabulary
) -> None:
    cut, uncut = trimmed.encode(text), whole.encode(text)
    assert cut.tokens == uncut.tokens
    assert [int(vocabulary.rows[number]) for number in cut.ids] == uncut.ids


@pytest.mark.parametrize("text", TEXTS)
def test_pieces_equal_a_naive_search_of_the_whole_vocabulary(
    text: str, trimmed: Tokenizer, file: E5File, scores: dict[str, float]
) -> None:
    found = trimmed.encode(text).tokens[1:-1]
    assert [token if token in scores else "" for token in found] == naive_pieces(text, file, scores)


def test_the_default_encoder_has_this_tokenizer(file: E5File, vocabulary: Vocabulary) -> None:
    shipped = (FOLDER / TOKENIZER).read_bytes()
    assert shipped.decode() == tokenizer_json(vocabulary, file)


def test_no_chinese_text_loses_a_character_to_trimming(
    trimmed: Tokenizer, whole: Tokenizer
) -> None:
    """Every Han character and symbol of GB18030's two-byte part, alone and after another."""
    characters = [
        bytes([high, low]).decode("gb18030", "ignore")
        for high in range(0x81, 0xFF)
        for low in [*range(0x40, 0x7F), *range(0x80, 0xFF)]
    ]
    chinese = [c for c in characters if len(c) == 1 and not 0xE000 <= ord(c) <= 0xF8FF]
    assert len(chinese) > 21_000
    kana = re.compile("[\u3041-\u30ff]")  # a Han character and kana may be one Japanese piece
    texts = [*chinese, *("教" + character for character in chinese if not kana.match(character))]
    both = zip(trimmed.encode_batch(texts), whole.encode_batch(texts), strict=True)
    assert [uncut.tokens for cut, uncut in both if cut.tokens != uncut.tokens] == []


def test_a_rare_foreign_word_is_cut_smaller_but_known(trimmed: Tokenizer) -> None:
    tokens = trimmed.encode("Verwaltungsvorschrift quotidianamente").tokens
    assert "<unk>" not in tokens
    assert "".join(tokens[1:-1]) == f"{SPACE}Verwaltungsvorschrift{SPACE}quotidianamente"


def test_a_sixth_of_the_vocabulary_is_kept_in_the_order_of_the_file(
    file: E5File, vocabulary: Vocabulary
) -> None:
    assert len(file.pieces) / 7 < len(vocabulary.pieces) < len(file.pieces) / 5
    assert vocabulary.rows.tolist() == sorted(set(vocabulary.rows.tolist()))
    assert vocabulary.pieces[:4] == ("<s>", "<pad>", "</s>", "<unk>")
    assert vocabulary.pieces[-1] == "<mask>"
    assert min(vocabulary.scores) == min(file.scores)  # the score of <unk> is taken from it


def test_the_normaliser_maps_every_character_as_the_file_does(
    trimmed: Tokenizer, file: E5File
) -> None:
    newer_than_the_file = re.compile("[\ufdd0㋿ꟲꟳꟴꭩ🈻\U00010780-\U000107ba\U0001e030-\U0001e06d]")
    between = "\u4dc0"  # a hexagram: nothing decomposes to it or combines with it
    characters = [
        chr(code)
        for code in range(1, sys.maxunicode + 1)
        if not 0xD800 <= code <= 0xDFFF and not newer_than_the_file.match(chr(code))
    ]
    characters.remove(between)
    found = trimmed.normalizer.normalize_str(between.join(characters)).split(between)
    expected = [file.replacements.get(character, character) for character in characters]
    assert [pair for pair in zip(found, expected, strict=True) if pair[0] != pair[1]] == []


def test_a_pair_is_framed_as_xlm_r_frames_it(trimmed: Tokenizer) -> None:
    tokens = trimmed.encode("教师", "学生").tokens
    assert tokens == ["<s>", f"{SPACE}", "教师", "</s>", "</s>", f"{SPACE}", "学生", "</s>"]
