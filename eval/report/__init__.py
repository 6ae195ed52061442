"""What a run came to, for people: tables, plots, the questions that went wrong, on one page."""

from eval.report.page import write_report

__all__ = ["write_report"]
