"""Why a file was not read, in plain Chinese."""

_SAVE = "请打开后另存为 .docx 再添加"
_READING = (
    (r"the file is empty", "文件是空的，没有可以添加的内容。"),
    (r"found (.+) where a text was expected", "文件里不是文本（{0}），请先另存为 .txt 再添加。"),
    (
        r"the bytes are not a text",
        "认不出文件的文字编码，请用编辑器打开后另存为 UTF-8 编码再添加。",
    ),
    (
        r"the file holds (\d+) MB, at most (\d+) MB",
        "文件有 {0} MB，最大 {1} MB。请拆成单份文件再添加。",
    ),
    (
        r"the text has ([\d,]+) characters in ([\d,]+) lines",
        "文字太长（{0} 字，{1} 行），请拆成单份文件再添加。",
    ),
    (r"no reader for a file without extension", "文件没有扩展名，请改名为 .txt 再添加。"),
    (r"no reader for (\S+): expected one of (.+);", "暂不支持 {0} 文件，请使用 {1}。"),
    (r"there is no such file", "文件已经不在了，请检查路径。"),
    (r"cannot be opened \((.+?)\): check its rights", "文件打不开（{0}），请检查读取权限。"),
    (
        r"^reading took longer than (\d+) s",
        "读取超过 {0} 秒，文件可能已损坏。请打开后另存一份再添加。",
    ),
    (r"^reading broke off", "读取中断，文件可能已损坏。请打开后另存一份再添加。"),
    (r"reading takes more memory", "读取这个文件占用内存过多，请拆分后再添加，或另存为 .txt。"),
    (r"process that reads documents does not start", "读取文件的程序没能启动，请重新安装有据。"),
)
_OFFICE = (
    (r"found (.+) where a document was expected", f"文件里不是文档（{{0}}），{_SAVE}。"),
    (
        r"(\S+) files are read through LibreOffice",
        "读取 {0} 文件需要 LibreOffice，本机没有。请安装它，或用 Word、WPS 另存为 .docx。",
    ),
    (
        r"document is protected by a password",
        "文档有密码保护，请在 Word 或 WPS 里去掉密码再添加。",
    ),
    (
        r"LibreOffice cannot open the file",
        "LibreOffice 打不开这个文件，它可能已损坏或有密码。请用 Word 或 WPS 另存为 .docx。",
    ),
    (r"LibreOffice does not start", "LibreOffice 没能启动，请重新安装它，或把文件另存为 .docx。"),
    (
        r"LibreOffice took longer than (\d+) s",
        "LibreOffice 转换超过 {0} 秒，请用 Word 或 WPS 另存为 .docx。",
    ),
    (
        r"the document holds pictures and no text",
        "文档里只有图片，没有文字。请另存为 .pdf，并安装文字识别组件后再添加。",
    ),
    (
        r"defines XML entities",
        "文件里有 Word 不会写出的 XML 实体，为安全起见没有读取。请重新保存。",
    ),
    (r"no Word document is in the file", f"文件里没有 Word 正文，{_SAVE}。"),
)
_PAGES = (
    (r"found (\d+) pages, at most (\d+) are read", "共有 {0} 页，最多读 {1} 页。请拆分后再添加。"),
    (
        r"found .+, which text recognition reads: (.+)$",
        "这是扫描件或图片，需要文字识别组件。请安装：{0}",
    ),
    (
        r"every page of the PDF is damaged|the PDF is damaged",
        "PDF 已损坏，请打开后重新打印成 PDF。",
    ),
    (r"the PDF opens with a password", "PDF 有密码，请去掉密码后再添加。"),
    (r"found no text in the picture", "图片里没有认出文字，请重拍一张清晰、端正的。"),
    (r"found no text on the pages", "PDF 的页面上没有文字，可能是空白页，请打开核对。"),
    (r"found nothing but links", "网页里只有链接，没有正文。请打开其中的文件页面再保存。"),
    (r"the picture has over (\d+) million", "图片超过 {0} 百万像素，请缩小后再添加。"),
    (r"the picture has (.+) pixels", "图片太大（{0} 像素），请缩小后再添加。"),
    (r"the picture is damaged", "图片已损坏或格式不支持，请打开后另存为 PNG。"),
    (r"text recognition does not start \((.+?)\)", "文字识别没能启动（{0}），请检查它的安装。"),
    (r"the page holds frames", "这个网页的正文在框架里，请添加框架中的网页。"),
    (r"the page holds no text", "网页里没有文字，可能要靠脚本显示。请在浏览器里打开后存为 .txt。"),
    (r"the web archive holds no page", "网页存档里没有网页，请重新保存网页，或存为 .txt。"),
)
_ARCHIVES = (
    (r"no document in this archive \(expected (.+)\)", "压缩包里没有能读的文件，支持 {0}。"),
    (r"archive within an archive", "压缩包层数太多，请先解压再添加。"),
    (r"the archive holds too many files", "压缩包里的文件太多，请拆分，或解压成文件夹再添加。"),
    (
        r"the archive unpacks to too much",
        "压缩包解压后太大，这个文件和后面的都没有读。请拆分后再添加。",
    ),
    (r"it is protected by a password: unpack", "压缩包有密码，请解压后再添加。"),
    (r"packed in an unusual way", "压缩方式不支持，请解压后再添加。"),
    (r"members of the archive share", "压缩包结构异常，请重新压缩后再添加。"),
    (r"it unpacks to more than (\d+) MB", "解压后超过 {0} MB，请拆成单份文件再添加。"),
    (r"it unpacks to more than (\d+) times", "解压后是原来的 {0} 倍以上，不像正常文件，没有读取。"),
    (r"the file is damaged", "文件已损坏，请重新下载，或打开后另存一份再添加。"),
)
_LISTING = (
    (r"it is empty: the first row names", "metadata.csv 是空的，第一行应写列名，其中要有“文件”。"),
    (r"it has no column 文件", "metadata.csv 没有“文件”这一列，请补上列名。"),
    (r"it is a link that leads out", "metadata.csv 是指向文件夹外的链接，请复制到文件夹里。"),
    (r"it is over (\d+) MB: split it by folder", "metadata.csv 超过 {0} MB，请按文件夹拆分。"),
    (r"line (\d+) is no row of a table", "metadata.csv 第 {0} 行不是表格的一行，已略过。"),
    (r"the column (.+) is not known", "metadata.csv 的列名{0}不认识，这一列没有使用。"),
    (r"the column (.+) says the same", "metadata.csv 的列{0}与另一列重复，只用前一列。"),
    (r"line (\d+) names no file", "metadata.csv 第 {0} 行没有写文件名，已略过。"),
    (r"line (\d+) names (.+) again", "metadata.csv 第 {0} 行的文件{1}前面已有，只用前一行。"),
    (r"line (\d+): there is no file (.+) in", "metadata.csv 第 {0} 行的文件{1}不在文件夹里。"),
    (r"line (\d+).*: (.+); this cell was passed over", "metadata.csv 第 {0} 行有一格没有使用：{1}"),
    (r"it has over (\d+) rows", "metadata.csv 超过 {0} 行，请按文件夹拆分。"),
)
READING = (*_READING, *_OFFICE, *_PAGES, *_ARCHIVES, *_LISTING)
