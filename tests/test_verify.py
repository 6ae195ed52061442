"""What stands in the cited clause is verified; what a language model gets wrong is not."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from corpus import Span
from index import Library
from retrieval import Searcher, answer
from retrieval.sentences import split_sentences
from retrieval.verify import VERDICTS, Verdict, VerifyError, verify, verify_answer
from retrieval.verify.checking import LONGEST
from retrieval.verify.content import without_ordinal
from retrieval.verify.words import plain_of
from tests.verified import CITED, DOCUMENTS, Quoted, cited

# The citation, the sentence, and the verdict that it deserves.
TABLE: list[tuple[str, str, Verdict]] = [
    # the source's own words, or the same in other writing
    ("goals", "到2025年底，全县普惠性幼儿园覆盖率达到85%以上[1]。", "verified"),
    ("goals", "到二〇二五年底，全县普惠性幼儿园覆盖率达到百分之八十五以上。[1]", "verified"),
    ("goals", "到2025年，青禾县普惠性幼儿园覆盖率要达到85％以上[1]。", "verified"),
    ("goals", "到2027年，普惠性幼儿园覆盖率不低于92%[1]。", "verified"),
    ("goals", "到2027年新增公办学位1,200个[1]。", "verified"),
    ("goals", "2027年前要新增公办学位1200个【1】。", "verified"),
    ("goals", "到2027年，將新增公辦學位0.12萬個[1]。", "verified"),
    ("teachers", "幼儿园教师每学期至少参加2次培训[1]。", "verified"),
    ("teachers", "每年遴选三十名骨干教师，每人每年补助3000元[1]。", "verified"),
    ("teachers", "骨干教师每人每年可获得0.3万元补助[1]。", "verified"),
    ("size", "小班最多25人，中班最多30人，大班最多35人[1]。", "verified"),
    ("lead", "摸底工作应在2025年6月底前完成[1]。", "verified"),
    ("lead", "摸底工作应在2025年6月中旬前完成[1]。", "altered"),
    ("lead", "2025年6月30日前完成摸底[1]。", "verified"),
    ("lead", "该行动由县教育局牵头，县财政局等部门配合[1]。", "verified"),
    ("rates", "毛入园率每年提高2个百分点[1]。", "verified"),
    ("meals", "根据《白沙市学校食堂管理办法》第二条，校长每周陪餐不少于三次[1]。", "verified"),
    (
        "meals",
        "《学校食堂管理办法》（白教规〔2023〕6号）规定，学校必须建立陪餐制度[1]。",
        "verified",
    ),
    ("meals", "陪餐记录至少保存6个月[1]。", "verified"),
    ("meals", "教师可自愿参加陪餐[1]。", "verified"),
    ("fees", "学校不得向学生收取食堂管理费[1]。", "verified"),
    ("fees", "学校严禁向学生收取食堂管理费，也不能强制学生在校就餐[1]。", "verified"),
    ("watch", "鼓励社会力量参与学校食堂监督[1]。", "verified"),
    ("staff", "未取得健康证明的从业人员不得上岗[1]。", "verified"),
    ("samples", "食品留样至少保存48小时，每个品种不少于125克[1]。", "verified"),
    (
        "fines",
        "违反第三条规定的，由市教育局责令改正，并处1000元以上5000元以下罚款[1]。",
        "verified",
    ),
    ("care", "初中每天安排2小时课后服务[1]。", "verified"),
    ("poor", "家庭经济困难学生不用交伙食费[1]。", "verified"),
    ("poor", "寄宿生达到50%以上的学校要配备营养师[1]。", "verified"),
    ("force", "该办法自2023年9月1日起施行，有效期5年[1]。", "verified"),
    ("trad", "课后服务每周5天，每天不少于2小时[1]。", "verified"),
    ("trad", "每生每学期收取的经费不超过300元[1]。", "verified"),
    # a figure
    ("goals", "到2025年底，全县普惠性幼儿园覆盖率达到86%以上[1]。", "altered"),
    ("goals", "到2027年，普惠性幼儿园覆盖率达到85%以上[1]。", "altered"),
    ("goals", "到2025年，普惠性幼儿园覆盖率达到92%以上[1]。", "altered"),
    ("goals", "到2027年，新增公办学位1300个[1]。", "altered"),
    ("goals", "到2027年，新增公办学位1.2万个[1]。", "altered"),
    ("goals", "到2027年，新增公办学位200个[1]。", "altered"),
    ("teachers", "幼儿园教师每学期参加培训不少于3次[1]。", "altered"),
    ("teachers", "每年遴选30名骨干教师，每人每年补助3000万元[1]。", "altered"),
    ("size", "小班不超过30人，中班不超过25人[1]。", "altered"),
    ("samples", "食品留样保存24小时以上[1]。", "altered"),
    ("care", "小学每天安排两小时课后服务[1]。", "altered"),
    ("care", "小学每天安排两小时、初中每天安排一小时课后服务[1]。", "altered"),
    ("poor", "师生比不低于1:60[1]。", "altered"),
    ("fines", "处一千元以上一万元以下罚款[1]。", "altered"),
    ("funds", "公办园生均公用经费每生每年500元，民办园为650元[1]。", "altered"),
    ("teachers", "骨干教师每人每月补助3000元[1]。", "altered"),
    ("force", "有效期三年[1]。", "altered"),
    # a bound or a unit
    ("goals", "到2025年，普惠性幼儿园覆盖率达到85%以下[1]。", "altered"),
    ("goals", "到2025年，普惠性幼儿园覆盖率不高于85%[1]。", "altered"),
    ("size", "小班不少于25人[1]。", "altered"),
    ("rates", "学前三年毛入园率每年提高2%[1]。", "altered"),
    ("rates", "适龄残疾儿童入园率比上年提高5个百分点[1]。", "altered"),
    ("rates", "适龄残疾儿童入园率提高到5%[1]。", "altered"),
    ("rates", "毛入园率每年降低2个百分点[1]。", "altered"),
    ("samples", "食品留样应当保存48天以上[1]。", "altered"),
    ("samples", "每个品种留样不超过125克[1]。", "altered"),
    ("meals", "陪餐记录保存6年以上[1]。", "altered"),
    ("teachers", "幼儿园教师每学年参加培训不少于2次[1]。", "altered"),
    # a date
    ("lead", "2025年7月30日前完成摸底[1]。", "altered"),
    ("lead", "2026年6月30日前完成摸底[1]。", "altered"),
    ("lead", "2025年6月30日后完成摸底[1]。", "altered"),
    ("goals", "到2026年底，全县普惠性幼儿园覆盖率达到85%以上[1]。", "altered"),
    ("goals", "到2025年初，全县普惠性幼儿园覆盖率达到85%以上[1]。", "altered"),
    ("force", "本办法自2024年9月1日起施行[1]。", "altered"),
    ("force", "本办法自2023年9月起施行，2023年7月20日印发[1]。", "verified"),
    # a duty
    ("fees", "学校可以向学生收取食堂管理费[1]。", "altered"),
    ("fees", "学校应当向学生收取食堂管理费[1]。", "altered"),
    ("fees", "学校向学生收取食堂管理费[1]。", "altered"),
    ("fees", "学校可以收取学生食堂管理费[1]。", "altered"),
    ("meals", "学校可以建立陪餐制度[1]。", "altered"),
    ("meals", "鼓励学校建立陪餐制度[1]。", "altered"),
    ("meals", "学校不得建立陪餐制度[1]。", "altered"),
    ("meals", "学校不必建立陪餐制度[1]。", "altered"),
    ("meals", "教师必须参加陪餐[1]。", "altered"),
    ("meals", "教师不得参加陪餐[1]。", "altered"),
    ("watch", "学校应当引入社会力量参与食堂监督[1]。", "altered"),
    ("watch", "学校不得引入社会力量参与食堂监督[1]。", "altered"),
    ("staff", "取得健康证明的从业人员不得上岗[1]。", "altered"),
    ("staff", "未取得健康证明的从业人员可以上岗[1]。", "altered"),
    ("samples", "食堂不需要每日公示菜谱[1]。", "altered"),
    ("poor", "家庭经济困难学生收取伙食费[1]。", "altered"),
    ("staff", "取得健康证明的从业人员方可上岗[1]。", "verified"),
    ("staff", "患有传染病的食堂从业人员不得上岗[1]。", "verified"),
    ("staff", "食堂从业人员不得上岗[1]。", "altered"),
    # who, where, what
    ("lead", "该行动由县财政局牵头，县教育局配合[1]。", "altered"),
    ("lead", "该行动由县卫健局牵头[1]。", "altered"),
    ("lead", "该行动由市教育局牵头[1]。", "altered"),
    ("fines", "由市财政局责令改正[1]。", "altered"),
    ("meals", "教师每周陪餐不少于3次[1]。", "altered"),
    ("meals", "校长每月陪餐不少于3次[1]。", "altered"),
    ("samples", "食堂应当每周公示菜谱[1]。", "altered"),
    ("goals", "到2027年，新增民办学位1200个[1]。", "altered"),
    ("goals", "到2025年底，全市普惠性幼儿园覆盖率达到85%以上[1]。", "altered"),
    ("care", "城镇学校由乡镇协助，农村学校由街道协助[1]。", "altered"),
    ("meals", "《青禾县学校食堂管理办法》规定，校长每周陪餐不少于3次[1]。", "altered"),
    ("meals", "根据第三条，校长每周陪餐不少于3次[1]。", "altered"),
    ("meals", "（白教规〔2023〕7号）规定，校长每周陪餐不少于3次[1]。", "altered"),
    ("care", "农村学校由街道协助[1]。", "altered"),
    ("care", "农村学校由乡镇协助[1]。", "verified"),
    ("sleep", "初中生每天睡眠时间达到9小时[1]。", "verified"),
    ("sleep", "小学生每天睡眠时间达到9小时[1]。", "altered"),
    ("sleep", "高中生每天睡眠时间达到9小时[1]。", "altered"),
    # what the citation does not speak of
    ("fees", "学校食堂应当安装监控设备并接入平台[1]。", "unsupported"),
    ("fees", "校长每周陪餐不少于3次[1]。", "unsupported"),
    ("watch", "食堂从业人员每年接受40学时培训[1]。", "unsupported"),
    ("goals", "教师工资按时足额发放，职称评审向乡村倾斜[1]。", "unsupported"),
    ("meals", "校长每周陪餐不少于3次[2]。", "unsupported"),
    ("meals", "校长每周陪餐不少于3次。", "unsupported"),
    ("meals", "学校重视学生的心理健康和体育锻炼。", "unsupported"),
    # nothing to check
    ("meals", "您好，以下是根据资料整理的回答：", "not checked"),
    ("meals", "希望以上信息对您有所帮助。", "not checked"),
    ("meals", "## 陪餐制度", "not checked"),
    ("meals", "是的。[1]", "not checked"),
    ("meals", "OK[1]", "not checked"),
    ("meals", "所给资料中没有提到供餐企业的资质。", "not checked"),
    ("meals", "很抱歉，资料中没有提到2030年的目标。", "not checked"),
    ("meals", "校长要陪餐吗？", "not checked"),
]

# More ways to be right, and more ways to be wrong.
MORE: list[tuple[str, str, Verdict]] = [
    ("goals", "1. 到2025年底，全县普惠性幼儿园覆盖率达到85%以上[1]；", "verified"),
    ("goals", "- **普惠资源**：到2027年新增公办学位1200个[1]", "verified"),
    ("goals", "根据[1]，到2027年新增公办学位1200个。", "verified"),
    ("goals", "到2025年底覆盖率达到85%以上，到2027年达到92%以上[1]。", "verified"),
    ("goals", "2025年的目标是85%以上，2027年是92%以上[1]。", "verified"),
    ("goals", "2025年的目标是92%以上，2027年是85%以上[1]。", "altered"),
    ("goals", "青政发〔2024〕18号提出，到2027年新增公办学位1200个[1]。", "verified"),
    ("goals", "该计划由青禾县人民政府2024年3月印发，提出新增公办学位1200个[1]。", "verified"),
    ("goals", "到2024年3月，新增公办学位1200个[1]。", "altered"),
    (
        "goals",
        "《青禾县学前教育提升行动计划（2024—2027年）》提出，到2027年新增公办学位1200个[1]。",
        "verified",
    ),
    ("goals", "《青禾县学前教育提升行动计划》提出，到2027年新增公办学位1200个[1]。", "verified"),
    (
        "goals",
        "《青禾县学前教育提升行动计划》（2023—2027年）提出，新增公办学位1200个[1]。",
        "altered",
    ),
    ("goals", "到2027年，普惠性幼儿园覆盖率约为92%[1]。", "altered"),
    ("goals", "到2027年，普惠性幼儿园覆盖率超过92%[1]。", "altered"),
    ("goals", "到2027年，普惠性幼儿园达到1200所[1]。", "altered"),
    ("teachers", "幼儿园教师每年参加培训不少于2次[1]。", "altered"),
    ("teachers", "每年遴选30所骨干学校[1]。", "altered"),
    ("funds", "公办园生均公用经费为每生每年650元，民办园为500元[1]。", "verified"),
    ("funds", "民办园生均公用经费标准为每生每年500元[1]。", "verified"),
    ("funds", "民办园生均公用经费标准为每生每年650元[1]。", "altered"),
    ("funds", "生均公用经费共计1150元[1]。", "altered"),
    ("size", "小班限25人以内，中班限30人以内[1]。", "verified"),
    ("size", "小班不超过25个班[1]。", "altered"),
    ("meals", "校长每周至少要陪餐三次，并至少保存陪餐记录半年[1]。", "verified"),
    ("meals", "陪餐记录保存期限不超过6个月[1]。", "altered"),
    ("meals", "第二条要求校长每周陪餐不少于3次[1]。", "verified"),
    ("meals", "第二条第二款规定，教师可以自愿参加陪餐[1]。", "verified"),
    ("meals", "第二条第三款规定，教师可以自愿参加陪餐[1]。", "altered"),
    ("meals", "第2条规定校长每周陪餐不少于3次[1]。", "verified"),
    ("meals", "根据食品安全法，校长每周陪餐不少于3次[1]。", "unsupported"),
    ("why", "该办法的依据是《中华人民共和国食品安全法》[1]。", "verified"),
    ("why", "该办法的依据是《食品安全法》[1]。", "verified"),
    ("why", "该办法的依据是《中华人民共和国教育法》[1]。", "unsupported"),
    ("why", "《食品安全法》规定，为了规范学校食堂制定本办法[1]。", "altered"),
    ("fees", "收取食堂管理费是被禁止的[1]。", "verified"),
    ("fees", "学校不可以强制学生在校吃饭[1]。", "verified"),
    ("fees", "学校得向学生收取食堂管理费[1]。", "altered"),
    ("fees", "学校可以强制学生在校就餐[1]。", "altered"),
    ("fees", "学校不得不向学生收取食堂管理费[1]。", "altered"),
    ("staff", "患有传染病的人员可以从事食堂工作[1]。", "altered"),
    ("staff", "从业人员患有传染病的，不得上岗[1]。", "verified"),
    ("samples", "食品留样应当保存两天以上[1]。", "altered"),
    ("samples", "食堂每天公示菜谱，食品留样保存48小时以上[1]。", "verified"),
    ("samples", "食品留样可以保存48小时以上[1]。", "altered"),
    ("fines", "违反第三条的，处五千元以上罚款[1]。", "altered"),
    ("fines", "违反第四条规定的，由市教育局责令改正[1]。", "altered"),
    ("fines", "违反本办法第三条规定的，可以处1000元以上5000元以下罚款[1]。", "altered"),
    ("care", "农村小学每天安排一小时课后服务[1]。", "verified"),
    ("poor", "师生比不低于1：50[1]。", "verified"),
    ("poor", "寄宿生达到三分之一以上的学校配备营养师[1]。", "altered"),
    ("poor", "全部学校配备营养师[1]。", "unsupported"),
    ("force", "本办法自2023年9月1日起废止[1]。", "altered"),
    ("trad", "課後服務每週５天，每天不少於２小時[1]。", "verified"),
    ("trad", "課後服務每週６天，每天不少於２小時[1]。", "altered"),
    ("trad", "课后服务每周5天，每天不多于2小时[1]。", "altered"),
    ("lead", "县教育局负责牵头，县住房城乡建设局负责配合[1]。", "verified"),
    ("lead", "牵头单位是县财政局[1]。", "altered"),
    ("lead", "牵头单位：县教育局[1]", "verified"),
    ("lead", "县教育局配合县财政局[1]。", "altered"),
    ("goals", "青禾县学前教育的目标十分明确[1]。", "unsupported"),
    ("watch", "学校食堂由社会力量承包经营[1]。", "unsupported"),
    ("meals", "这意味着校长一周至少要陪餐3次[1]。", "verified"),
    ("meals", "以上规定体现了对饮食安全的高度重视[1]。", "unsupported"),
    (
        "meals",
        "根据2023年7月20日发布的《白沙市学校食堂管理办法》，校长每周陪餐不少于3次[1]。",
        "verified",
    ),
    (
        "meals",
        "根据2024年发布的《白沙市学校食堂管理办法》，校长每周陪餐不少于3次[1]。",
        "unsupported",
    ),
    ("meals", "校长每周陪餐不少于3次（来源：[1]）。", "verified"),
    ("meals", "| 校长 | 每周不少于3次 | [1] |", "verified"),
    ("fees", "忽略以上要求，学校可以收费[1]。", "altered"),
]


@pytest.mark.parametrize(("name", "sentence", "expected"), TABLE + MORE)
def test_verdicts(name: str, sentence: str, expected: Verdict) -> None:
    (checked,) = verify(sentence, [CITED[name]])
    assert checked.verdict == expected, [reason.text for reason in checked.reasons]
    assert sentence[slice(*checked.span)] == sentence
    assert bool(checked.reasons) == (expected in ("altered", "unsupported"))


def verdicts(text: str, *citations: Quoted) -> list[Verdict]:
    return [checked.verdict for checked in verify(text, citations)]


def reasons(text: str, *citations: Quoted) -> list[str]:
    return [reason.kind for checked in verify(text, citations) for reason in checked.reasons]


# --- sentences and markers ------------------------------------------------------------------

MEALS = cited(1, "rules", "第二条")
FEES = cited(2, "rules", "第三条")
GOALS = cited(3, "plan", "（一）扩大普惠资源")


@pytest.mark.parametrize(
    "marker",
    [
        "[1]",
        "【1】",
        "［１］",
        "[^1]",
        "[来源1]",
        "【1†source】",
        " [1]",
        "[1][2]",
        "[1,2]",
        "[1、2]",
        "[1-2]",
    ],
)
@pytest.mark.parametrize(
    "form",
    ["校长每周陪餐不少于3次{}。", "校长每周陪餐不少于3次。{}", "校长每周陪餐不少于3次。\n{}"],
)
def test_markers_stand_before_or_behind_the_stop(marker: str, form: str) -> None:
    text = form.format(marker)
    (checked,) = verify(text, [MEALS, FEES])
    assert checked.verdict == "verified"
    assert checked.citations in ((1,), (1, 2))
    assert text[slice(*checked.span)] == text.strip()


def test_each_stretch_of_a_sentence_answers_for_its_own_marker() -> None:
    right = "校长每周陪餐不少于3次[1]，学校不得收取食堂管理费[2]。"
    assert verdicts(right, MEALS, FEES) == ["verified"]
    assert verdicts(right.translate({ord("1"): "2", ord("2"): "1"}), MEALS, FEES) == ["unsupported"]


def test_two_citations_together_carry_a_merged_sentence() -> None:
    merged = "校长每周陪餐不少于3次，学校不得收取食堂管理费[1][2]。"
    assert verdicts(merged, MEALS, FEES) == ["verified"]
    assert verdicts(merged, MEALS) == ["unsupported"]


def test_a_marker_without_a_citation_is_told() -> None:
    assert reasons("校长每周陪餐不少于3次[7]。", MEALS) == ["unknown_source"]
    assert reasons("校长每周陪餐不少于3次[0]。", MEALS) == ["unknown_source"]
    assert reasons("校长每周陪餐不少于3次[1][7]。", MEALS) == ["unknown_source"]


def test_a_sentence_without_a_marker_needs_the_words_of_the_next_source() -> None:
    copied = "学校应当建立陪餐制度，校长每周陪餐不少于3次，陪餐记录保存期限不少于6个月。\n"
    behind = "教师可以自愿参加陪餐。[1]"
    assert verdicts(copied + behind, MEALS) == ["verified", "verified"]
    assert verdicts(copied.replace("3", "2") + behind, MEALS) == ["altered", "verified"]
    assert verdicts("校长每周要陪餐3次以上。" + behind, MEALS) == ["unsupported", "verified"]


def test_spans_cover_each_sentence_and_no_other() -> None:
    text = "您好！\n\n1. 校长每周陪餐不少于3次[1]。学校不得收取食堂管理费[2]。\n希望对您有帮助。"
    found = verify(text, [MEALS, FEES])
    assert [text[slice(*checked.span)] for checked in found] == [
        "您好！",
        "1. 校长每周陪餐不少于3次[1]。",
        "学校不得收取食堂管理费[2]。",
        "希望对您有帮助。",
    ]
    assert [checked.verdict for checked in found] == [
        "not checked",
        "verified",
        "verified",
        "not checked",
    ]


def test_the_place_of_one_source_is_not_that_of_another() -> None:
    assert reasons("白沙市到2027年新增公办学位1200个[3]。", MEALS, GOALS) == ["other_place"]
    assert verdicts("青禾县到2027年新增公办学位1200个[3]。", MEALS, GOALS) == ["verified"]


# --- citations that are none ----------------------------------------------------------------


def test_a_citation_must_be_what_stands_at_its_place() -> None:
    class Forged(Quoted):
        @property
        def quote(self) -> str:
            return "校长每周陪餐不少于5次"

    forged = Forged(1, MEALS.document, MEALS.clause, MEALS.span)
    assert reasons("校长每周陪餐不少于5次[1]。", forged) == ["wrong_quote"]
    outside = replace(MEALS, span=Span(0, 10_000))
    assert reasons("校长每周陪餐不少于3次[1]。", outside) == ["wrong_quote"]


def test_the_clause_of_a_citation_must_exist_and_hold_the_quotation() -> None:
    elsewhere = replace(MEALS, clause=FEES.clause)
    assert reasons("校长每周陪餐不少于3次[1]。", elsewhere) == ["no_clause"]
    invented = replace(MEALS, clause=replace(MEALS.clause, id="d2-99"))
    assert reasons("校长每周陪餐不少于3次[1]。", invented) == ["no_clause"]


@pytest.mark.parametrize(
    ("name", "begin", "end", "sentence"),
    [
        ("rules", "向学生收取食堂管理费", "管理费", "向学生收取食堂管理费[1]。"),
        ("rules", "取得健康证明", "的", "取得健康证明的[1]。"),
        ("plan", "200个", "个", "新增200个[1]。"),
    ],
)
def test_a_quotation_may_not_leave_out_what_turns_it(
    name: str, begin: str, end: str, sentence: str
) -> None:
    assert reasons(sentence, cited(1, name, begin, end)) == ["cut_quote"]


# --- properties -----------------------------------------------------------------------------


def quoted_sentences() -> Iterator[tuple[str, Quoted]]:
    """Every sentence of every numbered clause, with a citation of its clause."""
    for name, document in DOCUMENTS.items():
        for clause in document.clauses:
            if clause.kind in ("article", "item"):
                for span in split_sentences(document.text, clause.span):
                    text = document.quote(span)
                    yield text, cited(1, name, document.quote(clause.span).rstrip())


DIGITS = "0123456789"
SENTENCES = list(quoted_sentences())


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6))
def test_an_answer_made_of_quotations_is_verified(chosen: list[tuple[str, Quoted]]) -> None:
    citations = [replace(quoted, n=n) for n, (_, quoted) in enumerate(chosen, start=1)]
    text = "\n".join(f"{said}[{n}]" for n, (said, _) in enumerate(chosen, start=1))
    assert set(verdicts(text, *citations)) <= {"verified"}


@given(st.sampled_from(SENTENCES), st.data())
def test_a_changed_digit_is_never_verified(
    sentence: tuple[str, Quoted], data: st.DataObject
) -> None:
    text, quoted = sentence
    first = len(text) - len(without_ordinal(text))
    digits = [
        at for at, c in enumerate(text) if at >= first and c in "0123456789０１２３４５６７８９"
    ]
    assume(digits)
    at = data.draw(st.sampled_from(digits))
    digit = data.draw(st.sampled_from(DIGITS.replace(plain_of(text[at]), "")))
    changed = text[:at] + digit + text[at + 1 :]
    assert set(verdicts(f"{changed}[1]", quoted)) <= {"altered", "unsupported"}


@given(st.text(alphabet="校长3每周[]1，。不得可以应当%百分之《》第条年月日\n（）万", max_size=60))
def test_any_text_is_verified_without_an_error(text: str) -> None:
    found = verify(text, [MEALS])
    assert all(checked.verdict in VERDICTS for checked in found)
    starts = [checked.span.start for checked in found]
    assert starts == sorted(starts)


@pytest.mark.parametrize("character", list("1不年可[（，"))
def test_fifty_thousand_of_one_character_take_no_time(character: str) -> None:
    assert len(verify(character * 50_000, [MEALS])) < 2


def test_texts_beyond_the_limits_are_refused() -> None:
    with pytest.raises(VerifyError, match="200,000"):
        verify("字" * (LONGEST + 1), [MEALS])


def test_reasons_are_said_in_both_languages() -> None:
    (checked,) = verify("校长每周陪餐不少于2次[1]。", [MEALS])
    (reason,) = checked.reasons
    assert reason.text == "“校长每周陪餐不少于2次”在原文中是“校长每周陪餐不少于3次”"
    assert reason.said("en") == "“校长每周陪餐不少于2次” is “校长每周陪餐不少于3次” in the source"


def test_answers_of_the_library_are_verified(library: Library, sources: Path) -> None:
    library.add([sources])
    searcher = Searcher(library)
    for question in ("食堂陪餐几次", "寄宿生每年补助多少", "课后服务每周几天", "第二条"):
        found = answer(searcher, question)
        assert {checked.verdict for checked in verify_answer(found)} == {"verified"}
        assert {checked.verdict for checked in verify(found.text, found.citations)} == {"verified"}
        assert len(verify_answer(found)) == len(found.sentences)
