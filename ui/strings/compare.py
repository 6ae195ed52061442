"""The words of comparing documents."""

WORDS: dict[str, tuple[str, str]] = {
    "tab.compare": ("对比", "Compare"),
    "compare.empty": (
        "先添加政策文件，才能对比它们的说法。",
        "Add policy documents first; then what they say can be compared.",
    ),
    # A topic across documents.
    "topic.tab": ("一个主题", "A topic"),
    "topic.label": ("想对比什么？", "Compare what?"),
    "topic.placeholder": (
        "一件事，例如：普惠性幼儿园覆盖率",
        "One matter, for example 普惠性幼儿园覆盖率",
    ),
    "topic.button": ("对比", "Compare"),
    "topic.hint": (
        "看每份文件怎么说同一件事：数字、期限和牵头单位并列，不一样的会标出来。",
        "What each document says on one matter: figures, deadlines and lead units side by side, "
        "with what differs marked.",
    ),
    "topic.choose": ("请先写下想对比什么。", "Write what to compare first."),
    "topic.result": ("各文件怎么说", "What the documents say"),
    "topic.summary.rows": ("{count} 份文件写到", "{count} documents say"),
    "topic.summary.unanswered": (
        "{count} 份提到但没有写出所问的内容",
        "{count} mention it without what is asked",
    ),
    "topic.summary.close": ("{count} 份可能换了说法", "{count} may say it in other words"),
    "topic.summary.unmentioned": ("{count} 份没有提到", "{count} do not mention it"),
    "topic.nothing": (
        "没有文件写到这件事。可以换一种说法，或添加相关文件。",
        "No document speaks of this. Try other words, or add the document that would.",
    ),
    "topic.beside": ("并列比较", "Side by side"),
    "topic.beside_note": (
        "标出的是与多数文件不同的地方；没有多数时，不相同的都标出。",
        "Marked is what differs from most documents, or from any where no two agree.",
    ),
    "topic.document": ("文件", "Document"),
    "topic.deadline": ("期限", "Deadline"),
    "topic.lead": ("牵头单位", "Lead unit"),
    "topic.unnamed": ("数字（{unit}）", "Figure ({unit})"),
    "topic.ratio": ("比", "ratio"),
    "topic.unsaid": ("没有写", "not said"),
    "topic.elsewhere": ("另见原文", "see its words"),
    "topic.elsewhere_note": (
        "“另见原文”：这份文件写了单位相同的数字，但说法不同或写在别处，没有归入这一列。",
        "“See its words”: the document gives figures in the same unit under another name or in "
        "another place, which are not in this column.",
    ),
    "topic.further": ("另有 {count} 列数字", "{count} more columns of figures"),
    "topic.differs": ("与多数不同：", "differs: "),
    "topic.apart": (
        "各文件用的指标名称不同，是不是同一口径请看原文。",
        "The documents name this in several ways; see whether they count alike.",
    ),
    "topic.about": ("约 ", "about "),
    "topic.up": ("增加 ", "up by "),
    "topic.down": ("减少 ", "down by "),
    "topic.left_empty": ("原文此处为空", "left empty in the source"),
    "topic.quotes": ("原文", "In their own words"),
    "topic.no_level": ("层级不明", "level unknown"),
    "topic.units.lead": ("牵头：{units}", "Led by {units}"),
    "topic.units.responsible": ("责任：{units}", "Carried out by {units}"),
    "topic.units.support": ("配合：{units}", "Supported by {units}"),
    "topic.also": ("另见：", "See also: "),
    "topic.here": ("本条另一处", "elsewhere in this clause"),
    "topic.other": ("{number}. {where}“{begins}”", "{number}. {where}: “{begins}”"),
    "topic.other_label": ("{name}，打开原文：{citation}", "{name}, open {citation}"),
    "topic.silent.unanswered": ("提到但没有写出所问的内容", "Mention it without what is asked"),
    "topic.silent.close": ("可能换了说法", "May say it in other words"),
    "topic.silent.unmentioned": ("没有提到", "Do not mention it"),
    "topic.silent": ("没有列入对照的文件", "Documents that are not compared"),
    "topic.places": (
        "只比较了您写到的地方的文件：{places}",
        "Only documents of these places are compared: {places}",
    ),
    "topic.unknown": (
        "资料库里没有出现 {words}，下面只是相近的内容。",
        "The library holds no {words}; what follows is only near it.",
    ),
    "topic.doubtful": (
        "下面的内容与主题只是相近，未必真的写到，请看原文。",
        "What follows is near the topic and may be about something else: see the documents.",
    ),
    "topic.cut": (
        "涉及的文件很多，没有逐一查看：列为“没有提到”的也可能写到。",
        "Too many documents to look at each: some that are listed as silent may yet say it.",
    ),
    # Stands within a sentence of a table, which is Chinese.
    "export.switch": ("勾选“{name}”", "勾选“{name}”"),
    # Two documents.
    "two.tab": ("两份文件", "Two documents"),
    "two.old": ("前一份", "First"),
    "two.new": ("后一份", "Second"),
    "two.button": ("逐条对比", "Compare"),
    "two.hint": (
        "逐条对比：增加、删去、修改的字和移动了的条款；只是标点、空格、繁简或编号样式不同的不算。",
        "Clause by clause: what was added, removed, reworded or moved. Differences of punctuation, "
        "spacing, script or numbering alone do not count.",
    ),
    "two.many": (
        "列表里是最近添加的 {most} 份文件；其他文件可以直接输入标题。",
        "Listed are the {most} latest documents; type the title of any other.",
    ),
    "two.choose": ("请先选择两份文件。", "Choose two documents first."),
    "two.one": (
        "资料库里只有一份文件，再添加一份就可以对比。",
        "The library holds one document; add another to compare them.",
    ),
    # Two versions.
    "versions.tab": ("两个版本", "Two versions"),
    "versions.label": ("哪份文件的新旧版本", "Versions of"),
    "versions.none": (
        "资料库里没有同一份文件的两个版本。添加修订前后的文件后，可以在这里看改了什么。",
        "No document here has two versions. Add the one before or after a revision to see "
        "what changed.",
    ),
    "versions.choose": ("请先选择一份文件。", "Choose a document first."),
    # What changed.
    "changes.result": ("逐条对比", "Clause by clause"),
    "changes.old": ("旧", "Old"),
    "changes.new": ("新", "New"),
    "changes.first": ("前一份", "First"),
    "changes.second": ("后一份", "Second"),
    "changes.other_works": (
        "这是两份不同的文件，按内容对应，条号和顺序不作比较。",
        "Two different documents: clauses are matched by what they say, not by number or order.",
    ),
    "changes.backwards": (
        "前一份的日期比后一份晚，可能选反了。",
        "The first has the later date: they may be the wrong way round.",
    ),
    "changes.renewed": ("{field}：{old} → {new}", "{field}: {old} → {new}"),
    "changes.unstated": ("没有写", "not stated"),
    "changes.none": ("没有实质变化。", "Nothing of substance changed."),
    "changes.unchanged": (
        "{count} 条相同",
        "{count} clauses are the same",
    ),
    "changes.kind.added": ("新增", "Added"),
    "changes.kind.removed": ("删去", "Removed"),
    "changes.kind.changed": ("修改", "Changed"),
    "changes.kind.moved": ("移动", "Moved"),
    "changes.kind.moved_changed": ("移动并修改", "Moved and changed"),
    "changes.other.added": ("只有后一份有", "Only in the second"),
    "changes.other.removed": ("只有前一份有", "Only in the first"),
    "changes.other.changed": ("对应但不同", "Matched, differs"),
    "changes.count": ("{kind} {count} 条", "{kind}: {count}"),
    "changes.figures": ("数字", "Figures"),
    "changes.body": ("正文", "Body"),
    "changes.deleted": ("删去：", "removed: "),
    "changes.inserted": ("增加：", "added: "),
    "changes.same_there": ("文字相同", "the same words"),
    "field.title": ("标题", "Title"),
    "field.number": ("文号", "Number"),
    "field.date": ("成文日期", "Date"),
    "field.published": ("发布日期", "Published"),
    "field.effective": ("施行日期", "In force from"),
    "field.status": ("状态", "Status"),
    "field.issuer": ("发文机关", "Issuer"),
}
