"""What a draft cites and quotes is looked up: verified, altered, missing or replaced."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import parse
from index import Library
from retrieval import Searcher
from retrieval.drafts import DraftError, Finding, check_draft
from retrieval.drafts.checking import LONGEST
from retrieval.drafts.differences import Core, difference, likest
from retrieval.drafts.statements import read_statements
from tests.fakes import Opener
from tests.verified import PLAN, RULES, TRADITIONAL

PHONES = """青禾县中小学校手机管理规定
第一条　为了规范手机管理，制定本规定。
第二条　课间活动不得强制学生参加，不得占用学生的休息时间。
第三条　学生不得将手机带入课堂。确有需要的，由学校统一保管。
第四条　每道菜品留样不少于一百二十五克，冷藏保存不少于四十八小时。
青禾县教育局
2024年5月1日
"""
OLD = """云岭市校车管理办法
云政发〔2015〕3号
第一条　为了保证校车安全，制定本办法。
第二条　校车每车乘坐学生不得超过三十人，车内应当配备两名照管人员。
第三条　校车每半年检验一次。
第四条　校车驾驶人每年接受二十学时安全教育。
云岭市人民政府
2015年6月1日
"""
NEW = """云岭市校车管理办法
云政发〔2024〕9号
第一条　为了保证校车安全，制定本办法。
第二条　校车每车乘坐学生不得超过二十五人，车内应当配备两名照管人员。
第三条　校车每季度检验一次。
本办法自2024年8月1日起施行，2015年6月1日发布的《云岭市校车管理办法》（云政发〔2015〕3号）同时废止。
云岭市人民政府
2024年7月1日
"""
TEXTS = {"plan": PLAN, "rules": RULES, "trad": TRADITIONAL, "old": OLD, "new": NEW}
BOOKS = "{}学校图书管理规定\n第一条　学校图书馆每周开放{}小时。\n{}教育局\n2021年5月1日\n"
TEXTS["phones"] = PHONES
TEXTS["books-a"] = BOOKS.format("青禾县", 20, "青禾县")
TEXTS["books-b"] = BOOKS.format("云岭市", 30, "云岭市")
TODAY = date(2026, 1, 1)


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    library = Library(tmp_path_factory.mktemp("drafts") / "library", Opener())
    library.put_all(parse(name, f"{name}.txt", text) for name, text in TEXTS.items())
    library.refresh()
    library.embed()
    return Searcher(library, today=lambda: TODAY)


def check(searcher: Searcher, text: str) -> list[Finding]:
    found = check_draft(searcher, text, TODAY)
    for finding in found:
        assert 0 <= finding.span.start < finding.span.end <= len(text)
        if finding.document and finding.found:
            assert finding.quote == finding.document.text[slice(*finding.found)]
            assert finding.clause in finding.document.clauses
    return found


def one(searcher: Searcher, text: str) -> Finding:
    (finding,) = check(searcher, text)
    return finding


def notes(finding: Finding) -> list[str]:
    return [note.kind for note in finding.notes]


# --- what is cited --------------------------------------------------------------------------

CITED = [
    ("依据《白沙市学校食堂管理办法》第三条办理。", "verified", "rules", "第三条", []),
    ("依据《学校食堂管理办法》第二条第二款办理。", "verified", "rules", "第二条第二款", ["called"]),
    ("依据《白沙市學校食堂管理辦法》第3條办理。", "verified", "rules", "第3條", []),
    ("依据《白沙市学校食堂管理办法》（白教规〔2023〕6号）办理。", "verified", "rules", None, []),
    ("依据白教规〔2023〕6号办理。", "verified", "rules", None, []),
    ("依据白沙市学校食堂管理办法第三条办理。", "verified", "rules", "第三条", []),
    ("依据《白沙市学校食堂管理办法》第三十条办理。", "missing", "rules", None, ["no_clause"]),
    ("依据《白沙市学校食堂管理办法》第三条第五款办理。", "missing", "rules", None, ["no_clause"]),
    ("依据《白沙市图书馆条例》第三条办理。", "missing", None, None, ["no_title"]),
    ("依据白教规〔2023〕99号办理。", "missing", None, None, ["no_number"]),
    (
        "依据《白沙市学校食堂管理办法》（白教规〔2023〕8号）办理。",
        "altered",
        "rules",
        None,
        ["other_number"],
    ),
    ("依据《云岭市校车管理办法》第二条办理。", "verified", "new", "第二条", []),
    ("依据云政发〔2015〕3号办理。", "replaced", "old", None, ["replaced_by"]),
    ("依据《云岭市校车管理办法》第四条办理。", "replaced", "old", "第四条", ["old_text"]),
]


@pytest.mark.parametrize(("text", "result", "document", "address", "told"), CITED)
def test_what_is_cited(
    searcher: Searcher, text: str, result: str, document: str, address: str, told: list[str]
) -> None:
    finding = one(searcher, text)
    assert (finding.result, finding.document and finding.document.id) == (result, document)
    assert (finding.address, notes(finding)) == (address, told)
    assert text[slice(*finding.span)] == text[2:-3]


def test_a_title_of_several_places_is_not_guessed(searcher: Searcher) -> None:
    finding = one(searcher, "依据《学校图书管理规定》第一条办理。")
    assert (finding.result, finding.document, notes(finding)) == (
        "missing",
        None,
        ["several_titles"],
    )
    finding = one(searcher, "《学校图书管理规定》规定：“学校图书馆每周开放20小时”。")
    assert (finding.result, finding.document and finding.document.id) == ("verified", "books-a")
    assert notes(finding) == ["called"]


def test_addresses_that_go_on_belong_to_the_same_document(searcher: Searcher) -> None:
    found = check(searcher, "依据《白沙市学校食堂管理办法》第三条、第三十条办理。")
    assert [finding.result for finding in found] == ["verified", "missing"]


def test_what_points_into_the_draft_itself_is_left_alone(searcher: Searcher) -> None:
    assert check(searcher, "违反本办法第三条规定的，依照前款处理。见附件1。") == []


# --- short names ----------------------------------------------------------------------------

FULL = "《白沙市学校食堂管理办法》"
GIVEN = [
    f"依据{FULL}（以下简称《办法》）办理。",
    f"依据{FULL}（白教规〔2023〕6号，以下简称《办法》）办理。",
    f"依据{FULL}（以下统称“办法”）办理。",
    f"依据{FULL}（下称《办法》）办理。",
    f"依据{FULL}（以下简称“办法”）办理。",
]


@pytest.mark.parametrize("naming", GIVEN)
def test_a_short_name_is_the_document_that_it_was_given_to(searcher: Searcher, naming: str) -> None:
    found = check(searcher, f"{naming}按照《办法》第三条、第三十条和《办法》执行。")
    assert [f.result for f in found] == ["verified", "verified", "missing", "verified"]
    assert {f.document and f.document.id for f in found} == {"rules"}
    assert [f.address for f in found] == [None, "第三条", None, None]


def test_a_short_name_in_quotation_marks_may_have_an_address_behind_it(searcher: Searcher) -> None:
    naming = f"依据{FULL}（以下简称“食堂办法”）第三条、第三十条办理。"
    found = check(searcher, f"{naming}落实“食堂办法”第六条，食堂办公。")
    assert [(f.result, f.address) for f in found] == [
        ("verified", "第三条"),
        ("missing", None),
        ("verified", "第六条"),
    ]


def test_what_a_short_name_is_said_to_say_is_checked(searcher: Searcher) -> None:
    text = f"依据{FULL}（以下简称《办法》）办理。《办法》第三条规定，学校可以收取食堂管理费。"
    assert [f.result for f in check(searcher, text)] == ["verified", "altered"]
    text = f"{FULL}（以下简称《办法》）规定：“学校不得向学生收取食堂管理费”。"
    assert one(searcher, text).result == "verified"


def test_a_short_name_is_the_last_one_given_and_a_long_one_is_no_quotation(
    searcher: Searcher,
) -> None:
    text = (
        f"{FULL}（以下简称《办法》）；《云岭市校车管理办法》（以下简称《办法》）。《办法》第三条。"
    )
    assert [f.document and f.document.id for f in check(searcher, text)] == ["rules", "new", "new"]
    text = f"{FULL}（以下简称“白沙市食堂管理的办法”）。落实“白沙市食堂管理的办法”。"
    assert one(searcher, text).result == "verified"


def test_a_wrong_number_is_told_once(searcher: Searcher) -> None:
    text = f"{FULL}（白教规〔2023〕8号，以下简称《办法》）第三条。《办法》第三条、第六条。"
    assert [(f.result, notes(f)) for f in check(searcher, text)] == [
        ("altered", ["other_number"]),
        ("verified", []),
        ("verified", []),
    ]


def test_a_short_name_of_two_documents_is_none_of_one(searcher: Searcher) -> None:
    text = f"{FULL}和《云岭市校车管理办法》（以下统称《两个办法》）。《两个办法》第三条。"
    *_, last = check(searcher, text)
    assert (last.result, notes(last)) == ("missing", ["no_title"])


# --- what is quoted -------------------------------------------------------------------------

RULE = "《白沙市学校食堂管理办法》"
QUOTED = [
    (f"{RULE}第三条规定：“学校不得向学生收取食堂管理费”。", "verified", "rules", []),
    (f"{RULE}规定，“学校不得向学生收取食堂管理费”。", "verified", "rules", []),
    ("我市规定“学校不得向学生收取食堂管理费”。", "verified", "rules", []),
    ("我市规定「學校不得向學生收取食堂管理費」。", "verified", "rules", []),
    (f"我市规定“学校不得向学生收取食堂管理费”（{RULE}第三条）。", "verified", "rules", []),
    ("规定“校长每周陪餐不少于３次，陪餐记录保存期限不少于6个月”。", "verified", "rules", []),
    ("规定“学校应当建立陪餐制度……陪餐记录保存期限不少于6个月”。", "verified", "rules", []),
    (f"{RULE}第二条规定：“学校不得向学生收取食堂管理费”。", "altered", "rules", ["elsewhere"]),
    ("规定“每周课后服务5天，每天不少于2小时”。", "altered", "trad", []),
    ("规定“课后服务每周5天，每天不少于2小时”。", "verified", "trad", []),
    (f"{RULE}第三条规定：“学校可以向学生收取食堂管理费”。", "altered", "rules", []),
    (f"{RULE}第九条规定：“小学生每天睡眠时间达到10小时”。", "altered", "plan", ["other_document"]),
    (
        "《白沙市图书馆条例》规定：“学校不得向学生收取食堂管理费”。",
        "missing",
        None,
        ["no_title", "stands_in"],
    ),
    ("会议强调“全面推进乡村体育设施的改造升级”。", "missing", None, ["no_quote"]),
    (f"{RULE}第三条规定：“图书馆每天开放不少于八小时”。", "missing", "rules", ["not_in_document"]),
    ("《云岭市校车管理办法》第三条规定：“校车每半年检验一次”。", "replaced", "old", ["old_text"]),
    ("规定“校车每车乘坐学生不得超过三十人”。", "replaced", "old", ["replaced_by"]),
    ("规定“校车每车乘坐学生不得超过二十五人”。", "verified", "new", []),
    ("所谓“五育并举”和“双减”。", None, None, []),
]


@pytest.mark.parametrize(("text", "result", "document", "told"), QUOTED)
def test_what_is_quoted(
    searcher: Searcher, text: str, result: str | None, document: str | None, told: list[str]
) -> None:
    found = check(searcher, text)
    if result is None:
        assert found == []
        return
    (finding,) = found
    assert (finding.result, finding.document and finding.document.id) == (result, document)
    assert notes(finding) == told


def test_the_difference_is_shown_character_by_character(searcher: Searcher) -> None:
    finding = one(searcher, "规定“学校应当建立陪餐制度，校长每周陪餐不少于2次”。")
    assert finding.result == "altered"
    assert [(piece.side, piece.text) for piece in finding.difference] == [
        ("both", "学校应当建立陪餐制度，校长每周陪餐不少于"),
        ("draft", "2"),
        ("source", "3"),
        ("both", "次"),
    ]
    assert finding.quote == "学校应当建立陪餐制度，校长每周陪餐不少于3次"
    assert finding.address == "第二条第一款"


PHONE = "《青禾县中小学校手机管理规定》"
CHANGED = [
    ("第三条规定“学生不得将手机带进课堂”", "学生不得将手机带[进>入]课堂", "第三条"),
    ("第三条规定“学生不得将手机带进教室”", "学生不得将手机带[进教室>入课堂]", "第三条"),
    ("第四条规定“菜品留样不少于一百五十克”", "菜品留样不少于[一百五十>一百二十五]克", "第四条"),
]


@pytest.mark.parametrize(("said", "shown", "address"), CHANGED)
def test_a_changed_quotation_is_set_beside_the_words_that_were_meant(
    searcher: Searcher, said: str, shown: str, address: str
) -> None:
    finding = one(searcher, f"{PHONE}{said}。")
    marks = {"both": "{}", "draft": "[{}", "source": ">{}]"}
    assert "".join(marks[p.side].format(p.text) for p in finding.difference) == shown
    assert (finding.result, finding.address, notes(finding)) == ("altered", address, [])


def test_words_that_are_less_like_must_be_of_the_clause_that_is_named(searcher: Searcher) -> None:
    assert one(searcher, f"{PHONE}规定“学生不得将手机带进教室”。").result == "missing"
    assert one(searcher, f"{PHONE}第三条规定“图书馆周末对学生开放”。").result == "missing"


@given(st.text("学生手机一二百十不得", max_size=40), st.text("学生手机一二百十不得", max_size=80))
def test_a_difference_has_every_letter_of_both(quoted: str, source: str) -> None:
    own, its = Core(quoted), Core(source)
    found = likest(own, its, 50)
    if found:
        pieces = difference(own, its, found.span)
        assert "".join(p.text for p in pieces if p.side != "source") == quoted
        meant = "".join(p.text for p in pieces if p.side == "source")
        assert all(c in source[slice(*found.span)] for c in meant)


def test_a_number_is_quoted_whole(searcher: Searcher) -> None:
    finding = one(searcher, "规定“年，达到92%以上，新增公办学位120”。")
    assert finding.result == "altered"


def test_several_quotations_of_one_document(searcher: Searcher) -> None:
    text = f"{RULE}规定“学校应当建立陪餐制度”“食堂应当每日公示菜谱”。"
    assert [finding.result for finding in check(searcher, text)] == ["verified", "verified"]


# --- what is retold -------------------------------------------------------------------------

RETOLD = [
    (f"{RULE}第二条规定，校长每周至少陪餐3次。", "verified", []),
    (f"{RULE}第二条规定，校长每周至少陪餐5次。", "altered", ["altered_sense"]),
    (f"{RULE}第三条规定，学校可以收取食堂管理费。", "altered", ["altered_sense"]),
    (f"{RULE}第三条规定，食堂要安装监控并接入平台。", "altered", ["altered_sense"]),
    (f"根据{RULE}第二条规定，食堂要安装监控并接入平台。", "altered", ["altered_sense"]),
    (f"{RULE}规定，食堂要安装监控并接入平台。", "verified", ["not_retold"]),
    (f"{RULE}规定，校长每周陪餐不少于3次。", "verified", []),
    (f"{RULE}规定，校长每周陪餐不少于1次。", "altered", ["altered_sense"]),
    (f"根据{RULE}第二条规定，校长每周陪餐不少于1次。", "altered", ["altered_sense"]),
    (f"根据{RULE}第二条规定，拟新建3所学校的食堂。", "verified", []),
    (f"按照{RULE}要求，制定本方案。", "verified", []),
    (f"按照{RULE}第六条规定的标准配备留样设备。", "verified", []),
]


@pytest.mark.parametrize(("text", "result", "told"), RETOLD)
def test_what_is_retold(searcher: Searcher, text: str, result: str, told: list[str]) -> None:
    finding = one(searcher, text)
    assert (finding.result, sorted(set(notes(finding)))) == (result, told)


ITEM = f"{RULE}第五条第（二）项"
LED = [
    (f"{ITEM}规定，患有传染病的食堂从业人员不得上岗。", "verified", []),
    (f"{ITEM}规定，患有传染病的食堂从业人员可以上岗。", "altered", ["altered_sense"]),
    (f"{ITEM}规定，未取得健康证明的食堂从业人员不得上岗。", "altered", ["altered_sense"]),
    (f"{ITEM}规定“食堂从业人员有下列情形之一的，不得上岗”。", "verified", []),
    (f"{ITEM}规定“有下列情形之一的，不得上岗：……患有传染病的”。", "verified", []),
    (f"{ITEM}规定“有下列情形之一的，不得上岗：（二）患有传染病的”。", "verified", []),
    (f"{ITEM}规定“取得健康证明的；（二）患有传染病的”。", "altered", ["elsewhere"]),
]


@pytest.mark.parametrize(("text", "result", "told"), LED)
def test_an_item_says_what_leads_to_it_too(
    searcher: Searcher, text: str, result: str, told: list[str]
) -> None:
    finding = one(searcher, text)
    assert (finding.result, sorted(set(notes(finding)))) == (result, told)


# --- limits ---------------------------------------------------------------------------------


def test_a_draft_without_citations_has_no_findings(searcher: Searcher) -> None:
    assert check(searcher, "") == []
    assert check(searcher, "我校将认真落实各项要求，努力提高教育质量。") == []


def test_drafts_beyond_the_limits_are_refused(searcher: Searcher) -> None:
    with pytest.raises(DraftError, match="500,000"):
        check_draft(searcher, "字" * (LONGEST + 1))


def test_many_short_names_are_read_in_time() -> None:
    text = "《青禾县办法》（以下简称《办法》）" * 3000
    assert len(read_statements(text)) == 3000


@pytest.mark.parametrize("character", list('“《「（第一〔—…"a1\n'))
def test_a_hundred_thousand_of_one_character_are_read(character: str) -> None:
    assert len(read_statements(character * 100_000)) <= 1
