"""Nothing opens a socket: not adding, not searching, not asking; not with the real encoder."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.fakes import write_files

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
    dataset = write_files(tmp_path / "set", {"corpus.jsonl": '{"_id": "1", "text": "食堂"}\n'})
    write_files(dataset, {"queries.jsonl": '{"_id": "q", "text": "食堂"}\n'})
    write_files(dataset / "qrels", {"test.tsv": "q\t1\t1\n"})
    for arguments in (
        ["list"],
        ["show", identity],
        ["search", "食堂"],
        ["ask", "校长每周陪餐不少于几次"],
        ["eval", dataset],
        ["reencode", "--model", "other"],
        ["remove", identity],
    ):
        assert youju(*arguments).status == 0, arguments


# An audit hook sees what the libraries do as well, and cannot be undone by them.
WATCHED = """
import sys

dialled = []

def watch(event, arguments):
    if event in {"socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo",
                 "socket.gethostbyname", "urllib.Request"}:
        dialled.append((event, str(arguments)))
        raise OSError(f"no network here: {event} {arguments}")

sys.addaudithook(watch)
from cli import main
status = main(sys.argv[1:])
heavy = {"torch", "sentence_transformers", "gradio", "transformers"} & sys.modules.keys()
print(dialled, sorted(heavy), file=sys.stderr)
sys.exit(status)
"""


@pytest.mark.encoder
def test_the_default_encoder_needs_no_network(tmp_path: Path) -> None:
    sources = write_files(tmp_path / "sources")
    environment = os.environ | {"PYTHONPATH": str(ROOT), "YOUJU_CACHE": str(tmp_path / "cache")}
    environment["YOUJU_LIBRARY"] = str(tmp_path / "library")

    def run(*arguments: str) -> Any:
        done = subprocess.run(
            [sys.executable, "-c", WATCHED, *arguments, "--json"],
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
    # It lies in the package; nothing is prepared.
    assert not (tmp_path / "cache" / "encoders").exists()
