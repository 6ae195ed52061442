"""Every number in a section that could open a clause, before the sequence decides which do."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from corpus.clauses.markers import CHAPTERS, Found, Marker, made, read_marker
from corpus.lines import Line
from corpus.numerals import CHINESE_NUMERAL, NUMERAL, parse_numeral

# What a reference goes on from; 条 are cited in running text, items only after their 条 or 款.
_CITES = "依照|根据|按照|违反|依据|适用"
_LEADS_ON = {
    "条": re.compile(rf"(?:[，,、]|{_CITES}|本法|本条例|本办法|和|或|及|的)$"),
    "（一）": re.compile(rf"(?:{_CITES}|本条|[条款])$"),
    "（1）": re.compile(rf"(?:{_CITES}|本条|[条款项])$"),
}
_LONGEST_LEAD = 8
_LONGEST_TITLE = 40
_ALONE = re.compile(rf"(?P<number>{CHINESE_NUMERAL}{{1,3}})$")
_HEADED_BELOW = ("一、", "（一）", "1.", "1.1", *CHAPTERS)
_TITLED = re.compile(r"(?:[^\s|。；;，,：:、！!？?（）()《》]{2,30}|\S[\u3000 ]{1,4}\S)$")
_BARE = re.compile(
    rf"(?P<number>{CHINESE_NUMERAL}{{1,3}}|[0-9０-９]{{1,2}})"
    rf"[ \t\u3000]{{1,4}}(?={_TITLED.pattern})"
)
# 3.15个乡镇……: a number whose text begins with a count of things that come whole.
_COUNTED = re.compile(
    r"(?P<number>[0-9０-９]{1,2})[.．](?=[0-9０-９]{1,4}"
    r"(?:个(?!百分|月|[小学课]时|学[分期]|工作日)|月(?:底|初|份|[0-9]{1,2}日))"
    r"|[0-9０-９]{2,4}[名所家位条件台辆座种类门支]|100[%％])"
)
# 一　年级, 12 月份: a count with a space in it.
_COUNT = re.compile(r"(?:年级|月份?|学期|号楼|班|岁|个|人|名|元|所|项|分钟|小时|天)$")
# （三 / ）加强……, 第十 / 二条: what a line break can leave of a number at the end of a line.
_BROKEN = re.compile(
    rf"(?:^|[。；;！!]\s?)(?P<part>第\s?{NUMERAL}{{0,9}}|[（(]\s?{NUMERAL}{{0,5}}|{NUMERAL}{{1,3}})$"
)
_LONGEST_BROKEN = 14
# Inside a line a number follows a sentence or white space; （一） and a 条 that is set off by white
# space may follow a heading, or another number, at once.
_INSIDE = re.compile(
    r"(?<=[。；;！!：:\s])(?=[第（(㈠-㈩①-⑳⑴-⒇⒈-⒛0-9０-９〇一二三四五六七八九十])"
    rf"|(?<=[\u4e00-\u9fff、.．])(?=[（(][一1１][）)]|第{NUMERAL}{{1,9}}条\s)"
)
_ENDS = tuple("。；;！!：:")
_WINDOW = 160
_MOST_SPACE = 8
# 资源①。 in the text makes a line that begins with ① a footnote.
_REFERRED = re.compile(r"[\u4e00-\u9fff”》）](?P<mark>[①-⑳])(?=[。，；：”）]|$)")
CELLS = " | "
"""What parts the cells of a table's row."""


def read_candidates(lines: Sequence[Line], numbers: Sequence[int]) -> Iterator[Marker]:
    """Yield the markers of the given lines in reading order.

    Rows of a table and footnotes hold none. A number that a line break cuts in two, or that
    stands alone above its heading, is read together with the next line.
    """
    filled = [n for n in numbers if not lines[n].is_blank and CELLS not in lines[n].body]
    footnotes: set[str] = set()
    previous = ""
    joined: int | None = None
    for number, below in zip_longest(filled, filled[1:]):
        body = lines[number].body
        split = _split(lines, number, below)
        taken = number == joined or (split is not None and split.offset == 0)
        first = (
            None if taken else _counted(number, previous, body) or _at_start(lines, number, below)
        )
        if first and not (_continues(previous, first) or body[0] in footnotes):
            yield first
        yield from _inside(number, body)
        if split:
            joined = below
            yield split
        footnotes.update(match["mark"] for match in _REFERRED.finditer(body))
        previous = body


def _at_start(lines: Sequence[Line], number: int, below: int | None) -> Marker | None:
    """The number that the line begins with, its heading behind it or on the next line."""
    body = lines[number].body
    marker = read_marker(number, body)
    if marker and marker.style == "（一）" and body[0] in CHINESE_NUMERAL[1:-1]:
        # 一）: half a bracket may also be the end of （附件 / 一）, so that a second must follow.
        return replace(marker, found="bare")
    if below is None:
        return marker
    if marker is None:
        return _alone(lines, number, below) or _bare(lines, number, below)
    if marker.length < len(body) or marker.heading or marker.style not in _HEADED_BELOW:
        return marker
    return _headed(lines, marker, below)


def _alone(lines: Sequence[Line], number: int, below: int) -> Marker | None:
    """一 / 总体要求: the number has a line of its own."""
    match = _ALONE.match(lines[number].body)
    value = parse_numeral(match["number"]) if match else None
    if match is None or not value:
        return None
    marker = made(number, "一、", value, match["number"], match.end())
    headed = _headed(lines, marker, below)
    return headed if headed.heading else None


def _headed(lines: Sequence[Line], marker: Marker, below: int) -> Marker:
    """The marker with the heading that the next line holds, unless text or a number follows."""
    body = lines[below].body
    follows = lines[below].is_sentence or read_marker(below, body) or _ALONE.match(body)
    if follows or not 1 < len(body) <= _LONGEST_TITLE:
        return marker
    length = lines[below].body_span.end - lines[marker.line].body_start
    found: Found = "start" if marker.style in CHAPTERS else "alone"
    return replace(marker, heading=body, length=length, found=found)


def _bare(lines: Sequence[Line], number: int, below: int) -> Marker | None:
    """一　总体要求, 3 术语: a short heading that white space alone parts from its number."""
    body = lines[number].body
    match = _BARE.match(body)
    value = parse_numeral(match["number"]) if match else None
    if match is None or not value or _COUNT.search(body):
        return None
    if not body[0].isdigit():
        return replace(made(number, "一、", value, body, match.end()), found="bare")
    # A row of a table stands above another row; a heading above text or what it contains.
    opens = lines[below].is_sentence or read_marker(below, lines[below].body) is not None
    return replace(made(number, "1", value, body, match.end()), found="bare") if opens else None


def _counted(number: int, previous: str, body: str) -> Marker | None:
    """3.15个乡镇……: below a whole line the sequence may tell the number from the count."""
    match = _COUNTED.match(body)
    value = parse_numeral(match["number"]) if match else None
    whole = not previous or previous.endswith(_ENDS) or read_marker(number, previous) is not None
    if match is None or not value or not whole:
        return None
    return replace(made(number, "1.", value, body, match.end()), found="bare")


def _split(lines: Sequence[Line], number: int, below: int | None) -> Marker | None:
    """第十 / 二条: the number of two lines together, cut by the break between them."""
    body = lines[number].body
    match = _BROKEN.search(body[-_LONGEST_BROKEN:])
    if match is None or below is None or read_marker(below, lines[below].body):
        return None
    part = match["part"]
    offset = len(body) - len(part)
    if offset and match.start() == 0 and match.start("part") == 0:
        return None
    marker = read_marker(number, part + lines[below].body[:_WINDOW])
    if marker is None:
        return None
    between = lines[below].body_start - lines[number].body_span.end
    return replace(marker, found="split", offset=offset, length=marker.length + between)


def _inside(number: int, body: str) -> Iterator[Marker]:
    """The numbers within a line, where a break was lost: ……办理。第十八条　学校……"""
    for match in _INSIDE.finditer(body):
        at = match.start()
        marker = read_marker(number, body[at : at + _WINDOW]) if at else None
        if marker is None or marker.above:
            continue
        ended = body[max(0, at - _MOST_SPACE) : at].rstrip()[-1:] in _ENDS
        groups = marker.style in CHAPTERS or marker.style == "条"
        if ended or groups or marker.is_first:
            yield replace(marker, found="inline", offset=at, spaced=marker.spaced and ended)


def _continues(previous: str, marker: Marker) -> bool:
    """Whether the line runs on from the one above it: 依照本办法 / 第十二条…… is a reference."""
    leads_on = _LEADS_ON.get(marker.style)
    if leads_on is None or (marker.style == "条" and marker.spaced):
        return False
    return leads_on.search(previous[-_LONGEST_LEAD:]) is not None
