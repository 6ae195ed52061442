"""The table of settings: what each is called, what it may be, and which argument it is behind."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from commands.options import count, port, share


def _text(written: str) -> str:
    if not written.strip():
        raise ValueError(written)
    return written


def _flag(written: str) -> bool:
    return {"true": True, "false": False, "1": True, "0": False}[written.casefold()]


def _folder(written: str) -> Path:
    return Path(_text(written)).expanduser()


def _one_of(*names: str) -> "Kind":
    return Kind(" or ".join(names), (str,), lambda written: names[names.index(written)])


class Kind(NamedTuple):
    """What a setting may be: in words, as types of TOML, and as it is read from a text."""

    expected: str
    types: tuple[type, ...]
    read: Callable[[str], Any]


TEXT = Kind("a text", (str,), _text)
FOLDER = Kind("the path of a folder", (str,), _folder)
FLAG = Kind("true or false", (bool,), _flag)
COUNT = Kind("a whole number above 0", (int,), count)
PORT = Kind("a port from 1 to 65535", (int,), port)
SHARE = Kind("a number from 0 to 1", (int, float), share)


class Setting(NamedTuple):
    """A row of the table of settings. `dest` is the argument that it is the default of."""

    name: str
    dest: str
    kind: Kind
    meaning: str
    not_of: tuple[str, ...] = ()
    """Commands in which the argument means something else."""

    @property
    def variable(self) -> str:
        """The environment variable that stands over the file."""
        return f"YOUJU_{self.dest.upper()}"


# A measurement names what it measures, and `reencode --model` what is to be.
_MEASURED = ("eval", "reencode")

SETTINGS = (
    Setting("library.folder", "library", FOLDER, "documents, indexes and accounts"),
    Setting("library.backend", "backend", TEXT, "embedded, or milvus://HOST:PORT[/DATABASE]"),
    Setting("library.model", "model", TEXT, "the encoder", _MEASURED),
    Setting("serve.host", "host", TEXT, "the address to serve at"),
    Setting("serve.port", "port", PORT, "the port to serve at"),
    Setting("serve.mcp", "mcp", FLAG, "an MCP server at /mcp"),
    Setting("serve.metrics", "metrics", FLAG, "figures for Prometheus at /metrics"),
    Setting("answers.threshold", "threshold", SHARE, "nothing is said below this confidence"),
    Setting("answers.rerank", "rerank", TEXT, "a cross-encoder", _MEASURED),
    Setting("generator.url", "generator", TEXT, "an OpenAI-compatible endpoint"),
    Setting("generator.model", "generator_model", TEXT, "its name at the endpoint"),
    Setting("generator.timeout", "generator_timeout", COUNT, "seconds"),
    Setting("generator.unsupported", "unsupported", _one_of("mark", "drop"), "unproved sentences"),
    Setting("log.format", "log_format", _one_of("text", "json"), "of what `serve` logs"),
    Setting("log.questions", "log_questions", FLAG, "the text of questions stands in the log"),
)
"""All that can be set. Keys, tokens and passwords cannot: a file is copied, shown and kept."""

SECRETS = ("YOUJU_GENERATOR_KEY", "YOUJU_MILVUS_TOKEN")
"""What only the environment may hold."""
