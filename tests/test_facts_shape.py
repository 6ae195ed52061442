"""What `show` says of the facts of a clause, as JSON and as lines."""

import json
from typing import Any

from corpus import parse
from index.references import Resolver
from retrieval.facts import facts_lines, facts_shape
from retrieval.shapes import show_shape
from retrieval.standing import Standing

LAW = "中华人民共和国校舍法\n2019年3月1日\n第一条　为了保障校舍安全，制定本法。\n"
PLAN = """青禾县校舍改造方案
一、目标。依照《校舍法》第一条，到2027年，抗震达标率达到95%以上，各校应当每年建设 个示范点。
（县教育局牵头，县财政局配合）
青禾县教育局
2024年3月1日
"""


def shape() -> dict[str, Any]:
    law, plan = parse("law", "law.txt", LAW), parse("plan", "plan.txt", PLAN)
    shown = show_shape(plan, Standing(plan, None, None), Resolver([law, plan]))
    assert json.loads(json.dumps(shown)) == shown
    clause: dict[str, Any] = next(c for c in shown["clauses"] if c["kind"] == "item")
    for facts in clause["facts"].values():
        for fact in facts:
            said = fact.get("text", fact.get("word"))
            assert shown["text"][fact["start"] : fact["end"]] == said
    return clause


def test_every_fact_stands_in_the_json_with_its_place() -> None:
    facts = shape()["facts"]
    (figure,) = facts["figures"]
    assert figure | {"start": 0, "end": 0} == {
        "text": "95%",
        "start": 0,
        "end": 0,
        "value": "95",
        "upper": None,
        "unit": "%",
        "comparison": ">=",
        "indicator": "抗震达标率",
        "deadline": "2027",
    }
    assert [(o["duty"], o["word"]) for o in facts["obligations"]] == [("must", "应当")]
    assert [(m["text"], m["unit"]) for m in facts["missing"]] == [(" 个", "个")]
    (reference,) = facts["references"]
    assert (reference["title"], reference["address"]) == ("校舍法", "第一条")
    start = LAW.index("第一条")
    place = {"start": start, "end": len(LAW)}
    assert reference["target"] == {"document": "law", "clause": "law-0001", **place}


def test_without_a_library_nothing_is_pointed_at() -> None:
    plan = parse("plan", "plan.txt", PLAN)
    clause = next(c for c in plan if c.kind == "item")
    assert [r["target"] for r in facts_shape(plan, clause)["references"]] == [None]


def test_people_read_the_facts_below_a_clause() -> None:
    assert list(facts_lines(shape())) == [
        "牵头：县教育局",
        "配合：县财政局",
        "指标：抗震达标率 ≥95%（2027）",
        "义务：应当",
        "引用：《校舍法》第一条 → law-0001",
        "缺数：示范点 __ 个",
    ]
