"""References find the documents and clauses of a library that they point at."""

from dataclasses import replace

import pytest

from corpus import Document, Given, parse
from index.references import Resolver, Target

LAW = """中华人民共和国校舍法
2019年3月1日
第一条　为了保障校舍安全，制定本法。
第二条　学校应当每年检查校舍。
检查结果应当向社会公布。
第三条　有下列情形之一的，不得使用：
（一）主体结构有裂缝的；
（二）未通过消防验收的。
违反前款规定的，责令改正。
"""
NEWER = LAW.replace("2019年", "2024年")
RULES = """青禾县校舍管理办法
青政发〔2023〕4号
第一条　根据《中华人民共和国校舍法》，制定本办法。
第二条　依照《校舍法》第二条第二款公布结果。
第三条　按照《关于校舍的通知》（青教发〔2022〕9号）第一条执行。
第四条　学校应当建立台账。
台账应当保存十年。
违反前款规定的，依照本办法第二条处理；前条另有规定的除外。
第五条　有下列情形之一的，适用本条第二款：
（一）校舍改建的；
（二）校舍拆除的，适用前项规定。
本条第一款第（一）项由县教育局解释。
青禾县人民政府
2023年5月6日
"""
NOTICE = """青禾县教育局文件
青教发〔2022〕9号
青禾县教育局关于校舍的若干规定
第一条　各校自查。
第二条　自2022年9月1日起施行。
青禾县教育局
2022年8月1日
"""


def library() -> dict[str, Document]:
    texts = {"old": LAW, "new": NEWER, "rules": RULES, "notice": NOTICE}
    return {name: parse(name, f"{name}.txt", text) for name, text in texts.items()}


def targets(documents: dict[str, Document], name: str = "rules") -> list[tuple[str, Target | None]]:
    resolver = Resolver(documents.values())
    citing = documents[name]
    return [
        (citing.quote(reference.span), resolver.resolve(reference, citing, clause))
        for clause in citing
        for reference in clause.facts.references
    ]


def said(target: Target | None) -> tuple[str, str | None, str] | None:
    if target is None:
        return None
    clause, span = target.clause, target.span
    quoted = target.document.quote(span).split() if span else [""]
    return target.document.id, clause.address if clause else None, quoted[0]


def test_every_reference_of_a_regulation_finds_its_target() -> None:
    assert [(text, said(target)) for text, target in targets(library())] == [
        ("《中华人民共和国校舍法》", ("new", None, "")),
        ("《校舍法》第二条第二款", ("new", "第二条", "检查结果应当向社会公布。")),
        ("《关于校舍的通知》（青教发〔2022〕9号）第一条", ("notice", "第一条", "第一条")),
        ("前款", ("rules", "第四条", "台账应当保存十年。")),
        ("本办法第二条", ("rules", "第二条", "第二条")),
        ("前条", ("rules", "第三条", "第三条")),
        ("本条第二款", ("rules", "第五条", "本条第一款第（一）项由县教育局解释。")),
        ("前项", ("rules", "第五条", "（一）校舍改建的；")),
        ("本条第一款第（一）项", ("rules", "第五条", "（一）校舍改建的；")),
    ]


@pytest.mark.parametrize(
    ("cited", "expected"),
    [
        (
            "第四条第一款、第二款",
            [("第四条", "第四条"), ("第四条", "台账应当保存十年。")],
        ),
        (
            "《校舍法》第二条第一款、第二款",
            [("第二条", "第二条"), ("第二条", "检查结果应当向社会公布。")],
        ),
        ("《校舍法》第三条第(一)项", [("第三条", "（一）主体结构有裂缝的；")]),
        ("本办法第一条", [("第一条", "第一条")]),
    ],
)
def test_an_address_goes_on_from_the_one_before(
    cited: str, expected: list[tuple[str, str]]
) -> None:
    documents = library()
    text = RULES.replace("依照《校舍法》第二条第二款公布", f"依照{cited}规定公布")
    documents["rules"] = parse("rules", "r.txt", text)
    found = [target for said, target in targets(documents) if said in cited]
    assert [said(target)[1:] for target in found][: len(expected)] == expected  # type: ignore[index]


def test_a_chapter_is_all_that_stands_below_its_heading() -> None:
    text = "青禾县条例\n第一章　总则\n第一条　依照本条例第二章。\n第二章　管理\n第二条　公开。\n"
    document = parse("d", "d.txt", text)
    ((_, target),) = targets({"d": document}, "d")
    assert target and target.span and document.quote(target.span) == text[text.index("第二章　") :]


def test_the_spans_stand_within_their_clause() -> None:
    for _, target in targets(library()):
        if target and target.clause and target.span:
            assert target.clause.start <= target.span.start < target.span.end <= target.clause.end


def test_what_the_library_lacks_has_no_target() -> None:
    only = {"rules": library()["rules"]}
    missing = [text for text, target in targets(only) if target is None]
    assert missing == [
        "《中华人民共和国校舍法》",
        "《校舍法》第二条第二款",
        "《关于校舍的通知》（青教发〔2022〕9号）第一条",
    ]


def test_an_address_that_is_not_there_leads_to_the_document() -> None:
    documents = library()
    rules = parse("rules", "r.txt", RULES.replace("第二条第二款公布", "第九十条公布"))
    found = dict(targets({**documents, "rules": rules}))["《校舍法》第九十条"]
    assert said(found) == ("new", None, "")


@pytest.mark.parametrize("status", ["征求意见稿", "已废止"])
def test_what_is_not_in_force_comes_after_what_is(status: str) -> None:
    documents = library()
    newest = parse("newest", "newest.txt", LAW.replace("2019年", "2025年"))
    documents["newest"] = newest
    assert said(targets(documents)[0][1]) == ("newest", None, "")
    given = replace(newest.metadata, status=Given(status, "metadata.csv"))
    documents["newest"] = replace(newest, metadata=given)
    assert said(targets(documents)[0][1]) == ("new", None, "")


@pytest.mark.parametrize(
    ("own", "expected"), [("青禾县", "green"), ("白沙市", "white"), ("云岭省", None)]
)
def test_of_many_places_that_of_the_citing_document_is_meant(
    own: str, expected: str | None
) -> None:
    plans = {
        name: parse(
            name, f"{name}.txt", f"校园安全办法\n第一条　检查。\n{place}教育局\n2024年3月1日\n"
        )
        for name, place in (("green", "青禾县"), ("white", "白沙市"))
    }
    citing = f"{own}工作方案\n一、安全。落实《校园安全办法》。\n{own}教育局\n2024年5月1日\n"
    found = targets({**plans, "plan": parse("plan", "p.txt", citing)}, "plan")
    assert [target and target.document.id for _, target in found] == [expected]


def test_clauses_are_read_only_of_documents_that_are_pointed_at() -> None:
    documents = library()
    read: list[str] = []

    def reads(name: str) -> Document:
        read.append(name)
        return documents[name]

    rules = documents["rules"]
    resolver = Resolver(documents.values(), reads)
    for clause in rules:
        for reference in clause.facts.references:
            resolver.resolve(reference, rules, clause)
    assert set(read) == {"new", "notice"}


CARRYING = """青禾县教育局关于印发《青禾县操场管理办法》的通知
青教发〔2024〕9号
各校：
现印发给你们。
附件：青禾县操场管理办法
青禾县教育局
2024年3月1日
附件
青禾县操场管理办法
第一章　总则
第一条　操场应当平整。
操场应当安全。
第二条　依照第一条第二款检查；前条另有规定的除外。
第二章　附则
第三条　依照本办法第一章执行，前款不限。
"""
APART = """青禾县食堂细则
第一章　总则
第一条　甲。
第二条　乙。
第二章　人员
第一条　丙。
第二条　违反第一条的，依照第一章处理。
"""


def found(resolver: Resolver, document: Document) -> list[tuple[str, str]]:
    return [
        (document.quote(reference.span), target.document.quote(target.span).strip())
        for clause in document
        for reference in clause.facts.references
        if (target := resolver.resolve(reference, document, clause)) and target.span
    ]


def test_a_reference_within_an_annex_stays_there() -> None:
    document = parse("c", "c.txt", CARRYING)
    targets = dict(found(Resolver([document]), document))
    assert targets["第一条第二款"] == "操场应当安全。"
    assert targets["前条"].startswith("第一条　操场应当平整")
    assert targets["本办法第一章"].startswith("第一章　总则\n第一条")


def test_what_a_notice_issues_is_found_by_its_own_title() -> None:
    carrying = parse("c", "c.txt", CARRYING)
    citing = parse(
        "x", "x.txt", "青禾县通知\n一、依照《青禾县操场管理办法》第二条检查。\n二、乙。\n"
    )
    (target,) = found(Resolver([carrying, citing]), citing)
    assert target[1].startswith("第二条　依照第一条")


def test_articles_that_begin_again_are_those_of_the_chapter() -> None:
    document = parse("a", "a.txt", APART)
    targets = dict(found(Resolver([document]), document))
    assert targets["第一条"] == "第一条　丙。"
