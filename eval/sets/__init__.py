"""Question sets: read from any format, held to their documents, and written again."""

from eval.sets.places import Place, Resolved, resolve
from eval.sets.reading import read_set
from eval.sets.trec import write_qrels, write_run
from eval.sets.values import Gold, Question, QuestionSet, Record, SetError
from eval.sets.writing import write_set

__all__ = [
    "Gold",
    "Place",
    "Question",
    "QuestionSet",
    "Record",
    "Resolved",
    "SetError",
    "read_set",
    "resolve",
    "write_qrels",
    "write_run",
    "write_set",
]
