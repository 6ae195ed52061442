"""Why nothing was found, in one plain sentence."""

from collections.abc import Sequence
from math import floor
from typing import NamedTuple

from retrieval.choice import left_empty
from retrieval.confidence import THRESHOLD
from retrieval.evidence import Evidence
from retrieval.inquiry import Inquiry
from retrieval.kinds import STRICT, Kind
from retrieval.remarks import Remark

_NEAR = 0.9
"""How much about the matter an empty figure has to be, as a share of the best sentence."""
_FAR = 0.1
"""Confidence of the best sentence below which no clause is said to be about the matter. Set by
hand: some refused questions of the sample set that the documents do answer come to 0.2."""
_LACKS: dict[Kind, str] = {
    "number": "no_figure",
    "date": "no_date",
    "lead": "no_unit",
    "unit": "no_unit",
    "contact": "no_contact",
    "reason": "no_reason",
    "procedure": "no_procedure",
}


class Doubt(NamedTuple):
    """How likely an answer was, and what was required of it, each 0 to 1."""

    confidence: float
    """That of the best sentence that could answer; 0 where none could."""
    near: float
    """That of the best sentence, if the kind of thing that it holds were left aside."""
    threshold: float


def why_none(evidence: Sequence[Evidence], inquiry: Inquiry, doubt: Doubt) -> Remark:
    """Return why a question was not answered.

    Where the best sentence of any kind would answer, the documents speak of the matter, and lack
    the figure or the day. A threshold above the fitted one says nothing of the documents: what
    was refused by it alone is said to be so.
    """
    if inquiry.results.fitting == 0:
        return Remark("none_hold" if inquiry.results.left_out else "none_fit")
    if doubt.confidence >= THRESHOLD:
        return Remark("below_threshold", _compared(doubt))
    likely = bool(evidence) and doubt.near >= min(doubt.threshold, THRESHOLD)
    blank = left_empty(evidence, inquiry, None)
    if likely and blank is not None and blank.about >= _NEAR * evidence[0].about:
        return Remark("empty_figure", (blank.hit.document.label, blank.hit.clause.address))
    if likely and inquiry.wanted.kind in STRICT:
        return Remark(_LACKS[inquiry.wanted.kind])
    if inquiry.stranger is not None:
        return Remark("no_place", (inquiry.stranger,))
    if inquiry.here is not None:
        return Remark("not_here", ("、".join(inquiry.results.places),))
    return Remark("nothing_said" if doubt.near < _FAR else "unsure")


def _compared(doubt: Doubt) -> tuple[str, str]:
    """The confidence, rounded down so that it never reads as the threshold, and the threshold."""
    return f"{floor(doubt.confidence * 100) / 100:.2f}", f"{doubt.threshold:g}"
