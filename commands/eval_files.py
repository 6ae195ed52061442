"""The files that `youju eval` writes."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from commands.output import CommandError, Json, say

if TYPE_CHECKING:
    from eval.brought import Evaluation
    from eval.configurations import Configuration
    from eval.running import RunResult
    from index import Library


def check_files(args: argparse.Namespace, configurations: "Sequence[Configuration]") -> None:
    """Raise an error for a file that cannot be written, before anything is run."""
    from eval.export import check_results_path
    from retrieval.tables.writing import check_place

    if args.out:
        check_results_path(args.out)
    runs = [_run_path(args.run, one.name, len(configurations)) for one in configurations]
    for path in filter(None, (*runs, args.qrels)):
        check_place(path)
    if args.report and args.report.exists() and not args.report.is_dir():
        raise CommandError(f"{args.report} is a file: name a folder for the report")


def write_files(
    args: argparse.Namespace, results: "Sequence[RunResult]", shape: Json, library: "Library"
) -> None:
    """Write what was asked for, and say where it is."""
    from eval.export import write_results
    from eval.report import write_report
    from eval.sets import write_qrels, write_run

    for result in results:
        path = _run_path(args.run, result.name, len(results))
        if path:
            write_run({one.id: one.ranking for one in result.outcomes}, _tag(result.name), path)
            say(f"{path}: the ranking of {result.name}")
    if args.qrels:
        write_qrels({one.id: one.gold for one in results[0].outcomes if one.gold}, args.qrels)
        say(f"{args.qrels}: the gold")
    if args.out:
        write_results(results, shape, args.out)
        say(f"{args.out}: the results")
    if args.report:
        say(f"{write_report(args.report, results, library)}: the report")


def write_plain_run(found: "Evaluation", path: Path) -> None:
    """Write the ranking of one search over a BEIR folder."""
    from eval.sets import write_run

    write_run(found.run, _tag(found.result.record.configuration.mode), path)


def _tag(name: str) -> str:
    return f"youju-{name}"


def _run_path(path: Path | None, name: str, runs: int) -> Path | None:
    """The file of one of several runs: a TREC run holds one system, so each has its own."""
    return path.with_name(f"{path.stem}-{name}{path.suffix}") if path and runs > 1 else path
