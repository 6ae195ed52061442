import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.fold import fold_text
from index.places import CACHE
from index.segment import _jieba, segment
from index.tokens import bigrams, tokenize, words

# The dictionary is read on first use, which takes longer than hypothesis allows one example.
patient = settings(deadline=None)

common = st.text(alphabet="中华人民共和国学前教育局办事处的一了二〇年幼儿园长", max_size=30)


def test_a_long_word_follows_the_words_inside_it() -> None:
    assert segment("到幼儿园去") == ("到", "幼儿", "幼儿园", "去")


def test_the_dictionary_is_kept_in_the_users_own_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(CACHE, str(tmp_path / "cache"))
    assert list(_jieba.__wrapped__().cut("学前教育")) == ["学前教育"]
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["jieba.cache"]
    assert (tmp_path / "cache").stat().st_mode & 0o077 == 0


def test_a_cache_that_cannot_be_written_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv(CACHE, str(tmp_path / "file"))
    assert list(_jieba.__wrapped__().cut("学前教育")) == ["学前教育"]
    assert "not kept" in caplog.text


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


def test_importing_loads_neither_jieba_nor_opencc_and_cutting_says_nothing() -> None:
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
    assert json.loads(done.stdout) == [[], True]
    assert done.stderr == ""
