"""Gold: as people write it, and where in the documents it stands."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Document, parse
from corpus.citation import cite
from eval.sets import Gold, Question, QuestionSet, SetError, resolve
from eval.sets.addresses import is_address, key_of, split_title
from eval.sets.documents import GoldError, Shelf, clause_at
from eval.sets.gold_text import read_golds
from eval.sets.places import Place, place
from tests.fakes import CANTEEN, NOTICE, PLAN

RULES = """柳湖县校车管理办法
（2021年3月1日柳湖县人民政府令第12号公布）

第一章　总则
第一条　校车每日不少于2班。
第二条　校车司机应当符合下列条件：
（一）驾龄三年以上；
（二）身体健康。
司机每年培训一次。
第十二条　本办法自2021年5月1日起施行。

附件1
校车司机守则
第一条　司机应当佩戴工牌。
第三条　司机不得接听电话。
"""
OLDER = RULES.replace("2021", "2015").replace("第12号", "第3号")
TEXTS = {"canteen.txt": CANTEEN, "plan.md": PLAN, "notice.txt": NOTICE, "bus.txt": RULES}


def parsed(texts: dict[str, str]) -> list[Document]:
    return [parse(name, name, text) for name, text in texts.items()]


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    return parsed(TEXTS)


@pytest.fixture(scope="module")
def shelf(documents: list[Document]) -> Shelf:
    return Shelf(documents)


def said(found: Place) -> str:
    return found.document.quote(found.span)


# --- as people write it ---------------------------------------------------------------------

WRITTEN = [
    ("《食堂办法》第十二条", {"document": "食堂办法", "address": "第十二条"}),
    ("《食堂办法》的第十二条", {"document": "食堂办法", "address": "第十二条"}),
    ("《食堂办法》：校长陪餐", {"document": "食堂办法", "quote": "校长陪餐"}),
    ("《食堂办法》“校长|陪餐”", {"document": "食堂办法", "quote": "校长|陪餐"}),
    ("《食堂办法》「校长」", {"document": "食堂办法", "quote": "校长"}),
    (
        "《关于印发《办法》的通知》第三条",
        {"document": "关于印发《办法》的通知", "address": "第三条"},
    ),
    (
        "《办法》（白政发〔2024〕7号）三、（二）5.",
        {"document": "办法（白政发〔2024〕7号）", "address": "三、（二）5."},
    ),
    ("《意见》（二）", {"document": "意见", "address": "（二）"}),
    ("《通知》附件1 第3条", {"document": "通知", "address": "附件1 第3条"}),
    ("《通知》", {"document": "通知"}),
    ("d0123456789ab-0007", {"clause": "d0123456789ab-0007"}),
    ("第十二条第二款", {"address": "第十二条第二款"}),
    ("每周陪餐不少于3次", {"quote": "每周陪餐不少于3次"}),
    ("3", {"quote": "3"}),
    ("第十二条规定的处罚", {"quote": "第十二条规定的处罚"}),
    ('{"quote": "x", "grade": 1}', {"quote": "x", "grade": 1}),
]


@pytest.mark.parametrize(("text", "expected"), WRITTEN)
def test_a_cell_says_what_gold_it_is(text: str, expected: dict[str, object]) -> None:
    assert read_golds(text) == [expected]


def test_several_stand_apart_by_a_bar_or_a_line() -> None:
    assert read_golds("第一条|第二条\n《甲》“一|二”\uff5c ") == [
        {"address": "第一条"},
        {"address": "第二条"},
        {"document": "甲", "quote": "一|二"},
    ]
    # A mark that is never closed holds nothing together.
    assert read_golds("“一|第二条") == [{"quote": "“一"}, {"address": "第二条"}]
    assert read_golds(" ") == []


def test_a_document_beside_the_cell_is_that_of_what_names_none() -> None:
    assert read_golds("第一条|《附》第二条", "通知") == [
        {"document": "通知", "address": "第一条"},
        {"document": "通知", "address": "《附》第二条"},
    ]


@given(st.text())
def test_any_text_is_gold_or_refused_as_json(text: str) -> None:
    if not text.strip().startswith(("{", "[")):
        assert all(isinstance(one, dict) for one in read_golds(text))


def test_an_address_is_known_by_its_signs() -> None:
    known = [
        "第十二条",
        "第12条第二款第（三）项",
        "三、（二）5.",
        "（一）",
        "附件1 第3条",
        "《办法》第三条",
    ]
    assert [one for one in known if not is_address(one)] == []
    others = ["2025", "12", "第条", "十二", "第三条规定", "", "《办法》", "校长", "3.5"]
    assert [one for one in others if is_address(one)] == []


def test_numerals_signs_and_spaces_make_no_difference_to_an_address() -> None:
    same = [
        "附件1 第十二条第二款第（三）项",
        "附件一第12条第2款第3项",
        "附件1　第１２条第二款（三）项",
    ]
    assert len({key_of(one) for one in same}) == 1
    assert key_of("三、（二）5.") == key_of("三 (二) ５") == (3, 2, 5)
    assert key_of("第十二条") != key_of("第二十二条")
    assert key_of("第二条") != key_of("二、")


def test_a_title_ends_where_its_own_bracket_closes() -> None:
    assert split_title("食堂办法》第三条") is None
    assert split_title("见《办法》第三条") is None
    titled = split_title("《办法》（试行）（二）")
    assert titled is not None and titled == ("办法（试行）", "（二）")


# --- documents ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["青禾县学校食堂管理办法", "食堂管理办法", "canteen.txt", "学校食堂管理办法"]
)
def test_a_document_has_a_title_a_part_of_it_and_a_file_name(shelf: Shelf, name: str) -> None:
    assert shelf.named(name).id == "canteen.txt"


@pytest.mark.parametrize("name", ["白政发〔2024〕7号", "白政发[2024]第7号", "发展学前教育的意见"])
def test_a_document_has_a_number(shelf: Shelf, name: str) -> None:
    assert shelf.named(name).id == "plan.md"


def test_a_title_may_be_in_the_other_script(shelf: Shelf) -> None:
    assert shelf.named("关于做好课后服务的通知").id == "notice.txt"


def test_a_whole_title_comes_before_a_part_of_a_longer_one() -> None:
    texts = {"a": "关于推迟柳湖办法的通知\n第一条　推迟一年。", "b": "柳湖办法\n第一条　推迟一年。"}
    both = parsed(texts)
    assert {document.label for document in both} == {"关于推迟柳湖办法的通知", "柳湖办法"}
    assert Shelf(both).named("柳湖办法").id == "b"


def test_versions_of_a_title_are_told_apart_by_what_stands_behind_it() -> None:
    shelf = Shelf(parsed({"old.txt": OLDER, "new.txt": RULES}))
    with pytest.raises(GoldError, match=r"2 documents .*（old\.txt）、.*（new\.txt）"):
        shelf.named("柳湖县校车管理办法")
    for document in shelf.documents:
        name = cite(document).replace("《", "").replace("》", "")
        assert shelf.named(name) is document
    assert shelf.named("new.txt").id == "new.txt"


def test_a_note_that_no_version_has_is_refused(shelf: Shelf) -> None:
    with pytest.raises(GoldError, match="no document is called"):
        shelf.named("柳湖县校车管理办法（柳政发〔1999〕1号）")


# --- places ---------------------------------------------------------------------------------


def test_a_quotation_leads_to_its_clause(shelf: Shelf) -> None:
    found = place(Gold("白沙市人民政府关于发展学前教育的意见", "不少于2班"), shelf)
    assert (found.document.id, found.clause.address) == ("plan.md", "一、（二）")
    assert (said(found), found.grade) == ("不少于2班", 2)


def test_a_quotation_needs_no_document_where_one_has_it(shelf: Shelf) -> None:
    assert place(Gold(quote="食堂应当公示"), shelf).document.id == "canteen.txt"
    with pytest.raises(GoldError, match="“不少于2” stands 2 times in the 4 documents"):
        place(Gold(quote="不少于2"), shelf)


def test_a_quotation_in_other_script_and_width_is_found_as_it_is_written(shelf: Shelf) -> None:
    assert said(place(Gold(quote="课后服务每周5天"), shelf)) == "課後服務每週５天"


ADDRESSES = [
    ("canteen.txt", "第二条", "第二条　学校食堂实行"),
    ("canteen.txt", "第2条", "第二条　学校食堂实行"),
    ("canteen.txt", "２条", "第二条　学校食堂实行"),
    ("canteen.txt", "第二条第二款", "食堂应当公示一周菜谱"),
    ("plan.md", "一、（二）", "（二）开行校车"),
    ("plan.md", "一(2)", "（二）开行校车"),
    ("plan.md", "二、2.", "2.寄宿生每人"),
    ("plan.md", "二、２", "2.寄宿生每人"),
    ("bus.txt", "第二条第（二）项", "（二）身体健康"),
    ("bus.txt", "第2条第一款第2项", "（二）身体健康"),
    ("bus.txt", "第二条第二款", "司机每年培训一次"),
    ("bus.txt", "第一条", "第一条　校车每日"),
    ("bus.txt", "附件1 第一条", "第一条　司机应当佩戴"),
    ("bus.txt", "附件一第3条", "第三条　司机不得"),
    ("bus.txt", "第三条", "第三条　司机不得"),
]


@pytest.mark.parametrize(("name", "address", "opening"), ADDRESSES)
def test_an_address_leads_to_its_stretch(
    shelf: Shelf, name: str, address: str, opening: str
) -> None:
    found = place(Gold(name, address=address, grade=1), shelf)
    assert said(found).strip().startswith(opening)
    assert (found.document.id, found.grade) == (name, 1)
    assert found.clause.start <= found.span.start < found.span.end <= found.clause.end


def test_every_address_that_youju_writes_leads_back(documents: Sequence[Document]) -> None:
    shelf = Shelf(documents)
    for document in documents:
        for clause in document.clauses:
            if clause.kind in ("article", "item"):
                assert place(Gold(document.id, address=clause.address), shelf).clause is clause
                for part in clause.parts:
                    assert place(Gold(document.id, address=part.address), shelf).span == part.span


def test_every_clause_is_found_by_its_id(documents: Sequence[Document]) -> None:
    shelf = Shelf(documents)
    for document in documents:
        for clause in document.clauses:
            assert place(Gold(clause=clause.id), shelf) == Place(document, clause, clause.span, 2)


def test_an_address_needs_no_document_where_one_has_it(shelf: Shelf) -> None:
    assert place(Gold(address="二、2."), shelf).document.id == "plan.md"


UNPLACED = [
    (Gold("岚川省规定", "校长陪餐制度"), "no document is called “岚川省规定”"),
    (Gold("的", "校长陪餐制度"), "documents are called “的”"),
    (Gold("canteen.txt", "校长不必陪餐"), "stands 0 times in “canteen.txt”, expected once"),
    (Gold("canteen.txt", "学校食堂"), "stands 3 times"),
    (Gold("canteen.txt", "学校食堂", 2, 4), "stands 3 times in “canteen.txt”, expected 4"),
    (Gold("canteen.txt", "本办法。\n第二条　学校"), "runs past the end of 第一条"),
    (Gold("canteen.txt", address="第九条"), "第九条 stands 0 times in “canteen.txt”"),
    (Gold("canteen.txt", address="第二条第九款"), "第二条第九款 stands 0 times in “canteen.txt”"),
    (Gold("canteen.txt", address="附件9 第二条"), "附件9 第二条 stands 0 times in “canteen.txt”"),
    (
        Gold("plan.md", address="二、"),
        "二、 stands 2 times in “plan.md”, expected once: name one of",
    ),
    (
        Gold(address="第二条"),
        "name one of 《青禾县学校食堂管理办法》第二条、《柳湖县校车管理办法》第二条",
    ),
    (Gold(clause="nobody-0001"), "no document has the clause nobody-0001"),
    (Gold(clause="canteen.txt-9999"), "has 4 clauses, none is canteen.txt-9999"),
    (Gold(clause="canteen.txt-x"), "has 4 clauses, none is canteen.txt-x"),
    (Gold("plan.md", clause="canteen.txt-0001"), "is a clause of “青禾县学校食堂管理办法”, not of"),
    (Gold("canteen.txt"), "is a document alone: add the quotation or the address"),
]


@pytest.mark.parametrize(("wrong", "message"), UNPLACED)
def test_gold_without_a_certain_place_is_refused(shelf: Shelf, wrong: Gold, message: str) -> None:
    with pytest.raises(GoldError) as caught:
        place(wrong, shelf)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value).replace("。\n", "")


def test_an_occurrence_is_chosen_by_its_number(shelf: Shelf) -> None:
    found = [place(Gold("canteen.txt", "学校食堂", 2, number), shelf) for number in (1, 2)]
    assert [one.clause.kind for one in found] == ["header", "article"]
    assert found[0].span.start < found[1].span.start
    second = place(Gold("plan.md", address="二、", occurrence=2), shelf)
    assert second.clause.address == "二、2."


@given(st.data())
def test_every_offset_has_the_clause_that_holds_it(data: st.DataObject) -> None:
    document = parse("plan", "plan.md", PLAN)
    offset = data.draw(st.integers(0, len(document.text) - 1))
    clause = clause_at(document, offset)
    assert clause.start <= offset < clause.end


# --- a set ----------------------------------------------------------------------------------


def of(*golds: tuple[Gold, ...]) -> QuestionSet:
    questions = [
        Question(line, f"q{line}", f"问题{line}？", "lay", bool(gold), gold)
        for line, gold in enumerate(golds, start=2)
    ]
    return QuestionSet(Path("set.jsonl"), None, tuple(questions))


def test_every_question_has_the_places_of_its_gold(documents: list[Document]) -> None:
    golds = (Gold("canteen.txt", "每周陪餐"), Gold("bus.txt", address="第二条", grade=1))
    first, second = resolve(of(golds, ()), documents)
    assert [one.clause.address for one in first.places] == ["第二条", "第二条"]
    assert [one.grade for one in first.places] == [2, 1]
    assert (second.places, second.overlap) == ((), None)


def test_what_was_judged_not_to_answer_makes_no_question_easier(documents: list[Document]) -> None:
    right, wrong = Gold("bus.txt", "本办法自2021年"), Gold("canteen.txt", "每周陪餐", 0)
    question = Question(1, "q", "校长每周陪餐几次？", "lay", True, (right, wrong))
    (found,) = resolve(QuestionSet(Path("s"), None, (question,)), documents)
    assert found.overlap == 0.0


def test_all_gold_without_a_place_is_told_at_once(documents: list[Document]) -> None:
    golds = [
        (Gold("canteen.txt", "没有的话"),),
        (Gold("canteen.txt", "每周陪餐"),),
        (Gold("canteen.txt", "每周陪餐"), Gold("无此文件", "x"), Gold("bus.txt", address="第九条")),
    ]
    with pytest.raises(SetError) as caught:
        resolve(of(*golds), documents)
    assert [line for line, _ in caught.value.mistakes] == [2, 4, 4]
    assert [said[:7] for _, said in caught.value.mistakes][1:] == ["gold 2:", "gold 3:"]
