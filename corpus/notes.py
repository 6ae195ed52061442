"""What a reader of a document should know about it: gaps, damage, what was left out."""

from typing import NamedTuple

from corpus.spans import Span

WORDING = {
    "damaged": "原文有 {} 处疑似损坏的字符",
    "unnumbered": "未找到编号的条款，全文按段落检索",
    "mended": "“{}”前缺序号，按“{}”编入",
    "restarted": "“{}”处编号重新从头开始",
    "late": "“{}”之前缺少编号",
    "gap": "编号从“{}”跳到“{}”",
    "repeated": "编号“{}”重复",
}
"""For each kind of note what it says in Chinese, its values in the order of `Note.values`."""


class Note(NamedTuple):
    """A remark of a kind in `WORDING`, and the place in the text that it is about, if any."""

    kind: str
    values: tuple[str, ...] = ()
    span: Span | None = None

    @property
    def text(self) -> str:
        """The remark in plain Chinese."""
        return WORDING[self.kind].format(*self.values)
