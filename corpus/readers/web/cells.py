"""The rows of a table in HTML: one line each, or the lines of its cells where it is only layout."""

import re
from dataclasses import dataclass, field

from corpus.readers.web.lines import Shown
from corpus.script import simplify

SEPARATOR = " | "
# What stands before a value in the table above a document on a government site.
_LABEL_WORDS = (
    "索引号 索取号 信息索引号 信息索引 主题分类 信息分类 分类 体裁分类 组配分类 服务对象 "
    "服务对象分类 发文机关 发文机构 发文单位 发布机构 发布机关 发布单位 制发机关 制定机关 "
    "公开机构 公开主体 公开责任部门 责任部门 信息来源 来源 文号 发文字号 文件编号 文件字号 "
    "成文日期 成文时间 发文日期 发文时间 发布日期 发布时间 公开日期 公开时间 生成日期 制发日期 "
    "印发日期 实施日期 施行日期 生效日期 失效日期 废止日期 废止时间 标题 名称 信息名称 "
    "文件名称 主题词 关键词 有效性 效力状态 有效期 时效状态 时效性 是否有效 公开方式 公开形式 "
    "公开类别 公开属性 公开范围 公开程序 公开时限 信息有效性 文种 文件类型 统一编号 统一登记号 "
    "规范性文件登记号 登记号 内容概述 信息生成日期"
)
_LABELS = frozenset(_LABEL_WORDS.split())
_LONGEST_PAIR = 200
# A cell of more text than this is a column of the page, and no value of a table.
_LEAST_LAYOUT = 200
_MOST_LINES = 12
# Bounds on what a table can make of one cell.
_LONGEST_REPEATED = 30
_MOST_REPEATED = 3
_MOST_ROWS = 100
_MOST_COLUMNS = 8


@dataclass(slots=True)
class Cell:
    """The lines of one cell, and how many rows and columns it covers."""

    lines: list[Shown] = field(default_factory=list)
    rows: int = 1
    columns: int = 1

    @property
    def blanks(self) -> list[list[Shown]]:
        """The further columns that it covers."""
        return [[] for _ in range(min(self.columns, _MOST_COLUMNS) - 1)]


@dataclass(slots=True)
class Table:
    """An open table: the cells of its open row, and what reaches down from the rows above."""

    row: list[Cell] = field(default_factory=list)
    reaching: dict[int, tuple[int, Cell]] = field(default_factory=dict)
    open_cells: int = 0

    def end_row(self) -> list[Shown]:
        """Return the lines of the open row, and begin another.

        In broken markup a row may end inside one of its cells, which then goes on.
        """
        if self.open_cells:
            return []
        row, self.row = self.row, []
        return write_row(self._fill(row)) if row else []

    def _fill(self, row: list[Cell]) -> list[list[Shown]]:
        """The lines of each column; a short cell that covers several rows is said in each."""
        columns: list[list[Shown]] = []
        reaching: dict[int, tuple[int, Cell]] = {}
        for cell in row:
            self._reach(columns, reaching)
            short = sum(line.size for line in cell.lines) <= _LONGEST_REPEATED
            if cell.rows > 1 and short and len(reaching) < _MOST_REPEATED:
                reaching[len(columns)] = (min(cell.rows, _MOST_ROWS) - 1, cell)
            columns += [cell.lines, *cell.blanks]
        self._reach(columns, reaching)
        self.reaching = reaching
        return columns

    def _reach(self, columns: list[list[Shown]], reaching: dict[int, tuple[int, Cell]]) -> None:
        while len(columns) in self.reaching:
            rows, cell = self.reaching[len(columns)]
            if rows > 1:
                reaching[len(columns)] = (rows - 1, cell)
            columns += [cell.lines, *cell.blanks]


def write_row(cells: list[list[Shown]]) -> list[Shown]:
    """Return the lines of a row whose cells hold the given lines."""
    filled = [cell for cell in cells if cell]
    if len(filled) < 2:
        return filled[0] if filled else []
    if _is_layout(filled):
        return [line for cell in filled for line in cell]
    return _pairs(cells) or [_joined(cells)]


def _is_layout(filled: list[list[Shown]]) -> bool:
    for cell in filled:
        size = sum(line.size for line in cell)
        large = len(cell) > 3 and size > _LEAST_LAYOUT and len(filled) == 2
        if large or len(cell) > _MOST_LINES or any(line.row for line in cell):
            return True
    return False


def _joined(cells: list[list[Shown]]) -> Shown:
    texts = [" ".join(line.text for line in cell) for cell in cells]
    while not texts[-1]:
        texts.pop()
    lines = [line for cell in cells for line in cell]
    return Shown(
        SEPARATOR.join(texts),
        sum(line.size for line in lines),
        sum(line.linked for line in lines),
        any(line.attached for line in lines),
        all(line.hidden for line in lines),
        next((line.region for line in lines if line.region), 0),
        row=True,
    )


def _pairs(cells: list[list[Shown]]) -> list[Shown]:
    """A line 文号：… for each pair of a row of labels and values, or nothing where it is none."""
    pairs: list[Shown] = []
    rest = [cell for cell in cells if cell]
    waiting: Shown | None = None
    for cell in rest:
        line = cell[0]
        if len(cell) > 1 or line.size > _LONGEST_PAIR:
            return []
        if is_label(line.text):
            pairs += [waiting] if waiting else []
            waiting = line._replace(text=_name(line.text) + "：")
        elif waiting:
            pairs.append(line._replace(text=waiting.text + line.text, row=False))
            waiting = None
        elif is_labelled(line.text):
            pairs.append(line)
        else:
            return []
    return pairs + ([waiting] if waiting else [])


def _name(text: str) -> str:
    return re.sub(r"[\s：:【】\[\]]", "", text)


def is_label(text: str) -> bool:
    """Whether a cell says what the next one holds: 发文字号, 索 引 号：."""
    return len(text) <= 20 and simplify(_name(text)) in _LABELS


def is_labelled(text: str) -> bool:
    """Whether a line gives one of the values of such a table: 发文字号：青政发〔2023〕5号."""
    label, colon, _ = text[:30].replace(":", "：").partition("：")
    return bool(colon) and is_label(label)
