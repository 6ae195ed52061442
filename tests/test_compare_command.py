"""`youju compare` as people and programs call it."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.conftest import Run
from tests.fakes import write_files

FILES = {
    "大纲-2021.txt": (
        "青禾县寄宿学校管理办法\n青政发〔2021〕4号\n\n"
        "第一条　寄宿生每人每年补助1200元。\n第二条　寄宿学校设置食堂。\n\n"
        "青禾县人民政府\n2021年3月1日\n"
    ),
    "大纲-2024.txt": (
        "青禾县寄宿学校管理办法\n青政发〔2024〕9号\n\n"
        "第一条　寄宿生每人每年补助1500元。\n第二条　寄宿学校设置食堂。\n"
        "第三条　宿舍由值班教师夜间巡查。\n\n"
        "青禾县人民政府\n2024年3月1日\n"
    ),
    "白沙.txt": (
        "白沙市寄宿学校规定\n白政发〔2023〕2号\n\n"
        "第一条　寄宿生每人每年补助1300元。\n\n白沙市人民政府\n2023年5月1日\n"
    ),
}


@pytest.fixture
def files(tmp_path: Path, youju: Run) -> Path:
    folder = write_files(tmp_path / "files", FILES)
    assert youju("add", folder).status == 0
    return folder


def test_a_topic_as_json(files: Path, youju: Run) -> None:
    found = youju("compare", "寄宿生补助", "--json").json
    assert found["topic"] == "寄宿生补助"
    assert [row["document"]["title"] for row in found["rows"]] == [
        "白沙市寄宿学校规定",
        "青禾县寄宿学校管理办法",
    ]
    for row in found["rows"]:
        text = youju("show", row["document"]["id"], "--json").json["text"]
        assert row["quote"] == text[row["start"] : row["end"]]
        assert row["clause"]["address"] == "第一条"
        assert all(v["text"] == text[v["start"] : v["end"]] for v in row["values"])
    assert [row["values"][0]["value"] for row in found["rows"]] == ["1300", "1500"]
    assert [row["differs"] for row in found["rows"]] == [
        [{"aspect": "figure", "column": 0}],
        [{"aspect": "figure", "column": 0}],
    ]
    assert (found["silent"], found["left_out"]) == ([], 1)


def test_a_topic_for_people(files: Path, youju: Run) -> None:
    said = youju("compare", "寄宿生补助").out
    assert "2 份文件写到。" in said
    assert "寄宿生：不同" in said or "：不同" in said
    assert "1300元" in said and "1500元" in said
    assert "未比较已被替代或废止的文件 1 份" in said


def test_topics_of_a_list_one_a_line(files: Path, youju: Run) -> None:
    found = youju("compare", "-", "--json", stdin="寄宿生补助\n\n食堂\n")
    assert [row["topic"] for row in found.rows] == ["寄宿生补助", "食堂"]


def test_two_documents_by_file_or_title(files: Path, youju: Run) -> None:
    found = youju("compare", "--documents", "大纲-2021.txt", "大纲-2024", "--json").json
    assert found["relation"] == "versions"
    assert found["counts"] == {
        "added": 1,
        "removed": 0,
        "changed": 1,
        "moved": 0,
        "moved_changed": 0,
    }
    changed = found["changes"][0]
    ops = [(p["op"], (p["old"] or p["new"])["text"].strip()) for p in changed["pieces"]]
    assert ("deleted", "1200元。") in ops and ("inserted", "1500元。") in ops
    assert [f["old"][0]["value"] for f in changed["figures"]] == ["1200"]
    other = youju("compare", "--documents", "大纲-2024", "白沙市寄宿学校规定", "--json").json
    assert other["relation"] == "documents"


def test_a_document_against_the_version_before_it(files: Path, youju: Run) -> None:
    found = youju("compare", "--versions", "大纲-2024", "--json").json
    assert (found["old"]["date"], found["new"]["date"]) == ("2021-03-01", "2024-03-01")
    assert (found["old"]["status"], found["backwards"]) == ("已被替代", False)
    alone = youju("compare", "--versions", "白沙市寄宿学校规定")
    assert alone.status == 1
    assert "is the only version here" in alone.complaints[0]


def test_a_title_that_versions_share_means_the_newest(files: Path, youju: Run) -> None:
    for name in ("青禾县寄宿学校管理办法", "《青禾县寄宿学校管理办法》", "青禾县寄宿"):
        found = youju("compare", "--versions", name, "--json").json
        assert (found["old"]["date"], found["new"]["date"]) == ("2021-03-01", "2024-03-01")
    # Documents of two works are still named for a choice.
    several = youju("compare", "--versions", "寄宿学校")
    assert several.status == 1
    assert "3 documents are called" in several.complaints[0]


@pytest.mark.parametrize("suffix", [".xlsx", ".docx", ".csv", ".md"])
def test_tables_are_written(files: Path, youju: Run, tmp_path: Path, suffix: str) -> None:
    for number, asked in enumerate((["寄宿生补助"], ["--versions", "大纲-2024"])):
        out = tmp_path / f"{number}{suffix}"
        assert youju("compare", *asked, "--out", out).status == 0
        assert out.stat().st_size


def test_a_table_names_the_documents_and_their_figures(
    files: Path, youju: Run, tmp_path: Path
) -> None:
    out = tmp_path / "table.xlsx"
    youju("compare", "寄宿生补助", "--out", out)
    held = [str(cell.value) for row in load_workbook(out).active.iter_rows() for cell in row]
    assert "青禾县寄宿学校管理办法（已被替代）" not in held
    assert any("1500元" in value for value in held)
    assert any("白沙市寄宿学校规定" in value for value in held)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ([], "compare takes one of three"),
        (["补助", "--versions", "大纲-2024"], "compare takes one of three"),
        (["--documents", "没有这份", "大纲-2024"], "no document is called '没有这份'"),
        (["--documents", "青禾县寄宿学校管理办法", "白沙"], "2 documents are called"),
        (["补助", "--out", "table.pdf"], "expected one of"),
        (["-", "--out", "table.csv"], "--out takes one topic"),
        (["  "], "empty"),
    ],
)
def test_mistakes_are_one_line(files: Path, youju: Run, asked: list[str], said: str) -> None:
    found = youju("compare", *asked)
    assert found.status == 1
    assert len(found.complaints) == 1
    assert said in found.complaints[0]
