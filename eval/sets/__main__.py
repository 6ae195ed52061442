"""Check a question set against its documents, or write it in another format.

    python -m eval.sets check QUESTIONS FOLDER… [--strict] [--write]
    python -m eval.sets convert QUESTIONS FILE

`check` finds the place of all gold; `--strict` asks for what a committed set must have, and
`--write` fills `overlap` into JSON Lines first. Exit 0 when all is well, 1 with a line for each
mistake, 2 for wrong usage. eval/questions/README.md says what the fields mean.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from corpus import YoujuError, find_files, read_file
from eval.sets import SetError, read_set, resolve, write_set
from eval.sets.strict import check_strictly, write_overlaps


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command. Returns 0 when all is well, 1 when not."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.sets",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(required=True)
    check = commands.add_parser("check", help="find the place of all gold")
    check.add_argument("questions", type=Path, help="JSON Lines, CSV or XLSX")
    check.add_argument("paths", nargs="+", type=Path, metavar="FOLDER", help="its documents")
    check.add_argument("--strict", action="store_true", help="hold it to the rules of README.md")
    check.add_argument("--write", action="store_true", help="fill in the overlaps")
    check.set_defaults(run=_check)
    convert = commands.add_parser("convert", help="write a set in another format")
    convert.add_argument("questions", type=Path)
    convert.add_argument("file", type=Path, help=".jsonl, .csv or .xlsx")
    convert.set_defaults(run=_convert)
    args = parser.parse_args(arguments)
    try:
        args.run(args)
    except YoujuError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _check(args: argparse.Namespace) -> None:
    documents = [read_file(file) for file in find_files(args.paths)]
    questions = read_set(args.questions)
    if args.write:
        if args.questions.suffix.lower() != ".jsonl":
            raise SetError(args.questions, [(0, "overlaps are written into JSON Lines only")])
        write_overlaps(args.questions, resolve(questions, documents))
        questions = read_set(args.questions)
    resolved = (check_strictly if args.strict else resolve)(questions, documents)
    places = sum(len(one.places) for one in resolved)
    sys.stdout.write(f"{len(resolved)} questions, {places} places of gold, each found\n")


def _convert(args: argparse.Namespace) -> None:
    questions = read_set(args.questions, drafts=True).questions
    write_set(questions, args.file)
    sys.stdout.write(f"{len(questions)} questions written to {args.file}\n")


if __name__ == "__main__":
    sys.exit(main())
