"""What is wrong with a question set, and why it cannot be evaluated, in plain Chinese.

The first row that fits is said.
"""

_GOLD = (
    (
        r"no document is called “(.+?)”, expected .+; nearest: none$",
        "资料库里没有叫“{0}”的文件，请先添加。",
    ),
    (
        r"no document is called “(.+?)”, expected .+; nearest: (.+)$",
        "资料库里没有叫“{0}”的文件。请先添加，或者改成资料库里的标题，相近的有：{1}。",
    ),
    (
        r"(\d+) documents are called “(.+?)”, expected one of: (.+)$",
        "有 {0} 份文件叫“{1}”，请写明是哪一份：{2}。",
    ),
    (r"“(.+)” stands 0 times in", "文件里没有“{0}”这句话，请照原文写。"),
    (
        r"“(.+)” stands (\d+) times in",
        "“{0}”在文件里出现 {1} 次，请多引几个字，或写明是第几处。",
    ),
    (r"(\S+) stands 0 times in", "文件里没有{0}，请核对条款号。"),
    (r"(\S+) stands (\d+) times in", "{0}在文件里有 {1} 处，请写完整的条款号。"),
    (r"“(.+)” runs past the end of (.+): shorten", "“{0}”超出了{1}，请引短一些。"),
    (r"“(.+)” is a document alone", "只写了文件“{0}”，请写明是哪一条，或引一句原文。"),
    (r"no document has the clause (\S+):", "资料库里没有编号为 {0} 的条款，请写文件标题和条款号。"),
    (r"“(.+)” has (\d+) clauses, none is (\S+)", "“{0}”只有 {1} 段，没有编号 {2}。"),
    (r"(\S+) is a clause of “(.+)”, not of “(.+)”", "{0} 是“{1}”的条款，不是“{2}”的。"),
)
_ROWS = (
    (r"^no question: expected what is asked", "没有写问题。"),
    (r"^no question: expected one a line", "文件里没有问题，应每行一题。"),
    (
        r"holds (\d+) drafts and no question",
        "{0} 道题都还是草稿：请先在“标注题目”里核对并采用；用文件的，清空可用各行的“草稿”列。",
    ),
    (r"(.+) stands in line (\d+) already", "与第 {1} 行重复：{0}"),
    (r"unknown field (.+?): expected (.+)$", "不认识的字段 {0}，可用的有 {1}。"),
    (r"^the column (.+) is not known: expected (.+)$", "不认识的列名{0}，可用的有 {1}。"),
    (r"^(\d+) columns for (.+?) \(", "“{1}”有 {0} 列，请只留一列。"),
    (r"^(.+) stands beside the table", "{0}上面没有列名。"),
    (r"no place: expected one of", "没有写出处：请写条款号，或引一句原文。"),
    (r"occurrence without a quote", "写了第几处，却没有引文或条款号。"),
    (r"^answerable, but no gold", "标为有答案，却没有写出处。"),
    (r"^not answerable, but with gold", "标为没有答案，却写了出处。"),
    (r"^not answerable: expected null", "没有答案的题不应有重合度。"),
    (r"^not JSON", "这一行不是 JSON。"),
    (r"expected an object(?: or a text)?, found (.+)$", "这里应是一个对象，现在是 {0}。"),
    (r"begins like JSON, but is none", "出处开头像 JSON，但不是。"),
    (r"^not a row of comma-separated", "从这一行起不是用逗号分隔的表格。"),
    (r"holds a formula: put its value", "单元格里是公式，请换成它的值。"),
    (r"holds the error (\S+):", "单元格里是错误值 {0}，请改正。"),
    (r"which has the same id: expected one", "编号相同的几行，问题应当相同。"),
    (r"^found (.+), expected a first row of column names", "第一行应是列名，其中要有“问题”。"),
    (r"is empty: expected a first row", "表格是空的，第一行应是列名，其中要有“问题”。"),
    (r"holds questions in (\d+) sheets", "有 {0} 张工作表都有问题，请只留一张。"),
    (r"holds over (\d+) rows: split", "表格超过 {0} 行，请拆分。"),
    (r"(\d+) questions, at most (\d+): split", "共有 {0} 题，最多 {1} 题，请拆分。"),
    (r"is not UTF-8 text", "文件不是 UTF-8 编码，请另存为 UTF-8。"),
    (
        r"^found (.+), expected \.jsonl, \.csv",
        "不能读取 {0} 文件，题集请用 .jsonl、.csv 或 .xlsx。",
    ),
    (r"is not a workbook of Excel", "不是 Excel 工作簿，请另存为 .xlsx 再上传。"),
    (r"is a damaged workbook", "工作簿已损坏，请用 Excel 打开后另存一份再上传。"),
    (r"(?:^|: )(\w+) is (.+): expected (.+)$", "{0} 的值 {1} 不对，应为 {2}。"),
)
EVALUATING = (
    (
        r"^this account asks and reads only: an editor evaluates",
        "您的账号只能提问和阅读。评测和标注，请找编辑或管理员。",
    ),
    (r"^(.+) is being evaluated: wait", "正在评测“{0}”，请等它结束，或先停止。"),
    (r"is empty: add documents with", "资料库是空的，请先添加文件。"),
    (
        r"^the configuration (\S+) compares meanings, and .+ has no vectors",
        "配置 {0} 要用语义索引，请先在“资料库”里建立。",
    ),
    (
        r"^the configuration (\S+) asks for the encoder (\S+),",
        "配置 {0} 要用模型 {1}，与这个资料库的不同，请用命令行评测。",
    ),
    (r"^the configuration (\S+): (.+)$", "配置 {0} 用不了：{1}"),
    (r"^unknown configuration '(.+)', expected", "没有叫 {0} 的配置。"),
    (
        r"^found (.+) as the name of a set, expected 1 to (\d+)",
        "题集的名称应为 1 到 {1} 个字、字母或数字，不能是{0}。",
    ),
    (r"^another question of the set has these words", "题集里已有一样的问题，请换个说法。"),
    (r"^the question is no longer in the set", "这道题已经不在题集里了，请重新打开题集。"),
    (r"^the set has (\d+) questions, at most (\d+)", "题集最多 {1} 题，请另开一个。"),
    (r"^(\d+) sets are kept already", "已有 {0} 个题集，请先删去一个。"),
    (
        r"a question of (.+) is damaged: restore",
        "题集“{0}”里有一题已损坏，请用备份恢复。",
    ),
    (
        r"the question sets cannot be kept or read \((.+?)\)",
        "题集没有保存（{0}），请检查磁盘和资料库文件夹的权限。",
    ),
    (
        r"was changed while the questions were asked",
        "评测时资料库有改动，结果不能用，请再测一次。",
    ),
    (r"^nothing is marked", "没有选中文字，请在段落里选几个字。"),
    (r"^found (.+) as a kind, expected", "没有{0}这个类型。"),
)
MISTAKES = (*_GOLD, *_ROWS)
"""Of the lines of a question set; too broad for other messages."""
