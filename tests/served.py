"""The app in a process of its own, over a library and with an encoder that can be predicted."""

import os
import re
import socket
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from index import Library
from index.encoders import open_encoder
from tests.fakes import FILES, KeywordEncoder, write_files
from ui.monitor import Watch, log_as

NOTHING = Watch()
ROOT = Path(__file__).parents[1]
# Gradio takes seconds to import: one process has done it, and each app is a fork of that one.
FORKS = get_context("forkserver")
FORKS.set_forkserver_preload(["app", "gradio", "ui.mcp", "tests.fakes"])

DRAFT = """青禾县校车管理办法（征求意见稿）
第一条　校车每学期检修不少于2次。
"""
NEWER = """青禾县学校食堂管理办法
青禾县教育局
2025年5月1日

第一条　为了规范学校食堂，制定本办法。
第二条　学校食堂实行校长陪餐制度，校长每周陪餐不少于9次。
第三条　学校不得向学生收取食堂管理费。
第四条　本办法自2025年6月1日起施行。
"""


def filled(folder: Path, **more: str) -> Library:
    """A library of the three files of `fakes`, and of `more` by name."""
    library = keywords(folder / "library")
    others = {f"{name}.txt": text for name, text in more.items()}
    library.add([write_files(folder / "documents", {**FILES, **others})])
    return library


def damaged(folder: Path) -> Library:
    """A library whose database became something else before it was first read."""
    written = filled(folder)
    library = keywords(written.folder)
    (library.folder / "library.db").write_bytes(b"not a database" * 400)
    return library


def keywords(folder: Path) -> Library:
    """A library with the encoder of `fakes`."""
    return Library(folder, lambda name: KeywordEncoder())


def meaning(folder: Path) -> Library:
    """A library with the encoder that it names."""
    return Library(folder, open_encoder)


def launch(
    opened: Callable[[], Library],
    port: int,
    mcp: bool,
    watch: Watch,
    environment: Mapping[str, str],
    said: Connection,
) -> None:
    """Serve a library until ended; what goes to standard error goes to `said`."""
    import app

    os.environ.clear()
    os.environ.update(environment)
    os.dup2(said.fileno(), sys.stderr.fileno())
    log_as(watch)
    app.launch(opened(), port=port, mcp=mcp, watch=watch)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def served(
    opened: Callable[[], Library],
    mcp: bool = False,
    watch: Watch = NOTHING,
    log: list[str] | None = None,
    may_fail: bool = False,
) -> Iterator[str]:
    """The address of the app, without a slash at its end. `opened` is called in its process.

    When it has ended, `log` has the lines that it wrote to standard error after its address. No
    handler fails meanwhile, unless it `may_fail` because of what it is sent.
    """
    reader, writer = FORKS.Pipe(duplex=False)
    given = (opened, free_port(), mcp, watch, dict(os.environ), writer)
    process = FORKS.Process(target=launch, args=given, daemon=True)
    process.start()
    writer.close()
    with os.fdopen(os.dup(reader.fileno()), encoding="utf-8") as lines:
        address = next((m[0] for line in lines if (m := re.search(r"http://[\w.:]+", line))), "")
        assert address, "the app ended before it said its address"
        try:
            yield address
        finally:
            process.terminate()
            process.join(60)
            said = list(lines)
            if log is not None:
                log += said
    assert process.exitcode == 0, f"the app ended with {process.exitcode}"
    assert may_fail or not [n for n in said if " at gradio/" in n], "a handler failed"
