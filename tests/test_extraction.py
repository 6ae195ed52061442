"""What an answer is made of: the kind that was asked for, whole lists, a line for each document."""

from pathlib import Path

import pytest

from corpus import Span, parse
from index import Library
from retrieval import Filters, Searcher, answer
from retrieval.answer import Answer
from retrieval.choice import by_level
from retrieval.confidence import THRESHOLD
from retrieval.evidence import gather
from retrieval.inquiry import Inquiry
from retrieval.lines import answer_lines
from retrieval.lists import whole_list
from retrieval.reasons import Doubt, why_none
from retrieval.shapes import answer_shape

PLAN = """青禾县学校发展方案

各乡镇人民政府：
现将方案印发给你们，请认真执行。
一、学前教育
（一）扩大普惠资源。到2027年，全县普惠性幼儿园覆盖率达到91%，新增公办学位600个。\
新建公办幼儿园 所，改建公办幼儿园12所。
牵头单位：县教育局
责任单位：县财政局、县住房城乡建设局
（二）稳定教师队伍。幼儿园教师每学期参加培训不少于2次。教师应当热爱幼儿。
二、义务教育
（一）开齐体育课程。学校应当重视体育，组织好各类体育比赛，体育比赛丰富体育课程。
（二）方便随迁子女入学。申请入学应当具备下列条件：
1.持有居住证；
2.按时缴纳社会保险；
3.在当地有固定住所。
监督举报电话：0951-1234567。

青禾县教育局
2025年3月1日
"""
OTHER = """白沙市学校发展方案

一、学前教育
（一）扩大普惠资源。到2028年，全市普惠性幼儿园覆盖率达到85%。
二、义务教育
（一）严格作业管理。学校不得要求家长批改作业，严禁布置惩罚性作业。

白沙市教育局
2024年6月1日
"""


@pytest.fixture
def searcher(library: Library) -> Searcher:
    library.put_all([parse("d1", "plan.txt", PLAN), parse("d2", "other.txt", OTHER)])
    library.refresh()
    return Searcher(library)


def ask(searcher: Searcher, question: str, threshold: float = 0.0) -> Answer:
    return answer(searcher, question, mode="bm25", threshold=threshold)


def key(found: Answer) -> str | None:
    return (answer_shape(found)["sentences"][0]["key"] or {"text": None})["text"]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("青禾县普惠性幼儿园覆盖率是多少", "91%"),
        ("青禾县到哪一年普惠性幼儿园覆盖率达标", "2027年"),
        ("青禾县要新增多少个公办学位", "600个"),
        ("青禾县扩大普惠资源由谁牵头", "县教育局"),
        ("青禾县稳定教师队伍培训多少次", "2次"),
        ("青禾县随迁子女入学举报电话是多少", "0951-1234567"),
        ("可以布置惩罚性作业吗", "严禁"),
        ("青禾县怎样扩大普惠资源", None),
    ],
)
def test_what_was_asked_for_is_set_off(searcher: Searcher, question: str, said: str | None) -> None:
    found = ask(searcher, question)
    assert found.status == "answered"
    assert key(found) == said


def test_a_key_stands_in_its_sentence(searcher: Searcher) -> None:
    for question in ("普惠性幼儿园覆盖率是多少", "培训几次", "由谁牵头", "能不能布置作业"):
        found = ask(searcher, question)
        for sentence in found.sentences:
            citation = found.citations[sentence.citations[0] - 1]
            if sentence.key is not None:
                assert citation.span.start <= sentence.key.start < sentence.key.end
                assert sentence.key.end <= citation.span.end


def test_a_sentence_without_the_figure_does_not_answer(searcher: Searcher) -> None:
    found = ask(searcher, "体育课程每周上几节")
    assert found.status == "not_found"
    assert found.reason is not None and found.nearest


def test_the_documents_speak_of_it_but_give_no_figure(searcher: Searcher) -> None:
    found = ask(searcher, "开齐体育课程组织体育比赛多少场")
    assert found.reason is not None and found.reason.kind == "no_figure"
    assert answer_shape(found)["reason"] == "有条款谈到这件事，但没有给出所问的数字"


def test_a_figure_that_the_source_leaves_empty_is_said_to_be_empty(library: Library) -> None:
    text = PLAN.replace("，改建公办幼儿园12所", "")
    library.put_all([parse("d1", "plan.txt", text)])
    library.refresh()
    found = ask(Searcher(library), "新建公办幼儿园几所", 0.2)
    assert found.status == "not_found"
    assert found.reason is not None and found.reason.kind == "empty_figure"
    assert "原文此处为空" in found.reason.text and "一、（一）" in found.reason.text


def test_the_documents_of_another_place_do_not_answer(searcher: Searcher) -> None:
    found = ask(searcher, "白沙市新增多少个公办学位")
    assert found.status == "not_found"
    assert found.reason is not None and found.reason.kind in ("not_here", "no_figure")
    here = ask(searcher, "青禾县新增多少个公办学位")
    assert {citation.document.id for citation in here.citations} == {"d1"}


def test_a_place_that_the_library_lacks_is_named(searcher: Searcher) -> None:
    for question, place in (
        ("柳湖县新增多少个公办学位", "柳湖县"),
        ("北京市普惠园覆盖率", "北京市"),
    ):
        found = ask(searcher, question)
        assert found.status == "not_found"
        assert found.reason is not None and found.reason.text.startswith(
            f"资料库中没有{place}的文件"
        )


def test_two_places_that_are_named_answer_alone(searcher: Searcher) -> None:
    found = ask(searcher, "青禾县和白沙市普惠性幼儿园覆盖率分别是多少")
    assert {citation.document.id for citation in found.citations} == {"d1", "d2"}


def test_the_first_sentence_of_an_article_may_answer(library: Library) -> None:
    rule = "学校规定\n\n第一条　学生不得将手机带入课堂。监护人申请携带手机的，应当说明理由。\n"
    library.put_all([parse("d", "d.txt", rule)])
    library.refresh()
    found = ask(Searcher(library), "手机能不能带入课堂")
    assert found.sentences[0].text == "第一条　学生不得将手机带入课堂。"


def test_the_units_in_a_bracket_stay_together(library: Library) -> None:
    plan = "方案\n\n一、控辍保学。健全工作机制。（牵头单位：市教育局；责任单位：市民政局）\n"
    library.put_all([parse("d", "d.txt", plan)])
    library.refresh()
    found = ask(Searcher(library), "控辍保学哪些单位负责")
    assert found.sentences[0].text == "（牵头单位：市教育局；责任单位：市民政局）"


def test_a_share_has_to_be_one_of_the_matter(searcher: Searcher) -> None:
    assert key(ask(searcher, "青禾县普惠性幼儿园覆盖率达到多少")) == "91%"
    found = ask(searcher, "青禾县教师培训经费占比是多少")
    assert found.status == "not_found"


def test_a_reason_has_to_be_one(searcher: Searcher) -> None:
    found = ask(searcher, "为什么要扩大普惠资源")
    assert found.status == "not_found"
    assert found.reason is not None and found.reason.kind == "no_reason"


def test_a_document_of_no_known_place_may_answer_about_any(library: Library) -> None:
    nowhere = "寄宿制学校规定\n\n第一条　学校应当每月检查宿舍两次。\n"
    library.put_all([parse("d1", "plan.txt", PLAN), parse("d3", "rule.txt", nowhere)])
    library.refresh()
    found = ask(Searcher(library), "青禾县学校每月检查宿舍几次")
    assert found.citations[0].document.id == "d3"


def test_several_documents_give_a_line_each_from_the_highest_level_down(
    searcher: Searcher,
) -> None:
    found = ask(searcher, "各地普惠性幼儿园覆盖率分别是多少")
    assert [citation.document.id for citation in found.citations] == ["d2", "d1"]
    keys = [sentence["key"]["text"] for sentence in answer_shape(found)["sentences"]]
    assert keys == ["85%", "91%"]


def test_documents_are_ordered_by_level_then_date() -> None:
    texts = {"county": "青禾县", "city": "白沙市", "province": "岚川省"}
    documents = [
        parse(name, name, f"{place}办法\n\n一、学校。\n\n{place}教育局\n202{i}年1月1日\n")
        for i, (name, place) in enumerate(texts.items())
    ]
    assert [d.id for d in sorted(documents, key=by_level)] == ["province", "city", "county"]


def test_the_same_words_are_said_once_with_each_citation(library: Library) -> None:
    again = PLAN.replace("青禾县学校发展方案", "青禾县学校发展方案（摘要）")
    library.put_all([parse("d1", "plan.txt", PLAN), parse("d2", "again.txt", again)])
    library.refresh()
    found = ask(Searcher(library), "幼儿园教师每学期培训几次")
    assert [sentence.citations for sentence in found.sentences] == [(1, 2)]
    assert found.text == "幼儿园教师每学期参加培训不少于2次。[1][2]"


# --- whole lists ------------------------------------------------------------------------------


def test_a_list_comes_whole(library: Library) -> None:
    text = (
        "入学办法\n\n第一条　申请入学应当具备下列条件：\n（一）持有居住证；\n"
        "（二）缴纳社会保险；\n（三）有固定住所。\n第二条　学校应当公示。\n"
    )
    document = parse("d", "d", text)
    library.put_all([document])
    library.refresh()
    found = ask(Searcher(library), "申请入学要具备哪些条件")
    assert found.citations[0].quote == text[text.index("第一条") : text.index("第二条")].strip()
    item = text.index("（二）")
    assert whole_list(document, document.clauses[-2], Span(item, item + 10)) == (
        found.citations[0].span
    )


@pytest.mark.parametrize(
    "body",
    [
        "学校应当公示收费。公示不少于七日。",
        "具备下列条件：",
        "具备下列条件：" + "（一）条件；" * 400,
    ],
)
def test_what_is_no_list_or_too_long_stays_a_sentence(body: str) -> None:
    document = parse("d", "d", f"办法\n\n第一条　{body}\n")
    clause = document.clauses[-1]
    span = Span(clause.start, clause.start + 12)
    assert whole_list(document, clause, span) == span


# --- the day of a document --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("青禾县学校发展方案是什么时候印发的", "2025年3月1日"),
        ("白沙市的方案是哪一天印发的", "2024年6月1日"),
        ("《白沙市学校发展方案》何时下发", "2024年6月1日"),
    ],
)
def test_the_day_of_a_document_is_read_from_its_end(
    searcher: Searcher, question: str, said: str
) -> None:
    found = ask(searcher, question)
    assert [citation.quote for citation in found.citations] == [said]
    assert found.citations[0].clause.kind == "signature"
    citation = found.citations[0]
    assert citation.clause.start <= citation.span.start < citation.clause.end


def test_this_document_is_the_only_one_that_is_searched(searcher: Searcher) -> None:
    only = Filters(documents=("d2",))
    found = answer(searcher, "本方案是什么时候印发的", only, "bm25", threshold=0.0)
    assert [citation.quote for citation in found.citations] == ["2024年6月1日"]


def test_a_day_that_the_document_does_not_state_is_said_to_be_missing(searcher: Searcher) -> None:
    found = ask(searcher, "白沙市的方案是哪一天废止的")
    assert found.status == "not_found"
    assert found.reason is not None and found.reason.kind == "no_day"


def test_no_answer_below_the_threshold(searcher: Searcher) -> None:
    assert ask(searcher, "普惠性幼儿园覆盖率是多少").status == "answered"
    refused = ask(searcher, "普惠性幼儿园覆盖率是多少", 1.0)
    assert refused.status == "not_found" and refused.reason is not None


def test_what_the_threshold_alone_refused_is_said_to_be_so(searcher: Searcher) -> None:
    refused = ask(searcher, "普惠性幼儿园覆盖率是多少", 0.9999)
    assert THRESHOLD <= refused.confidence < 0.9999 and refused.reason is not None
    assert refused.reason.kind == "below_threshold"
    shown, least = refused.reason.values
    assert least == "0.9999" and 0 <= refused.confidence - float(shown) < 0.01
    assert f"把握（{shown}）低于所设的 0.9999，没有作答" in refused.reason.text
    assert answer_shape(refused)["reason"] == refused.reason.text
    assert f"confidence ({shown}) is below the 0.9999" in refused.reason.said("en")


@pytest.mark.parametrize(
    ("doubt", "kind"),
    [
        (Doubt(0.43, 0.43, 0.5), "below_threshold"),
        (Doubt(THRESHOLD, 0.6, 0.5), "below_threshold"),
        (Doubt(0.2, 0.2, THRESHOLD), "unsure"),
        (Doubt(0.2, 0.2, 0.5), "unsure"),
        (Doubt(0.0, 0.2, THRESHOLD), "unsure"),
        (Doubt(0.05, 0.05, THRESHOLD), "nothing_said"),
        (Doubt(0.05, 0.05, 0.9), "nothing_said"),
    ],
)
def test_no_clause_is_about_it_only_where_the_nearest_is_far(
    searcher: Searcher, doubt: Doubt, kind: str
) -> None:
    inquiry = Inquiry.of(searcher, searcher.search("教师热爱什么", mode="bm25"))
    assert why_none(gather(searcher, inquiry, "bm25"), inquiry, doubt).kind == kind


def test_a_threshold_of_ones_own_denies_no_figure_that_is_there(searcher: Searcher) -> None:
    inquiry = Inquiry.of(searcher, searcher.search("普惠性幼儿园覆盖率是多少", mode="bm25"))
    evidence = gather(searcher, inquiry, "bm25")
    for doubt, kind in (
        (Doubt(0.43, 0.6, 0.5), "below_threshold"),
        (Doubt(0.1, 0.3, 0.5), "no_figure"),
    ):
        assert why_none(evidence, inquiry, doubt).kind == kind


def test_filters_that_no_document_fits_are_the_reason(searcher: Searcher) -> None:
    def asked(filters: Filters | None) -> Answer:
        return answer(searcher, "火星上怎样开学", filters, mode="bm25")

    assert asked(None).fitting is None
    here = asked(Filters(region="青禾县"))
    assert here.fitting and here.reason is not None and here.reason.kind != "none_fit"
    nowhere = asked(Filters(region="火星"))
    assert nowhere.fitting == 0 and not nowhere.nearest
    assert nowhere.reason is not None and nowhere.reason.kind == "none_fit"


def test_filters_that_only_old_documents_fit_say_so(library: Library) -> None:
    rule = "白沙市寄宿管理办法\n\n第一条　学校每月检查宿舍{}次。\n\n白沙市教育局\n{}年1月1日\n"
    library.put_all([parse(y, f"{y}.txt", rule.format(y, y)) for y in ("2013", "2024")])
    found = answer(Searcher(library), "每月检查宿舍几次", Filters(year="2013"), mode="bm25")
    assert (found.fitting, found.left_out) == (0, 1)
    assert found.reason is not None and found.reason.kind == "none_hold"


def test_an_empty_library_says_that_nothing_is_about_it(tmp_path: Path, library: Library) -> None:
    found = ask(Searcher(library), "随便问问")
    assert found.reason is not None and found.reason.kind == "nothing_said"


# --- in force ---------------------------------------------------------------------------------


def test_an_answer_from_a_draft_or_an_old_version_says_so(library: Library) -> None:
    rule = "白沙市寄宿管理办法\n\n第一条　学校每月检查宿舍{}次。\n\n白沙市教育局\n{}年1月1日\n"
    draft = PLAN.replace("青禾县学校发展方案", "青禾县学校发展方案（征求意见稿）", 1)
    library.put_all(
        [
            parse("old", "old.txt", rule.format("两", 2013)),
            parse("new", "new.txt", rule.format("四", 2024)),
            parse("draft", "draft.txt", draft),
        ]
    )
    library.refresh()
    searcher = Searcher(library)
    question = "学校每月检查宿舍几次"
    newest = answer(searcher, question, mode="bm25", threshold=0.0)
    assert [c.document.id for c in newest.citations] == ["new"]
    asked = Filters(documents=("old",))
    old = answer_shape(answer(searcher, question, asked, "bm25", threshold=0.0))
    assert old["citations"][0]["notice"] == "已被《白沙市寄宿管理办法》（白沙市教育局，2024年）替代"
    found = answer_shape(ask(searcher, "青禾县普惠性幼儿园覆盖率是多少"))
    assert found["citations"][0]["notice"] == "征求意见稿，尚未正式印发"
    assert "    ! 征求意见稿，尚未正式印发" in list(answer_lines(found))
