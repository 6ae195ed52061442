"""Any sentence-transformers model, by name or by folder."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.error import HTTPError
from urllib.request import urlopen

import numpy as np

from corpus.silence import silence

from . import TextKind, Vectors
from .errors import EncoderError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

# What models call the prompt of each kind, in the order they are looked for.
PROMPT_NAMES: dict[TextKind, tuple[str, ...]] = {
    "query": ("query",),
    "passage": ("passage", "document", "corpus"),
}
HUB = "https://huggingface.co"
SECONDS_TO_REACH_HUB = 5


class TransformerEncoder:
    """A `sentence_transformers.SentenceTransformer` with the prompts it defines; an `Encoder`."""

    batch_size = 32

    def __init__(self, model: str) -> None:
        """Open a model: a folder, a name in the local cache or, failing both, on the hub.

        Raises EncoderError where the package is missing or the model cannot be had.
        """
        folder = Path(model).expanduser()
        self.name = str(folder.resolve()) if folder.is_dir() else model
        self._model: SentenceTransformer = open_model(self.name, "SentenceTransformer")
        dimension = self._model.get_embedding_dimension()
        if dimension is None:
            raise EncoderError(f"the model {model} does not say how many dimensions it has")
        self.dimension = int(dimension)

    def encode(self, texts: list[str], kind: TextKind) -> Vectors:
        """Return float32 vectors of length 1, shape (len(texts), dimension)."""
        encode = {"query": self._model.encode_query, "passage": self._model.encode_document}[kind]
        vectors = encode(
            texts,
            prompt=self._prompt(kind),
            batch_size=self.batch_size,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        return np.asarray(vectors, dtype=np.float32).reshape(len(texts), self.dimension)

    def _prompt(self, kind: TextKind) -> str | None:
        prompts = self._model.prompts
        return next((prompts[name] for name in PROMPT_NAMES[kind] if prompts.get(name)), None)


def open_model(model: str, kind: Literal["SentenceTransformer", "CrossEncoder"]) -> Any:
    """Open a model of sentence-transformers: a folder, a cached name or, failing both, on the hub.

    Raises EncoderError where the package is missing or the model cannot be had.
    """
    silence()
    try:
        import sentence_transformers
    except ImportError as error:
        raise EncoderError(
            f"the model {model} needs sentence-transformers: pip install 'youju[models]'"
        ) from error
    build = getattr(sentence_transformers, kind)
    try:
        return build(model, local_files_only=True)
    except ValueError as error:
        raise _cannot_open(model, error) from error
    except OSError as error:
        if Path(model).is_dir() or not _hub_answers():
            raise _cannot_open(model, error) from error
    try:
        return build(model)
    except (OSError, ValueError) as error:
        raise _cannot_open(model, error) from error


def _hub_answers() -> bool:
    """Whether the hub can be reached: without this, a machine offline would retry for a minute."""
    try:
        with urlopen(os.environ.get("HF_ENDPOINT", HUB), timeout=SECONDS_TO_REACH_HUB):  # nosec B310 # the hub, or the address that the user names
            return True
    except HTTPError:
        return True
    except (OSError, ValueError):
        return False


def _cannot_open(model: str, error: Exception) -> EncoderError:
    reason = (str(error).strip() or type(error).__name__).splitlines()[0].rstrip(".")
    return EncoderError(
        f"cannot open the model {model}: {reason}; give the folder of a sentence-transformers "
        "model, or connect once so that it is downloaded"
    )
