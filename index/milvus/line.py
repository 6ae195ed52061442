"""The way to a Milvus server, and what goes wrong on it in one line."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.milvus.address import TOKEN, Address
from index.milvus.errors import ServerError

if TYPE_CHECKING:
    from pymilvus import MilvusClient

OPTIONS = {
    # A new connection is tried at once; else it waits as long as a former one that failed.
    "grpc.use_local_subchannel_pool": 1,
    # As seldom as any server allows; some end a connection that asks more often.
    "grpc.keepalive_time_ms": 300_000,
}
SECONDS = 30.0
"""A call that takes longer is given up."""


@dataclass(slots=True)
class Line:
    """A connection; once something went wrong on it, it is not used for anything new."""

    address: Address
    client: "MilvusClient"
    is_broken: bool = False

    @contextmanager
    def speaking(self) -> Iterator["MilvusClient"]:
        """Lend the client; what goes wrong becomes one line."""
        try:
            with speaking(self.address):
                yield self.client
        except ServerError:
            self.is_broken = True
            raise


def connect(address: Address) -> Line:
    """Reach a server. Raises ServerError where there is none, or pymilvus is not installed."""
    # Read when gRPC is first used; what it would write is said in one line.
    os.environ.setdefault("GRPC_VERBOSITY", "NONE")
    try:
        from pymilvus import MilvusClient
    except ImportError as error:
        raise ServerError(
            f"{address} needs pymilvus, which is not installed: pip install 'youju[milvus]'"
        ) from error
    _silence()
    with speaking(address):
        client = MilvusClient(
            uri=f"http://{address.host}:{address.port}",
            token=os.environ.get(TOKEN, ""),
            db_name=address.database,
            timeout=SECONDS,
            dedicated=True,
            grpc_options=OPTIONS,
        )
    return Line(address, client)


def _silence() -> None:
    """Keep pymilvus from writing what is said in one line anyway; it logs as it is imported."""
    log = logging.getLogger("pymilvus")
    log.handlers = [logging.NullHandler()]
    log.propagate = False


@contextmanager
def speaking(address: Address) -> Iterator[None]:
    """Turn whatever pymilvus raises into one line that says what to do."""
    import grpc
    from pymilvus.exceptions import MilvusException

    try:
        yield
    except (MilvusException, grpc.RpcError, grpc.FutureTimeoutError) as error:
        raise ServerError(f"{address}: {explained(str(error))}") from error


def explained(said: str) -> str:
    """Return in words what a server, or the way to it, says."""
    first = " ".join(said.split())[:300]
    for signs, meaning in _EXPLANATIONS:
        if any(sign in said.lower() for sign in signs):
            return f"{meaning} ({first})"
    return f"the server refused: {first}"


_EXPLANATIONS = (
    (
        ("unauthenticated", "auth check failure", "permission"),
        f"the server wants another name and password: set {TOKEN} to USER:PASSWORD",
    ),
    (
        ("database not found",),
        "the server has no such database: make it, or leave it out",
    ),
    (
        ("deadline", "timeout", "timed out"),
        f"no answer in {SECONDS:g} seconds: see whether the server is well, and try again",
    ),
    (
        ("unavailable", "failed to connect", "fail connecting", "connection refused"),
        "there is no Milvus server: start it, or name another; what was written is kept",
    ),
    (
        ("unimplemented", "not support"),
        "the server is too old or of another kind: Milvus 2.5 or newer is expected",
    ),
)
