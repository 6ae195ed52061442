"""Nothing reaches for a network: at import, start, adding, asking or evaluating.

Where the system can run a process without any network (`unshare`), the real encoder is run so.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.visitor import Visitor, serving
from index import Library
from tests.conftest import Run
from tests.fakes import Opener, write_files

ROOT = Path(__file__).parents[1]


class Dialled(Exception):
    """Raised where a program would have reached for the network."""


@pytest.fixture
def unplugged(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object, **options: object) -> Any:
        raise Dialled(f"{arguments} {options}")

    for name in ("connect", "connect_ex", "bind", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("getaddrinfo", "gethostbyname", "create_connection", "create_server"):
        monkeypatch.setattr(socket, name, refuse)


def question_set(folder: Path) -> Path:
    """A question set of one document and one question."""
    dataset = write_files(folder / "set", {"corpus.jsonl": '{"_id": "1", "text": "食堂"}\n'})
    write_files(dataset, {"queries.jsonl": '{"_id": "q", "text": "食堂"}\n'})
    write_files(dataset / "qrels", {"test.tsv": "q\t1\t1\n"})
    return dataset


@pytest.mark.usefixtures("unplugged")
def test_the_network_is_unplugged() -> None:
    with pytest.raises(Dialled), socket.socket() as connection:
        connection.connect(("127.0.0.1", 9))
    with pytest.raises(Dialled):
        socket.create_connection(("localhost", 9))


@pytest.mark.usefixtures("unplugged")
def test_every_command_works_without_a_network(youju: Run, sources: Path, tmp_path: Path) -> None:
    added = youju("add", sources, "--json")
    assert (added.status, len(added.json["added"])) == (0, 3)
    identity = added.json["added"][0]["id"]
    kept = tmp_path / "kept.youju"
    for arguments in (
        ["list"],
        ["show", identity],
        ["search", "食堂"],
        ["ask", "校长每周陪餐不少于几次"],
        ["trace", "校长每周陪餐不少于3次"],
        ["compare", "食堂"],
        ["check", sources / "plan.md"],
        ["synonyms", "add", "吃饭", "食堂"],
        ["feedback"],
        ["eval", question_set(tmp_path)],
        ["backup", kept],
        ["restore", kept, "--replace"],
        ["reencode", "--model", "other"],
        ["remove", identity],
    ):
        assert youju(*arguments).status == 0, arguments


# An audit hook sees what the libraries do as well, and cannot be undone by them.
HOOK = """
import sys

dialled = []
HERE = ("127.0.0.1", "localhost", "::1")

def is_here(arguments):
    found = arguments[1] if hasattr(arguments[0], "fileno") else arguments
    return OPEN_HERE and isinstance(found, tuple) and found[0] in HERE

def watch(event, arguments):
    if event in {"socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo",
                 "socket.gethostbyname", "urllib.Request"} and not is_here(arguments):
        dialled.append((event, str(arguments)))
        raise OSError(f"no network here: {event} {arguments}")

sys.addaudithook(watch)
"""
WATCHED = (
    "OPEN_HERE = False"
    + HOOK
    + """
from cli import main
status = main(sys.argv[1:])
heavy = {"torch", "sentence_transformers", "gradio", "transformers"} & sys.modules.keys()
print(dialled, sorted(heavy), file=sys.stderr)
sys.exit(status)
"""
)
IMPORTING = (
    "OPEN_HERE = False"
    + HOOK
    + """
import importlib
for name in sys.argv[1:]:
    importlib.import_module(name)
print(dialled)
"""
)
SERVING = (
    "OPEN_HERE = True"
    + HOOK
    + """
from pathlib import Path
import app
from index import Library
from tests.fakes import KeywordEncoder

app.launch(Library(Path(sys.argv[1]), lambda name: KeywordEncoder()), port=int(sys.argv[2]))
Path(sys.argv[1], "dialled").write_text(str(dialled))
"""
)


def own_modules() -> Iterator[str]:
    for name in ("corpus", "index", "retrieval", "eval", "ui", "commands"):
        for path in (ROOT / name).rglob("*.py"):
            parts = path.relative_to(ROOT).with_suffix("").parts
            if parts[-1] != "__main__":
                yield ".".join(parts).removesuffix(".__init__")
    yield from ("app", "cli")


def test_to_import_every_module_opens_nothing() -> None:
    done = subprocess.run(
        [sys.executable, "-c", IMPORTING, *sorted(own_modules())],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (done.returncode, done.stdout) == (0, "[]\n"), done.stderr


def test_the_app_opens_nothing_but_its_own_address(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    Library(folder, Opener()).add([write_files(tmp_path / "sources")])
    command = (sys.executable, "-c", SERVING)
    with serving(folder, command=command, environment={"PYTHONPATH": str(ROOT)}) as served:
        visitor = Visitor(served.address)
        assert "yj-answer" in visitor.ask("校长每周陪餐不少于几次？")
        more = {"more.txt": "青禾县校车办法\n第一条　校车每学期检修2次。\n".encode()}
        assert "1 份新增" in visitor.add(more)
        assert visitor.call("ask", question="校车每学期检修几次？")["status"] == "answered"
    assert (folder / "dialled").read_text() == "[]"


def without_network() -> list[str]:
    """What runs a command where there is no network at all, not even for code that is no Python."""
    unshare = shutil.which("unshare")
    if unshare is None or subprocess.run([unshare, "-rn", "true"], check=False).returncode:
        return []
    return [unshare, "-rn"]


@pytest.mark.encoder
def test_the_default_encoder_needs_no_network(tmp_path: Path) -> None:
    sources = write_files(tmp_path / "sources")
    environment = os.environ | {"PYTHONPATH": str(ROOT), "YOUJU_CACHE": str(tmp_path / "cache")}
    environment["YOUJU_LIBRARY"] = str(tmp_path / "library")
    home = tmp_path / "home"
    home.mkdir()
    environment |= dict.fromkeys(("HOME", "TMPDIR", "XDG_CACHE_HOME"), str(home))

    def run(*arguments: str) -> Any:
        done = subprocess.run(
            [*without_network(), sys.executable, "-c", WATCHED, *arguments, "--json"],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        assert done.stderr.rstrip("\n").rsplit("\n", 1)[-1] == "[] []"
        return json.loads(done.stdout)

    assert len(run("add", str(sources))["added"]) == 3
    answer = run("ask", "寄宿生每人每年补助多少元？")
    assert answer["pending"] == 0
    assert answer["citations"][0]["quote"] == "2.寄宿生每人每年补助1300元。"
    assert run("eval", str(question_set(tmp_path)))["metrics"]["hit@1"] == 1
    # What onnxruntime would keep for its maker, and send where there is a network.
    assert [path.name for path in home.rglob("*") if path.is_file()] == []
    # It lies in the package; nothing is prepared.
    assert not (tmp_path / "cache" / "encoders").exists()
