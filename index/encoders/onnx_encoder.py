"""Runs an encoder that is an 8-bit graph with a tokenizer: onnxruntime, without torch."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from corpus.silence import silence

from . import TextKind, Vectors
from .names import DIMENSION, MAX_TOKENS, PAD, PROMPTS

TOKENS_PER_BATCH = 1024  # the activations of so many stay in the processor's cache
TEXTS_PER_ROUND = 1024  # tokenised at once: bounds the memory of a long list


def physical_cores() -> int:
    """Return how many cores this process may use, or 0 where onnxruntime should find out.

    Two threads of one core share its multiplier, so a second one only gets in the way.
    """
    if not hasattr(os, "sched_getaffinity"):
        return 0
    siblings = Path("/sys/devices/system/cpu")
    cores = set()
    for cpu in os.sched_getaffinity(0):
        threads = siblings / f"cpu{cpu}" / "topology" / "thread_siblings_list"
        cores.add(threads.read_text() if threads.is_file() else str(cpu))
    return len(cores)


def token_batches(lengths: Sequence[int], budget: int) -> Iterator[list[int]]:
    """Yield positions of texts, shortest first, so that a padded batch has at most `budget` tokens.

    A text longer than the budget is a batch by itself.
    """
    batch: list[int] = []
    for position in sorted(range(len(lengths)), key=lambda place: (lengths[place], place)):
        if batch and (len(batch) + 1) * lengths[position] > budget:
            yield batch
            batch = []
        batch.append(position)
    if batch:
        yield batch


def well_formed(text: str) -> str:
    """Replace lone surrogates, which an undecodable command line leaves and UTF-8 cannot write."""
    return text.encode("utf-8", "replace").decode("utf-8")


class OnnxEncoder:
    """An `Encoder` over the 8-bit graph of multilingual-e5-small or of a model tuned from it.

    Texts are cut at 512 tokens. `batch_size` is how many texts to pass at a time where progress
    is to be shown; the length of a list changes neither the vectors nor, much, the speed.
    """

    dimension = DIMENSION
    batch_size = 32

    def __init__(
        self, name: str, graph: bytes, tokenizer: bytes, threads: int | None = None
    ) -> None:
        """Open the graph and the tokenizer, given as the content of their files.

        `threads` is by default one for each physical core.
        """
        silence()
        import onnxruntime
        from tokenizers import Tokenizer

        self.name = name
        self._tokenizer = Tokenizer.from_buffer(tokenizer)
        self._tokenizer.enable_truncation(MAX_TOKENS)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = physical_cores() if threads is None else threads
        # Threads that wait by spinning take the cores from whatever else runs on the laptop.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        # Planning which results may share memory takes longer than all else in opening a graph,
        # and the arena reuses it anyway.
        options.enable_mem_reuse = False
        options.enable_mem_pattern = False
        # The graph is written fused; further fusions only trade it for slower operators.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
        self._session = onnxruntime.InferenceSession(
            graph, options, providers=["CPUExecutionProvider"]
        )

    def encode(self, texts: list[str], kind: TextKind) -> Vectors:
        """Return float32 vectors of length 1, shape (len(texts), 384), in the order of `texts`."""
        vectors = np.empty((len(texts), DIMENSION), dtype=np.float32)
        for start in range(0, len(texts), TEXTS_PER_ROUND):
            part = texts[start : start + TEXTS_PER_ROUND]
            part = [PROMPTS[kind] + well_formed(text) for text in part]
            tokens = [encoding.ids for encoding in self._tokenizer.encode_batch_fast(part)]
            for batch in token_batches([len(ids) for ids in tokens], TOKENS_PER_BATCH):
                rows = [start + position for position in batch]
                vectors[rows] = self._run([tokens[position] for position in batch])
        return vectors

    def _run(self, batch: list[list[int]]) -> Vectors:
        width = max(map(len, batch))
        ids = np.full((len(batch), width), PAD, dtype=np.int64)
        mask = np.zeros((len(batch), width), dtype=np.int64)
        for row, tokens in enumerate(batch):
            ids[row, : len(tokens)] = tokens
            mask[row, : len(tokens)] = 1
        (vectors,) = self._session.run(None, {"input_ids": ids, "attention_mask": mask})
        return np.asarray(vectors, dtype=np.float32)
