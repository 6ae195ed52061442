"""What a person waits for: adding a folder, and a question to a cold process.

    python -m benchmarks.laptop FOLDER [--questions 5]

The encoder is prepared before the clock starts. `words` is when the folder can be searched by
words, `whole` when it can be searched by meaning too.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from index import Library
from index.encoders import Encoder, TextKind, Vectors, open_encoder

ROOT = Path(__file__).parents[1]
UNWANTED = ("torch", "sentence_transformers", "gradio")


class Timed:
    """An encoder that knows how long it was at work."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.name, self.dimension = encoder.name, encoder.dimension
        self.seconds = 0.0
        self.texts = 0

    def encode(self, texts: list[str], kind: TextKind) -> Vectors:
        """Encode and count."""
        start = time.perf_counter()
        vectors = self._encoder.encode(texts, kind)
        self.seconds += time.perf_counter() - start
        self.texts += len(texts)
        return vectors


def measure_adding(paths: list[Path], folder: Path) -> None:
    """Add the paths to a new library and print the stages."""
    encoder = Timed(open_encoder(None))
    library = Library(folder, lambda name: encoder)
    marks: dict[str, float] = {}
    start = time.perf_counter()
    library.add(paths, lambda stage, done, total: marks.update({stage: time.perf_counter()}))
    whole = time.perf_counter() - start
    outside = (whole - encoder.seconds) / whole
    print(f"documents {len(library.documents())}, passages {encoder.texts}")
    print(f"words {marks['words'] - start:.1f} s, whole {whole:.1f} s")
    print(f"encoder {encoder.seconds:.1f} s, outside it {outside:.1%} of the whole")


def measure_asking(folder: Path, question: str, times: int) -> None:
    """Ask in a new process each time and print the median."""
    command = [sys.executable, "-X", "importtime", "-m", "cli", "ask", question]
    command += ["--library", str(folder)]
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        seconds.append(time.perf_counter() - start)
    loaded = {line.rsplit("|", 1)[-1].strip() for line in done.stderr.splitlines()}
    print(f"ask, cold: median {statistics.median(seconds):.2f} s of {times}")
    print(f"loaded of {', '.join(UNWANTED)}: {sorted(loaded & set(UNWANTED)) or 'none'}")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--questions", type=int, default=5)
    parser.add_argument("--question", default="普惠性幼儿园覆盖率要达到多少？")
    args = parser.parse_args()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "library"
        measure_adding(args.paths, folder)
        measure_asking(folder, args.question, args.questions)


if __name__ == "__main__":
    main()
