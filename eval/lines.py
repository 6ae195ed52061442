"""The results of a run, a comparison and a check as lines of text, for people at a terminal."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Json = dict[str, Any]

OF_GROUPS = ("nDCG@10", "MRR@10", "hit@1", "hit@3", "R@10", "holds", "refused")
"""Measures of kinds and overlaps: more do not fit a line."""
_FOUND = {
    "both": "by words and by meaning",
    "words": "by words alone",
    "meaning": "by meaning alone",
    "fusion": "by neither alone, but by both together",
    "neither": "by neither",
}
_DECIDED = ("right", "wrong", "unanswered", "refused", "unfounded")


def results_lines(shape: Json) -> Iterator[str]:
    """Each run, and the comparison of two of them where one was asked for."""
    for number, result in enumerate(shape["results"]):
        yield from ("",) if number else ()
        yield from result_lines(result)
    if shape["comparison"]:
        yield ""
        yield from comparison_lines(shape["comparison"])


def result_lines(shape: Json) -> Iterator[str]:
    """One run: where, every measure with its interval, by kind and overlap, legs and refusals."""
    yield from _where(shape["record"])
    yield f"{shape['questions']} questions, {shape['answerable']} of them with an answer"
    yield ""
    yield f"{'':12} {'mean':>7}  {'95 % interval':16} {'n':>5}"
    for name, found in shape["measures"].items():
        yield f"{name:12} {found['value']:7.3f}  {_interval(found):16} {found['n']:5}"
    yield from _groups("by kind", shape["by_kind"])
    yield from _groups("by shared words", shape["by_overlap"])
    yield from _attribution(shape["attribution"])
    if shape["refusal"]:
        yield from _refusal(shape["refusal"])
    time = shape["record"]["time"]
    ms = time["ms_per_query"]
    yield ""
    yield f"{ms['p50']:.1f} ms a question (p95 {ms['p95']:.1f}), {time['seconds']:.1f} s in all"


def _where(record: Json) -> Iterator[str]:
    asked, library, encoder = record["set"], record["library"], record["encoder"]
    split = f" ({asked['split']})" if asked["split"] else ""
    yield f"{record['configuration']['name']}: {asked['name']}{split} {asked['fingerprint']}"
    named = f", {encoder['name']}" if encoder else ""
    yield (
        f"over {library['documents']} documents, {library['passages']} passages, "
        f"{library['fingerprint']}{named}"
    )
    if encoder and library["pending"]:
        yield f"{library['pending']} passages have no vector yet and are found by words alone"


def _interval(found: Mapping[str, float]) -> str:
    return f"{found['low']:.3f} to {found['high']:.3f}"


def _groups(title: str, groups: Sequence[Json]) -> Iterator[str]:
    """A line for each group; those with too few questions are marked."""
    shown = [name for name in OF_GROUPS if any(name in group["measures"] for group in groups)]
    if not shown:
        return
    yield ""
    yield f"{title:14} {'n':>5}  {'  '.join(f'{name:>7}' for name in shown)}"
    for group in groups:
        values = (group["measures"].get(name) for name in shown)
        cells = "  ".join(f"{found['value']:7.3f}" if found else " " * 7 for found in values)
        few = "  few" if group["small"] else ""
        yield f"{group['name']:14} {group['n']:5}  {cells}{few}".rstrip()


def _attribution(found: Json) -> Iterator[str]:
    if not found["n"]:
        return
    yield ""
    yield f"found among the first {found['cutoff']}, of {found['n']}:"
    yield from (f"  {found[key]:5}  {said}" for key, said in _FOUND.items())
    yield f"  {found['lost']:5}  by one of them, and lost by both together"


def _refusal(found: Json) -> Iterator[str]:
    yield ""
    answerable, others = found["answerable"], found["unanswerable"]
    yield f"answers and refusals, {answerable} questions with an answer and {others} without:"
    for key, name in (("auroc", "AUROC"), ("risk_coverage_area", "area under risk-coverage")):
        if found[key]:
            yield f"  {name} {found[key]['value']:.3f} ({_interval(found[key])})"
    yield f"  {'threshold':>9}  {'  '.join(f'{name:>10}' for name in _DECIDED)}"
    for row in found["decisions"]:
        counts = "  ".join(f"{row[name]:10}" for name in _DECIDED)
        yield f"  {row['threshold']:9.2f}  {counts}"


def comparison_lines(shape: Json) -> Iterator[str]:
    """Two configurations: for each measure both means, the difference, its test, the counts."""
    first, second = shape["first"], shape["second"]
    yield f"{second} less {first}, question by question"
    yield ""
    head = f"{'':12} {first[:12]:>12} {second[:12]:>12} {'difference':>10}  {'95 % interval':17}"
    yield f"{head} {'p':>6}  better  worse   same"
    for name, found in shape["measures"].items():
        means = f"{found['first']:12.3f} {found['second']:12.3f}"
        difference = found["difference"]
        counts = f"{found['wins']:6} {found['losses']:6} {found['ties']:6}"
        told = f"{difference['value']:+10.3f}  {_signed(difference):17} {found['p']:6.3f}  {counts}"
        yield f"{name:12} {means} {told}{'  significant' if found['significant'] else ''}"
    yield ""
    yield "p: paired randomisation test, each measure by itself; one in twenty is chance"


def _signed(found: Mapping[str, float]) -> str:
    return f"{found['low']:+.3f} to {found['high']:+.3f}"


def check_lines(shape: Json) -> Iterator[str]:
    """Each figure beside what was expected, what is outside marked, and what was not checked."""
    for figure in shape["figures"]:
        found = "none" if figure["found"] is None else f"{figure['found']:.4f}"
        name = f"{figure['set']} {figure['configuration']} {figure['measure']}"
        expected = f"expected {figure['expected']:.4f} ± {figure['tolerance']:.4f}"
        yield f"{'ok' if figure['holds'] else 'OUTSIDE':8} {name:36} {found:>7}  {expected}"
    yield from (f"not checked: {one['set']}: {one['reason']}" for one in shape["not_checked"])
    outside = sum(not figure["holds"] for figure in shape["figures"])
    yield f"{len(shape['figures'])} figures, {outside} outside their tolerance"
