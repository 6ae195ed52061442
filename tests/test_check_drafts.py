"""`youju check`: a draft as text, file or standard input becomes lines, JSON or a table."""

import html
import re
import zipfile
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.fakes import write_files
from tests.test_drafts import NEW, OLD
from tests.verified import RULES

DRAFT = """关于加强食堂和校车管理的请示（草稿）
依据《白沙市学校食堂管理办法》第二条和云政发〔2015〕3号，拟开展专项检查。
《白沙市学校食堂管理办法》第二条规定：“校长每周陪餐不少于2次”。
《白沙市图书馆条例》第三条另有规定。
"""
RESULTS = ["verified", "replaced", "altered", "missing"]


@pytest.fixture
def filled(youju: Run, tmp_path: Path) -> Run:
    folder = write_files(tmp_path / "sources", {"rules.txt": RULES, "old.txt": OLD, "new.txt": NEW})
    assert youju("add", folder).status == 0
    return youju


def test_prints_the_findings_as_json(filled: Run) -> None:
    result = filled("check", DRAFT, "--json")
    shape = result.json
    assert result.status == 0
    assert [finding["result"] for finding in shape["findings"]] == RESULTS
    assert shape["counts"] == {
        "verified": 0,
        "uncompared": 1,
        "altered": 1,
        "missing": 1,
        "replaced": 1,
    }
    assert [finding["compared"] for finding in shape["findings"]] == [False, False, True, False]
    for finding in shape["findings"]:
        assert finding["text"] == DRAFT[finding["start"] : finding["end"]]
    verified, replaced, altered, missing = shape["findings"]
    assert verified["clause"]["address"] == "第二条"
    assert verified["quote"].startswith("第二条　学校应当建立陪餐制度")
    assert replaced["newer"]["number"] == "云政发〔2024〕9号"
    assert altered["quote"] == "校长每周陪餐不少于3次"
    assert [p for p in altered["difference"] if p["side"] != "both"] == [
        {"text": "2", "side": "draft"},
        {"text": "3", "side": "source"},
    ]
    assert (missing["document"], missing["clause"], missing["newer"]) == (None, None, None)


def test_prints_plain_lines_for_people(filled: Run) -> None:
    lines = filled("check", DRAFT).out.splitlines()
    assert lines[0] == "1. ○ 条款存在，正文未引原文，内容未核对　《白沙市学校食堂管理办法》第二条"
    assert "      校长每周陪餐不少于【稿：2】【原文：3】次" in lines
    assert "      ! 已被《云岭市校车管理办法》（云政发〔2024〕9号）替代" in lines
    assert "      ! 资料库中没有《白沙市图书馆条例》" in lines
    assert lines[-1] == "共 4 处引用：存在但内容未核对 1，有出入 1，未找到 1，已失效 1"


def test_reads_files_in_any_format_and_standard_input(filled: Run, tmp_path: Path) -> None:
    import docx

    word = docx.Document()
    for line in DRAFT.splitlines():
        word.add_paragraph(line)
    word.save(str(tmp_path / "draft.docx"))
    (tmp_path / "draft.md").write_text(DRAFT, encoding="utf-8")
    (tmp_path / "draft.txt").write_bytes(DRAFT.encode("gb18030"))
    for name in ("draft.docx", "draft.md", "draft.txt"):
        found = filled("check", tmp_path / name, "--json").json["findings"]
        assert [finding["result"] for finding in found] == RESULTS, name
    found = filled("check", "-", "--json", stdin=DRAFT).json["findings"]
    assert [finding["result"] for finding in found] == RESULTS


@pytest.mark.parametrize("extension", ["xlsx", "docx", "csv", "md"])
def test_writes_a_table(filled: Run, tmp_path: Path, extension: str) -> None:
    path = tmp_path / f"report.{extension}"
    result = filled("check", DRAFT, "--out", path)
    assert (result.status, result.out) == (0, "")
    assert "共 4 处引用" in result.err
    assert path.stat().st_size > 0
    if extension in ("csv", "md"):
        table = path.read_text(encoding="utf-8-sig")
        assert "已被《云岭市校车管理办法》" in table
        assert "条款存在，正文未引原文，内容未核对" in table and "一致" not in table
    else:
        assert "条款存在，正文未引原文，内容未核对" in words_of(path)


def words_of(path: Path) -> str:
    """The words of a Word file or a sheet, in any order."""
    with zipfile.ZipFile(path) as parts:
        inner = [parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml")]
    return html.unescape(re.sub(r"<[^>]*>", "", "".join(inner)))


def test_a_figure_that_the_clause_lacks_is_told_with_a_mention(filled: Run) -> None:
    shape = filled(
        "check", "根据《白沙市学校食堂管理办法》第二条，校长每周陪餐5次。", "--json"
    ).json
    (finding,) = shape["findings"]
    assert (finding["result"], finding["compared"]) == ("altered", False)
    assert finding["notes"][0] == "句中的“5次”不在该条中"


def test_errors_are_one_line(filled: Run, tmp_path: Path) -> None:
    missing = filled("check", "no-such-draft.docx")
    assert (missing.status, len(missing.complaints)) == (1, 1)
    assert "there is no such file" in missing.complaints[0]
    table = filled("check", DRAFT, "--out", tmp_path / "report.pdf")
    assert (table.status, len(table.complaints)) == (1, 1)


def test_a_draft_without_citations_is_told(filled: Run) -> None:
    result = filled("check", "我校将认真落实各项要求。")
    assert result.out.strip() == "没有找到引用文件、条款或原文的地方"
