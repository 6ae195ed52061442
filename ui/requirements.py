"""What is given to be traced, and what is kept of it: the rows, and the user's verdicts on them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Literal

from retrieval.shapes import Json
from retrieval.tables import Column, Table
from retrieval.trace import Requirement, Row
from retrieval.trace.export import trace_table
from retrieval.trace.files import MOST_REQUIREMENTS, RequirementsError, read_requirements
from retrieval.trace.lines import stating_first
from retrieval.trace.lists import requirement
from retrieval.trace.shapes import trace_shape
from ui.downloads import switch, with_limits
from ui.filtering import filters_in
from ui.remarks import remark_text
from ui.strings import Language, say

MOST_TEXT = 1_000_000
"""Characters that may be pasted at once."""

Verdict = Literal["accepted", "rejected"]
Verdicts = Mapping[tuple[int, int], Verdict]
"""What the user says of a match, by the places of its requirement and of it among its matches."""

NOTHING_TRACED: Json = {"rows": [], "pending": 0, "left_out": 0}


def pasted(text: str) -> list[Requirement]:
    """Return the requirements of a text, one a line; a single line is one, whatever it looks like.

    Raises RequirementsError for a text that holds none, or too many.
    """
    if len(text) > MOST_TEXT:
        raise RequirementsError(f"the list has {len(text)} characters, at most {MOST_TEXT}")
    lines = enumerate(text.split("\n"), start=1)
    found = [one for number, line in lines if (one := requirement(number, line))]
    if not found:
        raise RequirementsError("no requirement found, expected one a line")
    if len(found) > MOST_REQUIREMENTS:
        raise RequirementsError(
            f"{len(found)} requirements, at most {MOST_REQUIREMENTS} are traced at once"
        )
    if len(found) == 1 and found[0].untraced == "heading":
        return [replace(found[0], untraced=None)]
    return found


def uploaded(path: Path) -> list[Requirement]:
    """Return the requirements of a file that a browser sent, and delete it.

    Raises RequirementsError, which does not name the place of the file.
    """
    try:
        return read_requirements(path)
    except RequirementsError as error:
        raise RequirementsError(str(error).removeprefix(f"{path}: ")) from error
    finally:
        path.unlink(missing_ok=True)


def grown(traced: Json, row: Row, language: Language) -> Json:
    """Return what was traced with one more row, its remarks in the user's language."""
    one = trace_shape([row])
    one["rows"][0]["remarks"] = [remark_text(remark, language) for remark in row.remarks]
    return {
        **traced,
        "rows": [*traced["rows"], *one["rows"]],
        "pending": max(traced["pending"], one["pending"]),
        "left_out": max(traced["left_out"], one["left_out"]),
    }


def judged(
    verdicts: Verdicts, place: tuple[int, int], verdict: str, is_pressed: bool
) -> dict[tuple[int, int], Verdict]:
    """Return the verdicts with one given or taken back.

    Raises ValueError for a verdict that no button has.
    """
    known: dict[str, Verdict] = {"accepted": "accepted", "rejected": "rejected"}
    if verdict not in known:
        raise ValueError(f"found {verdict[:20]!r}, expected one of {', '.join(known)}")
    others = {at: said for at, said in verdicts.items() if at != place}
    return {**others, place: known[verdict]} if is_pressed else others


def reviewed_table(traced: Json, verdicts: Verdicts, language: Language) -> Table:
    """Return the table of what was not rejected, with a column that says what was accepted.

    Above it stands what the trace was limited to.
    """
    kept = {**traced, "rows": [_kept(at, row, verdicts) for at, row in enumerate(traced["rows"])]}
    made = trace_table(kept, switch(language))
    table = with_limits(made, filters_in(traced.get("filters", {})), language)
    if "accepted" not in verdicts.values():
        return table
    said = [mark for row in kept["rows"] for mark in _marks(row, language)]
    columns = (*table.columns, Column(say(language, "trace.review"), "label", 4))
    rows = [(*cells, mark) for cells, mark in zip(table.rows, said, strict=True)]
    return Table(table.title, columns, rows, table.notes)


def _kept(at: int, row: Json, verdicts: Verdicts) -> Json:
    """A row without the matches that were rejected; what is left says whether it is stated."""
    matches = [
        {**match, "verdict": verdicts.get((at, number))}
        for number, match in enumerate(row["matches"])
        if verdicts.get((at, number)) != "rejected"
    ]
    if len(matches) == len(row["matches"]):
        return {**row, "matches": matches}
    is_stated = any(match["strength"] != "related" for match in matches)
    status = "stated" if is_stated else "related" if matches else "not_found"
    return {**row, "matches": matches, "status": status}


def _marks(row: Json, language: Language) -> Iterator[str]:
    """For each line of the table of a row, what the user said of it."""
    for match in stating_first(row["matches"]) or [{"verdict": None}]:
        yield say(language, "trace.accepted") if match["verdict"] else ""
