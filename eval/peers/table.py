"""The comparison as a Markdown table."""

from collections.abc import Iterator, Sequence

from eval.metrics import MEASURES
from eval.peers.compare import Shape

HEADS = (
    "",
    *MEASURES,
    "index, s",
    "encoding, s (passages)",
    "query, ms p50 / p95",
    "without encoding it",
    "memory, MB: peak / after",
)


def table(rows: Sequence[Shape]) -> Iterator[str]:
    """Yield the lines of a Markdown table, and what was chosen for each peer."""
    yield f"| {' | '.join(HEADS)} |"
    yield "|---" * len(HEADS) + "|"
    yield from map(line, rows)
    yield ""
    before = [row["memory_before"] for row in rows if row.get("memory_before") is not None]
    if before:
        yield f"Of the memory, {max(before):.0f} MB are Python and the records."
        yield ""
    for row in rows:
        versions = ", ".join(f"{name} {known or '–'}" for name, known in row["versions"].items())
        yield f"- {row['title']} ({versions or 'this checkout'}): {row['chosen']}."


def line(row: Shape) -> str:
    """Return the line of one peer."""
    cells = _failed(row) if "error" in row else _cells(row)
    return f"| {row['title']} | {' | '.join(cells)} |"


def _failed(row: Shape) -> list[str]:
    error = row["error"].replace("|", "\\|")
    return [error, *["–"] * (len(HEADS) - 2)]


def _cells(row: Shape) -> list[str]:
    encoding = "–"
    if row["encoded"] + row["given"]:
        encoding = f"{row['encode_seconds']:.1f} ({row['encoded']:,}; {row['given']:,} given)"
    peak, after = row["memory_peak"], row["memory_after"]
    return [
        *(f"{row['metrics'][name]:.3f}" for name in MEASURES),
        f"{row['index_seconds']:.1f}",
        encoding,
        _pair(row["ms_per_query"]),
        _pair(row["ms_without_encoding"]),
        "–" if peak is None or after is None else f"{peak:.0f} / {after:.0f}",
    ]


def _pair(times: dict[str, float]) -> str:
    return f"{times['p50']:.1f} / {times['p95']:.1f}"
