"""The page of an evaluation: whole, self-contained, the same for the same, and safe to open."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from corpus import parse
from eval.configurations import Configuration
from eval.report import write_report
from eval.report.failures import failures, targets
from eval.report.judged import Judged, Pair
from eval.report.places import LONGEST, shown
from eval.report.tables import decisions, measures, paired
from eval.report.words import Language
from eval.running import RunResult, run
from eval.sets import read_set
from eval.statistics import compare
from index import Library
from tests.fakes import CANTEEN, PLAN, KeywordEncoder
from tests.outcomes import answered, outcome
from tests.questions import write_questions

HOSTILE = "<img src=x onerror=alert(1)></main><script>alert(2)</script>"
BM25 = Configuration("bm25", mode="bm25")
ASK = Configuration("ask", answers=True)
CHINESE = re.compile(r"[\u4e00-\u9fff]")
TIMES = re.compile(r"(<th scope=\"row\">time\.[\w.]+</th><td[^>]*>)[^<]*")


class Page(HTMLParser):
    """The elements of a page, what they refer to, and the text between them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src", "action")]
        assert not any(name.startswith("on") for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("report")


@pytest.fixture(scope="module")
def library(folder: Path) -> Library:
    library = Library(folder / "library", lambda name: KeywordEncoder())
    library.put_all(parse(name, f"{name}.txt", text) for name, text in TEXTS.items())
    library.embed()
    return library


TEXTS = {"canteen": CANTEEN, "plan": PLAN}


@pytest.fixture(scope="module")
def results(folder: Path, library: Library) -> list[RunResult]:
    questions = read_set(write_questions(folder / "mine.jsonl"))
    return [run(questions, library, configuration) for configuration in (BM25, ASK)]


@pytest.fixture(scope="module")
def page(folder: Path, library: Library, results: list[RunResult]) -> str:
    return write_report(folder / "zh", results, library).read_text("utf-8")


# --- the page ---------------------------------------------------------------------------------


def test_the_page_is_whole_and_loads_nothing(page: str) -> None:
    found = Page(page)
    assert found.tags[:3] == ["html", "head", "meta"]
    assert found.tags.count("main") == 1
    assert not {"script", "link", "img", "iframe", "object"} & set(found.tags)
    assert found.links == []
    assert "@import" not in page
    assert "url(" not in page


def test_the_page_holds_every_part(page: str) -> None:
    text = Page(page).text
    for said in (
        "题集“mine”，6 题，其中文件能回答的 5 题；2 种配置",
        *("指标", "逐题比较：ask 与 bm25", "按问题类型", "按与原文用词的重合", "靠什么找到"),
        *("该答与不该答", "没有答对的题", "运行记录：bm25", "运行记录：ask"),
        *("前 k 条里找到的答案出处（召回）", "回答越多，错得越多", "门槛：答错的和没答的（ask）"),
        *("library.fingerprint", "encoder.name", "software.python", "machine.cores"),
    ):
        assert said in text
    assert page.count("<svg") == 3
    assert page.count("<polygon") == 2  # the bands of recall
    assert "没有拒答的图" not in text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_whatever_is_wider_than_the_page_has_a_name(
    folder: Path, library: Library, results: list[RunResult], language: Language
) -> None:
    page = write_report(folder / f"named-{language}", results, library, language).read_text("utf-8")
    scrolled = re.findall(r'<div class="yj-(?:wide|plot)[^>]*>', page)
    assert len(scrolled) > 10
    names = re.findall(r'tabindex="0" role="group" aria-label="([^"]+)"', "".join(scrolled))
    assert len(names) == len(scrolled)
    assert any(map(CHINESE.search, names)) == (language == "zh")


def test_the_page_is_in_english_where_asked(
    folder: Path, library: Library, results: list[RunResult]
) -> None:
    page = write_report(folder / "en", results, library, "en").read_text("utf-8")
    assert 'lang="en"' in page
    headings = re.findall(r"<h[12]>([^<]*)<", page)
    assert "Measures" in headings
    assert not any(map(CHINESE.search, headings))


def test_equal_runs_give_equal_pages_but_for_time(
    folder: Path, library: Library, results: list[RunResult], page: str
) -> None:
    questions = read_set(folder / "mine.jsonl")
    again = [run(questions, library, configuration) for configuration in (BM25, ASK)]
    second = write_report(folder / "again", again, library).read_text("utf-8")
    assert TIMES.sub(r"\1", second) == TIMES.sub(r"\1", page)
    assert write_report(folder / "same", results, library).read_text("utf-8") == page


def test_a_page_of_one_run_compares_nothing(
    folder: Path, library: Library, results: list[RunResult]
) -> None:
    page = write_report(folder / "one", results[:1], library).read_text("utf-8")
    text = Page(page).text
    assert "逐题比较" not in text
    assert "该答与不该答" not in text
    assert page.count("<svg") == 1
    assert "没有拒答的图：bm25 只检索、不作答" in text
    english = write_report(folder / "one", results[:1], library, "en").read_text("utf-8")
    assert "No plot of refusals here: under bm25 questions are searched" in english
    with pytest.raises(ValueError, match="no run"):
        write_report(folder / "none", [], library)


def test_what_questions_and_documents_say_stays_text(tmp_path: Path) -> None:
    library = Library(tmp_path / "library", lambda name: KeywordEncoder())
    hostile = f"红枫镇校车办法{HOSTILE}\n第一条　校车{HOSTILE}每天两班。\n第二条　图书。\n"
    library.put_all([parse("bad", "bad.txt", hostile)])
    library.embed()
    rows: list[dict[str, Any]] = [
        {"question": f"图书{HOSTILE}", "gold": [{"clause": "bad-0001"}], "kind": HOSTILE[:40]},
        {"question": f"校车{HOSTILE}几班", "gold": []},
    ]
    questions = read_set(write_questions(tmp_path / "bad.jsonl", rows))
    result = run(questions, library, replace(ASK, name=HOSTILE, threshold=0.0))
    html = write_report(tmp_path / "report", [result], library).read_text("utf-8")
    found = Page(html)
    assert not {"img", "script"} & set(found.tags)
    assert found.text.count(HOSTILE) > 5
    assert found.tags.count("main") == 1


# --- what went wrong --------------------------------------------------------------------------


def test_each_way_to_go_wrong_is_told_the_worst_first() -> None:
    said = {
        "right": outcome("right", ["g"], answer=answered()),
        "low": outcome("low", ["a", "g"], answer=answered()),
        "lower": outcome("lower", ["a", "b", "c", "d", "g"]),
        "lost": outcome("lost", ["a", "b", "c", "d"]),
        "empty": outcome("empty"),
        "wrong": outcome("wrong", ["g"], answer=answered(holds=False)),
        "mute": outcome("mute", ["g"], answer=answered(said=False)),
        "loud": outcome("loud", ["a"], {}, answered(holds=False)),
        "still": outcome("still", ["a"], {}, answered(said=False)),
    }
    found = failures(said.values())
    told = {failure.outcome.id: failure.reasons for failure in found}
    assert told == {
        "lost": ("unranked",),
        "empty": ("unranked",),
        "lower": ("ranked",),
        "low": ("ranked",),
        "wrong": ("wrong",),
        "mute": ("refused",),
        "loud": ("should_refuse",),
    }
    assert [failure.outcome.id for failure in found][:4] == ["lost", "empty", "lower", "low"]
    instead = {failure.outcome.id: failure.instead for failure in found}
    assert instead["lower"] == instead["lost"] == ("a", "b", "c")
    assert instead["low"] == ("a",)
    assert instead["wrong"] == ()
    assert targets(found) == {"a", "b", "c", "g"}


def test_targets_are_shown_with_address_and_text(library: Library) -> None:
    found = shown(library, {"canteen-0003", "canteen", "gone-0001", "plan-0099x"})
    assert sorted(found) == ["canteen", "canteen-0003"]
    clause = found["canteen-0003"]
    assert clause.citation.endswith("第三条")
    assert clause.text == "第三条　学校不得向学生收取食堂管理费。"
    document = library.document("canteen")
    assert document.quote(clause.span).strip() == clause.text
    assert len(found["canteen"].text) <= LONGEST + 2


def test_the_page_says_what_stood_before_the_gold(page: str) -> None:
    (item,) = re.findall(r'<li data-question="q6">.*?(?=<li data-question|</ol>)', page)[:1]
    assert "正确出处不在结果里" in item
    assert "第一条　为了规范学校食堂" in item


# --- tables -----------------------------------------------------------------------------------


def rows_of(table: object) -> Iterator[list[str]]:
    yield from ([cell.text for cell in row] for row in table.cells)  # type: ignore[attr-defined]


def test_tables_say_what_the_figures_are(results: list[RunResult]) -> None:
    first, second = (Judged(result) for result in results)
    table = {row[0].split("\n")[0]: row[1:] for row in rows_of(measures([first, second], "zh"))}
    found = second.summary.measures["R@10"]
    assert table["R@10"][0] == "5"
    assert table["R@10"][2] == f"{found.value:.3f} [{found.low:.3f}, {found.high:.3f}]"
    assert table["refused"][1] == "–"  # bm25 was not to answer

    pair = Pair(first, second)
    compared = {row[0].split("\n")[0]: row[1:] for row in rows_of(paired(pair, "zh"))}
    expected = compare(first.measured["R@10"], second.measured["R@10"])
    assert compared["R@10"][4] == f"{expected.wins} / {expected.losses} / {expected.ties}"
    assert compared["R@10"][-1] == "看不出差别"  # of five questions

    decided = decisions(second, "zh")
    assert decided is not None
    assert all(sum(int(row[n]) for n in (1, 2, 4, 5)) == 6 for row in rows_of(decided))


def test_recall_never_falls_with_the_cutoff(results: list[RunResult]) -> None:
    for result in results:
        values = [found.value for _, found in Judged(result).recall]
        assert len(values) == 8
        assert values == sorted(values)
