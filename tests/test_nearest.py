"""Shortlists of many vectors: what may not be missing from them, and how they are chosen."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.arrays import DamagedCache, open_arrays, save_arrays
from index.bytescan import Bytes, ByteScan
from index.codescan import CodeScan
from index.encoders import Vectors
from index.nearest import COMPARED_ROWS, SCANNED_ROWS, Nearest, kind_for
from index.vectors import FORMS, KIND, VectorIndex, open_vectors, save_vectors


def unit(rows: Vectors) -> Vectors:
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def clauses(rows: int, dimension: int = 32, kinds: int = 50, seed: int = 0) -> Vectors:
    """Unit vectors with a direction common to all, in groups, as those of an encoder are."""
    random = np.random.default_rng(seed)
    groups = np.random.default_rng(kinds).normal(size=(kinds, dimension))
    own = random.normal(size=(rows, dimension))
    return unit(4.0 + groups[random.integers(0, kinds, rows)] + 0.7 * own)


MANY = clauses(2 * COMPARED_ROWS + 4000)
QUERIES = clauses(20, seed=1)


def exact(vectors: Vectors, query: Vectors, k: int, allowed: set[int] | None = None) -> list[int]:
    """Sort all by the product of floats, equal ones by row."""
    order = np.argsort(-np.vecdot(vectors, query[0]), kind="stable").tolist()
    return [row for row in order if allowed is None or row in allowed][:k]


def test_the_form_goes_by_the_number_of_vectors() -> None:
    assert [kind_for(rows) for rows in (0, COMPARED_ROWS)] == [None, None]
    assert [kind_for(rows) for rows in (COMPARED_ROWS + 1, SCANNED_ROWS)] == ["bytes", "bytes"]
    assert [kind_for(rows) for rows in (SCANNED_ROWS + 1, 10_000_000)] == ["codes", "codes"]
    assert {"bytes": ByteScan, "codes": CodeScan} == FORMS


@settings(deadline=None, max_examples=200)
@given(
    st.integers(0, 2**32),
    st.integers(1, 40),
    st.sampled_from([2, 3, 16, 33]),
    st.sampled_from([0.03, 0.1, 1.0]),
)
def test_no_vector_left_off_the_list_of_bytes_reaches_its_ceiling(
    seed: int, length: int, dimension: int, spread: float
) -> None:
    random = np.random.default_rng(seed)
    vectors = unit(1 + spread * random.normal(size=(60, dimension)))
    vectors[0] *= -1  # makes the bytes of the others coarse
    query = unit(1 + spread * random.normal(size=(1, dimension)))
    rows, ceiling = ByteScan.build(vectors).shortlist(query, length, None)
    left = np.setdiff1d(np.arange(60), rows)
    assert len(rows) == length
    assert np.all(vectors[left].astype(np.float64) @ query[0] < ceiling)


def test_the_ceiling_is_near_the_last_of_the_list() -> None:
    rows, ceiling = ByteScan.build(MANY).shortlist(QUERIES[:1], 500, None)
    last = float((MANY[rows] @ QUERIES[0]).min())
    assert last < ceiling < last + 0.02


def test_a_list_that_holds_all_that_is_allowed_has_no_ceiling() -> None:
    scan = ByteScan.build(clauses(60))
    allowed = np.array([3, 5, 59])
    rows, ceiling = scan.shortlist(QUERIES[:1], 10, allowed)
    assert sorted(rows.tolist()) == allowed.tolist()
    assert ceiling == -np.inf


def test_bytes_use_their_whole_range_and_tell_what_they_leave() -> None:
    vectors = clauses(300)
    way = Bytes.fitting(vectors)
    codes = way.of(vectors)
    assert np.array_equal(codes, np.rint(codes))
    assert np.abs(codes).max() == 127
    rests = np.linalg.norm(vectors - way.centre - way.step * codes, axis=1)
    assert rests.max() == pytest.approx(way.rest(vectors, codes), rel=1e-4)
    assert rests.max() <= 0.5 * way.step * np.sqrt(vectors.shape[1]) * 1.001
    assert np.abs(way.of(10 * vectors)).max() == 127


def test_equal_vectors_leave_nothing() -> None:
    vectors = clauses(1)[[0] * 5]
    way = Bytes.fitting(vectors)
    assert not way.of(vectors).any()
    assert way.rest(vectors, way.of(vectors)) < 1e-6


@pytest.mark.parametrize("k", [1, 10, 1000, 9000])
def test_the_nearest_of_many_are_the_nearest_there_are(k: int) -> None:
    index = VectorIndex.build(np.arange(len(MANY)) * 3, MANY)
    assert isinstance(index.nearest, ByteScan)
    for query in QUERIES[:4, None]:
        found, cosines = index.top(query, k)
        assert (found // 3).tolist() == exact(MANY, query, k)
        assert np.array_equal(index.scores(query, found), cosines)


@pytest.mark.parametrize("share", [0.01, 0.5, 0.999, 1.0])
def test_the_nearest_of_many_are_looked_for_among_the_allowed_only(share: float) -> None:
    random = np.random.default_rng(3)
    allowed = np.sort(random.choice(len(MANY), int(share * len(MANY)), replace=False))
    index = VectorIndex.build(np.arange(len(MANY)), MANY)
    for query in QUERIES[:3, None]:
        expected = exact(MANY, query, 100, set(allowed.tolist()))
        assert index.top(query, 100, allowed)[0].tolist() == expected


def test_ties_among_many_go_to_the_earlier() -> None:
    directions = clauses(4)
    kinds = np.random.default_rng(4).integers(0, 4, len(MANY))
    index = VectorIndex.build(np.arange(len(MANY)), directions[kinds])
    nearest = int(np.argmax(directions @ QUERIES[0]))
    found, _ = index.top(QUERIES[:1], 50)
    assert found.tolist() == np.flatnonzero(kinds == nearest)[:50].tolist()


@pytest.mark.parametrize("share", [1.0, 0.6])
def test_codes_find_nearly_all_of_the_nearest(share: float) -> None:
    index = VectorIndex(np.arange(len(MANY)), MANY, CodeScan.build(MANY))
    allowed = np.sort(
        np.random.default_rng(5).choice(len(MANY), int(share * len(MANY)), replace=False)
    )
    found = [set(index.top(query, 10, allowed)[0].tolist()) for query in QUERIES[:, None]]
    assert all(rows <= set(allowed.tolist()) for rows in found)
    right = [
        len(rows & set(exact(MANY, query, 10, set(allowed.tolist()))))
        for rows, query in zip(found, QUERIES[:, None], strict=True)
    ]
    assert sum(right) >= 0.98 * 10 * len(QUERIES)


@pytest.mark.parametrize("dimension", [5, 6, 384])
@pytest.mark.parametrize("form", FORMS.values())
def test_any_dimension_can_be_looked_through(
    form: type[ByteScan] | type[CodeScan], dimension: int
) -> None:
    vectors = clauses(400, dimension)
    rows = form.build(vectors).shortlist(vectors[:1], 400, None).rows
    assert sorted(rows.tolist()) == list(range(400))


@pytest.mark.parametrize("form", FORMS.values())
def test_building_twice_gives_the_same_bytes(form: type[ByteScan] | type[CodeScan]) -> None:
    once, again = (form.build(clauses(3000)).saved() for _ in range(2))
    assert once[1] == again[1]
    assert all(np.array_equal(values, again[0][name]) for name, values in once[0].items())


@pytest.mark.parametrize("form", FORMS.values())
def test_a_saved_form_finds_the_same(form: type[ByteScan] | type[CodeScan], tmp_path: Path) -> None:
    index = VectorIndex(np.arange(len(MANY)), MANY, form.build(MANY))
    save_vectors(index, tmp_path / "v")
    reopened = open_vectors(tmp_path / "v")
    assert isinstance(reopened.nearest, form)
    assert not reopened.vectors.flags.owndata  # mapped from disk, not read into memory
    for query in QUERIES[:3, None]:
        for found, expected in zip(reopened.top(query, 700), index.top(query, 700), strict=True):
            assert np.array_equal(found, expected)


@pytest.mark.parametrize("name", ["faiss.npy", "centre.npy"])
@pytest.mark.parametrize("place", [0, 130, -1])
def test_every_changed_byte_of_a_form_is_noticed(tmp_path: Path, name: str, place: int) -> None:
    vectors = clauses(COMPARED_ROWS + 1, 4)
    save_vectors(VectorIndex.build(np.arange(len(vectors)), vectors), tmp_path / "v")
    file = tmp_path / "v" / name
    data = bytearray(file.read_bytes())
    data[place] ^= 1
    file.write_bytes(data)
    with pytest.raises(DamagedCache):
        open_vectors(tmp_path / "v")


def test_an_index_that_faiss_does_not_know_is_damage(tmp_path: Path) -> None:
    index = VectorIndex(np.arange(60), clauses(60), ByteScan.build(clauses(60)))
    save_vectors(index, tmp_path / "v")
    arrays, facts = open_arrays(tmp_path / "v", KIND)
    strange = np.frombuffer(b"nothing that faiss wrote", np.uint8)
    save_arrays(tmp_path / "w", KIND, {**arrays, "faiss": strange}, facts)
    with pytest.raises(DamagedCache):
        open_vectors(tmp_path / "w")


def test_a_list_that_cannot_be_bounded_is_taken_as_it_is() -> None:
    form: Nearest = CodeScan.build(clauses(400))
    assert form.shortlist(QUERIES[:1], 20, None).ceiling == -np.inf
