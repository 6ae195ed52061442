"""The first screen: filters, a conversation, follow-ups, the trail of an answer, opinions."""

import json
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from corpus import parse
from index import Library
from retrieval import Filters, Standing
from ui import Desk, cards, filtering, render, turns
from ui.address import address
from ui.asking import Asking
from ui.conversation import MOST_TURNS, Conversation
from ui.errors import explain
from ui.filter_form import filters_form
from ui.filtering import FilterError, chosen_values, filters_in, form, read_form, values_of

PRIMARY = """青禾县小学课后服务办法
青教发〔2025〕3号
第一条　小学课后服务每生每学期收费360元。
第二条　小学课后服务由县教育局负责。
青禾县教育局
2025年3月1日
"""
MIDDLE = """青禾县初中课后服务办法（征求意见稿）
第一条　初中课后服务每生每学期收费420元。
青禾县教育局
2024年5月6日
"""
ELSEWHERE = """白沙市小学课后服务规定
白政发〔2023〕9号
第一条　小学课后服务每生每学期收费500元。
白沙市人民政府
2023年5月6日
"""
HOSTILE = "<img src=x onerror=alert(1)></mark><script>alert(2)</script>"
QUESTION = "青禾县小学课后服务每学期收费多少元？"


@pytest.fixture
def asking(library: Library, tmp_path: Path) -> Asking:
    for number, text in enumerate((PRIMARY, MIDDLE, ELSEWHERE)):
        path = tmp_path / f"{number}.txt"
        path.write_text(text, encoding="utf-8")
        library.add([path])
    return Desk(library).asking


class Elements(HTMLParser):
    """The start tags that a browser would find, with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def text_of(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


def assert_harmless(html: str) -> None:
    found = Elements(html)
    assert not {"img", "script", "iframe", "svg"} & {tag for tag, _ in found.tags}
    assert not any(name.startswith("on") for _, given in found.tags for name in given)


# --- filters ----------------------------------------------------------------------------------


def standing(text: str, name: str = "d", status: str | None = None) -> Standing:
    return Standing(parse(name, f"{name}.txt", text), status, None)


def test_the_form_offers_what_the_library_has() -> None:
    states = [standing(PRIMARY, "a", "现行"), standing(MIDDLE, "b"), standing(ELSEWHERE, "c")]
    html = form(values_of(states), Filters(), "zh")
    offered = re.findall(r"<option[^>]*>(.*?)</option>", html)
    assert "青禾县教育局（2）" in offered
    assert "白沙市人民政府（1）" in offered
    assert [o for o in offered if o[:4].isdigit()] == ["2025（1）", "2024（1）", "2023（1）"]
    assert offered.index("现行（1）") < offered.index("不明（2）")
    assert {s["name"] for s in Elements(html).named("select")} >= {"issuer", "year", "status"}
    assert "open" not in Elements(html).named("details")[0]


def test_a_library_without_documents_has_no_form() -> None:
    assert form(values_of([]), Filters(), "zh") == ""


def test_what_is_chosen_goes_into_the_address_and_comes_back() -> None:
    chosen = {"issuer": "青禾县教育局", "year": "2025", "superseded": "1"}
    filters = read_form(json.dumps({**chosen, "region": "", "other": "x"}))
    assert filters == Filters(issuer="青禾县教育局", year="2025", superseded=True)
    query = address("ask", {"q": "问？", **chosen_values(filters)})
    asked = {name: values[0] for name, values in parse_qs(query).items()}
    assert asked == {"q": "问？", **chosen}
    assert filters_in(asked) == filters
    assert read_form("") == Filters()


def test_a_chosen_value_that_no_document_has_is_shown_and_stays_text() -> None:
    html = form(values_of([standing(PRIMARY)]), Filters(issuer=HOSTILE), "zh")
    assert_harmless(html)
    (chosen,) = [o for o in Elements(html).named("option") if "selected" in o]
    assert chosen["value"] == HOSTILE
    assert "发文机关" in html


@pytest.mark.parametrize("written", ["[]", '{"issuer": 1}', "{", '"' + "x" * 5000 + '"'])
def test_a_form_that_no_page_writes_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"expected|Expecting"):
        read_form(written)


def test_an_overlong_value_is_explained() -> None:
    with pytest.raises(FilterError) as refused:
        filters_in({"issuer": "局" * 201})
    assert explain(refused.value, "zh") == "筛选条件有 201 个字，最多 200 个字，请从列表里选择。"


def test_filters_limit_the_answer_and_are_told_with_it(asking: Asking) -> None:
    filters = Filters(issuer="白沙市人民政府", year="2023")
    html = asking.ask("小学课后服务每学期收费多少元？", "zh", filters).html
    assert "500元" in html
    assert "360元" not in html
    assert "只查：发文机关：白沙市人民政府 · 年份：2023" in text_of(html)
    form_again = filters_form(asking.library, filters, "zh")
    assert "发文机关：白沙市人民政府 · 年份：2023" in text_of(form_again)


# --- a conversation ---------------------------------------------------------------------------


def test_a_follow_up_is_understood_with_the_question_before(asking: Asking) -> None:
    first = asking.ask(QUESTION, "zh")
    second = asking.ask("那初中呢？", "zh", conversation=first.conversation)
    said = text_of(second.html)
    assert "420元" in said
    assert "理解为：青禾县初中课后服务每学期收费多少元？" in said
    assert 'data-act="ask_as_typed"' in second.html
    query = Elements(second.html).named("article")[0]["data-address"] or ""
    assert parse_qs(query)["q"] == ["青禾县初中课后服务每学期收费多少元？"]
    assert "360元" in text_of(second.earlier)
    assert [turn.typed for turn in second.conversation.turns] == [QUESTION, "那初中呢？"]


def test_a_place_of_the_library_takes_the_place_of_a_place(asking: Asking) -> None:
    first = asking.ask(QUESTION, "zh")
    second = asking.ask("白沙市呢？", "zh", conversation=first.conversation)
    assert "理解为：白沙市小学课后服务" in text_of(second.html)
    assert asking.searcher.places_in("青禾县和白沙市的学校") == ["青禾县", "白沙市"]


def test_a_question_can_be_asked_as_it_was_typed(asking: Asking) -> None:
    first = asking.ask(QUESTION, "zh")
    second = asking.ask("那初中呢？", "zh", conversation=first.conversation, leaning=False)
    assert "理解为" not in second.html
    assert second.conversation.turns[-1].understood == "那初中呢？"


def test_a_question_of_its_own_is_left_alone(asking: Asking) -> None:
    first = asking.ask(QUESTION, "zh")
    second = asking.ask("小学课后服务由哪个单位负责？", "zh", conversation=first.conversation)
    assert "理解为" not in second.html
    assert "县教育局负责" in second.html


def test_an_error_keeps_the_conversation_and_shows_all_of_it(asking: Asking) -> None:
    first = asking.ask(QUESTION, "zh")
    wrong = asking.ask("  ", "zh", conversation=first.conversation)
    assert "请先写下" in wrong.html
    assert wrong.conversation is first.conversation
    assert QUESTION in text_of(wrong.earlier)


def test_a_page_keeps_so_many_turns(asking: Asking) -> None:
    turn = asking.ask(QUESTION, "zh").conversation.turns[0]
    talk = Conversation()
    for _ in range(MOST_TURNS + 5):
        talk = talk.followed_by(turn)
    assert len(talk.turns) == MOST_TURNS
    assert turns.earlier(talk, "zh").count("<details>") == MOST_TURNS
    assert turns.earlier(Conversation(), "zh") == ""


def test_earlier_turns_have_no_ids_that_the_latest_has_too(asking: Asking) -> None:
    first = asking.ask(QUESTION, "zh")
    second = asking.ask("那初中呢？", "zh", conversation=first.conversation)
    assert not any("id" in given for _, given in Elements(second.earlier).tags)
    again = [b for b in Elements(second.earlier).named("button") if b.get("data-question")]
    assert [b["data-question"] for b in again] == [QUESTION]
    assert 'data-act="open_document"' in second.earlier


def test_the_same_question_again_is_a_turn_of_its_own(asking: Asking) -> None:
    first = asking.ask(QUESTION, "zh")
    second = asking.ask(QUESTION, "zh", conversation=first.conversation)
    keys = [turn.key for turn in second.conversation.turns]
    assert len(set(keys)) == 2
    assert f'data-turn="{keys[1]}"' in second.html


def test_hostile_questions_stay_text(asking: Asking) -> None:
    said = asking.ask(f"小学课后服务收费多少{HOSTILE}", "zh", Filters(issuer=HOSTILE))
    later = asking.ask(QUESTION, "zh", conversation=said.conversation)
    turn = said.conversation.turns[0]
    for html in (said.html, later.earlier, asking.trail(turn, "zh")):
        assert_harmless(html)
    assert HOSTILE in text_of(said.html)
    assert_harmless(asking.rate(turn, "up", HOSTILE, "zh"))


# --- standing and citations -------------------------------------------------------------------


def test_a_draft_says_so_beside_its_sentence(asking: Asking) -> None:
    html = asking.ask("青禾县初中课后服务每学期收费多少元？", "zh").html
    said = html.partition('class="yj-basis"')[0]
    assert "征求意见稿，尚未正式印发" in said
    assert "A draft for comment" in asking.ask("青禾县初中课后服务每学期收费多少元？", "en").html


def test_each_source_can_be_copied_as_a_formal_citation(asking: Asking) -> None:
    html = asking.ask(QUESTION, "zh").html
    copied = [b["data-copy"] for b in Elements(html).named("button") if "data-copy" in b]
    assert "《青禾县小学课后服务办法》（青教发〔2025〕3号）第一条" in copied


def test_a_nearest_clause_can_be_copied_too(asking: Asking) -> None:
    turn = asking.ask("食堂的校车几点钟在月亮上开门？", "zh").conversation.turns[-1]
    assert turn.found.status == "not_found"
    html = render.missing(turn.found, 3, "zh")
    for hit in turn.found.nearest:
        assert cards.source_of(hit).citation in unescape(html)
    assert turn.found.nearest


# --- how it was found, and what people think ---------------------------------------------------


def test_the_trail_tells_words_scores_and_the_decision(asking: Asking) -> None:
    turn = asking.ask("小学放学后托管每学期收费多少元？", "zh").conversation.turns[-1]
    html = asking.trail(turn, "zh")
    said = text_of(html)
    assert 'data-into="trail"' in html
    assert "课后服务" in "".join(re.findall(r'yj-added">(.*?)</span>', html))
    for hit in asking.searcher.search(turn.understood, 8).hits:
        assert f"{hit.score:.3f}" in said
        assert hit.scores.dense is None or f"{hit.scores.dense:.3f}" in said
    assert f"{turn.found.confidence:.2f}" in said
    assert ("给出原文" in said) == (turn.found.status == "answered")
    assert "毫秒" in said
    assert "ms" in text_of(asking.trail(turn, "en"))


def test_an_opinion_is_kept_with_its_question_and_answer(asking: Asking) -> None:
    turn = asking.ask(QUESTION, "zh", Filters(year="2025")).conversation.turns[-1]
    html = asking.rate(turn, "up", "", "zh")
    assert "不会发到别处" in text_of(html)
    assert 'data-verdict="up" data-remark="" aria-pressed="true"' in html
    asking.rate(turn, "down", " 数字是旧的 ", "zh")
    (only,) = asking.feedback.all()
    assert (only.verdict, only.remark, only.question) == ("down", "数字是旧的", QUESTION)
    assert "360元" in only.answer
    assert only.filters == "年份：2025"


def test_an_opinion_that_cannot_be_kept_says_why_and_loses_nothing(asking: Asking) -> None:
    turn = asking.ask(QUESTION, "zh").conversation.turns[-1]
    html = asking.rate(turn, "up", "长" * 501, "zh")
    assert "最多 500 个字" in html
    assert "长" * 501 in html
    assert asking.feedback.all() == []


@pytest.mark.parametrize("act", ["rate", "save"])
def test_a_button_that_is_not_there_is_refused(asking: Asking, tmp_path: Path, act: str) -> None:
    turn = asking.ask(QUESTION, "zh").conversation.turns[-1]
    with pytest.raises(ValueError, match="expected one of"):
        if act == "rate":
            asking.rate(turn, "sideways", "", "zh")
        else:
            asking.save(turn, "../x", tmp_path, "zh")


def test_every_filter_has_a_name_in_both_languages() -> None:
    filters = Filters("甲", "乙", "2025", "现行", (), "县", None, True)
    chinese, english = (filtering.said(filters, language) for language in ("zh", "en"))
    assert chinese.count("：") == english.count(": ") == 5
    assert chinese.endswith("包括已被替代或废止的文件")
