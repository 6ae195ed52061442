"""What the user said of a file holds of its next version, unless metadata.csv says otherwise."""

from pathlib import Path

import pytest

from corpus import Metadata
from corpus.fields import HAND, given_fields
from corpus.given import read_values
from index import Library, Report
from retrieval import Searcher
from tests.conftest import Run
from tests.fakes import CANTEEN, write_files
from ui.shelf import report_of
from ui.uploads import add_uploads

NEXT = CANTEEN.replace("3次", "5次")
LISTED = "metadata.csv"


def hand(**values: str) -> Metadata:
    found, wrong = read_values(values, HAND)
    assert not wrong
    return found


@pytest.fixture
def corrected(library: Library, sources: Path) -> Library:
    """The title and the day of canteen.txt are corrected."""
    library.add([sources])
    library.give(id_of(library), hand(title="红枫陪餐办法", date="2023-06-01"))
    return library


def id_of(library: Library) -> str:
    (found,) = [d.id for d in library.documents() if d.source.endswith("canteen.txt")]
    return found


def next_version(library: Library, sources: Path, table: str = "") -> Report:
    """Add canteen.txt again, changed, with a metadata.csv beside it where one is given."""
    files = {"canteen.txt": NEXT} | ({LISTED: table} if table else {})
    return library.add([write_files(sources, files)])


def said(library: Library) -> dict[str, list[str]]:
    return given_fields(library.document(id_of(library)).metadata)


def test_a_new_version_keeps_what_was_corrected(corrected: Library, sources: Path) -> None:
    before = id_of(corrected)
    report = next_version(corrected, sources)
    after = corrected.document(id_of(corrected))
    assert [document.id for document in report.replaced] == [after.id] != [before]
    assert "5次" in after.text
    assert (after.label, given_fields(after.metadata)) == (
        "红枫陪餐办法",
        {HAND: ["title", "date"]},
    )
    assert report.replaced[0].metadata == after.metadata
    # It is searched under that title, by words and by meaning.
    hit = Searcher(corrected).search("红枫陪餐办法", top=1).hits[0]
    assert (hit.document.id, corrected.snapshot().pending) == (after.id, 0)


def test_what_is_kept_can_be_taken_back_and_is_kept_on(corrected: Library, sources: Path) -> None:
    next_version(corrected, sources)
    assert next_version(corrected, sources).replaced == []
    write_files(sources, {"canteen.txt": NEXT + "完。"})
    corrected.add([sources])
    assert said(corrected) == {HAND: ["title", "date"]}
    assert corrected.give(id_of(corrected), Metadata()).label == "青禾县学校食堂管理办法"


def test_another_value_of_the_table_is_the_later_word(corrected: Library, sources: Path) -> None:
    next_version(corrected, sources, "文件,成文日期\ncanteen.txt,2024-01-02\n")
    assert said(corrected) == {LISTED: ["date"], HAND: ["title"]}
    assert corrected.document(id_of(corrected)).metadata.date == ("2024-01-02", LISTED)


def test_the_same_value_of_the_table_is_no_new_word(library: Library, sources: Path) -> None:
    table = "文件,成文日期\ncanteen.txt,2024-01-02\n"
    library.add([write_files(sources, {LISTED: table})])
    library.give(id_of(library), hand(date="2023-06-01"))
    next_version(library, sources, table)
    assert said(library) == {HAND: ["date"]}
    assert library.as_read(id_of(library)).date == ("2024-01-02", LISTED)


def test_no_other_file_takes_them_over(corrected: Library, tmp_path: Path) -> None:
    report = corrected.add([write_files(tmp_path / "other", {"canteen.txt": NEXT})])
    (added,) = report.added
    assert given_fields(corrected.document(added.id).metadata) == {}


def test_the_report_of_the_command_says_it(youju: Run, corrected: Library, sources: Path) -> None:
    write_files(sources, {"canteen.txt": NEXT})
    lines = youju("add", sources).out.splitlines()
    assert [line.strip() for line in lines if "更正" in line] == ["= 沿用了更正过的标题、成文日期"]
    assert "更正" not in youju("add", sources).out


def test_the_report_of_the_page_says_it(library: Library, tmp_path: Path) -> None:
    for text in (CANTEEN, NEXT):
        report = Report()
        uploaded = write_files(tmp_path / "uploaded", {"canteen.txt": text}) / "canteen.txt"
        add_uploads(library, [uploaded], report, lambda stage, done, total: None)
        library.give(id_of(library), hand(date="2023-06-01", region="<青禾>"))
        assert ("沿用了更正过的" in report_of(report, "zh")) == bool(report.replaced)
    assert "沿用了更正过的成文日期、地区" in report_of(report, "zh")
    assert "Kept as corrected: date、region" in report_of(report, "en")
