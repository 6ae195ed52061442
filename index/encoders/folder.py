"""Writes the encoder as the folder that sentence-transformers reads, without importing it."""

import json
import struct
from collections.abc import Iterator

import numpy as np

from .e5_file import E5File
from .names import MAX_TOKENS, PROMPTS
from .tensors import WORDS, Tensors, Weights, bert_names
from .vocabulary import Vocabulary, tokenizer_json

_MODULES = "sentence_transformers.models"


def folder_files(
    file: E5File, vocabulary: Vocabulary, weights: Weights
) -> Iterator[tuple[str, bytes]]:
    """Yield the path and the content of each file of the folder."""
    for path, content in _settings(file, vocabulary).items():
        yield path, (json.dumps(content, indent=2) + "\n").encode()
    yield "tokenizer.json", tokenizer_json(vocabulary, file).encode()
    yield "model.safetensors", safetensors(bert_tensors(weights))


def bert_tensors(weights: Weights) -> Tensors:
    """Return the tensors of `transformers.BertModel`."""
    names = bert_names(weights.layers)
    hidden = weights.words.codes.shape[1]
    return {
        WORDS: weights.words.floats(),
        **{names[name]: tensor for name, tensor in weights.tensors.items()},
        # BertModel has a pooler that mean pooling never reads; absent, it would be random.
        "pooler.dense.weight": np.zeros((hidden, hidden), dtype=np.float32),
        "pooler.dense.bias": np.zeros(hidden, dtype=np.float32),
    }


def safetensors(tensors: Tensors) -> bytes:
    """Return a safetensors file: u64 length, JSON of types, shapes and offsets, the values.

    Format: https://github.com/huggingface/safetensors#format
    """
    header: dict[str, object] = {"__metadata__": {"format": "pt"}}
    offset = 0
    for name, tensor in tensors.items():
        end = offset + tensor.nbytes
        header[name] = {"dtype": "F32", "shape": tensor.shape, "data_offsets": [offset, end]}
        offset = end
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    values = [np.ascontiguousarray(tensor, dtype="<f4").tobytes() for tensor in tensors.values()]
    return b"".join([struct.pack("<Q", len(text)), text, *values])


def _settings(file: E5File, vocabulary: Vocabulary) -> dict[str, object]:
    return {
        "config.json": _bert_config(file, vocabulary),
        "tokenizer_config.json": _tokenizer_config(file, vocabulary),
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": f"{_MODULES}.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{_MODULES}.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": f"{_MODULES}.Normalize"},
        ],
        "1_Pooling/config.json": {
            "word_embedding_dimension": file.shape.hidden,
            "pooling_mode_cls_token": False,  # nosec B105 # no password
            "pooling_mode_mean_tokens": True,
            "pooling_mode_max_tokens": False,
            "pooling_mode_mean_sqrt_len_tokens": False,
        },
        "2_Normalize/config.json": {},
        "sentence_bert_config.json": {"max_seq_length": MAX_TOKENS, "do_lower_case": False},
        "config_sentence_transformers.json": {
            # sentence-transformers looks for "document" first when it encodes one.
            "prompts": PROMPTS | {"document": PROMPTS["passage"]},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    }


def _bert_config(file: E5File, vocabulary: Vocabulary) -> dict[str, object]:
    shape = file.shape
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "vocab_size": len(vocabulary.pieces),
        "hidden_size": shape.hidden,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "intermediate_size": shape.feed_forward,
        "hidden_act": "gelu",
        "hidden_dropout_prob": 0.1,
        "attention_probs_dropout_prob": 0.1,
        "max_position_embeddings": shape.positions,
        "type_vocab_size": shape.types,
        "initializer_range": 0.02,
        "layer_norm_eps": 1e-12,
        "position_embedding_type": "absolute",
        "pad_token_id": file.specials.pad,
        "torch_dtype": "float32",
    }


def _tokenizer_config(file: E5File, vocabulary: Vocabulary) -> dict[str, object]:
    begin, end, pad, unknown = (vocabulary.pieces[number] for number in file.specials)
    return {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": MAX_TOKENS,
        "model_input_names": ["input_ids", "attention_mask"],
        "clean_up_tokenization_spaces": False,
        "bos_token": begin,
        "cls_token": begin,
        "eos_token": end,
        "sep_token": end,
        "pad_token": pad,
        "unk_token": unknown,
        "mask_token": vocabulary.pieces[-1],
    }
