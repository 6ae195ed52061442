"""Lists of requirements as teachers have them: numbered, with headings, in a text or a table."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.fold import fold_text
from retrieval.query import LONGEST
from retrieval.trace.cores import core_of
from retrieval.trace.coverage import content_words
from retrieval.trace.statement import read_requirement
from retrieval.trace.values import Untraced
from retrieval.trace.vocabulary import SAYS_WHAT_TO_DO

HEAD_ROWS = 10
"""Rows of a table among which its head is looked for: a title and remarks stand above it."""

# 一、 （一） 第三条 1. 1、 (1) ① 1.2.3 - * •, as a list has them before the words.
# 3.5万名 and 5 名 are figures, 1、2号楼 are two.
_NO_FIGURE = r"(?![万亿千百%％个名所年小平米倍元人次天周课学月日号])"
_NUMBER = re.compile(
    r"\s*(?:[-*•●○■□◆·—]\s+|[（(〔][一二三四五六七八九十0-9０-９]{1,3}[）)〕]、?|[①-⑳]"
    r"|第[一二三四五六七八九十百0-9]{1,5}[章节条款项](?:[\s、]|(?=[^，,规所的]))"
    r"|[一二三四五六七八九十]{1,3}、"
    r"|[0-9０-９]{1,3}(?:[.．][0-9０-９]{1,3}){0,3}(?:[、)）](?![0-9]{1,2}(?![0-9]))"
    rf"|[.．](?![0-9０-９])|\s+{_NO_FIGURE}(?=[\u4e00-\u9fff]))"
    rf"|[0-9]{{1,2}}(?:\.[0-9]{{1,2}}){{1,3}}{_NO_FIGURE}(?=[\u4e00-\u9fff]))\s*"
)
_MOST_NUMBERS = 3
_OF_A_HEADING = re.compile(
    r"\s*(?:#{1,6}\s|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[^\s]{1,5}[章节])"
)
# 白沙市中小学食堂自查要求一览表
_OF_A_LIST = re.compile(
    r"^(?!建立|制定|完善|健全|编制|公示)[^，,。；;]{0,30}(?:自查|评估|检查|考核|督导|要求|指标|任务|责任)"
    r"[^，,。；;]{0,6}(?:表|清单|目录|体系)$"
)
_LONGEST_HEADING = 20
_LONGEST_TITLE = 6

# The head of the column that holds the requirements, the likeliest first.
_HEADS = tuple(
    re.compile(rf"(?:[^,，。:：]{{0,4}})(?:{word})(?:内容|描述|条目|名称|要点)?(?:\(.{{0,20}})?")
    for word in (
        *("要求", "内容", "(?:评估|考核|评价|检查|验收)标准", "任务", "三级指标", "二级指标"),
        *("指标", "标准", "事项", "措施", "条款", "条目", "requirement"),
    )
)
_LONGEST_HEAD = 12
# Two heads in one cell.
_BESIDE = re.compile(r"[/|\uff5c]")
_JOINED = re.compile(r"[、,和及与]")
_LEAST_TEXT = 4
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Requirement:
    """A line of a list without its number; `untraced` says why it is not looked for, if so.

    `line` counts the lines or the rows of the file from 1.
    """

    line: int
    text: str
    untraced: Untraced | None = None


def requirement(line: int, written: str, in_column: bool = False) -> Requirement | None:
    """Return the requirement of a line, or None of one that is blank or only a number.

    What stands `in_column`, below the head 要求, is one however short it is.
    """
    text = unnumbered(written)
    if not _LETTER.search(text):
        return None
    if len(text) > LONGEST:
        return Requirement(line, text, "overlong")
    return Requirement(line, text, "heading" if is_heading(written, in_column) else None)


def unnumbered(written: str) -> str:
    """Return a line without the numbers and signs of a list before its words; 3.5万名 stays."""
    text = " ".join(written.lstrip("#").split())
    for _ in range(_MOST_NUMBERS):
        number = _NUMBER.match(text)
        if number is None or number.end() == len(text):
            break
        text = text[number.end() :]
    return text


def is_heading(written: str, in_column: bool = False) -> bool:
    """Whether a line heads others and demands nothing itself: 二、师资队伍, 办学条件：.

    What says what to do, counts something, or ends like a sentence demands; a heading is short,
    and is numbered like one, ends with a colon, or is shorter still.
    """
    text = unnumbered(written)
    if text.endswith(("：", ":")) and len(text) <= _LONGEST_HEADING * 2:
        return not _counts(text)
    if len(text) <= _LONGEST_HEADING * 2 and _OF_A_LIST.search(text):
        return True
    if len(text) > _LONGEST_HEADING or text.endswith(("。", "；", ";", "！")) or _demands(text):
        return False
    is_title = len(text) <= _LONGEST_TITLE and not in_column
    return is_title or _OF_A_HEADING.match(written) is not None


def _counts(text: str) -> bool:
    return bool(read_requirement(text).figures)


def _demands(text: str) -> bool:
    statement = read_requirement(text)
    said = statement.figures or statement.duties or statement.deadlines
    words = content_words(text)
    folded = fold_text(text)
    opens = any(folded.startswith(word) for word in SAYS_WHAT_TO_DO)
    return bool(said) or opens or any(word in SAYS_WHAT_TO_DO for word in words if len(word) > 1)


# --- tables ----------------------------------------------------------------------------------


class Rows:
    """The rows of a table, with the column that holds the requirements."""

    def __init__(self, rows: Iterable[tuple[int, Sequence[str]]]) -> None:
        self.rows = [(line, [cell.strip() for cell in cells]) for line, cells in rows]
        self.head = _head(self.rows[:HEAD_ROWS])

    def requirements(self) -> Iterator[Requirement]:
        """Yield the requirements of the column below its head, or of the first one of text."""
        column = self.head[1] if self.head else self._first_text()
        for position, (line, cells) in enumerate(self.rows):
            if column < len(cells) and (self.head is None or position > self.head[0]):
                found = requirement(line, cells[column], in_column=self.head is not None)
                if found is not None:
                    yield found

    def _first_text(self) -> int:
        """The first column whose cells are words for the most part."""
        width = max((len(cells) for _, cells in self.rows), default=0)
        for column in range(width):
            cells = [row[column] for _, row in self.rows if column < len(row) and row[column]]
            texts = sum(len(core_of(cell).words) >= _LEAST_TEXT for cell in cells)
            if texts * 2 > len(cells):
                return column
        return 0


def _head(rows: Sequence[tuple[int, Sequence[str]]]) -> tuple[int, int] | None:
    """Where the head of the requirements stands: its row, and its column."""
    best: tuple[int, int, int, int] | None = None
    for position, (_, cells) in enumerate(rows):
        filled = sum(bool(cell) for cell in cells)
        for column, cell in enumerate(cells):
            rank = _rank(cell)
            # The row with the most cells is the head; a title above it fills one.
            key = (-filled, rank, position, column)
            if rank < len(_HEADS) and (best is None or key < best):
                best = key
    return (best[2], best[3]) if best else None


def _rank(cell: str) -> int:
    """The place in `_HEADS` of what a cell may be the head of; their number where of nothing.

    检查内容 / 要求 is a head where one of them is; 内容和要求 where both are, because 和 stands in
    requirements too.
    """
    folded = fold_text(cell)
    if len(folded) > _LONGEST_HEAD:
        return len(_HEADS)
    named = min(map(_rank_of_one, _BESIDE.split(folded)))
    joined = max(map(_rank_of_one, _JOINED.split(folded)))
    return min(named, joined)


def _rank_of_one(name: str) -> int:
    fits = (rank for rank, head in enumerate(_HEADS) if head.fullmatch(name.strip()))
    return next(fits, len(_HEADS))
