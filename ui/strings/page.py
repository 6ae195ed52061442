"""The frame of the page, in Chinese and in English."""

WORDS: dict[str, tuple[str, str]] = {
    "title": ("有据", "Youju"),
    "tagline": ("每一句回答，都有原文为证", "Every answer, word for word from the source"),
    "other_language": ("English", "中文"),
    "tab.ask": ("问答", "Ask"),
    "tab.library": ("资料库", "Library"),
    "footer.local": (
        "只在运行有据的电脑上处理，不联网，文件不会外传。",
        "All is done on the computer that runs Youju; nothing is sent anywhere.",
    ),
    "footer.samples": (
        "资料库里有示例文件：其中的省、市、县和数字都是虚构的，不能作为办事依据。",
        "The library holds sample documents: their places and figures are invented.",
    ),
}
