"""The words that bind, forbid, permit and encourage, and the words that only look like them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.facts.obligations import find_obligations
from corpus.lines import open_page


def duties(text: str) -> list[tuple[str, str]]:
    found = list(find_obligations(open_page(text), 0, len(text)))
    for obligation in found:
        start, end = obligation.word.span
        assert text[start:end] == obligation.word.value
    return [(obligation.duty, obligation.word.value) for obligation in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("学校应当公开收费。", [("must", "应当")]),
        ("学校应按规定公开，均应登记。", [("must", "应"), ("must", "应")]),
        ("场地必须达标，务必检查。", [("must", "必须"), ("must", "务必")]),
        ("须经批准。", [("must", "须")]),
        ("各学校要开齐课程，确保课时。", [("must", "要"), ("must", "确保")]),
        ("各地要从实际出发，也要以学生为本。", [("must", "要"), ("must", "要")]),
        ("不得收费，严禁补课。", [("must_not", "不得"), ("must_not", "严禁")]),
        ("禁止吸烟，不准喧哗，不许攀爬。", [("must_not", w) for w in ("禁止", "不准", "不许")]),
        ("不应超过工作量，不应当收取。", [("must_not", "不应"), ("must_not", "不应当")]),
        ("可以申请复核，有权查阅。", [("may", "可以"), ("may", "有权")]),
        ("有条件的可增设课程，可用于培训。", [("may", "可"), ("may", "可")]),
        ("鼓励和支持社会力量办学。", [("encouraged", "鼓励"), ("encouraged", "支持")]),
        ("提倡步行上学，倡导阅读。", [("encouraged", "提倡"), ("encouraged", "倡导")]),
        ("学校應當公開。", [("must", "應當")]),
    ],
)
def test_words_that_bind(text: str, expected: list[tuple[str, str]]) -> None:
    assert duties(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "采取相应措施，适应发展，应急处置，应届毕业生，供应，反应，一窗通办对应事项",
        "重要任务，主要目标，需要，必要，纲要，要求，要点，要素，首要，只要",
        "可能，可靠，许可，可行，可持续，认可，可供选择，可拆装",
        "因不可抗力无法进行，不可或缺",
        "给予支持，政策支持，支持力度，资金支持，在各方支持下",
        "无须重复，必须知",
        "必不可少的条件",
        "为什么要制定本办法？是否要另行申请？",
        "落实“十个不得”规定",
        "为确保安全",
    ],
)
def test_words_that_only_look_like_it(text: str) -> None:
    assert [word for _, word in duties(text)] in ([], ["必须"])


SENTENCES = st.sampled_from(
    [
        ("学校应当公开。", ["应当"]),
        ("教师不得收礼。", ["不得"]),
        ("各校要自查。", ["要"]),
        ("家长可以申请。", ["可以"]),
        ("国家支持办学。", ["支持"]),
        ("这是重要要求。", []),
        ("采取相应措施。", []),
    ]
)


@settings(deadline=None)
@given(st.lists(SENTENCES, max_size=12))
def test_sentences_do_not_change_each_other(sentences: list[tuple[str, list[str]]]) -> None:
    text = "".join(sentence for sentence, _ in sentences)
    assert [word for _, word in duties(text)] == [w for _, words in sentences for w in words]
