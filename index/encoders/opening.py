"""Opens the encoder that a library or a user names."""

from typing import TYPE_CHECKING

from .prepare import NAME, Progress, silent

if TYPE_CHECKING:
    from . import Encoder

DEFAULT_NAMES = (None, "e5-small", NAME)


def open_encoder(name: str | None = None, progress: Progress = silent) -> "Encoder":
    """Return the encoder called `name`: None is the default one, `Encoder.name` is accepted too.

    Any other name or folder is a sentence-transformers model. `progress` is told of the one-time
    preparation of the default encoder: a label and the fraction done. Raises EncoderError.
    """
    if name in DEFAULT_NAMES:
        from .e5 import E5Encoder

        return E5Encoder(progress)
    from .transformer import TransformerEncoder

    return TransformerEncoder(str(name))
