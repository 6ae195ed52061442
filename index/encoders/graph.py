"""Writes the encoder as an ONNX graph of 8-bit matrix products for onnxruntime.

BERT (Devlin et al. 2019) with mean pooling and length 1, from token ids to vectors. Word
embeddings stay in the 4-bit blocks of the weights file, so nothing is lost there. Each dense layer
has one scale per output column, and each token one scale of its own, computed as it passes
("vector-wise quantisation", Dettmers et al. 2022, https://arxiv.org/abs/2208.07339): a text has
the same vector whatever else is in its batch, which one scale per batch would not give.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .e5_file import BLOCK, E5File

OPSET = 21
IR_VERSION = 10
MICROSOFT = "com.microsoft"  # operators that onnxruntime adds to ONNX

# AVX2 adds two products of an unsigned and a signed byte in 16 bits, which clip at 32,767.
# Activations reach 255, so weights up to 64 (2 * 255 * 64 = 32,640) never clip and every CPU
# computes the same sums.
WEIGHT_LIMIT = 64
ZERO_POINT = 128
ACTIVATION_LIMIT = 127


def int8_columns(
    weights: NDArray[np.float32],
) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Quantise a dense layer's weights, shape (out, in), with one scale per output.

    Returns codes of shape (in, out), at most WEIGHT_LIMIT in size, and scales of shape (out,).
    """
    scales = np.abs(weights).max(axis=1) / WEIGHT_LIMIT
    scales = np.where(scales > 0, scales, 1).astype(np.float32)
    codes = np.rint(weights / scales[:, None]).astype(np.int8)
    return np.ascontiguousarray(codes.T), scales


def encoder_graph(file: E5File, rows: NDArray[np.int64]) -> bytes:
    """Return the ONNX model of the encoder, its word embeddings cut to `rows`.

    Inputs `input_ids` and `attention_mask`, int64 (batch, tokens), up to 512 tokens; output
    `embedding`, float32 (batch, hidden), each of length 1.
    """
    from onnx import TensorProto, helper

    graph = _Graph()
    hidden = _embeddings(graph, file, rows)
    mask = graph.node("Cast", "attention_mask", to=TensorProto.INT32)
    for layer in range(file.shape.layers):
        hidden = _layer(graph, file, f"l{layer}.", hidden, mask)
    _pool(graph, file, hidden)
    tokens = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "tokens"])
        for name in ("input_ids", "attention_mask")
    ]
    vector = helper.make_tensor_value_info(
        "embedding", TensorProto.FLOAT, ["batch", file.shape.hidden]
    )
    model = helper.make_model(
        helper.make_graph(graph.nodes, "e5", tokens, [vector], graph.constants),
        opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)],
        ir_version=IR_VERSION,
    )
    return bytes(model.SerializeToString())


class _Graph:
    """Collects nodes and constants; every method returns the name of what it added."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []
        self._named: set[str] = set()

    def constant(self, name: str, value: NDArray[Any]) -> str:
        from onnx import numpy_helper

        if name not in self._named:
            self._named.add(name)
            self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def axes(self, *axes: int) -> str:
        return self.constant(f"axes {axes}", np.array(axes, dtype=np.int64))

    def node(self, operator: str, *inputs: str, domain: str = "", **attributes: object) -> str:
        return self.nodes_of(operator, 1, *inputs, domain=domain, **attributes)[0]

    def nodes_of(
        self, operator: str, outputs: int, *inputs: str, domain: str = "", **attributes: object
    ) -> list[str]:
        from onnx import helper

        number = len(self.nodes)
        names = [f"{operator} {number}.{output}" for output in range(outputs)]
        self.nodes.append(
            helper.make_node(operator, list(inputs), names, domain=domain, **attributes)
        )
        return names


def _embeddings(graph: _Graph, file: E5File, rows: NDArray[np.int64]) -> str:
    """Word, position and type embeddings, normalised; shape (batch * tokens, hidden)."""
    from onnx import TensorProto, helper

    width = file.shape.hidden
    words = file.matrix("emb.word", width, rows)
    nibbles = words.codes.view(np.uint8) & 0x0F
    packed = (nibbles[:, 0::2] | nibbles[:, 1::2] << 4).tobytes()
    graph.constants.append(
        helper.make_tensor("emb.word", TensorProto.INT4, words.codes.shape, packed, raw=True)
    )
    word = graph.node(
        "GatherBlockQuantized",
        "emb.word",
        "input_ids",
        graph.constant("emb.word.scale", words.scales),
        domain=MICROSOFT,
        block_size=BLOCK,
        gather_axis=0,
        quantize_axis=1,
    )
    table = file.vector("emb.pos").reshape(-1, width) + file.vector("emb.type")[:width]
    position = graph.node(
        "Slice",
        graph.constant("emb.pos", table),
        graph.axes(0),
        graph.node("Shape", "input_ids", start=1, end=2),
        graph.axes(0),
    )
    flat = graph.node("Reshape", graph.node("Add", word, position), graph.axes(-1, width))
    return _normalise(graph, file, "emb.ln", flat)


def _layer(graph: _Graph, file: E5File, layer: str, hidden: str, mask: str) -> str:
    """One transformer layer over tokens in rows, shape (batch * tokens, hidden)."""
    shape = file.shape
    fused = _linear(graph, file, [f"{layer}{part}.w" for part in "qkv"], hidden, shape.hidden)
    batched = graph.node(
        "Concat", graph.node("Shape", "input_ids"), graph.axes(shape.hidden), axis=0
    )
    parts = [
        graph.node("Reshape", part, batched)
        for part in graph.nodes_of("Split", 3, fused, axis=-1, num_outputs=3)
    ]
    bias = np.concatenate([file.vector(f"{layer}{part}.b") for part in "qkv"])
    attended = graph.node(
        "MultiHeadAttention",
        *parts,
        graph.constant(f"{layer}qkv.b", bias),
        mask,
        domain=MICROSOFT,
        num_heads=shape.heads,
    )
    context = graph.node("Reshape", attended, graph.axes(-1, shape.hidden))
    out = _linear(graph, file, [f"{layer}ao.w"], context, shape.hidden)
    hidden = _residual(graph, file, f"{layer}ao.b", f"{layer}aln", hidden, out)
    inner = _linear(graph, file, [f"{layer}fi.w"], hidden, shape.hidden)
    inner = graph.node("BiasGelu", inner, _vector(graph, file, f"{layer}fi.b"), domain=MICROSOFT)
    out = _linear(graph, file, [f"{layer}fo.w"], inner, shape.feed_forward)
    return _residual(graph, file, f"{layer}fo.b", f"{layer}oln", hidden, out)


def _linear(graph: _Graph, file: E5File, names: list[str], x: str, columns: int) -> str:
    """Return x Wᵀ without the bias; x has one scale per row and W one per column."""
    codes, column_scales = int8_columns(
        np.concatenate([file.matrix(name, columns).floats() for name in names])
    )
    largest = graph.node("ReduceMax", graph.node("Abs", x), graph.axes(1), keepdims=1)
    step = graph.constant("step", np.array(1 / ACTIVATION_LIMIT, dtype=np.float32))
    tiny = graph.constant("tiny", np.array(1e-20, dtype=np.float32))
    row_scales = graph.node("Max", graph.node("Mul", largest, step), tiny)
    scales = graph.node("Squeeze", row_scales, graph.axes(1))
    zero = graph.constant("zero", np.array([ZERO_POINT], dtype=np.uint8))
    zeros = graph.node("Expand", zero, graph.node("Shape", scales))
    product = graph.node(
        "MatMulIntegerToFloat",
        graph.node("QuantizeLinear", x, scales, zeros, axis=0),
        graph.constant(" ".join(names), codes),
        graph.constant("one", np.array(1, dtype=np.float32)),
        graph.constant(" ".join(names) + " scale", column_scales),
        zero,
        domain=MICROSOFT,
    )
    return graph.node("Mul", product, row_scales)


def _residual(graph: _Graph, file: E5File, bias: str, norm: str, x: str, change: str) -> str:
    change = graph.node("Add", change, _vector(graph, file, bias))
    return _normalise(graph, file, norm, graph.node("Add", x, change))


def _normalise(graph: _Graph, file: E5File, name: str, x: str) -> str:
    return graph.node(
        "LayerNormalization",
        x,
        _vector(graph, file, f"{name}.w"),
        _vector(graph, file, f"{name}.b"),
        axis=-1,
        epsilon=file.shape.epsilon,
    )


def _vector(graph: _Graph, file: E5File, name: str) -> str:
    return graph.constant(name, file.vector(name))


def _pool(graph: _Graph, file: E5File, hidden: str) -> None:
    """The sum over the text's own tokens, scaled to length 1 (as the mean would be)."""
    from onnx import TensorProto, helper

    batched = graph.node(
        "Concat", graph.node("Shape", "input_ids"), graph.axes(file.shape.hidden), axis=0
    )
    mask = graph.node("Cast", "attention_mask", to=TensorProto.FLOAT)
    masked = graph.node(
        "Mul",
        graph.node("Reshape", hidden, batched),
        graph.node("Unsqueeze", mask, graph.axes(-1)),
    )
    total = graph.node("ReduceSum", masked, graph.axes(1), keepdims=0)
    graph.nodes.append(helper.make_node("LpNormalization", [total], ["embedding"], axis=1, p=2))
