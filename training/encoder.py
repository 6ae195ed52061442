"""Tune the default encoder on examples: contrastive training with hard and in-batch negatives.

    python -m training.encoder EXAMPLES.jsonl --base FOLDER --out FOLDER

FOLDER is a sentence-transformers folder. The loss is InfoNCE (van den Oord, Li, Vinyals, 2018)
over the cosines of each query with every passage of its batch, divided by a temperature: what
`MultipleNegativesRankingLoss` computes. The loop is written here because on two cores padding is
what costs: sentence-transformers pads each column of a batch to its longest text, while here all
passages of a batch are sorted by length and encoded in slices, which halves the time of a step.
The token embeddings stay as they are: pieces that the examples lack would otherwise be left behind.
"""

import json
import math
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.encoders.names import MAX_TOKENS, PROMPTS
from training.command import parser_of, run
from training.examples import Example, read_examples
from training.rows import TrainingError
from training.settings import Settings

if TYPE_CHECKING:
    import torch

LOGGED_EVERY = 10


@dataclass(frozen=True, slots=True)
class Batch:
    """Queries, the passages they are compared with, and which of these answer which.

    The passage at place i was drawn for query i; `answers[i]` are the places of all passages of
    the batch that answer query i, of which only i itself counts, the others being left out.
    """

    queries: list[str]
    passages: list[str]
    answers: list[set[int]]


def batches(examples: Sequence[Example], settings: Settings) -> Iterator[Batch]:
    """Yield batches without end: each pair of a query and a passage that answers it once an epoch.

    The pairs of an epoch that fill no batch, others each time, are left out. Raises TrainingError
    where all of them do not fill one.
    """
    draw = random.Random(settings.seed)
    pairs = [(example, positive) for example in examples for positive in example.positives]
    if len(pairs) < settings.batch:
        raise TrainingError(
            f"{len(pairs)} pairs of a query and a passage do not fill a batch of "
            f"{settings.batch}: give more examples or a smaller batch"
        )
    while True:
        draw.shuffle(pairs)
        for start in range(0, len(pairs) - settings.batch + 1, settings.batch):
            yield _batch(pairs[start : start + settings.batch], settings.negatives, draw)


def _batch(pairs: Sequence[tuple[Example, str]], negatives: int, draw: random.Random) -> Batch:
    passages = [positive for _, positive in pairs]
    for example, _ in pairs:
        passages += draw.sample(example.negatives, min(negatives, len(example.negatives)))
    answers = [
        {place for place, text in enumerate(passages) if text in example.positives}
        for example, _ in pairs
    ]
    return Batch([example.query for example, _ in pairs], passages, answers)


class Tuner:
    """An encoder in training."""

    def __init__(self, base: Path, settings: Settings) -> None:
        """Open the sentence-transformers folder `base`. Raises TrainingError where it is none."""
        import torch

        torch.manual_seed(settings.seed)
        self.settings = settings
        self.model = _open(base)
        self.model.max_seq_length = settings.tokens
        self.transformer: Any = self.model[0].auto_model
        self.tokenizer: Any = self.model.tokenizer
        layers = len(self.transformer.encoder.layer)
        if settings.frozen_layers > layers:
            raise TrainingError(
                f"{settings.frozen_layers} layers are to stay frozen, {base} has {layers}"
            )
        frozen = [
            self.transformer.embeddings,
            *self.transformer.encoder.layer[: settings.frozen_layers],
        ]
        for part in frozen:
            part.requires_grad_(False)
        self.model.train()

    def save(self, folder: Path) -> None:
        """Write the encoder as a sentence-transformers folder that reads long texts again."""
        self.model.max_seq_length = MAX_TOKENS
        self.model.save(str(folder), create_model_card=False)
        self.model.max_seq_length = self.settings.tokens

    def encode(self, texts: Sequence[str], slices: int) -> "torch.Tensor":
        """Return unit vectors, shape (len(texts), dimension), with what their gradient needs.

        Texts of like length are encoded together.
        """
        import torch

        tokens = [
            self.tokenizer(text, truncation=True, max_length=self.settings.tokens)["input_ids"]
            for text in texts
        ]
        order = sorted(range(len(texts)), key=lambda place: len(tokens[place]))
        size = math.ceil(len(texts) / slices)
        parts = [
            self._encode([tokens[place] for place in order[start : start + size]])
            for start in range(0, len(order), size)
        ]
        back = torch.empty(len(order), dtype=torch.long)
        back[torch.tensor(order)] = torch.arange(len(order))
        return torch.cat(parts)[back]

    def _encode(self, tokens: Sequence[list[int]]) -> "torch.Tensor":
        import torch

        padded = self.tokenizer.pad({"input_ids": list(tokens)}, return_tensors="pt")
        mask = padded["attention_mask"]
        states = self.transformer(input_ids=padded["input_ids"], attention_mask=mask)
        weights = mask.unsqueeze(-1).to(torch.float32)
        mean = (states.last_hidden_state * weights).sum(1) / weights.sum(1)
        return torch.nn.functional.normalize(mean, dim=-1)

    def loss(self, batch: Batch) -> "torch.Tensor":
        """Return the mean cross-entropy of each query's own passage among all of the batch."""
        import torch

        queries = self.encode([PROMPTS["query"] + text for text in batch.queries], 2)
        passages = self.encode(
            [PROMPTS["passage"] + text for text in batch.passages], self.settings.slices
        )
        scores = queries @ passages.T / self.settings.temperature
        for query, answers in enumerate(batch.answers):
            others = sorted(answers - {query})
            scores[query, others] = -torch.inf
        return torch.nn.functional.cross_entropy(scores, torch.arange(len(batch.queries)))


def _open(base: Path) -> Any:
    from safetensors import SafetensorError
    from sentence_transformers import SentenceTransformer

    if not (base / "modules.json").is_file():  # otherwise the name would be looked up elsewhere
        raise TrainingError(f"{base} is no sentence-transformers folder: it has no modules.json")
    try:
        return SentenceTransformer(str(base), device="cpu", local_files_only=True)
    except (OSError, ValueError, KeyError, SafetensorError) as error:
        raise TrainingError(f"{base} is no sentence-transformers folder: {error}") from error


def train(examples: Sequence[Example], base: Path, out: Path, settings: Settings) -> None:
    """Tune the encoder in `base` and write it to `out` with its settings and losses."""
    import torch

    tuner = Tuner(base, settings)
    trained = [p for p in tuner.transformer.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=settings.rate, weight_decay=0.01)
    pairs = sum(len(example.positives) for example in examples)
    steps = max(1, round(pairs * settings.epochs / settings.batch))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: _rate(step / steps, settings.warm_up)
    )
    losses, start = [], time.perf_counter()
    for step, batch in enumerate(islice(batches(examples, settings), steps), start=1):
        loss = tuner.loss(batch)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        schedule.step()
        losses.append(loss.item())
        if step % LOGGED_EVERY == 0:
            mean = sum(losses[-LOGGED_EVERY:]) / LOGGED_EVERY
            print(f"{step}/{steps} {mean:.4f} {time.perf_counter() - start:.0f}s", flush=True)
        if settings.kept_every and step % settings.kept_every == 0 and step < steps:
            tuner.save(out / f"step-{step}")
    tuner.save(out)
    record = {"settings": asdict(settings), "pairs": pairs, "steps": steps, "losses": losses}
    (out / "training.json").write_text(json.dumps(record, indent=1), "utf-8")


def _rate(done: float, warm_up: float) -> float:
    """The learning rate's factor: up in a line to 1, and down in a line to 0."""
    return done / warm_up if done < warm_up else (1 - done) / (1 - warm_up)


def write(options: dict[str, Any]) -> None:
    """Train as the options say. Raises YoujuError for what cannot be trained on."""
    settings = Settings(**{name: options[name] for name in asdict(Settings())})
    examples = [example for path in options["examples"] for example in read_examples(path)]
    if options["threads"]:
        import torch

        torch.set_num_threads(options["threads"])
    train(examples, options["base"], options["out"], settings)


def main(arguments: Sequence[str] | None = None) -> int:
    """Train as the command line says; return 1 after one line on what is wrong."""
    parser = parser_of(__doc__)
    parser.add_argument("examples", type=Path, nargs="+")
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--threads", type=int)
    for name, value in asdict(Settings()).items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(value), default=value)
    options = vars(parser.parse_args(arguments))
    return run("encoder", lambda: write(options))


if __name__ == "__main__":
    sys.exit(main())
