"""The vectors of sentences: each is encoded once, however many ask for it in the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import numpy as np
import pytest

from index.encoders import TextKind, Vectors
from retrieval import meaning
from retrieval.meaning import SentenceVectors


class Counted:
    """Notes what it encodes; a text is as near to another as their lengths are alike."""

    name = "counted"
    dimension = 2

    def __init__(self) -> None:
        self.encoded: list[str] = []
        self.may_go_on = Event()
        self.may_go_on.set()

    def encode(self, texts: list[str], kind: TextKind) -> Vectors:
        self.encoded += texts
        assert self.may_go_on.wait(30)
        angles = np.array([len(text) / 10 for text in texts])
        return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


QUESTION = np.array([[1.0, 0.0]], np.float32)


def test_a_sentence_is_encoded_once() -> None:
    encoder = Counted()
    vectors = SentenceVectors(encoder)
    first = vectors.near(QUESTION, ["一", "二二", "一"])
    assert encoder.encoded == ["一", "二二"]
    assert vectors.near(QUESTION, ["二二", "三三三"]).shape == (2,)
    assert encoder.encoded == ["一", "二二", "三三三"]
    assert first[0] == first[2] == pytest.approx(np.cos(0.1))


def test_who_asks_for_the_same_in_the_same_moment_waits_for_the_one_who_encodes() -> None:
    encoder, people = Counted(), 4
    vectors, together = SentenceVectors(encoder), Barrier(people + 1)
    encoder.may_go_on.clear()

    def ask(_: int) -> list[float]:
        together.wait(30)
        return [float(one) for one in vectors.near(QUESTION, ["一", "二二"])]

    with ThreadPoolExecutor(people) as crowd:
        asked = crowd.map(ask, range(people))
        together.wait(30)
        encoder.may_go_on.set()
        found = list(asked)
    assert encoder.encoded == ["一", "二二"]
    assert found == [found[0]] * people


def test_an_encoder_that_fails_lets_the_next_one_try() -> None:
    class Failing(Counted):
        def encode(self, texts: list[str], kind: TextKind) -> Vectors:
            if not self.encoded:
                self.encoded.append("failed")
                raise ValueError("no")
            return super().encode(texts, kind)

    vectors = SentenceVectors(Failing())
    with pytest.raises(ValueError, match="no"):
        vectors.near(QUESTION, ["一"])
    assert vectors.near(QUESTION, ["一"])[0] == pytest.approx(np.cos(0.1))


def test_the_sentences_asked_for_last_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "KEPT", 2)
    encoder = Counted()
    vectors = SentenceVectors(encoder)
    for sentence in ("一", "二二", "一", "三三三", "一", "二二"):
        vectors.near(QUESTION, [sentence])
    assert encoder.encoded == ["一", "二二", "三三三", "二二"]
