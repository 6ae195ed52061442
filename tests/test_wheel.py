"""The wheel holds the whole program and nothing else, and runs far from the checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHIPPED = ("app.py", "cli.py", "commands", "corpus", "index", "retrieval", "eval", "ui")
PIP = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    done = subprocess.run(
        command,
        cwd=cwd,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    run(*PIP, "wheel", "--no-deps", "--no-build-isolation", "-w", folder, ROOT, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("installed")
    run(*PIP, "install", "--no-deps", "--no-compile", "--target", target, wheel, cwd=target)
    return target


def in_wheel(wheel: Path) -> set[str]:
    return set(zipfile.ZipFile(wheel).namelist())


def in_checkout() -> set[str]:
    """Files of the program: committed, or new and not ignored."""
    listed = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--")
    names = run(*listed, *SHIPPED, cwd=ROOT).split("\0")
    return {name for name in names if name and (ROOT / name).exists()}


def test_the_wheel_is_the_program_and_its_licence(wheel: Path) -> None:
    about = {name for name in in_wheel(wheel) if ".dist-info/" in name}
    assert in_wheel(wheel) - about == in_checkout()
    assert {name.partition("/")[2] for name in about} == {
        "METADATA",
        "RECORD",
        "WHEEL",
        "entry_points.txt",
        "licenses/LICENSE",
        "licenses/index/encoders/default/NOTICE",
    }


def test_the_wheel_holds_each_kind_of_file(wheel: Path) -> None:
    names = in_wheel(wheel)
    assert {"app.py", "cli.py"} <= names
    for start, end in [
        ("corpus/samples/", ".txt"),
        ("corpus/samples/", ".md"),
        ("ui/", ".css"),
        ("ui/", ".js"),
        ("index/encoders/default/", ".onnx"),
    ]:
        assert [n for n in names if n.startswith(start) and n.endswith(end)], (start, end)


def elsewhere(installed: Path, folder: Path, *command: str | Path) -> str:
    """Run Python on the installed wheel from an empty folder, with a library of its own."""
    environment = {"PYTHONPATH": str(installed), "YOUJU_LIBRARY": str(folder / "library")}
    working = folder / "empty"
    working.mkdir()
    output = run(sys.executable, *command, cwd=working, **environment)
    assert list(working.iterdir()) == []
    return output


@pytest.mark.parametrize("start", [("-m", "cli"), ("bin/youju",)], ids=" ".join)
def test_the_command_starts(installed: Path, tmp_path: Path, start: tuple[str, ...]) -> None:
    command = start if start[0] == "-m" else (str(installed / start[0]),)
    output = elsewhere(installed, tmp_path, *command, "--help")
    assert output.startswith("usage: youju ")
    assert "serve" in output


def test_the_samples_come_with_the_wheel(installed: Path, tmp_path: Path) -> None:
    output = elsewhere(
        installed, tmp_path, "-c", "from corpus.samples import SAMPLES; print(SAMPLES)"
    )
    samples = Path(output.strip())
    assert samples == installed / "corpus" / "samples"
    for file in (ROOT / "corpus" / "samples").iterdir():
        if file.is_file():
            assert (samples / file.name).read_bytes() == file.read_bytes()


def test_the_default_encoder_comes_with_the_wheel(installed: Path, tmp_path: Path) -> None:
    output = elsewhere(
        installed,
        tmp_path,
        "-c",
        "from index.encoders import open_encoder; e = open_encoder();"
        "print(e.name, e.encode(['校园食堂由谁负责'], 'query').shape)",
    )
    assert output == "youju-small/1 (1, 384)\n"


def test_every_module_of_the_wheel_can_be_imported(installed: Path, tmp_path: Path) -> None:
    paths = [path.relative_to(installed) for name in SHIPPED for path in modules(installed / name)]
    names = [".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in paths]
    statement = f"import importlib; [print(importlib.import_module(n).__file__) for n in {names}]"
    files = elsewhere(installed, tmp_path, "-c", statement).splitlines()
    assert files == [str(installed / path) for path in paths]


def modules(path: Path) -> list[Path]:
    return sorted(path.rglob("*.py")) if path.is_dir() else [path]
