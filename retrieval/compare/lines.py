"""What a comparison by topic says to people, in plain Chinese."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import Any

from corpus.fold import fold_text
from retrieval.compare.elsewhere import counted, is_elsewhere
from retrieval.lines import FLAG, not_encoded

Json = dict[str, Any]

AGREEMENTS = {"same": "相同", "different": "不同", "single": "只有一份文件写到"}
UNITS = {"lead": "牵头", "responsible": "责任", "support": "配合"}
REASONS = {
    "unanswered": "提到但没有写出所问的内容",
    "close": "可能换了说法",
    "unmentioned": "未提及",
}
ELSEWHERE = "另见原文"
"""Stands where a document states figures in the unit of a column, and none of the column."""
NO_LEVEL = "层级不明"
SIGNS = {"=": "", ">=": "≥", "<=": "≤", ">": ">", "<": "<", "~": "约", "+": "+", "-": "−"}  # noqa: RUF001
_QUOTE = 200
INNER = str.maketrans("《》〈〉", "〈〉《》")
"""A title within a title takes the other brackets (GB/T 15834-2011, 4.15.3.4)."""
_MOST_SILENT = 30
_MOST_UNKNOWN = 5


def topic_lines(shape: Json) -> Iterator[str]:
    """What the documents say on a topic: each one's words, then the figures side by side."""
    yield f"主题：{shape['topic']}"
    yield summary(shape)
    for number, row in enumerate(shape["rows"], start=1):
        yield ""
        yield from _row_lines(number, row)
    beside = list(_side_by_side(shape))
    if beside:
        yield from ("", "并列比较", *beside)
    yield from _silent_lines(shape)
    yield from (f"! {line}" for line in reservations(shape))


def summary(shape: Json) -> str:
    """How many documents say something, and how many do not."""
    reasons = [silent["reason"] for silent in shape["silent"]]
    told = [
        f"{reasons.count(reason)} 份{title}"
        for reason, title in REASONS.items()
        if reason in reasons
    ]
    rows = len(shape["rows"])
    return "，".join([f"{rows} 份文件写到" if rows else "没有文件写到", *told]) + "。"


def _row_lines(number: int, row: Json) -> Iterator[str]:
    level = row["document"]["level"] or NO_LEVEL
    status = f" [{row['document']['status']}]" if row["document"]["status"] else ""
    yield f"{number}. 〔{level}〕{row['citation']}{status}"
    quote = " ".join(row["quote"].split())
    yield f"   原文：{quote[:_QUOTE]}{'……' * (len(quote) > _QUOTE)}"
    values = [said_value(value) for value in row["values"] if value["of_topic"]]
    if values:
        yield f"   数字：{'；'.join(values)}"
    if row["deadlines"]:
        yield f"   期限：{'、'.join(dict.fromkeys(d['date'] for d in row['deadlines']))}"
    for role, name in UNITS.items():
        if row["units"][role]:
            yield f"   {name}：{'、'.join(row['units'][role])}"
    if row["also"]:
        also = (_beside(place["address"], row["address"]) for place in row["also"])
        yield f"   另见：{'；'.join(dict.fromkeys(also))}"


def _beside(address: str, own: str) -> str:
    return "本条另一处" if address == own else address


def said_value(value: Json, with_indicator: bool = True) -> str:
    """普惠性幼儿园覆盖率 ≥85%（2025）; of a figure that the source leaves out 原文此处为空."""
    counted = f"{value['indicator']} " if value["indicator"] and with_indicator else ""
    deadline = f"（{value['deadline']}）" if value["deadline"] else ""
    if value["value"] is None:
        return f"{counted}{value['note']}（单位：{value['unit']}）{deadline}"
    number = value["value"] + (f"—{value['upper']}" if value["upper"] else "")
    return f"{counted}{SIGNS[value['comparison']]}{number}{value['unit']}{deadline}"


def _side_by_side(shape: Json) -> Iterator[str]:
    """The columns that several documents have, with what differs marked."""
    columns = [column for column in shape["columns"] if column["agreement"] != "single"]
    units = [counted(row) for row in shape["rows"]] if columns else []
    for title, column in zip(titles_of(columns), columns, strict=True):
        yield f"· {title}：{AGREEMENTS[column['agreement']]}"
        apart = is_named_apart(column)
        cells = {cell["row"]: cell for cell in column["cells"]}
        for number, of_row in enumerate(units):
            if number in cells:
                said = "；".join(said_value(value, apart) for value in cells[number]["values"])
                yield f"    {_mark(cells[number]['differs'])}{number + 1}. {said}"
            elif is_elsewhere(column, of_row):
                yield f"    {_mark(False)}{number + 1}. {ELSEWHERE}"
        if apart:
            yield "    （各文件所用的指标名称不同，是否同一口径请看原文）"
    for aspect, title in (("deadline", "期限"), ("lead", "牵头单位")):
        if shape[aspect] != "single":
            yield f"· {title}：{AGREEMENTS[shape[aspect]]}"
            yield from _aspect(shape["rows"], aspect)


def is_named_apart(column: Json) -> bool:
    """Whether documents use several names for it, which may be several ways of counting."""
    return len({fold_text(name) for name in column["indicators"]}) > 1


def titles_of(columns: Sequence[Json], others: Iterable[str] = ()) -> list[str]:
    """What columns of figures are called that stand beside each other and beside `others`."""
    units = [str(column["unit"] or "比") for column in columns]
    titles = [
        str(column["indicator"] or f"未写明指标的数字（{unit}）")
        for column, unit in zip(columns, units, strict=True)
    ]
    return told_apart(titles, units, others)


def told_apart(titles: Sequence[str], units: Sequence[str], others: Iterable[str]) -> list[str]:
    """Return the titles of columns, each that stands twice with what the column is counted in.

    Columns of one indicator are never counted alike: 课后服务（小时） and 课后服务（天）.
    """
    counts = Counter(map(fold_text, (*titles, *others)))
    return [
        f"{title}（{unit}）" if counts[fold_text(title)] > 1 else title
        for title, unit in zip(titles, units, strict=True)
    ]


def _aspect(rows: Sequence[Json], aspect: str) -> Iterator[str]:
    silent = 0
    for number, row in enumerate(rows, start=1):
        said = (
            [d["date"] for d in row["deadlines"]] if aspect == "deadline" else row["units"]["lead"]
        )
        differs = any(found["aspect"] == aspect for found in row["differs"])
        silent += not said
        if said:
            yield f"    {_mark(differs)}{number}. {'、'.join(dict.fromkeys(said))}"
    if silent:
        yield f"      其余 {silent} 份未写"


def _mark(differs: bool) -> str:
    return "≠ " if differs else "  "


def _silent_lines(shape: Json) -> Iterator[str]:
    for reason, title in REASONS.items():
        names = titles(shape, reason)
        if names:
            more = f"……等 {len(names)} 份" if len(names) > _MOST_SILENT else ""
            yield ""
            yield f"{title}：{'、'.join(names[:_MOST_SILENT])}{more}"


def titles(shape: Json, reason: str) -> list[str]:
    """The documents that have no row for a reason; where to look in those that may speak of it."""
    silent = (found for found in shape["silent"] if found["reason"] == reason)
    return [f"《{name(found).translate(INNER)}》{_where(found)}" for found in silent]


def _where(silent: Json) -> str:
    is_told = silent["reason"] != "unmentioned" and silent["nearest"]
    return str(silent["nearest"]["address"]) if is_told else ""


def reservations(shape: Json, switch: str = FLAG) -> Iterator[str]:
    """What to know of a table before relying on it; `switch` includes what was left out."""
    yield from shape["remarks"]
    if shape["places"]:
        yield f"只比较了主题所说地方的文件：{'、'.join(shape['places'])}"
    if shape["unknown"] and shape["rows"]:
        words = "、".join(f"“{word}”" for word in shape["unknown"][:_MOST_UNKNOWN])
        yield f"资料库中没有出现{words}，以上只是相近的内容"
    if shape["doubtful"]:
        yield "以上内容与主题只是相近，未必真的写到，请看原文"
    if shape["cut"]:
        yield "涉及的文件很多，没有逐一查看：列为“未提及”的文件也可能写到，可用筛选条件缩小范围"
    if shape["left_out"]:
        yield f"未比较已被替代或废止的文件 {shape['left_out']} 份，{switch}可一并比较"
    yield from not_encoded(shape)


def name(document: Json) -> str:
    """The title, or the file's name where the document states none."""
    return str(document["title"] or PurePath(document["source"]).name)
