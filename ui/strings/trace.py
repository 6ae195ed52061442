"""The words of tracing requirements to the clauses behind them."""

WORDS: dict[str, tuple[str, str]] = {
    "tab.trace": ("条款溯源", "Trace"),
    "trace.label": ("要查依据的要求", "Requirements to trace"),
    "trace.placeholder": (
        "每行写一条要求，例如：\n校长每周陪餐不少于 3 次\n到 2027 年普惠性幼儿园覆盖率达到 90%",
        "One requirement a line",
    ),
    "trace.button": ("查找依据", "Trace"),
    "trace.upload": ("上传清单", "Upload a list"),
    "trace.hint": (
        "清单可以是 Excel、Word、文本、CSV 或 Markdown 文件，一次最多 {most} 条；标题行会略过。"
        "{shared} 字以内的要求会写进网址，复制网址就能转给同事。",
        "A list may be an Excel, Word, text, CSV or Markdown file of up to {most} requirements; "
        "headings are passed over. What is written here, up to {shared} characters, is in the "
        "page's address, which can be shared.",
    ),
    "trace.empty": (
        "先添加政策文件，才能查找每条要求的依据。",
        "Add policy documents first; then each requirement is traced to its clauses.",
    ),
    "trace.progress": ("正在查找 {done}/{total}", "Tracing {done}/{total}"),
    "trace.cancel": ("停止", "Stop"),
    "trace.stopped": (
        "已停止，只查了前 {done} 条。",
        "Stopped: only the first {done} requirements were traced.",
    ),
    "trace.result": ("对照结果", "Results"),
    "trace.count.all": ("共 {count} 条", "{count} requirements"),
    "trace.count.stated": ("有依据 {count}", "{count} stated"),
    "trace.count.related": ("只有相关条款 {count}", "{count} only related"),
    "trace.count.not_found": ("未找到依据 {count}", "{count} not found"),
    "trace.count.untraced": ("未查 {count}", "{count} passed over"),
    "trace.count.accepted": ("已采用 {count} 处", "{count} accepted"),
    "trace.count.rejected": (
        "不采用 {count} 处，导出时略去",
        "{count} rejected and left out of the table",
    ),
    "trace.left_out": (
        "资料库里有 {count} 份文件已被替代或废止，没有用来查找。",
        "Left out, as replaced or repealed: {count} documents.",
    ),
    "trace.strength.verbatim": ("原文一致", "Word for word"),
    "trace.strength.equivalent": ("表述不同、要求相同", "Same, in other words"),
    "trace.strength.related": ("相关但有差异", "Related, differs"),
    "trace.status.not_found": ("未找到依据", "Not found"),
    "trace.status.heading": ("标题，不查", "Heading, passed over"),
    "trace.status.overlong": (
        "超过 1000 字，没有查；请分成几条",
        "Over 1000 characters, not traced: split it",
    ),
    "trace.requirement": ("要求 {n}", "Requirement {n}"),
    "trace.matches": ("依据", "Clauses"),
    "trace.more_related": (
        "再看 {count} 处相关条款",
        "Show {count} more related clauses",
    ),
    "trace.more": (
        "还有 {count} 处没有列出，把要求写得更具体可以减少",
        "Not listed: {count} more; a more specific requirement has fewer",
    ),
    "trace.level": ("{level}级", "{level}级"),
    "trace.no_status": ("状态不明", "status unknown"),
    "trace.open_label": ("打开原文：{citation}", "Open {citation}"),
    "trace.accept": ("采用", "Accept"),
    "trace.accept_label": ("采用：{citation}", "Accept {citation}"),
    "trace.reject": ("不采用", "Reject"),
    "trace.reject_label": ("不采用：{citation}", "Reject {citation}"),
    "trace.kind.figure": ("数值", "Figure"),
    "trace.kind.deadline": ("期限", "Deadline"),
    "trace.kind.rate": ("频次", "How often"),
    "trace.kind.duty": ("义务", "Duty"),
    "trace.kind.scope": ("对象", "For whom"),
    "trace.kind.degree": ("程度", "How firmly"),
    "trace.about": ("{kind}（{about}）", "{kind} ({about})"),
    "trace.differs": (
        "{what}：要求 {here}，条款 {there}",
        "{what}: required {here}, clause {there}",
    ),
    "trace.unsaid": ("{what}：要求 {here}，条款没有写", "{what}: required {here}, clause has none"),
    "trace.only_there": ("{what}：条款写的是“{there}”", "{what}: the clause says “{there}”"),
    "trace.lacking": ("条款里没有：{here}", "Not in the clause: {here}"),
    "trace.unsure": (
        "用词相近，但不能确认要求相同",
        "Similar words, but it may ask for something else",
    ),
    "trace.review": ("核对", "Review"),
    "trace.accepted": ("采用", "accepted"),
}
