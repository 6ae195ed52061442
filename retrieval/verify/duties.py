"""Whether what a text binds, forbids or permits is what its source does: 不得 is not 可以."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.facts import Duty
from corpus.facts.obligations import find_obligations
from corpus.lines import Page
from corpus.spans import Span
from retrieval.verify.strokes import Stroke, nearest, share
from retrieval.verify.verdicts import Reason

# How people and language models say what clauses say with 应当, 不得, 可以 and 鼓励.
_ALSO: tuple[tuple[Duty, str], ...] = (
    (
        "may",
        r"无需|无须|不必|不需要?|不用(?!于)|不强制|不作强制|非强制|自愿|自行决定|酌情|允许(?<!不允许)|准许(?<!不准许)"
        r"|可(?:自主|自行)|方可|可以",
    ),
    (
        "must_not",
        r"不能(?!少)|不可以|不允许|不准许|不要|不应该|无权|不予|杜绝|不让|一律不|被?禁止|(?:属于?|是|为)违规",
    ),
    (
        "must",
        r"需要(?<!不需要)(?!的)|(?<![急所供必无按军特内外])需(?![求要])|应该(?<!不应该)|有义务|有责任|强制(?<!不强制)(?<!非强制)|一律(?!不)",
    ),
    ("encouraged", r"建议(?!书|稿)|提倡|倡导"),
)
_MORE = re.compile("|".join(f"(?P<{duty}>{words})" for duty, words in _ALSO))
# 不得低于85% sets a bound of a figure, which is compared with it.
_BOUND = re.compile(
    r"(?:再|过)?(?:低于|少于|小于|短于|高于|多于|大于|长于|早于|晚于|迟于|超过|超出|突破|超)"
)
_NEGATED = re.compile(
    r"(?:不(?:得|应当|应该|应|能够|能|可以|可|准许|准|许|允许|予以|予|再|会|要|宜)?|严禁|禁止|未(?:经)?"
    r"|没有|没|(?<![有毫绝])无|勿|(?<![是除并莫])非)(?P<what>[\u4e00-\u9fff]{2})"
)
_NO_NEGATION = re.compile(
    r"不(?:断|仅|但|同|良|利|便|当|明|管|论|少|等|久|时|过|如)|未(?:成年|来)|无(?:论|线|锡)|非(?:常|但)"
)
# 未取得证明的不得上岗 is 取得证明方可上岗.
_ONLY_THEN = re.compile(r"方可|方能|才能|才可")
# What people are able to, by what the source gives them.
_ABLE = re.compile(
    r"可以?(?:获得|得到|享受|申请|领取|看到|了解|选择|通过|在|到|向|凭|由|参加|拨打)|有权|允许"
)
_DENIES = re.compile(r"[不未没无勿禁拒免]")
_SHOWN = 14
_ITEM = re.compile(r"\s{0,4}[（(][一二三四五六七八九十0-9]{1,3}[）)]")
_STRONG = 0.7


@dataclass(frozen=True, slots=True)
class Bound:
    """A stroke with the duties that govern it, its own or those of what stands before it."""

    stroke: Stroke
    duties: frozenset[Duty]
    own: bool
    shown: str


@dataclass(frozen=True, slots=True)
class _Word:
    duty: Duty
    span: Span


def bound_strokes(page: Page, strokes: Sequence[Stroke]) -> list[Bound]:
    """Return the strokes of a text with their duties.

    A stroke without one is governed by the last before it in its sentence; the items of a list
    by what stands before its colon.
    """
    words = _duty_words(page)
    found: list[Bound] = []
    above: frozenset[Duty] = frozenset()
    listed: frozenset[Duty] = frozenset()
    sentence = -1
    for stroke in strokes:
        if stroke.sentence != sentence:
            above, sentence = listed, stroke.sentence
        own = [word for word in words if stroke.span.start <= word.span.start < stroke.span.end]
        duties = frozenset(word.duty for word in own) or above
        start = own[0].span.start if own else stroke.span.start
        shown = page.text[start : min(stroke.span.end, start + _SHOWN)].strip()
        found.append(Bound(stroke, duties, bool(own), shown))
        stop = page.plain[stroke.span.end : stroke.span.end + 1]
        if stop in ("：", ":") and own:
            listed = duties
        elif stop == "。":
            listed = frozenset()
        # 不得 governs what stands before the next comma, and a list.
        above = listed if stop == "。" else (duties - {"must_not"}) | listed
    return found


def _duty_words(page: Page) -> list[_Word]:
    length = len(page.plain)
    found = [_Word(o.duty, o.word.span) for o in find_obligations(page, 0, length)]
    for match in _MORE.finditer(page.plain):
        for duty, _ in _ALSO:
            if match[duty]:
                found.append(_Word(duty, Span(*match.span())))
    found.sort(key=lambda word: (word.span.start, -word.span.end))
    kept: list[_Word] = []
    for word in found:
        # A longer word covers one: 可以 in 不可以.
        covered = kept and word.span.end <= kept[-1].span.end and word.span != kept[-1].span
        if not covered:
            kept.append(word)
    return [word for word in kept if not _BOUND.match(page.plain, word.span.end)]


def turned_duties(claim: Sequence[Bound], source: Sequence[Bound]) -> Iterator[Reason]:
    """Yield a reason for each stroke of a claim that binds otherwise than its source."""
    by_stroke = {id(bound.stroke): bound for bound in source}
    strokes = [bound.stroke for bound in source]
    forbids = any("must_not" in bound.duties for bound in claim)
    permits = any(bound.duties & {"may", "encouraged"} for bound in claim)
    encouraged = any("encouraged" in bound.duties for bound in source)
    for bound in claim:
        near = nearest(bound.stroke, strokes)
        if near is None:
            continue
        its = by_stroke[id(near)]
        if _ONLY_THEN.search(bound.stroke.text) and _denies(its):
            continue
        reason = _turned(bound, its) if bound.own else None
        if bound.own and not its.duties and "encouraged" in bound.duties and not encouraged:
            reason = Reason("turned", (bound.shown, its.shown))
        strong = share(bound.stroke.pairs, near.pairs) >= _STRONG
        if bound.duties == {"may"} and bound.own and not its.duties and strong:
            able = _ABLE.match(bound.shown) is not None
            reason = None if able else Reason("turned", (bound.shown, its.shown))
        if not bound.own and "must_not" in its.duties and not forbids and not _denies(bound):
            reason = Reason("unnegated", (bound.shown, its.shown))
        weakens = its.own and its.duties and its.duties <= {"may", "encouraged"}
        if not bound.duties and weakens and strong and not permits:
            reason = Reason("turned", (bound.shown, its.shown))
        if reason and not (reason.kind == "negated" and _leads_to_item(bound, source)):
            yield reason


def _leads_to_item(bound: Bound, source: Sequence[Bound]) -> bool:
    """Whether a stroke says of an item what leads to it: 有下列情形之一的，不得……：."""
    pairs = bound.stroke.pairs
    led = any("must_not" in its.duties and its.stroke.pairs <= pairs for its in source)
    items = [its.stroke for its in source if _ITEM.match(its.stroke.text)]
    return led and any(item.pairs and share(item.pairs, pairs) >= _STRONG for item in items)


def _turned(bound: Bound, its: Bound) -> Reason | None:
    if not its.duties:
        forbids = bound.duties == {"must_not"} and not _denies(its)
        return Reason("negated", (bound.shown, its.shown)) if forbids else None
    if bound.duties & its.duties:
        return None
    forbidding = "must_not" in bound.duties | its.duties
    if forbidding and _denies(bound) and _denies(its) and "may" not in bound.duties | its.duties:
        return None
    return Reason("turned", (bound.shown, its.shown))


def _denies(bound: Bound) -> bool:
    return _DENIES.search(bound.stroke.text) is not None


def turned_negations(claim: str, source: str, forbids: bool) -> Iterator[Reason]:
    """Yield a reason for each word that one text negates and the other, having it, never does.

    `forbids` says that the claim forbids something, in words of its own.
    """
    own, its = _negations(claim), _negations(source)
    for what, shown in own.items():
        at = source.find(what)
        if what not in its and at >= 0 and not _is_denied(source, at):
            yield Reason("negated", (shown, source[max(0, at - 4) : at + 6].strip()))
    for what, shown in its.items():
        # 被禁止 may stand behind what 不得 stood before; 未 is said of the thing itself.
        said = forbids and not shown.startswith(("未", "没", "无", "非"))
        said = said or _ONLY_THEN.search(claim) is not None
        at = claim.find(what)
        bare = at >= 0 and what not in own and not _is_denied(claim, at)
        if bare and not said and not _stands_bare(what, source):
            yield Reason("unnegated", (claim[max(0, at - 4) : at + 6].strip(), shown))


def _negations(plain: str) -> dict[str, str]:
    """What is negated, by its first two characters, with how it stands."""
    found: dict[str, str] = {}
    at = 0
    while match := _NEGATED.search(plain, at):
        at = match.start() + 1
        counted = _BOUND.match(plain, match.start("what"))
        if not counted and not _NO_NEGATION.match(plain, match.start()):
            found.setdefault(match["what"], plain[match.start() : match.end() + 4])
            at = match.start("what")
    return found


def _is_denied(plain: str, at: int) -> bool:
    """Whether something before a place denies it, in its stroke: 不得向学生收取."""
    stroke = re.search(r"[^，,；;。：:！!？?\n]{0,60}$", plain[max(0, at - 60) : at])
    return stroke is not None and _DENIES.search(stroke[0]) is not None


def _stands_bare(what: str, plain: str) -> bool:
    """Whether `what` stands in a text without a negation before it."""
    negated = {m.start("what") for m in _NEGATED.finditer(plain)}
    at = plain.find(what)
    while at >= 0:
        if at not in negated:
            return True
        at = plain.find(what, at + 1)
    return False


def forbidding_end(page: Page) -> str | None:
    """Return the word that forbids or negates what follows a text, or None.

    不得 before the end of 学校不得, with no comma between, governs what a quotation begins with.
    """
    stroke = re.search(r"[^，,；;。：:！!？?\n]{0,40}$", page.plain)
    start = stroke.start() if stroke else len(page.plain)
    words = [w for w in _duty_words(page) if w.duty == "must_not" and w.span.start >= start]
    if words:
        return page.text[slice(*words[-1].span)]
    match = re.search(r"(?:不|未|没有|没|非|无)$", page.plain)
    return match[0] if match else None
