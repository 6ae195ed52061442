"""Measures one peer in a process of its own: `python -m eval.peers.worker JOB RESULT`.

A process each, so that memory, imports and settings are the peer's own. JOB and RESULT are JSON
files; whatever a peer prints goes to standard error.
"""

import contextlib
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from eval.metrics import Run
from eval.peers.encoding import MeasuredEncoder
from eval.peers.given import Given, KnownVectors
from eval.peers.known import PEERS, Entry
from eval.peers.peer import Peer, PeerError
from eval.peers.sample import Sample, draw
from eval.sets.beir import read_beir
from index.encoders import open_encoder

NETWORK = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo"})
"""Events of the interpreter (PEP 578) that mean a reach for the network."""


@dataclass(frozen=True, slots=True)
class Job:
    """What to measure; everything is drawn again from these few values, the same each time."""

    peer: str
    folder: str
    split: str
    depth: int
    seed: int = 0
    queries: int | None = None
    records: int | None = None
    vectors: Sequence[Given] = ()
    model: str | None = None

    def sample(self) -> Sample:
        """Read the data set, and draw from it."""
        dataset = read_beir(Path(self.folder), self.split)
        return draw(dataset, self.queries, self.records, self.seed)


@dataclass(frozen=True, slots=True)
class Measured:
    """What came of one peer. Memory in MB, None where the system does not tell."""

    records: int
    index_seconds: float
    """Without what the encoder took."""
    encode_seconds: float
    encoded: int
    """Passages that were encoded, beside those `given` with the vectors."""
    given: int
    ms: list[float]
    """Of each query, with encoding it."""
    ms_encode: list[float]
    memory_before: float | None
    """Resident with the records read, before the encoder and the peer are loaded."""
    memory_peak: float | None
    memory_after: float | None
    """Resident after the last query."""
    run: Run


def refuse_network(event: str, arguments: tuple[object, ...]) -> None:
    """Raise PeerError for whatever would leave this machine; an audit hook."""
    if event in NETWORK:
        raise PeerError(f"reached for the network ({event}): a comparison runs offline")


def memory(key: str) -> float | None:
    """Return VmRSS or VmHWM, the highest so far, in MB; None without /proc."""
    with contextlib.suppress(FileNotFoundError):
        for line in Path("/proc/self/status").read_text().splitlines():
            name, _, value = line.partition(":")
            if name == key:
                return round(int(value.split()[0]) / 1024, 1)
    return None


def measure_peer(entry: Entry, sample: Sample, encoder: MeasuredEncoder, depth: int) -> Measured:
    """Open the peer, index the records, ask every query, and keep the time of each."""
    records = list(sample.records())
    if not records:
        raise PeerError(f"{sample.whole.path}: corpus.jsonl holds no record that takes part")
    before = memory("VmRSS")
    if entry.encodes:
        encoder.check(records[0])
    peer = entry.open()
    say(f"indexing {len(records):,} records")
    start = time.perf_counter()
    peer.index(records, encoder)
    seconds = time.perf_counter() - start - encoder.passage_seconds
    say(f"indexed in {seconds:.1f} s and {encoder.passage_seconds:.1f} s of encoding")
    answers = list(ask(peer, sample, encoder, depth))
    return Measured(
        records=len(records),
        index_seconds=seconds,
        encode_seconds=encoder.passage_seconds,
        encoded=encoder.encoded,
        given=encoder.given,
        ms=[answer.ms for answer in answers],
        ms_encode=[answer.ms_encode for answer in answers],
        memory_before=before,
        memory_peak=memory("VmHWM"),
        memory_after=memory("VmRSS"),
        run={answer.query: answer.ranking for answer in answers},
    )


class Answered(NamedTuple):
    """One query: its ranking, and what it took."""

    query: str
    ranking: dict[str, float]
    ms: float
    ms_encode: float


def ask(peer: Peer, sample: Sample, encoder: MeasuredEncoder, depth: int) -> Iterator[Answered]:
    """Ask every query, after one that does not count: what it loads is no part of the others."""
    peer.search(next(iter(sample.queries.values())), depth)
    for done, (query, text) in enumerate(sample.queries.items()):
        if done % 50 == 0:
            say(f"query {done} of {len(sample.queries)}")
        encoding, start = encoder.query_seconds, time.perf_counter()
        ranking = dict(peer.search(text, depth))
        ms = (time.perf_counter() - start) * 1000
        yield Answered(query, ranking, ms, (encoder.query_seconds - encoding) * 1000)


def measure_job(job: Job) -> Measured:
    """Measure the peer of a job, with the encoder and the vectors that it names."""
    sample, entry = job.sample(), PEERS[job.peer]
    # JSON made lists of them.
    known = KnownVectors(Given(*one) for one in job.vectors if entry.encodes)
    encoder = MeasuredEncoder(lambda: open_encoder(job.model), known, Counter())
    return measure_peer(entry, sample, encoder, job.depth)


class Counter:
    """Says now and then how many texts were encoded."""

    def __init__(self, every: int = 2048) -> None:
        self._every, self._done = every, 0

    def __call__(self, texts: int) -> None:
        """Count so many more."""
        before, self._done = self._done, self._done + texts
        if before // self._every < self._done // self._every:
            say(f"{self._done:,} passages encoded")


def say(message: str) -> None:
    """Report progress."""
    sys.stderr.write(f"  {message}\n")
    sys.stderr.flush()


def main(arguments: list[str]) -> None:
    """Read the job, measure, and write the result, or the error that ended it."""
    job, result = map(Path, arguments)

    def note(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        lines = str(error).splitlines() or [""]
        name = "" if isinstance(error, PeerError) else f"{kind.__name__}: "
        result.write_text(json.dumps({"error": f"{name}{lines[0]}"}), encoding="utf-8")
        sys.__excepthook__(kind, error, trace)

    sys.excepthook = note
    sys.addaudithook(refuse_network)
    measured = measure_job(Job(**json.loads(job.read_text(encoding="utf-8"))))
    result.write_text(json.dumps(asdict(measured)), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
