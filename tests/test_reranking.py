"""The first passages read again: by a fake that can be foreseen, and by a small cross-encoder."""

import importlib.util
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import parse
from index import Library
from index.encoders.errors import EncoderError
from retrieval.fusion import Floats
from retrieval.ranking import Ranking
from retrieval.reranking import RERANKED, CrossEncoder, rerank
from retrieval.search import Searcher
from tests.fakes import FILES

MODELS = importlib.util.find_spec("sentence_transformers") is not None


class Shortest:
    """Prefers short passages, and remembers what it was given."""

    name = "shortest"

    def __init__(self) -> None:
        self.read: list[list[str]] = []

    def scores(self, query: str, texts: Sequence[str]) -> Floats:
        self.read.append(list(texts))
        return np.array([-float(len(text)) for text in texts])


def ranking(size: int) -> Ranking:
    falling = np.arange(size, 0, -1, dtype=np.float64)
    return Ranking.of(np.arange(size, dtype=np.int64), falling, falling, falling / 10)


@given(st.integers(0, 30), st.data())
def test_the_first_are_put_in_order_and_the_rest_follow(size: int, data: st.DataObject) -> None:
    read = data.draw(st.integers(0, size))
    scores = np.array(data.draw(st.lists(st.integers(-3, 3), min_size=read, max_size=read)), float)
    found = rerank(ranking(size), scores)
    expected = sorted(range(read), key=lambda place: -scores[place])
    assert found.positions.tolist() == [*expected, *range(read, size)]
    assert found.reread[:read].tolist() == sorted(scores, reverse=True)
    assert np.isnan(found.reread[read:]).all()
    assert found.bm25.tolist() == ranking(size).bm25[found.positions].tolist()
    assert (np.diff(found.scores) < 0).all()


def test_a_search_reads_its_first_passages_again(library: Library) -> None:
    library.put_all(parse(name, name, text) for name, text in FILES.items())
    reranker = Shortest()
    plain = Searcher(library).search("学校 教师", top=50, mode="bm25")
    found = Searcher(library, reranker=reranker).search("学校 教师", top=50, mode="bm25")
    (texts,) = reranker.read
    assert 1 < len(texts) <= RERANKED
    said = [hit.scores.rerank for hit in found.hits if hit.scores.rerank is not None]
    assert said == sorted(said, reverse=True)
    assert {hit.clause.id for hit in found.hits} == {hit.clause.id for hit in plain.hits}
    assert all(hit.scores.rerank is None for hit in plain.hits)


@pytest.fixture(scope="module")
def small_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a cross-encoder of one layer with weights drawn at random."""
    if not MODELS:
        pytest.skip("the extra `models` is not installed")
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


@pytest.mark.skipif(not MODELS, reason="the extra `models` is not installed")
def test_a_cross_encoder_that_is_nowhere_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")  # nobody answers there
    with pytest.raises(EncoderError, match="cannot open the model nobody/nothing"):
        CrossEncoder("nobody/nothing")
