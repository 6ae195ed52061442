"""What was found of a draft as lines of text, for people at a terminal."""

from collections.abc import Iterator

from retrieval.drafts.findings import EXISTS, OUTCOMES, RESULTS, Outcome
from retrieval.lines import not_encoded
from retrieval.shapes import Json

SIGNS = {"verified": "✓", "uncompared": "○", "altered": "≠", "missing": "?", "replaced": "!"}
_LONGEST = 120
_SAME = 24
"""Characters of what both have that are shown on either side of a difference."""


def check_lines(shape: Json) -> Iterator[str]:
    """Each citation and quotation of `check` with what the library has of it."""
    for number, finding in enumerate(shape["findings"], start=1):
        sign = SIGNS[outcome(finding)]
        yield f"{number}. {sign} {named(finding)}　{shortened(finding['text'])}"
        if finding["citation"]:
            status = finding["document"]["status"] or "状态不明"
            yield f"      {finding['citation']} [{status}]"
        if finding["difference"]:
            yield f"      {told(finding)}"
        yield from (f"      ! {note}" for note in finding["notes"])
    yield summary(shape)
    yield from (f"! {line}" for line in not_encoded(shape))


def outcome(finding: Json) -> Outcome:
    """What a finding of the JSON counts as: verified only where words were compared."""
    result: Outcome = finding["result"]
    return "uncompared" if result == "verified" and not finding["compared"] else result


def exists(finding: Json) -> str:
    """Whether it is a clause or a whole document that is there and was not compared."""
    return "clause" if finding["clause"] else "document"


def named(finding: Json) -> str:
    """The result in words; of what is only named, what was not compared."""
    return (
        EXISTS[exists(finding)] if outcome(finding) == "uncompared" else RESULTS[finding["result"]]
    )


def summary(shape: Json) -> str:
    """How many citations and quotations there are, and what became of them."""
    if not shape["findings"]:
        return "没有找到引用文件、条款或原文的地方"
    counts = "，".join(f"{OUTCOMES[o]} {n}" for o, n in shape["counts"].items() if n)
    return f"共 {len(shape['findings'])} 处引用：{counts}"


def told(finding: Json) -> str:
    """The difference in one line: 每周陪餐不少于【稿：2】【原文：3】次."""
    pieces = finding["difference"]
    names = {"draft": "稿", "source": "原文"}
    said = []
    for at, piece in enumerate(pieces):
        text = " ".join(piece["text"].split())
        if piece["side"] in names:
            said.append(f"【{names[piece['side']]}：{text}】")
        else:
            said.append(_same(text, at == 0, at == len(pieces) - 1))
    return "".join(said)


def _same(text: str, first: bool, last: bool) -> str:
    """What both have, shortened on the side where nothing differs."""
    if len(text) <= 2 * _SAME:
        return text
    head = "" if first else text[:_SAME]
    tail = "" if last else text[-_SAME:]
    return f"{head}……{tail}"


def shortened(text: str) -> str:
    """The text in one line, no longer than a line or two."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}……"
