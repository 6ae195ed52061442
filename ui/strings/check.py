"""The words of checking a draft."""

WORDS: dict[str, tuple[str, str]] = {
    "tab.check": ("核对", "Check"),
    "check.label": ("要核对的文稿", "The draft to check"),
    "check.placeholder": (
        "把文稿粘贴到这里：里面写到的文件、条款、文号和引用的原文，会逐一与资料库核对。",
        "Paste a draft: every document, clause, number and quotation in it is looked up.",
    ),
    "check.button": ("核对", "Check"),
    "check.upload": ("上传文稿", "Upload a draft"),
    "check.hint": (
        "文稿可以是 Word、PDF、网页、文本或扫描件；只用来核对，不会加入资料库。",
        "A draft may be Word, PDF, a web page, text or a scan; it is not added to the library.",
    ),
    "check.empty": (
        "先添加政策文件，才能核对文稿里的引用。",
        "Add policy documents first; then a draft can be checked against them.",
    ),
    "check.blank": ("请先粘贴或上传文稿。", "Paste or upload a draft first."),
    "check.result": ("核对结果", "What was found"),
    "check.count": ("共 {count} 处引用", "References: {count}"),
    "check.nothing": (
        "没有找到引用文件、条款或原文的地方。",
        "The draft cites no document, clause or words.",
    ),
    "check.said.verified": ("一致", "The same"),
    "check.said.uncompared": ("存在但内容未核对", "Exists, not compared"),
    "check.said.uncompared.clause": (
        "条款存在，正文未引原文，内容未核对",
        "the clause exists; nothing is quoted, so what is said of it was not compared",
    ),
    "check.said.uncompared.document": (
        "文件存在，正文未引原文，内容未核对",
        "the document exists; nothing is quoted, so what is said of it was not compared",
    ),
    "check.said.altered": ("有出入", "Differs"),
    "check.said.missing": ("未找到", "Not found"),
    "check.said.replaced": ("已失效", "No longer in force"),
    "check.draft": ("文稿：", "draft: "),
    "check.source": ("原文：", "source: "),
}
