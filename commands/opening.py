"""Opens what the arguments name: the library, its encoder, a reranker, the filters."""

import argparse
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from commands.output import Bars, say

if TYPE_CHECKING:
    from index import Library
    from index.encoders import Encoder
    from retrieval import Filters, Searcher
    from retrieval.generate import Generator
    from retrieval.reranking import Reranker

OpenEncoder = Callable[[str | None], Any]

BACKEND = "YOUJU_BACKEND"
"""The environment variable that says what `--backend` does."""


def open_library(
    args: argparse.Namespace, create: bool = False, as_built: bool = False
) -> "Library":
    """Open the library that was named, with the encoder that was named.

    `create` makes one where there is none; `as_built` opens it with the encoder that it was built
    with, whatever `--model` says.
    """
    from index import Library, default_folder

    model = None if as_built else args.model
    folder = args.library or default_folder()
    return Library(folder, args.open_encoder, model, create, backend_of(args))


def backend_of(args: argparse.Namespace) -> str | None:
    """Return where the indexes are to be, None for where the library has them."""
    return args.backend or os.environ.get(BACKEND) or None


def open_searcher(args: argparse.Namespace) -> "Searcher":
    """Open the library that was named, to search it; say what there is to know about it."""
    from retrieval import Searcher

    library = open_library(args)
    if not library.snapshot().passages:
        say("the library is empty: add documents with `youju add PATH`")
    advise(library)
    return Searcher(library, reranker=open_reranker(args))


def advise(library: "Library") -> None:
    """Say what there is to do about the library; `add` and `list` report it themselves."""
    if library.advice:
        say(f"{library.folder}: {library.advice}")


def open_reranker(args: argparse.Namespace) -> "Reranker | None":
    """Return the reranker that was named, or None."""
    if args.rerank is None:
        return None
    from retrieval.reranking import CrossEncoder

    return CrossEncoder(args.rerank)


def open_generator(args: argparse.Namespace) -> "Generator | None":
    """Return the language model that was named, or None; say where the passages go."""
    if args.generator is None and args.generator_model is None:
        return None
    if args.generator is None or args.generator_model is None:
        args.wrong_usage("--generator URL and --generator-model NAME belong together")
    from retrieval.generate import KEY, Limits, open_generator
    from retrieval.generate.address import host_of, is_on_this_machine

    limits = Limits(seconds=args.generator_timeout)
    generator = open_generator(
        args.generator, args.generator_model, os.environ.get(KEY) or None, limits
    )
    if not is_on_this_machine(args.generator):
        say(f"the question and the passages found for it are sent to {host_of(args.generator)}")
    return generator


def filters_of(args: argparse.Namespace, library: "Library") -> "Filters":
    """Return the filters that were named; `--document` takes the beginning of an id."""
    from retrieval import Filters

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


def open_encoder(name: str | None) -> "Encoder":
    """Open an encoder; preparing the plain e5, the first time, is shown."""
    from index.encoders import open_encoder

    with Bars() as progress:
        return open_encoder(name, lambda _, done: progress("encoder", round(100 * done), 100))
