"""`youju feedback`: what people thought of the answers that the app gave."""

import argparse
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from commands.command import Command
from commands.opening import open_library
from commands.options import out_option
from commands.output import Json, print_result, say

if TYPE_CHECKING:
    from retrieval.tables import Table
    from ui.feedback import Opinion

_VERDICTS = {"up": "有用", "down": "没用"}
_STATUSES = {"answered": "已回答", "not_found": "未找到"}


def feedback(args: argparse.Namespace) -> int:
    """List what people thought of answers in the app, or write it to a table."""
    from retrieval.tables import check_path, write_table
    from ui.feedback import Feedback

    if args.out:
        check_path(args.out)
    opinions = Feedback(open_library(args).folder).all()
    if args.out:
        write_table(_table(opinions), args.out)
        say(f"youju: {len(opinions)} opinions written to {args.out}")
    elif not opinions and not args.json:
        say("youju: there are no opinions yet: people give them below an answer in the app")
        return 0
    if args.json or not args.out:
        print_result(args, {"feedback": [one._asdict() for one in opinions]}, _lines)
    return 0


def _lines(shape: Json) -> Iterator[str]:
    """A line for each opinion, its remark and the question below it."""
    for one in shape["feedback"]:
        yield f"{one['at']}  {_VERDICTS[one['verdict']]}  {_one_line(one['understood'])}"
        if one["remark"]:
            yield f"    {_one_line(one['remark'])}"


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _table(opinions: Sequence["Opinion"]) -> "Table":
    from retrieval.tables import Column, Table

    columns = (
        Column("时间（UTC）", "label", 7),
        Column("评价", "label", 4),
        Column("说明", width=14),
        Column("问题", width=14),
        Column("理解为", width=14),
        Column("筛选", width=8),
        Column("结果", "label", 5),
        Column("把握", "number", 4),
        Column("回答", width=26),
    )
    rows = [
        (
            one.at,
            _VERDICTS[one.verdict],
            one.remark,
            one.question,
            one.understood if one.understood != one.question else "",
            one.filters,
            _STATUSES.get(one.status, one.status),
            f"{one.confidence:.2f}",
            one.answer,
        )
        for one in opinions
    ]
    return Table("对回答的评价", columns, rows)


COMMANDS = (Command("feedback", feedback, out_option),)
