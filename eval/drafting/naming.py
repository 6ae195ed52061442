"""How a question names the document that it is about: by its place, or by its title."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from corpus import Document
from corpus.script import simplify

_SCHOOL = re.compile(r"(?:学校|中学|小学|幼儿园|学院|大学)$")
_HERE = re.compile(r"(?:(?<![\u4e00-\u9fff])|(?<=[年月日底前起]))[全我本][省市县区州盟旗](?!级)")
_THIS = re.compile(
    r"本(?:规定|办法|意见|方案|条例|细则|通知|法|行动计划|计划|规划|纲要|标准|制度|规则|决定|行动方案|文件)"
)
_NOTICE = re.compile(
    r".{0,60}?关于(?:(?:印发|转发|发布|公布)《?(?P<issued>[^《》]{4,})》?的(?:通知|公告)"
    r"|(?:公开)?(?:征求)?《(?P<open>[^《》]{4,})》.{0,10}征求意见.{0,6})"
)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_BEHIND = re.compile(r"[（(][^（）()]{1,24}[）)]$")

# What a sentence begins with that goes on with a verb, and where 要 may stand before it.
OPENS_VERB = re.compile(
    "新建|新增|新设|改扩建|改建|扩建|改造|建设|建成|建立|建好|建足|健全|"
    "完善|组建|开展|开设|开通|开发|开放|实施|实行|实现|落实|推进|推动|推行|"
    "推广|加强|加快|加大|提高|提升|提供|增加|增设|增配|扩大|扩增|优化|规范|"
    "严格|控制|保障|保证|确保|配备|配齐|配足|安排|设立|设置|举办|组织|招聘|"
    "补充|补齐|培养|培育|培训|选派|更换|更新|投入|公布|公开|发放|减轻|丰富|"
    "做好|办好|用好|抓好|管好|争取|打造|创建|完成|制定|编制|构建|深化|拓展|"
    "普及|整合|引进|探索|试点|达到|成立|调整|通过|统筹|遴选|评选|补助|资助|"
    "奖励|严禁|禁止|鼓励|支持|引导|录制|形成|消除|化解|巩固|强化|参加|执行|"
    "采用|采取|安装|检查|使用|投放|力争|申报|接受|改善|利用|选树|认定|建档|"
    "聘请|聘任|签订|缴纳|收取|给予|享受|承担|负责|报名|邀请|召开|轮训|聘用|"
    "力促|挂牌|核增|核定|争创|定期"
)
_OPENS_TIME = re.compile(
    r"每|各|到?\d{4}年|[一二三四五六七八九十\d]+年(?!级|义务)|“?十[三四五]五|[上下]午|最晚|什么时候|[在对按将把以向从哪]|所有|.{2,4}期间|年[均度内]|寒暑假|[寒暑]假|学期"
)
# 市财政, 县教育局: the place's own; 县城 and 市场 are words.
_OWN = re.compile(r"[省市县区州](?![级内外域城场区辖直属镇乡]|[、，])")
_OPENS_ELSE = re.compile(r"[为由于与因除当如若经据允]|是否|有(?!序)")
_EARLY = 12
"""Characters in which a second 的 reads badly: 松坞中心学校的遭受欺凌的学生."""


class Name(NamedTuple):
    """A place or a school (砚陵市), and the title as it is cited: 《…》, 2013年的《…》.

    `is_title` says that the place alone would not tell which document is meant. A document that
    has neither is not named: both are empty.
    """

    place: str
    cited: str
    is_title: bool

    def said_of(self, asked: str) -> str:
        """Put the name before what is asked, or where the text says 全市 or 本办法."""
        if not self.cited:
            return asked
        told, these = _THIS.subn(self.cited, asked)
        if these:
            return told
        if self.is_title:
            return f"按照{self.cited}，{asked}"
        told, here = _HERE.subn(self.place, asked, count=1)
        if here or self.place in asked[:_EARLY]:
            return told
        if asked.startswith(self.place[-1]) and _OWN.match(asked):
            return f"{self.place}{asked[1:]}"
        if _OPENS_TIME.match(asked):
            return f"{self.place}{asked}"
        if OPENS_VERB.match(asked):
            return f"{self.place}要{asked}"
        apart = _OPENS_ELSE.match(asked) or "的" in asked[:_EARLY] or "，" in asked
        return f"在{self.place}，{asked}" if apart else f"{self.place}的{asked}"

    def whose(self, task: str) -> str:
        """Name a task of the document: 砚陵市控制保教费, 《…》中控制保教费."""
        inside = f"{self.cited}中" if self.cited else ""
        return f"{inside}{task}" if self.is_title else f"{self.place}{task}"

    def on(self, topic: str) -> str:
        """Name what the document says on a topic: 砚陵市在控制保教费方面."""
        according = f"按照{self.cited}，" if self.cited else ""
        return f"{according if self.is_title else self.place}在{topic}方面"


def name_documents(documents: Sequence[Document]) -> list[Name]:
    """Return how each document is named: by its place where it is the only one of that place."""
    places, titles = [_place(d) for d in documents], [_title(d) for d in documents]
    of_place, of_title = Counter(places), Counter(titles)
    return [
        Name(
            place,
            _cited(document, title, of_title[title] > 1),
            not place or of_place[place] > 1,
        )
        for document, place, title in zip(documents, places, titles, strict=True)
    ]


def _place(document: Document) -> str:
    """The school that issued a document, else the place that it is of; "" where none is told."""
    issuer = simplify(document.metadata.issuer or "")
    region = simplify(document.metadata.region.value if document.metadata.region else "")
    return (issuer.removeprefix(region) or issuer) if _SCHOOL.search(issuer) else region


def _title(document: Document) -> str:
    """The title without the notice that carries it and the years behind it."""
    title = simplify(document.label).translate(str.maketrans("〈〉", "《》"))
    carried = _NOTICE.fullmatch(title)
    title = (carried["issued"] or carried["open"]) if carried else title
    while _BEHIND.search(title):
        title = _BEHIND.sub("", title)
    return title.strip("《》")


def _cited(document: Document, title: str, is_shared: bool) -> str:
    """The title in 《》, with the year where another has it too; "" for the name of a file."""
    if document.metadata.title is None or not _CHINESE.search(title):
        return ""
    return f"{_year(document) if is_shared else ''}《{title}》"


def _year(document: Document) -> str:
    """2013年的, by which two versions are told apart."""
    metadata = document.metadata
    dates = (metadata.date, metadata.published, metadata.effective)
    year = next((d.value[:4] for d in dates if d and d.value[:4].isdigit()), "")
    return f"{year}年的" if year else ""
