"""The frame of the page, in Chinese and in English."""

WORDS: dict[str, tuple[str, str]] = {
    "title": ("有据", "Youju"),
    "tagline": ("每一句回答，都有原文为证", "Every answer, word for word from the source"),
    "other_language": ("English", "中文"),
    "tab.ask": ("问答", "Ask"),
    "tab.library": ("资料库", "Library"),
    "notice.searching": ("正在查找原文……", "Searching…"),
    "notice.title": ("没有完成", "Not done"),
    "notice.again": ("没有完成，请再试一次。", "This was not done: try again."),
    "notice.busy": (
        "现在问的人很多，请稍等片刻，再试一次。",
        "Many people are asking just now: wait a moment, and try again.",
    ),
    "notice.lost": (
        "和有据的连接断开了，正在重新连接。一直连不上，请看看有据是否还在运行。",
        "The connection to Youju was lost; trying to connect again. If that takes long, see "
        "whether Youju still runs.",
    ),
    "notice.failed": (
        "刚才的操作没有完成，请再试一次；还是不行，请刷新页面。",
        "What you asked for was not done: try again, or else reload the page.",
    ),
    "notice.complete": ("已完成", "Done"),
    "footer.local": (
        "只在运行有据的电脑上处理，不联网，文件不会外传。",
        "All is done on the computer that runs Youju; nothing is sent anywhere.",
    ),
    "footer.samples": (
        "资料库里有示例文件：其中的省、市、县和数字都是虚构的，不能作为办事依据。",
        "The library holds sample documents: their places and figures are invented.",
    ),
}
