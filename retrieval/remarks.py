"""What a reader of results should know: what the question named and the library has not."""

from typing import Literal, NamedTuple

WORDING: dict[str, tuple[str, str]] = {
    "no_title": (
        "资料库中没有标题为《{}》的文件，以下结果来自其他文件",
        "No document here is titled 《{}》; the results come from others",
    ),
    "no_number": (
        "资料库中没有文号为“{}”的文件，以下结果来自其他文件",
        "No document here has the number “{}”; the results come from others",
    ),
    "no_clause": (
        "《{}》没有{}，以下不是所问的条款",
        "《{}》 has no {}; what follows is not the clause that was asked for",
    ),
    "no_address": (
        "资料库中没有编号为{}的条款，以下结果按内容检索",
        "No clause here is numbered {}; the results were found by content",
    ),
    "superseded": (
        "《{}》已被替代或废止，未列入结果；需要时请选择一并检索",
        "《{}》 was replaced or repealed and is left out; ask for what no longer holds to see it",
    ),
    "filtered": (
        "《{}》不在筛选范围内，未列入结果",
        "《{}》 is outside the filters and left out",
    ),
    "more_clauses": (
        "所问的条款可能不止以下 {} 条，其余请打开原文查看",
        "There may be more clauses than the {} quoted here: see the document",
    ),
    "synonyms": (
        "同义词表有 {} 行不能使用，第 {} 行：{}",
        "Lines of the table of synonyms that cannot be used: {}; line {}: {}",
    ),
    "synonyms_table": (
        "同义词表不能使用：{}",
        "The table of synonyms cannot be used: {}",
    ),
}
"""For each kind of remark its Chinese and its English, in the order of `Remark.values`."""


class Remark(NamedTuple):
    """A remark of a kind in `WORDING`, and what it is about."""

    kind: str
    values: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The remark in plain Chinese."""
        return self.said("zh")

    def said(self, language: Literal["zh", "en"]) -> str:
        """The remark in a language of the app; what it quotes stays as written."""
        return WORDING[self.kind][language == "en"].format(*self.values)
