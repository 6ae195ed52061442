"""Upload a thousand damaged or hostile files to the running app, and see what it does.

    python -m benchmarks.hostile [--files 1000]

The app serves an empty library in a folder of its own, which is also its home and its place for
temporary files. Every write of its processes is noted by an audit hook. The files go through the
page's upload endpoint; most are those of `tests.damaged`, the others are made to break out, to
swell or to be taken for something else. Prints what became of them, what was written elsewhere
and the most memory; exits 1 where the app fell, something was written elsewhere, or it does not
answer as before. Everything stays on 127.0.0.1; the memory needs Linux.
"""

import argparse
import io
import os
import re
import sys
import tempfile
import threading
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.visitor import ROOT, Served, Unanswered, Visitor, megabytes, serving
from tests.damaged import damaged

AT_ONCE = 40
MEGABYTES = 4096
"""What the app and its reading process may take: the latter alone is stopped at 3 GiB."""
WHOLE = "青禾县校车管理办法\n第一条　校车每学期检修2次。\n".encode()
NAMES = (
    "../../../evil.txt",
    "..\\..\\evil.txt",
    "/tmp/evil-absolute.txt",
    "C:\\evil.txt",
    "\\\\?\\C:\\evil.txt",
    "a/../../evil.txt",
    "evil.txt\x00.pdf",
    "con.txt",
    "....//....//evil.txt",
    "%2e%2e%2fevil.txt",
    "evil.txt.",
    " ",
    "<img src=x onerror=alert(1)>.txt",
    "名" * 300 + ".txt",
    "-rf.txt",
    "$(touch evil).txt",
)
# Notes each file that a process opens for writing, makes, renames or removes.
SITE = """
import os, sys
LOG = os.open(os.environ["YOUJU_WRITES"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
MAKING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
def watch(event, arguments):
    path = arguments[0] if arguments else None
    if event == "open":
        writes = isinstance(arguments[2], int) and arguments[2] & MAKING
    else:
        writes = event in ("os.mkdir", "os.rename", "os.remove", "os.link", "os.symlink")
        path = arguments[1] if event in ("os.rename", "os.link", "os.symlink") else path
    within = arguments[-1] if event in ("os.mkdir", "os.remove") else -1
    if writes and isinstance(path, (str, bytes)):
        if within != -1:
            path = os.path.join(os.readlink(f"/proc/self/fd/{within}"), os.fsdecode(path))
        os.write(LOG, os.fsencode(os.path.abspath(path)).replace(b"\\n", b"?") + b"\\n")
sys.addaudithook(watch)
"""
SERVE = """
import sys
from pathlib import Path
import app
from index import Library
from tests.fakes import KeywordEncoder
app.launch(Library(Path(sys.argv[1]), lambda name: KeywordEncoder()), port=int(sys.argv[2]))
"""


def hostile() -> Iterator[tuple[str, bytes]]:
    """Files that are made to break out of their place, to swell, or to be taken for others."""
    yield from ((name, WHOLE) for name in NAMES)
    yield "out.zip", _zip({"../../evil.txt": WHOLE, "/tmp/evil-zip.txt": WHOLE, "a/..": b""})
    yield "link.zip", _link("evil.txt", "/etc/passwd")
    yield "bomb.zip", _zip({"bomb.txt": b"\0" * (200 << 20)})
    yield "nested.zip", _nested(12)
    yield "many.zip", _zip({f"{n}.txt": b"x" for n in range(20_000)})
    yield "deep.html", b"<div>" * 200_000 + "食堂".encode()
    yield "entities.html", b"<!DOCTYPE a [<!ENTITY a 'x'>" + b"<!ENTITY b '&a;&a;'>" * 5000 + b"]>"
    yield "script.html", "<script>alert(1)</script><p>第一条　食堂。</p>".encode()
    yield "external.docx", _zip({"word/document.xml": _EXTERNAL})
    yield "laughs.docx", _zip({"word/document.xml": _LAUGHS})
    yield "huge.png", b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + b"\xff" * 8 + b"\x08\x02\0\0\0" * 9
    yield "long.txt", "第一条　食堂".encode() * 400_000
    yield "lines.txt", b"\n" * 5_000_000
    yield "nothing.txt", b""
    yield "metadata.csv", "文件,标题\n=cmd|'/c calc'!A1,../../x\n".encode()


_EXTERNAL = b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w>&x;</w>'
_LAUGHS = (
    b'<!DOCTYPE w [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%b">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><w>&j;</w>"
)


def _zip(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


def _link(name: str, target: str) -> bytes:
    """An archive with a symbolic link in it."""
    packed = io.BytesIO()
    entry = zipfile.ZipInfo(name)
    entry.external_attr = 0o120777 << 16
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(entry, target)
    return packed.getvalue()


def _nested(depth: int) -> bytes:
    data = WHOLE
    for level in range(depth):
        data = _zip({f"{level}.zip" if level else "a.txt": data})
    return data


class Watch:
    """The most memory of a process and its children, looked at until it is stopped."""

    def __init__(self, process: int) -> None:
        self.most = 0.0
        self._process = process
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def _look(self) -> None:
        while not self._over.wait(0.1):
            self.most = max(self.most, megabytes(self._process))

    def stop(self) -> None:
        """Look no more."""
        self._over.set()
        self._thread.join()


def files(count: int) -> list[tuple[str, bytes]]:
    """So many files, the hostile ones first."""
    chosen = list(hostile())[:count]
    return chosen + [(file.name, file.data) for file in damaged(count - len(chosen))]


def attack(served: Served, wanted: list[tuple[str, bytes]]) -> tuple[Counter[str], list[str]]:
    """Upload the files in parcels; how many had which outcome, and what went wrong."""
    outcomes: Counter[str] = Counter()
    wrong: list[str] = []
    visitor = Visitor(served.address)
    for start in range(0, len(wanted), AT_ONCE):
        parcel = wanted[start : start + AT_ONCE]
        try:
            report = visitor.add(dict(parcel))
        except Unanswered as error:
            wrong.append(f"files from {start}: {error}")
            visitor = Visitor(served.address)
            continue
        outcomes.update(re.findall(r"yj-outcome yj-(\w+)", report))
        if "Traceback" in report or "<img" in report:
            wrong.append(f"files from {start}: the report shows what it should not")
    if served.process.poll() is not None:
        wrong.append("the app has ended")
    elif "yj-turn" not in visitor.ask("校车每学期检修几次？"):
        wrong.append("the app does not answer any more")
    return outcomes, wrong


def main() -> int:
    """Print what was seen."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--files", type=int, default=1000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        lines, status = tried(Path(folder).resolve(), options.files)
    print("\n".join(lines))
    return status


def tried(root: Path, count: int) -> tuple[list[str], int]:
    """Serve a library within `root` and upload so many files; what was seen, and 1 if it is bad."""
    for name in ("home", "tmp", "site"):
        (root / name).mkdir()
    (root / "site" / "sitecustomize.py").write_text(SITE)
    log = root / "writes"
    environment = {
        "HOME": str(root / "home"),
        "TMPDIR": str(root / "tmp"),
        "PYTHONPATH": f"{root / 'site'}{os.pathsep}{ROOT}",
        "PYTHONDONTWRITEBYTECODE": "1",
        "YOUJU_WRITES": str(log),
    }
    command = (sys.executable, "-c", SERVE)
    wanted = files(count)
    with serving(root / "library", command=command, environment=environment) as served:
        watch = Watch(served.process.pid)
        outcomes, wrong = attack(served, wanted)
        watch.stop()
    elsewhere = outside(log, root)
    left = [path for path in (root / "tmp").rglob("*") if path.is_file()]
    lines = [f"{len(wanted)} files uploaded; outcomes of the documents in them: {dict(outcomes)}"]
    lines += [f"the most memory of the app and its reading process: {watch.most:,.0f} MB"]
    for name, found in (
        ("written outside its folders", elsewhere),
        ("left in the folder for uploads", list(map(str, left))),
        ("what went wrong", wrong),
    ):
        lines += [f"{name}: {len(found)}", *(f"  {line}" for line in found[:10])]
    bad = bool(elsewhere or left or wrong or watch.most > MEGABYTES)
    return lines, int(bad)


def outside(log: Path, root: Path) -> list[str]:
    """What was written anywhere but in the library, the home and the folder for uploads."""
    written = set(log.read_text("utf-8", "replace").splitlines())
    allowed = tuple(f"{root / name}/" for name in ("library", "home", "tmp"))
    devices = ("/dev/", "/proc/self/")
    known = {str(root / "library"), str(log)}
    return sorted(p for p in written - known if not p.startswith((*allowed, *devices)))


if __name__ == "__main__":
    sys.exit(main())
