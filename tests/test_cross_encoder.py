"""The first passages read again by a small cross-encoder."""

import importlib.util
from pathlib import Path

import pytest

from index.encoders.errors import EncoderError
from retrieval.reranking import CrossEncoder

MODELS = importlib.util.find_spec("sentence_transformers") is not None
pytestmark = pytest.mark.skipif(not MODELS, reason="the extra `models` is not installed")


@pytest.fixture(scope="module")
def small_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a cross-encoder of one layer with weights drawn at random."""
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *"学校教师应当配备食堂由谁负责"]
    tokenizer = Tokenizer(models.WordLevel({p: i for i, p in enumerate(pieces)}, "[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    torch.manual_seed(3)
    shape = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2}
    config = BertConfig(vocab_size=len(pieces), intermediate_size=16, num_labels=1, **shape)
    folder = tmp_path_factory.mktemp("cross-encoder")
    BertForSequenceClassification(config).save_pretrained(folder)
    special = {"unk_token": "[UNK]", "pad_token": "[PAD]", "sep_token": "[SEP]"}
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, cls_token="[CLS]", model_max_length=64, **special
    ).save_pretrained(folder)
    return folder


def test_a_cross_encoder_by_folder(small_model: Path) -> None:
    from sentence_transformers import CrossEncoder as Original

    texts = ["学校应当配备教师", "食堂由谁负责", "教师"]
    reranker = CrossEncoder(str(small_model))
    scores = reranker.scores("谁负责食堂", texts)
    expected = Original(str(small_model)).predict([("谁负责食堂", text) for text in texts])
    assert scores == pytest.approx(expected.reshape(3), abs=1e-6)
    assert len(set(scores.tolist())) == 3
    assert reranker.scores("谁", []).shape == (0,)
    assert reranker.name == str(small_model.resolve())


def test_a_cross_encoder_that_is_nowhere_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")  # nobody answers there
    with pytest.raises(EncoderError, match="cannot open the model nobody/nothing"):
        CrossEncoder("nobody/nothing")
