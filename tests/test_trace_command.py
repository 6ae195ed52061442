"""`youju trace`: its JSON, its lines, its tables, and what it refuses."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.test_trace import TEXTS

DOCUMENT = {"id", "title", "issuer", "number", "date", "status", "region", "source"}
REQUIREMENT = "校长每周陪餐不少于3次"
LIST = f"一、食堂\n1. {REQUIREMENT}\n2. 学前教育毛入园率达到88%以上\n3. 校园应当种植向日葵\n"


@pytest.fixture
def texts(youju: Run, tmp_path: Path) -> Path:
    folder = tmp_path / "policies"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    assert youju("add", folder).status == 0
    (tmp_path / "list.txt").write_text(LIST, "utf-8")
    return tmp_path


def rows(youju: Run, *args: Any) -> list[Any]:
    result = youju("trace", *args, "--json")
    assert result.status == 0, result.err
    return list(result.json["rows"])


def test_json_is_the_contract_and_quotes_are_exact(youju: Run, texts: Path) -> None:
    (row,) = rows(youju, REQUIREMENT)
    assert row["requirement"] == REQUIREMENT
    assert [match["strength"] for match in row["matches"]] == ["verbatim", "verbatim", "equivalent"]
    for match in row["matches"]:
        assert match.keys() >= {"strength", "document", "clause", "quote", "start", "end"}
        assert match["document"].keys() >= DOCUMENT
        shown = youju("show", match["document"]["id"], "--json").json
        assert shown["text"][match["start"] : match["end"]] == match["quote"]
    assert [match["level"] for match in row["matches"]] == ["省", "市", "县"]
    assert row["matches"][2]["status"] == "征求意见稿"
    assert row["matches"][0]["citation"].startswith(
        "《岚川省人民政府关于办好学校食堂的意见》（岚政发"
    )


def test_a_file_gives_a_row_for_each_line(youju: Run, texts: Path) -> None:
    heading, stated, other, none = rows(youju, texts / "list.txt")
    assert (heading["requirement"], heading["status"]) == ("食堂", "heading")
    assert (stated["requirement"], stated["status"]) == (REQUIREMENT, "stated")
    assert other["status"] == "related"
    differences = [d for match in other["matches"] for d in match["differences"]]
    assert ("88%以上", "92%以上") in [(d["here"], d["there"]) for d in differences]
    assert (none["status"], none["matches"]) == ("not_found", [])


def test_people_read_chinese(youju: Run, texts: Path) -> None:
    out = youju("trace", texts / "list.txt").out
    for said in ("【原文一致】", "【表述不同、要求相同】", "【相关但有差异】", "未找到依据"):
        assert said in out
    assert "≠ 数值（学前教育毛入园率）：要求 88%以上，条款 92%以上" in out
    assert "[县级 · 征求意见稿]" in out
    assert "（标题，未作追溯）" in out


def test_standard_input_gives_an_object_a_line(youju: Run, texts: Path) -> None:
    lines = ["1. " + REQUIREMENT, "", "校" * 1001, "食堂留样"]
    result = youju("trace", "-", "--json", stdin="\n".join(lines))
    assert result.status == 1
    first, second = result.rows
    assert [row["requirement"] for row in first["rows"]] == [REQUIREMENT]
    assert [row["requirement"] for row in second["rows"]] == ["食堂留样"]
    assert result.complaints[0].startswith("youju: line 3: the question has 1001 characters")


def test_filters_and_top_limit_the_matches(youju: Run, texts: Path) -> None:
    (row,) = rows(youju, REQUIREMENT, "--level", "市")
    assert [match["level"] for match in row["matches"]] == ["市"]
    (row,) = rows(youju, REQUIREMENT, "--top", "1")
    assert (len(row["matches"]), row["more"]) == (1, 2)
    assert "另有 2 处未列出" in youju("trace", REQUIREMENT, "--top", "1").out


def test_a_table_says_what_the_json_says(youju: Run, texts: Path) -> None:
    out = texts / "表.csv"
    result = youju("trace", texts / "list.txt", "--out", out)
    assert (result.status, result.out) == (0, "")
    assert "共 4 条：有依据 1，仅有相关条款 1，未找到依据 1，标题等未追溯 1" in result.err
    found = list(csv.reader(io.StringIO(out.read_text("utf-8-sig"), newline="")))
    assert found[0] == ["序号", "要求", "结果", "依据", "层级", "状态", "原文", "差异"]
    assert found[1][:3] == ["1", "食堂", "标题，未作追溯"]
    assert found[2][1:3] == [REQUIREMENT, "原文一致"]
    assert any(row[2:3] == ["未找到依据"] for row in found)
    assert any("【92%】" in cell for row in found for cell in row)


@pytest.mark.parametrize("extension", [".xlsx", ".docx", ".md"])
def test_the_other_tables_are_written_too(youju: Run, texts: Path, extension: str) -> None:
    out = texts / f"表{extension}"
    result = youju("trace", REQUIREMENT, "--out", out, "--json")
    assert len(json.loads(result.out)["rows"]) == 1
    assert out.stat().st_size > 500


def test_a_requirement_that_is_a_formula_stays_a_text(youju: Run, texts: Path) -> None:
    from openpyxl import load_workbook

    out = texts / "表.xlsx"
    assert youju("trace", '=HYPERLINK("x")校长每周陪餐', "--out", out).status == 0
    cells = [cell for row in load_workbook(out).worksheets[0] for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert any(str(cell.value).startswith("'=HYPERLINK") for cell in cells)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["none.txt"], "none.txt: there is no such file"),
        (["./none"], "there is no such file"),
        (["要求.xlsx"], "there is no such file"),
        (["食堂", "--out", "表.pdf"], r"found .pdf, expected one of"),
        (["食堂", "--out", "none/表.csv"], "there is no folder"),
        ([" "], "the question is empty"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    youju: Run, texts: Path, args: list[str], said: str
) -> None:
    result = youju("trace", *args)
    assert (result.status, result.out) == (1, "")
    (complaint,) = result.complaints
    assert said in complaint


def test_a_text_with_a_slash_or_a_point_is_no_path(youju: Run, texts: Path) -> None:
    for text in ("每生每年1000元/年", "每天体育活动1.5小时", "县/区教育局应当公示。"):
        assert rows(youju, text)[0]["requirement"] == text
