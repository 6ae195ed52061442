"""The organs that a text names, and what part each has: 牵头, 负责, 配合."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from corpus.spans import Span
from retrieval.verify.verdicts import Reason

_I = "[\u4e00-\u9fff]"
_LEVEL = "(?:自治[区州县旗]|[省市县区州旗镇乡])"
_ORGAN = re.compile(
    rf"(?P<level>{_LEVEL}|各)?(?P<core>(?P<topic>{_I}{{2}})"
    r"(?P<kind>(?:行政)?(?:主管)?部门|(?<![格布结全大当定时僵开终破])局|(?<![大餐客歌前])厅|委员会"
    r"|(?<![原推编])委(?![员托派任屈婉])|办公室|政府|管委会|妇联|联合会)"
    r"|(?P<ministry>(?:教育|财政|民政|公安|科技|宣传|统战|组织|住建|人社|交通运输|自然资源)部(?![门分]))"
    r"|发改委|卫健委|编办|残联|妇联|团[省市县区]?委)"
)
# Any of them, and so none in particular.
_ANY = (
    "有关",
    "相关",
    "主管",
    "职能",
    "各级",
    "上级",
    "责任",
    "牵头",
    "配合",
    "所属",
    "下属",
    "各个",
)
_ROLES = {
    **dict.fromkeys(("牵头", "主办"), "lead"),
    **dict.fromkeys(("负责", "承办", "责任", "落实"), "responsible"),
    **dict.fromkeys(("配合", "协办", "协同", "协助", "参与"), "support"),
}
_EVENT = re.compile(
    rf"(?:负责)?(?P<role>{'|'.join(_ROLES)})(?P<names>(?:责任)?(?:单位|部门|机关|科室)?(?:为|是|有|[：:]))?"
    r"|(?P<stop>[。；;\n）)]|[，,](?!\s?由?[^，。；]{1,12}(?:牵头|负责|配合)))"
)


class Organ(NamedTuple):
    """An organ as it is named, without what stands before it: 县教育局."""

    span: Span
    level: str
    core: str
    topic: str

    @property
    def name(self) -> str:
        """The name with its level."""
        return self.level + self.core


def organs_in(plain: str) -> list[Organ]:
    """Return the organs that a plain text names, in order; 有关部门 is none."""
    return [_organ(m) for m in _ORGAN.finditer(plain) if m["topic"] not in _ANY]


def _organ(match: re.Match[str]) -> Organ:
    level = (match["level"] or "").removeprefix("各")
    topic = match["topic"] or match["ministry"] or match["core"]
    return Organ(Span(*match.span()), level, match["core"], topic)


def roles_in(plain: str) -> dict[str, frozenset[str]]:
    """Return the parts of each organ by its name without its level."""
    roles: dict[str, set[str]] = {}
    waiting: list[str] = []
    role = ""
    events: list[re.Match[str] | Organ] = [*_EVENT.finditer(plain), *organs_in(plain)]
    for event in sorted(events, key=_place):
        if isinstance(event, Organ):
            waiting.append(event.core)
            if role:
                roles.setdefault(event.core, set()).add(role)
        elif event["stop"]:
            waiting, role = [], ""
        else:
            said = _ROLES[event["role"]]
            # 牵头单位是 leads on to the organs, 牵头 stands behind them.
            role = said if event["names"] else ""
            for core in () if role else waiting:
                roles.setdefault(core, set()).add(said)
            waiting = []
    return {core: frozenset(found) for core, found in roles.items()}


def _place(event: "re.Match[str] | Organ") -> int:
    return event.span.start if isinstance(event, Organ) else event.start()


def check_organs(claim: str, quoted: str, context: str) -> Iterator[Reason]:
    """Yield a reason for each organ of a claim that the source has not, or has in another part.

    `quoted` is what is cited; `context` also says what its document is and who issued it.
    """
    its, roles, said = organs_in(quoted), roles_in(quoted), roles_in(claim)
    for organ in organs_in(claim):
        if not _is_named(organ, context):
            own = said.get(organ.core)
            # Rather the one with the same part than the first one that is named.
            same = (other for other in its if own and own == roles.get(other.core))
            other = next(same, next(iter(its), None))
            found = (organ.name, other.name) if other else (organ.name,)
            yield Reason("organ" if other else "no_organ", found)
    yield from _other_parts(said, roles)


def _is_named(organ: Organ, context: str) -> bool:
    if organ.name in context:
        return True
    if organ.level and organ.core in context:
        # 县教育局 where the source says 教育局; not where it says 市教育局.
        return not any(o.level and o.core == organ.core for o in organs_in(context))
    if not organ.core.endswith("部门"):
        return False
    topic = organ.core.removesuffix("部门").removesuffix("主管").removesuffix("行政")
    return re.search(rf"{re.escape(topic)}{_I}{{0,4}}[局厅部委]", context) is not None


def _other_parts(
    said: Mapping[str, frozenset[str]], roles: Mapping[str, frozenset[str]]
) -> Iterator[Reason]:
    for core, own in said.items():
        its = roles.get(core, frozenset())
        # Who leads may be said to be responsible.
        allowed = its | ({"responsible"} if "lead" in its else set())
        if its and not own & allowed:
            yield Reason("role", (_with(core, own), _with(core, its)))


_SAID = {"lead": "牵头", "responsible": "负责", "support": "配合"}


def _with(core: str, parts: frozenset[str]) -> str:
    return core + "、".join(_SAID[part] for part in sorted(parts))
