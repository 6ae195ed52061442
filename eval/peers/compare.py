"""Runs the peers one after the other, each in a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np

from eval.metrics import measure
from eval.peers.known import PEERS, Entry
from eval.peers.worker import Job, Measured

ROOT = Path(__file__).parents[2]
WORKER = (sys.executable, "-m", "eval.peers.worker")
STANDARD_ERROR = 2  # what a peer prints is no part of the table
OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "LANGSMITH_TRACING": "false",
    "LANGCHAIN_TRACING_V2": "false",
    "DO_NOT_TRACK": "1",
    "TOKENIZERS_PARALLELISM": "true",
}
"""What the documentation of each names for not asking the network for anything."""

Shape = dict[str, Any]


class Row(NamedTuple):
    """One peer: what was measured, or why nothing was."""

    peer: str
    entry: Entry
    measured: Measured | None
    error: str | None
    metrics: dict[str, float]

    def shape(self) -> Shape:
        """The JSON shape, without the ranking itself."""
        entry = self.entry
        shape: Shape = {"peer": self.peer, "title": entry.title, "versions": entry.versions()}
        shape["chosen"] = entry.chosen
        if self.measured is None:
            return shape | {"error": self.error}
        figures = asdict(self.measured)
        whole, encode = figures.pop("ms"), figures.pop("ms_encode")
        rest = np.subtract(whole, encode).tolist()
        del figures["run"]
        times = {"ms_per_query": _quantiles(whole), "ms_without_encoding": _quantiles(rest)}
        return shape | {"metrics": self.metrics} | times | figures


def _quantiles(ms: Sequence[float]) -> dict[str, float]:
    p50, p95 = np.percentile(ms, [50, 95])
    return {"p50": round(float(p50), 2), "p95": round(float(p95), 2)}


def compare(
    jobs: Sequence[Job], peers: Mapping[str, Entry] = PEERS, command: Sequence[str] = WORKER
) -> Iterator[Row]:
    """Measure one peer after the other; one that is missing or fails stops no other."""
    for job in jobs:
        entry = peers[job.peer]
        sys.stderr.write(f"{job.peer}\n")
        missing = [name for name, known in entry.versions().items() if known is None]
        if missing:
            error = f"not installed: pip install {' '.join(missing)}"
            yield Row(job.peer, entry, None, error, {})
        else:
            yield _row(job, entry, _run(job, command))


def _row(job: Job, entry: Entry, found: Shape) -> Row:
    if "error" in found:
        return Row(job.peer, entry, None, found["error"], {})
    measured = Measured(**found)
    return Row(job.peer, entry, measured, None, measure(job.sample().qrels, measured.run))


def _run(job: Job, command: Sequence[str]) -> Shape:
    """Measure in a process of its own; return what it wrote, or the error that ended it."""
    with TemporaryDirectory(prefix="youju-peers-") as folder:
        asked, answered = Path(folder) / "job.json", Path(folder) / "result.json"
        asked.write_text(json.dumps(asdict(job)), encoding="utf-8")
        path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
        ended = subprocess.run(  # nosec B603 # a list of arguments, no shell
            [*command, str(asked), str(answered)],
            env=os.environ | OFFLINE | {"PYTHONPATH": path},
            stdout=STANDARD_ERROR,
            check=False,
        )
        if not answered.is_file():
            return {"error": f"the process ended with {ended.returncode} and said nothing"}
        found: Shape = json.loads(answered.read_text(encoding="utf-8"))
        return found
