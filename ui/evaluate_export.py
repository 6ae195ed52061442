"""Results as files to take away."""

import tempfile
from pathlib import Path

from eval.export import write_results
from eval.report import write_report
from eval.sets import write_run
from index import Library
from ui.evaluate_view import FORMATS
from ui.evaluating import Look
from ui.strings import Language


def written(
    look: Look, run: int, format_: str, folder: Path, library: Library, language: Language
) -> Path:
    """Return a new file below `folder` with the results; as TREC run, those of one run.

    Raises TableError where they do not fit the format, SetError where a run cannot be written,
    ValueError for a format that no button has, or without results.
    """
    if format_ not in FORMATS or not look.judged:
        raise ValueError(f"found {format_[:20]!r}, expected results as {', '.join(FORMATS)}")
    results = [one.result for one in look.judged]
    folder.mkdir(parents=True, exist_ok=True)
    place = Path(tempfile.mkdtemp(dir=folder))
    name = look.questions.name if look.questions else ""
    if format_ == "html":
        page = write_report(place, results, library, language)
        return page.rename(place / f"{name}.html")
    if format_ == "trec":
        chosen = results[min(max(run, 0), len(results) - 1)]
        path = place / f"{name}-{chosen.name}.trec"
        write_run({one.id: one.ranking for one in chosen.outcomes}, chosen.name, path)
        return path
    path = place / f"{name}.{format_}"
    write_results(results, {"runs": [one.shape() for one in results]}, path)
    return path
