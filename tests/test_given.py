"""What the user gives beside the files: metadata.csv and the names of folders."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Metadata, ReadError, Span, Stated
from corpus.document import Value
from corpus.given import FOLDER, GivenFolder, GivenValues, complete
from corpus.metadata.listing import LISTING, MOST_ROWS, parse_listing
from corpus.spans import Given

HEAD = "文件,标题,发文机关,文号,成文日期,施行日期,层级,地区,文种,状态\n"
ROW = (
    "通知.txt,招生通知,青禾县教育局、青禾县财政局,青教〔2024〕3号,2024/5/1,2024年6月,县级,"
    "青禾县,通知,现行\n"
)
READ = Metadata(
    title=Stated("招生的通知", Span(3, 8)),
    issuers=(Stated("青禾县教育局", Span(20, 26)),),
    date=Stated("2024-05-01", Span(30, 39)),
)


def put(folder: Path, table: str | bytes, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("青禾县招生通知\n一、甲事。\n", "utf-8")
    data = table.encode("utf-8") if isinstance(table, str) else table
    (folder / LISTING).write_bytes(data)
    return folder


def shown(metadata: Metadata) -> dict[str, str | list[str]]:
    """The given values of a metadata, each given by metadata.csv."""
    found: dict[str, str | list[str]] = {}
    for name in metadata.__dataclass_fields__:
        value = getattr(metadata, name)
        if isinstance(value, Given):
            assert value.by == LISTING
            found[name] = value.value
        elif value:
            found[name] = [one.value for one in value]
    return found


def text(value: Value | None) -> str | None:
    return value.value if value else None


# The table


@pytest.mark.parametrize(
    "table",
    [
        pytest.param((HEAD + ROW).encode("utf-8"), id="utf-8"),
        pytest.param((HEAD + ROW).encode("utf-8-sig"), id="Excel, UTF-8 with its mark"),
        pytest.param((HEAD + ROW).encode("gbk"), id="Excel, GBK"),
        pytest.param((HEAD + ROW).replace("\n", "\r\n").encode("gbk"), id="Windows line ends"),
        pytest.param((HEAD + ROW).replace(",", ";").encode(), id="semicolons"),
        pytest.param((HEAD + ROW).replace(",", "\t").encode(), id="tabs"),
        pytest.param((HEAD + "\n,,\n" + ROW).encode(), id="empty rows"),
    ],
)
def test_a_table_gives_the_values_of_a_file(tmp_path: Path, table: bytes) -> None:
    folder = GivenFolder(put(tmp_path, table, "通知.txt"))
    assert shown(folder.values_for(tmp_path / "通知.txt").listed) == {
        "title": "招生通知",
        "issuers": ["青禾县教育局", "青禾县财政局"],
        "number": "青教〔2024〕3号",
        "date": "2024-05-01",
        "effective": "2024-06",
        "level": "县",
        "region": "青禾县",
        "form": "通知",
        "status": "现行",
    }
    assert list(folder.problems()) == []


def test_columns_may_have_english_names(tmp_path: Path) -> None:
    table = "File,Title,issuer,repealed,replaces\na.txt,甲,乙,2025,《丙》；《丁》\n"
    found = GivenFolder(tmp_path).values_for(put(tmp_path, table, "a.txt") / "a.txt").listed
    assert shown(found) == {
        "title": "甲",
        "issuers": ["乙"],
        "repealed": "2025",
        "replaces": ["《丙》", "《丁》"],
    }


@pytest.mark.parametrize("named", ["子/a.txt", "子\\a.txt", "./子/a.txt", "子/a"])
def test_a_table_may_name_files_in_folders_below(tmp_path: Path, named: str) -> None:
    folder = GivenFolder(put(tmp_path, f"文件,标题\n{named},甲\n", "子/a.txt"))
    assert text(folder.values_for(tmp_path / "子" / "a.txt").listed.title) == "甲"
    assert list(folder.problems()) == []


def test_the_nearest_table_wins(tmp_path: Path) -> None:
    put(tmp_path, "文件,标题,层级\n子/a.txt,甲,县\n", "子/a.txt")
    put(tmp_path / "子", "文件,标题\na.txt,乙\n")
    found = GivenFolder(tmp_path).values_for(tmp_path / "子" / "a.txt").listed
    assert (text(found.title), text(found.level)) == ("乙", "县")


def test_no_table_gives_nothing(tmp_path: Path) -> None:
    folder = GivenFolder(tmp_path)
    assert folder.values_for(tmp_path / "a.txt").listed == Metadata()
    assert list(folder.problems()) == []


def test_a_file_outside_the_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="subpath"):
        GivenFolder(tmp_path / "in").values_for(tmp_path / "out" / "a.txt")


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("文件,标题,颜色\na.txt,甲,红\n", "“颜色” is not known"),
        ("文件,标题,题名\na.txt,甲,乙\n", "“题名” says the same as another"),
        ("文件,标题\nb.txt,乙\na.txt,甲\n", "line 2: there is no file “b.txt”"),
        ("文件,标题\n../b.txt,乙\na.txt,甲\n", "line 2: there is no file “../b.txt”"),
        ("文件,标题,日期\na.txt,甲,去年\n", "line 2: date is “去年”, expected a date"),
        ("文件,标题,日期\na.txt,甲,2024-13-01\n", "line 2: date is “2024-13-01”"),
        ("文件,标题,层级\na.txt,甲,村\n", "line 2: level is “村”, expected 国家、省、市、县、校"),
        ("文件,标题,状态\na.txt,甲,好\n", "line 2: status is “好”"),
        ("文件,标题\na.txt,甲\na.txt,乙\n", "line 3 names “a.txt” again"),
        ("文件,标题\n,乙\na.txt,甲\n", "line 2 names no file"),
        (f"文件,标题,文号\na.txt,甲,{'长' * 501}\n", "expected at most 500 characters"),
    ],
)
def test_what_cannot_be_used_is_told_and_the_rest_is_used(
    tmp_path: Path, table: str, expected: str
) -> None:
    folder = GivenFolder(put(tmp_path, table, "a.txt"))
    assert shown(folder.values_for(tmp_path / "a.txt").listed) == {"title": "甲"}
    ((path, problem),) = folder.problems()
    assert path == str(tmp_path / LISTING)
    assert expected in str(problem)
    assert "\n" not in str(problem)


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (b"", "is empty"),
        (b"\n\n,,\n", "it is empty"),
        ("标题,文号\n甲,乙\n".encode(), "no column 文件"),
        (b"PK\x03\x04" + b"\0" * 40, "zip container"),
        (b"x" * 2_000_001, "over 2 MB"),
        ("文件,标题\n".encode() + b"a.txt,\n" * (MOST_ROWS + 1), f"over {MOST_ROWS} rows"),
    ],
)
def test_a_file_that_is_no_table_is_one_line(tmp_path: Path, table: bytes, expected: str) -> None:
    folder = GivenFolder(put(tmp_path, table, "a.txt"))
    assert folder.values_for(tmp_path / "a.txt") == GivenValues(folders=_folders(tmp_path))
    ((_, problem),) = folder.problems()
    assert isinstance(problem, ReadError)
    assert expected in str(problem)


def _folders(path: Path) -> Metadata:
    return GivenFolder(path).values_for(path / "other.txt").folders


def test_many_lines_alike_are_told_in_short(tmp_path: Path) -> None:
    table = "文件,标题\n" + "".join(f"{n}.txt,甲\n" for n in range(200))
    folder = GivenFolder(put(tmp_path, table))
    folder.values_for(tmp_path / "a.txt")
    told = [str(problem) for _, problem in folder.problems()]
    assert len(told) == 51
    assert told[-1] == "and 150 more lines like these"


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("文件,标题\na.txt,甲\n", "utf-8")
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / LISTING).symlink_to(tmp_path / "secret.csv")
    folder = GivenFolder(inside)
    assert folder.values_for(inside / "a.txt").listed == Metadata()
    assert "leads out of the folder" in str(next(folder.problems())[1])


@given(
    st.binary(max_size=200) | st.text(alphabet='文件,标题\n"\r;a.\t', max_size=60).map(str.encode)
)
def test_any_bytes_are_a_table_or_one_line(data: bytes) -> None:
    try:
        parse_listing(data, Path("/nowhere"))
    except ReadError as error:
        assert "\n" not in str(error)


# Folders


@pytest.mark.parametrize(
    ("folders", "expected"),
    [
        ("河南省", {"region": "河南省"}),
        ("河南", {"region": "河南"}),
        ("白沙市/青禾县", {"region": "青禾县"}),
        ("市级/2024", {"level": "市", "date": "2024"}),
        ("2023年/2024", {"date": "2024"}),
        ("校级/白沙市", {"level": "校", "region": "白沙市"}),
        ("通知/教育", {}),
        ("2024年度", {}),
        ("20240", {}),
    ],
)
def test_the_names_of_folders_tell(tmp_path: Path, folders: str, expected: dict[str, str]) -> None:
    root = tmp_path / "库"
    found = GivenFolder(root).values_for(root / folders / "a.txt").folders
    assert {
        name: value.value
        for name in found.__dataclass_fields__
        if isinstance(value := getattr(found, name), Given) and value.by == FOLDER
    } == expected


def test_the_named_folder_tells_and_those_above_it_do_not(tmp_path: Path) -> None:
    path = tmp_path / "2024" / "白沙市" / "a.txt"
    found = GivenFolder(path.parent).values_for(path).folders
    assert (text(found.region), found.date) == ("白沙市", None)


# Completing


def test_a_table_overrules_what_was_read_and_says_so() -> None:
    listed = Metadata(
        title=Given("招生通知", LISTING),
        issuers=(Given("青禾县 教育局", LISTING),),
        number=Given("青教〔2024〕3号", LISTING),
    )
    completed, notes = complete(READ, GivenValues(listed))
    assert (completed.title, completed.number) == (listed.title, listed.number)
    assert (completed.issuers, completed.date) == (listed.issuers, READ.date)
    # The issuer differs in a space alone, and no 文号 was read.
    ((kind, values, span),) = notes
    assert (kind, values, span) == ("overruled", ("标题", "招生通知", "招生的通知"), Span(3, 8))
    assert "招生的通知" in notes[0].text


def test_a_folder_fills_only_what_is_open() -> None:
    folders = Metadata(date=Given("2023", FOLDER), region=Given("白沙市", FOLDER))
    completed, notes = complete(READ, GivenValues(folders=folders))
    assert (completed.date, completed.region, notes) == (READ.date, folders.region, ())


def test_a_document_of_the_whole_country_is_of_no_region() -> None:
    folders = Metadata(region=Given("白沙市", FOLDER))
    national = Metadata(level=Stated("国家", Span(0, 3)))
    assert complete(national, GivenValues(folders=folders))[0] == national


def test_nothing_given_changes_nothing() -> None:
    assert complete(READ, GivenValues()) == (READ, ())
