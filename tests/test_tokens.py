import json
import subprocess
import sys
import time
from pathlib import Path

import jieba
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.fold import fold_text
from index.segment import jieba_dictionary, parse, segment
from index.tokens import bigrams, tokenize, words

TOY = parse("学前 3 n\n教育 9 n\n学前教育 5 n\n前教 1 n\n育才 2 n\n")

# The dictionary is read on first use, which takes longer than hypothesis allows one example.
patient = settings(deadline=None)

# What jieba's own pattern takes for Chinese; it cuts at every other character.
chinese = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FD5), max_size=30)
common = st.text(alphabet="中华人民共和国学前教育局办事处的一了二〇年幼儿园长", max_size=30)


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> jieba.Tokenizer:
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(tmp_path_factory.mktemp("jieba"))
    jieba.setLogLevel("ERROR")
    return tokenizer


def test_a_long_word_follows_the_words_inside_it() -> None:
    assert segment("学前教育才", TOY) == ["学前", "前教", "教育", "学前教育", "才"]


def test_characters_that_no_word_begins_with_stand_alone() -> None:
    assert segment("甲乙", TOY) == ["甲", "乙"]
    assert segment("", TOY) == []


@patient
@given(st.one_of(chinese, common))
def test_segments_are_those_of_jieba_without_its_hidden_markov_model(
    reference: jieba.Tokenizer, run: str
) -> None:
    assert segment(run) == list(reference.cut_for_search(run, HMM=False))


def test_the_dictionary_is_the_one_jieba_reads(reference: jieba.Tokenizer) -> None:
    reference.check_initialized()
    known = {word for word, count in reference.FREQ.items() if count}
    assert jieba_dictionary().weights.keys() == known


def test_words_keep_numbers_and_latin_whole_and_drop_punctuation() -> None:
    assert words("到2025年，AI 素養達到 ８５．５％（COVID-19）") == [
        *("到", "2025", "年", "ai", "素养", "达到", "85.5%", "covid", "19")
    ]


def test_bigrams_cross_word_boundaries_but_no_punctuation() -> None:
    assert bigrams("学前教育，幼儿。园 2025年 5G") == [
        *("学前", "前教", "教育", "幼儿", "园", "2025", "年", "5g")
    ]


@pytest.mark.parametrize("text", ["", " \n", "。，！……（）", "_", "\ud800"])
def test_a_text_without_words_has_no_tokens(text: str) -> None:
    assert tokenize(text) == words(text) == bigrams(text) == []


def test_traditional_full_width_and_spaced_text_has_the_same_tokens() -> None:
    assert tokenize("學 前\n教　育經費佔 ８５％") == tokenize("学前教育经费占85%")


@patient
@given(st.one_of(st.text(), common))
def test_tokens_are_words_then_bigrams_and_pieces_of_the_folded_text(text: str) -> None:
    tokens = tokenize(text)
    assert tokens == words(text) + bigrams(text)
    assert tokens == tokenize(fold_text(text))
    assert all(token and token in fold_text(text) for token in tokens)


@patient
@given(st.one_of(st.text(), common))
def test_each_letter_and_digit_stands_in_a_word_and_in_a_bigram(text: str) -> None:
    letters = {character for character in fold_text(text) if character.isalnum()}
    assert letters <= set("".join(words(text)))
    assert letters <= set("".join(bigrams(text)))


def test_importing_and_cutting_loads_neither_jieba_nor_opencc_too_early() -> None:
    code = (
        "import json, sys, index.tokens as tokens\n"
        "early = [name for name in ('jieba', 'opencc') if name in sys.modules]\n"
        "tokens.tokenize('学前教育')\n"
        "print(json.dumps([early, 'jieba' in sys.modules]))"
    )
    root = Path(__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root
    )
    assert json.loads(done.stdout) == [[], False]
    assert done.stderr == ""


def test_the_dictionary_loads_faster_than_jieba_builds_its_own(reference: jieba.Tokenizer) -> None:
    begun = time.process_time()
    jieba.Tokenizer.gen_pfdict(reference.get_dict_file())
    middle = time.process_time()
    jieba_dictionary.__wrapped__()
    assert time.process_time() - middle < middle - begun
