"""Kill a process (-9) while it adds, replaces, removes and builds caches; look at what it left.

    python -m benchmarks.kills [--kills 200] [--seed 1]

Every process writes to a library of its own and acknowledges each document on a pipe. Half of
them are killed at a random moment of their work, half when they begin to commit, to write rows or
a cache, to rename or to delete one. Each library must open, be whole, hold what was acknowledged
and at most the one change that was being made, and be searched like one that is built anew.
Exits 1 where one is not. Needs fork and SIGKILL.
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.doomed import (
    CACHE,
    COMMIT,
    PHASES,
    RENAME,
    ROWS,
    SWEEP,
    Doomed,
    Step,
    Watched,
    has_unfinished_log,
    killed,
    plan,
    states_of,
    text_of,
    work,
)
from corpus import YoujuError
from index import Library
from index.contents import contents_of
from index.database import DATABASE
from retrieval.ranking import MODES
from retrieval.search import Searcher
from tests.fakes import KeywordEncoder

PLANS = 8
AIMED = (COMMIT, RENAME, COMMIT, CACHE, ROWS, SWEEP)
"""What the second half of the processes is killed at, over and over."""
AT_MOST_LATER = 0.0005
"""Seconds: a commit takes about as long."""
QUERIES = ("食堂经费", "寄宿 甲2县", "校车每年3万元")

State = dict[str, int]


class Left(NamedTuple):
    """What one killed process left; `problems` should be empty."""

    begun: str
    went_through: bool
    unfinished_log: bool
    unfinished_caches: int
    problems: tuple[str, ...]


class Timed(NamedTuple):
    """Steps, the seconds that they take when nobody kills them, and how often each thing begins."""

    steps: list[Step]
    seconds: float
    begun: tuple[int, ...]


def main() -> int:
    """Print what was seen."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    begun = time.monotonic()
    left = kill(options.kills, options.seed)
    print("\n".join(told(left)))
    print(f"{time.monotonic() - begun:.0f} s")
    return 1 if any(one.problems for one in left) else 0


def kill(kills: int, seed: int) -> list[Left]:
    """Kill so many processes, one after the other; what each left."""
    chance = random.Random(seed)
    left: list[Left] = []
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        _warm_up(root / "warm")
        plans = [
            _timed(root / f"whole{n}", plan(seed + n)) for n in range(min(PLANS, 1 + kills // 3))
        ]
        while len(left) < kills:
            place = root / f"{time.monotonic_ns()}"
            timed = plans[len(left) % len(plans)]
            doomed = _killed(place, timed.steps, _moment(timed, chance, len(left)))
            if doomed.was_killed:  # else it was at its end already: another one instead
                left.append(_examined(place, timed.steps, doomed))
    return left


def told(left: Sequence[Left]) -> list[str]:
    """What was seen, as lines."""
    begun = Counter(one.begun for one in left)
    lines = [f"{len(left)} processes killed; what they had begun last:"]
    lines += [f"  {begun[phase]:4} {phase}" for phase in PHASES]
    lines += [
        f"the change under way: {sum(one.went_through for one in left)} times made whole, "
        f"{sum(not one.went_through for one in left)} times not at all",
        f"transactions cut off in the log: {sum(one.unfinished_log for one in left)}",
        f"caches cut off half written: {sum(one.unfinished_caches for one in left)}",
    ]
    wrong = [problem for one in left for problem in one.problems]
    lines.append(f"problems: {len(wrong)}")
    return lines + [f"  {problem}" for problem in wrong]


def _warm_up(place: Path) -> None:
    """Load once, for all that are killed, what adding and searching load."""
    steps, sources = plan(0), place / "sources"
    sources.mkdir(parents=True)
    work(place / "library", sources, steps, lambda: None)
    library = Library(place / "library", lambda name: KeywordEncoder())
    problems(library, place, states_of(steps)[-1:])


# --- when -----------------------------------------------------------------------------------


def _timed(place: Path, steps: list[Step]) -> Timed:
    """Carry the steps out to their end."""
    begun = time.monotonic()
    doomed = _killed(place, steps, lambda watched: time.sleep(0.001) is not None)
    if doomed.status:
        raise SystemExit(f"a process that nobody killed ended with status {doomed.status}")
    return Timed(steps, time.monotonic() - begun, doomed.watched.seen[1:])


def _moment(timed: Timed, chance: random.Random, number: int) -> Callable[[Watched], bool]:
    """A random moment for every other process, the beginning of something for the others."""
    if number % 2 == 0:
        seconds = chance.uniform(0, timed.seconds)
        began = time.monotonic()

        def has_come(watched: Watched) -> bool:
            time.sleep(0.0002)
            return time.monotonic() - began >= seconds

        return has_come
    phase = AIMED[number // 2 % len(AIMED)]
    nth, later = chance.randint(1, max(1, timed.begun[phase])), chance.uniform(0, AT_MOST_LATER)

    def has_begun(watched: Watched) -> bool:
        if watched.seen[1 + phase] < nth:
            return False
        begun = time.monotonic()
        while time.monotonic() - begun < later:
            pass
        return True

    return has_begun


def _killed(place: Path, steps: list[Step], moment: Callable[[Watched], bool]) -> Doomed:
    sources = place / "sources"
    sources.mkdir(parents=True)
    return killed(lambda tell: work(place / "library", sources, steps, tell), moment)


# --- what is left ---------------------------------------------------------------------------


def _examined(place: Path, steps: list[Step], doomed: Doomed) -> Left:
    folder, states = place / "library", states_of(steps)
    log = has_unfinished_log(folder / f"{DATABASE}-wal")
    caches = len(list(folder.glob("cache/.*")))
    allowed = states[doomed.acknowledged : doomed.acknowledged + 2]
    went_through = False
    try:
        library = Library(folder, lambda name: KeywordEncoder())
        went_through = _held(library) != allowed[0]
        wrong = problems(library, place, allowed)
    except YoujuError as error:
        wrong = [str(error)]
    named = tuple(f"{place.name}: {line}" for line in wrong)
    return Left(PHASES[doomed.watched.seen[0]], went_through, log, caches, named)


def problems(library: Library, place: Path, allowed: Sequence[State]) -> list[str]:
    """What is wrong with a library that was left: of pages, documents, or what searches find."""
    contents_of(library.store.path)
    held, wrong = _held(library), []
    if held not in allowed:
        wrong.append(f"holds {held}, expected one of {allowed}")
    for document in library.documents():
        whole = library.document(document.id)
        name = Path(whole.source).name
        if whole.text != text_of(name, held.get(name, -1)):
            wrong.append(f"{name} has another text")
        if "".join(whole.quote(clause.span) for clause in whole) != whole.text:
            wrong.append(f"the clauses of {name} are not its text")
    fresh = Library(place / "fresh", lambda name: KeywordEncoder())
    fresh.put_all(library.document(document.id) for document in library.documents())
    if _found(library, ("bm25",)) != _found(fresh, ("bm25",)):
        wrong.append("words are found otherwise than in a library built anew")
    for one in (library, fresh):
        one.embed()
    if _found(library, MODES) != _found(fresh, MODES):
        wrong.append("is searched otherwise than a library built anew")
    return wrong


def _held(library: Library) -> State:
    """The documents by file name, with the version that their text says."""
    held = {}
    for document in library.documents():
        name = Path(document.source).name
        first = library.document(document.id).text.split("县", 1)[0]
        held[name] = int(first.removeprefix(Path(name).stem))
    return held


def _found(library: Library, modes: Sequence[str]) -> list[tuple[str, str, str, float]]:
    searcher = Searcher(library)
    return [
        (query, mode, hit.clause.id, hit.score)
        for query in QUERIES
        for mode in MODES
        if mode in modes
        for hit in searcher.search(query, 1000, mode).hits
    ]


if __name__ == "__main__":
    sys.exit(main())
