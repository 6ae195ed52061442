"""The app in a process of its own, over a library and with an encoder that can be predicted."""

import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index import Library
from tests.fakes import FILES, KeywordEncoder, write_files

ROOT = Path(__file__).parents[1]
SERVE = """
import sys
from pathlib import Path
import app
from index import Library
from tests.fakes import KeywordEncoder
library = Library(Path(sys.argv[1]), lambda name: KeywordEncoder())
app.launch(library, port=int(sys.argv[2]), mcp="mcp" in sys.argv)
"""
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
    library = Library(folder / "library", lambda name: KeywordEncoder())
    others = {f"{name}.txt": text for name, text in more.items()}
    library.add([write_files(folder / "documents", {**FILES, **others})])
    return library


def damaged(folder: Path) -> Library:
    """A library whose database became something else before it was first read."""
    written = filled(folder)
    library = Library(written.folder, lambda name: KeywordEncoder())
    (library.folder / "library.db").write_bytes(b"not a database" * 400)
    return library


@contextmanager
def served(library: Path, *options: str) -> Iterator[str]:
    """The address of the app, without a slash at its end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", SERVE, str(library), str(port), *options]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        lines = iter(process.stderr.readline, "")
        address = next((m[0] for line in lines if (m := re.search(r"http://[\w.:]+", line))), "")
        assert address, "the app ended before it said its address"
        try:
            yield address
        finally:
            process.terminate()
            process.communicate(timeout=60)
