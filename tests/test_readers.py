"""Each format becomes text by its reader; Markdown loses its marks and nothing else."""

import pytest

from corpus import ReadError, read_document
from corpus.errors import NoReader
from corpus.readers import FORMATS, SUFFIXES, Reading, md, read_bytes
from corpus.readers.formats import EXPECTED


def markdown(text: str) -> str:
    return md.read(text.encode()).text


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("# 实施方案\n", "实施方案\n"),
        ("### 一、总体要求 ###\n", "一、总体要求\n"),
        ("**（一）指导思想。**全面落实。\n", "（一）指导思想。全面落实。\n"),
        ("__（一）指导思想。__全面落实。\n", "（一）指导思想。全面落实。\n"),
        ("> 第一条　甲。\n> 第二条　乙。\n", "第一条　甲。\n第二条　乙。\n"),
        ("> > 转发通知\n", "转发通知\n"),
        (
            "- 牵头单位：区教育局\n* 责任单位：区财政局\n",
            "牵头单位：区教育局\n责任单位：区财政局\n",
        ),
        ("一、甲\n\n---\n\n二、乙\n", "一、甲\n\n\n\n二、乙\n"),
        ("实施方案\n====\n", "实施方案\n\n"),
        ("1. 扩大资源\n2. 优化师资\n", "1. 扩大资源\n2. 优化师资\n"),
        ("1\\. 加强领导\n", "1. 加强领导\n"),
        ("各学校：  \n现将通知如下\\\n请执行\n", "各学校：\n现将通知如下\n请执行\n"),
        ("---\ntitle: 方案\n---\n一、甲\n", "一、甲\n"),
        ("见[管理办法](https://example.org/a_b)第三条\n", "见管理办法第三条\n"),
        ("青政发[2023](5)号\n", "青政发[2023](5)号\n"),
        ("每年建设____个学校，改造____个\n", "每年建设____个学校，改造____个\n"),
        ("3*4和5*6\n", "3*4和5*6\n"),
        ("| 单位 | 任务 |\n", "| 单位 | 任务 |\n"),
        ("#双减#政策\n", "#双减#政策\n"),
    ],
)
def test_marks_are_taken_off(written: str, read: str) -> None:
    assert markdown(written) == read


def test_markdown_is_decoded_like_any_text() -> None:
    text = "# 实施方案\n\n一、总体要求\n"
    assert md.read(text.encode("gb18030")) == Reading("实施方案\n\n一、总体要求\n", "gb18030")


def test_a_markdown_document_has_the_clauses_of_its_text() -> None:
    text = "# 青石区实施方案\n\n## 一、要求\n\n**（一）目标。**建成。\n\n**（二）原则。**公平。\n"
    document = read_document("a.md", text.encode())
    assert [clause.address for clause in document] == ["标题", "一、", "一、（一）", "一、（二）"]
    assert "".join(document.quote(clause.span) for clause in document) == document.text


@pytest.mark.parametrize(
    "unit",
    ["> ", "# ", "*", "__a ", "**a __b ", "[", "[a](", "- ", "  ", "\\", "a  \n", "## a ## "],
)
def test_marks_are_taken_off_a_large_text(unit: str) -> None:
    # Work that grows with the square of the text would take hours.
    assert markdown(unit * (1_000_000 // len(unit)) + "甲").endswith("甲")


@pytest.mark.parametrize("name", ["a.txt", "a.TXT", "a.text", "a.md", "a.Markdown", "目录/甲.txt"])
def test_a_reader_is_found_by_extension(name: str) -> None:
    assert read_bytes(name, "学校".encode())[1] == Reading("学校", "utf-8")


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv", "a", "a.", ".txt", "a.txt.exe"])
def test_an_unknown_extension_names_the_known_ones(name: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_bytes(name, "学校".encode())
    assert EXPECTED in str(caught.value)
    assert {SUFFIXES[suffix] for suffix in EXPECTED.split(", ")[:-1]} == FORMATS.keys()
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("data", [b"", b"---\ntitle: a\n---\n", b"# \n\n---\n", b"> \n"])
def test_a_markdown_file_without_text_is_empty(data: bytes) -> None:
    with pytest.raises(ReadError, match="empty"):
        read_bytes("a.md", data)


def test_a_damaged_file_of_an_unknown_kind_is_of_an_unknown_kind_first() -> None:
    with pytest.raises(NoReader, match=r"no reader for \.xlsx"):
        read_bytes("a.xlsx", b"PK\x03\x04 damaged")
    with pytest.raises(ReadError, match="damaged"):
        read_bytes("a.docx", b"PK\x03\x04 damaged")
