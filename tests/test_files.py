"""Files and folders become documents; what cannot is one clear line."""

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import LARGEST_FILE, ReadError, find_files, read_document, read_file
from corpus.files import LONGEST_TEXT, MOST_LINES
from corpus.notes import Note

TEXT = "青石区招生办法\n第一条　甲。\n第二条　乙。\n"


def write(path: Path, data: bytes = TEXT.encode()) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(ReadError) as caught:
        read_file(path)
    assert "\n" not in str(caught.value)
    return str(caught.value)


# Finding


def test_a_folder_is_searched_through_in_order(tmp_path: Path) -> None:
    expected = [write(tmp_path / name) for name in ("1.txt", "2/1.md", "2/3/甲.TXT", "3.markdown")]
    for other in ("1.xlsx", "README", "2/1.py", "3.txt.bak"):
        write(tmp_path / other)
    assert find_files([tmp_path]) == expected


def test_hidden_files_are_passed_over(tmp_path: Path) -> None:
    shown = write(tmp_path / "1.txt")
    for hidden in (".1.txt", ".git/1.txt", "2/.3/1.txt", "._1.txt"):
        write(tmp_path / hidden)
    assert find_files([tmp_path]) == [shown]


def test_a_folder_whose_own_path_is_hidden_is_searched(tmp_path: Path) -> None:
    shown = write(tmp_path / ".data" / "1.txt")
    assert find_files([tmp_path / ".data"]) == [shown]


def test_links_that_lead_out_are_passed_over(tmp_path: Path) -> None:
    inside = write(tmp_path / "docs" / "1.txt")
    outside = write(tmp_path / "docs-evil" / "2.txt")
    (tmp_path / "docs" / "3.txt").symlink_to(outside)
    (tmp_path / "docs" / "folder").symlink_to(outside.parent)
    (tmp_path / "docs" / "4.txt").symlink_to(tmp_path / "nowhere.txt")
    assert find_files([tmp_path / "docs"]) == [inside]


def test_links_inside_the_folder_are_followed(tmp_path: Path) -> None:
    inside = write(tmp_path / "docs" / "1.txt")
    (tmp_path / "docs" / "2.txt").symlink_to(inside)
    (tmp_path / "link").symlink_to(tmp_path / "docs")
    assert [path.name for path in find_files([tmp_path / "link"])] == ["1.txt", "2.txt"]


def test_a_folder_that_links_to_itself_ends(tmp_path: Path) -> None:
    inside = write(tmp_path / "docs" / "1.txt")
    (tmp_path / "docs" / "again").symlink_to(tmp_path / "docs")
    assert inside in find_files([tmp_path / "docs"])


def test_a_named_file_is_taken_whatever_it_is_called(tmp_path: Path) -> None:
    named = write(tmp_path / ".hidden.docx")
    assert find_files([named]) == [named]


def test_a_file_that_is_named_twice_is_found_once(tmp_path: Path) -> None:
    file = write(tmp_path / "1.txt")
    assert find_files([file, tmp_path, file]) == [file]


def test_a_missing_path_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"nowhere\.txt: no such file or folder"):
        find_files([write(tmp_path / "1.txt"), tmp_path / "nowhere.txt"])


def test_a_folder_without_documents_says_what_it_expected(tmp_path: Path) -> None:
    write(tmp_path / "1.xlsx")
    with pytest.raises(ReadError, match=r"no document in this folder \(expected \.txt"):
        find_files([tmp_path])


# Reading


def test_a_file_becomes_a_document(tmp_path: Path) -> None:
    path = write(tmp_path / "甲.txt", TEXT.encode("gb18030"))
    document = read_file(path)
    assert document.text == TEXT
    assert document.encoding == "gb18030"
    assert document.source == str(path)
    assert document.id == "d" + hashlib.sha256(TEXT.encode("gb18030")).hexdigest()[:12]
    assert [clause.address for clause in document] == ["标题", "第一条", "第二条"]
    assert document.label == "青石区招生办法"


def test_a_document_without_a_title_is_called_by_its_file() -> None:
    assert read_document("甲.txt", "你好。".encode(), "docs/甲.txt").label == "甲.txt"


@settings(deadline=None)
@given(st.text(min_size=1).filter(str.strip), st.sampled_from(["utf-8", "gb18030"]))
def test_the_same_bytes_are_the_same_document(text: str, encoding: str) -> None:
    data = text.encode(encoding, "ignore")
    try:
        document = read_document("a.txt", data)
    except ReadError as error:
        assert "\n" not in str(error)
        return
    assert read_document("a.txt", data) == document
    assert "".join(document.quote(clause.span) for clause in document) == document.text
    assert [document.clause(clause.id) for clause in document] == list(document)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n", "empty"),
        ("a.txt", bytes(range(256)) * 20, "not a text"),
        ("a.txt", b"\x7fELF\x02\x01\x01", "program"),
        ("a.txt", "学校".encode() + b"\xe5\xff\xff", "not a text"),
        ("a.docx", b"PK\x03\x04", "the file is damaged"),
        ("a", b"abc", "file without extension"),
    ],
)
def test_bad_input_is_one_line(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    assert said in refusal(write(tmp_path / name, data))


def test_a_text_that_is_too_long_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    assert "50 MB" in refusal(path)
    assert f"{LARGEST_FILE / 1e6:.0f} MB" in refusal(path)
    with pytest.raises(ReadError, match="at most"):
        read_document("a.txt", b"a" * (LARGEST_FILE + 1))


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    assert "no such file" in refusal(tmp_path)
    assert "no such file" in refusal(tmp_path / "nowhere.txt")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert "no such file" in refusal(tmp_path / "pipe.txt")


@pytest.mark.skipif(
    getattr(os, "geteuid", lambda: 0)() == 0, reason="the superuser may read every file"
)
def test_a_file_without_rights_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt")
    path.chmod(0)
    assert "cannot be opened" in refusal(path)


def test_damage_and_missing_numbers_are_told() -> None:
    damaged = read_document("a.txt", "办法\n第一条　甲\ufffd乙。\n".encode())
    assert damaged.notes == (Note("damaged", ("1",)),)
    assert read_document("a.txt", "你好。".encode()).notes == (Note("unnumbered"),)


def test_figures_left_empty_are_told_with_their_clauses() -> None:
    text = "方案\n一、目标\n1.每年建设 个示范园。\n2.新增学位 个，覆盖率达到 %。\n"
    document = read_document("a.txt", text.encode())
    (note,) = (note for note in document.notes if note.kind == "missing")
    assert note.values == ("3", "一、1.；一、2.")
    assert note.span is not None
    assert document.quote(note.span) == " 个"


@pytest.mark.parametrize("text", ["字" * (LONGEST_TEXT + 1), "字\n" * MOST_LINES])
def test_a_text_longer_than_any_document_is_refused(text: str) -> None:
    with pytest.raises(ReadError, match="split it into its documents"):
        read_document("a.txt", text.encode())
