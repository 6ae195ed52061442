"""The `youju` command: what the library can do, for people and for other programs."""

import argparse
import io
import json
import logging
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from corpus import YoujuError

Json = dict[str, Any]
OpenEncoder = Callable[[str | None], Any]

STANDARD_INPUT = "-"


class CommandError(YoujuError):
    """A command that was called in a way that cannot be carried out."""


# --- commands ------------------------------------------------------------------------------


def add(args: argparse.Namespace) -> int:
    """Add files and folders to the library."""
    from retrieval.lines import report_lines
    from retrieval.shapes import report_shape

    library = _library(args, create=True)
    with _Bars() as progress:
        report = library.add(args.paths, progress)
    _print(args, report_shape(report), report_lines)
    return 1 if report.failed else 0


def list_documents(args: argparse.Namespace) -> int:
    """List the documents with what was noticed about each."""
    from retrieval.lines import list_lines
    from retrieval.shapes import list_shape

    _print(args, list_shape(_library(args)), list_lines)
    return 0


def show(args: argparse.Namespace) -> int:
    """Show a document: its text, its clauses and what they lay down."""
    from index.references import Resolver
    from retrieval import standings
    from retrieval.lines import show_lines
    from retrieval.shapes import show_shape

    library = _library(args)
    document = library.document(args.document)
    resolver = Resolver(library.documents(), library.document)
    _print(args, show_shape(document, standings(library)[document.id], resolver), show_lines)
    return 0


def remove(args: argparse.Namespace) -> int:
    """Remove documents."""
    from retrieval.lines import removed_lines
    from retrieval.shapes import document_shape

    removed = _library(args).remove(args.documents)
    shape = {"removed": [document_shape(document) for document in removed]}
    _print(args, shape, removed_lines)
    return 0


def search(args: argparse.Namespace) -> int:
    """Find the clauses that fit a query best."""
    from retrieval.lines import search_lines
    from retrieval.search import Searcher
    from retrieval.shapes import search_shape

    library = _searched_library(args)
    searcher = Searcher(library, reranker=_reranker(args))
    filters = _filters(args, library)

    def run(query: str) -> None:
        results = searcher.search(query, args.top, args.mode, filters)
        _print(args, search_shape(results), search_lines)

    return _each(args, args.query, run)


def ask(args: argparse.Namespace) -> int:
    """Answer a question with sentences of the documents."""
    from retrieval.answer import answer
    from retrieval.lines import answer_lines
    from retrieval.search import Searcher
    from retrieval.shapes import answer_shape

    library = _searched_library(args)
    searcher = Searcher(library, reranker=_reranker(args))
    filters = _filters(args, library)

    def run(question: str) -> None:
        found = answer(searcher, question, filters, args.mode)
        _print(args, answer_shape(found), answer_lines)

    return _each(args, args.question, run)


def evaluate(args: argparse.Namespace) -> int:
    """Measure search on a BEIR folder."""
    from eval.run import evaluate as run_evaluation

    if args.run and not args.run.absolute().parent.is_dir():
        raise CommandError(f"{args.run}: there is no such folder to write the run to")
    with _Bars() as progress:
        result = run_evaluation(
            args.dataset,
            args.split,
            args.mode,
            args.open_encoder,
            args.model,
            args.work,
            progress,
            _reranker(args),
        )
    if args.run:
        result.write_trec(args.run)
    _print(args, result.shape(), _eval_lines)
    return 0


def list_synonyms(args: argparse.Namespace) -> int:
    """List everyday words with the words of policy for them; add or remove pairs of your own."""
    return _show_synonyms(args, _library_synonyms(args))


def add_synonyms(args: argparse.Namespace) -> int:
    """Add words of policy for an everyday word."""
    synonyms = _library_synonyms(args)
    synonyms.add(args.everyday, [word for words in args.policy for word in words.split()])
    return _show_synonyms(args, synonyms, args.everyday.strip())


def remove_synonyms(args: argparse.Namespace) -> int:
    """Remove a pair that was added."""
    synonyms = _library_synonyms(args)
    removed = {args.everyday.strip(): synonyms.remove(args.everyday)}
    shape = {"removed": [{"everyday": word, "policy": words} for word, words in removed.items()]}
    _print(args, shape, lambda _: iter([f"removed {args.everyday.strip()}"]))
    return 0


def _show_synonyms(args: argparse.Namespace, synonyms: Any, only: str | None = None) -> int:
    """Print the pairs; a line of the file that cannot be used is an error, told as one line."""
    from retrieval.lines import synonyms_lines
    from retrieval.shapes import synonyms_shape

    _print(args, synonyms_shape(synonyms, only), synonyms_lines)
    for problem in synonyms.table.problems:
        _fail(f"{synonyms.path}: {problem}")
    return 1 if synonyms.table.problems else 0


def _library_synonyms(args: argparse.Namespace) -> Any:
    from retrieval.synonyms import LibrarySynonyms

    return LibrarySynonyms(_library(args).folder)


def _reranker(args: argparse.Namespace) -> Any:
    """Return the reranker that was named, or None."""
    if args.rerank is None:
        return None
    from retrieval.reranking import CrossEncoder

    return CrossEncoder(args.rerank)


def reencode(args: argparse.Namespace) -> int:
    """Encode the library with another model."""
    library = _library(args)
    with _Bars() as progress:
        library.reencode(args.model, progress)
    _say(f"{library.folder} is now encoded with {library.encoder.name}")
    return 0


def serve(args: argparse.Namespace) -> int:
    """Start the app in the browser."""
    import app
    from corpus.samples import SAMPLES

    library = _library(args, create=True)
    _advise(library)
    if args.sample and not library.documents():
        with _Bars() as progress:
            library.add([SAMPLES], progress)
    app.launch(library, args.host, args.port)
    return 0


# --- arguments -----------------------------------------------------------------------------


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    root = argparse.ArgumentParser(
        prog="youju", description="Search Chinese policy documents and answer with evidence."
    )
    root.add_argument("--version", action=_Version, help="show the version and exit")
    root.add_argument("--verbose", action="store_true", help="log what is being built")
    commands = root.add_subparsers(required=True, metavar="COMMAND")

    command = _command(commands, "add", add)
    command.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    _model(command)
    _command(commands, "list", list_documents)
    _command(commands, "show", show).add_argument("document", metavar="DOC")
    _command(commands, "remove", remove).add_argument("documents", nargs="+", metavar="DOC")

    command = _command(commands, "search", search)
    command.add_argument("query", metavar="QUERY", help="- reads one query a line")
    command.add_argument("--top", type=_count, default=10, metavar="K")
    _search_options(command)
    command = _command(commands, "ask", ask)
    command.add_argument("question", metavar="QUESTION", help="- reads one question a line")
    _search_options(command)

    _synonyms_commands(commands)
    command = _command(commands, "eval", evaluate, library=False)
    command.add_argument("dataset", type=Path, metavar="DATASET", help="a BEIR folder")
    command.add_argument("--split", default="test")
    _mode(command)
    command.add_argument("--run", type=Path, metavar="FILE", help="write the ranking as TREC run")
    command.add_argument("--work", type=Path, metavar="DIR", help="keep the built index here")
    _model(command)
    _rerank(command)

    _model(_command(commands, "reencode", reencode, json_output=False))
    command = _command(commands, "serve", serve, json_output=False)
    command.add_argument("--host", default="127.0.0.1")
    command.add_argument("--port", type=_port, default=7860)
    command.add_argument("--sample", action="store_true", help="load samples when empty")
    _model(command)
    return root


class _Version(argparse.Action):
    """Looks the version up only when it is asked for."""

    def __init__(self, **options: Any) -> None:
        super().__init__(nargs=0, **options)

    def __call__(self, parser: argparse.ArgumentParser, *arguments: Any) -> None:
        from importlib.metadata import PackageNotFoundError, version

        try:
            print(f"youju {version('youju')}")
        except PackageNotFoundError:
            print("youju, run from its source")
        parser.exit()


def _synonyms_commands(commands: Any) -> None:
    command = _command(commands, "synonyms", list_synonyms)
    actions = command.add_subparsers(metavar="ACTION")
    # What stands before the action (--library, --json) must not be set back by it.
    both = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    both.add_argument("--library", type=Path, metavar="DIR")
    both.add_argument("--json", action="store_true", help="print JSON")
    for name, run in (("add", add_synonyms), ("remove", remove_synonyms)):
        action = actions.add_parser(name, help=run.__doc__, parents=[both])
        action.set_defaults(run_command=run)
        action.add_argument("everyday", metavar="WORD", help="what people say: 涨薪")
        if run is add_synonyms:
            action.add_argument("policy", nargs="+", metavar="POLICY", help="提高待遇")


def _command(
    commands: Any,
    name: str,
    run: Callable[[argparse.Namespace], int],
    library: bool = True,
    json_output: bool = True,
) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(
        name, help=(run.__doc__ or "").rstrip("."), description=run.__doc__
    )
    command.set_defaults(run_command=run, json=False, model=None)
    if library:
        command.add_argument(
            "--library", type=Path, metavar="DIR", help="default: YOUJU_LIBRARY, or your own"
        )
    if json_output:
        command.add_argument("--json", action="store_true", help="print JSON")
    return command


def _mode(command: argparse.ArgumentParser) -> None:
    # As in retrieval.ranking.MODES, which would load numpy to show a help text; a test compares.
    command.add_argument("--mode", choices=("hybrid", "bm25", "dense"), default="hybrid")


def _model(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--model", metavar="NAME", help="e5-small, or a sentence-transformers name or path"
    )


def _rerank(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--rerank", metavar="NAME", help="a cross-encoder of sentence-transformers, name or path"
    )


def _search_options(command: argparse.ArgumentParser) -> None:
    _mode(command)
    _model(command)
    _rerank(command)
    filters = command.add_argument_group("filters")
    filters.add_argument("--issuer", metavar="TEXT", help="part of the name")
    filters.add_argument("--region", metavar="TEXT", help="part of the name")
    filters.add_argument("--year", type=_year, metavar="YYYY")
    filters.add_argument(
        "--status", metavar="TEXT", help="现行, 征求意见稿, 试行, 已废止, 已被替代, 不明"
    )
    filters.add_argument("--level", choices=("国家", "省", "市", "县", "校"))
    filters.add_argument("--form", metavar="TEXT", help="文种: 法律, 条例, 办法, 通知")
    filters.add_argument(
        "--superseded", action="store_true", help="also what was replaced or repealed"
    )
    filters.add_argument("--document", action="append", default=[], metavar="DOC")


def _count(text: str) -> int:
    if not re.fullmatch(r"[0-9]*[1-9][0-9]*", text):
        raise argparse.ArgumentTypeError(f"expected a number above 0, found {text!r}")
    return int(text)


def _port(text: str) -> int:
    number = _count(text)
    if number > 65535:
        raise argparse.ArgumentTypeError(f"expected a port up to 65535, found {text!r}")
    return number


def _year(text: str) -> str:
    if not re.fullmatch(r"[0-9]{4}", text):
        raise argparse.ArgumentTypeError(f"expected a year of four digits, found {text!r}")
    return text


def _filters(args: argparse.Namespace, library: Any) -> Any:
    from retrieval.filters import Filters

    documents = tuple(library.document(name).id for name in args.document)
    return Filters(
        args.issuer,
        args.region,
        args.year,
        args.status,
        documents,
        args.level,
        args.form,
        args.superseded,
    )


def _library(args: argparse.Namespace, create: bool = False) -> Any:
    from index import Library, default_folder

    # What `reencode` is asked for is not what the library is opened with.
    model = None if args.run_command is reencode else args.model
    return Library(args.library or default_folder(), args.open_encoder, model, create)


def _searched_library(args: argparse.Namespace) -> Any:
    library = _library(args)
    if not library.snapshot().passages:
        _say("the library is empty: add documents with `youju add PATH`")
    _advise(library)
    return library


def _advise(library: Any) -> None:
    """Say what there is to do about the library; `add` and `list` report it themselves."""
    if library.advice:
        _say(f"{library.folder}: {library.advice}")


def _open_encoder(name: str | None) -> Any:
    """Open an encoder; preparing the plain e5, the first time, is shown."""
    from index.encoders import open_encoder

    with _Bars() as progress:
        return open_encoder(name, lambda _, done: progress("encoder", round(100 * done), 100))


def _each(args: argparse.Namespace, text: str, run: Callable[[str], None]) -> int:
    """Run on the text itself, or for `-` on each line of standard input that is not blank.

    A line that cannot be asked is reported and stops no other.
    """
    from retrieval import QueryError

    if text != STANDARD_INPUT:
        run(text)
        return 0
    status = 0
    for number, line in enumerate(sys.stdin, start=1):
        try:
            if line.strip():
                run(line.strip())
        except QueryError as error:
            status = _fail(f"line {number}: {error}")
    return status


# --- output --------------------------------------------------------------------------------


def _say(line: str) -> None:
    print(line, file=sys.stderr)


def _print(args: argparse.Namespace, shape: Json, lines: Callable[[Json], Iterator[str]]) -> None:
    if args.json:
        # A batch is read line by line, a single result by people too.
        is_batch = STANDARD_INPUT in (getattr(args, "query", None), getattr(args, "question", None))
        print(json.dumps(shape, ensure_ascii=False, indent=None if is_batch else 2), flush=True)
    else:
        print("\n".join(lines(shape)), flush=True)


def _eval_lines(shape: Json) -> Iterator[str]:
    yield f"{shape['dataset']} {shape['split']} {shape['mode']}: {shape['queries']} queries"
    yield from (f"  {name:8} {value:.4f}" for name, value in shape["metrics"].items())
    times = shape["ms_per_query"]
    yield f"  {times['p50']:.1f} ms a query (p95 {times['p95']:.1f})"
    yield f"  {shape['index_seconds']:.1f} s to index"


class _Bars:
    """Shows a bar for each stage on standard error, one after the other."""

    def __init__(self) -> None:
        self._stage = ""
        self._bar: Any = None

    def __enter__(self) -> Callable[[str, int, int], None]:
        return self._show

    def _show(self, stage: str, done: int, total: int) -> None:
        from tqdm import tqdm

        if not total:
            return
        if stage != self._stage:
            self.__exit__()
            self._stage, self._bar = stage, tqdm(total=total, desc=f"{stage:8}", mininterval=0.5)
        self._bar.update(done - self._bar.n)

    def __exit__(self, *exception: object) -> None:
        if self._bar is not None:
            self._bar.close()


def main(arguments: Sequence[str] | None = None, open_encoder: OpenEncoder = _open_encoder) -> int:
    """Run one command. Returns 0 when done and 1 for an error that the user can mend.

    `open_encoder` turns the name of a model, None for the default, into an Encoder.
    """
    args = parser().parse_args(arguments)
    args.open_encoder = open_encoder
    level = logging.INFO if args.verbose else logging.WARNING
    logging.basicConfig(level=level, format="%(message)s")
    _speak_utf8()
    try:
        return int(args.run_command(args))
    except YoujuError as error:
        return _fail(str(error))
    except BrokenPipeError:
        # The reader (`head`, a pager) has enough; what it did not read is not an error.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        return _fail(f"{error.filename or 'the system'}: {error.strerror or error}")
    except UnicodeError as error:
        return _fail(f"the input is not UTF-8 text ({error}): send it as UTF-8")
    except KeyboardInterrupt:
        _fail("stopped; what was added before is kept")
        return 130


def _fail(message: str) -> int:
    _say(f"youju: {' '.join(message.split())}")
    return 1


def _speak_utf8() -> None:
    """Read and write UTF-8 whatever the terminal's language is: other programs rely on it."""
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="strict")


if __name__ == "__main__":
    sys.exit(main())
