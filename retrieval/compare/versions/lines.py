"""What a comparison of two documents says to people, in plain Chinese."""

from collections.abc import Iterator

from corpus.fields import LABELS, as_shown
from retrieval.compare.lines import INNER, Json, name, said_value

KINDS = {
    "added": "新增",
    "removed": "删去",
    "changed": "修改",
    "moved": "移动",
    "moved_changed": "移动并修改",
}
OTHER_KINDS = {"added": "仅后一份有", "removed": "仅前一份有", "changed": "对应但不同"}
"""Of two documents that are no versions of one work, where nothing was added and nothing moved."""
FIELDS = LABELS | {"issuer": LABELS["issuers"]}
_CONTEXT = 16
_WHOLE = 300


def kinds_of(shape: Json) -> dict[str, str]:
    """What the kinds of change are called."""
    return KINDS if shape["relation"] == "versions" else OTHER_KINDS


def is_in_order(shape: Json) -> bool:
    """Whether the two are an old and a new version, in this order."""
    return shape["relation"] == "versions" and not shape["backwards"]


def sides_of(shape: Json) -> tuple[str, str]:
    """What the two documents are called: old and new only where they are that."""
    return ("旧", "新") if is_in_order(shape) else ("前一份", "后一份")


def comparison_lines(shape: Json) -> Iterator[str]:
    """What changed between two documents, clause by clause."""
    yield from heads(shape)
    for change in shape["changes"]:
        yield ""
        yield f"【{kinds_of(shape)[change['kind']]}】{_addresses(change)}"
        yield f"   {said_change(change)}"
        for figure in change["figures"]:
            yield f"   数字：{said_figure(figure)}"


def heads(shape: Json) -> Iterator[str]:
    """Which documents are compared, how, and what came of it."""
    are_versions = shape["relation"] == "versions"
    for side, title in zip(("old", "new"), sides_of(shape), strict=True):
        document = shape[side]
        stated = (document[key] for key in ("number", "date", "status"))
        told = " · ".join(as_shown(value) for value in stated if value)
        yield f"{title}：《{name(document).translate(INNER)}》{f'（{told}）' if told else ''}"
    if not are_versions:
        yield "这是两份不同的文件，按内容对应；条号和顺序不作比较。"
    else:
        yield from _renewed_lines(shape)
    yield counted(shape)


def _renewed_lines(shape: Json) -> Iterator[str]:
    if shape["backwards"]:
        yield "! 前一份的日期比后一份晚，次序可能颠倒了"
    for renewed in shape["metadata"]:
        old, new = (as_shown(renewed[side] or "未写明") for side in ("old", "new"))
        yield f"{FIELDS[renewed['field']]}：{old} → {new}"


def counted(shape: Json) -> str:
    """How many clauses changed in each way; what differs in form alone is no change."""
    counts, titles = shape["counts"], kinds_of(shape)
    told = [f"{titles[kind]} {count} 条" for kind, count in counts.items() if count]
    same = f"{shape['unchanged']} 条相同（标点、空格、繁简、编号样式的差别不计）"
    return f"{'，'.join(told) or '没有实质变化'}；{same}。"


def _addresses(change: Json) -> str:
    sides = [side["clause"]["address"] for side in (change["old"], change["new"]) if side]
    return " → ".join(dict.fromkeys(sides)) or "正文"


def said_change(change: Json) -> str:
    """The words of a change: deleted ones in 〔-…-〕, inserted ones in 〔+…+〕."""
    if not change["pieces"]:
        side: Json = change["new"] or change["old"]
        said = " ".join(side["quote"].split())
        return f"{said[:_WHOLE]}{'……' * (len(said) > _WHOLE)}"
    told = []
    for number, piece in enumerate(change["pieces"]):
        is_edge = number == 0, number == len(change["pieces"]) - 1
        told.append(_said_piece(piece, *is_edge))
    return " ".join("".join(told).split())


def _said_piece(piece: Json, is_first: bool, is_last: bool) -> str:
    text = str((piece["new"] or piece["old"])["text"])
    if piece["op"] == "deleted":
        return f"〔-{text.strip()}-〕"
    if piece["op"] == "inserted":
        return f"〔+{text.strip()}+〕"
    if len(text) <= 3 * _CONTEXT:
        return text
    before = text[:_CONTEXT] if not is_first else text[: 2 * _CONTEXT]
    return f"{before}……{'' if is_last else text[-_CONTEXT:]}"


def said_figure(figure: Json) -> str:
    """新增学位 5580个 → 6000个."""
    sides = (
        "、".join(said_value(value, False) for value in figure[side]) or "未写"
        for side in ("old", "new")
    )
    indicator = f"{figure['indicator']} " if figure["indicator"] else ""
    return f"{indicator}{' → '.join(sides)}"
