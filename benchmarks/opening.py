"""Measure opening a library, and adding to it, replacing in it and removing from it, at its size.

    python -m benchmarks.opening LIBRARY [--rounds 5] [--encoder]

The library is copied first and stays as it is. Every round is a process of its own; what it
imports is timed apart. With --encoder a question is encoded too, so that the memory is that of
all that answers it.
"""

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index import Library

TEXT = (
    "白沙市学校食堂管理办法（第{n}号）\n\n"
    "第一条 学校食堂每周公示采购账目。\n第二条 校长每周陪餐{n}次。\n"
)
QUESTION = "校长每周要陪餐几次？"


def main() -> None:
    """Print the median and the largest of each measurement."""
    options = _options()
    if options.one is not None:
        print(json.dumps(_measured(options.library, options.one, options.encoder)))
        return
    with tempfile.TemporaryDirectory() as beside:
        copy = Path(beside) / "library"
        shutil.copytree(options.library, copy)
        _one(copy, 0, options.encoder)  # makes what is not in the cache
        rounds = [_one(copy, n, options.encoder) for n in range(1, options.rounds + 1)]
    for name in rounds[0]:
        values = [found[name] for found in rounds]
        print(f"{name:40} {median(values):>9,.1f} {max(values):>9,.1f}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("library", type=Path, help="the folder of a library")
    parser.add_argument("--rounds", type=int, default=5, help="processes that measure")
    parser.add_argument("--encoder", action="store_true", help="encode a question as well")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    return parser.parse_args()


def _one(library: Path, number: int, encoder: bool) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.opening", str(library), "--one", str(number)]
    command += ["--encoder"] if encoder else []
    ran = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, float] = json.loads(ran.stdout)
    return found


def _measured(folder: Path, number: int, encoder: bool) -> dict[str, float]:
    """Return what one process measures, in milliseconds and megabytes, in the order of doing."""
    found: dict[str, float] = {}

    def timed(name: str, work: Callable[[], object]) -> None:
        begun = time.perf_counter()
        work()
        found[f"{name}, ms"] = (time.perf_counter() - begun) * 1000

    timed("imports", _imports)
    from corpus import parse
    from index import Library
    from index.encoders.opening import open_encoder
    from index.report import Report
    from index.tokens import tokenize
    from retrieval import Searcher

    library = Library(folder, open_encoder)
    timed("open", library.snapshot)
    found["passages"] = len(library.snapshot().passages)
    found["megabytes when open"] = _megabytes()
    timed("the dictionary, once in a process", lambda: tokenize(QUESTION))

    def search() -> None:
        library.snapshot().words.top(tokenize(QUESTION), 1000)

    timed("the first search by words", search)
    timed("a search by words", search)
    searcher = Searcher(library)

    def ask() -> None:
        searcher.search(QUESTION, mode="bm25")

    timed("the first whole search", ask)
    timed("a whole search", ask)
    for part, work in _parts(library).items():
        timed(f"  of the first: {part}", work)
    name = f"added{number}"
    for change, count in (("add one", number), ("replace it", number + 1000)):
        document = parse(f"{name}-{count}", name, TEXT.format(n=count))
        timed(f"{change}: write", partial(library.put, document, Report()))
        timed(f"{change}: index", library.refresh)
        timed(f"{change}: search by words", search)
        timed(f"{change}: whole search", ask)
    timed("remove it", lambda: library.remove([f"{name}-{number + 1000}"]))
    timed("list all documents", library.documents)
    timed("list them again", library.documents)
    if encoder:
        timed("the encoder", lambda: library.encoder.encode([QUESTION], "query"))
    found["megabytes at the peak"] = _megabytes()
    return found


def _parts(library: "Library") -> dict[str, Callable[[], object]]:
    """What the first search makes of the documents, to be made once more, each after the other."""
    from retrieval.filters import Filters
    from retrieval.mentions import Question
    from retrieval.profiles import Profiles
    from retrieval.view import View

    view = View(library, library.snapshot(), date.today())
    article = next(iter(Question("第十二条").addresses([])))
    return {
        "checksums of the entries": library.store.entry_seals,
        "profiles, with these": lambda: Profiles(library),
        "what holds, with both": lambda: View(library, library.snapshot(), date.today()),
        "titles and numbers": lambda: view.catalogue,
        "places and organs": lambda: view.origins,
        "what filters choose": lambda: view.choose(Filters()),
        "addresses, where one is asked for": lambda: view.at_address(article),
    }


def _imports() -> None:
    import faiss  # noqa: F401
    import numpy as np  # noqa: F401

    import index.library  # noqa: F401
    import retrieval.search  # noqa: F401


def _megabytes() -> float:
    """The peak of this process's resident memory so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
