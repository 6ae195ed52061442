"""Errors in plain Chinese: the code base says them in English, in one line."""

import re
from collections.abc import Iterable

from corpus import YoujuError
from ui.reading_errors import READING
from ui.set_errors import EVALUATING, MISTAKES
from ui.strings import Language

_SEARCHING = (
    (r"the question is empty", "请先写下您的问题。"),
    (
        r"the question has (\d+) characters, at most (\d+)",
        "问题有 {0} 个字，最多读 {1} 个字。请一次问一件事，或者把长文作为文件添加到资料库。",
    ),
    (r"^no document with an id", "这份文件已经不在资料库里了，请刷新页面。"),
    (
        r"^the filter has (\d+) characters, at most (\d+)",
        "筛选条件有 {0} 个字，最多 {1} 个字，请从列表里选择。",
    ),
    (
        r"^the remark has (\d+) characters, at most (\d+)",
        "说明有 {0} 个字，最多 {1} 个字，请写短一些。",
    ),
    (
        r"^(\d+) opinions are kept already",
        "评价已满 {0} 条，这一条没有保存。请先导出，再移走资料库文件夹里的 feedback.db。",
    ),
    (
        r"the feedback cannot be kept or read \((.+?)\)",
        "评价没有保存（{0}），请检查磁盘和资料库文件夹的权限。",
    ),
)
_ADDRESSED = (
    (r"^the address names '(.*)', which is not here", "网址里写的“{0}”这里没有，请检查网址。"),
    (
        r"^the address holds (\d+) characters at once, at most (\d+)",
        "网址里有一项长 {0} 个字，最多 {1} 个字，请直接在页面上填写。",
    ),
    (r"^the document has no clause", "网址里的条款不在这份文件里，请检查网址。"),
    (
        r"^the address names a document that is not in the library",
        "网址所指的文件不在资料库里：可能已经移除，或者网址来自另一个资料库。"
        "请到“资料库”按标题查找。",
    ),
)
_TRACING = (
    (r"no requirement found, expected one a line or a row", "文件里没有找到要求，应每行写一条。"),
    (r"no requirement found", "请先写下要查依据的要求，每行一条。"),
    (r"(\d+) requirements, at most (\d+)", "共有 {0} 条要求，一次最多查 {1} 条，请分几次查。"),
    (
        r"the list has (\d+) characters, at most (\d+)",
        "共有 {0} 个字，最多读 {1} 个字，请分几次查。",
    ),
    (r"found (.+), expected a list as (.+)$", "不能读取 {0} 文件，清单请用 {1}。"),
    (r"a (?:table|sheet) of (?:over )?(\d+) rows", "表格有 {0} 行以上，请拆分后再上传。"),
    (r"a workbook of (\d+) MB unpacked", "工作簿解压后有 {0} MB，请拆分后再上传。"),
    (r"not a workbook of Excel", "不是 Excel 工作簿，请另存为 .xlsx 再上传。"),
    (r"a damaged workbook", "工作簿已损坏，请用 Excel 打开后另存一份再上传。"),
    (r"not a table of comma-separated values", "不是用逗号分隔的表格，请另存为 .csv 再上传。"),
)
_TABLES = (
    (
        r"the table has (\d+) rows, (\S+) takes (\d+)",
        "表格有 {0} 行，{1} 文件最多 {2} 行，请导出为 CSV。",
    ),
    (r"cannot be written \((.+?)\): close it", "文件写不了（{0}），请检查磁盘空间。"),
)
_COMPARING = (
    (r"^no document is called '(.*)'; name one", "资料库里没有叫“{0}”的文件，请从列表里选择。"),
    (r"^(\d+) documents are called '(.*)'", "有 {0} 份文件叫“{1}”，请从列表里选择一份。"),
    (r"^(《.+》) is the only version here", "{0}在资料库里只有一个版本。"),
    (r"^both are the same document", "两边是同一份文件，请换一份。"),
    (
        r"^the draft has ([\d,]+) characters, at most ([\d,]+)",
        "文稿有 {0} 个字，最多核对 {1} 个字，请分几次核对。",
    ),
    (
        r"^the draft cites and quotes ([\d,]+) times, at most ([\d,]+)",
        "文稿里有 {0} 处引用，最多核对 {1} 处，请分几次核对。",
    ),
)
_ADDING = (
    (
        r"^this account asks and reads only",
        "您的账号只能提问和阅读。添加、修改和移除文件，请找编辑或管理员。",
    ),
    (
        r"as a collection, expected 1 to (\d+) letters",
        "文件集的名称应为 1 到 {0} 个字、字母或数字，可用 _ . -",
    ),
    (
        r"^found (\d+) files, at most (\d+) are added at once",
        "一次最多添加 {1} 个文件，这次有 {0} 个：请分几次添加。",
    ),
    (r"^over (\d+) files are waiting", "排队等候添加的文件超过 {0} 个，请等前面的添加完再试。"),
    (
        r"^the work broke off",
        "中断了，已经做好的都在。请再试一次；还不行，请看程序窗口里的报告。",
    ),
)
_SYNONYMS = (
    (r"^(.+) stands in a line above: put its words", "{0}在前面的行里已有，请写在同一行。"),
    (r"^over (\d+) pairs", "超过 {0} 对，请删去一些。"),
    (
        r"^found (.+), expected an everyday word, a tab",
        "{0}不是一对词，应为：日常说法、制表符（Tab）、政策用语。",
    ),
    (
        r"^(.+) has (\d+) words of policy, expected (\d+) to (\d+)",
        "{0}有 {1} 个政策用语，应为 {2} 到 {3} 个。",
    ),
    (
        r"^(.+) cannot be a word here, expected (\d+) to (\d+)",
        "{0}不能用作词语，应为 {1} 到 {2} 个字。",
    ),
    (r"(\d+) bytes, at most (\d+): split the table", "文件有 {0} 字节，最大 {1}，请删减。"),
    (r"the table is not UTF-8 text", "文件不是 UTF-8 编码，请另存为 UTF-8。"),
    (r"the table cannot be read \((.+?)\)", "文件读不了（{0}），请检查读取权限。"),
    (r"^there is no pair for (.+): see", "没有{0}这一对词。"),
    (r"^the program's own table holds (.+): add a pair", "{0}是内置的，添加同名的一对就会替换它。"),
)
_KEEPING = (
    (r"disk is full or cannot be written", "磁盘已满或不能写入，资料库没有改动。请腾出空间再试。"),
    (r"being written by another program", "另一个程序正在写入资料库，请稍等再试。"),
    (r"is not a library database", "资料库文件已损坏，请用备份恢复。"),
    (r"cannot be opened for writing", "资料库文件夹不能写入，请检查权限。"),
    (
        r"was built with the encoder (.+?), not (.+?):",
        "资料库是用模型 {0} 建立的，现在用的是 {1}。请换回原来的模型启动。",
    ),
    (
        r"was built with (.+?), the default of an earlier version: .+; or (.+ reencode .+)$",
        "资料库是用旧版的默认模型 {0} 建立的，这个模型现在打不开。可以重建语义索引：{1}",
    ),
    (
        r"^(.*(?:(?:prepared|default|the) encoder |encoder weights|the model |"
        r"has sha256 |needs onnx).*)$",
        "语义模型打不开，目前只能按字词查找。程序报告：{0}",
    ),
)
_SERVER = (
    (
        r"there is no Milvus server",
        "连不上放索引的 Milvus 服务器，请管理员启动。已写入的都在。",
    ),
    (r"no answer in (\d+) seconds", "Milvus 服务器 {0} 秒没有回应，请稍后再试。"),
    (
        r"the server wants another name and password",
        "Milvus 服务器不认这个账号，请管理员检查。",
    ),
    (r"^milvus://", "Milvus 服务器不能用，请管理员看程序窗口里的报告。"),
)
# The first row that fits is said.
_PLAIN = (
    *_SERVER,
    *(
        *_ADDRESSED,
        *EVALUATING,
        *_SEARCHING,
        *_TRACING,
        *_TABLES,
        *_COMPARING,
        *_SYNONYMS,
        *_KEEPING,
        *_ADDING,
    ),
    *READING,
)


def explain(error: YoujuError | str, language: Language) -> str:
    """Return one plain line for an error; an unknown one keeps its own words.

    `error` is an exception, or the line of a file that was not added.
    """
    return _said(str(error), _PLAIN, language)


def explain_mistake(said: str, language: Language) -> str:
    """Return one plain line for what is wrong in a line of a question set."""
    return _said(said, (*MISTAKES, *_PLAIN), language)


def _said(line: str, table: Iterable[tuple[str, str]], language: Language) -> str:
    if language == "en":
        return line
    for pattern, plain in table:
        match = re.search(pattern, line)
        if match:
            return plain.format(*match.groups())
    return f"程序报告：{line}"
