"""The command: `python -m eval.peers DATASET --split dev [--sample N] [--vectors PATH]`.

The same records, queries and encoder through Youju and what people would otherwise use; quality,
index time, query time and memory side by side. Needs the extra `peers`; runs offline.
"""

import argparse
import json
import os
import platform
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus import YoujuError
from eval.configurations import DEPTH
from eval.peers.compare import Shape, compare
from eval.peers.given import vectors_of
from eval.peers.known import PEERS
from eval.peers.peer import PeerError
from eval.peers.sample import Sample
from eval.peers.table import line, table
from eval.peers.worker import Job
from eval.sets.beir import read_beir
from index.encoders.names import DEFAULT


def main(arguments: list[str] | None = None) -> int:
    """Compare, print the table or JSON, and return the exit status."""
    options = _options().parse_args(arguments)
    try:
        shape = run(options)
    except YoujuError as error:
        sys.stderr.write(f"error: {error}\n")
        return 1
    if options.json:
        sys.stdout.write(json.dumps(shape, ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write("\n".join(report(shape)) + "\n")
    return 0


def run(options: argparse.Namespace) -> Shape:
    """Run the peers that were named; return the JSON shape."""
    unknown = sorted(set(options.peers) - PEERS.keys())
    if unknown:
        raise PeerError(f"no peer {', '.join(unknown)}: there are {', '.join(PEERS)}")
    # What is wrong with the data set or the vectors is said once, before the first process starts.
    dataset = read_beir(options.dataset, options.split)
    with TemporaryDirectory(prefix="youju-peers-") as folder:
        vectors = [vectors_of(path, dataset, Path(folder)) for path in options.vectors]
        job = Job(
            peer="",
            folder=str(options.dataset),
            split=options.split,
            depth=DEPTH,
            seed=options.seed,
            queries=options.queries,
            records=options.sample,
            vectors=vectors,
            model=options.model,
        )
        rows = []
        for row in compare([replace(job, peer=peer) for peer in options.peers]):
            rows.append(row.shape())
            sys.stderr.write(f"{line(rows[-1])}\n")
    return conditions(options, job.sample()) | {"peers": rows}


def conditions(options: argparse.Namespace, sample: Sample) -> Shape:
    """Say what took part, and where it ran."""
    return {
        "dataset": sample.whole.name,
        "split": options.split,
        "encoder": options.model or DEFAULT,
        "records": sum(1 for _ in sample.records()),
        "sampled": sample.kept is not None,
        "queries": len(sample.queries),
        "judged": len(sample.whole.queries),
        "seed": options.seed,
        "vectors": [path.name for path in options.vectors],
        "machine": f"{os.cpu_count()} cores, {platform.machine()}",
        "python": platform.python_version(),
    }


def report(shape: Shape) -> Iterator[str]:
    """Yield the conditions in a line or two, and the table."""
    drawn = " (all that are judged, and others at random)" if shape["sampled"] else ""
    yield (
        f"{shape['dataset']} {shape['split']}: {shape['records']:,} records{drawn}, "
        f"{shape['queries']:,} of {shape['judged']:,} queries, seed {shape['seed']}; "
        f"encoder {shape['encoder']}; {shape['machine']}, Python {shape['python']}."
    )
    if shape["vectors"]:
        yield "Vectors were given; the time of encoding is that of texts which had none."
    yield ""
    yield from table(shape["peers"])


def _count(text: str) -> int:
    """Read a number from 1 up; argparse turns the error into wrong usage."""
    if (number := int(text)) < 1:
        raise argparse.ArgumentTypeError(f"{text}: expected 1 or more")
    return number


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.peers", description=__doc__)
    parser.add_argument("dataset", type=Path, metavar="DATASET", help="a BEIR folder")
    parser.add_argument("--split", default="test")
    parser.add_argument(
        "--peers",
        type=lambda names: names.split(","),
        default=list(PEERS),
        metavar="A,B,C",
        help=f"default: all of {', '.join(PEERS)}",
    )
    parser.add_argument(
        "--sample", type=_count, metavar="N", help="records: all judged, and others"
    )
    parser.add_argument("--queries", type=_count, metavar="N", help="queries, drawn at random")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--vectors",
        type=Path,
        action="append",
        default=[],
        metavar="PATH",
        help=".npy with a row for each record of the whole corpus, or the DIR of youju eval --work",
    )
    parser.add_argument("--model", metavar="NAME", help="another encoder, on disk")
    parser.add_argument("--json", action="store_true")
    return parser


if __name__ == "__main__":
    sys.exit(main())
