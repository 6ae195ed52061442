"""Make the default encoder's files from a tuned model: an 8-bit graph, a tokenizer, a manifest.

    python -m training.export FOLDER [--out DIR]

FOLDER is a sentence-transformers folder of multilingual-e5-small whose layers were tuned and whose
word embeddings were left as they were. Those, and the vocabulary, are therefore taken from the
pinned weights: they stay in the 4 bits in which they came, and however a training library writes
a tokenizer changes nothing. The same FOLDER gives the same bytes. At the end the graph is compared
with FOLDER in float32. Needs the extras `e5` and `models`.
"""

import argparse
import json
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus import YoujuError, read_file
from corpus.samples import SAMPLES
from index.encoders import TextKind, Vectors
from index.encoders.e5_file import E5File, Shape, parse
from index.encoders.graph import encoder_graph
from index.encoders.manifest import GRAPH, MANIFEST, entry, manifest_json, sha256
from index.encoders.names import DEFAULT, MAX_TOKENS
from index.encoders.onnx_encoder import OnnxEncoder
from index.encoders.shipped import ABOUT, FOLDER, TOKENIZER, read_shipped
from index.encoders.tensors import WORDS, Tensors, Weights, bert_names
from index.encoders.vocabulary import Vocabulary, tokenizer_json, trim
from index.encoders.weights import read_weights

BASE = "intfloat/multilingual-e5-small"
WEIGHTS = "model.safetensors"
NOTICE = "NOTICE"
SAME = 1e-6
"""What rounding may change in a word embedding when equal ones are averaged."""
SENTENCES = 60


class ExportError(YoujuError):
    """A folder that the default encoder cannot be made from."""


def export(folder: Path, out: Path) -> None:
    """Write the encoder's files to `out`, the manifest last. Raises ExportError."""
    file = parse(read_weights())
    vocabulary = trim(file)
    weights = read_tuned(folder, file, vocabulary)
    files = {
        GRAPH: encoder_graph(weights),
        TOKENIZER: tokenizer_json(vocabulary, file).encode(),
    }
    entries = {name: entry(content) for name, content in files.items()}
    about = ABOUT | {"base": BASE, "tuned": sha256((folder / WEIGHTS).read_bytes())}
    out.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (out / name).write_bytes(content)
    if not (out / NOTICE).exists():
        shutil.copyfile(FOLDER / NOTICE, out / NOTICE)
    (out / MANIFEST).write_bytes(manifest_json(about, entries) + b"\n")


def read_tuned(folder: Path, file: E5File, vocabulary: Vocabulary) -> Weights:
    """Return the layers of a tuned folder with the file's word embeddings of `vocabulary`.

    Raises ExportError where the folder holds another model, or its word embeddings were tuned.
    """
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        config = json.loads((folder / "config.json").read_bytes())
        tokenizer = json.loads((folder / TOKENIZER).read_bytes())
        tuned = load_file(folder / WEIGHTS)
    except (OSError, ValueError, SafetensorError) as error:
        raise ExportError(f"{folder} is no sentence-transformers folder: {error}") from error
    _check_shape(folder, config, file.shape)
    names = bert_names(file.shape.layers)
    _check_tensors(folder, tuned, [WORDS, *names.values()])
    _check_frozen(folder, tuned[WORDS], [piece for piece, _ in tokenizer["model"]["vocab"]], file)
    tensors: Tensors = {name: tuned[bert] for name, bert in names.items()}
    words = file.matrix("emb.word", file.shape.hidden, vocabulary.rows)
    shape = file.shape
    return Weights(words, tensors, shape.layers, shape.heads, shape.epsilon)


def _check_shape(folder: Path, config: Mapping[str, object], shape: Shape) -> None:
    expected = {
        "model_type": "bert",
        "hidden_size": shape.hidden,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "intermediate_size": shape.feed_forward,
        "hidden_act": "gelu",
    }
    for key, value in expected.items():
        if config.get(key) != value:
            raise ExportError(f"{folder}: {key} is {config.get(key)!r}, expected {value!r}")


def _check_tensors(folder: Path, tuned: Mapping[str, NDArray[Any]], names: Sequence[str]) -> None:
    for name in names:
        if name not in tuned:
            raise ExportError(f"{folder / WEIGHTS} holds no tensor {name}")
        if tuned[name].dtype != np.float32:
            raise ExportError(f"{folder / WEIGHTS}: {name} is {tuned[name].dtype}, not float32")


def _check_frozen(
    folder: Path, tuned: NDArray[np.float32], pieces: Sequence[str], file: E5File
) -> None:
    """The rows of a folder's own vocabulary, which may be a part of today's, are the file's."""
    row_of = {piece: row for row, piece in enumerate(file.pieces)}
    unknown = [piece for piece in pieces if piece not in row_of]
    if unknown or len(pieces) != len(tuned):
        raise ExportError(
            f"{folder} has {len(tuned)} word embeddings for {len(pieces)} pieces, of which "
            f"{len(unknown)} are none of multilingual-e5-small"
        )
    rows = np.array([row_of[piece] for piece in pieces], dtype=np.int64)
    moved = np.abs(tuned - file.matrix("emb.word", file.shape.hidden, rows).floats()).max()
    if moved > SAME:
        raise ExportError(
            f"{folder}: word embeddings were tuned (by up to {moved:.2g}), which 4 bits would "
            "lose: train with frozen embeddings"
        )


# --- how near the graph is to the model in float32 -------------------------------------------


def agreement(folder: Path, encoder: OnnxEncoder) -> dict[TextKind, Vectors]:
    """Return the cosines of 8 bits and float32, shape (SENTENCES,), for each kind of text."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    model.max_seq_length = MAX_TOKENS
    every = sorted(sentences(), key=len)
    texts = every[:: max(1, len(every) // SENTENCES)][:SENTENCES]
    kinds: tuple[TextKind, TextKind] = ("query", "passage")
    found = {}
    for kind in kinds:
        exact = model.encode(texts, prompt_name=kind, normalize_embeddings=True)
        found[kind] = np.einsum("ij,ij->i", exact, encoder.encode(texts, kind))
    return found


def sentences() -> Iterator[str]:
    """The clauses of the samples."""
    for path in SAMPLES.glob("[0-9]*"):
        document = read_file(path)
        yield from (document.quote(clause.span).strip() for clause in document.clauses)


def main() -> int:
    """Export, and print what was written and how well it agrees."""
    parser = argparse.ArgumentParser(description="Make the default encoder's files.")
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--out", type=Path, default=FOLDER, metavar="DIR")
    given = parser.parse_args()
    try:
        export(given.folder, given.out)
        encoder = OnnxEncoder(DEFAULT, *read_shipped(given.out))
    except YoujuError as error:
        print(f"export: {error}", file=sys.stderr)
        return 1
    for path in sorted(given.out.iterdir()):
        print(f"{path.stat().st_size:>12,} bytes  {path}")
    for kind, cosines in agreement(given.folder, encoder).items():
        print(f"{kind:8} cosine to float32: {cosines.min():.4f} least, {cosines.mean():.4f} mean")
    return 0


if __name__ == "__main__":
    sys.exit(main())
