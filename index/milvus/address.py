"""Where a Milvus server is: milvus://HOST:PORT[/DATABASE]."""

import re
from typing import NamedTuple

from index.milvus.errors import ServerError

SCHEME = "milvus://"
TOKEN = "YOUJU_MILVUS_TOKEN"  # nosec B105 # a name
"""The environment variable with the server's token, or USER:PASSWORD; it is written nowhere."""

_ADDRESS = re.compile(
    r"milvus://(?P<host>[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\]):(?P<port>[0-9]{1,5})"
    r"(?:/(?P<database>[A-Za-z_][A-Za-z0-9_]{0,254})?)?"
)


class Address(NamedTuple):
    """A server and one of its databases; "" is the one that the server has by itself."""

    host: str
    port: int
    database: str = ""

    def __str__(self) -> str:
        return f"{SCHEME}{self.host}:{self.port}" + (f"/{self.database}" if self.database else "")


def parse_address(text: str) -> Address:
    """Read an address. Raises ServerError for anything else."""
    found = _ADDRESS.fullmatch(text)
    if found is None or not 0 < int(found["port"]) <= 65535:
        raise ServerError(
            f"found {text!r}, expected milvus://HOST:PORT or milvus://HOST:PORT/DATABASE "
            f"(a password goes into {TOKEN})"
        )
    return Address(found["host"].lower(), int(found["port"]), found["database"] or "")
