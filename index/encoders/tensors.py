"""The encoder's weights as arrays, by their names in the weights file and in BERT."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .e5_file import E5File, Quantised

Tensors = dict[str, NDArray[np.float32]]

WORDS = "embeddings.word_embeddings.weight"
"""What `transformers.BertModel` calls the word embeddings."""

_EMBEDDINGS = {
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}
_LINEARS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
}
_NORMS = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}


class Weights(NamedTuple):
    """What the graph is made of: the word embeddings in 4 bits, all else in float32.

    `tensors` go by their names in the weights file, `l0.q.w` for the queries of the first layer;
    matrices have the shape (outputs, inputs).
    """

    words: Quantised
    tensors: Tensors
    layers: int
    heads: int
    epsilon: float


def bert_names(layers: int) -> dict[str, str]:
    """Map the file's name of every tensor but the word embeddings to that of `BertModel`."""
    names = dict(_EMBEDDINGS)
    for layer in range(layers):
        for short, name in (_LINEARS | _NORMS).items():
            names[f"l{layer}.{short}.w"] = f"encoder.layer.{layer}.{name}.weight"
            names[f"l{layer}.{short}.b"] = f"encoder.layer.{layer}.{name}.bias"
    return names


def read_tensors(file: E5File) -> Tensors:
    """Return the file's tensors but the word embeddings, as float32."""
    return {name: _read(file, name) for name in bert_names(file.shape.layers)}


def _read(file: E5File, name: str) -> NDArray[np.float32]:
    layer = name.removesuffix(".w").rpartition(".")[2]
    if name.endswith(".w") and layer in _LINEARS:
        columns = file.shape.feed_forward if layer == "fo" else file.shape.hidden
        return file.matrix(name, columns).floats()
    vector = file.vector(name)
    return vector.reshape(-1, file.shape.hidden) if name in ("emb.pos", "emb.type") else vector
