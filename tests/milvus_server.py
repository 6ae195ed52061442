"""A real Milvus server in a process of its own, which a test may kill and start again."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index import Library
from index.milvus.engine import Milvus
from tests.fakes import Opener


class MilvusServer:
    """`milvus-lite server` on this machine: the same port and the same data after a restart."""

    def __init__(self, data: Path) -> None:
        self.data = data
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    @property
    def address(self) -> str:
        return f"milvus://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, and wait until it says that it takes connections."""
        options = ["--data-dir", str(self.data), "--host", "127.0.0.1", "--port", str(self.port)]
        self._process = subprocess.Popen(
            [sys.executable, "-u", "-m", "milvus_lite", "server", *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert self._process.stdout is not None
        said = self._process.stdout.readline()
        assert b"listening" in said, said

    def kill(self) -> None:
        """End it with kill -9."""
        assert self._process is not None and self._process.stdout is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        self._process.stdout.close()

    def stop(self) -> None:
        """End it for good."""
        if self._process is not None and self._process.poll() is None:
            self.kill()


@contextmanager
def running(data: Path) -> Iterator[MilvusServer]:
    """A server that is ended behind it."""
    server = MilvusServer(data)
    try:
        yield server
    finally:
        server.stop()


def opened(folder: Path, backend: str | None = None) -> Library:
    """A library whose server is asked even for what could be read whole."""
    library = Library(folder, Opener(), backend=backend)
    if isinstance(library.engine, Milvus):
        library.engine = Milvus(library.store, folder, library.engine.address, read_whole=0)
    return library


def fresh(library: Library, folder: Path) -> Library:
    """An embedded library of the same documents in the same order."""
    other = opened(folder)
    other.put_all(library.document(document.id) for document in library.documents())
    other.refresh()
    other.embed()
    return other
