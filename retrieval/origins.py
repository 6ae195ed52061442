"""The places and the organs that a library's documents come from, as questions name them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from corpus import Document
from corpus.fold import fold_text
from corpus.metadata.places import PROVINCES
from retrieval.lexicon import Lexicon
from retrieval.mentions import plain_name

_PEOPLES = (
    "壮|回|维吾尔|藏|蒙古|苗|侗|土家|布依|彝|傣|白|哈尼|朝鲜|满|瑶|羌|黎|畲|傈僳|佤|拉祜|景颇|哈萨克|"
    "柯尔克孜|锡伯|达斡尔|鄂温克|鄂伦春|土|撒拉|东乡|保安|裕固|水|仡佬|仫佬|毛南|纳西|普米|怒|独龙|塔吉克"
)
_KIND = re.compile(
    rf"(?:(?:(?:{_PEOPLES})族)*自治[区州县旗]|内?蒙古自治区|特别行政区|新区|地区|省|市|县|区|州|盟|旗)$"
)
_PROVINCES = frozenset(PROVINCES.split("|"))
_SUFFIXES = frozenset("省市县区州盟旗")
_LAST_PART = re.compile(r"(?:自治区|自治州|省|市|州|盟|地区)(?P<last>[^省市州盟]{1,12}[市县区旗])$")
# Names of counties that are words first: 和平区, 开放, 新城区.
_WORDS = re.compile(
    "和平|朝阳|长安|新城|城关|开放|青年|建设|文化|东方|解放|友谊|长寿|光明|平安|安定|永定|通道|大同|"
    "友好|中原|江北|江南|江东|河东|河西|城[中东西北南]|新华|胜利|红旗|向阳|站前|古城|高新|市[中北南]|"
    "中心|富裕|兴国|安宁|永安|铁路|[东西]区|老城|[东西南北中]部|港口|郊区|矿区|桥[东西]|路[南北]|山区|"
    "新区|开发|示范|实验|集中|合作|互助|团结|民主|自由|共和|科学|技术|教育"
)
# 哪个县, 跨市 and 乡镇 name no place.
_AT_START = re.compile(
    rf"(?P<name>(?:{PROVINCES})(?:省|市|自治区)?|"
    r"(?:(?![哪每几这那外跨本全各我该某同两乡城农贫山边省市县区个些的在有是学生教师校]|一个)[\u4e00-\u9fff])"
    r"{2,4}(?:自治[州县]|市|县|省))(?![级域内外]|一级)"
)
_OFFICE = re.compile(r"(?:办公厅|办公室|委员会办公室)$")
# An organ without its place is any organ of its kind.
_NO_NAME = re.compile(
    r"[省市县区州]?(?:中共|党|人民)?(?:政府|委|委员会|常务委员会|政府办公[室厅]|委办公[室厅]|"
    r"(?:教育|财政|公安|民政|卫生|人事|体育|文化)(?:体育|卫生|文化|科技)?[局厅]|办公[室厅]|教务处|学校)"
)
_SHORTENED = {
    "人力资源社会保障部": "人社部",
    "人力资源和社会保障部": "人社部",
    "工业和信息化部": "工信部",
    "住房城乡建设部": "住建部",
    "住房和城乡建设部": "住建部",
    "国家发展改革委": "发改委",
    "国家发展和改革委员会": "发改委",
    "国家卫生健康委": "卫健委",
    "国家卫生健康委员会": "卫健委",
    "国家市场监督管理总局": "市场监管总局",
    "国家税务总局": "税务总局",
    "国家互联网信息办公室": "网信办",
    "全国人民代表大会常务委员会": "全国人大常委会",
    "全国人民代表大会": "全国人大",
}


class _Known(NamedTuple):
    """Documents whose place or organ is stated by a name, and those whose it shortens."""

    stated: tuple[str, ...]
    shortened: tuple[str, ...]


class Origin(NamedTuple):
    """Where a document comes from, by names as questions use them, folded."""

    stated: Sequence[str]
    shortened: Sequence[str]
    """Places without 县 and the like."""


def origin(document: Document) -> Origin:
    """Return the place and the organs that a document comes from."""
    metadata = document.metadata
    places = list(_place_names(metadata.region.value if metadata.region else ""))
    organs = [name for issuer in metadata.issuers for name in _organ_names(issuer.value)]
    shortened = filter(None, map(short_place, places))
    return Origin(list(dict.fromkeys((*places, *organs))), list(dict.fromkeys(shortened)))


class Named(NamedTuple):
    """A place or an organ that a question names, and the documents that come from it."""

    name: str
    documents: frozenset[str]
    is_place: bool


class Origins:
    """Which documents come from a place (地域) or an organ (发文机关) that a question names.

    A place is known by its name and without 县 behind it, where at least two characters are left
    that are no word of their own; an organ by its name and without 办公厅.
    """

    def __init__(self, documents: Iterable[tuple[str, Origin]]) -> None:
        stated: dict[str, list[str]] = defaultdict(list)
        shortened: dict[str, list[str]] = defaultdict(list)
        for identity, names in documents:
            for name in names.stated:
                stated[name].append(identity)
            for name in names.shortened:
                shortened[name].append(identity)
        self._names = Lexicon(
            {
                name: _Known(tuple(stated.get(name, ())), tuple(shortened.get(name, ())))
                for name in {**stated, **shortened}
            }
        )

    def named_in(self, text: str) -> dict[str, Named]:
        """Return each place and organ that a folded question names, by its name."""
        return {found.name: found for found in self._found(text)}

    def _found(self, text: str) -> Iterator[Named]:
        def is_whole(text: str, start: int, end: int) -> bool:
            # 吉林 in 吉林市 is not the province.
            known = self._names.get(text[start:end])
            return bool(known and (known.stated or text[end : end + 1] not in _SUFFIXES))

        for start, end, known in self._names.find(text, is_whole):
            name, longer = text[start:end], text[end : end + 1] in _SUFFIXES
            ids = known.stated if longer else (*known.stated, *known.shortened)
            yield Named(name, frozenset(ids), bool(known.shortened) or _is_place(name))


def place_at_start(text: str) -> str | None:
    """Return the name of the place that a folded question begins with: 青禾县, 北京."""
    found = _AT_START.match(text)
    return found["name"] if found else None


def _is_place(name: str) -> bool:
    """Whether a name is that of a place: 青禾县, 宁夏; not 青禾县教育局."""
    return name in _PROVINCES or _KIND.search(name) is not None


def short_place(name: str) -> str | None:
    """Return a place's name without 县 and the like, None where that is no name: 青禾."""
    short = _KIND.sub("", name)
    return short if short != name and len(short) >= 2 and not _WORDS.fullmatch(short) else None


def _place_names(region: str) -> Iterator[str]:
    """白沙市青禾县 is known by its whole name and as 青禾县."""
    name = fold_text(region)
    if len(name) >= 2:
        yield name
        last = _LAST_PART.search(name)
        if last and len(last["last"]) >= 2:
            yield last["last"]


def _organ_names(issuer: str) -> Iterator[str]:
    name = plain_name(fold_text(issuer))
    for form in dict.fromkeys((name, _OFFICE.sub("", name))):
        if len(form) >= 3 and not _NO_NAME.fullmatch(form):
            yield form
            if form in _SHORTENED:
                yield _SHORTENED[form]
