"""Questions written by reading, with the places of their answers; README.md explains the files."""

from pathlib import Path

QUESTIONS = Path(__file__).parent
"""The folder that holds the committed sets, one .jsonl file each."""
