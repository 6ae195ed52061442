"""The committed sets run again, and each figure held against what it is expected to be."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np

from corpus.samples import SAMPLES
from eval.configurations import Configuration, ConfigurationError
from eval.expected import CommittedSet
from eval.metrics import MEASURES, per_question
from eval.outcome import Outcome
from eval.refusal import auroc
from eval.running import run
from eval.sets import read_set
from eval.surroundings import fingerprint
from index import Library
from index.encoders import Encoder
from index.report import Progress, ignore_progress

ANSWERS = ("holds", "exact", "refused", "citation-P", "citation-R")
AUROC = "AUROC"
WRITTEN = (*MEASURES, "span@3", *ANSWERS, AUROC)
"""The figures that are expected of a configuration; those of answers where it answers."""

OpenEncoder = Callable[[str | None], Encoder]


class Measured(NamedTuple):
    """A figure, and the number of questions of which each can move it by one part."""

    value: float
    questions: int


Found = Mapping[str, Mapping[str, Measured]]
"""Figures by configuration and measure."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure beside what was expected."""

    set_name: str
    configuration: str
    measure: str
    found: Measured | None
    """None where the run has no such figure."""
    expected: float
    tolerance: float

    @property
    def holds(self) -> bool:
        """Whether the figure is within its tolerance."""
        return self.found is not None and abs(self.found.value - self.expected) <= self.tolerance

    def shape(self) -> dict[str, Any]:
        """Return the JSON shape."""
        return {
            "set": self.set_name,
            "configuration": self.configuration,
            "measure": self.measure,
            "found": self.found.value if self.found else None,
            "expected": self.expected,
            "tolerance": self.tolerance,
            "questions": self.found.questions if self.found else 0,
            "holds": self.holds,
        }


@dataclass(frozen=True, slots=True)
class Bench:
    """Where committed sets are run: the folder of libraries, and what opens encoders."""

    work: Path
    open_encoder: OpenEncoder
    progress: Progress = ignore_progress

    def figures(
        self, committed: CommittedSet, documents: Path, configurations: Sequence[Configuration]
    ) -> Found:
        """Run a set in each configuration over the documents of a folder.

        Raises SetError for gold that the documents do not hold, ConfigurationError for a
        configuration that cannot be run here.
        """
        questions = read_set(committed.path, committed.split)
        found = {}
        for configuration in configurations:
            library = self._library(committed, documents, configuration)
            settings = replace(configuration, day=committed.day, attribution=False)
            outcomes = run(questions, library, settings, self.progress).outcomes
            found[configuration.name] = measured(outcomes)
        return found

    def _library(
        self, committed: CommittedSet, documents: Path, configuration: Configuration
    ) -> Library:
        """The documents in a library of the configuration's encoder, added where they are not."""
        name = f"{committed.name}-{fingerprint([configuration.encoder or ''])}"
        library = Library(self.work / name, self.open_encoder, configuration.model)
        vectors = configuration.mode != "bm25"
        report = library.add([documents], self.progress, vectors)
        if report.failed:
            failed = report.failed[0]
            raise ConfigurationError(f"{failed.source}: {failed.error}")
        return library


@contextmanager
def bench(
    work: Path | None, open_encoder: OpenEncoder, progress: Progress = ignore_progress
) -> Iterator[Bench]:
    """Lend a bench in `work`, whose libraries are kept, or in a folder that is gone afterwards."""
    if work is not None:
        yield Bench(work, open_encoder, progress)
        return
    with TemporaryDirectory(prefix="youju-check-", ignore_cleanup_errors=True) as folder:
        yield Bench(Path(folder), open_encoder, progress)


def measured(outcomes: Sequence[Outcome]) -> dict[str, Measured]:
    """Return the figures that are expected of a run, those it has none of left out."""
    names = [name for name in WRITTEN if name != AUROC]
    found = {
        name: Measured(sum(values.values()) / len(values), len(values))
        for name, values in per_question(outcomes, names).items()
        if values
    }
    answerable = np.array([one.answerable for one in outcomes if one.answer], bool)
    confidence = np.array([one.answer.confidence for one in outcomes if one.answer], np.float64)
    area = auroc(answerable, confidence)
    if area is not None:
        # A share of pairs: a question of the rarer kind moves it by one part of that kind.
        rarer = min(int(answerable.sum()), int((~answerable).sum()))
        found[AUROC] = Measured(area, rarer)
    return found


def compared(committed: CommittedSet, found: Found) -> Iterator[Figure]:
    """Yield each expected figure beside the one that was found."""
    for configuration, measures in found.items():
        for measure, expected in committed.expected.get(configuration, {}).items():
            figure = measures.get(measure)
            tolerance = committed.tolerance(figure.questions) if figure else 0.0
            yield Figure(committed.name, configuration, measure, figure, expected, tolerance)


def documents_of(committed: CommittedSet, given: Path | None) -> Path | None:
    """Return the folder of a set's documents; None where it has to be named and is not."""
    return SAMPLES if committed.documents == "samples" else given


def expected_of(committed: CommittedSet, names: Sequence[str]) -> list[str]:
    """Return the configurations with expected figures in a set, of `names` where any is given."""
    return [name for name in committed.expected if name in names or not names]
