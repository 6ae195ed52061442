"""What is said of the packages' weaknesses, and that nothing passes for sound unchecked."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
SOUND = {"name": "numpy", "version": "2.3.4", "vulns": []}
WEAK = {
    "name": "lxml",
    "version": "6.0",
    "vulns": [{"id": "PYSEC-1", "fix_versions": ["6.1"]}, {"id": "PYSEC-2", "fix_versions": []}],
}
UNKNOWN = {"name": "own", "skip_reason": "not found on PyPI"}


def audit(folder: Path, said: str, complaint: str = "") -> tuple[int, list[str], list[str]]:
    """What the audit says where pip-audit says this."""
    for name, text in (("said", said), ("complaint", complaint)):
        (folder / name).write_text(text, encoding="utf-8")
    program = folder / "pip-audit"
    program.write_text(f"#!/bin/sh\ncat '{folder}/said'\ncat '{folder}/complaint' >&2\n", "utf-8")
    program.chmod(0o755)
    command = [sys.executable, str(ROOT / ".ci" / "audit.py"), str(program)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout.splitlines(), done.stderr.splitlines()


def told(*packages: dict[str, Any]) -> str:
    return json.dumps({"dependencies": packages, "fixes": []})


CHECKED = (
    "{} of {} pinned packages were checked against the weaknesses that PyPI knows of today: "
    "{} found"
)


def test_packages_without_weaknesses_pass(tmp_path: Path) -> None:
    assert audit(tmp_path, told(SOUND, SOUND)) == (0, [CHECKED.format(2, 2, 0)], [])


def test_each_weakness_is_named_with_what_mends_it(tmp_path: Path) -> None:
    status, lines, complaints = audit(tmp_path, told(SOUND, WEAK), "Found 2 known vulnerabilities")
    assert (status, complaints) == (1, [])
    assert lines == [
        "lxml 6.0: PYSEC-1, mended in 6.1",
        "lxml 6.0: PYSEC-2, mended in no version yet",
        CHECKED.format(2, 2, 2),
    ]


def test_what_was_not_checked_is_no_pass(tmp_path: Path) -> None:
    assert audit(tmp_path, told(SOUND, UNKNOWN)) == (
        1,
        [CHECKED.format(1, 2, 0)],
        ["audit: 1 not audited: own"],
    )
    status, _, complaints = audit(tmp_path, told(*[UNKNOWN] * 9))
    assert status == 1
    assert complaints == [
        "audit: nothing was audited, PyPI told nothing of any package: run it where PyPI can be "
        "reached"
    ]


@pytest.mark.parametrize("said", ["", "no json"])
def test_a_traceback_becomes_a_line(tmp_path: Path, said: str) -> None:
    status, lines, complaints = audit(
        tmp_path, said, "Traceback\n  File x\nConnectionError: lost\n"
    )
    assert (status, lines) == (1, [])
    assert complaints == [
        "audit: nothing was audited, PyPI did not answer (ConnectionError: lost): run it where "
        "PyPI can be reached"
    ]
