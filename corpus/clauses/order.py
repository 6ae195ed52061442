"""Which number comes after which."""

from collections.abc import Sequence

from corpus.clauses.markers import Marker


def follows(before: Marker, marker: Marker) -> bool:
    """Whether `marker` is the number after `before`: 第十三条 or 第十二条之一 after 第十二条."""
    if before.above != marker.above:
        return False
    if marker.sub:
        return marker.order == (before.number, before.sub + 1)
    return marker.number == before.number + 1


def successors(found: Sequence[Marker]) -> list[int | None]:
    """For each marker the next of its style that begins a line, below no heading above it."""
    following: list[int | None] = [None] * len(found)
    nearest: dict[str, int] = {}
    for position in range(len(found) - 1, -1, -1):
        marker = found[position]
        following[position] = nearest.get(marker.style)
        if marker.found != "inline":
            nearest = {s: n for s, n in nearest.items() if found[n].rank <= marker.rank}
            nearest[marker.style] = position
    return following
