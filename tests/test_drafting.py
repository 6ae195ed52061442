"""Drafts of questions: what the templates ask, where the gold stands, and how they are chosen."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import corpus.samples
from corpus import Document, find_files, parse, read_file
from corpus.fold import fold_text
from eval.drafting import propose
from eval.sets import Question, read_set, resolve, write_set
from eval.sets.values import KINDS, QuestionSet
from index import Library
from tests.conftest import Run

DAY = date(2025, 12, 1)
PLACE = "白沙市人民政府关于发展学前教育的意见"


def plan(*lines: str, title: str = PLACE) -> Document:
    """A plan of 白沙市 whose only section has these lines as its items."""
    numbered = [f"{number}.{line}" for number, line in enumerate(lines, start=1)]
    head = [
        title,
        "白政发〔2024〕7号",
        "",
        "各区人民政府：",
        "　　现提出以下意见。",
        "一、主要任务",
    ]
    text = "\n".join([*head, *numbered, "", "白沙市人民政府", "2024年3月2日", ""])
    return parse(title, f"{title}.txt", text)


def asked(*documents: Document) -> dict[str, list[str]]:
    """The quotations of each question that is proposed of some documents."""
    return {q.text: [g.quote or "" for g in q.gold] for q in propose(documents, 999, day=DAY)}


AMOUNTS = [
    (
        "发展指标。毛入学率：2025年93%，2027年94%。",
        "在白沙市，毛入学率，2025年多少？",
        "毛入学率：2025年93%，2027年94%。",
    ),
    (
        "提高津贴。班主任津贴每人每月不低于700元。",
        "白沙市的班主任津贴每人每月至少多少元？",
        "班主任津贴每人每月不低于700元",
    ),
    (
        "控制班额。小学每班不超过45人。",
        "白沙市在控制班额方面，小学每班最多多少人？",
        "小学每班不超过45人",
    ),
    (
        "普及入园。到2027年，全市毛入园率达到95%以上。",
        "到2027年，白沙市毛入园率要达到多少？",
        "全市毛入园率达到95%以上",
    ),
    ("增加学位。新增公办学位6500个。", "白沙市要新增多少个公办学位？", "新增公办学位6500个"),
    ("落实经费。市财政每年安排1.2亿元。", "白沙市财政每年安排多少钱？", "市财政每年安排1.2亿元"),
    (
        "送教上门。教师送教每月不少于4次、每次不少于3课时。",
        "白沙市的教师送教每月至少几次？",
        "教师送教每月不少于4次、每次不少于3课时",
    ),
    (
        "交流轮岗。骨干教师不低于交流人数的25%。",
        "白沙市的骨干教师至少要占交流人数的百分之几？",
        "骨干教师不低于交流人数的25%",
    ),
    (
        "关心住宿。每50名寄宿生配备1名生活教师。",
        "白沙市每多少名寄宿生配备1名生活教师？",
        "每50名寄宿生配备1名生活教师",
    ),
]
DATES = [
    (
        "移交校舍。配套园于2025年6月底前移交到位。",
        "白沙市的配套园最晚什么时候移交到位？",
        "配套园于2025年6月底前移交到位",
    ),
    (
        "公布范围。各县（区）每年5月20日前公布招生范围。",
        "白沙市各县（区）每年最晚什么时候公布招生范围？",
        "各县（区）每年5月20日前公布招生范围",
    ),
    ("评估验收。2027年组织终期评估。", "白沙市哪一年组织终期评估？", "2027年组织终期评估"),
    (
        "完善网络。2026年底前学校带宽达到1000兆。",
        "在白沙市，学校带宽达到1000兆，最晚要在什么时候做到？",
        "2026年底前学校带宽达到1000兆",
    ),
    (
        "生效。本意见自2024年7月1日起施行。",
        f"《{PLACE}》从什么时候起施行？",
        "本意见自2024年7月1日起施行",
    ),
]
DUTIES = [
    ("管好食堂。学校不得向学生收取管理费。", "白沙市的学校可不可以向学生收取管理费？"),
    ("公开账目。学校应当公开食堂收支账目。", "白沙市的学校是不是必须公开食堂收支账目？"),
    ("规范招生。严禁以考试方式选拔学生入学。", "在白沙市，允许以考试方式选拔学生入学吗？"),
    ("扩大托育。鼓励幼儿园开设托班。", "在白沙市，是否鼓励幼儿园开设托班？"),
    (
        "落实劝返。学生连续三日不到校的，学校应当联系其监护人。",
        "在白沙市，学生连续三日不到校的，学校是不是必须联系其监护人？",
    ),
]
LISTS = [
    ("建立专班。工作专班由以下人员组成：市长、局长。", "白沙市的工作专班由哪些人员组成？"),
    (
        "丰富课程。学校至少开设体育、艺术、科学三类课程。",
        "白沙市的学校至少开设哪三类课程？",
    ),
]


@pytest.mark.parametrize(("line", "question", "quote"), AMOUNTS + DATES)
def test_a_figure_or_a_time_is_asked_for_and_quoted(line: str, question: str, quote: str) -> None:
    assert asked(plan(line, "推进改革。深化改革。")).get(question) == [quote]


@pytest.mark.parametrize(("line", "question"), DUTIES + LISTS)
def test_a_duty_or_a_list_is_asked_about(line: str, question: str) -> None:
    assert question in asked(plan(line, "推进改革。深化改革。"))


@pytest.mark.parametrize(
    "line",
    [
        "办好学校。对不足100人的学校按规定拨付。",
        "简化材料。材料限于居住证、身份证、户口簿三项。",
        "规范管理。不得有前款规定的行为发生。",
        "资助学生。半数以上家长不同意的。",
        "严格管理。严禁挤占、挪用。",
    ],
)
def test_what_would_ask_for_nothing_is_not_asked(line: str) -> None:
    drafts = propose([plan(line)], 99, day=DAY)
    assert not [d for d in drafts if d.kind in ("figure", "yes-no")], [d.text for d in drafts]


def test_units_are_asked_for_under_their_heading_and_quoted_with_their_label() -> None:
    line = "提高标准。增加投入。（牵头单位：市财政局；责任单位：市教育局、市民政局）"
    drafts = asked(plan(line, "推进改革。深化改革。"))
    assert drafts["白沙市提高标准这项工作由哪个单位牵头？"] == ["牵头单位：市财政局"]
    assert drafts["白沙市提高标准这项工作的责任单位有哪些？"] == ["责任单位：市教育局、市民政局"]


def test_a_heading_asks_for_every_clause_below_it() -> None:
    text = plan("甲。").text.replace(
        "一、主要任务\n1.甲。",
        "一、提高教师待遇\n1.保障教师工资。按月发放。\n2.增加班主任津贴。按月发放。",
    )
    drafts = asked(parse("d1", "plan.txt", text))
    found = drafts["白沙市在提高教师待遇方面有哪些规定？"]
    assert found == ["保障教师工资", "增加班主任津贴"]


def test_a_figure_that_is_left_out_becomes_a_near_miss_without_gold() -> None:
    (draft,) = propose([plan("改造场地。每年建设   个乡村学校运动场。")], day=DAY)
    assert (draft.kind, draft.answerable, draft.gold) == ("near-miss", False, ())
    assert draft.text == "白沙市每年建设多少个乡村学校运动场？"


def test_what_three_places_set_is_asked_of_all() -> None:
    documents = [
        plan(f"提高津贴。班主任津贴每人每月{n}元。", title=f"{place}人民政府关于教师待遇的意见")
        for place, n in (("白沙市", 500), ("青禾县", 600), ("柳湖县", 700))
    ]
    drafts = {d.text: d for d in propose(documents, 99, day=DAY)}
    several = drafts["各地的班主任津贴分别是多少？"]
    assert (several.kind, len(several.gold)) == ("several", 3)


def test_a_document_is_named_by_its_title_where_its_place_has_two() -> None:
    line = "增加学位。新增公办学位300个。"
    other = plan(line, title="白沙市人民政府关于义务教育的意见")
    texts = asked(plan("增加班次。校车每日开行2班。"), other)
    assert "按照《白沙市人民政府关于义务教育的意见》，在增加学位方面，新增多少个公办学位？" in texts


# --- the whole of a library ------------------------------------------------------------------


@pytest.fixture(scope="module")
def samples() -> list[Document]:
    return [read_file(path) for path in find_files([Path(corpus.samples.__file__).parent])]


@pytest.fixture(scope="module")
def drafts(samples: list[Document]) -> list[Question]:
    return propose(samples, 2000, day=DAY)


def test_every_quotation_of_the_samples_is_short_and_stands_in_its_clause(
    samples: list[Document], drafts: list[Question]
) -> None:
    resolved = resolve(QuestionSet(Path("drafts.jsonl"), None, tuple(drafts)), samples)
    assert len(resolved) == len(drafts) > 500
    quotes = [gold.quote or "" for draft in drafts for gold in draft.gold]
    assert {len(quote) for quote in quotes} <= set(range(6, 29))
    assert all(
        place.document.quote(place.span) in quotes for one in resolved for place in one.places
    )


def test_drafts_are_marked_well_formed_and_none_stands_twice(drafts: list[Question]) -> None:
    assert all(draft.draft and draft.kind in KINDS for draft in drafts)
    assert all(draft.text.endswith("？") and draft.text.count("？") == 1 for draft in drafts)
    assert len({fold_text(draft.text) for draft in drafts}) == len(drafts)
    assert len({draft.id for draft in drafts}) == len(drafts)
    assert not [d.text for d in drafts if "本款" in d.text or "前款" in d.text or "，，" in d.text]


def test_a_choice_is_spread_over_documents_and_kinds(
    samples: list[Document], drafts: list[Question]
) -> None:
    chosen = propose(samples, 60, day=DAY)
    documents = {gold.document for draft in chosen for gold in draft.gold}
    assert len(chosen) == 60
    assert len(documents) == len(samples)
    assert {d.kind for d in chosen} == {d.kind for d in drafts} >= {"figure", "superseded"}


def test_one_seed_proposes_the_same_and_another_something_else(samples: list[Document]) -> None:
    first = propose(samples, 30, seed=1, day=DAY)
    assert propose(samples, 30, seed=1, day=DAY) == first
    assert propose(samples, 30, seed=2, day=DAY) != first


def test_documents_of_one_title_are_called_by_their_files_or_their_ids() -> None:
    line = "提高津贴。班主任津贴每人每月不低于700元。"
    text = plan(line).text
    sources = {"d1": "甲/规划.txt", "d2": "乙/规划.txt", "d3": "丙.txt"}
    documents = [parse(id_, source, text) for id_, source in sources.items()]
    drafts = propose(documents, 99, day=DAY)
    assert {gold.document for draft in drafts for gold in draft.gold} == {"d1", "d2", "丙.txt"}
    resolve(QuestionSet(Path("drafts.jsonl"), None, tuple(drafts)), documents)


def test_a_clause_of_any_length_is_read_quickly() -> None:
    long = "（学校应当、每年至少12名，" * 2_000
    assert propose([plan(long, "增加学位。新增公办学位300个。")], 5, day=DAY)


def test_what_was_repealed_is_asked_about_as_such(samples: list[Document]) -> None:
    old = [document for document in samples if "2013年" in document.source]
    kinds = {draft.kind for draft in propose(samples, 999, about=old, day=DAY)}
    assert kinds == {"superseded"}


@settings(max_examples=40)
@given(
    st.text(
        st.sampled_from("学校应当不得每年至少12名%元，。；、（）：前的在由局牵头单位：下列一是")
    ),
    st.integers(0, 9),
)
def test_any_text_is_survived_and_what_is_quoted_stands_there(text: str, seed: int) -> None:
    document = parse("d1", "a.txt", f"白沙市教育局关于学校的通知\n一、要求\n1.{text}\n2.{text}")
    for draft in propose([document], 20, seed, day=DAY):
        assert all(gold.quote and gold.quote in document.text for gold in draft.gold)


@pytest.fixture
def filled(library: Library, sources: Path) -> Library:
    library.add([sources], vectors=False)
    return library


# --- the command -----------------------------------------------------------------------------


def test_the_command_writes_drafts_that_count_only_when_accepted(
    tmp_path: Path, youju: Run, filled: Library
) -> None:
    out = tmp_path / "drafts.jsonl"
    shape = youju("eval", "draft", "--most", "5", "--out", out, "--json").json
    proposed = list(read_set(out, drafts=True).questions)
    assert [question.shape() for question in proposed] == shape["questions"]
    assert 0 < len(proposed) <= 5 and all(question.draft for question in proposed)
    write_set([replace(proposed[0], draft=False), *proposed[1:]], out)
    result = youju("eval", out, "--mode", "bm25", "--json")
    assert result.json["results"][0]["record"]["set"]["questions"] == 1
    assert f"{len(proposed) - 1} drafts are left out" in result.err


def test_the_command_asks_about_one_document_and_refuses_another_ending(
    tmp_path: Path, youju: Run, filled: Library
) -> None:
    one = filled.documents()[0]
    lines = youju("eval", "draft", "--document", one.id).out
    assert one.label in lines
    refused = youju("eval", "draft", "--out", tmp_path / "drafts.txt")
    assert refused.status == 1 and ".jsonl, .csv, .xlsx" in refused.complaints[0]
