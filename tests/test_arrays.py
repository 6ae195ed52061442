import os
import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.arrays import MANIFEST, DamagedCache, open_arrays, save_arrays

KIND = "numbers 1"
ARRAYS = {
    "some": np.arange(1000, dtype=np.int32),
    "none": np.empty(0, dtype=np.float32),
    "table": np.ones((3, 4)),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    save_arrays(tmp_path / "numbers", KIND, ARRAYS, {"k1": 0.9, "of": "教育"})
    return tmp_path / "numbers"


def test_arrays_and_facts_come_back_mapped_and_read_only(folder: Path) -> None:
    arrays, facts = open_arrays(folder, KIND)
    assert facts == {"k1": 0.9, "of": "教育"}
    assert arrays.keys() == ARRAYS.keys()
    for name, values in ARRAYS.items():
        np.testing.assert_array_equal(arrays[name], values)
        assert isinstance(arrays[name], np.memmap)
        assert not arrays[name].flags.writeable


@settings(deadline=None)
@given(data=st.data())
def test_one_changed_byte_anywhere_is_noticed(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.getbasetemp() / "changed"
    if not folder.exists():
        save_arrays(folder, KIND, ARRAYS, {"k1": 0.9})
    path = data.draw(st.sampled_from(sorted(folder.iterdir())))
    written = path.read_bytes()
    place = data.draw(st.integers(0, len(written) - 1))
    changed = bytearray(written)
    changed[place] ^= data.draw(st.integers(1, 255))
    path.write_bytes(changed)
    try:
        with pytest.raises(DamagedCache, match="again"):
            open_arrays(folder, KIND)
    finally:
        path.write_bytes(written)


@pytest.mark.parametrize("name", [MANIFEST, "some.npy", "none.npy"])
@pytest.mark.parametrize("size", [0, 1, 60])
def test_a_file_cut_short_is_noticed(folder: Path, name: str, size: int) -> None:
    os.truncate(folder / name, size)
    with pytest.raises(DamagedCache, match="again"):
        open_arrays(folder, KIND)


@pytest.mark.parametrize("name", [MANIFEST, "some.npy"])
def test_a_missing_file_is_noticed(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(DamagedCache, match="again"):
        open_arrays(folder, KIND)


@pytest.mark.parametrize("manifest", ["[]", "{}", "null", '{"seal": 0}', "\ufeff{}"])
def test_a_manifest_of_another_shape_is_noticed(folder: Path, manifest: str) -> None:
    (folder / MANIFEST).write_text(manifest, encoding="utf-8")
    with pytest.raises(DamagedCache, match="again"):
        open_arrays(folder, KIND)


def test_a_file_in_place_of_the_folder_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "numbers").write_text("")
    with pytest.raises(DamagedCache, match="again"):
        open_arrays(tmp_path / "numbers", KIND)


def test_another_kind_is_refused_by_name(folder: Path) -> None:
    with pytest.raises(DamagedCache, match=r"'numbers 1'.*'numbers 2'"):
        open_arrays(folder, "numbers 2")


def test_saving_again_replaces_and_leaves_nothing_beside(folder: Path) -> None:
    opened, _ = open_arrays(folder, KIND)
    save_arrays(folder, KIND, {"other": np.zeros(2)}, {})
    assert open_arrays(folder, KIND).arrays.keys() == {"other"}
    assert [path.name for path in folder.parent.iterdir()] == ["numbers"]
    # Whoever had the old one open goes on reading it.
    assert opened["some"].sum() == ARRAYS["some"].sum()


def test_what_cannot_be_written_leaves_the_old_and_nothing_beside(folder: Path) -> None:
    with pytest.raises(ValueError, match="Object arrays"):
        save_arrays(folder, KIND, {"a": np.zeros(2), "b": np.array([{}], dtype=object)}, {})
    assert open_arrays(folder, KIND).arrays.keys() == ARRAYS.keys()
    assert [path.name for path in folder.parent.iterdir()] == ["numbers"]


def test_writers_of_the_same_folder_do_not_break_each_other(folder: Path) -> None:
    failures: list[BaseException] = []

    def write(value: int) -> None:
        try:
            for _ in range(20):
                save_arrays(folder, KIND, {"value": np.full(100, value)}, {})
        except OSError as problem:
            failures.append(problem)

    writers = [threading.Thread(target=write, args=(value,)) for value in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failures == []
    assert len(set(open_arrays(folder, KIND).arrays["value"].tolist())) == 1
    assert [path.name for path in folder.parent.iterdir()] == ["numbers"]
