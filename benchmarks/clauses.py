"""Clauses by the million that anyone can draw again: the words and the vectors of a library.

Real text would need the encoder, which makes some ten vectors a second. So both are drawn, from
distributions like those of real clauses: they show what size does, and nothing about quality.

Words come from the dictionary of jieba by their frequency, with the bigrams of the text they make.

Vectors lie as those of multilingual-e5-small over 56,914 articles of statutes do: around one
direction, their differences from it spread over as many dimensions, and the clauses of a document,
and the documents of a topic, nearer to each other than to the rest. So many drawn like that have
these cosines, in the mean, with the nearest clause and so on:

                            1      2      10     100    1,000  10,000
    articles, real        0.965  0.958  0.945  0.925  0.907  0.888
    articles, drawn       0.962  0.959  0.935  0.921  0.904  0.890
    questions, real       0.925  0.919  0.906  0.890  0.875  0.857
    questions, drawn      0.922  0.907  0.897  0.888  0.878  0.863
"""

import logging
from collections.abc import Iterator

import jieba
import numpy as np

from index.encoders import Vectors
from index.places import cache_folder

DIMENSION = 384
COMMON, COMMON_OF_QUESTIONS = 0.877, 0.85
"""The shares of the squared length of a vector that are common to all clauses or questions."""

ALIKE = 0.98
"""The cosine of what is common to clauses and what is common to questions."""

AXES = (0, 1, 3, 10, 20, 50, 100, 200, 300, 383)
VARIANCES = (0.0429, 0.0284, 0.0221, 0.0123, 0.0085, 0.0047, 0.0027, 0.0013, 0.0006, 0.0002)
"""The variance of real articles along some of the principal axes of their differences."""

TOPIC, DOCUMENT = 0.35, 0.3
"""The shares of the variance between topics and, within a topic, between documents."""

CLAUSES_OF_A_DOCUMENT = 5
DOCUMENTS_OF_A_TOPIC = 40
ASKED = 0.55
"""How far a question points to one clause, as the cosine of their differences."""

WORDS_OF_A_CLAUSE, WORDS_OF_A_QUESTION = 60, 12
BLOCK = 1 << 14  # clauses drawn at once
SEED = 1


def axes(random: np.random.Generator) -> Vectors:
    """Return principal axes as long as the standard deviation along each, in rows."""
    variances = np.exp(np.interp(np.arange(DIMENSION), AXES, np.log(VARIANCES)))
    square = random.standard_normal((DIMENSION, DIMENSION), np.float32)
    deviations = np.sqrt(variances / variances.sum()).astype(np.float32)
    turned: Vectors = deviations[:, None] * np.linalg.qr(square)[0]
    return turned


def token_lists(count: int, length: int, seed: int = SEED) -> Iterator[list[str]]:
    """Draw texts of `length` words each; yield their words and bigrams."""
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(cache_folder())
    tokenizer.initialize()
    frequencies = {word: times for word, times in tokenizer.FREQ.items() if times}
    known = list(frequencies)
    chances = np.fromiter(frequencies.values(), dtype=np.float64)
    random = np.random.default_rng(seed)
    for begin in range(0, count, BLOCK):
        shape = min(BLOCK, count - begin), length
        for row in random.choice(len(known), size=shape, p=chances / chances.sum()):
            words = [known[number] for number in row.tolist()]
            text = "".join(words)
            yield words + [text[start : start + 2] for start in range(len(text) - 1)]


class Space:
    """Where the vectors of a library are drawn from; equal arguments give equal vectors."""

    def __init__(self, clauses: int, seed: int = SEED) -> None:
        self.size = clauses
        self.random = np.random.default_rng(seed)
        self.axes = axes(self.random)
        self.common, other = np.linalg.qr(self._differences(2, 1.0).T)[0].T[:, None]
        self.of_questions = ALIKE * self.common + (1 - ALIKE**2) ** 0.5 * other
        documents = -(-clauses // CLAUSES_OF_A_DOCUMENT)
        topics = self._differences(-(-documents // DOCUMENTS_OF_A_TOPIC), TOPIC)
        places = topics[np.arange(documents) // DOCUMENTS_OF_A_TOPIC]
        self.documents = places + self._differences(documents, DOCUMENT)

    def clauses(self) -> Iterator[Vectors]:
        """Draw all clauses, in blocks of unit vectors, shape (n, 384)."""
        for begin in range(0, self.size, BLOCK):
            rows = np.arange(begin, min(begin + BLOCK, self.size))
            own = self._differences(len(rows), 1 - TOPIC - DOCUMENT)
            differences = self.documents[rows // CLAUSES_OF_A_DOCUMENT] + own
            yield _around(self.common, COMMON, differences)

    def questions(self, clauses: Vectors) -> Vectors:
        """Draw a question about each of the given clauses."""
        meant = clauses - COMMON**0.5 * self.common
        meant /= np.linalg.norm(meant, axis=1, keepdims=True)
        differences = ASKED * meant + self._differences(len(clauses), 1 - ASKED**2)
        return _around(self.of_questions, COMMON_OF_QUESTIONS, differences)

    def _differences(self, rows: int, variance: float) -> Vectors:
        drawn = self.random.standard_normal((rows, DIMENSION), np.float32)
        differences: Vectors = variance**0.5 * (drawn @ self.axes)
        return differences


def _around(common: Vectors, share: float, differences: Vectors) -> Vectors:
    raw = share**0.5 * common + (1 - share) ** 0.5 * differences
    unit: Vectors = raw / np.linalg.norm(raw, axis=1, keepdims=True)
    return unit
