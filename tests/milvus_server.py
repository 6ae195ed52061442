"""A real Milvus server in a process of its own, which a test may kill and start again."""

import signal
import socket
import subprocess
import sys
from pathlib import Path


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
