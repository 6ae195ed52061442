"""Writes the encoder as an ONNX graph of 8-bit matrix products for onnxruntime.

BERT (Devlin et al. 2019) with mean pooling and length 1, from token ids to vectors. Word
embeddings stay in the 4-bit blocks of the weights file, so nothing is lost there. Each dense layer
has one scale per output column, and each token one scale of its own, computed as it passes
("vector-wise quantisation", Dettmers et al. 2022, https://arxiv.org/abs/2208.07339): a text has
the same vector whatever else is in its batch, which one scale per batch would not give.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .e5_file import BLOCK, Quantised
from .tensors import Tensors, Weights

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


def encoder_graph(weights: Weights) -> bytes:
    """Return the ONNX model of the encoder.

    Inputs `input_ids` and `attention_mask`, int64 (batch, tokens), up to 512 tokens; output
    `embedding`, float32 (batch, hidden), each of length 1.
    """
    from onnx import TensorProto, helper

    graph = _Graph()
    hidden = _embeddings(graph, weights)
    shared = _Shared(
        graph.node("Cast", "attention_mask", to=TensorProto.INT32), _zero_points(graph)
    )
    for layer in range(weights.layers):
        hidden = _layer(graph, weights, f"l{layer}.", hidden, shared)
    _pool(graph, hidden)
    tokens = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "tokens"])
        for name in ("input_ids", "attention_mask")
    ]
    vector = helper.make_tensor_value_info(
        "embedding", TensorProto.FLOAT, ["batch", weights.words.codes.shape[1]]
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


def _embeddings(graph: _Graph, weights: Weights) -> str:
    """Word, position and type embeddings, normalised; shape (batch, tokens, hidden)."""
    word = _words(graph, weights.words)
    table = weights.tensors["emb.pos"] + weights.tensors["emb.type"][0]
    position = graph.node(
        "Slice",
        graph.constant("emb.pos", table),
        graph.axes(0),
        graph.node("Shape", "input_ids", start=1, end=2),
        graph.axes(0),
    )
    return _normalise(graph, weights, "emb.ln", graph.node("Add", word, position))


def _words(graph: _Graph, words: Quantised) -> str:
    from onnx import TensorProto, helper

    nibbles = words.codes.view(np.uint8) & 0x0F
    packed = (nibbles[:, 0::2] | nibbles[:, 1::2] << 4).tobytes()
    graph.constants.append(
        helper.make_tensor("emb.word", TensorProto.INT4, words.codes.shape, packed, raw=True)
    )
    return graph.node(
        "GatherBlockQuantized",
        "emb.word",
        "input_ids",
        graph.constant("emb.word.scale", words.scales),
        domain=MICROSOFT,
        block_size=BLOCK,
        gather_axis=0,
        quantize_axis=1,
    )


class _Shared(NamedTuple):
    """What every layer reads: which tokens are the text's own, and the zero point of each."""

    mask: str
    zero_points: str


def _zero_points(graph: _Graph) -> str:
    tokens = graph.node("Unsqueeze", "input_ids", graph.axes(-1))
    return graph.node("Expand", _zero_point(graph), graph.node("Shape", tokens))


def _zero_point(graph: _Graph) -> str:
    return graph.constant("zero", np.array(ZERO_POINT, dtype=np.uint8))


def _layer(graph: _Graph, weights: Weights, layer: str, hidden: str, shared: _Shared) -> str:
    """One transformer layer, shape (batch, tokens, hidden)."""
    tensors = weights.tensors

    def linear(x: str, *names: str) -> str:
        matrix = np.concatenate([tensors[layer + name] for name in names])
        return _linear(graph, layer + names[0], matrix, x, shared.zero_points)

    bias = np.concatenate([tensors[f"{layer}{part}.b"] for part in "qkv"])
    attended = graph.node(
        "MultiHeadAttention",
        *graph.nodes_of("Split", 3, linear(hidden, "q.w", "k.w", "v.w"), axis=-1, num_outputs=3),
        graph.constant(f"{layer}qkv.b", bias),
        shared.mask,
        domain=MICROSOFT,
        num_heads=weights.heads,
    )
    out = linear(attended, "ao.w")
    hidden = _residual(graph, weights, f"{layer}ao.b", f"{layer}aln", hidden, out)
    inner_bias = _vector(graph, tensors, f"{layer}fi.b")
    inner = graph.node("BiasGelu", linear(hidden, "fi.w"), inner_bias, domain=MICROSOFT)
    out = linear(inner, "fo.w")
    return _residual(graph, weights, f"{layer}fo.b", f"{layer}oln", hidden, out)


def _linear(
    graph: _Graph, name: str, weights: NDArray[np.float32], x: str, zero_points: str
) -> str:
    """Return x Wᵀ without the bias; x has one scale per token and W one per output."""
    codes, output_scales = int8_columns(weights)
    largest = graph.node("ReduceMax", graph.node("Abs", x), graph.axes(-1), keepdims=1)
    step = graph.constant("step", np.array(1 / ACTIVATION_LIMIT, dtype=np.float32))
    tiny = graph.constant("tiny", np.array(1e-20, dtype=np.float32))
    scales = graph.node("Max", graph.node("Mul", largest, step), tiny)
    width = weights.shape[1]
    product = graph.node(
        "MatMulIntegerToFloat",
        graph.node("QuantizeLinear", x, scales, zero_points, axis=-1, block_size=width),
        graph.constant(name, codes),
        graph.constant("one", np.array(1, dtype=np.float32)),
        graph.constant(f"{name} scale", output_scales),
        _zero_point(graph),
        domain=MICROSOFT,
    )
    return graph.node("Mul", product, scales)


def _residual(graph: _Graph, weights: Weights, bias: str, norm: str, x: str, change: str) -> str:
    change = graph.node("Add", change, _vector(graph, weights.tensors, bias))
    return _normalise(graph, weights, norm, graph.node("Add", x, change))


def _normalise(graph: _Graph, weights: Weights, name: str, x: str) -> str:
    return graph.node(
        "LayerNormalization",
        x,
        _vector(graph, weights.tensors, f"{name}.w"),
        _vector(graph, weights.tensors, f"{name}.b"),
        axis=-1,
        epsilon=weights.epsilon,
    )


def _vector(graph: _Graph, tensors: Tensors, name: str) -> str:
    return graph.constant(name, tensors[name])


def _pool(graph: _Graph, hidden: str) -> None:
    """The sum over the text's own tokens, scaled to length 1 (as the mean would be)."""
    from onnx import TensorProto, helper

    mask = graph.node("Cast", "attention_mask", to=TensorProto.FLOAT)
    masked = graph.node("Mul", hidden, graph.node("Unsqueeze", mask, graph.axes(-1)))
    total = graph.node("ReduceSum", masked, graph.axes(1), keepdims=0)
    graph.nodes.append(helper.make_node("LpNormalization", [total], ["embedding"], axis=1, p=2))
