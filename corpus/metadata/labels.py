"""The table that a web page puts above a document: 索引号, 发文机关, 成文日期, 发布日期, 文号.

Its names are those of 政府信息公开目录 and of legal databases; they stand as "label：value" or in
cells, "label | value", one on a line or several.
"""

import re
from collections.abc import Iterator, Sequence

from corpus.lines import Line, Page
from corpus.spans import Span

_FIELDS = {
    "title": "标题|名称|文件名称|信息名称|文件标题",
    "issuers": "发文机关|发文单位|发文机构|制发机关|制定机关|印发机关|发布机关|颁布机关|公布机关"
    "|发布机构|发布单位",
    "number": "文号|发文字号|文件编号|发文文号|文件字号|文件文号",
    "date": "成文日期|成文时间|发文日期|发文时间|签发日期|生成日期|制发日期",
    "published": "发布日期|发布时间|公布日期|公布时间|公开日期|公开时间|颁布日期",
    "effective": "施行日期|实施日期|生效日期|执行日期|施行时间|实施时间|生效时间",
    "repealed": "废止日期|失效日期|失效时间|废止时间|有效期至|有效期限至",
    "form": "文种|公文种类|体裁|体裁分类",
    "status": "时效性|有效性|效力状态|时效状态|文件状态|是否有效",
    # Known only so that the value before them ends.
    "": "索引号|主题分类|分类|主题词|来源|编辑|作者|浏览次数|浏览量|点击数|字体|信息来源|关键词"
    "|效力级别|公开方式|公开范围|责任编辑",
}
_FIELD_OF = {label: field for field, labels in _FIELDS.items() for label in labels.split("|")}
# 索 引 号, 文　　号: padded so that the labels of a column are of one width.
_SPACED = "|".join(
    r"[ \u3000\xa0]{0,4}".join(label) for label in sorted(_FIELD_OF, key=len, reverse=True)
)
_LABEL = re.compile(
    rf"(?<![\u4e00-\u9fff])【?(?P<label>{_SPACED})】?"
    r"[ \u3000\xa0]{0,4}[：:|\uff5c\t][ \u3000\xa0|\uff5c\t]{0,4}"
)
_VALUE_ENDS = re.compile(r"[|\uff5c\t\n]|[ \u3000\xa0]{2}")
_LONGEST_LINE = 300


def read_labels(page: Page, lines: Sequence[Line]) -> dict[str, Span]:
    """Return where the value of each field stands that a label names, the first of its kind."""
    found: dict[str, Span] = {}
    for number, line in enumerate(lines):
        if len(line.body) > _LONGEST_LINE or line.body.endswith("。"):
            continue
        below = lines[number + 1] if number + 1 < len(lines) else None
        for field, span in _values(page, line, below):
            found.setdefault(field, span)
    return found


def label_field(line: Line) -> str | None:
    """Return the field that the first label of a line names, "" for another label, or None."""
    match = _LABEL.match(line.body) if len(line.body) <= _LONGEST_LINE else None
    return _field_of(match) if match else None


def _field_of(match: re.Match[str]) -> str:
    return _FIELD_OF[re.sub(r"\s", "", match["label"])]


def _values(page: Page, line: Line, below: Line | None) -> Iterator[tuple[str, Span]]:
    labels = list(_LABEL.finditer(page.plain, *line.body_span))
    stops = [*(label.start() for label in labels), line.body_span.end][1:]
    for label, stop in zip(labels, stops, strict=True):
        span = _trimmed(page, label.end(), stop)
        if span.start == span.end and stop == line.body_span.end and below:
            # The cell with the value came out on the next line.
            span = Span(0, 0) if _LABEL.match(below.body) else below.body_span
        if span.start < span.end:
            yield _field_of(label), span


def _trimmed(page: Page, start: int, stop: int) -> Span:
    ends = _VALUE_ENDS.search(page.plain, start, stop)
    written = page.plain[start : ends.start() if ends else stop].rstrip(" \u3000\xa0【[;；,，")
    return Span(start, start + len(written))
