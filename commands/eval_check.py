"""`youju eval --check`: the committed sets run again, their figures held against the expected."""

import argparse
from typing import TYPE_CHECKING

from commands.output import Bars, Json, print_result, say

if TYPE_CHECKING:
    from eval.checking import Figure, Found
    from eval.expected import CommittedSet

NO_DOCUMENTS = (
    "its documents are not part of Youju: name their folder with --documents FOLDER, if you have it"
)
NOTHING_EXPECTED = (
    "no figures are expected of it in these configurations: name some, with --write-expected"
)


def check_sets(args: argparse.Namespace) -> int:
    """Run the committed sets. Returns 1 where a figure is outside its tolerance."""
    from eval.checking import bench, documents_of, expected_of
    from eval.configurations import chosen, read_configurations
    from eval.expected import read_sets
    from eval.lines import check_lines

    known = read_configurations()
    asked = [one.name for one in chosen(args.check, known)]
    figures: list[Figure] = []
    left_out: list[Json] = []
    found: dict[str, Found] = {}
    with Bars() as progress, bench(args.work, args.open_encoder, progress) as place:
        for committed in read_sets().values():
            folder = documents_of(committed, args.documents)
            names = asked if args.write_expected and asked else expected_of(committed, asked)
            if folder is None or not names:
                reason = NOTHING_EXPECTED if folder else NO_DOCUMENTS
                left_out.append({"set": committed.name, "reason": reason})
                continue
            found[committed.name] = place.figures(committed, folder, chosen(names, known))
            figures += _held(committed, found[committed.name])
    if args.write_expected:
        _write(found)
    shape = {"figures": [figure.shape() for figure in figures], "not_checked": left_out}
    print_result(args, shape, check_lines)
    return int(not args.write_expected and not all(figure.holds for figure in figures))


def _held(committed: "CommittedSet", found: "Found") -> "list[Figure]":
    from eval.checking import compared

    return list(compared(committed, found))


def _write(found: "dict[str, Found]") -> None:
    """Put what was found in the place of what was expected, for a person to look at and commit."""
    from eval.configurations import CONFIGURATIONS
    from eval.expected import write_expected

    figures = {
        name: {
            configuration: {measure: figure.value for measure, figure in measures.items()}
            for configuration, measures in tables.items()
        }
        for name, tables in found.items()
    }
    write_expected(figures, CONFIGURATIONS)
    say(f"{CONFIGURATIONS}: written; look at what changed before you commit it")
