"""Rankings and judgements as the files of TREC, which other programs score."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from eval.metrics import strictly_ordered
from eval.sets.values import SetError
from retrieval.tables import TableError
from retrieval.tables.writing import check_place, place_file

Run = Mapping[str, Mapping[str, float]]
Qrels = Mapping[str, Mapping[str, int]]


def trec_id(name: str) -> str:
    """Return a name as a field of such a file: white space and what cannot be seen as %20.

    Fields stand apart by white space. So that two names stay two, % itself becomes %25.
    """
    return "".join(
        c if c.isprintable() and not c.isspace() and c != "%" else quote(c) for c in name
    )


def run_bytes(run: Run, name: str) -> bytes:
    """Return a run: query Q0 document rank score name, best first.

    Equal scores are set apart as they are for the measures, which other programs then repeat:
    trec_eval takes no notice of the rank, and orders equal scores by document.
    """
    apart = strictly_ordered({query: dict(ranking) for query, ranking in run.items()})
    lines = (
        f"{trec_id(query)} Q0 {trec_id(document)} {rank} {score:.9g} {trec_id(name)}\n"
        for query, ranking in apart.items()
        for rank, (document, score) in enumerate(ranking.items(), start=1)
    )
    return "".join(lines).encode()


def qrels_bytes(qrels: Qrels) -> bytes:
    """Return judgements: query 0 document grade."""
    lines = (
        f"{trec_id(query)} 0 {trec_id(document)} {grade}\n"
        for query, grades in qrels.items()
        for document, grade in grades.items()
    )
    return "".join(lines).encode()


def write_run(run: Run, name: str, path: Path) -> None:
    """Write a run under a name. Raises SetError where the file cannot be written."""
    _write(path, run_bytes(run, name))


def write_qrels(qrels: Qrels, path: Path) -> None:
    """Write judgements. Raises SetError where the file cannot be written."""
    _write(path, qrels_bytes(qrels))


def _write(path: Path, content: bytes) -> None:
    try:
        check_place(path)
        place_file(path, content)
    except TableError as error:
        raise SetError(path, [(0, str(error).removeprefix(f"{path}: "))]) from error
