"""Errors in plain Chinese: the code base says them in English, in one line."""

import re

from corpus import YoujuError
from ui.strings import Language

_PLAIN: tuple[tuple[str, str], ...] = (
    (r"the question is empty", "请先写下您的问题。"),
    (
        r"the question has (\d+) characters, at most (\d+)",
        "问题有 {0} 个字，最多读 {1} 个字。请一次问一件事，或者把长文作为文件添加到资料库。",
    ),
    (r"the file is empty", "文件是空的，没有可以添加的内容。"),
    (
        r"found (.+) where a text was expected",
        "文件里不是文本（{0}），请先另存为 .txt 再添加。",
    ),
    (
        r"the bytes are not a text",
        "认不出文件的文字编码，请用编辑器打开后另存为 UTF-8 编码再添加。",
    ),
    (
        r"the file holds (\d+) MB, at most (\d+) MB",
        "文件有 {0} MB，最大 {1} MB。请拆成单份文件再添加。",
    ),
    (r"no reader for (\S+): expected one of (.+);", "暂不支持 {0} 文件，请使用 {1}。"),
    (r"no reader for a file without extension", "文件没有扩展名，请改名为 .txt 再添加。"),
    (r"cannot be read \((.+?)\)", "文件读不出来（{0}），请检查它是否还在、能否打开。"),
    (r"^no document with an id", "这份文件已经不在资料库里了，请刷新页面。"),
    (r"disk is full or cannot be written", "磁盘已满或不能写入，资料库没有改动。请腾出空间再试。"),
    (r"being written by another program", "另一个程序正在写入资料库，请稍等再试。"),
    (r"is not a library database", "资料库文件已损坏，请用备份恢复。"),
    (r"cannot be opened for writing", "资料库文件夹不能写入，请检查权限。"),
    (
        r"was built with the encoder (.+?), not (.+?):",
        "资料库是用模型 {0} 建立的，现在用的是 {1}。请换回原来的模型启动。",
    ),
    (
        r"^(.*(?:encoder weights|prepared encoder|the model ).*)$",
        "语义模型打不开，目前只能按字词查找。程序报告：{0}",
    ),
)


def explain(error: YoujuError | str, language: Language) -> str:
    """Return one plain line for an error; an unknown one keeps its own words.

    `error` is an exception, or the line of a file that was not added.
    """
    line = str(error)
    if language == "en":
        return line
    for pattern, plain in _PLAIN:
        match = re.search(pattern, line)
        if match:
            return plain.format(*match.groups())
    return f"程序报告：{line}"
