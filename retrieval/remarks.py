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
    "earlier": (
        "问的是以前的版本，已一并检索被替代或废止的文件 {} 份",
        "An earlier version is asked for: documents that no longer hold took part: {}",
    ),
    "filtered": (
        "《{}》不在筛选范围内，未列入结果",
        "《{}》 is outside the filters and left out",
    ),
    "more_clauses": (
        "所问的条款可能不止以下 {} 条，其余请打开原文查看",
        "There may be more clauses than the {} quoted here: see the document",
    ),
    "nothing_said": (
        "资料库里没有条款谈到这件事",
        "No clause here is about this question",
    ),
    "none_fit": (
        "没有符合筛选条件的文件",
        "No document fits the filters",
    ),
    "none_hold": (
        "符合筛选条件的文件都已被替代或废止",
        "Every document that fits the filters was replaced or repealed",
    ),
    "below_threshold": (
        "找到了相近的条款，但把握（{}）低于所设的 {}，没有作答",
        "Clauses close to it were found, but the confidence ({}) is below the {} that was set",
    ),
    "unsure": (
        "最接近的条款未必回答这个问题，把握不足，没有作答",
        "The nearest clauses may not answer this question: too unsure to say",
    ),
    "no_figure": (
        "有条款谈到这件事，但没有给出所问的数字",
        "There are clauses about it, but none gives the figure",
    ),
    "no_date": (
        "有条款谈到这件事，但没有写明时间",
        "There are clauses about it, but none gives the date",
    ),
    "no_day": (
        "《{}》没有写明这个日期",
        "《{}》 does not state this date",
    ),
    "no_unit": (
        "有条款谈到这件事，但没有写明由哪个单位负责",
        "There are clauses about it, but none names the unit",
    ),
    "no_contact": (
        "有条款谈到这件事，但没有写明电话、网址或地址",
        "There are clauses about it, but none gives a number or an address",
    ),
    "no_reason": (
        "有条款谈到这件事，但没有说明原因",
        "There are clauses about it, but none gives the reason",
    ),
    "no_procedure": (
        "有条款谈到这件事，但没有说明怎样办理",
        "There are clauses about it, but none says how it is done",
    ),
    "empty_figure": (
        "原文此处为空：《{}》{}没有填写这个数字",
        "Left empty in the source: 《{}》 {} does not fill in the figure",
    ),
    "not_here": (
        "{}的文件没有说到这一点；其他地方的规定不能代替",
        "The documents of {} do not say; those of other places do not stand for them",
    ),
    "no_place": (
        "资料库中没有{}的文件，其他地方的规定不能代替",
        "No document here comes from {}; those of other places do not stand for them",
    ),
    "draft": (
        "征求意见稿，尚未正式印发",
        "A draft for comment, not yet issued",
    ),
    "replaced": (
        "已被{}替代",
        "Replaced by {}",
    ),
    "repealed": (
        "已废止",
        "Repealed",
    ),
    "synonyms": (
        "同义词表有 {} 行不能使用，第 {} 行：{}",
        "Lines of the table of synonyms that cannot be used: {}; line {}: {}",
    ),
    "synonyms_table": (
        "同义词表不能使用：{}",
        "The table of synonyms cannot be used: {}",
    ),
    "generator_failed": (
        "模型没有作答，以下直接引用原文",
        "The model gave no answer; what follows is quoted from the documents",
    ),
    "generator_unreachable": (
        "连接不上生成服务，以下直接引用原文",
        "The generator cannot be reached; what follows is quoted from the documents",
    ),
    "generator_timeout": (
        "模型在 {} 秒内没有答完，以下直接引用原文",
        "The model had not answered after {} s; what follows is quoted from the documents",
    ),
    "generator_refused": (
        "生成服务拒绝了请求（HTTP {}），以下直接引用原文",
        "The generator refused (HTTP {}); what follows is quoted from the documents",
    ),
    "generator_unreadable": (
        "读不懂生成服务的回应，以下直接引用原文",
        "The generator's answer cannot be read; what follows is quoted from the documents",
    ),
    "generator_cut_off": (
        "模型的回答中断了，以下直接引用原文",
        "The model's answer broke off; what follows is quoted from the documents",
    ),
    "generator_too_long": (
        "模型的回答过长，以下直接引用原文",
        "The model's answer is too long; what follows is quoted from the documents",
    ),
    "generator_declined": (
        "模型认为原文没有回答这个问题，以下是最接近的原文，请自行判断",
        "The model finds no answer in the documents; judge for yourself what is quoted here",
    ),
    "generator_unverified": (
        "模型的回答没有一句能与所引原文对上，未采用，以下直接引用原文",
        "Nothing that the model said stands in what it cites; what follows is quoted instead",
    ),
    "generator_beside": (
        "模型的话虽与原文相符，却没有用到回答这个问题的那段原文，未采用，以下直接引用原文",
        "What the model said stands in the documents, but not where they answer; those are quoted",
    ),
    "quoted": (
        "所问的条款以原文作答，没有请模型转述",
        "The clause that was asked for is quoted; the model was not asked to retell it",
    ),
    "planted": (
        "检索到的原文中有 {} 句像是写给模型的指令，没有交给模型",
        "Sentences found that speak to a language model and were not shown to it: {}",
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
