"""`youju eval`: search and answers, measured on a question set; the committed figures, checked."""

import argparse
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from commands import eval_draft
from commands.command import Command
from commands.eval_check import check_sets
from commands.eval_files import check_files, write_files, write_plain_run
from commands.eval_libraries import Libraries
from commands.options import mode_option, model_option, rerank_option
from commands.output import Bars, CommandError, Json, fail, print_result, say

if TYPE_CHECKING:
    from eval.configurations import Configuration
    from eval.running import RunResult
    from eval.sets import QuestionSet
    from retrieval import Mode

STOPPED = 130
DEFAULT_SPLIT = "dev"
"""Of a file that has one of this name: the other part is for the day on which a change is done."""
DEFAULT_BEIR_SPLIT = "test"
_OF_CHECK = ("documents", "write_expected")
_OF_SETS = ("split", "run", "configurations")
_OF_RUNS = ("configuration", "compare", "answers", "report", "out", "qrels")
"""What asks for more than the figures of one search over a BEIR folder."""
_AD_HOC = ("mode", "model", "rerank")
"""What makes a configuration without a name."""


def evaluate(args: argparse.Namespace) -> int:
    """Measure search and answers on a question set, or check the figures of the committed ones."""
    _refuse_contradictions(args)
    try:
        return _measure(args) if args.check is None else check_sets(args)
    except KeyboardInterrupt:
        fail("stopped: there are no figures of half a set, and no file was written")
        return STOPPED


def _refuse_contradictions(args: argparse.Namespace) -> None:
    """End with status 2 for arguments that do not go together."""
    if args.check is None and args.set is None:
        args.wrong_usage("name a question set, or --check")
    if args.check is not None and args.set is not None:
        args.wrong_usage("--check runs the sets that come with Youju: name none")
    checks, ad_hoc = _given(args, _OF_CHECK), _given(args, _AD_HOC)
    others = [*ad_hoc, *_given(args, (*_OF_SETS, *_OF_RUNS))]
    if args.check is None and checks:
        args.wrong_usage(f"{checks[0]} belongs to --check")
    if args.check is not None and others:
        args.wrong_usage(f"{others[0]} goes with a question set, not with --check")
    if (args.configuration or args.compare) and ad_hoc:
        args.wrong_usage(f"{ad_hoc[0]} is what a configuration says: name one or the other")


def _given(args: argparse.Namespace, names: Sequence[str]) -> list[str]:
    return [f"--{name.replace('_', '-')}" for name in names if getattr(args, name)]


def _measure(args: argparse.Namespace) -> int:
    configurations = _configurations(args)
    check_files(args, configurations)
    questions = _questions(args)
    if questions.drafts_left_out:
        say(f"{questions.drafts_left_out} drafts are left out: nobody has accepted them yet")
    if questions.brought and not _given(args, _OF_RUNS):
        return _measure_plainly(args, questions, configurations[0])
    from eval.comparing import comparison_shape
    from eval.lines import results_lines

    with ExitStack() as opened, Bars() as progress:
        libraries = Libraries(args, questions, configurations, opened, progress)
        results = [libraries.run(configuration) for configuration in configurations]
        compared = [_named(results, name) for name in args.compare or ()]
        comparison = comparison_shape(*compared) if compared else None
        shape = {"results": [one.shape() for one in results], "comparison": comparison}
        write_files(args, results, shape, libraries.of(configurations[0]))
    print_result(args, shape, results_lines)
    return 0


def _named(results: "Sequence[RunResult]", name: str) -> "RunResult":
    return next(result for result in results if result.name == name)


def _measure_plainly(
    args: argparse.Namespace, questions: "QuestionSet", configuration: "Configuration"
) -> int:
    """Print the figures of one search over a BEIR folder, in the shape that programs rely on."""
    from eval.brought import evaluate as evaluate_folder

    settings = replace(configuration, attribution=False)
    with Bars() as progress:
        found = evaluate_folder(questions, settings, args.open_encoder, args.work, progress)
    if args.run:
        write_plain_run(found, args.run)
    print_result(args, found.shape(), _plain_lines)
    return 0


def _plain_lines(shape: Json) -> Iterator[str]:
    yield f"{shape['dataset']} {shape['split']} {shape['mode']}: {shape['queries']} queries"
    yield from (f"  {name:8} {value:.4f}" for name, value in shape["metrics"].items())
    times = shape["ms_per_query"]
    yield f"  {times['p50']:.1f} ms a query (p95 {times['p95']:.1f})"
    yield f"  {shape['index_seconds']:.1f} s to index"


def _configurations(args: argparse.Namespace) -> "list[Configuration]":
    """The configurations that were named, or the one that the options make."""
    from eval.configurations import Configuration, chosen, read_configurations

    names = [*(args.configuration or ()), *(args.compare or ())]
    if not names:
        mode: Mode = args.mode or "hybrid"
        found = [Configuration(mode, mode=mode, model=args.model, reranker=args.rerank)]
    else:
        own = read_configurations(args.configurations) if args.configurations else {}
        found = chosen(names, read_configurations() | own)
    return [replace(one, answers=True) if args.answers else one for one in found]


def _questions(args: argparse.Namespace) -> "QuestionSet":
    """The questions of the split that was named; of a file with a `dev`, by default those."""
    from eval.sets import read_set

    if args.set.is_dir():
        if args.library and not args.settings.is_set("library", args.library):
            raise CommandError(f"{args.set} brings its documents: leave --library out")
        return read_set(args.set, args.split or DEFAULT_BEIR_SPLIT)
    if args.work:
        raise CommandError(f"--work is for sets that bring their documents, {args.set} does not")
    if args.split:
        return read_set(args.set, args.split)
    every = read_set(args.set)
    chosen = [question for question in every.questions if question.split == DEFAULT_SPLIT]
    if not chosen or len(chosen) == len(every.questions):
        return every
    say(f"{len(chosen)} of {len(every.questions)} questions, those of the split {DEFAULT_SPLIT}")
    return read_set(args.set, DEFAULT_SPLIT)


def _arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "set", type=Path, nargs="?", metavar="SET", help=".jsonl, .csv, .xlsx or a BEIR folder"
    )
    command.add_argument(
        "--split", help="default: test of a BEIR folder; dev of a file that has one, else all"
    )
    mode_option(command)
    model_option(command)
    rerank_option(command)
    command.set_defaults(mode=None)
    command.add_argument("--answers", action="store_true", help="answer the questions too")
    command.add_argument("--work", type=Path, metavar="DIR", help="keep the built index here")
    _configuration_arguments(command)
    _file_arguments(command)
    _check_arguments(command)


def _configuration_arguments(command: argparse.ArgumentParser) -> None:
    group = command.add_argument_group("configurations, by name")
    group.add_argument("--configuration", nargs="+", metavar="NAME", help="run each of these")
    group.add_argument("--compare", nargs=2, metavar=("A", "B"), help="run both, and test B less A")
    group.add_argument(
        "--configurations", type=Path, metavar="FILE", help="a .toml with some of your own"
    )


def _file_arguments(command: argparse.ArgumentParser) -> None:
    group = command.add_argument_group("files")
    group.add_argument("--out", type=Path, metavar="FILE", help="results: .json, .csv or .md")
    group.add_argument("--run", type=Path, metavar="FILE", help="the ranking as TREC run")
    group.add_argument("--qrels", type=Path, metavar="FILE", help="the gold as TREC qrels")
    group.add_argument("--report", type=Path, metavar="DIR", help="a page of all results")


def _check_arguments(command: argparse.ArgumentParser) -> None:
    group = command.add_argument_group("the figures that are expected of Youju")
    group.add_argument(
        "--check", nargs="*", metavar="NAME", help="hold the committed sets against them"
    )
    group.add_argument(
        "--documents", type=Path, metavar="FOLDER", help="of a set whose documents you have"
    )
    group.add_argument(
        "--write-expected", action="store_true", help="expect from now on what is found"
    )


COMMANDS = (Command("eval", evaluate, _arguments), *eval_draft.COMMANDS)
