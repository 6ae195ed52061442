"""Questions proposed from clauses by templates, for a person to edit: no language model."""

from eval.drafting.proposing import MOST, propose, sampled
from eval.drafting.values import Draft

__all__ = ["MOST", "Draft", "propose", "sampled"]
