"""What a reader of a document should know about it: gaps, damage, what was left out."""

from typing import NamedTuple

from corpus.spans import Span

WORDING = {
    "damaged": "原文有 {} 处疑似损坏的字符",
    "missing": "原文有 {} 处数字留空：{}",
    "unnumbered": "未找到编号的条款，全文按段落检索",
    "mended": "“{}”前缺序号，按“{}”编入",
    "restarted": "“{}”处编号重新从头开始",
    "late": "“{}”之前缺少编号",
    "gap": "编号从“{}”跳到“{}”",
    "repeated": "编号“{}”重复",
    "alone": "“{}”独占一行，与下一行“{}”合为一个标题",
    "split": "“{}”被换行拆开，已合并",
    "inline": "“{}”未另起一行，已按编号分开",
    "more": "另有 {} 处编号问题未逐一列出",
    "run_on": "“{}”与正文写在同一行，按标题编入",
    "stray": "行首的“{}”不合编号次序，按正文处理",
    "furniture": "已略去网页上的导航、页脚等 {} 行",
    "tracked": "文档带有修订标记，按接受全部修订后的文字读入",
    "contents": "Word 自动生成的目录未编入",
    "hidden": "文档中的隐藏文字未编入",
    "converted": "由 LibreOffice 转换后读入，自动编号请与原件核对",
    "embedded": "文档中嵌入的其他文件未读入",
    "whole_page": "未能分清网页正文，已保留整页文字",
    "running_heads": "已略去页眉、页脚和页码 {} 处",
    "recognised": "{} 页的文字由图像识别得出，平均置信度 {}，引用前请对照原件",
    "unsure": "识别的文字中有 {} 行把握不大（置信度低于 {}）",
    "garbled": "第 {} 页的字体没有说明字符，已按图像识别",
    "layer": "第 {} 页是扫描件，文字取自文件自带的识别结果，可能有误",
    "unread": "第 {} 页未能读出：{}",
    "overruled": "metadata.csv 给出的{}“{}”与文中的“{}”不同，以前者为准",
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
