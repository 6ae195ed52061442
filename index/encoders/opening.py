"""Opens the encoder that a library or a user names."""

from pathlib import Path
from typing import TYPE_CHECKING

from .errors import EncoderError
from .names import DEFAULT, DEFAULT_NAMES, E5_NAMES, E5_SMALL, OWN
from .progress import Progress, silent

if TYPE_CHECKING:
    from . import Encoder


def open_encoder(name: str | None = None, progress: Progress = silent) -> "Encoder":
    """Return the encoder called `name`: None is the default one, `Encoder.name` is accepted too.

    `e5-small` is the plain multilingual-e5-small, of whose one-time preparation `progress` is
    told: a label and the fraction done. Any other name or folder is a sentence-transformers
    model. Raises EncoderError.
    """
    if name in DEFAULT_NAMES:
        from .onnx_encoder import OnnxEncoder
        from .shipped import read_shipped

        return OnnxEncoder(DEFAULT, *read_shipped())
    if name in E5_NAMES:
        from .onnx_encoder import OnnxEncoder
        from .prepare import read_prepared

        return OnnxEncoder(E5_SMALL, *read_prepared(progress))
    if name is not None and name.startswith(OWN) and not Path(name).is_dir():
        raise EncoderError(
            f"the encoder {name} is of another version of Youju, this one brings {DEFAULT} and "
            f"{E5_SMALL}: name one of these, or use that version"
        )
    from .transformer import TransformerEncoder

    return TransformerEncoder(str(name))
