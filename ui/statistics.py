"""What a library holds in numbers: documents by level and year, clauses, numbering that is odd."""

from collections import Counter
from collections.abc import Sequence

from corpus import Document
from corpus.markup import Html, element
from corpus.metadata.places import LEVELS
from eval.plots import Columns, figure
from index.versions import issued
from retrieval import Standing
from retrieval.filters import UNKNOWN
from ui.shelf import Shelf
from ui.strings import Language, say

MOST_YEARS = 12
"""Years with a column of their own, the latest ones; those before share one."""
SIZES = (10, 20, 50, 100, 200, 500)
"""Upper bounds of the classes by number of clauses."""
ODDITIES = ("gap", "late", "repeated", "restarted", "mended", "missing", "unnumbered")
"""Kinds of notes that say that a numbering or its text has holes."""


def statistics(shelf: Shelf, language: Language) -> Html:
    """The numbers of a library as plots."""
    documents = [standing.document for standing in shelf.standings]
    as_table = say(language, "plot.table")
    plots = (
        by_year(documents, language),
        by_status(shelf.standings, language),
        by_size(shelf, language),
        by_oddity(documents, language),
    )
    return element(
        "section",
        element("h2", say(language, "list.label", documents=len(documents), clauses=shelf.total)),
        element(
            "div",
            *(figure(plot, as_table) for plot in plots),
            class_="yj-figures",
        ),
        class_="yj-shelf",
    )


def by_year(documents: Sequence[Document], language: Language) -> Columns:
    """Documents by the year they were issued and by level; absent values have a name too."""
    unknown = say(language, "plot.unknown")
    found = Counter((issued(d)[:4], _level(d)) for d in documents)
    years = sorted({year for year, _ in found if year})
    early, shown = years[:-MOST_YEARS], years[-MOST_YEARS:]
    columns = [
        *([(say(language, "plot.before", year=shown[0]), early)] if early else []),
        *((year, [year]) for year in shown),
        *([(unknown, [""])] if any(not year for year, _ in found) else []),
    ]
    levels = [name for name in (*LEVELS, "") if any(level == name for _, level in found)]
    return Columns(
        say(language, "plot.years"),
        say(language, "plot.documents"),
        say(language, "plot.sum"),
        [name for name, _ in columns],
        [level or unknown for level in levels],
        [[sum(found[year, level] for year in held) for level in levels] for _, held in columns],
    )


def _level(document: Document) -> str:
    level = document.metadata.level
    return level.value if level and level.value in LEVELS else ""


def by_status(standings: Sequence[Standing], language: Language) -> Columns:
    """Documents by status, the most frequent first."""
    found = Counter(standing.status or UNKNOWN for standing in standings)
    return _single("plot.statuses", "plot.documents", found.most_common(8), language)


def by_size(shelf: Shelf, language: Language) -> Columns:
    """Documents by how many clauses they have."""
    bounds = (0, *SIZES)
    counts = [shelf.clauses.get(standing.document.id, 0) for standing in shelf.standings]
    pairs = [
        (f"{low + 1}–{high}", sum(low < count <= high for count in counts))
        for low, high in zip(bounds, SIZES, strict=False)
    ]
    pairs.append((f">{SIZES[-1]}", sum(count > SIZES[-1] for count in counts)))
    last = max((n for n, (_, count) in enumerate(pairs) if count), default=0)
    return _single("plot.sizes", "plot.documents", pairs[: last + 1], language)


def by_oddity(documents: Sequence[Document], language: Language) -> Columns:
    """Documents by what is odd in their numbering; one with two kinds counts for both."""
    kinds = Counter(kind for d in documents for kind in {note.kind for note in d.notes})
    pairs = [(say(language, f"plot.odd.{kind}"), kinds[kind]) for kind in ODDITIES]
    return _single("plot.odd", "plot.documents", pairs, language)


def _single(title: str, unit: str, pairs: Sequence[tuple[str, int]], language: Language) -> Columns:
    names = [name for name, _ in pairs]
    said = say(language, unit)
    counts = [[count] for _, count in pairs]
    return Columns(say(language, title), said, say(language, "plot.sum"), names, [said], counts)
