"""A question from the object that one line of JSON Lines holds, with everything wrong in it."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from eval.sets.addresses import split_title
from eval.sets.gold_text import GoldTextError, read_golds
from eval.sets.values import REFUSED, UNSORTED, Gold, Question
from retrieval.query import LONGEST
from retrieval.tables.safety import readable

LONGEST_TEXT = 2_000
"""Characters of a quotation, an address or a name."""
MOST_GOLD = 1_000
"""Places that answer one question."""
_LOST = "\ufffd"

Row = dict[str, Any]
Test = Callable[[Any], bool]


def default_id(line: int) -> str:
    """Return the id of a question that has none of its own."""
    return f"line-{line}"


def _is_text(value: Any, longest: int) -> bool:
    return isinstance(value, str) and 0 < len(value) <= longest and _LOST not in value


def _text(longest: int) -> tuple[Test, str]:
    expected = f"text of 1 to {longest} characters, none of them lost"
    return (lambda value: _is_text(value, longest)), expected


def is_whole(value: Any) -> bool:
    """Whether a value is a whole number."""
    return isinstance(value, int) and not isinstance(value, bool)


def _is_share(value: Any) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and 0 <= value <= 1


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)


class Field(NamedTuple):
    """What a field may hold; an empty one is as good as none."""

    test: Test
    expected: str


FIELDS: dict[str, Field] = {
    "id": Field(*_text(200)),
    "question": Field(*_text(LONGEST)),
    "kind": Field(*_text(40)),
    "answerable": Field(_is_flag, "true or false"),
    "gold": Field(lambda value: isinstance(value, list), "a list"),
    "overlap": Field(_is_share, "null or a number from 0 to 1"),
    "split": Field(*_text(40)),
    "draft": Field(_is_flag, "true or false"),
}
GOLD_FIELDS: dict[str, Field] = {
    "document": Field(*_text(LONGEST_TEXT)),
    "quote": Field(*_text(LONGEST_TEXT)),
    "address": Field(*_text(LONGEST_TEXT)),
    "clause": Field(*_text(LONGEST_TEXT)),
    "grade": Field(lambda v: is_whole(v) and -9 <= v <= 99, "a whole number from -9 to 99"),
    "occurrence": Field(lambda v: is_whole(v) and 0 < v <= 10_000, "a whole number from 1"),
}
PLACES = ("quote", "address", "clause")
"""What says where in its document gold is."""


def read_row(line: int, row: Row) -> Question | list[str]:
    """Return the question of a row, or everything that is wrong with it."""
    row, wrong = tidied(row)
    wrong = wrong or list(_contradictions(row))
    return wrong or _question(line, row)


def tidied(row: Row) -> tuple[Row, list[str]]:
    """Return a row with its gold as objects and nothing empty, and what is wrong with a field."""
    row, wrong = _plain(row)
    wrong += _wrong_fields(row, FIELDS, "")
    golds = row.get("gold")
    for number, one in enumerate(golds if isinstance(golds, list) else [], start=1):
        wrong += _wrong_gold(one, f"gold {number}: ")
    return row, wrong


def _plain(row: Row) -> tuple[Row, list[str]]:
    """Leave out what is empty, write texts as a file can hold them, and take gold text apart."""
    row, wrong = {name: _tidy(value) for name, value in row.items()}, []
    gold = row.get("gold")
    if isinstance(gold, str) and gold:
        gold = [gold]
    if isinstance(gold, list):
        row["gold"] = []
        for number, one in enumerate(gold, start=1):
            try:
                row["gold"] += read_golds(one) if isinstance(one, str) else [_tidied(one)]
            except GoldTextError as error:
                wrong.append(f"gold {number}: {error}")
    return _filled(row), wrong


def _tidy(value: Any) -> Any:
    return readable(value).strip() if isinstance(value, str) else value


def _tidied(gold: Any) -> Any:
    """Gold without what is empty; 《…》第十二条 as the document and the address in it."""
    if not isinstance(gold, dict):
        return gold
    tidy = _filled({name: _tidy(value) for name, value in gold.items()})
    address = tidy.get("address")
    titled = split_title(address) if isinstance(address, str) and "document" not in tidy else None
    if titled is None:
        return tidy
    return _filled(tidy | {"document": titled.document, "address": titled.rest})


def _filled(row: Row) -> Row:
    return {name: value for name, value in row.items() if value is not None and value != ""}


def _wrong_fields(row: Row, fields: dict[str, Field], where: str) -> Iterator[str]:
    for name, value in row.items():
        if name not in fields:
            yield f"{where}unknown field {shown(name)}: expected {', '.join(fields)}"
        elif not fields[name].test(value):
            yield f"{where}{name} is {shown(value)}: expected {fields[name].expected}"


def _wrong_gold(gold: Any, where: str) -> Iterator[str]:
    if not isinstance(gold, dict):
        yield f"{where}expected an object or a text, found {shown(gold)}"
        return
    yield from _wrong_fields(gold, GOLD_FIELDS, where)
    given = [name for name in PLACES if name in gold]
    if len(given) > 1:
        yield f"{where}{' and '.join(given)}: expected one of {', '.join(PLACES)}"
    elif not given and "document" not in gold:
        yield f"{where}no place: expected one of {', '.join(PLACES)}"
    if "occurrence" in gold and not {"quote", "address"} & gold.keys():
        yield f"{where}occurrence without a quote or an address to count"


def shown(value: Any) -> str:
    """Return a value as a message shows it, on one line and cut short."""
    return json.dumps(value, ensure_ascii=False)[:40]


def _contradictions(row: Row) -> Iterator[str]:
    if "question" not in row:
        yield "no question: expected what is asked"
    gold = row.get("gold", [])
    if len(gold) > MOST_GOLD:
        yield f"{len(gold)} places of gold, expected at most {MOST_GOLD}"
    right = any(one.get("grade", 2) > 0 for one in gold)
    answerable = row.get("answerable", right)
    if answerable and not right:
        yield "answerable, but no gold of grade 1 or more"
    if not answerable and right:
        yield "not answerable, but with gold: expected none"
    if not answerable and "overlap" in row:
        yield "not answerable: expected null for the overlap"


def _question(line: int, row: Row) -> Question:
    gold = tuple(Gold(**one) for one in row.get("gold", []))
    answerable = any(one.grade > 0 for one in gold)
    return Question(
        line=line,
        id=row.get("id", default_id(line)),
        text=row["question"],
        kind=row.get("kind", UNSORTED if answerable else REFUSED[0]),
        answerable=answerable,
        gold=gold,
        overlap=row.get("overlap"),
        split=row.get("split", ""),
        draft=row.get("draft", False),
    )


def repeated(questions: Iterable[Question]) -> Iterator[tuple[int, str]]:
    """Yield line and message for what an earlier line has already: an id, or a question."""
    seen: dict[str, int] = {}
    for question in questions:
        for value in (question.id, question.text):
            first = seen.setdefault(value, question.line)
            if first != question.line:
                yield question.line, f"{shown(value)} stands in line {first} already"
