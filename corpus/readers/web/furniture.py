"""What stands on a web page around a document, told by its words alone.

The words are those of the sites that Chinese governments keep. Every pattern reads a line in
simplified characters.
"""

import re

# Words of buttons; a line of them alone is none of the document's.
_BUTTON_WORDS = (
    "打印 打印本页 打印此页 打印页面 打印文章 打印正文 我要打印 关闭 关闭窗口 关闭本页 "
    "关闭页面 收藏 收藏本页 加入收藏 设为首页 分享 分享到 分享至 转发 复制链接 下载 返回 "
    "返回顶部 回到顶部 返回首页 返回列表 纠错 我要纠错 字号 字体 字体大小 大 中 小 大中小 特大 "
    "超大 默认 缩小 放大 微信 微博 新浪微博 腾讯微博 人人网 开心网 QQ QQ空间 QQ好友 朋友圈 "
    "钉钉 更多 朗读 语音播报 繁体 繁體 简体 简 繁 手机版 电脑版 无障碍 无障碍浏览 无障碍阅读 "
    "长者模式 长者版 关怀版 适老版 适老化 登录 注册 搜索 搜 English EN 点赞 赞 在看 阅读原文 "
    "写留言 留言 知道了 允许 取消 确定 继续访问 放弃 扫一扫 扫码 手机扫一扫 二维码 A- A+ A T+ "
    "T- + - 上一页 下一页 首页 末页 尾页 网站首页 全文 下一条 上一条 相关链接 视力保护色 "
    "背景色 评论 分享文章 TOP top"
)
_BUTTONS = frozenset(_BUTTON_WORDS.split())
_BETWEEN = re.compile(r"[\s|丨\uff5c/、，,·【】\[\]（）()<>《》：:;；→←↑×.…&\-—_]+")
_RULE = re.compile(r"[\s|丨\uff5c/>»›\[\]【】]*")
# The same among words that stay: 来源：县政府 字体：[大 中 小] 【打印】.
_SIZE = (
    r"[：:]?\s?[\[【（(]?\s?(?:特大|超大|默认|[大中小])(?![\u4e00-\u9fff]{2})"
    r"\s?[\]】）)]?\s?[|/、]?\s?"
)
_INSIDE = re.compile(
    r"[【\[（(]\s{0,3}(?:我要)?(?:打印|关闭|收藏|纠错|返回|分享|复制|下载)"
    r"(?:本页|此页|页面|窗口|正文|文章|顶部|链接|到)?\s{0,3}[】\]）)]"
    rf"|[【\[（(]?\s{{0,3}}字\s{{0,4}}[体号](?:大小)?\s{{0,3}}(?:(?:{_SIZE}){{2,6}}"
    r"|[：:]\s?(?:(?:\[\s{0,3}\]\s?){1,4}|$))[\]】）)]?"
    r"|(?:浏览|阅读|点击|访问)(?:次数|量|数|人数)\s{0,3}[：:]\s{0,3}"
    r"(?:[\[【（(]?\s{0,3}\d{1,9}\s{0,3}[\]】）)]?\s{0,3}次?"
    r"|[\[【（(]\s{0,3}[\]】）)]\s{0,3}次?|次|$|(?=[\]】）)]))"
    r"|分享[到至]?\s{0,3}(?:[：:](?:\s{0,3}(?:微信|微博|QQ空间|朋友圈|更多)){0,6}|$)"
    r"|(?:打印本页|打印此页|关闭窗口|关闭本页|视力保护色)\s{0,3}[：:]?$"
)
_LONGEST_INSIDE = 200
_TOOL = re.compile(
    r"(?:保护视力色|视力保护色|扫一扫|用?手机扫|微信扫|长按识别|点击(?:上方|下方)?蓝字|"
    r"预览时标签不可点|继续滑动看下一个|轻触阅读原文|收录于合集|向上滑动看下一个|"
    r"您的?浏览器(?:不支持|版本)|您访问的链接|您即将|请输入(?:关键|您|要)|输入关键|"
    r"搜索热词|热门?搜索|热搜词?[：:]|站内搜索|无障碍(?:浏览|辅助|模式)|欢迎(?:您|访问|光临|来到)|"
    r"今天是|\d{4}年\d{1,2}月\d{1,2}日\s{0,3}星期|[【\[]?(?:责任)?编辑[】\]]?[：:]|"
    r"(?:浏览|访问)(?:次数|量)\s{0,3}[：:]|(?:全文|附件)?下载次数[：:]|(?:本页|页面)二维码)"
)
_BREADCRUMB = re.compile(
    r"[【\[]?(?P<told>(?:您|你)的?|现在|当前|目前)?(?:现在|当前|目前)?的?(?:所在)?的?"
    r"(?:位置|栏目)(?:是|在)?\s{0,3}(?:[：:>》】\]]|$)"
    r"|(?P<home>(?:网站|本站)?首\s{0,3}页\s{0,3}[>›»》＞→/\\|·—-])"
)
_HOME = re.compile(r"首\s{0,3}页|主页|[>›»＞]")
_LONGEST_BREADCRUMB = 160
_FOOTER = re.compile(
    r"[^。；，]{0,30}(?:版权|著作权)[所归]有|(?:网站)?版权声明|copyright|©|all rights reserved|"
    r".{0,30}(?:ICP\s{0,2}备|公网?安备)|(?:政府)?网站标识码|技术支持[：:]|"
    r"(?:网站地图|网站声明|隐私(?:声明|保护|政策)|关于我们|联系我们)(?:[\s|：:]|$)|"
    r"建议使用.{0,30}(?:浏览器|分辨率|IE)|最佳(?:浏览|分辨)|[网本]站(?:已)?支持IPv6",
    re.IGNORECASE,
)
_HOST = re.compile(
    r"(?:主\s{0,4}办|承\s{0,4}办|主管|运行维护|运维|维护|制作|网站管理)(?:单位|部门|方)?\s{0,3}[：:]"
)
_CONTACT = re.compile(
    r"(?:联系)?地\s{0,4}址[：:]|邮\s{0,4}编[：:]|邮政编码[：:]|传\s{0,4}真[：:]|(?:电子)?邮箱[：:]|"
    r"(?:联系|值班|咨询|服务)?电\s{0,4}话[：:]|您是第|访问人数|总访问量|法律声明|免责声明"
)
_LONGEST_FOOTER = 200
_BELOW = re.compile(
    r"[【\[]?[上下]一[篇条页个][】\]]?\s{0,3}(?:[：:]|$|没有|无)"
    r"|[【\[]?(?:相关|热门|热点|推荐|延伸|友情|猜你|大家都|更多)"
    r"(?:(?:链接|文章|阅读|新闻|解读|推荐|资讯|报道|稿件|喜欢|在看|稿源)[】\]]?\s{0,3}(?:[：:]|$)"
    r"|(?:信息|文件|文档|内容|政策)[】\]]?\s{0,3}[：:]?$)"
    r"|(?:政策|文件|图文|图片|图表|专家|媒体)解读[：:]?$|(?:网友评论|我要评论|网友留言|评论区)[：:]?$"
    r"|(?:政府|部门|县直|市直|区直|省直|乡镇|友情)[\u4e00-\u9fff]{0,4}(?:网站|链接)[：:]?$"
)
_LONGEST_BELOW = 80


def is_tool(plain: str) -> bool:
    """Whether a line holds buttons, or what a site says to its visitor, and nothing else."""
    if len(plain) > _LONGEST_INSIDE:
        return False
    words = [word for word in _BETWEEN.split(plain) if word]
    if not words:
        return _RULE.fullmatch(plain) is not None
    if all(word in _BUTTONS for word in words):
        return True
    if len(plain) > _LONGEST_BELOW or "。" in plain:
        return False
    return _TOOL.match(plain) is not None


def is_breadcrumb(plain: str) -> bool:
    """Whether a line says where on its site a page stands (当前位置：首页 > …)."""
    if len(plain) > _LONGEST_BREADCRUMB or "。" in plain:
        return False
    match = _BREADCRUMB.match(plain)
    # 位置： alone may as well be a column of a document's own.
    return match is not None and bool(match["told"] or match["home"] or _HOME.search(plain))


def is_footer(plain: str) -> bool:
    """Whether a line belongs to the foot of a site alone: ICP备案, 版权所有."""
    return len(plain) <= _LONGEST_FOOTER and _FOOTER.match(plain) is not None


def names_host(plain: str) -> bool:
    """Whether a line says who keeps a site (主办单位：…), or who holds what is announced."""
    return len(plain) <= _LONGEST_FOOTER and _HOST.match(plain) is not None


def may_be_footer(plain: str) -> bool:
    """Whether a line may stand at the foot of a site as well as in a document: 主办单位, 地址."""
    return names_host(plain) or (
        len(plain) <= _LONGEST_FOOTER and _CONTACT.match(plain) is not None
    )


def is_below(plain: str) -> bool:
    """Whether what follows is about other pages: 上一篇, 相关链接."""
    return len(plain) <= _LONGEST_BELOW and _BELOW.match(plain) is not None


def without_buttons(text: str, plain: str) -> str:
    """Return a line without the buttons among its words; `plain` is its simplified form."""
    if len(plain) > _LONGEST_INSIDE or "。" in plain:
        return text
    kept, start = [], 0
    for match in _INSIDE.finditer(plain):
        kept.append(text[start : match.start()])
        start = match.end()
    return "".join([*kept, text[start:]]).strip() if start else text
