"""Results as tables, which go onto a page or into a file alike."""

from collections.abc import Iterator, Sequence

from eval.breakdown import UNKNOWN
from eval.report.judged import Judged, Pair
from eval.report.words import Language, about, kind_name, say
from eval.statistics import Comparison, Interval
from eval.summary import GroupSummary
from retrieval.tables import Column, Table

GROUPED = ("nDCG@10", "R@10", "hit@1", "span@3", "holds", "refused")
"""Measures that are shown for groups of questions."""
PAIRED = ("nDCG@10", "R@10", "R@100", "MRR@10", "hit@1", "span@3", "holds", "exact", "refused")
"""Measures in which two configurations are compared: each test more finds a chance more."""
NOTHING = "–"


def interval(found: Interval | None) -> str:
    """A figure with its interval: 0.873 [0.840, 0.903]."""
    return f"{found.value:.3f} [{found.low:.3f}, {found.high:.3f}]" if found else NOTHING


def named(measure: str, language: Language) -> str:
    """A measure, and below it what it measures."""
    return f"{measure}\n{about(measure, language)}".strip()


def measures(judged: Sequence[Judged], language: Language) -> Table:
    """Every measure of every configuration."""
    summaries = [one.summary for one in judged]
    shown = [n for n in judged[0].measured if any(n in s.measures for s in summaries)]
    columns = (
        Column(say(language, "measures.measure")),
        Column(say(language, "measures.questions"), "number"),
        *(Column(one.name, "number") for one in judged),
    )
    rows = [
        (
            named(name, language),
            str(max(s.measures[name].n for s in summaries if name in s.measures)),
            *(interval(s.measures.get(name)) for s in summaries),
        )
        for name in shown
    ]
    return Table(say(language, "measures.title"), columns, rows)


def paired(pair: Pair, language: Language) -> Table:
    """A configuration against the first, measure by measure."""
    names = {"first": pair.first.name, "second": pair.second.name}
    heads = ("difference", "p", "counts", "detectable", "verdict")
    columns = (
        Column(say(language, "measures.measure")),
        *(Column(name, "number") for name in names.values()),
        *(Column(say(language, f"paired.{head}"), "number") for head in heads),
    )
    rows = [
        (named(measure, language), *_compared(pair.comparisons[measure], names, language))
        for measure in PAIRED
        if measure in pair.comparisons
    ]
    return Table(say(language, "paired.title", **names), columns, rows)


def _compared(found: Comparison, names: dict[str, str], language: Language) -> Iterator[str]:
    yield f"{found.first:.3f}"
    yield f"{found.second:.3f}"
    difference = found.difference
    yield f"{difference.value:+.3f} [{difference.low:+.3f}, {difference.high:+.3f}]"
    yield f"{found.p:.4f}" if found.p >= 0.0001 else "<0.0001"
    yield f"{found.wins} / {found.losses} / {found.ties}"
    yield NOTHING if found.detectable is None else f"{found.detectable:.3f}"
    better = "better" if difference.value > 0 else "worse"
    yield say(language, f"paired.{better if found.significant else 'same'}", **names)


def by_kind(judged: Judged, language: Language) -> Table:
    """The figures of each kind of question."""
    title, head = say(language, "kinds.title"), say(language, "kinds.kind")
    groups = [(kind_name(group.name, language), group) for group in judged.summary.kinds]
    return _grouped(title, head, groups, language)


def by_overlap(judged: Judged, language: Language) -> Table:
    """The figures of questions that share few words with their gold, some, and many."""
    title, head = say(language, "overlap.title"), say(language, "overlap.share")
    unknown = say(language, "overlap.unknown")
    groups = [
        (unknown if group.name == UNKNOWN else group.name, group)
        for group in judged.summary.overlaps
    ]
    return _grouped(title, head, groups, language)


def _grouped(
    title: str, head: str, groups: Sequence[tuple[str, GroupSummary]], language: Language
) -> Table:
    shown = [name for name in GROUPED if any(name in group.measures for _, group in groups)]
    columns = (
        Column(head),
        Column(say(language, "measures.questions"), "number"),
        *(Column(name, "number") for name in shown),
    )
    rows = [
        (
            f"{name} *" if group.small else name,
            str(group.n),
            *(interval(group.measures.get(measure)) for measure in shown),
        )
        for name, group in groups
    ]
    notes = (say(language, "groups.small"),) if any(group.small for _, group in groups) else ()
    return Table(title, columns, rows, notes)


def attribution(judged: Sequence[Judged], language: Language) -> Table | None:
    """What found the gold in each configuration that joins two legs; None where none does."""
    joined = [one for one in judged if one.summary.attribution.n]
    if not joined:
        return None
    sources = ("words", "meaning", "both", "fusion", "neither", "lost")
    cutoff = joined[0].summary.attribution.cutoff
    columns = (
        Column(say(language, "attribution.within", k=cutoff)),
        *(Column(one.name, "number") for one in joined),
    )
    rows = [
        (
            say(language, f"attribution.{source}"),
            *(
                _share(getattr(one.summary.attribution, source), one.summary.attribution.n)
                for one in joined
            ),
        )
        for source in sources
    ]
    return Table(say(language, "attribution.title"), columns, rows)


def _share(count: int, n: int) -> str:
    return f"{count} ({count / n:.0%})"


def refusals(judged: Sequence[Judged], language: Language) -> Table | None:
    """How well each configuration knows what is not there; None where none was to answer."""
    asked = [(one.name, one.summary.refusal) for one in judged if one.summary.refusal]
    if not asked:
        return None
    columns = (
        Column(say(language, "measures.measure")),
        *(Column(name, "number") for name, _ in asked),
    )
    rows = [
        (say(language, "refusal.auroc"), *(interval(found.auroc) for _, found in asked)),
        (say(language, "refusal.area"), *(interval(found.area) for _, found in asked)),
    ]
    return Table(say(language, "refusal.title"), columns, rows)


def decisions(judged: Judged, language: Language) -> Table | None:
    """What each threshold would do to the questions; None where they were not to be answered."""
    found = judged.summary.refusal
    if not found:
        return None
    heads = ("right", "wrong", "unfounded", "unanswered", "refused")
    columns = (
        Column(say(language, "curves.threshold")),
        *(Column(say(language, f"refusal.{head}"), "number") for head in heads),
    )
    rows = [
        (f"{one.threshold:g}", *(str(getattr(one, head)) for head in heads))
        for one in found.decisions
    ]
    return Table(say(language, "refusal.decisions", name=judged.name), columns, rows)
