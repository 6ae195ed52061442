"""The `youju` command: what the library can do, for people and for other programs."""

import argparse
import json
import logging
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from corpus import YoujuError

Json = dict[str, Any]
STANDARD_INPUT = "-"


class CommandError(YoujuError):
    """A command that was called in a way that cannot be carried out."""


# --- commands ------------------------------------------------------------------------------


def add(args: argparse.Namespace) -> int:
    """Add files and folders to the library."""
    from retrieval.shapes import report_shape

    library = _library(args, create=True)
    with _progress() as progress:
        report = library.add(args.paths, progress)
    _print(args, report_shape(report), _report_lines)
    return 1 if report.failed else 0


def list_documents(args: argparse.Namespace) -> int:
    """List the documents with what was noticed about each."""
    from retrieval.shapes import list_shape

    _print(args, list_shape(_library(args)), _list_lines)
    return 0


def show(args: argparse.Namespace) -> int:
    """Show a document: its text and its clauses."""
    from retrieval import standings
    from retrieval.shapes import show_shape

    library = _library(args)
    document = library.document(args.document)
    _print(args, show_shape(document, standings(library)[document.id]), _show_lines)
    return 0


def remove(args: argparse.Namespace) -> int:
    """Remove documents."""
    from retrieval.shapes import document_shape

    removed = _library(args).remove(args.documents)
    shape = {"removed": [document_shape(document) for document in removed]}
    _print(args, shape, lambda s: (f"removed {d['id']}  {_name(d)}" for d in s["removed"]))
    return 0


def search(args: argparse.Namespace) -> int:
    """Find the clauses that fit a query best."""
    from retrieval.search import Searcher
    from retrieval.shapes import search_shape

    searcher, filters = Searcher(_library(args)), _filters(args)
    for query in _each(args.query):
        results = searcher.search(query, args.top, args.mode, filters)
        _print(args, search_shape(results), _search_lines, one_line=args.query == STANDARD_INPUT)
    return 0


def ask(args: argparse.Namespace) -> int:
    """Answer a question with sentences of the documents."""
    from retrieval.answer import answer
    from retrieval.search import Searcher
    from retrieval.shapes import answer_shape

    searcher, filters = Searcher(_library(args)), _filters(args)
    for question in _each(args.question):
        found = answer(searcher, question, filters, args.mode)
        _print(args, answer_shape(found), _answer_lines, one_line=args.question == STANDARD_INPUT)
    return 0


def evaluate(args: argparse.Namespace) -> int:
    """Measure search on a BEIR folder."""
    from eval.run import evaluate as run_evaluation
    from index.encoders import open_encoder

    with _progress() as progress:
        result = run_evaluation(
            args.dataset, args.split, args.mode, open_encoder, args.model, args.work, progress
        )
    if args.run:
        result.write_trec(args.run)
    _print(args, result.shape(), _eval_lines)
    return 0


def reencode(args: argparse.Namespace) -> int:
    """Encode the library with another model."""
    library = _library(args, model=None)
    with _progress() as progress:
        library.reencode(args.model, progress)
    _say(f"{library.folder} is now encoded with {library.encoder.name}")
    return 0


def serve(args: argparse.Namespace) -> int:
    """Start the app in the browser."""
    import app
    from corpus.samples import SAMPLES

    library = _library(args, create=True)
    if args.sample and not library.documents():
        with _progress() as progress:
            library.add([SAMPLES], progress)
    app.launch(library, args.host, args.port)
    return 0


# --- arguments -----------------------------------------------------------------------------


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    root = argparse.ArgumentParser(
        prog="youju", description="Search Chinese policy documents and answer with evidence."
    )
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

    command = _command(commands, "eval", evaluate, library=False)
    command.add_argument("dataset", type=Path, metavar="DATASET", help="a BEIR folder")
    command.add_argument("--split", default="test")
    _mode(command)
    command.add_argument("--run", type=Path, metavar="FILE", help="write the ranking as TREC run")
    command.add_argument("--work", type=Path, metavar="DIR", help="keep the built index here")
    _model(command)

    _model(_command(commands, "reencode", reencode, json_output=False))
    command = _command(commands, "serve", serve, json_output=False)
    command.add_argument("--host", default="127.0.0.1")
    command.add_argument("--port", type=_count, default=7860)
    command.add_argument("--sample", action="store_true", help="load samples when empty")
    _model(command)
    return root


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
    # As in retrieval.search.MODES, which would load numpy to show a help text; a test compares.
    command.add_argument("--mode", choices=("hybrid", "bm25", "dense"), default="hybrid")


def _model(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--model", metavar="NAME", help="a sentence-transformers model, by name or path"
    )


def _search_options(command: argparse.ArgumentParser) -> None:
    _mode(command)
    _model(command)
    filters = command.add_argument_group("filters")
    filters.add_argument("--issuer", metavar="TEXT")
    filters.add_argument("--region", metavar="TEXT")
    filters.add_argument("--year", metavar="YYYY")
    filters.add_argument("--status", metavar="TEXT")
    filters.add_argument("--document", action="append", default=[], metavar="DOC")


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"expected a number above 0, found {text}")
    return number


def _filters(args: argparse.Namespace) -> Any:
    from retrieval.filters import Filters

    return Filters(args.issuer, args.region, args.year, args.status, tuple(args.document))


def _library(args: argparse.Namespace, create: bool = False, **options: Any) -> Any:
    from index import Library, default_folder
    from index.encoders import open_encoder

    model = options.get("model", args.model)
    return Library(args.library or default_folder(), open_encoder, model, create)


def _each(text: str) -> Iterator[str]:
    """The text itself, or for `-` each line of standard input that is not blank."""
    if text != STANDARD_INPUT:
        yield text
        return
    yield from (line.strip() for line in sys.stdin if line.strip())


# --- output --------------------------------------------------------------------------------


def _say(line: str) -> None:
    print(line, file=sys.stderr)


def _print(
    args: argparse.Namespace,
    shape: Json,
    lines: Callable[[Json], Iterator[str]],
    one_line: bool = False,
) -> None:
    if args.json:
        print(json.dumps(shape, ensure_ascii=False, indent=None if one_line else 2), flush=True)
    else:
        print("\n".join(lines(shape)), flush=True)


def _name(document: Json) -> str:
    return document["title"] or Path(document["source"]).name


def _cite(document: Json, address: str) -> str:
    number = f"（{document['number']}）" if document["number"] else ""
    status = f" [{document['status']}]" if document["status"] else ""
    return f"《{_name(document)}》{number}{address}{status}"


def _report_lines(shape: Json) -> Iterator[str]:
    for outcome in ("added", "replaced", "unchanged"):
        for document in shape[outcome]:
            yield f"{outcome:9} {document['id']}  {_name(document)}"
    for failure in shape["failed"]:
        yield f"failed    {failure['source']}: {failure['error']}"
    yield f"{shape['clauses']} clauses written"


def _list_lines(shape: Json) -> Iterator[str]:
    for document in shape["documents"]:
        facts = [document[key] for key in ("issuer", "number", "date", "status") if document[key]]
        yield f"{document['id']}  {_name(document)}  {document['clauses']} clauses"
        if facts:
            yield f"               {' · '.join(facts)}"
        yield from (f"               ! {note}" for note in document["notes"])
    if not shape["documents"]:
        yield "the library is empty: add documents with `youju add PATH`"


def _show_lines(shape: Json) -> Iterator[str]:
    yield f"{shape['document']['id']}  {_name(shape['document'])}"
    for clause in shape["clauses"]:
        yield f"\n[{clause['address']}] {' > '.join(clause['path'])}".rstrip()
        yield shape["text"][clause["start"] : clause["end"]].strip()


def _search_lines(shape: Json) -> Iterator[str]:
    for hit in shape["hits"]:
        yield f"{hit['rank']:2}. {hit['score']:.3f}  {_cite(hit['document'], hit['clause']['address'])}"
        yield f"    {' '.join(hit['text'].split())[:160]}"
    if not shape["hits"]:
        yield "nothing found"
    yield from _pending_lines(shape)


def _answer_lines(shape: Json) -> Iterator[str]:
    if shape["status"] == "answered":
        yield shape["answer"]
        yield ""
        for citation in shape["citations"]:
            yield f"[{citation['n']}] {_cite(citation['document'], citation['address'])}"
    else:
        yield "资料库中没有找到能回答这个问题的原文。最接近的条款："
        for hit in shape["nearest"]:
            yield f"  - {_cite(hit['document'], hit['clause']['address'])}"
    yield from _pending_lines(shape)


def _pending_lines(shape: Json) -> Iterator[str]:
    if shape["pending"]:
        yield f"! {shape['pending']} 个片段尚未建立语义索引，暂时只能按字词找到它们"


def _eval_lines(shape: Json) -> Iterator[str]:
    yield f"{shape['dataset']} {shape['split']} {shape['mode']}: {shape['queries']} queries"
    yield from (f"  {name:8} {value:.4f}" for name, value in shape["metrics"].items())
    times = shape["ms_per_query"]
    yield f"  {times['p50']:.1f} ms a query (p95 {times['p95']:.1f})"
    yield f"  {shape['index_seconds']:.1f} s to index"


class _progress:  # noqa: N801 - reads as `with _progress() as progress`
    """Shows a bar for each stage on standard error."""

    def __init__(self) -> None:
        self._bars: dict[str, Any] = {}

    def __enter__(self) -> Callable[[str, int, int], None]:
        return self._show

    def _show(self, stage: str, done: int, total: int) -> None:
        from tqdm import tqdm

        if total and stage not in self._bars:
            self._bars[stage] = tqdm(total=total, desc=f"{stage:8}", leave=True, mininterval=0.5)
        bar = self._bars.get(stage)
        if bar is not None:
            bar.update(done - bar.n)

    def __exit__(self, *exception: object) -> None:
        for bar in self._bars.values():
            bar.close()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns 0 when done and 1 for an error that the user can mend."""
    args = parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO if args.verbose else logging.WARNING, format="%(message)s")
    try:
        return int(args.run_command(args))
    except YoujuError as error:
        _say(f"youju: {error}")
        return 1
    except BrokenPipeError:
        # The reader (`head`, a pager) has enough; what it did not read is not an error.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        _say("youju: stopped; what was reported as added is kept")
        return 130


if __name__ == "__main__":
    sys.exit(main())
