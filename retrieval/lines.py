"""The JSON shapes as lines of text, for people at a terminal."""

from collections.abc import Iterable, Iterator
from pathlib import PurePath

from corpus.fields import HAND, LABELS, as_shown
from index.collections import DEFAULT
from retrieval.facts import facts_lines
from retrieval.shapes import Json

_INDENT = " " * 15  # below the title, behind an id and two blanks
_FACT = "    · "
_SNIPPET = 160
_MOST_SIMILAR = 3
_MOST_PASSED = 10
_FACTS = {
    **dict.fromkeys(("issuer", "number"), ""),
    "date": "成文 ",
    "published": "发布 ",
    "effective": "施行 ",
    "repealed": "失效 ",
    **dict.fromkeys(("level", "region", "form", "status"), ""),
}
"""What is shown of a document, and what stands before it."""
_FOUND_BY = {"address": " · 按条号找到", "number": " · 按文号找到", "title": " · 按标题找到"}
"""What is said of a hit that was looked up; the others were found by their words or meaning."""
FLAG = "--superseded "
"""What a terminal gives to include documents that were replaced or repealed; a screen has a switch,
which tables that are made there name. The blank parts it from the Chinese behind it."""
_ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "gb18030": "GB18030",
    "big5hkscs": "Big5",
    "cp950": "Big5",
}


def report_lines(shape: Json) -> Iterator[str]:
    """What became of each file of `add`."""
    for outcome in ("added", "replaced", "unchanged"):
        for document in shape[outcome]:
            yield f"{outcome:9} {document['id']}  {name(document)}"
            if outcome != "unchanged":
                yield from _told(document)
            if outcome == "replaced" and HAND in document["given"]:
                yield f"{_INDENT}= 沿用了更正过的{_named(document['given'][HAND])}"
    for failure in shape["failed"]:
        yield f"failed    {failure['source']}: {failure['error']}"
    yield from _warnings(shape)
    if shape["passed_over"]:
        names = "、".join(PurePath(name).name for name in shape["passed_over"][:_MOST_PASSED])
        more = "……" * (len(shape["passed_over"]) > _MOST_PASSED)
        yield f"no reader for {len(shape['passed_over'])} files, passed over: {names}{more}"
    yield f"{_count(shape['clauses'], 'clause')} written"


def removed_lines(shape: Json) -> Iterator[str]:
    """The documents that `remove` removed."""
    for document in shape["removed"]:
        yield f"removed {document['id']}  {name(document)}"


def list_lines(shape: Json) -> Iterator[str]:
    """Each document of `list`: a line with its title, one with its facts, one for each note."""
    for document in shape["documents"]:
        yield f"{document['id']}  {name(document)}"
        yield from _told({**document, "status": document["status"] or "状态不明"})
    if not shape["documents"]:
        yield "the library is empty: add documents with `youju add PATH`"
    yield from _warnings(shape)


def _warnings(shape: Json) -> Iterator[str]:
    for warning in shape["warnings"]:
        yield f"warning   {warning['source']}: {warning['error']}"


def _told(document: Json) -> Iterator[str]:
    """How a document was read, what it says of itself, and what to know about it."""
    read = " ".join(filter(None, (document["format"], encoding_name(document["encoding"]))))
    file = PurePath(document["source"]).name
    yield f"{_INDENT}{file}: {read}, {_count(document['clauses'], 'clause')}"
    facts = [f"{name}{as_shown(document[key])}" for key, name in _FACTS.items() if document[key]]
    if document.get("collection", DEFAULT) != DEFAULT:
        facts.append(f"文件集{document['collection']}")
    if facts:
        yield f"{_INDENT}{' · '.join(facts)}"
    for by, names in document["given"].items():
        yield f"{_INDENT}= {by}: {_named(names)}"
    yield from (f"{_INDENT}! {note}" for note in document["notes"])
    for other in document["similar"][:_MOST_SIMILAR]:
        common = f"{other['common']}/{other['clauses']} 条相同或相近（{other['share']:.0%}）"
        yield f"{_INDENT}~ 与 {other['id']}《{other['title']}》{common}"
    if len(document["similar"]) > _MOST_SIMILAR:
        yield f"{_INDENT}~ 另有 {len(document['similar']) - _MOST_SIMILAR} 份相近文件"


def _named(fields: Iterable[str]) -> str:
    return "、".join(LABELS[field] for field in fields)


def show_lines(shape: Json) -> Iterator[str]:
    """A document of `show`, each clause below its address and the headings above it."""
    yield f"{shape['document']['id']}  {name(shape['document'])}"
    for clause in shape["clauses"]:
        yield f"\n[{clause['address']}] {' > '.join(clause['path'])}".rstrip()
        yield shape["text"][clause["start"] : clause["end"]].strip()
        yield from (f"{_FACT}{line}" for line in facts_lines(clause))


def encoding_name(encoding: str | None) -> str | None:
    """Return an encoding as people call it."""
    return _ENCODINGS.get(encoding, encoding) if encoding else None


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def search_lines(shape: Json) -> Iterator[str]:
    """What names are not there, then the hits, each with where it stands and how it begins.

    What took no part in the search comes last.
    """
    yield from _remarks(shape)
    for hit in shape["hits"]:
        found_by = _FOUND_BY.get(hit["found_by"], "")
        yield f"{hit['rank']:2}. {hit['score']:.3f}  {_cited(hit)}{found_by}"
        yield f"    {' '.join(hit['text'].split())[:_SNIPPET]}"
    if not shape["hits"]:
        yield "nothing found"
    yield from (f"! {line}" for line in left_aside(shape))


def answer_lines(shape: Json) -> Iterator[str]:
    """The answer of `ask` and its sources, or the clauses nearest to the question."""
    if shape["status"] == "answered":
        yield shape["answer"]
        yield ""
        for citation in shape["citations"]:
            yield f"[{citation['n']}] {_cited(citation)}"
            if citation["notice"]:
                yield f"    ! {citation['notice']}"
    else:
        yield f"没有找到答案：{shape['reason']}。" if shape["reason"] else "没有找到答案。"
        if shape["nearest"]:
            yield "最接近的条款（不是答案）："
        for hit in shape["nearest"]:
            yield f"  - {_cited(hit)}"
    yield from _remarks(shape)
    yield from (f"! {line}" for line in left_aside(shape))


def synonyms_lines(shape: Json) -> Iterator[str]:
    """The pairs of `synonyms`, the library's own first, and what of its table cannot be used."""
    for pair in shape["pairs"]:
        own = "自定义" if pair["own"] else "内置　"
        yield f"{own}  {pair['everyday']} → {'、'.join(pair['policy'])}"
    yield f"{_count(len(shape['pairs']), 'pair')}; own pairs stand in {shape['file']}"


def name(document: Json) -> str:
    """The title, or the file's name where the document states none."""
    return str(document["title"] or PurePath(document["source"]).name)


def _cited(found: Json) -> str:
    """The citation of a hit or a quotation, and the status of its document."""
    status = found["document"]["status"]
    return f"{found['citation']} [{status}]" if status else str(found["citation"])


def _remarks(shape: Json) -> Iterator[str]:
    """What to know of names that are not there."""
    return (f"! {remark}" for remark in shape["remarks"])


def left_aside(shape: Json, switch: str = FLAG) -> Iterator[str]:
    """What took no part in a search, and which `switch` includes it."""
    if shape["left_out"]:
        yield f"未检索已被替代或废止的文件 {shape['left_out']} 份，{switch}可一并检索"
    yield from not_encoded(shape)


def not_encoded(shape: Json) -> Iterator[str]:
    """What could be found by its words alone."""
    if shape["pending"]:
        yield f"{shape['pending']} 个片段尚未建立语义索引，暂时只能按字词找到它们"
