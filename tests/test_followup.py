"""Questions that lean on the one before, said in full."""

import pytest

from retrieval.followup import in_full

PREVIOUS = "青禾县小学课后服务收费多少？"


def places(text: str) -> list[str]:
    return [name for name in ("青禾县", "白沙市") if name in text]


@pytest.mark.parametrize(
    ("question", "full"),
    [
        ("那初中呢？", "青禾县初中课后服务收费多少？"),
        ("初中呢", "青禾县初中课后服务收费多少？"),
        ("那初中呢?", "青禾县初中课后服务收费多少？"),
        ("白沙市呢？", "白沙市小学课后服务收费多少？"),
        ("那民办的呢", "民办 青禾县小学课后服务收费多少？"),
        ("那初中又如何", "青禾县初中课后服务收费多少？"),
    ],
)
def test_a_follow_up_takes_the_place_of_its_counterpart(question: str, full: str) -> None:
    assert in_full(question, PREVIOUS, places) == full


@pytest.mark.parametrize(
    ("question", "previous", "full"),
    [
        (
            "那初中呢？",
            "小学（公辦）课后服务:收费多少？小学!",
            "初中（公辦）课后服务:收费多少？初中!",
        ),
        ("那學前教育呢？", "“小学”收费多少?", "“學前教育”收费多少?"),
        ("民办（寄宿）呢？", "收费，多少？", "民办（寄宿） 收费，多少？"),
        ("由谁负责？", "課後服務收费多少？", "課後服務收费多少 由谁负责？"),
        ("那 由誰負責?", "课后服务收费多少?", "课后服务收费多少 由誰負責"),
    ],
)
def test_signs_and_characters_stay_as_they_were_typed(
    question: str, previous: str, full: str
) -> None:
    assert in_full(question, previous, places) == full


def test_a_year_takes_the_place_of_a_year() -> None:
    asked = "到2025年覆盖率达到多少"
    assert in_full("那2027年呢", asked) == "到2027年覆盖率达到多少"


@pytest.mark.parametrize("question", ["由谁负责？", "为什么？", "什么时候？", "那由谁负责"])
def test_a_question_without_a_matter_is_about_the_one_before(question: str) -> None:
    full = in_full(question, "食堂由校长陪餐几次？")
    assert "食堂" in full and question.strip("那？") in full


@pytest.mark.parametrize(
    "question",
    ["手机能带进课堂吗？", "教师轮岗要几年", "", "那么教师轮岗满六年以后还要再去支教几年才可以评"],
)
def test_a_question_that_stands_alone_stays_as_it_is(question: str) -> None:
    if question:
        assert in_full(question, PREVIOUS, places) == question


def test_without_a_question_before_nothing_changes() -> None:
    assert in_full("那初中呢？", None) == "那初中呢？"


@pytest.mark.parametrize("sign", "那呢的 ,年初")
def test_a_long_text_is_read_in_time_that_grows_with_it(sign: str) -> None:
    text = sign * 100_000
    assert in_full(text, "小学收费多少") in (text, in_full(text, "小学收费多少"))
