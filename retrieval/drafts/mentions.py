"""The figures of a sentence that names a clause and quotes nothing, against that clause."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from corpus.spans import Span
from retrieval.drafts.findings import Finding, Note
from retrieval.verify.elsewhere import of_another
from retrieval.verify.figures import counted, missing_figure
from retrieval.verify.said import Said
from retrieval.verify.verdicts import Reason

_REACH = 400
"""Characters on either side of a mention in which its sentence is read."""
_STOP = re.compile(r"[。；;！!？?\n]")
_JOINS = re.compile(r"[、，, \u3000]{0,3}(?:[和及与或至]|以及|并)? ?")
_STROKE = re.compile(r"[^，,：:]+")
# (见《…》第三条), ——《…》第三条: what it is about stands before it.
_BRACKETED = re.compile(r"[（(〔\[—–]\s?(?:参?见|详见|引自|出自|依据|根据)?[：:\s]{0,2}$")
# 三百米的要求出自《…》第三条: the same, where nothing more is said behind it.
_POINTED = re.compile(r"(?:见|出自|来自|源自|源于|载于|[是系])\s?$")
_GROUNDS = re.compile(r"(?:依据|根据|依照|按照)\s?$")
_SAYS_NO_MORE = re.compile(r"\W*(?:\w\W*){0,6}")
# What the draft sets out to do, or has, itself; 我县应当…… tells a duty again.
_OWN = re.compile(
    r"\s{0,4}(?:拟|我|现(?!有)|特此|特制定|经研究|为[了此做]|制定|决定|起草|成立|研究"
    r"|本(?:校|园|县|市|省|区|镇|局|单位|方案|办法|通知|规划))"
)


class Place(NamedTuple):
    """Where a draft names or quotes something, and what was found; None for one of its own."""

    span: Span
    finding: Finding | None


class _Run(NamedTuple):
    """Places that are named together: 《…》第三条、第六条. What is said is said of them all."""

    places: Sequence[Place]
    before: str
    """What stands before it in its sentence, behind what is named before."""
    behind: str

    @property
    def follows(self) -> bool:
        """Whether it tells where the words before it are from."""
        if _BRACKETED.search(self.before):
            return True
        if _POINTED.search(self.before):
            return _SAYS_NO_MORE.fullmatch(self.behind) is not None
        return _GROUNDS.search(self.before) is not None and not self.behind.strip()


def check_mentions(text: str, places: Sequence[Place]) -> list[Finding]:
    """Return the findings of `places`; a figure that is ascribed to a clause without it is noted.

    Only numbers with a unit count, of the words between this mention and the next. The result is
    altered where the clause has another figure for the same thing. `places` are in order.
    """
    runs = list(_runs(text, places))
    taken = [*(run.follows for run in runs), False][1:]
    return list(
        chain.from_iterable(
            _checked(run, _said(run, gone)) for run, gone in zip(runs, taken, strict=True)
        )
    )


def _runs(text: str, places: Sequence[Place]) -> Iterator[_Run]:
    groups: list[list[Place]] = []
    ends: list[int] = []
    for place in places:
        if groups and _JOINS.fullmatch(text, ends[-1], max(ends[-1], place.span.start)):
            groups[-1].append(place)
            ends[-1] = max(ends[-1], place.span.end)
        else:
            groups.append([place])
            ends.append(place.span.end)
    starts = [group[0].span.start for group in groups]
    bounds = zip(groups, starts, ends, [0, *ends], [*starts[1:], len(text)], strict=False)
    for group, start, end, last, following in bounds:
        before = text[max(last, start - _REACH) : start]
        behind = text[end : min(following, end + _REACH)]
        yield _Run(group, _STOP.split(before)[-1], _STOP.split(behind)[0])


def _said(run: _Run, taken: bool) -> str:
    """The words that tell of a run; those behind it may be taken by the mention that follows."""
    behind = "" if taken else run.behind
    said = _BRACKETED.sub("", run.before) if run.follows else behind
    for stroke in _STROKE.finditer(said):
        if _OWN.match(stroke[0]) and not any(bound.duties for bound in Said(stroke[0]).bound):
            return said[: stroke.start()]
    return said


def _checked(run: _Run, said: str) -> Iterator[Finding]:
    notes, altered = _against(run, said)
    for place in run.places:
        finding = place.finding
        if finding is None:
            continue
        if not notes or finding.compared:
            yield finding
            continue
        worse = altered and finding.result == "verified"
        result = "altered" if worse else finding.result
        yield replace(finding, result=result, notes=(*finding.notes, *notes))


def _against(run: _Run, said: str) -> tuple[tuple[Note, ...], bool]:
    """What is wrong with the figures of some words, and whether the clauses give others."""
    sources = [
        Said(one.document.quote(one.clause.span))
        for _, one in run.places
        if one and one.document and one.clause
    ]
    # A figure may be of a document that is named as a whole, or that the library lacks.
    if len(sources) < len(run.places) or not any(c.isalnum() for c in said):
        return (), False
    claim, notes, reasons = Said(said), list[Note](), list[Reason]()
    for amount, equal in counted(claim, sources):
        if amount.figure is None:
            continue
        if equal:
            others = list(of_another(claim, amount, equal, sources))
        else:
            notes.append(Note("not_in_clause", (amount.shown,)))
            others = [missing_figure(claim, amount, sources)]
        # 3次 beside a clause that counts nothing may be the draft's own.
        others = [reason for reason in others if reason.kind in ("figure", "date")]
        notes += [Note("altered_sense", (reason,)) for reason in others]
        reasons += others
    return tuple(dict.fromkeys(notes)), bool(reasons)
