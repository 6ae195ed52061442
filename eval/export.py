"""Results as files: JSON for programs, a row for each question as CSV, the figures as Markdown."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from eval.breakdown import found_by
from eval.metrics import per_question
from eval.outcome import Outcome
from eval.running import RunResult
from retrieval.tables import Column, Table, TableError, write_table
from retrieval.tables.writing import check_place, place_file

Json = dict[str, Any]

OF_QUESTIONS = ("nDCG@10", "R@10", "MRR@10", "AP")
"""Measures that a table of questions has beside their ranks."""


def write_results(results: Sequence[RunResult], shape: Json, path: Path) -> None:
    """Write results as the extension of `path` says; `shape` is what the command prints as JSON.

    The file is written beside and renamed into place. Raises TableError.
    """
    check_results_path(path)
    _FORMATS[path.suffix.lower()](results, shape, path)


def check_results_path(path: Path) -> None:
    """Raise TableError for an extension that results are not written as, before any work."""
    if path.suffix.lower() not in _FORMATS:
        found = path.suffix or "no extension"
        raise TableError(f"{path}: found {found}, expected one of {', '.join(_FORMATS)}")
    check_place(path)


def _write_json(results: Sequence[RunResult], shape: Json, path: Path) -> None:
    place_file(path, (json.dumps(shape, ensure_ascii=False, indent=2) + "\n").encode())


def _write_table(table: Callable[[Sequence[RunResult], str], Table]) -> Any:
    return lambda results, shape, path: write_table(table(results, path.stem), path)


def questions_table(results: Sequence[RunResult], title: str) -> Table:
    """Return a row for each question in each configuration: what it is, what came of it."""
    columns = [
        *(Column(head, "text") for head in ("configuration", "id", "kind", "question")),
        *(Column(head, "label") for head in ("answerable", "found by")),
        *(Column(head, "number") for head in ("overlap", "rank", "span rank", "words", "meaning")),
        *(Column(name, "number") for name in OF_QUESTIONS),
        *(Column(head, "label") for head in ("answered", "holds", "exact")),
        Column("confidence", "number"),
        *(Column(head, "text") for head in ("found", "answer")),
    ]
    rows = [row for result in results for row in _question_rows(result)]
    return Table(title, tuple(columns), rows)


def _question_rows(result: RunResult) -> list[list[str]]:
    measured = per_question(result.outcomes, OF_QUESTIONS)
    return [
        [
            result.name,
            one.id,
            one.kind,
            one.question,
            _yes(one.answerable),
            found_by(one) or "",
            _number(one.overlap),
            *map(_rank, (one.rank, one.span_rank)),
            *(_rank(one.leg_ranks.get(leg)) for leg in ("words", "meaning")),
            *(_number(measured[name].get(one.id)) for name in OF_QUESTIONS),
            *_answered(one),
        ]
        for one in result.outcomes
    ]


def _answered(one: Outcome) -> list[str]:
    """Answered, holds, exact, confidence, the first target that was found, and the answer."""
    first = next(iter(one.ranking), "")
    if one.answer is None:
        return ["", "", "", "", first, ""]
    answer = one.answer
    flags = (answer.answered, answer.answered and answer.holds, answer.answered and answer.exact)
    return [*map(_yes, flags), _number(answer.confidence), first, answer.text]


def figures_table(results: Sequence[RunResult], title: str) -> Table:
    """Return a row for each measure, a column for each configuration, with intervals."""
    summaries = [result.summary for result in results]
    names = list(dict.fromkeys(name for one in summaries for name in one.measures))
    columns = [Column("measure", "text"), *(Column(one.name, "label") for one in results)]
    rows = []
    for name in names:
        found = [one.measures.get(name) for one in summaries]
        cells = [f"{f.value:.3f} ({f.low:.3f} to {f.high:.3f})" if f else "" for f in found]
        rows.append([name, *cells])
    return Table(title, tuple(columns), rows, tuple(_conditions(result) for result in results))


def _conditions(result: RunResult) -> str:
    """What a figure travels with: the questions, the library, the encoder, the machine, the day."""
    record = result.record.shape()
    asked, library, software = record["set"], record["library"], record["software"]
    encoder = f", encoder {record['encoder']['name']}" if record["encoder"] else ""
    return (
        f"{result.name}: {asked['questions']} questions of {asked['name']} ({asked['fingerprint']})"
        f", {library['documents']} documents ({library['fingerprint']}){encoder}, "
        f"code {software['code']}, {record['machine']['processor']}, {record['time']['started']}"
    )


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _rank(value: int | None) -> str:
    return "" if value is None else str(value)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"


_FORMATS: dict[str, Callable[[Sequence[RunResult], Json, Path], None]] = {
    ".json": _write_json,
    ".csv": _write_table(questions_table),
    ".md": _write_table(figures_table),
}
