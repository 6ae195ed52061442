"""The words of results, in Chinese and in English."""

import re
from typing import Literal

Language = Literal["zh", "en"]

WORDS: dict[str, tuple[str, str]] = {
    "report.title": ("评测报告", "Evaluation report"),
    "report.summary": (
        "题集“{name}”，{questions} 题，其中文件能回答的 {answerable} 题；{configurations} 种配置。",
        "Question set “{name}”: {questions} questions, {answerable} of which the documents answer; "
        "configurations: {configurations}.",
    ),
    "report.intervals": (
        "方括号里是 95% 区间：对题目有放回地重抽所得，说明换一批同类题目，结果会在什么范围内变动。",
        "In brackets the 95% interval: questions are drawn again with replacement, which shows how "
        "far the figure would move with other questions of the same kind.",
    ),
    "measures.title": ("指标", "Measures"),
    "measures.measure": ("指标", "Measure"),
    "measures.questions": ("题数", "Questions"),
    "measures.none": ("没有可以计算的指标。", "There is no measure to compute."),
    "paired.title": ("逐题比较：{second} 与 {first}", "Question by question: {second} and {first}"),
    "paired.difference": ("差值", "Difference"),
    "paired.p": ("p 值", "p"),
    "paired.counts": ("胜 / 负 / 平", "Wins / losses / ties"),
    "paired.detectable": ("可测出的差", "Detectable"),
    "paired.better": ("{second} 更好", "{second} is better"),
    "paired.worse": ("{second} 更差", "{second} is worse"),
    "paired.same": ("看不出差别", "no difference shown"),
    "paired.verdict": ("结论", "Verdict"),
    "paired.hint": (
        "差值是后者减前者；p 值来自成对随机化检验，小于 0.05 才算看得出差别。"
        "“可测出的差”是这些题目有八成把握看得出的最小差值。",
        "The difference is second less first; p comes from a paired randomisation test, and a "
        "difference counts below 0.05. “Detectable” is the smallest true difference that so many "
        "questions would show with a power of 0.8.",
    ),
    "curves.title": ("曲线", "Plots"),
    "curves.recall": ("前 k 条里找到的答案出处（召回）", "Gold found among the first k (recall)"),
    "curves.k": ("前 k 条", "first k"),
    "curves.risk": ("回答越多，错得越多（风险与覆盖）", "Risk by coverage"),
    "curves.coverage": ("作答的比例", "share of questions answered"),
    "curves.errors": (
        "门槛：答错的和没答的（{name}）",
        "Threshold: wrong and unanswered ({name})",
    ),
    "curves.threshold": ("把握的门槛", "threshold of confidence"),
    "curves.wrong": ("答了但不对", "answered, but wrong"),
    "curves.unanswered": ("能答而没答", "answerable, but unanswered"),
    "curves.table": ("以表格查看", "As a table"),
    "curves.unasked": (
        "这里没有拒答的图：{names} 只检索、不作答。要看该答的答了没有、不该答的拒了没有，"
        "请选会作答的配置（如 ask）再评测一次。",
        "No plot of refusals here: under {names} questions are searched, not answered. To see "
        "what was answered and what was refused, evaluate again under a configuration that "
        "answers, such as ask.",
    ),
    "kinds.title": ("按问题类型", "By kind of question"),
    "kinds.kind": ("类型", "Kind"),
    "overlap.title": ("按与原文用词的重合", "By words shared with the gold clause"),
    "overlap.share": ("重合的词", "Shared words"),
    "attribution.title": ("靠什么找到", "What found the gold"),
    "attribution.within": ("在前 {k} 条里", "among the first {k}"),
    "attribution.words": ("只靠字词", "words only"),
    "attribution.meaning": ("只靠语义", "meaning only"),
    "attribution.both": ("两者都行", "both"),
    "attribution.neither": ("都没找到", "neither"),
    "refusal.title": ("该答与不该答", "Answered and refused"),
    "overlap.unknown": ("不明", "unknown"),
    "groups.small": (
        "带 * 的不足 10 题，平均值说明不了什么。",
        "Groups marked * have fewer than 10 questions: their means say little.",
    ),
    "attribution.fusion": ("单独都不行，合起来找到", "neither alone, found by fusion"),
    "attribution.lost": ("其中合起来反而丢了", "of these lost by fusion"),
    "attribution.hint": (
        "同一道题分别只用字词、只用语义去找，看正确出处是否在前列。",
        "Each question is also searched by words alone and by meaning alone.",
    ),
    "refusal.hint": (
        "AUROC 是能答的题比不能答的题更有把握的概率（0.5 等于乱猜）；"
        "风险面积是各种覆盖率下答错的平均比例，越小越好。",
        "AUROC: the probability that an answerable question has more confidence than another one "
        "(0.5 is chance). The area is the mean share of wrong answers over all coverages: the "
        "smaller the better.",
    ),
    "refusal.auroc": ("AUROC", "AUROC"),
    "refusal.area": ("风险—覆盖面积", "Risk-coverage area"),
    "refusal.decisions": ("不同门槛的结果：{name}", "What thresholds do: {name}"),
    "refusal.right": ("答对", "right"),
    "refusal.wrong": ("答错", "wrong"),
    "refusal.unfounded": ("其中不该答", "of these unfounded"),
    "refusal.unanswered": ("能答没答", "unanswered"),
    "refusal.refused": ("正确拒答", "rightly refused"),
    "failures.title": ("没有答对的题", "Questions that went wrong"),
    "failures.hint": (
        "正确出处没有排在第一的，或者回答有误的；排得越靠后越在前面。",
        "Questions whose gold does not stand first, or whose answer is wrong; the worst first.",
    ),
    "failures.more": ("另有 {count} 题没有列出", "{count} more are not listed"),
    "failures.none": ("没有出错的题。", "No question went wrong."),
    "failures.count": ("{count} 题（{name}）", "{count} questions ({name})"),
    "failures.ranked": ("正确出处排第 {rank}", "gold at rank {rank}"),
    "failures.unranked": ("正确出处不在结果里", "gold not found"),
    "failures.gold": ("应找到", "Gold"),
    "failures.instead": ("排在前面的", "Ranked before it"),
    "failures.answer": ("回答（把握 {confidence}）", "Answer (confidence {confidence})"),
    "failures.should_refuse": ("文件没有答案，却作答了", "answered, though nothing answers it"),
    "failures.refused": ("有答案，却没有作答", "left unanswered"),
    "failures.wrong": ("作答了，但不是答案", "answered with something else"),
    "record.title": ("运行记录：{name}", "Record: {name}"),
    "kind.lay": ("口语提问", "own words"),
    "kind.figure": ("数字", "a figure"),
    "kind.date": ("日期", "a date"),
    "kind.department": ("部门", "a department"),
    "kind.yes-no": ("是否", "yes or no"),
    "kind.list": ("列举", "a list"),
    "kind.several": ("多份文件", "several documents"),
    "kind.trace": ("要求溯源", "a requirement to trace"),
    "kind.superseded": ("被替代的版本", "superseded version"),
    "kind.traditional": ("繁体", "Traditional script"),
    "kind.typo": ("错别字", "a typing error"),
    "kind.unanswerable": ("文件没提", "not in the documents"),
    "kind.near-miss": ("沾边但没有", "a near miss"),
    "kind.unsorted": ("不分类", "unsorted"),
}
"""By name: Chinese, English."""

_FAMILIES: dict[str, tuple[str, str]] = {
    "nDCG": ("前 {k} 条的排序质量", "quality of the first {k}"),
    "R": ("前 {k} 条的召回", "recall of the first {k}"),
    "P": ("前 {k} 条的准确率", "precision of the first {k}"),
    "MRR": ("首个正确出处名次的倒数，前 {k}", "reciprocal rank of the first gold, top {k}"),
    "hit": ("前 {k} 条里有正确出处", "gold among the first {k}"),
    "span": ("前 {k} 段里有答案原句", "the gold words in the first {k} passages"),
    "AP": ("平均准确率", "average precision"),
    "answered": ("有答案的题作答了", "answerable questions answered"),
    "holds": ("回答引到了答案", "a citation holds the gold"),
    "exact": ("回答恰好是原文那一处", "the answer is exactly the gold"),
    "citation-P": ("引文准确率", "precision of citations"),
    "citation-R": ("引文召回", "recall of citations"),
    "refused": ("没有答案的题拒答了", "questions without answer refused"),
}
_MEASURE = re.compile(r"([A-Za-z-]+)(?:@(\d+))?")


def say(language: Language, name: str, /, **values: object) -> str:
    """Return the words called `name` in `language`, with `values` in their places."""
    return WORDS[name][language == "en"].format(**values)


def kind_name(kind: str, language: Language) -> str:
    """What a kind of question is called; one that is not known keeps its own name."""
    return say(language, f"kind.{kind}") if f"kind.{kind}" in WORDS else kind


def about(measure: str, language: Language) -> str:
    """What a measure measures, in a few words; nothing for one that is not known."""
    match = _MEASURE.fullmatch(measure)
    said = _FAMILIES.get(match[1]) if match else None
    return said[language == "en"].format(k=match[2]) if match and said else ""
