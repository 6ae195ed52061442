"""Nearest neighbours against the naive definition, with ties, and the files that keep them."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.arrays import DamagedCache
from index.encoders import Vectors
from index.vectors import VectorIndex, open_vectors, save_vectors


def unit(rows: int, seed: int = 0) -> Vectors:
    found = np.random.default_rng(seed).normal(size=(rows, 24)).astype(np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def few_directions(kinds: list[int]) -> Vectors:
    """One of three directions a row: most rows are equal, and so are their cosines."""
    return unit(3)[kinds]


def naive(
    vectors: Vectors, query: Vectors, positions: NDArray[np.int64], allowed: set[int], k: int
) -> list[int]:
    """Sort all by cosine, equal ones by position; equal rows have equal cosines by definition."""
    cosine = {row.tobytes(): float(row.astype(np.float64) @ query[0]) for row in vectors}
    ranked = sorted((-cosine[row.tobytes()], p) for row, p in zip(vectors, positions, strict=True))
    return [position for _, position in ranked if position in allowed][:k]


@settings(deadline=None)
@given(st.lists(st.integers(0, 2), min_size=1, max_size=150), st.integers(1, 160), st.data())
def test_the_nearest_are_the_naive_ones_with_ties_by_position(
    kinds: list[int], k: int, data: st.DataObject
) -> None:
    positions = np.arange(len(kinds), dtype=np.int64) * 2
    index = VectorIndex.build(positions, few_directions(kinds))
    query = unit(1, seed=1)
    chosen = data.draw(st.none() | st.sets(st.sampled_from(positions.tolist())))
    allowed = None if chosen is None else np.array(sorted(chosen), np.int64)
    found, cosines = index.top(query, k, allowed)
    everything = set(positions.tolist()) if chosen is None else chosen
    assert found.tolist() == naive(few_directions(kinds), query, positions, everything, k)
    assert np.all(np.diff(cosines) <= 0)


@pytest.mark.parametrize("k", [1, 99, 100, 101, 700, 2000])
def test_ties_are_cut_by_position_whatever_faiss_does(k: int) -> None:
    kinds = np.random.default_rng(2).integers(0, 3, 1500).tolist()
    positions = np.arange(1500)
    index = VectorIndex.build(positions, few_directions(kinds))
    query = unit(1, seed=1)
    found, _ = index.top(query, k)
    expected = naive(few_directions(kinds), query, positions, set(range(1500)), k)
    assert found.tolist() == expected


def test_a_cosine_does_not_depend_on_what_it_is_asked_with() -> None:
    vectors = unit(300)
    vectors[200:] = vectors[:100]
    index = VectorIndex.build(np.arange(300), vectors)
    query = unit(1, seed=1)
    positions, cosines = index.top(query, 300)
    at = dict(zip(positions.tolist(), cosines.tolist(), strict=True))
    for chosen in (np.arange(300), np.array([7, 3, 207]), np.array([207])):
        assert index.scores(query, chosen).tolist() == [at[p] for p in chosen.tolist()]
    # Equal vectors score equally, wherever they lie.
    assert all(at[p] == at[p + 200] for p in range(100))
    assert np.allclose(cosines, (vectors @ query[0])[positions], atol=1e-6)


def test_what_has_no_vector_has_no_score() -> None:
    index = VectorIndex.build(np.array([2, 5]), unit(2))
    scores = index.scores(unit(1), np.array([0, 2, 3, 5, 9]))
    assert np.isnan(scores).tolist() == [True, False, True, False, True]


def test_no_vectors_are_no_neighbours(tmp_path: Path) -> None:
    empty = VectorIndex.build(np.empty(0, np.int64), np.empty((0, 0), np.float32))
    save_vectors(empty, tmp_path / "v")
    for index in (empty, open_vectors(tmp_path / "v")):
        assert index.top(unit(1), 5)[0].tolist() == []
        assert np.isnan(index.scores(unit(1), np.array([0, 1]))).all()


def test_nothing_allowed_is_nothing_found() -> None:
    index = VectorIndex.build(np.arange(3), unit(3))
    assert index.top(unit(1), 5, np.empty(0, np.int64))[0].tolist() == []
    assert index.top(unit(1), 5, np.array([7]))[0].tolist() == []


def test_a_saved_index_finds_the_same(tmp_path: Path) -> None:
    index = VectorIndex.build(np.arange(0, 100, 2), unit(50))
    save_vectors(index, tmp_path / "v")
    reopened = open_vectors(tmp_path / "v")
    for found, expected in zip(reopened.top(unit(1), 50), index.top(unit(1), 50), strict=True):
        assert found.tolist() == expected.tolist()


@pytest.mark.parametrize("name", ["positions.npy", "vectors.npy", "manifest.json"])
@pytest.mark.parametrize("place", [0, 50, -1])
def test_every_changed_byte_is_noticed(tmp_path: Path, name: str, place: int) -> None:
    save_vectors(VectorIndex.build(np.arange(50), unit(50)), tmp_path / "v")
    file = tmp_path / "v" / name
    data = bytearray(file.read_bytes())
    data[place] ^= 1
    file.write_bytes(data)
    with pytest.raises(DamagedCache):
        open_vectors(tmp_path / "v")
