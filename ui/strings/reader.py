"""The words of the reader."""

WORDS: dict[str, tuple[str, str]] = {
    "reader.label": ("原文", "Document"),
    "reader.back": ("返回", "Back"),
    "reader.contents": ("目录", "Contents"),
    "reader.file": ("文件：{name}", "File: {name}"),
    "reader.shortened": (
        "文件很长，这里只显示第 {start} 到第 {end} 个字。",
        "A very long document: characters {start} to {end} are shown.",
    ),
    "reader.here": ("回到所引条款", "Back to the clause"),
}
