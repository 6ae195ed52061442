"""Why nothing was found, in one plain sentence."""

from collections.abc import Sequence

from retrieval.choice import left_empty
from retrieval.evidence import Evidence
from retrieval.inquiry import Inquiry
from retrieval.kinds import STRICT, Kind
from retrieval.remarks import Remark

_NEAR = 0.9
"""How much about the matter an empty figure has to be, as a share of the best sentence."""
_LACKS: dict[Kind, str] = {
    "number": "no_figure",
    "date": "no_date",
    "lead": "no_unit",
    "unit": "no_unit",
    "contact": "no_contact",
    "reason": "no_reason",
    "procedure": "no_procedure",
}


def why_none(evidence: Sequence[Evidence], inquiry: Inquiry, likely: bool) -> Remark:
    """Return why a question was not answered.

    `likely` says whether the best sentence would answer, if the kind of thing that it holds were
    left aside: then the documents speak of the matter, and lack the figure or the day.
    """
    blank = left_empty(evidence, inquiry, None)
    if likely and blank is not None and blank.about >= _NEAR * evidence[0].about:
        return Remark("empty_figure", (blank.hit.document.label, blank.hit.clause.address))
    if likely and inquiry.wanted.kind in STRICT:
        return Remark(_LACKS[inquiry.wanted.kind])
    if inquiry.stranger is not None:
        return Remark("no_place", (inquiry.stranger,))
    if inquiry.here is not None:
        return Remark("not_here", ("、".join(inquiry.results.places),))
    return Remark("nothing_said")
