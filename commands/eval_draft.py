"""`youju eval draft`: questions proposed from the clauses of a library, for a person to edit."""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from commands.command import Command
from commands.opening import open_library
from commands.options import count
from commands.output import CommandError, Json, print_result, say

if TYPE_CHECKING:
    from corpus import Document


def draft(args: argparse.Namespace) -> int:
    """Propose questions on a library's documents, each with its gold, for a person to edit."""
    from eval.drafting import MOST, propose
    from eval.sets import write_set
    from eval.sets.writing import EXTENSIONS

    if args.out and args.out.suffix.lower() not in EXTENSIONS:
        raise CommandError(f"{args.out}: expected a file ending in {', '.join(EXTENSIONS)}")
    library = open_library(args, as_built=True)
    documents = library.documents()
    asked = [library.document(name).id for name in args.document] or _some(args.seed, documents)
    about = [library.document(name) for name in dict.fromkeys(asked)]
    questions = propose(documents, args.most or MOST, args.seed, about)
    if args.out:
        write_set(questions, args.out)
        say(f"{len(questions)} drafts written to {args.out}: {_NEXT}")
    print_result(args, {"questions": [question.shape() for question in questions]}, _lines)
    return 0


def _some(seed: int, documents: "Sequence[Document]") -> list[str]:
    """The ids of the documents that are asked about where none is named."""
    from eval.drafting import sampled

    drawn = sampled(documents, seed)
    if len(drawn) < len(documents):
        said = f"{len(drawn)} of {len(documents)} documents are asked about"
        say(f"{said}; another --seed takes others")
    return [document.id for document in drawn]


_NEXT = "edit them, and delete `draft` from those that you accept; the others are not counted"


def _lines(shape: Json) -> Iterator[str]:
    if not shape["questions"]:
        yield "no draft: the library is empty, or its clauses hold nothing to ask about"
    for question in shape["questions"]:
        yield f"{question['question']}  [{question['kind']}]"
        yield from (f"    《{gold['document']}》“{gold['quote']}”" for gold in question["gold"])


def _arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--document",
        action="append",
        default=[],
        metavar="DOC",
        help="ask about this document only: the beginning of its id",
    )
    command.add_argument("--most", type=count, metavar="N", help="questions; default: 40")
    command.add_argument(
        "--seed", type=int, default=0, metavar="N", help="another number proposes others"
    )
    command.add_argument(
        "--out", type=Path, metavar="FILE", help="write them as a set: .jsonl, .csv or .xlsx"
    )


COMMANDS = (Command("eval draft", draft, _arguments),)
