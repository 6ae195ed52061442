"""Making the default encoder's files from a tuned folder; here the tuning is a known change."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.encoders.e5_file import parse
from index.encoders.folder import safetensors
from index.encoders.manifest import GRAPH, MANIFEST
from index.encoders.names import DEFAULT
from index.encoders.onnx_encoder import OnnxEncoder
from index.encoders.prepare import cache_folder, torch_folder
from index.encoders.shipped import TOKENIZER, read_shipped
from index.encoders.tensors import WORDS, Tensors
from index.encoders.vocabulary import Vocabulary, tokenizer_json, trim
from index.encoders.weights import read_weights
from training.export import WEIGHTS, ExportError, export

numpy_files = pytest.importorskip("safetensors.numpy", reason="the extra `models` is absent")
pytestmark = pytest.mark.encoder
LAYER = "encoder.layer.11.output.dense.weight"


@pytest.fixture(scope="module")
def tensors(encoder_cache: Path) -> Tensors:
    found: Tensors = numpy_files.load_file(torch_folder() / WEIGHTS)
    return found


@pytest.fixture
def tuned(encoder_cache: Path, tmp_path: Path) -> Path:
    """A copy of the plain folder, by links; a test replaces files and never writes in them."""
    copy = tmp_path / "tuned"
    shutil.copytree(torch_folder(), copy, copy_function=os.link)
    return copy


def replace(path: Path, content: bytes) -> None:
    path.unlink()
    path.write_bytes(content)


def test_the_plain_weights_give_the_plain_encoder(tuned: Path, tmp_path: Path) -> None:
    export(tuned, tmp_path / "out")
    assert (tmp_path / "out" / GRAPH).read_bytes() == (cache_folder() / GRAPH).read_bytes()
    assert (tmp_path / "out" / TOKENIZER).read_bytes() == (tuned / TOKENIZER).read_bytes()
    manifest = json.loads((tmp_path / "out" / MANIFEST).read_bytes())
    assert manifest["name"] == DEFAULT
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        GRAPH,
        TOKENIZER,
        MANIFEST,
        "NOTICE",
    }


def test_tuned_layers_are_taken_and_the_same_folder_gives_the_same_bytes(
    tuned: Path, tmp_path: Path, tensors: Tensors
) -> None:
    replace(tuned / WEIGHTS, safetensors(tensors | {LAYER: tensors[LAYER] * np.float32(0.5)}))
    export(tuned, tmp_path / "out")
    export(tuned, tmp_path / "again")
    for name in (GRAPH, TOKENIZER, MANIFEST, "NOTICE"):
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "again" / name).read_bytes()
    texts = ["校园食堂由谁负责", "经费由县级财政保障"]
    ours = OnnxEncoder(DEFAULT, *read_shipped(tmp_path / "out")).encode(texts, "passage")
    model = pytest.importorskip("sentence_transformers").SentenceTransformer(
        str(tuned), device="cpu", local_files_only=True
    )
    theirs = model.encode(texts, prompt_name="passage")
    assert (np.einsum("ij,ij->i", ours, theirs) >= 0.995).all()


def test_a_folder_of_a_part_of_the_vocabulary_gets_the_whole(
    tuned: Path, tmp_path: Path, tensors: Tensors
) -> None:
    """As one that was prepared when the vocabulary was cut closer."""
    file = parse(read_weights())
    whole = trim(file)
    kept = [*range(1000), len(whole.pieces) - 1]
    part = Vocabulary(
        whole.rows[kept],
        tuple(whole.pieces[number] for number in kept),
        tuple(whole.scores[number] for number in kept),
    )
    replace(tuned / TOKENIZER, tokenizer_json(part, file).encode())
    # Averaging equal numbers may change the last bit.
    words = np.nextafter(tensors[WORDS][kept], np.float32(1))
    replace(tuned / WEIGHTS, safetensors(tensors | {WORDS: words}))
    export(tuned, tmp_path / "out")
    assert (tmp_path / "out" / GRAPH).read_bytes() == (cache_folder() / GRAPH).read_bytes()
    assert (tmp_path / "out" / TOKENIZER).read_bytes() == tokenizer_json(whole, file).encode()


def edit(path: Path, change: Callable[[Any], None]) -> None:
    content = json.loads(path.read_bytes())
    change(content)
    replace(path, json.dumps(content).encode())


def retensor(folder: Path, tensors: Tensors) -> None:
    replace(folder / WEIGHTS, numpy_files.save(tensors))


OTHERS: dict[str, Callable[[Path, Tensors], None]] = {
    r"word embeddings were tuned \(by up to 0\.01\d*\)": lambda folder, tensors: retensor(
        folder, tensors | {WORDS: tensors[WORDS] + np.float32(0.01)}
    ),
    f"{LAYER} is float16, not float32": lambda folder, tensors: retensor(
        folder, tensors | {LAYER: tensors[LAYER].astype(np.float16)}
    ),
    f"holds no tensor {LAYER}": lambda folder, tensors: retensor(
        folder, {name: tensor for name, tensor in tensors.items() if name != LAYER}
    ),
    "1 are none of multilingual-e5-small": lambda folder, _: edit(
        folder / TOKENIZER,
        lambda content: content["model"]["vocab"][5000].__setitem__(0, "no such piece"),
    ),
    "num_hidden_layers is 6, expected 12": lambda folder, _: edit(
        folder / "config.json", lambda content: content.update(num_hidden_layers=6)
    ),
    "tuned is no sentence-transformers folder: .*deserializing": lambda folder, _: replace(
        folder / WEIGHTS, (folder / WEIGHTS).read_bytes()[:1000]
    ),
    "tuned is no sentence-transformers folder: .*No such file": lambda folder, _: shutil.rmtree(
        folder
    ),
}


@pytest.mark.parametrize("said", OTHERS)
def test_another_model_is_refused_in_one_line(
    tuned: Path, tmp_path: Path, tensors: Tensors, said: str
) -> None:
    OTHERS[said](tuned, tensors)
    with pytest.raises(ExportError, match=said) as raised:
        export(tuned, tmp_path / "out")
    assert "\n" not in str(raised.value)
    assert not (tmp_path / "out").exists()
