"""Results apart: by kind of question, by the words that question and gold share, by leg."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, Literal, NamedTuple, TypeVar

from eval.outcome import Outcome

SMALL = 10
"""Questions below which a group's mean says little."""
CUTOFF = 10
"""The rank up to which something counts as found."""
UNKNOWN = "unknown"
"""The group of questions whose shared words are not known."""
WORDS, MEANING = "words", "meaning"
"""The legs, as `Outcome.leg_ranks` names them."""

Item = TypeVar("Item")


class Group(NamedTuple):
    """Questions that have something in common."""

    name: str
    outcomes: tuple[Outcome, ...]

    @property
    def small(self) -> bool:
        """Whether there are too few for its mean to say much."""
        return len(self.outcomes) < SMALL


def by_kind(outcomes: Sequence[Outcome]) -> list[Group]:
    """Return a group for each kind, in the order in which kinds first come."""
    groups: dict[str, list[Outcome]] = {}
    for one in outcomes:
        groups.setdefault(one.kind, []).append(one)
    return [Group(kind, tuple(members)) for kind, members in groups.items()]


def by_overlap(outcomes: Sequence[Outcome]) -> list[Group]:
    """Return the answerable questions in thirds by shared words, then those not known.

    The bounds are those of the set, so that each group has about as many questions.
    """
    answerable = [one for one in outcomes if one.answerable]
    known = [one for one in answerable if one.overlap is not None]
    groups = [_named(members) for members in thirds(known, _overlap)]
    unknown = tuple(one for one in answerable if one.overlap is None)
    return [*groups, Group(UNKNOWN, unknown)] if unknown else groups


def _overlap(one: Outcome) -> float:
    return one.overlap or 0.0


def _named(members: Sequence[Outcome]) -> Group:
    """A group named by the least and the most of its overlaps."""
    values = [_overlap(one) for one in members]
    return Group(f"{min(values):.2f}–{max(values):.2f}", tuple(members))


def thirds(items: Sequence[Item], key: Callable[[Item], float]) -> list[list[Item]]:
    """Return the lower, middle and upper third by `key`; equal values stay together.

    A value that stands many times belongs where the middle of its places lies; a third that
    nothing is left for is left out.
    """
    ordered = sorted(key(item) for item in items)
    bounds = [round(len(ordered) * part / 3) for part in (1, 2)]
    groups: list[list[Item]] = [[], [], []]
    for item in items:
        value = key(item)
        middle = (bisect_left(ordered, value) + bisect_right(ordered, value) - 1) / 2
        groups[bisect_right(bounds, middle)].append(item)
    return [group for group in groups if group]


Source = Literal["words", "meaning", "both", "fusion", "neither"]
"""What found the gold: one leg alone, both, neither of them but both together, or nothing."""
SOURCES: tuple[Source, ...] = ("words", "meaning", "both", "fusion", "neither")


def found_by(one: Outcome, cutoff: int = CUTOFF) -> Source | None:
    """Return what found the first gold of a question within `cutoff`.

    None for a question without gold, or of a search that did not join two legs.
    """
    if not one.gold or not {WORDS, MEANING} <= one.leg_ranks.keys():
        return None
    words, meaning = (0 < one.leg_ranks[leg] <= cutoff for leg in (WORDS, MEANING))
    if words and meaning:
        return "both"
    if words or meaning:
        return "words" if words else "meaning"
    return "fusion" if 0 < one.rank <= cutoff else "neither"


class Attribution(NamedTuple):
    """How many questions were found by what, within `cutoff`; the five add up to `n`."""

    cutoff: int
    words: int
    meaning: int
    both: int
    fusion: int
    """By neither leg alone, and yet by both together."""
    neither: int
    lost: int
    """Of words, meaning and both: found by a leg, but not by both together."""

    @property
    def n(self) -> int:
        """Questions with gold that both legs were asked."""
        return self.words + self.meaning + self.both + self.fusion + self.neither

    def shape(self) -> dict[str, Any]:
        """The JSON shape."""
        return {**self._asdict(), "n": self.n}


def attribution(outcomes: Sequence[Outcome], cutoff: int = CUTOFF) -> Attribution:
    """Count what found the gold of each question; all 0 where no search joined two legs."""
    sources = [(found_by(one, cutoff), 0 < one.rank <= cutoff) for one in outcomes]
    counts = Counter(source for source, _ in sources)
    lost = sum(not found and source in ("words", "meaning", "both") for source, found in sources)
    return Attribution(cutoff, **{source: counts[source] for source in SOURCES}, lost=lost)
