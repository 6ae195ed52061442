"""The rows of a trace as lines of text, for people at a terminal."""

from collections import Counter
from collections.abc import Iterator, Sequence

from retrieval.lines import left_aside
from retrieval.shapes import Json

NOT_FOUND = "未找到依据"
STRENGTH_NAMES = {
    "verbatim": "原文一致",
    "equivalent": "表述不同、要求相同",
    "related": "相关但有差异",
}
"""What people read for a strength."""
UNTRACED_NAMES = {
    "heading": "标题，未作追溯",
    "overlong": "超过 1000 字，未作追溯：请分成几条",
}
KIND_NAMES = {
    "figure": "数值",
    "deadline": "期限",
    "rate": "频次",
    "duty": "义务",
    "scope": "对象",
    "degree": "程度",
    "words": "用词",
}
"""What people read for what differs."""
_LONGEST_QUOTE = 160
_MOST_RELATED = 3


def trace_lines(shape: Json) -> Iterator[str]:
    """The requirements of `trace`, each with its clauses and what differs."""
    for number, row in enumerate(shape["rows"], start=1):
        yield from row_lines(row, f"{number}. " if len(shape["rows"]) > 1 else "")
        yield ""
    yield from (f"! {line}" for line in left_aside(shape))


def row_lines(row: Json, number: str = "") -> Iterator[str]:
    """A requirement, and below it its matches from the highest level down."""
    yield f"{number}{row['requirement']}"
    if row["status"] in UNTRACED_NAMES:
        yield f"   （{UNTRACED_NAMES[row['status']]}）"
        return
    if row["status"] != "stated":
        yield f"   {NOT_FOUND}" + ("，以下条款相关但有差异：" if row["matches"] else "")
    shown = stating_first(row["matches"])
    if row["status"] == "stated":
        stating = sum(match["strength"] != "related" for match in shown)
        shown = shown[: stating + _MOST_RELATED]
    for match in shown:
        yield f"   【{STRENGTH_NAMES[match['strength']]}】{cited(match)}"
        yield f"      {_shortened(match['quote'])}"
        yield from (f"      {line}" for line in difference_lines(match))
    hidden = len(row["matches"]) - len(shown)
    if hidden:
        yield f"   另有 {hidden} 处相关但有差异，--out 可导出全部"
    if row["more"]:
        yield f"   另有 {row['more']} 处未列出，--top 可多列"
    yield from (f"   ! {remark}" for remark in row["remarks"])


def stating_first(matches: Sequence[Json]) -> list[Json]:
    """Those that state a requirement, then those that only speak of it, each as they were."""
    return sorted(matches, key=lambda match: match["strength"] == "related")


def difference_lines(match: Json) -> Iterator[str]:
    """What differs, a line each; ≈ before what makes no other requirement of it."""
    for difference in match["differences"]:
        slight = difference["slight"] and difference["kind"] != "words"
        yield f"{'≈' if slight else '≠'} {told(difference)}"


def cited(match: Json) -> str:
    """The citation of a match, its level and the status of its document."""
    known = [match["level"] and f"{match['level']}级", match["status"] or "状态不明"]
    newer = match["replaced_by_citation"]
    known += [f"见 {newer}"] if newer else []
    return f"{match['citation']} [{' · '.join(filter(None, known))}]"


def told(difference: Json) -> str:
    """What differs: 数值（毛入园率）：要求 85%，条款 92%."""
    if difference["kind"] == "words" and difference["there"]:
        return "用词相近，但不能确认要求相同"
    if difference["kind"] == "words":
        return f"条款未出现：{difference['here']}"
    about = f"（{difference['about']}）" if difference["about"] else ""
    what = f"{KIND_NAMES[difference['kind']]}{about}："
    here, there = difference["here"], difference["there"]
    if not there:
        return f"{what}要求 {here}，条款未写明"
    return f"{what}要求 {here}，条款 {there}" if here else f"{what}条款为“{there}”"


def summary(shape: Json) -> str:
    """How many requirements were stated, how many only touched on, and how many not found."""
    counts = Counter(row["status"] for row in shape["rows"])
    said = [f"共 {len(shape['rows'])} 条：有依据 {counts['stated']}"]
    said += [f"仅有相关条款 {counts['related']}", f"{NOT_FOUND} {counts['not_found']}"]
    untraced = sum(counts[name] for name in UNTRACED_NAMES)
    said += [f"标题等未追溯 {untraced}"] if untraced else []
    return "，".join(said)


def _shortened(quote: str) -> str:
    line = " ".join(quote.split())
    return line if len(line) <= _LONGEST_QUOTE else f"{line[:_LONGEST_QUOTE]}……"
