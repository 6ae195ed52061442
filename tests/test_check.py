"""`python -m corpus.check`: what reading files comes to, a line each and a sum."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.check import Check, Failed, check, total

WHOLE = "青石区学前教育提质实施方案\n一、总体要求\n落实。\n二、主要任务\n推进。\n"
BROKEN = WHOLE + "四、保障措施\n到位。\n四、监督检查\n到位。\n五、附则。六、其他。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "甲.txt").write_text(WHOLE, encoding="utf-8")
    (tmp_path / "乙.txt").write_text(BROKEN, encoding="utf-8")
    return tmp_path


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "corpus.check", *arguments]
    return subprocess.run(command, capture_output=True, cwd=cwd, timeout=240)


ROOT = Path(__file__).parents[1]


def test_each_file_is_counted(folder: Path) -> None:
    broken, whole = check([folder])
    assert isinstance(broken, Check) and isinstance(whole, Check)
    assert (whole.clauses, whole.gaps, whole.repeats, whole.mended, whole.notes) == (3, 0, 0, 0, ())
    assert (broken.gaps, broken.repeats, broken.mended) == (1, 1, 1)
    assert broken.notes == (
        "编号从“二、”跳到“四、”",
        "编号“四、”重复",
        "“六、其他”未另起一行，已按编号分开",
    )
    assert broken.characters == len(BROKEN)
    assert broken.speed == round(broken.characters / broken.seconds)


def test_the_sum_is_that_of_the_files(folder: Path) -> None:
    checks = [one for one in check([folder]) if isinstance(one, Check)]
    summed = total(checks)
    assert summed.clauses == sum(one.clauses for one in checks)
    assert summed.characters == len(WHOLE) + len(BROKEN)
    assert (summed.gaps, summed.repeats, summed.mended, len(summed.notes)) == (1, 1, 1, 3)


def test_a_file_that_fails_stops_no_other(folder: Path) -> None:
    (folder / "丙.txt").write_bytes(b"")
    found = list(check([folder]))
    assert [isinstance(one, Failed) for one in found].count(True) == 1
    assert len(found) == 3


def test_the_command_prints_a_line_a_file_and_a_sum(folder: Path) -> None:
    done = run(str(folder), cwd=ROOT)
    lines = done.stdout.decode().splitlines()
    assert (done.returncode, done.stderr) == (0, b"")
    assert lines[0].split() == ["clauses", "gaps", "repeats", "mended", "notes", "chars/s", "file"]
    assert [line.split()[-1] for line in lines if "txt" in line] == [
        str(folder / "乙.txt"),
        str(folder / "甲.txt"),
    ]
    assert lines[-1].endswith("2 files")


def test_the_command_writes_json(folder: Path) -> None:
    (folder / "丙.txt").write_bytes(b"")
    done = run(str(folder), "--json", cwd=ROOT)
    shape = json.loads(done.stdout)
    assert done.returncode == 1
    assert [Path(one["source"]).name for one in shape["files"]] == ["乙.txt", "甲.txt"]
    assert shape["files"][1]["clauses"] == 3
    assert [Path(one["source"]).name for one in shape["failed"]] == ["丙.txt"]
    assert shape["total"]["files"] == 2
    assert shape["total"]["gaps"] == 1


def test_a_missing_path_is_one_line_of_error(tmp_path: Path) -> None:
    done = run(str(tmp_path / "nowhere"), cwd=ROOT)
    assert done.returncode == 1
    assert len(done.stderr.decode().splitlines()) == 1
    assert "nowhere" in done.stderr.decode()


def test_wrong_usage_is_told(tmp_path: Path) -> None:
    assert run(cwd=ROOT).returncode == 2


def test_a_reader_that_has_enough_is_no_error(folder: Path) -> None:
    command = [sys.executable, "-m", "corpus.check", str(folder)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    ) as run_:
        assert run_.stdout and run_.stderr
        run_.stdout.close()
        assert run_.stderr.read() == b""
        assert run_.wait(timeout=240) == 0
