"""Where a document holds (地域), and whose document it is (层级): 国家, 省, 市, 县 or 校."""

import re
from collections.abc import Iterator, Sequence

from corpus.metadata.cities import COUNTY_CITIES
from corpus.metadata.front import Front
from corpus.spans import Span, Stated

LEVELS = ("国家", "省", "市", "县", "校")
"""The levels from the widest to the narrowest; 县 stands for 县, 区, 旗 and 县级市."""

MUNICIPALITIES = ("北京市", "天津市", "上海市", "重庆市")
PROVINCES = (
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|"
    "海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门"
)
"""The short names of the provinces, as news and folders write them."""

# A place has a name of its own: 全市, 关于社区 and 教育示范区 are not places.
_NOT_A_NAME = (
    r"关于|教育|学校|示范|发展|推进|加强|加快|做好|进一步|中共|自治[区州县旗]|[全各本我该]"
)
_NAME = rf"(?:(?!{_NOT_A_NAME})[\u4e00-\u9fff])"
# Short names that are whole words: 忠县, 芒市, 文山州.
_PLACE = re.compile(
    rf"(?:{_NAME}{{2,8}}?(?:自治区|自治州|自治县|自治旗|特别行政区|经济特区|生产建设兵团|地区|省|市|县|州|盟|旗|"
    rf"(?<![社园校学片景灾])区)|芒市|(?![市区县州省城乡]){_NAME}县)(?![\u4e00-\u9fff]?(?:级|域|内|外|分))"
)
# What stands before the place in the name of an organ: 中共青禾县委, 国家税务总局青禾县税务局.
_ABOVE = re.compile(r"(?:中国共产党|中共|国家税务总局)\s?")
_REPORTED = re.compile(rf"(?P<place>{PROVINCES})(?:出台|印发|发布|公布)")
_MOST_PLACES = 3
# The rank of a place by how its name ends; the first that fits.
_RANKS = (
    (re.compile(r"(?:省|自治区|特别行政区|生产建设兵团)$"), 1),
    (re.compile(r"(?:自治州|地区|盟|州|经济特区)$"), 2),
    (re.compile(r"(?:自治县|自治旗|县|旗|区)$"), 3),
)

_MINISTRIES = (
    "外交|国防|教育|科学技术|科技|工业和信息化|公安|国家安全|民政|司法|财政|人力资源和?社会保障|人事|劳动|"
    "自然资源|国土资源|生态环境|环境保护|住房和?城乡建设|建设|交通运输|水利|农业农村|农业|商务|文化和旅游|"
    "文化|卫生|退役军人事务|应急管理"
)
_NATIONAL = re.compile(
    r"(?:第[一二三四五六七八九十]{1,3}届)?全国人民代表大会|(?:中华人民共和国)?国务院|中华人民共和国|"
    r"(?:中共)?中央(?:[^省市县区校]{0,8}(?:部|委|办公厅|办公室)|$)|最高人民(?:法院|检察院)|"
    r"国家[^省市县区校]{2,12}(?:委员会|[委局署厅院])|"
    rf"(?:{_MINISTRIES})部(?!门)"
)
_SCHOOL = re.compile(
    r"(?:大学|(?<![科究])学院|学校|中学|小学|幼儿园)(?:党委|委员会|办公室|校长办公室|[教总学后]务处)?$"
)
_UNNAMED = re.compile(
    r"(?P<unit>省|自治区|州|市|县|旗|区)(?:委|党委|政府|人民政府|[\u4e00-\u9fff]{1,8}[厅局]$)"
)
_UNNAMED_LEVELS = {
    "省": "省",
    "自治区": "省",
    "州": "市",
    "市": "市",
    "县": "县",
    "旗": "县",
    "区": "县",
}
_TOWNSHIP = re.compile(r"[乡镇](?:人民政府|政府|党委|党政办|人民代表大会)|街道(?:办事处|党工委)")


def find_region(front: Front, issuers: Sequence[Stated]) -> Stated | None:
    """Return the place that the title, an issuer, or a newspaper's line above begins with.

    Places that follow each other downward are one: 白沙市青禾县.
    """
    stated = [*([front.title] if front.title else []), *issuers]
    for source in stated:
        places = list(_places(front.page.plain, source.span))
        if places:
            return front.stated(places[0].start, places[-1].end)
    for line in front.head:
        reported = _REPORTED.match(front.page.plain, *line.body_span)
        if reported:
            return front.stated(*reported.span("place"))
    return None


def read_region(name: str) -> str | None:
    """Return `name` where it is, as a whole, the name of a place: 青禾县, 河南."""
    if re.fullmatch(PROVINCES, name):
        return name
    places = list(_places(name, Span(0, len(name))))
    return name if places and places[-1].end == len(name) else None


def find_level(front: Front, issuers: Sequence[Stated]) -> Stated | None:
    """Return whose document it is, by its issuers and its title, with the words that tell.

    None where they do not tell: an unknown organ without a place, a township.
    """
    titles = [front.title] if front.title else []
    told = (_national(front, issuer) or _school(front, issuer) for issuer in issuers)
    placed = (_placed(front, source) for source in (*titles, *issuers))
    unnamed = (_unnamed(front, issuer) for issuer in issuers)
    township = any(_TOWNSHIP.search(front.page.plain, *issuer.span) for issuer in issuers)
    national = (_national(front, title) for title in titles)
    ways = (*told, *national, *([] if township else (*placed, *unnamed)))
    return next(filter(None, ways), None)


def _placed(front: Front, source: Stated) -> Stated | None:
    places = list(_places(front.page.plain, source.span))
    if not places:
        return None
    rank = _rank(front.page.plain, places)
    return Stated(LEVELS[rank], Span(places[0].start, places[-1].end))


def _national(front: Front, source: Stated) -> Stated | None:
    # 教 育 部 is padded with spaces.
    plain = re.sub(r"\s", "", front.page.plain[slice(*source.span)])
    match = _NATIONAL.match(plain)
    # 国家税务总局青禾县税务局 is an office of a county.
    if match is None or any(_places(plain, Span(match.end(), len(plain)))):
        return None
    return Stated("国家", source.span)


def _school(front: Front, issuer: Stated) -> Stated | None:
    plain = front.page.plain[slice(*issuer.span)]
    return Stated("校", issuer.span) if _SCHOOL.search(plain) else None


def _unnamed(front: Front, issuer: Stated) -> Stated | None:
    """区委教育工作领导小组, 自治区党委办公厅: the rank without the name."""
    start = _past_above(front.page.plain, issuer.span)
    match = _UNNAMED.match(front.page.plain, start, issuer.span.end)
    return Stated(_UNNAMED_LEVELS[match["unit"]], Span(*match.span("unit"))) if match else None


def _past_above(plain: str, span: Span) -> int:
    above = _ABOVE.match(plain, *span)
    return above.end() if above else span.start


def _places(plain: str, span: Span) -> Iterator[Span]:
    """The places that follow each other at the start of `plain[span]`, each of a lower rank."""
    at, above = _past_above(plain, span), 0
    for _ in range(_MOST_PLACES):
        match = _PLACE.match(plain, at, span.end)
        if match is None:
            return
        rank = _own_rank(match[0], above)
        if rank <= above:
            return
        yield Span(*match.span())
        at, above = match.end(), rank


def _own_rank(name: str, above: int) -> int:
    """1 for a province, 2 for a prefecture, 3 for a county; `above` is that of what contains it."""
    if name in MUNICIPALITIES:
        return 1
    if name.endswith("市"):
        return 3 if name in COUNTY_CITIES or above >= 2 else 2
    return next(rank for pattern, rank in _RANKS if pattern.search(name))


def _rank(plain: str, places: Sequence[Span]) -> int:
    above = 0
    for place in places:
        above = _own_rank(plain[slice(*place)], above)
    return above
