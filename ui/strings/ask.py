"""The words of asking and answering."""

WORDS: dict[str, tuple[str, str]] = {
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
}
