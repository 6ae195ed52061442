"""Old Word files: through LibreOffice where it is installed, else an error that says what to do."""

import os
import select
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from corpus import ReadError, read_document
from corpus.notes import WORDING
from corpus.readers import detect, doc
from corpus.readers.word import libreoffice
from corpus.readers.word.libreoffice import Converter
from tests.word_files import GOVERNMENT, LAW, p
from tests.word_files import docx as word

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
installed = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
PLAN = p("白沙市行动方案") + p("工作目标", level=0) + p("扩大资源。", level=1)


def compound(*streams: str) -> bytes:
    return COMPOUND + b"".join(s.encode("utf-16-le").ljust(64, b"\0") for s in streams)


def rich(*paragraphs: str) -> bytes:
    def escaped(text: str) -> str:
        return "".join(f"\\u{ord(c)}?" for c in text)

    body = "".join(rf"{escaped(text)}\par " for text in paragraphs)
    return (r"{\rtf1\ansi\deff0 " + body + "}").encode()


class Scripted:
    """Converts everything into the same .docx, and remembers what it was given."""

    def __init__(self, made: bytes) -> None:
        self.made = made
        self.given: list[tuple[bytes, str]] = []

    def __call__(self, data: bytes, suffix: str) -> bytes:
        self.given.append((data, suffix))
        return self.made

    def find(self) -> Converter:
        return self


def nothing() -> None:
    return None


DOC = compound("Root Entry", "WordDocument", "1Table")


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (DOC, ".doc"),
        (compound("Root Entry", "Workbook", "WordDocument"), ".doc"),
        (rich("甲"), ".rtf"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><a/>', ".xml"),
    ],
)
def test_a_file_is_converted_and_read(data: bytes, suffix: str) -> None:
    converter = Scripted(word(PLAN, numbering=GOVERNMENT))
    reading = doc.read(data, converter.find)
    assert reading.text == "白沙市行动方案\n一、工作目标\n（一）扩大资源。\n"
    assert converter.given == [(data, suffix)]
    assert [note.kind for note in reading.notes] == ["converted"]
    assert "converted" in WORDING


@pytest.mark.parametrize(("data", "suffix"), [(DOC, ".doc"), (rich("甲"), ".rtf")])
def test_without_libreoffice_the_error_says_how_to_convert(data: bytes, suffix: str) -> None:
    with pytest.raises(ReadError, match=r"save it as \.docx") as caught:
        doc.read(data, nothing)
    assert str(caught.value).startswith(f"{suffix} files are read through LibreOffice")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("streams", "said"),
    [
        (("EncryptionInfo", "EncryptedPackage"), "protected by a password"),
        (("Root Entry", "Workbook"), "a spreadsheet"),
        (("Root Entry", "Book"), "a spreadsheet"),
        (("PowerPoint Document",), "a presentation"),
        (("VisioDocument",), "a drawing"),
        (("CONTENTS",), "an Office file of another kind"),
    ],
)
def test_other_office_files_are_named(streams: tuple[str, ...], said: str) -> None:
    with pytest.raises(ReadError, match=said):
        doc.read(compound(*streams), nothing)
    for name in ("a.doc", "a.docx", "a.xls"):
        with pytest.raises(ReadError, match=said):
            read_document(name, compound(*streams))


def test_a_text_under_the_name_of_a_word_file_is_read() -> None:
    read = read_document("a.doc", "青禾县办法\n第一条　甲。\n".encode("gb18030"))
    assert (read.format, read.encoding) == ("doc", "gb18030")
    assert [clause.address for clause in read] == ["标题", "第一条"]


@pytest.mark.parametrize("name", ["a.doc", "a.wps", "a.rtf"])
def test_content_comes_before_the_name(name: str) -> None:
    assert detect(name, DOC).name == detect("a.docx", DOC).name == "doc"
    assert detect(name, word(PLAN)).name == "docx"
    assert detect("a.txt", rich("甲")).name == "doc"


def test_bytes_of_no_kind_are_refused() -> None:
    with pytest.raises(ReadError, match="not a text"):
        doc.read(bytes(range(256)) * 20, nothing)


# The process


def program(tmp_path: Path, code: str) -> list[str]:
    """A program that takes LibreOffice's options and does as it is told."""
    script = tmp_path / "program.py"
    script.write_text(f"import sys, pathlib, subprocess\n{code}", encoding="utf-8")
    return [sys.executable, str(script)]


def test_the_file_stands_in_a_folder_that_is_gone_afterwards(tmp_path: Path) -> None:
    code = f"""
source = pathlib.Path(sys.argv[-1])
folder = pathlib.Path(sys.argv[sys.argv.index("--outdir") + 1])
folder.mkdir()
(folder / "document.docx").write_bytes(source.read_bytes() + source.suffix.encode())
settings = source.parent / "profile" / "user" / "registrymodifications.xcu"
assert "BlockUntrustedRefererLinks" in settings.read_text(encoding="utf-8")
assert f"-env:UserInstallation={{(source.parent / 'profile').as_uri()}}" in sys.argv
pathlib.Path({str(tmp_path / "seen")!r}).write_text(str(source))
"""
    assert libreoffice.convert(program(tmp_path, code), b"abc", ".wps") == b"abc.wps"
    assert not Path((tmp_path / "seen").read_text()).parent.exists()


def test_a_program_that_makes_nothing_is_told() -> None:
    with pytest.raises(ReadError, match="cannot open the file"):
        libreoffice.convert([sys.executable, "-c", "pass"], DOC, ".doc")


def test_a_program_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="does not start"):
        libreoffice.convert([str(tmp_path / "soffice")], DOC, ".doc")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_program_that_takes_too_long_is_ended_with_its_children(tmp_path: Path) -> None:
    alive = tmp_path / "alive"
    os.mkfifo(alive)
    end = os.open(alive, os.O_RDONLY | os.O_NONBLOCK)
    inside = (
        "import signal, sys; pipe = open(sys.argv[1], 'wb', 0); pipe.write(b'1'); signal.pause()"
    )
    code = f"subprocess.run([sys.executable, '-c', {inside!r}, {str(alive)!r}])"
    with pytest.raises(ReadError, match="took longer than 5 s"):
        libreoffice.convert(program(tmp_path, code), DOC, ".doc", seconds=5.0)
    # The pipe ends when the child that writes to it does.
    assert os.read(end, 1) == b"1"
    assert select.select([end], [], [], 30.0)[0] == [end]
    assert os.read(end, 1) == b""
    os.close(end)


# LibreOffice itself


@installed
def test_rich_text_is_read() -> None:
    read = read_document("a.rtf", rich("青禾县招生办法", "第一条　甲。", "第二条　乙。"))
    assert read.format == "doc"
    assert [clause.address for clause in read] == ["标题", "第一条", "第二条"]


@installed
def test_an_old_word_file_keeps_its_numbers(tmp_path: Path) -> None:
    assert SOFFICE
    source = tmp_path / "a.docx"
    source.write_bytes(word(PLAN + p("培训。", level=1) + p("保障", level=0), numbering=GOVERNMENT))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [SOFFICE, profile, "--headless", "--convert-to", "doc", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=120)
    read = read_document("a.wps", (tmp_path / "a.doc").read_bytes())
    assert read.text == "白沙市行动方案\n一、工作目标\n（一）扩大资源。\n（二）培训。\n二、保障\n"


@installed
def test_a_damaged_file_is_one_line() -> None:
    with pytest.raises(ReadError, match="cannot open the file") as caught:
        read_document("a.doc", DOC)
    assert "\n" not in str(caught.value)


@pytest.fixture
def listener() -> Iterator[tuple[int, list[bytes]]]:
    """A server that remembers what is asked of it."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = server.accept()
                    with connection:
                        asked.append(connection.recv(100))

        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1], asked


@installed
def test_what_a_document_links_to_is_not_fetched(listener: tuple[int, list[bytes]]) -> None:
    port, asked = listener
    page = f"<html><body><p>甲<img src='http://127.0.0.1:{port}/a.png'></p></body></html>"
    assert SOFFICE
    # LibreOffice makes no .docx of a web page; without the settings it asks for the picture.
    with suppress(ReadError):
        libreoffice.convert([SOFFICE], page.encode(), ".html")
    assert asked == []


def test_articles_that_count_on_are_told_apart() -> None:
    """What the note on converted files is about: the Word reader itself counts on."""
    body = "".join(p("甲", level=level) for level in (0, 1, 0, 1))
    reading = doc.read(DOC, Scripted(word(body, numbering=LAW)).find)
    assert "第二条" in reading.text
