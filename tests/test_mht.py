"""A web archive is the page that it holds, or the frame with the most text."""

from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

from corpus import ReadError, read_document
from corpus.readers import html, mht
from tests.pages import NUMBER, modern, old_tables


def archive(*pages: bytes, charset: str = "utf-8") -> bytes:
    message = MIMEMultipart("related", type="text/html")
    message["From"] = "<Saved by a browser>"
    message["Snapshot-Content-Location"] = "http://www.example.org/zwgk/17.html"
    message["Subject"] = "=?utf-8?B?6YCa55+l?="
    for page in pages:
        part = MIMEText("", "html", charset)
        part.set_payload(page)
        del part["Content-Transfer-Encoding"]
        part["Content-Transfer-Encoding"] = "8bit"
        message.attach(part)
    message.attach(MIMEImage(b"\x89PNG\r\n", "png"))
    return message.as_bytes()


def encoded(page: str, encoding: str) -> bytes:
    message = MIMEMultipart("related")
    part = MIMEText(page, "html", "utf-8")
    if encoding == "quoted-printable":
        from email import encoders

        del part["Content-Transfer-Encoding"]
        part.set_payload(page.encode())
        encoders.encode_quopri(part)
    message.attach(part)
    return message.as_bytes()


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable"])
def test_the_page_of_an_archive_is_read_as_a_page(encoding: str) -> None:
    data = encoded(modern().data.decode(), encoding)
    assert mht.read(data) == html.read(modern().data)


@pytest.mark.parametrize("name", ["a.mht", "a.MHTML", "a.html", "a"])
def test_an_archive_is_known_by_its_content(name: str) -> None:
    document = read_document(name, encoded(modern().data.decode(), "quoted-printable"))
    assert document.format == "mht"
    assert document.metadata.number and document.metadata.number.value == NUMBER
    assert "二、（一）2." in [clause.address for clause in document]


def test_the_bytes_and_not_the_header_decide_the_encoding() -> None:
    page = old_tables().data
    assert mht.read(archive(page, charset="utf-8")) == html.read(page)


def test_the_frame_with_the_most_text_is_the_document() -> None:
    pages = "<frameset><frame src=a.htm></frameset>", "<p>目录</p>", "<p>第一条　学校应当公示收费。"
    assert mht.read(archive(*(page.encode() for page in pages))).text == (
        "第一条　学校应当公示收费。\n"
    )


def test_an_archive_without_a_page_says_what_to_do() -> None:
    with pytest.raises(ReadError, match="holds no page"):
        mht.read(archive())
    with pytest.raises(ReadError, match=r"a\.htm"):
        mht.read(archive(b"<frameset><frame src=a.htm></frameset>"))
    with pytest.raises(ReadError, match="holds no page"):
        mht.read(b"\x00\xff" * 100)
