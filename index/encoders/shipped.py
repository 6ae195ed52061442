"""The default encoder: Youju's own, whose files lie in the package (`training/` makes them)."""

from pathlib import Path

from .errors import EncoderError
from .manifest import GRAPH, DamagedError, check
from .names import DEFAULT

FOLDER = Path(__file__).parent / "default"
TOKENIZER = "tokenizer.json"
ABOUT: dict[str, object] = {"format": 1, "name": DEFAULT}


def read_shipped(folder: Path = FOLDER) -> tuple[bytes, bytes]:
    """Return the graph and the tokenizer, checked. Raises EncoderError where they are damaged."""
    try:
        files = check(folder, ABOUT, {GRAPH, TOKENIZER})
        return files.read(GRAPH), files.read(TOKENIZER)
    except DamagedError as error:
        raise EncoderError(
            f"the default encoder {DEFAULT} is damaged: {error}; it is part of Youju, so install "
            "Youju again, or take that folder anew from where you have it"
        ) from error
