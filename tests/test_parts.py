"""款, 项 and 目 inside a 条, addressed as officials write them."""

from corpus import Document, parse


def read(*paragraphs: str) -> Document:
    body = "\n".join(paragraphs)
    return parse("d1", "x", f"青石区学校管理办法\n第一条　总则。\n{body}\n第三条　附则。\n")


def parts(*paragraphs: str) -> list[tuple[str, str]]:
    document = read(*paragraphs)
    article = next(clause for clause in document if clause.address == "第二条")
    assert all(article.start <= p.span.start < p.span.end <= article.end for p in article.parts)
    return [(part.address, document.quote(part.span).strip()) for part in article.parts]


def test_a_single_paragraph_needs_no_address_of_its_own() -> None:
    assert parts("第二条　学校应当公开收费。") == []


def test_each_paragraph_is_a_款() -> None:
    assert parts("第二条　学校应当公开收费。", "民办学校依照执行。", "违者责令改正。") == [
        ("第二条第一款", "第二条　学校应当公开收费。"),
        ("第二条第二款", "民办学校依照执行。"),
        ("第二条第三款", "违者责令改正。"),
    ]


def test_numbered_lines_are_项() -> None:
    assert parts("第二条　下列行为：", "（一）乱收费；", "（二）体罚；", "（三）其他。") == [
        ("第二条第（一）项", "（一）乱收费；"),
        ("第二条第（二）项", "（二）体罚；"),
        ("第二条第（三）项", "（三）其他。"),
    ]


def test_项_belong_to_the_款_above_them() -> None:
    found = parts(
        "第二条　学校应当公开。",
        "下列行为禁止：",
        "（一）乱收费；",
        "（二）体罚。",
        "违者责令改正。",
    )
    assert [address for address, _ in found] == [
        "第二条第一款",
        "第二条第二款",
        "第二条第二款第（一）项",
        "第二条第二款第（二）项",
        "第二条第三款",
    ]
    assert found[1][1] == "下列行为禁止：\n（一）乱收费；\n（二）体罚。"


def test_each_款_may_number_its_项_from_one() -> None:
    found = parts("第二条　甲：", "（一）子；", "（二）丑。", "乙：", "（一）寅；", "（二）卯。")
    assert [address for address, _ in found] == [
        "第二条第一款",
        "第二条第一款第（一）项",
        "第二条第一款第（二）项",
        "第二条第二款",
        "第二条第二款第（一）项",
        "第二条第二款第（二）项",
    ]


def test_a_项_holds_its_目() -> None:
    found = parts("第二条　下列材料：", "（一）证件：", "1.身份证；", "2.户口簿；", "（二）申请。")
    assert found == [
        ("第二条第（一）项", "（一）证件：\n1.身份证；\n2.户口簿；"),
        ("第二条第（一）项第1目", "1.身份证；"),
        ("第二条第（一）项第2目", "2.户口簿；"),
        ("第二条第（二）项", "（二）申请。"),
    ]


def test_a_stray_line_break_begins_no_款() -> None:
    assert parts("第二条　学校应当依照", "第一条的规定公开收费。") == []


def test_a_reference_begins_a_款_and_no_条() -> None:
    found = parts("第二条　学校应当公开。", "第一条规定的学校除外。")
    assert found[1] == ("第二条第二款", "第一条规定的学校除外。")


def test_items_outside_articles_have_no_parts() -> None:
    document = parse("d1", "x", "实施方案\n一、甲。\n乙。\n丙。\n二、丁。\n")
    assert all(clause.parts == () for clause in document)


def test_an_inserted_article_addresses_its_parts() -> None:
    text = (
        "办法\n第一条　甲。\n第二条　乙。\n第二条之一　丙：\n（一）子；\n（二）丑。\n第三条　丁。\n"
    )
    clause = next(c for c in parse("d1", "x", text) if c.address == "第二条之一")
    assert [part.address for part in clause.parts] == [
        "第二条之一第（一）项",
        "第二条之一第（二）项",
    ]


def test_a_条_of_more_款_than_have_a_number_is_read() -> None:
    found = parts("第二条　甲。", *["乙。"] * 10_001)
    assert found[-1][0] == "第二条第九千九百九十九款"


def test_a_list_on_one_line_has_its_项() -> None:
    assert parts("第二条　下列行为：（一）乱收费；（二）体罚。", "违者责令改正。") == [
        ("第二条第一款", "第二条　下列行为：（一）乱收费；（二）体罚。"),
        ("第二条第一款第（一）项", "（一）乱收费；"),
        ("第二条第一款第（二）项", "（二）体罚。"),
        ("第二条第二款", "违者责令改正。"),
    ]


def test_项_that_lost_their_numbers_are_addressed() -> None:
    found = parts(
        "第二条　下列情形：", "独自入住的；", "结伴入住的；", "（三）受伤的；", "（四）其他。"
    )
    assert found == [
        ("第二条第（一）项", "独自入住的；"),
        ("第二条第（二）项", "结伴入住的；"),
        ("第二条第（三）项", "（三）受伤的；"),
        ("第二条第（四）项", "（四）其他。"),
    ]


def test_a_条_that_begins_within_a_line_has_its_own_款() -> None:
    text = "青石区学校管理办法\n第一条　甲。第二条　乙。\n丙。\n第三条　丁。\n"
    document = parse("d1", "x", text)
    first, second = document.clauses[1:3]
    assert first.parts == ()
    assert [(p.address, document.quote(p.span)) for p in second.parts] == [
        ("第二条第一款", "第二条　乙。\n"),
        ("第二条第二款", "丙。\n"),
    ]


def test_the_rows_of_a_table_are_no_款() -> None:
    found = parts("第二条　标准如下：", "学段 | 标准", "小学 | 每生500元。", "初中 | 每生800元。")
    assert found == []


def test_text_between_two_项_belongs_to_the_upper_one() -> None:
    found = parts(
        "第二条　请假：", "（一）病假。", "三天以内由组长批准。", "（二）事假。", "其他情形另定。"
    )
    assert found == [
        ("第二条第一款", "第二条　请假：\n（一）病假。\n三天以内由组长批准。\n（二）事假。"),
        ("第二条第一款第（一）项", "（一）病假。\n三天以内由组长批准。"),
        ("第二条第一款第（二）项", "（二）事假。"),
        ("第二条第二款", "其他情形另定。"),
    ]
