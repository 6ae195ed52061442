"""A part of a data set that fits a laptop: some queries, all they are judged on, and others."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from eval.sets import QuestionSet, Record


@dataclass(frozen=True, slots=True)
class Sample:
    """Queries with their judgements, and which records of the corpus take part."""

    whole: QuestionSet
    queries: dict[str, str]
    qrels: dict[str, dict[str, int]]
    kept: frozenset[str] | None
    """Ids of the records; None: all."""

    def keeps(self, record: str) -> bool:
        """Tell whether a record takes part."""
        return self.kept is None or record in self.kept

    def records(self) -> Iterator[Record]:
        """Read the records that take part, in the order of the corpus."""
        return (record for record in self.whole.records() if self.keeps(record.id))


def draw(dataset: QuestionSet, queries: int | None, records: int | None, seed: int) -> Sample:
    """Draw at most so many queries and records (None: all), the same for the same seed.

    Every record that a drawn query is judged on stays, so there may be more than `records`.
    """
    chosen = list(dataset.queries)
    if queries is not None and queries < len(chosen):
        chosen = sorted(random.Random(seed).sample(chosen, queries))
    qrels = {query: dataset.qrels[query] for query in chosen}
    texts = {query: dataset.queries[query] for query in chosen}
    return Sample(dataset, texts, qrels, _kept(dataset, qrels, records, seed))


def _kept(
    dataset: QuestionSet, qrels: dict[str, dict[str, int]], records: int | None, seed: int
) -> frozenset[str] | None:
    if records is None:
        return None
    judged = {record for graded in qrels.values() for record in graded}
    others = [record.id for record in dataset.records() if record.id not in judged]
    wanted = min(max(0, records - len(judged)), len(others))
    return frozenset(judged).union(random.Random(seed).sample(others, wanted))
