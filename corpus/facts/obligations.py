"""The words of a clause that bind, forbid, permit or encourage: 应当, 不得, 可以, 鼓励."""

import re
from collections.abc import Iterator

from corpus.facts import Duty, Obligation
from corpus.lines import Page
from corpus.spans import Span, Stated

# A word of one character binds only where it is no part of a longer one: 相应, 纲要, 许可.
_OF: dict[Duty, tuple[str, ...]] = {
    "must_not": (
        "不得(?!不)",
        "不应当?",
        "严禁",
        "禁止",
        "不准",
        "不许(?!可)",
        "(?<!必)不可(?![抗或逆避分替缺能预])",
    ),
    "must": (
        "应当",
        "必须",
        "务必",
        "(?<!以)(?<!为)(?<!为了)确保",
        "(?<![适相响对供反效感呼回照顺理答不一策])应"
        "(?![用急对届邀聘试变收考激酬付验允战景力运该声许])(?!有的|纳税|知应会|有尽有|[\\u4e00-\\u9fff]尽|享尽)",
        "(?<![必无不莫胡])须(?![知臾眉])",
        "(?<!为什么)(?<!是否)(?<![重主需必纲摘概首次简紧机提纪扼想不只就若如将快正需索撮择精辑冲险])"
        "要(?![求点素件害么义闻是塞领道职务事案诀旨津挟地员])(?=[\\u4e00-\\u9fff“])",
    ),
    "may": (
        "可以",
        "有权",
        "(?<![许认不宁尚非皆])可(?![能靠行持支选视控见操供贵爱歌信复再达谓是惜喜以观追感读溯逆回拆借疑预容]|用(?!于|作|以)|推广|比(?!照))(?=[\\u4e00-\\u9fff])",
    ),
    "encouraged": ("鼓励", "提倡", "倡导", "支持"),
}
_WORD = re.compile("|".join(f"(?P<{duty}>{'|'.join(words)})" for duty, words in _OF.items()))
# 支持 and 鼓励 bind where they are the clause's own verb, not in 给予支持 or 用于支持.
_OPENS = re.compile(
    r"(?:^|[^\u4e00-\u9fff]|(?<!关心)(?<!关注)(?<!理解)[和与并、]|鼓励|提倡|倡导|引导|应当|应|要|必须|须|可以?|国家"
    r"|[省市县区]|政府|部门|机关|机构|学校|单位|大力|积极|也|优先|依法|重点|还|继续|将|努力|采取措施)$"
)
_NOUN_BEFORE = re.compile(r"(?:给予|提供|制定|完善|争取|得到|获得|的)$")
_NOUN_AFTER = re.compile(
    r"(?:力度|政策|下|体系|系统|服务|平台|性|措施|和保障|和服务|计划|制度|机制|和帮助|的|等)"
    r"|[^\u4e00-\u9fff“《、]|$"
)
_QUOTED = re.compile(r"[“\"][^“”\"\n]{1,16}[”\"]")


def find_obligations(page: Page, start: int, end: int) -> Iterator[Obligation]:
    """Yield each word of `page.text[start:end]` that binds, in order."""
    quoted = _QUOTED.finditer(page.plain, start, end)
    name = next(quoted, None)
    for match in _WORD.finditer(page.plain, start, end):
        while name and name.end() <= match.start():
            name = next(quoted, None)
        duty = match.lastgroup
        named = name is not None and name.start() <= match.start()
        if not named and (duty != "encouraged" or _is_verb(page.plain, match, end)):
            word = page.text[match.start() : match.end()]
            yield Obligation(_DUTIES[duty or ""], Stated(word, Span(*match.span())))


_DUTIES: dict[str, Duty] = {duty: duty for duty in _OF}


def _is_verb(plain: str, match: re.Match[str], end: int) -> bool:
    before = plain[max(0, match.start() - 4) : match.start()]
    if _NOUN_AFTER.match(plain, match.end(), end):
        return False
    supports = match[0] == "支持"
    return bool(_OPENS.search(before)) if supports else not _NOUN_BEFORE.search(before)
