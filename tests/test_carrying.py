"""Vectors that are taken over from the last generation are those that are read anew."""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import parse
from index import Library
from index.store import Store
from index.vectors import VectorIndex
from tests.fakes import KEYWORDS, KeywordEncoder

# Texts of which several are the same, so that one vector serves several passages.
names = st.lists(st.integers(0, 7), max_size=5)
steps = st.lists(st.tuples(names, names, st.booleans()), min_size=1, max_size=5)


def library_in(folder: Path) -> Library:
    return Library(folder, lambda name: KeywordEncoder())


def put(library: Library, *numbers: int) -> None:
    texts = {n: f"第一条　{KEYWORDS[n % 3]}经费为{n % 3}万元。\n" for n in numbers}
    library.put_all(parse(f"d{n}", f"{n}.txt", text) for n, text in texts.items())


def assert_as_read_anew(library: Library) -> None:
    found = library.snapshot()
    library_again = library_in(library.folder)
    library_again.clear_cache()
    expected = library_again.snapshot()
    assert found.passages == expected.passages
    assert found.pending == expected.pending
    if expected.vectors is None:
        assert found.vectors is None or not len(found.vectors.positions)
        return
    assert found.vectors is not None
    assert np.array_equal(found.vectors.positions, expected.vectors.positions)
    query = library.encoder.encode([KEYWORDS[0]], "query")
    for ours, theirs in zip(
        found.vectors.top(query, 5), expected.vectors.top(query, 5), strict=True
    ):
        assert np.array_equal(ours, theirs)


@settings(max_examples=25)
@given(steps)
def test_after_any_changes(changes: list[tuple[list[int], list[int], bool]]) -> None:
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        library = library_in(Path(folder) / "library")
        for added, gone, encoded in changes:
            put(library, *added)
            held = {document.id for document in library.documents()}
            library.remove([f"d{n}" for n in set(gone) if f"d{n}" in held])
            library.refresh()
            if encoded:
                library.embed()
            assert_as_read_anew(library)


def test_what_is_known_is_neither_read_nor_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = library_in(tmp_path / "library")
    put(library, 0, 1)
    library.embed()
    (kept,) = (library.folder / "cache").glob("vectors-*")
    monkeypatch.delattr(Store, "embeddings")
    put(library, 2)
    library.refresh()
    assert library.snapshot().pending == 1
    assert list((library.folder / "cache").glob("vectors-*")) == [kept]
    library.embed()
    assert library.snapshot().pending == 0
    (written,) = (library.folder / "cache").glob("vectors-*")
    assert written != kept
    # Another process opens what this one wrote.
    assert library_in(library.folder).snapshot().pending == 0


def test_what_another_process_has_written_is_opened_instead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library, other = (library_in(tmp_path / "library") for _ in range(2))
    put(library, 0, 1, 2)
    library.embed()
    other.refresh()
    library.remove(["d1"])
    with monkeypatch.context() as patch:
        patch.delattr(VectorIndex, "build")
        other.refresh()
    assert_as_read_anew(other)
