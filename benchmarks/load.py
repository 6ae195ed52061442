"""Fifty clients ask the app for minutes, while documents are added to it; what they were told.

    python -m benchmarks.load LIBRARY [--minutes 5] [--clients 50] [--adding 200]

The library is copied, and `youju serve` is started over the copy. Four of five clients ask like the
page, and close it now and then before they were answered; every fifth calls like a program; none
pauses. Programs hold every answer against the text of its documents, and look for the documents
that are being added: each must be found whole or not at all, and never be missed once it was
reported or found. Exits 1 for an error or a breach. Everything stays on 127.0.0.1; the memory needs
Linux.
"""

import argparse
import random
import shutil
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

from benchmarks.serving import QUESTIONS, percentile
from benchmarks.visitor import Json, Served, Unanswered, Visitor, megabytes, serving

ARTICLES = 5
WORD = "陪餐"
"""Stands in every article of the documents that are added."""
EVERY = 5
"""One client of so many is a program."""
LEAVES = 0.05
"""How often a page is closed before the answer came."""
SHARE_OF_ADDING = 0.8
"""The share of the time within which the documents are added."""


class Told:
    """What the clients were told: seconds by kind of request, errors, breaches of a promise."""

    def __init__(self) -> None:
        self.seconds: dict[str, list[float]] = defaultdict(list)
        self.errors: list[str] = []
        self.breaches: list[str] = []

    def timed(self, kind: str, request: Callable[[], object]) -> None:
        """Carry a request out, and note how long it took or what went wrong."""
        begun = time.monotonic()
        try:
            request()
        except Unanswered as error:
            self.errors.append(f"{kind}: {error}")
        else:
            self.seconds[kind].append(time.monotonic() - begun)


class Added:
    """The documents that are added, by number: the last that was reported is remembered."""

    def __init__(self, wanted: int) -> None:
        self.wanted = wanted
        self.reported = 0
        """All up to this one were reported as added."""

    def add(self, visitor: Visitor, told: Told, seconds: float) -> None:
        """Add one after the other, spread over so many seconds."""
        begun = time.monotonic()
        for number in range(1, self.wanted + 1):
            wait = begun + number / self.wanted * seconds - time.monotonic()
            time.sleep(max(0.0, wait))
            told.timed("adding a document", lambda n=number: self._add_one(visitor, n))

    def _add_one(self, visitor: Visitor, number: int) -> None:
        report = visitor.add({name_of(number): text_of(number).encode()})
        if "1 份新增" not in report:
            raise Unanswered(f"adding {name_of(number)}: {report[:200]}")
        self.reported = number


def name_of(number: int) -> str:
    """The file of an added document."""
    return f"测点{number:03}.txt"


def text_of(number: int) -> str:
    """An added document; no two are alike in any article."""
    articles = (
        f"第{n}条　测点{number:03}每周{WORD}{number * 10 + n}次。" for n in range(1, ARTICLES + 1)
    )
    return "\n".join([f"测点{number:03}学校食堂办法", *articles, ""])


# --- clients --------------------------------------------------------------------------------


class Program:
    """A client that checks what it is told."""

    def __init__(self, visitor: Visitor, told: Told, added: Added, chance: random.Random) -> None:
        self._visitor, self._told, self._added, self._chance = visitor, told, added, chance
        self._documents: dict[str, Json] = {}
        self._found: set[int] = set()

    def act(self) -> None:
        """Ask, or look for a document that was added or will be."""
        if self._chance.random() < 0.5:
            question = self._chance.choice(QUESTIONS)
            self._told.timed("a program's question", lambda: self._ask(question))
        else:
            last = self._added.reported + 2
            number = self._chance.randint(1, max(1, min(last, self._added.wanted)))
            self._told.timed("a program's search", lambda: self._look_for(number))

    def _ask(self, question: str) -> None:
        answer = self._called("ask", question=question)
        for cited in answer["citations"]:
            text = self._text(cited["document"]["id"])
            if text[cited["start"] : cited["end"]] != cited["quote"]:
                self._told.breaches.append(f"{question}: {cited['quote']} is not the text")

    def _look_for(self, number: int) -> None:
        must_be_there = number <= self._added.reported or number in self._found
        name = name_of(number)
        found = self._visitor.call(
            "search", query=WORD, top=100, mode="bm25", filters={"documents": [name]}
        )
        if "error" in found:
            if "no document is called" not in found["error"]:
                raise Unanswered(found["error"])
            if must_be_there:
                self._told.breaches.append(f"{name} was there and is gone")
            return
        self._found.add(number)
        articles = sorted(hit["text"].strip() for hit in found["hits"])
        if articles != sorted(text_of(number).splitlines()[1:]):
            self._told.breaches.append(f"{name} was found by halves: {len(articles)} articles")

    def _text(self, identity: str) -> str:
        if identity not in self._documents:
            self._documents[identity] = self._called("show", document=identity)
        return str(self._documents[identity]["text"])

    def _called(self, name: str, **given: object) -> Json:
        found = self._visitor.call(name, **given)
        if "error" in found:
            raise Unanswered(f"/{name}: {found['error']}")
        return found


def client(number: int, address: str, told: Told, added: Added, until: float) -> None:
    """Ask without a pause until the time is over."""
    visitor, chance = Visitor(address), random.Random(number)
    program = Program(visitor, told, added, chance)

    def ask_on_the_page() -> None:
        html = visitor.ask(chance.choice(QUESTIONS))
        if "yj-turn" not in html or "yj-error" in html:
            raise Unanswered(html[:200])

    while time.monotonic() < until:
        if number % EVERY == 0:
            program.act()
        elif chance.random() < LEAVES:
            told.timed("a page that was closed", lambda: visitor.leave(QUESTIONS[0]))
        else:
            told.timed("a question on the page", ask_on_the_page)


# --- the measurement ------------------------------------------------------------------------


def watch(served: Served, minutes: list[float], until: float) -> None:
    """Note the most memory of each minute."""
    begun = time.monotonic()
    while time.monotonic() < until:
        minute = int((time.monotonic() - begun) / 60)
        minutes += [0.0] * (minute + 1 - len(minutes))
        minutes[minute] = max(minutes[minute], megabytes(served.process.pid))
        time.sleep(1.0)


def measured(library: Path, clients: int, minutes: float, adding: int) -> tuple[Told, list[float]]:
    """Let the clients ask; what they were told, and the memory of each minute in MB."""
    told, memory = Told(), list[float]()
    added = Added(adding)
    with serving(library) as served:
        Visitor(served.address).ask(QUESTIONS[0])
        until = time.monotonic() + minutes * 60
        watching = threading.Thread(target=watch, args=(served, memory, until))
        watching.start()
        with ThreadPoolExecutor(clients + 1) as crowd:
            visitor = Visitor(served.address)
            work = [crowd.submit(added.add, visitor, told, minutes * 60 * SHARE_OF_ADDING)]
            work += [
                crowd.submit(client, n, served.address, told, added, until) for n in range(clients)
            ]
        watching.join()
        for done in work:
            done.result()
        if served.process.poll() is not None:
            told.breaches.append("the app has ended")
    return told, memory


def lines_of(told: Told, memory: Sequence[float]) -> list[str]:
    """What was seen, as lines."""
    lines = ["| request | times | median | 95th percentile | most |", "|---|---|---|---|---|"]
    for kind, seconds in sorted(told.seconds.items()):
        values = f"{median(seconds):.2f} s | {percentile(seconds, 0.95):.2f} s"
        lines.append(f"| {kind} | {len(seconds):,} | {values} | {max(seconds):.2f} s |")
    lines.append(f"\nmemory, the most in each minute, MB: {', '.join(f'{m:,.0f}' for m in memory)}")
    for name, found in (("errors", told.errors), ("breaches", told.breaches)):
        lines += [f"{name}: {len(found)}", *(f"  {line}" for line in found[:10])]
    return lines


def main() -> int:
    """Print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("library", type=Path)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--adding", type=int, default=200)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "library"
        shutil.copytree(options.library, library)
        told, memory = measured(library, options.clients, options.minutes, options.adding)
    print("\n".join(lines_of(told, memory)))
    return 1 if told.errors or told.breaches else 0


if __name__ == "__main__":
    sys.exit(main())
