"""The words of the library."""

WORDS: dict[str, tuple[str, str]] = {
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
