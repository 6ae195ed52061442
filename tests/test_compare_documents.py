"""Two documents against each other: what was done to a document is what is reported, no more."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from corpus import Document, parse
from corpus.numerals import chinese_numeral
from retrieval.compare import Comparison, compare_documents
from retrieval.compare.shapes import comparison_shape
from retrieval.compare.tables import comparison_table
from retrieval.compare.versions.lines import comparison_lines
from retrieval.compare.versions.pairing import Pair, moved

TODAY = date(2026, 1, 1)
MATTERS = (
    "食堂实行校长陪餐制度",
    "校车由随车照管人员清点学生",
    "图书馆在课后和周末开放",
    "教师每学年参加业务培训",
    "班级人数超过标准的逐年调整",
    "寄宿学生的安全由值班人员巡查",
    "体育场地在节假日向居民开放",
    "家长委员会参与校服选用",
    "实验室危险物品双人保管",
    "学校经费收支情况定期公布",
    "心理辅导室配备专职人员",
    "听障儿童随班就读提供辅具",
)
ENDS = (
    "，费用由县级财政承担，不得向家长收取。",
    "，具体办法由主管部门另行制定并公布。",
    "，每学期至少检查2次，结果存档备查。",
    "，违反规定的由上级机关责令限期改正。",
)
ARTICLES = [matter + ENDS[n % len(ENDS)] for n, matter in enumerate(MATTERS)]
FEW = settings(max_examples=25)  # to read a document takes longer than to compare it


def regulation(articles: Sequence[str], title: str = "青禾县学校管理办法") -> Document:
    lines = [f"第{chinese_numeral(n)}条　{said}" for n, said in enumerate(articles, start=1)]
    return parse(title, f"{title}.txt", "\n".join([title, "", *lines, ""]))


def compared(old: Sequence[str], new: Sequence[str]) -> Comparison:
    return compare_documents(regulation(old), regulation(new), TODAY)


def kinds(comparison: Comparison) -> list[str]:
    return [change.kind for change in comparison.changes]


articles = st.permutations(range(len(MATTERS))).flatmap(
    lambda order: st.integers(4, len(MATTERS)).map(lambda n: [ARTICLES[i] for i in order[:n]])
)


@FEW
@given(articles)
def test_a_document_is_the_same_as_itself(said: list[str]) -> None:
    found = compared(said, said)
    assert found.changes == []
    assert found.unchanged == len(said)
    assert found.metadata == []


@FEW
@given(articles, st.data())
def test_a_removed_clause_is_reported_as_just_that(said: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(said) - 1))
    found = compared(said, said[:at] + said[at + 1 :])
    assert kinds(found) == ["removed"]
    (change,) = found.changes
    assert change.old is not None and said[at] in found.old.quote(change.old.span)
    assert found.unchanged == len(said) - 1


@FEW
@given(articles, st.data())
def test_an_added_clause_is_reported_as_just_that(said: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(said) - 2))
    found = compared(said[:at] + said[at + 1 :], said)
    assert kinds(found) == ["added"]
    (change,) = found.changes
    assert change.new is not None and said[at] in found.new.quote(change.new.span)


@FEW
@given(articles, st.data())
def test_a_moved_clause_is_reported_as_just_that(said: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(said) - 1))
    end = data.draw(st.integers(0, len(said) - 1))
    assume(abs(start - end) > 1)  # of two neighbours that changed places either one moved
    order = said[:start] + said[start + 1 :]
    order.insert(end, said[start])
    found = compared(said, order)
    assert kinds(found) == ["moved"]
    (change,) = found.changes
    assert change.new is not None and said[start] in found.new.quote(change.new.span)


@FEW
@given(articles, st.data())
def test_a_changed_clause_is_reported_with_its_words(said: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(said) - 1))
    changed = list(said)
    changed[at] = said[at].replace("。", "，并于每年12月公布结果。")
    found = compared(said, changed)
    assert kinds(found) == ["changed"]
    pieces = found.changes[0].pieces
    assert [piece.op for piece in pieces if piece.op != "equal"] == ["inserted"]
    (inserted,) = [piece.new for piece in pieces if piece.op == "inserted"]
    assert inserted is not None and "12月公布结果" in found.new.quote(inserted)


@FEW
@given(articles, articles)
def test_pieces_are_the_clauses_and_every_clause_is_told_once(
    old: list[str], new: list[str]
) -> None:
    found = compared(old, new)
    for change in found.changes:
        if not change.pieces:
            continue
        for document, clause, side in (
            (found.old, change.old, 1),
            (found.new, change.new, 2),
        ):
            spans = [piece[side] for piece in change.pieces if piece[side] is not None]
            assert clause is not None
            assert "".join(document.quote(s) for s in spans) == document.quote(clause.span)
    kept = found.unchanged + sum(c.old is not None and c.new is not None for c in found.changes)
    assert kept + kinds(found).count("removed") == len(old)
    assert kept + kinds(found).count("added") == len(new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("學校應當設置圖書館。", "学校应当设置图书馆。"),
        ("学校，应当设置图书馆；", "学校应当设置图书馆。"),
        ("学校 应当　设置图书馆", "学校应当设置图书馆"),
        ("覆盖率达到８５％以上", "覆盖率达到85%以上"),
        ("覆盖率达到百分之八十五以上", "覆盖率达到85%以上"),
        ("期限为三年", "期限为3年"),
        ("补助1,200元", "补助１２００元"),
        ("包括：\n（一）食堂；\n（二）校车。", "包括：\n1.食堂；\n2.校车。"),
    ],
)
def test_what_differs_in_form_alone_is_no_change(old: str, new: str) -> None:
    found = compared([ARTICLES[0], old, ARTICLES[1]], [ARTICLES[0], new, ARTICLES[1]])
    assert found.changes == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("覆盖率达到3.5%以上", "覆盖率达到35%以上"),
        ("师生比为1:15", "师生比为1:5"),
        ("学校应当设置图书馆", "学校不得设置图书馆"),
        ("期限为三年", "期限为三个月"),
        ("第五条规定的学校按月报告安全情况", "第六条规定的学校按月报告安全情况"),
        ("三、四年级学生参加游泳课程学习", "四年级学生参加游泳课程学习"),
    ],
)
def test_what_differs_in_sense_is_a_change(old: str, new: str) -> None:
    found = compared([ARTICLES[0], old, ARTICLES[1]], [ARTICLES[0], new, ARTICLES[1]])
    assert kinds(found) == ["changed"] or sorted(kinds(found)) == ["added", "removed"]


def test_figures_and_words_are_not_cut_in_two() -> None:
    found = compared(
        [ARTICLES[0], "到2025年，普惠性幼儿园覆盖率达到85%以上，新增学位1200个。"],
        [ARTICLES[0], "到2027年，普惠性幼儿园覆盖率达到88%以上，新增学位1250个。"],
    )
    (change,) = found.changes
    told = [found.old.quote(p.old).strip() for p in change.pieces if p.op == "deleted" and p.old]
    assert told == ["2025年，", "85%以上，" if "85%以上，" in told else "85%", "1200个。"]
    figures = {c.name: [v.value for cell in c.cells for v in cell.values] for c in change.figures}
    assert figures == {"普惠性幼儿园覆盖率": ["85", "88"], "学位": ["1200", "1250"]}


def test_a_clause_that_moved_and_changed_is_one_change() -> None:
    said = ARTICLES[:8]
    order = [*said[1:], said[0].replace("县级财政", "市级财政")]
    (change,) = compared(said, order).changes
    assert change.kind == "moved_changed"
    assert change.old is not None and change.old.address == "第一条"
    assert change.new is not None and change.new.address == "第八条"


def test_a_chapter_keeps_its_place_when_a_clause_moves_across_it() -> None:
    def document(first: int) -> Document:
        lines = ["青禾县学校管理办法", "", "第一章　总则"]
        for n, said in enumerate(ARTICLES[:6], start=1):
            if n == first + 1:
                lines.append("第二章　安全")
            lines.append(f"第{chinese_numeral(n)}条　{said}")
        return parse("x", "x.txt", "\n".join([*lines, ""]))

    (change,) = compare_documents(document(3), document(4), TODAY).changes
    assert change.kind == "moved"
    assert change.new is not None and change.new.kind == "article"


def test_two_works_are_aligned_by_content_and_nothing_moves() -> None:
    old = regulation(ARTICLES[:6])
    new = regulation(list(reversed(ARTICLES[:6])), "白沙市校园安全规定")
    found = compare_documents(old, new, TODAY)
    assert found.relation == "documents"
    assert (found.unchanged, found.changes) == (6, [])
    assert "按内容对应" in "\n".join(comparison_lines(comparison_shape(found)))


def test_metadata_that_changed_is_told_and_order_is_doubted() -> None:
    def dated(number: str, day: str) -> Document:
        title = "青禾县学校管理办法"
        text = "\n".join([title, f"青政发〔{day[:4]}〕{number}号", "", f"第一条　{ARTICLES[0]}"])
        return parse(number, f"{number}.txt", f"{text}\n\n青禾县人民政府\n{day}\n")

    old, new = dated("3", "2020年5月1日"), dated("8", "2024年6月1日")
    found = compare_documents(old, new, TODAY)
    assert {r.field for r in found.metadata} == {"number", "date"}
    assert not found.is_backwards
    assert compare_documents(new, old, TODAY).is_backwards


def test_lines_and_table_say_what_changed() -> None:
    shape = comparison_shape(
        compared([ARTICLES[0], "每班不超过50人，逐年调整。"], ["每班不超过45人，逐年调整。"])
    )
    lines = "\n".join(comparison_lines(shape))
    assert "〔-50人，-〕〔+45人，+〕" in lines
    assert "≤50人 → ≤45人" in lines
    assert "删去 1 条" in lines
    table = comparison_table(shape)
    marks = {piece.mark for row in table.cells for cell in row for piece in cell.pieces}
    assert marks >= {"added", "removed"}


@given(st.permutations(range(9)))
def test_what_moved_is_all_but_the_longest_sequence_in_order(order: list[int]) -> None:
    pairs = [Pair(old, new) for old, new in enumerate(order)]
    away = moved(pairs, [1.0] * len(pairs))
    kept = [pair.new for pair in pairs if pair not in away]
    assert kept == sorted(kept)
    lengths = [1] * len(order)
    for at in range(len(order)):
        lengths[at] += max((lengths[b] for b in range(at) if order[b] < order[at]), default=0)
    assert len(kept) == max(lengths)


@pytest.mark.parametrize("sign", ["一", "1", "《", "（", "第", "、", "%", " ", "a"])
def test_a_clause_of_one_character_is_compared_too(sign: str) -> None:
    found = compared([ARTICLES[0], f"甲{sign * 100_000}"], [ARTICLES[0], f"乙{sign * 99_000}"])
    assert found.unchanged == 1


def test_one_length_of_time_in_two_units_is_no_change() -> None:
    old = ["学生每天体育活动不少于1小时，教师到场。", "课后服务每天两小时。", "补助1.5万元。"]
    new = ["学生每天体育活动不少于60分钟，教师到场。", "课后服务每天120分钟。", "补助15000元。"]
    assert kinds(compared(old, new)) == []
    longer = [new[0].replace("60", "90"), *new[1:]]
    assert kinds(compared(old, longer)) == ["changed"]
    (figure,) = comparison_shape(compared(old, longer))["changes"][0]["figures"]
    assert (figure["unit"], figure["old"][0]["unit"]) == ("分钟", "小时")


def test_other_words_for_an_age_are_a_change() -> None:
    assert kinds(compared(["年满6岁的儿童入学。"], ["年满6周岁的儿童入学。"])) == ["changed"]
