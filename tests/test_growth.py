"""The benchmark of growth, on a few hundred clauses."""

from itertools import islice

import numpy as np
import pytest

from benchmarks.clauses import COMMON, Space, token_lists
from benchmarks.growth import COLUMNS, STAGES, Measured


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Measured]:
    work = tmp_path_factory.mktemp("growth")
    found: dict[str, Measured] = {}
    for stage, measure in STAGES.items():
        found.setdefault(stage.split()[0], {}).update(measure(1200, work))
    return found


def test_every_column_is_measured(rows: dict[str, Measured]) -> None:
    assert set(rows["vectors"]) >= set(COLUMNS) - {"clauses"}
    assert set(COLUMNS) - set(rows["words"]) == {"clauses", "recall@10", "recall@1000"}
    assert all(
        value > 0 for row in rows.values() for value in row.values() if value != row["index"]
    )


def test_few_vectors_are_compared_as_they_are(rows: dict[str, Measured]) -> None:
    assert rows["vectors"]["index"] == "vectors: as they are"
    assert rows["vectors"]["recall@10"] == rows["vectors"]["recall@1000"] == 1


def test_the_same_clauses_are_drawn_again() -> None:
    once, again = (np.concatenate(list(Space(100).clauses())) for _ in range(2))
    assert np.array_equal(once, again)
    assert list(token_lists(3, 20)) == list(token_lists(3, 20))


def test_vectors_are_units_around_what_is_common_to_them() -> None:
    space = Space(3000)
    vectors = np.concatenate(list(space.clauses()))
    assert vectors.shape == (3000, 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.allclose(vectors @ space.common[0], COMMON**0.5, atol=0.05)


def test_a_question_is_nearest_to_its_clause() -> None:
    space = Space(3000)
    vectors = np.concatenate(list(space.clauses()))
    questions = space.questions(vectors[:20])
    assert np.argmax(questions @ vectors.T, axis=1).tolist() == list(range(20))


def test_a_text_gives_its_words_and_then_its_bigrams() -> None:
    (tokens,) = islice(token_lists(1, 5), 1)
    text = "".join(tokens[:5])
    assert tokens[5:] == [text[start : start + 2] for start in range(len(text) - 1)]
