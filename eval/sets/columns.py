"""The columns of a question set that is a table, in Chinese and English."""

COLUMNS = {
    "id": "编号|序号|题号|id|no",
    "question": "问题|提问|问句|question|query",
    "kind": "类型|题型|问题类型|类别|kind|type",
    "answerable": "可答|是否可答|可回答|能否回答|answerable",
    "document": "文件|文件名|文件名称|所在文件|文档|document",
    "gold": "依据|出处|答案依据|条款|原文|引文|gold",
    "grade": "等级|分级|grade",
    "occurrence": "第几处|occurrence",
    "overlap": "重合度|overlap",
    "split": "划分|分组|split",
    "draft": "草稿|draft",
    "": "备注|说明|note|notes",
}
"""The names that a column may have, the one that is written first; "" is not read."""
HEADS = {field: names.split("|")[0] for field, names in COLUMNS.items() if field}
"""What each column is called when it is written."""
_FIELD_OF = {name: field for field, names in COLUMNS.items() for name in names.split("|")}
KNOWN = "、".join(names.split("|")[0] for names in COLUMNS.values())


def field_of(head: str) -> str | None:
    """Return the field that a column is for, "" where it is for none; None for unknown names."""
    return _FIELD_OF.get("".join(head.split()).lower()) if head else ""
