"""Archives: what is in them is read, what is wrong is told, and nothing grows beyond its limits."""

import io
import struct
import zipfile
import zlib
from pathlib import PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import LARGEST_FILE, ReadError, archives, packing, read_document
from corpus.archives import Member, harmless, is_archive, members
from corpus.errors import NoReader
from corpus.packing import Budget, open_container
from tests.word_files import docx, p

TEXT = "青禾县招生办法\n第一条　甲。\n".encode()


class Raw(zipfile.ZipInfo):
    """A member whose name is written in bytes of our own, as old programs do."""

    def __init__(self, name: bytes, flags: int = 0) -> None:
        super().__init__(name.hex(), (2025, 1, 1, 0, 0, 0))
        self.raw, self.flags = name, flags
        self.compress_type = zipfile.ZIP_DEFLATED

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.raw, self.flags


def zipped(*files: tuple[str | bytes | zipfile.ZipInfo, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(Raw(name) if isinstance(name, bytes) else name, content)
    return stream.getvalue()


def read(data: bytes, largest: int = LARGEST_FILE) -> list[tuple[str, bytes | str]]:
    """What is in an archive, errors as what they say."""
    found = []
    for name, outcome in members(data, largest):
        found.append((name, outcome if isinstance(outcome, bytes) else str(outcome)))
        assert isinstance(outcome, bytes) or "\n" not in str(outcome)
    return found


def names(data: bytes) -> list[str]:
    return [name for name, _ in read(data)]


# What is in them


def test_members_are_given_in_their_order() -> None:
    data = zipped(("2/乙.txt", TEXT), ("甲.docx", docx(p("甲"))), ("2/1.md", b"a"))
    assert list(members(data, LARGEST_FILE)) == [
        Member("2/乙.txt", TEXT),
        Member("甲.docx", docx(p("甲"))),
        Member("2/1.md", b"a"),
    ]
    for name, outcome in members(data, LARGEST_FILE):
        assert isinstance(outcome, bytes)
        assert read_document(PurePosixPath(name).name, outcome).text


def test_what_a_folder_passes_over_is_passed_over() -> None:
    litter = (
        *("__MACOSX/._甲.txt", ".DS_Store", "Thumbs.db", ".git/甲.txt", "a/.甲.txt", "~$甲.docx"),
        *("a/", "desktop.ini"),
    )
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    data = zipped(*((name, b"") for name in litter), (link, b"/etc/passwd"), ("甲.TXT", TEXT))
    assert read(data) == [("甲.TXT", TEXT)]


def test_what_no_reader_takes_is_named() -> None:
    names = ("甲.exe", "甲.xlsx", "README")
    data = zipped(*((name, b"x") for name in names), ("甲.txt", TEXT))
    found = list(members(data, LARGEST_FILE))
    assert [m.name for m in found if isinstance(m.outcome, NoReader)] == list(names)
    assert [m.name for m in found if isinstance(m.outcome, bytes)] == ["甲.txt"]


def test_archives_within_archives_are_opened_once() -> None:
    inmost = zipped(("丙.txt", TEXT))
    inner = zipped(("乙.txt", TEXT), ("inmost.zip", inmost))
    found = read(zipped(("inner.ZIP", inner), ("甲.txt", TEXT)))
    assert [name for name, _ in found] == ["inner.ZIP/乙.txt", "inner.ZIP/inmost.zip", "甲.txt"]
    assert "archive within an archive" in str(found[1][1])


def test_archives_are_known_by_their_names() -> None:
    assert is_archive("a.ZIP")
    assert not is_archive("a.docx")


# Names


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "big5hkscs"])
def test_names_in_any_encoding_come_out_right(encoding: str) -> None:
    expected = ["附件/學前教育條例.txt", "附件/白沙市實施辦法.txt", "說明.txt"]
    data = zipped(*((name.encode(encoding), TEXT) for name in expected))
    assert names(data) == expected


def test_names_that_say_utf_8_are_believed() -> None:
    assert names(zipped(("条例.txt", TEXT), ("办法.txt".encode("gb18030"), TEXT))) == [
        *("条例.txt", "办法.txt"),
    ]


def test_a_name_with_a_backslash_in_a_character_is_kept_whole() -> None:
    name = "功能許可.txt"  # Big5 ends 功 and 許 in the byte of a backslash.
    assert b"\\" in name.encode("big5")
    others = ("學前教育條例.txt", "實施辦法說明.txt")
    data = zipped(*((each.encode("big5"), TEXT) for each in (name, *others)))
    assert names(data) == [name, *others]


def test_the_name_in_utf_8_beside_the_other_is_taken() -> None:
    raw = b"tiaoli.txt"
    beside = struct.pack("<BL", 1, zlib.crc32(raw)) + "条例.txt".encode()
    stale = struct.pack("<BL", 1, 7) + "旧名.txt".encode()
    for content, expected in ((beside, "条例.txt"), (stale, "tiaoli.txt")):
        entry = Raw(raw)
        entry.extra = struct.pack("<HH", 0x7075, len(content)) + content
        assert names(zipped((entry, TEXT))) == [expected]


def test_names_of_no_chinese_are_of_the_standard() -> None:
    assert names(zipped(("résumé.txt".encode("cp437"), TEXT))) == ["résumé.txt"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("/etc/甲.txt", "etc/甲.txt"),
        ("../../甲.txt", "甲.txt"),
        ("a/../b/./甲.txt", "a/b/甲.txt"),
        ("C:\\文件\\甲.txt", "文件/甲.txt"),
        ("C:甲.txt", "甲.txt"),
        ("甲.exe\u202etxt.txt", "甲.exetxt.txt"),
        ("甲\x00\n\x1b[31m.txt", "甲[31m.txt"),
        ("//a///甲.txt ", "a/甲.txt"),
        ("甲" * 300 + ".txt", "甲" * 196 + ".txt"),
    ],
)
def test_names_are_made_harmless(written: str, shown: str) -> None:
    assert harmless(written) == shown


@settings(deadline=None, max_examples=60)
@given(st.text("甲a.~ /\\\\:\0\n\u202e", max_size=250))
def test_a_harmless_name_stays_where_it_is(name: str) -> None:
    found = harmless(name)
    assert len(found) <= archives.LONGEST_NAME
    assert not found.startswith("/")
    assert not {"", ".", ".."} & set(found.split("/")) or not found
    assert "\\" not in found
    assert harmless(found) == found


def test_names_that_become_one_are_told_apart() -> None:
    data = zipped(("甲.txt", b"1"), ("../甲.txt", b"2"), ("甲 (2).txt", b"3"), ("/甲.txt", b"4"))
    found = read(data)
    assert [content for _, content in found] == [b"1", b"2", b"3", b"4"]
    assert len({name for name, _ in found}) == 4
    assert found[1][0] == "甲 (2).txt"


# Limits

ZEROS = bytes(30_000_000)


def test_a_member_that_is_too_large_is_told_and_the_others_are_read() -> None:
    found = read(zipped(("甲.txt", bytes(range(256)) * 20), ("乙.txt", TEXT)), largest=5000)
    assert "at most" in str(found[0][1]) or "more than" in str(found[0][1])
    assert found[1] == ("乙.txt", TEXT)


def test_a_bomb_is_told_and_the_others_are_read() -> None:
    found = read(zipped(("甲.txt", ZEROS), ("乙.txt", TEXT)), largest=10**9)
    assert f"more than {packing.MOST_RATIO} times its size" in str(found[0][1])
    assert found[1] == ("乙.txt", TEXT)


def test_all_members_share_a_budget() -> None:
    inner = zipped(("1.txt", b"a" * 600), ("2.txt", b"a" * 600))
    container = open_container(zipped(("in.zip", inner), ("3.txt", b"a")), Budget(10, 1300))
    found = list(archives.walk(container, 10_000))
    assert [name for name, _ in found] == ["in.zip/1.txt", "in.zip/2.txt"]
    assert found[0].outcome == b"a" * 600
    assert "neither this file nor those after it" in str(found[1].outcome)


def test_too_many_members_are_refused() -> None:
    many = zipped(*((f"{n}.txt", b"") for n in range(archives.MOST_MEMBERS + 1)))
    with pytest.raises(ReadError, match="too many files"):
        members(many, LARGEST_FILE)
    found = read(zipped(("many.zip", many), ("甲.txt", TEXT)))
    assert "too many files" in str(found[0][1])
    assert found[1] == ("甲.txt", TEXT)


def test_a_list_beyond_all_bounds_is_refused_before_it_is_read() -> None:
    with pytest.raises(ReadError, match="too many files"):
        members(b"PK\x01\x02" * 100_001, LARGEST_FILE)


def directory(data: bytes, position: int = 0) -> int:
    """Where the entry of a member begins in the list at the end."""
    at = -1
    for _ in range(position + 1):
        at = data.index(b"PK\x01\x02", at + 1)
    return at


def patched(data: bytes, at: int, content: bytes) -> bytes:
    return data[:at] + content + data[at + len(content) :]


def test_members_that_share_their_bytes_are_refused() -> None:
    data = zipped(("甲.txt", TEXT), ("乙.txt", TEXT))
    shared = patched(data, directory(data, 1) + 42, struct.pack("<L", 0))
    with pytest.raises(ReadError, match="share their bytes"):
        members(shared, LARGEST_FILE)


def test_a_size_that_is_not_true_is_no_way_around() -> None:
    data = zipped(("甲.txt", ZEROS), ("乙.txt", TEXT))
    lying = patched(data, directory(data) + 24, struct.pack("<L", 10))
    found = read(lying, largest=1000)
    assert isinstance(found[0][1], str)
    assert found[1] == ("乙.txt", TEXT)


def test_a_password_is_told() -> None:
    data = zipped(("甲.txt", TEXT), ("乙.txt", TEXT))
    locked = patched(data, directory(data) + 8, struct.pack("<H", 1))
    assert "protected by a password" in str(read(locked)[0][1])
    assert read(locked)[1] == ("乙.txt", TEXT)


def test_an_unusual_packing_is_told() -> None:
    entry = zipfile.ZipInfo("甲.txt")
    entry.compress_type = zipfile.ZIP_LZMA
    assert "unusual way" in str(read(zipped((entry, TEXT)))[0][1])


def test_a_damaged_member_is_told_and_the_others_are_read() -> None:
    data = zipped(("甲.txt", TEXT), ("乙.txt", TEXT))
    found = read(patched(data, 45, b"\xff\xff\xff"))
    assert "damaged" in str(found[0][1])
    assert found[1] == ("乙.txt", TEXT)


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"PK\x05\x06", TEXT])
def test_a_damaged_archive_is_one_line(data: bytes) -> None:
    with pytest.raises(ReadError, match="damaged"):
        members(data, LARGEST_FILE)


WHOLE = zipped(
    ("甲.txt", TEXT * 3), ("a/乙.docx", docx(p("甲"))), ("in.zip", zipped(("1.md", b"1")))
)


@settings(deadline=None, max_examples=150)
@given(
    st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=8),
    st.integers(0, len(WHOLE)),
)
def test_damage_anywhere_is_reported_and_never_raised(
    changes: list[tuple[int, int]], length: int
) -> None:
    data = bytearray(WHOLE)
    for at, byte in changes:
        data[at] = byte
    cut = bytes(data) if length % 2 else bytes(data[:length])
    try:
        found = list(members(cut, LARGEST_FILE))
    except ReadError:
        return
    assert all(isinstance(outcome, (bytes, ReadError)) for _, outcome in found)
