"""Words that several screens share: pages, files to take away, what is told while they work."""

WORDS: dict[str, tuple[str, str]] = {
    "export.label": ("导出", "Export"),
    "export.format.xlsx": ("Excel", "Excel"),
    "export.format.docx": ("Word", "Word"),
    "export.format.csv": ("CSV", "CSV"),
    "export.format.md": ("Markdown", "Markdown"),
    "export.button_label": ("导出为 {format} 文件", "Export as {format}"),
    "pages.previous": ("上一页", "Previous"),
    "pages.next": ("下一页", "Next"),
    "pages.page": ("第 {page} / {pages} 页", "Page {page} of {pages}"),
    "pages.label": ("翻页", "Pages"),
}
