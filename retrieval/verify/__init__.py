"""Whether what is said stands in the clauses that are cited for it; no model is asked."""

from retrieval.verify.checking import verify, verify_answer
from retrieval.verify.verdicts import VERDICTS, Checked, Cited, Reason, Verdict, VerifyError

__all__ = [
    "VERDICTS",
    "Checked",
    "Cited",
    "Reason",
    "Verdict",
    "VerifyError",
    "verify",
    "verify_answer",
]
