"""Questions written by reading, with the places of their answers; README.md explains the files."""

from pathlib import Path

from eval.questions.rows import KINDS, SPLITS, Gold, Question, SetError, read_questions

__all__ = ["KINDS", "QUESTIONS", "SPLITS", "Gold", "Question", "SetError", "read_questions"]

QUESTIONS = Path(__file__).parent
"""The folder that holds the sets, one .jsonl file each."""
