"""Every word the page says, in Chinese and in English."""

import re
from typing import Literal

Language = Literal["zh", "en"]

WORDS: dict[str, tuple[str, str]] = {
    # The page.
    "title": ("有据", "Youju"),
    "tagline": ("每一句回答，都有原文为证", "Every answer, word for word from the source"),
    "other_language": ("English", "中文"),
    "tab.ask": ("问答", "Ask"),
    "tab.library": ("资料库", "Library"),
    "footer.local": (
        "只在这台电脑上运行，不联网，文件不会外传。",
        "Runs on this computer only; nothing is sent anywhere.",
    ),
    "footer.samples": (
        "资料库里有示例文件：其中的省、市、县和数字都是虚构的，不能作为办事依据。",
        "The library holds sample documents: their places and figures are invented.",
    ),
    # Asking.
    "ask.label": ("您想知道什么？", "What would you like to know?"),
    "ask.placeholder": (
        "用平常的话问，例如：随迁子女入学需要居住证满几个月？",
        "Ask in everyday words",
    ),
    "ask.button": ("提问", "Ask"),
    "ask.searching": ("正在查找原文……", "Searching…"),
    "ask.examples": ("试试这些问题", "Try one of these"),
    "ask.example_about": ("关于“{heading}”有什么规定？", "关于“{heading}”有什么规定？"),
    "ask.intro": (
        "从 {documents} 份文件的 {clauses} 段条文里找答案。只摘原文，每一句都能点开出处；"
        "文件没有说的，会直接告诉您。",
        "Answers come from {clauses} segments of {documents} documents, quoted word for word. "
        "What they do not say, you will be told.",
    ),
    "answer.label": ("回答", "Answer"),
    "answer.basis": (
        "摘自 {documents} 份文件的 {clauses} 处条款 · {seconds} 秒",
        "From {clauses} clauses of {documents} documents · {seconds} s",
    ),
    "answer.copy": ("复制回答和出处", "Copy with sources"),
    "answer.copied": ("已复制", "Copied"),
    "answer.pill": ("出处 {n}：{title}，{address}", "Source {n}: {title}, {address}"),
    "sources.label": ("出处", "Sources"),
    "nearest.label": ("最接近的条款", "Nearest clauses"),
    "source.open": ("打开原文", "Open the document"),
    "source.open_label": ("打开原文：{title}，{address}", "Open {title}, {address}"),
    "source.back": ("回到回答里的 [{n}]", "Back to [{n}] in the answer"),
    "source.replaced": ("已有新文件：", "Replaced by "),
    "missing.title": ("这些文件没有说到这件事", "The documents do not say"),
    "missing.body": (
        "在资料库的 {documents} 份文件里，没有找到能回答这个问题的原文。"
        "下面是意思最接近的条款，它们不是答案，仅供判断。",
        "No sentence of the {documents} documents answers this. "
        "The clauses below come nearest; they are not an answer.",
    ),
    "missing.nothing": (
        "在资料库的 {documents} 份文件里，没有找到与这个问题有关的条款。"
        "可以换一种说法，或添加相关文件。",
        "Nothing in the {documents} documents relates to this. "
        "Try other words, or add the document that would say it.",
    ),
    "notice.preparing": (
        "正在打开语义模型，打开后就会回答。",
        "Opening the language model; the answer comes as soon as it is open.",
    ),
    "notice.words_only": (
        "语义索引还没有建好，这次只按字词匹配。换一种说法的内容可能找不到。",
        "No vectors yet: this time only words were matched, not meaning.",
    ),
    "notice.left_out": (
        "资料库里有 {count} 份文件已被替代或废止，没有用来回答。",
        "Left out of this answer, as replaced or repealed: {count} documents.",
    ),
    "notice.pending": (
        "还有 {pending} 段文字正在建立语义索引，稍后再问一次，结果可能更全。",
        "{pending} passages cannot be found by meaning yet; ask again in a moment.",
    ),
    "empty.title": ("资料库还是空的", "The library is empty"),
    "empty.body": (
        "先添加政策文件，再来提问。也可以载入九份示例文件看看效果，示例里的地方和数字都是虚构的。",
        "Add policy documents, then ask. Or load the nine sample documents, "
        "whose places and figures are invented.",
    ),
    "empty.samples": ("载入示例资料", "Load the samples"),
    "empty.add": ("添加自己的文件", "Add documents"),
    # The reader.
    "reader.label": ("原文", "Document"),
    "reader.back": ("返回", "Back"),
    "reader.contents": ("目录", "Contents"),
    "reader.file": ("文件：{name}", "File: {name}"),
    "reader.shortened": (
        "文件很长，这里只显示第 {start} 到第 {end} 个字。",
        "A very long document: characters {start} to {end} are shown.",
    ),
    "reader.here": ("回到所引条款", "Back to the clause"),
    # The library.
    "add.hint": (
        "把文件拖到这里，或者从电脑里选择。可以一次添加多份：Word、PDF、网页、文本、扫描件和图片，"
        "或者它们的 zip 压缩包；每份不超过 {size} MB。",
        "Drop files here, or choose them: Word, PDF, web pages, text, scans and pictures, or zip "
        "archives of these, each up to {size} MB.",
    ),
    "add.button": ("选择文件", "Choose files"),
    "add.read": ("正在读取 {done}/{total}", "Reading {done}/{total}"),
    "add.words": ("已能按字词查找", "Searchable by words"),
    "add.similar": ("正在比对相近文件 {done}/{total}", "Comparing documents {done}/{total}"),
    "add.vectors": ("正在建立语义索引 {done}/{total}", "Making vectors {done}/{total}"),
    "add.too_many": (
        "一次最多添加 {most} 个文件，这次有 {found} 个：请分几次添加。",
        "At most {most} files at once, these are {found}: add them in parts.",
    ),
    "report.label": ("添加结果", "Added"),
    "report.added": ("新增", "Added"),
    "report.replaced": ("更新", "Replaced"),
    "report.unchanged": ("已在库中", "Already here"),
    "report.failed": ("未能添加", "Failed"),
    "report.summary": ("{count} 份{outcome}", "{count} {outcome}"),
    "list.label": (
        "共 {documents} 份文件，{clauses} 段条文",
        "{documents} documents, {clauses} segments",
    ),
    "list.clauses": ("{count} 段", "{count} segments"),
    "list.near": (
        "与本文相近：本文 {clauses} 条中有 {common} 条相同或相近（{share}）",
        "is similar: {common} of the {clauses} clauses here stand in it, or nearly ({share})",
    ),
    "list.more_near": ("另有 {count} 份相近文件", "{count} more similar documents"),
    "list.more_notes": ("另有 {count} 处提示", "{count} more remarks"),
    "list.published": ("{day} 发布", "published {day}"),
    "list.effective": ("{day} 施行", "in force from {day}"),
    "list.repealed": ("{day} 失效", "until {day}"),
    "list.given": ("由{by}给出：{names}", "given by {by}: {names}"),
    "list.folder": ("文件夹名", "the name of the folder"),
    "list.open_label": ("打开原文：{title}", "Open {title}"),
    "list.remove": ("移除", "Remove"),
    "list.remove_label": ("移除：{title}", "Remove {title}"),
    "list.confirm": (
        "从资料库移除这份文件？您电脑上的原文件不受影响。",
        "Remove this document from the library? The file itself stays.",
    ),
    "list.confirm_button": ("确认移除", "Remove it"),
    "list.removed": ("已移除：{title}", "Removed: {title}"),
    "list.previous": ("上一页", "Previous"),
    "list.next": ("下一页", "Next"),
    "list.page": ("第 {page} / {pages} 页", "Page {page} of {pages}"),
    "list.pages": ("翻页", "Pages"),
}

SAMPLE_QUESTIONS = (
    "随迁子女入学需要居住证满几个月？",
    "课后服务一学期收费多少钱？",
    "乡村教师生活补助每月多少元？",
    "小学生每天的书面作业不超过多长时间？",
    "学生可以把手机带进课堂吗？",
    "校园欺凌多久之内要启动调查？",
)
"""Everyday questions that the sample library answers."""


# 1 documents: Chinese has no plural, English takes the s off.
_SINGLE = re.compile(r"\b(1 (?:[a-z]+ )?(?:document|clause|segment|passage|file|remark))s\b")


def say(language: Language, name: str, /, **values: object) -> str:
    """Return the words called `name` in `language`, with `values` in their places."""
    said = WORDS[name][language == "en"].format(**values)
    return _SINGLE.sub(r"\1", said) if language == "en" else said


def language_of(asked: str | None) -> Language:
    """Return the language that a page address asks for; Chinese unless it is English."""
    return "en" if (asked or "").lower().split("-")[0] == "en" else "zh"
