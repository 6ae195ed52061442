"""The words of asking and answering."""

WORDS: dict[str, tuple[str, str]] = {
    "ask.label": ("您想知道什么？", "What would you like to know?"),
    "ask.placeholder": (
        "用平常的话问，例如：随迁子女入学需要居住证满几个月？",
        "Ask in everyday words",
    ),
    "ask.button": ("提问", "Ask"),
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
    "source.cite": ("复制引用", "Copy the citation"),
    "source.cite_label": ("复制引用：{citation}", "Copy the citation {citation}"),
    "missing.whole": ("资料库的 {documents} 份文件", "the {documents} documents"),
    "missing.fitting": (
        "符合筛选条件的 {documents} 份文件",
        "the {documents} documents that fit the filters",
    ),
    "missing.widen": (
        "请放宽筛选条件，再问一次。",
        "Choose fewer filters, and ask again.",
    ),
    "missing.title": ("这些文件没有说到这件事", "The documents do not say"),
    "missing.body": (
        "在{where}里，没有找到能回答这个问题的原文。"
        "下面是意思最接近的条款，它们不是答案，仅供判断。",
        "No sentence of {where} answers this. "
        "The clauses below come nearest; they are not an answer.",
    ),
    "missing.nothing": (
        "在{where}里，没有找到与这个问题有关的条款。可以换一种说法，或添加相关文件。",
        "Nothing in {where} relates to this. "
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
    "empty.asked": (
        "资料库还是空的，没有文件可以查：请先添加政策文件，或载入示例资料。",
        "The library is empty: add policy documents first, or load the samples.",
    ),
    "empty.samples": ("载入示例资料", "Load the samples"),
    "empty.add": ("添加自己的文件", "Add documents"),
    # What a question is limited to.
    "filters.label": ("筛选", "Filters"),
    "filters.issuer": ("发文机关", "Issuer"),
    "filters.region": ("地区", "Region"),
    "filters.level": ("层级", "Level"),
    "filters.year": ("年份", "Year"),
    "filters.status": ("状态", "Status"),
    "filters.pair": ("{name}：{value}", "{name}: {value}"),
    "filters.any": ("不限", "Any"),
    "filters.superseded": ("包括已被替代或废止的文件", "Include replaced and repealed documents"),
    "filters.clear": ("清除筛选", "Clear the filters"),
    # A conversation.
    "turn.understood": ("理解为：{question}", "Understood as: {question}"),
    "turn.as_typed": ("按原话查找", "Ask it as typed"),
    "turn.filters": ("只查：{filters}", "Only: {filters}"),
    "turn.earlier": ("之前问过", "Asked before"),
    "turn.start_over": ("全部清除", "Clear all"),
    "turn.again": ("再问一次", "Ask again"),
    "turn.again_label": ("再问一次：{question}", "Ask again: {question}"),
    "turn.save.docx": ("存为 Word", "Save as Word"),
    "turn.save.md": ("存为 Markdown", "Save as Markdown"),
    "answer_file.typed": ("提问原话：{question}", "Asked as: {question}"),
    "answer_file.filters": ("筛选：{filters}", "Filters: {filters}"),
    "answer_file.basis": (
        "由有据于 {day} 从资料库的 {documents} 份文件中查找。引文与文件逐字一致，使用前请核对。",
        "Found by Youju on {day} in {documents} documents. Quotations are word for word; "
        "check the source before use.",
    ),
    # What people think of an answer.
    "opinion.question": ("这个回答有用吗？", "Was this answer useful?"),
    "opinion.up": ("有用", "Yes"),
    "opinion.down": ("没用", "No"),
    "opinion.kept": (
        "已记下。评价只存在资料库所在的电脑上，不会发到别处。",
        "Noted. It stays on the computer that holds the library.",
    ),
    "opinion.kept_remark": (
        "说明已保存，只存在资料库所在的电脑上。",
        "The remark is kept, on the computer that holds the library only.",
    ),
    "opinion.remark": (
        "补充说明（选填，最多 500 字）",
        "A remark, if you like (at most 500 characters)",
    ),
    "opinion.save": ("保存说明", "Save the remark"),
    # How an answer was found.
    "trail.label": ("查找过程", "How it was found"),
    "trail.waiting": ("正在整理……", "One moment…"),
    "trail.words": ("查找的字词", "Words looked for"),
    "trail.added": ("另加政策用语（权重 {weight}）：", "Words of policy added (weight {weight}):"),
    "trail.pairs": (
        "字词之外，还按相邻两个字匹配，并比较整句的意思。",
        "Pairs of neighbouring characters are matched too, and the meaning of the whole question.",
    ),
    "trail.by_words": ("只按字词，最前的条款（BM25 分）", "By words alone (BM25)"),
    "trail.by_meaning": ("只按意思，最前的条款（余弦相似度）", "By meaning alone (cosine)"),
    "trail.nothing": ("没有找到条款。", "No clause."),
    "trail.together": ("合并后的排序", "Both together"),
    "trail.clause": ("条款", "Clause"),
    "trail.found_by": ("依据", "Found by"),
    "trail.bm25": ("字词", "Words"),
    "trail.cosine": ("意思", "Meaning"),
    "trail.score": ("合并", "Total"),
    "trail.by.address": ("条号", "address"),
    "trail.by.number": ("文号", "number"),
    "trail.by.title": ("标题", "title"),
    "trail.by.words": ("字词", "words"),
    "trail.by.meaning": ("意思", "meaning"),
    "trail.by.both": ("两者", "both"),
    "trail.decision": ("是否作答", "The decision"),
    "trail.answered": (
        "把握 {confidence}，达到作答所需的 {threshold}，给出原文。",
        "Confidence {confidence}, at least the {threshold} that an answer needs.",
    ),
    "trail.unanswered": (
        "把握 {confidence}，低于作答所需的 {threshold}，不作答。",
        "Confidence {confidence}, below the {threshold} that an answer needs.",
    ),
    "trail.ms.encode": ("理解问题 {ms} 毫秒", "understanding {ms} ms"),
    "trail.ms.search": ("查找条款 {ms} 毫秒", "search {ms} ms"),
    "trail.ms.extract": ("摘取句子 {ms} 毫秒", "extraction {ms} ms"),
}
