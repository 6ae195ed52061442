"""A clause that a draft names without quoting it: it exists, and only figures are compared."""

from datetime import date

import pytest

from corpus import parse
from index import Library
from retrieval import Searcher
from retrieval.drafts import Finding, check_draft
from tests.fakes import Opener
from tests.verified import RULES

TRACKS = """云岭市中小学校管理规定
第一条　为了规范中小学校管理，制定本规定。
第二条　小学操场应当设有不短于二百米的环形跑道，初级中学应当设有不短于三百米的环形跑道。
第三条　学校每学期组织安全演练不少于四次。
第四条　学校应当公开收费项目。
云岭市人民政府
2024年7月1日
"""
TITLE = "《云岭市中小学校管理规定》"
TWO, FOUR = f"{TITLE}第二条", f"{TITLE}第四条"
RULE = "《白沙市学校食堂管理办法》第六条"
TODAY = date(2026, 1, 1)


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    library = Library(tmp_path_factory.mktemp("mentions") / "library", Opener())
    texts = {"tracks": TRACKS, "rules": RULES}
    library.put_all(parse(name, f"{name}.txt", text) for name, text in texts.items())
    library.refresh()
    library.embed()
    return Searcher(library, today=lambda: TODAY)


def check(searcher: Searcher, text: str) -> list[Finding]:
    return check_draft(searcher, text, TODAY)


def absent(finding: Finding) -> list[str]:
    return [note.values[0] for note in finding.notes if note.kind == "not_in_clause"]


COMPARED = [
    (f"依据{TWO}办理。", "uncompared"),
    (f"依据{TITLE}办理。", "uncompared"),
    (f"根据{TWO}规定，拟新建3所学校。", "uncompared"),
    (f"{TWO}规定：“小学操场应当设有不短于二百米的环形跑道”。", "verified"),
    (f"{TWO}规定，小学应当设有不短于二百米的环形跑道。", "verified"),
    (f"{TWO}规定：“小学操场应当设有不短于四百米的环形跑道”。", "altered"),
    (f"依据{TITLE}第三十条办理。", "missing"),
]


@pytest.mark.parametrize(("text", "outcome"), COMPARED)
def test_only_words_that_were_compared_are_the_same(
    searcher: Searcher, text: str, outcome: str
) -> None:
    (finding,) = check(searcher, text)
    assert finding.outcome == outcome
    assert finding.compared == (outcome == "verified" or bool(finding.difference))


ALTERED = [
    (f"根据{TWO}，小学应当设有不短于四百米的环形跑道。", ["四百米"]),
    (f"小学环形跑道不短于四百米（{TWO}）。", ["四百米"]),
    (f"小学环形跑道不短于四百米的要求见{TWO}。", ["四百米"]),
    (f"按{TITLE}第三条的要求，学校每学期组织安全演练2次。", ["2次"]),
    (f"按{TITLE}第三条、第四条的要求，每学期组织安全演练2次。", ["2次"]),
    (f"根据{TWO}，我市小学应当设有不短于四百米的环形跑道。", ["四百米"]),
    (f"根据{TWO}，小学操场应当设有不短于三百米的环形跑道。", []),  # of another kind of school
]


@pytest.mark.parametrize(("text", "said"), ALTERED)
def test_a_figure_that_the_clause_gives_otherwise_alters_it(
    searcher: Searcher, text: str, said: list[str]
) -> None:
    for finding in check(searcher, text):
        assert (finding.result, finding.compared, absent(finding)) == ("altered", False, said)
        assert "altered_sense" in [note.kind for note in finding.notes]


def test_a_figure_that_nothing_stands_against_is_a_warning(searcher: Searcher) -> None:
    (finding,) = check(searcher, f"根据{FOUR}，收费项目每年公开3次。")
    assert (finding.outcome, absent(finding)) == ("uncompared", ["3次"])
    assert finding.notes[0].text == "句中的“3次”不在该条中"


SILENT = [
    f"根据{TWO}，小学应当设有不短于200米的环形跑道。",
    f"根据{TWO}，初级中学跑道不短于三百米。",
    f"2024年，依据{FOUR}公开收费项目，2025年6月30日前完成。",
    f"根据{FOUR}第一款和本办法第十二条、第三章，公开收费项目。",
    f"根据{FOUR}公开收费项目，留样不少于125克（{RULE}）。",
    f"依据{RULE}，留样不少于125克，依据{FOUR}，公开收费项目。",
    f"依据{FOUR}公开收费项目，《柳湖县校车办法》第九条规定每车不超过30人。",
    f"依据{FOUR}公开收费项目，按照《柳湖县校车办法》，每车不超过30人。",
    f"根据{TITLE}第二条、第三条，每学期演练不少于四次，小学跑道不短于二百米。",
    f"全市投入3000万元，按照{TWO}建设跑道。",
    f"按照{TWO}，我校拟新建跑道四百米，投入300万元。",
    f"依据{FOUR}公开收费项目。全市共有小学120所。",
    f"全市共有小学120所；依据{FOUR}公开收费项目；新建5所。",
    f"我校跑道四百米，符合{TWO}。",
]


@pytest.mark.parametrize("text", SILENT)
def test_figures_of_something_else_are_not_warned_of(searcher: Searcher, text: str) -> None:
    found = [finding for finding in check(searcher, text) if finding.document]
    assert found
    for finding in found:
        assert (finding.outcome, absent(finding)) == ("uncompared", [])


def test_a_long_draft_without_sentences_is_read_in_time(searcher: Searcher) -> None:
    text = f"{TWO}跑道四百米长，" * 500
    assert len(check(searcher, text)) == 500
