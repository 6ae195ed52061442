"""`youju eval`: search, measured on a question set."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from commands.command import Command
from commands.opening import open_reranker
from commands.options import mode_option, model_option, rerank_option
from commands.output import Bars, CommandError, Json, print_result


def evaluate(args: argparse.Namespace) -> int:
    """Measure search on a BEIR folder."""
    from eval.run import evaluate as run_evaluation

    if args.run and not args.run.absolute().parent.is_dir():
        raise CommandError(f"{args.run}: there is no such folder to write the run to")
    with Bars() as progress:
        result = run_evaluation(
            args.dataset,
            args.split,
            args.mode,
            args.open_encoder,
            args.model,
            args.work,
            progress,
            open_reranker(args),
        )
    if args.run:
        result.write_trec(args.run)
    print_result(args, result.shape(), _lines)
    return 0


def _lines(shape: Json) -> Iterator[str]:
    yield f"{shape['dataset']} {shape['split']} {shape['mode']}: {shape['queries']} queries"
    yield from (f"  {name:8} {value:.4f}" for name, value in shape["metrics"].items())
    times = shape["ms_per_query"]
    yield f"  {times['p50']:.1f} ms a query (p95 {times['p95']:.1f})"
    yield f"  {shape['index_seconds']:.1f} s to index"


def _arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("dataset", type=Path, metavar="DATASET", help="a BEIR folder")
    command.add_argument("--split", default="test")
    mode_option(command)
    command.add_argument("--run", type=Path, metavar="FILE", help="write the ranking as TREC run")
    command.add_argument("--work", type=Path, metavar="DIR", help="keep the built index here")
    model_option(command)
    rerank_option(command)


COMMANDS = (Command("eval", evaluate, _arguments, library=False),)
