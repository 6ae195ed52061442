"""The contract of each command: JSON on standard output, talk on standard error, exit 0, 1, 2."""

import json
import os
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

import cli
from index import Library
from index.encoders import TextKind, Vectors
from index.encoders.names import E5_SMALL
from retrieval import MODES
from tests.conftest import Result, Run
from tests.fakes import CANTEEN, FILES, KeywordEncoder, Opener, regulation, write_files

ROOT = Path(__file__).parents[1]
DOCUMENT = {"id", "title", "issuer", "number", "date", "status", "region", "source"}
CLAUSE = {"id", "address", "path", "start", "end"}
QUESTION = "校长每周陪餐不少于几次"


@pytest.fixture
def filled(youju: Run, sources: Path) -> list[str]:
    """The ids of a library that holds the three files."""
    added = youju("add", sources, "--json").json["added"]
    return [document["id"] for document in added]


# --- add, list, show, remove ------------------------------------------------------------------


def test_add_reports_each_file(youju: Run, sources: Path) -> None:
    result = youju("add", sources, "--json")
    assert result.status == 0
    assert result.json.keys() >= {"added", "unchanged", "replaced", "failed", "clauses"}
    assert [Path(d["source"]).name for d in result.json["added"]] == sorted(FILES)
    assert all(document.keys() >= DOCUMENT for document in result.json["added"])
    listed = youju("list", "--json").json["documents"]
    assert result.json["clauses"] == sum(document["clauses"] for document in listed)

    again = youju("add", sources, "--json")
    assert (again.status, len(again.json["unchanged"]), again.json["added"]) == (0, 3, [])
    (sources / "plan.md").write_text(FILES["plan.md"].replace("1300", "1400"), encoding="utf-8")
    changed = youju("add", sources / "plan.md", "--json").json
    assert [Path(d["source"]).name for d in changed["replaced"]] == ["plan.md"]


def test_add_with_a_file_that_fails_adds_the_others(youju: Run, sources: Path) -> None:
    (sources / "empty.txt").write_bytes(b"")
    result = youju("add", sources, "--json")
    assert (result.status, len(result.json["added"])) == (1, 3)
    (failure,) = result.json["failed"]
    assert failure == {
        "source": str(sources / "empty.txt"),
        "error": "the file is empty: nothing to add",
    }


def test_progress_is_shown_on_standard_error_alone(youju: Run, sources: Path) -> None:
    result = youju("add", sources)
    assert all(stage in result.err for stage in ("read", "words", "vectors"))
    assert "%" not in result.out
    assert sum(line.startswith("added") for line in result.out.splitlines()) == len(FILES)


def test_list_counts_clauses_and_notes(youju: Run, filled: list[str]) -> None:
    documents = youju("list", "--json").json["documents"]
    assert [document["id"] for document in documents] == filled
    for document in documents:
        assert document.keys() >= DOCUMENT | {"clauses", "notes"}
        assert document["clauses"] == len(youju("show", document["id"], "--json").json["clauses"])


def test_show_takes_the_beginning_of_an_id(youju: Run, filled: list[str]) -> None:
    shape = youju("show", filled[0][:7], "--json").json
    assert shape.keys() >= {"document", "text", "clauses"}
    assert shape["document"]["id"] == filled[0]
    assert shape["text"] == CANTEEN
    for clause in shape["clauses"]:
        assert clause.keys() >= CLAUSE | {"lead", "responsible", "support"}
    assert "".join(CANTEEN[c["start"] : c["end"]] for c in shape["clauses"]) == CANTEEN


def test_remove_removes(youju: Run, filled: list[str]) -> None:
    result = youju("remove", filled[0], filled[2][:8], "--json")
    assert result.status == 0
    assert [document["id"] for document in result.json["removed"]] == [filled[0], filled[2]]
    assert [d["id"] for d in youju("list", "--json").json["documents"]] == [filled[1]]


@pytest.mark.parametrize(
    ("name", "said"), [("d", "several documents"), ("dxyz", "no document"), ("", "no document")]
)
@pytest.mark.parametrize("command", ["show", "remove"])
def test_an_unclear_document_is_one_line(
    youju: Run, filled: list[str], command: str, name: str, said: str
) -> None:
    result = youju(command, name, "--json")
    assert (result.status, result.out) == (1, "")
    assert result.err == f"youju: {said} with an id beginning {name!r}: see `youju list`\n"
    assert len(youju("list", "--json").json["documents"]) == 3


# --- search and ask -----------------------------------------------------------------------------


@pytest.mark.parametrize("mode", MODES)
def test_search_quotes_what_show_shows(youju: Run, filled: list[str], mode: str) -> None:
    result = youju("search", "食堂 寄宿 课后服务", "--mode", mode, "--json")
    assert (result.status, result.err) == (0, "")
    assert result.json.keys() >= {"query", "hits"}
    assert result.json["hits"]
    for hit in result.json["hits"]:
        assert hit.keys() >= {"rank", "score", "scores", "document", "clause", "text"}
        text = youju("show", hit["document"]["id"], "--json").json["text"]
        assert hit["text"] == text[hit["clause"]["start"] : hit["clause"]["end"]]


def test_search_returns_as_many_as_asked_for(youju: Run, filled: list[str]) -> None:
    everything = youju("search", "学校", "--top", 100, "--json").json["hits"]
    assert len(everything) > 2
    assert youju("search", "学校", "--top", 2, "--json").json["hits"] == everything[:2]


def test_ask_quotes_what_show_shows(youju: Run, filled: list[str]) -> None:
    result = youju("ask", QUESTION, "--mode", "bm25", "--json")
    assert (result.status, result.err) == (0, "")
    shape = result.json
    assert shape.keys() >= {"question", "status", "answer", "citations", "nearest", "ms"}
    assert (shape["question"], shape["status"]) == (QUESTION, "answered")
    assert "3次" in shape["answer"]
    for citation in shape["citations"]:
        assert citation.keys() >= {"n", "document", "clause", "quote", "start", "end"}
        text = youju("show", citation["document"]["id"], "--json").json["text"]
        assert citation["quote"] == text[citation["start"] : citation["end"]]


def test_ask_says_that_nothing_answers(youju: Run, filled: list[str]) -> None:
    shape = youju("ask", "航天发射场的燃料", "--mode", "bm25", "--json").json
    assert (shape["status"], shape["answer"], shape["citations"]) == ("not_found", "", [])
    assert youju("ask", "航天发射场的燃料", "--mode", "bm25").out.startswith(
        "没有找到答案：资料库里没有条款谈到这件事。"
    )


def test_a_higher_threshold_leaves_more_unanswered(youju: Run, filled: list[str]) -> None:
    question = ("ask", "校长每周陪餐几次", "--mode", "bm25", "--json")
    shape = youju(*question).json
    assert shape["status"] == "answered" and 0 < shape["confidence"] < 1
    above = str(round(shape["confidence"] + 0.001, 3))
    assert youju(*question, "--threshold", above).json["status"] == "not_found"
    assert youju(*question, "--threshold", "0").json["status"] == "answered"


@pytest.mark.parametrize("share", ["1.5", "-1", "half", ""])
def test_a_threshold_is_a_share(youju: Run, filled: list[str], share: str) -> None:
    assert youju("ask", "食堂", f"--threshold={share}").status == 2


@pytest.mark.parametrize(
    ("options", "names"),
    [
        (["--issuer", "白沙市"], {"plan.md"}),
        (["--region", "青禾"], {"canteen.txt"}),
        (["--year", "2022"], {"notice.txt"}),
        (["--issuer", "柳湖县", "--year", "2022"], {"notice.txt"}),
        (["--issuer", "柳湖县", "--year", "2023"], set()),
    ],
)
def test_filters_choose_documents(
    youju: Run, filled: list[str], options: list[str], names: set[str]
) -> None:
    hits = youju("search", "学校", *options, "--json").json["hits"]
    assert {Path(hit["document"]["source"]).name for hit in hits} == names
    assert youju("ask", "学校", *options).status == 0


def test_a_document_filter_takes_beginnings_of_ids(youju: Run, filled: list[str]) -> None:
    options = ["--document", filled[0][:8], "--document", filled[1]]
    hits = youju("search", "学校", *options, "--top", 100, "--json").json["hits"]
    assert {hit["document"]["id"] for hit in hits} <= set(filled[:2])
    unknown = youju("search", "学校", "--document", "dxyz", "--json")
    assert (unknown.status, len(unknown.complaints)) == (1, 1)


# --- batches --------------------------------------------------------------------------------


@pytest.mark.parametrize(("command", "key"), [("search", "query"), ("ask", "question")])
def test_a_batch_is_one_object_a_line(
    youju: Run, filled: list[str], command: str, key: str
) -> None:
    result = youju(command, "-", "--json", stdin="食堂\n\n  课后服务  \r\n寄宿")
    assert (result.status, result.err) == (0, "")
    assert [row[key] for row in result.rows] == ["食堂", "课后服务", "寄宿"]
    single = youju(command, "食堂", "--json").json
    assert {**result.rows[0], "ms": 0} == {**single, "ms": 0}


def test_a_line_that_cannot_be_asked_stops_no_other(youju: Run, filled: list[str]) -> None:
    result = youju("search", "-", "--json", stdin=f"食堂\n{'问' * 10_000}\n寄宿\n")
    assert result.status == 1
    assert [row["query"] for row in result.rows] == ["食堂", "寄宿"]
    (complaint,) = result.err.splitlines()
    assert complaint.startswith("youju: line 2: the question has 10000 characters")


def test_a_batch_for_people_has_no_json(youju: Run, filled: list[str]) -> None:
    result = youju("search", "-", "--top", 1, stdin="食堂\n寄宿\n")
    assert [line[:4] for line in result.out.splitlines()] == [" 1. ", "    "] * 2


def test_an_empty_batch_is_done(youju: Run, filled: list[str]) -> None:
    assert youju("ask", "-", "--json", stdin="") == Result(0, "", "")


def test_input_that_is_no_text_is_one_line(youju: Run, filled: list[str]) -> None:
    result = youju("search", "-", "--json", stdin="食堂\n".encode("gb18030"))
    assert (result.status, len(result.complaints)) == (1, 1)
    assert "is not UTF-8 text" in result.err
    assert youju("search", "\udcff", "--json").status == 1


# --- the encoder ----------------------------------------------------------------------------


def test_a_model_is_named_once(youju: Run, sources: Path, opener: Opener) -> None:
    assert youju("add", sources, "--model", "own").status == 0
    assert youju("search", "食堂", "--json").status == 0
    refused = youju("search", "食堂", "--model", "other", "--json")
    assert (refused.status, refused.out) == (1, "")
    assert "was built with the encoder own, not other" in refused.err
    command = refused.err.split("`")[1].split()
    assert command[0] == "youju"
    done = youju(*command[1:])
    assert (done.status, done.out) == (0, "")
    assert done.err.endswith("is now encoded with other\n")
    assert youju("search", "食堂", "--json").json["pending"] == 0
    assert list(opener.opened) == ["own", "other"]


def test_a_better_default_is_told_and_taken(youju: Run, sources: Path) -> None:
    folder = Path(os.environ["YOUJU_LIBRARY"])
    Library(folder, lambda name: KeywordEncoder(E5_SMALL)).add([sources])
    command = f"`youju reencode --library {folder}`"
    for arguments in (["add", sources], ["list"]):
        (warning,) = youju(*arguments, "--json").json["warnings"]
        assert command in warning["error"]
        told = youju(*arguments)
        assert told.out.count(command) == 1
        assert command not in told.err
    for arguments in (["search", "食堂"], ["ask", "校长每周陪餐几次"]):
        told = youju(*arguments, "--json")
        assert (told.status, told.err.count(command)) == (0, 1)
        assert told.json.keys().isdisjoint({"warnings"})
    done = youju(*command.strip("`").split()[1:])
    assert done.err.endswith("is now encoded with keywords\n")
    assert youju("list", "--json").json["warnings"] == []
    assert command not in youju("search", "食堂").err


def test_a_model_that_does_not_fit_adds_nothing(youju: Run, filled: list[str]) -> None:
    (Path(os.environ["YOUJU_LIBRARY"]).parent / "new.txt").write_text(CANTEEN + "完。")
    result = youju("add", Path(os.environ["YOUJU_LIBRARY"]).parent / "new.txt", "--model", "other")
    assert (result.status, len(result.complaints)) == (1, 1)
    assert len(youju("list", "--json").json["documents"]) == 3


def test_what_is_not_encoded_yet_is_said(youju: Run, sources: Path, opener: Opener) -> None:
    Library(Path(os.environ["YOUJU_LIBRARY"]), opener).add([sources], vectors=False)
    shape = youju("search", "陪餐", "--json").json
    assert shape["hits"]
    assert shape["pending"] > 0
    assert f"! {shape['pending']} 个片段尚未建立语义索引" in youju("search", "陪餐").out


class Interrupted(KeywordEncoder):
    def encode(self, texts: list[str], kind: TextKind) -> Vectors:
        raise KeyboardInterrupt


def test_an_interrupted_command_keeps_what_it_added(
    youju: Run, sources: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["add", str(sources)], lambda name: Interrupted()) == 130
    assert capsys.readouterr().err.endswith("youju: stopped; what was added before is kept\n")
    assert len(youju("list", "--json").json["documents"]) == 3


# --- empty libraries, wrong usage -------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments", [["list"], ["show", "d"], ["remove", "d"], ["search", "x"], ["ask", "x"]]
)
def test_a_library_that_does_not_exist_is_one_line(youju: Run, arguments: list[str]) -> None:
    result = youju(*arguments, "--json")
    assert (result.status, result.out) == (1, "")
    library = os.environ["YOUJU_LIBRARY"]
    assert result.err == (
        f"youju: there is no library in {library}: add documents with `youju add PATH`\n"
    )
    assert not Path(library).exists()


def test_an_empty_library_says_so(youju: Run, library: Library) -> None:
    empty = "the library is empty: add documents with `youju add PATH`\n"
    assert youju("list") == Result(0, empty, "")
    assert youju("list", "--json").json == {"documents": [], "warnings": []}
    assert youju("search", "食堂") == Result(0, "nothing found\n", empty)
    assert youju("search", "食堂", "--json").json["hits"] == []
    asked = youju("ask", "食堂", "--json")
    assert (asked.status, asked.err, asked.json["status"]) == (0, empty, "not_found")


def test_a_library_is_named_by_option_or_environment(
    youju: Run, sources: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    assert youju("add", sources / "plan.md", "--library", other).status == 0
    assert len(youju("list", "--library", other, "--json").json["documents"]) == 1
    assert youju("list").status == 1


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["unknown"],
        ["add"],
        ["search"],
        ["search", "x", "--top", "0"],
        ["search", "x", "--top", "many"],
        ["search", "x", "--top", "-3"],
        ["search", "x", "--mode", "magic"],
        ["search", "x", "--year", "24"],
        ["serve", "--port", "70000"],
        ["list", "--nonsense"],
        ["show"],
        ["eval"],
    ],
)
def test_wrong_usage_is_exit_2(youju: Run, arguments: list[str]) -> None:
    result = youju(*arguments)
    assert (result.status, result.out) == (2, "")
    assert "usage: youju" in result.err
    assert "_count" not in result.err


@pytest.mark.parametrize("command", ["search", "ask", "eval"])
def test_the_modes_offered_are_those_of_the_search(youju: Run, command: str) -> None:
    assert f"--mode {{{','.join(MODES)}}}" in youju(command, "--help").out


@pytest.mark.parametrize(
    "command", ["add", "list", "show", "remove", "search", "ask", "eval", "reencode", "serve"]
)
def test_every_command_explains_itself(youju: Run, command: str) -> None:
    result = youju(command, "--help")
    assert result.status == 0
    assert result.out.startswith(f"usage: youju {command}")
    assert command in youju("--help").out


# --- as a process of its own --------------------------------------------------------------------

COMMAND = "import sys, cli; from tests.fakes import Opener; sys.exit(cli.main(None, Opener()))"


def start(*arguments: object, **environment: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_help_needs_neither_numpy_nor_a_library() -> None:
    script = (
        "import sys, cli\n"
        "try: cli.main(['--help'])\n"
        "except SystemExit as stop: assert not stop.code\n"
        "print(sorted({'numpy', 'sqlite3', 'tqdm', 'opencc'} & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("usage: youju")
    assert done.stdout.endswith("\n[]\n")


def test_a_reader_that_has_enough_is_no_error(library: Library, tmp_path: Path) -> None:
    sources = write_files(tmp_path / "long", {"long.txt": regulation("青禾县", 800)})
    (document,) = library.add([sources], vectors=False).added
    process = start("show", document.id, "--json", "--library", library.folder)
    assert process.stdout is not None
    assert process.stdout.readline() == b"{\n"
    process.stdout.close()
    assert process.stderr is not None
    assert (process.wait(timeout=60), process.stderr.read()) == (0, b"")


def test_utf8_is_spoken_whatever_the_terminal_speaks(library: Library, sources: Path) -> None:
    library.add([sources], vectors=False)
    process = start(
        *["search", "-", "--mode", "bm25", "--json", "--library", library.folder],
        LC_ALL="C",
        PYTHONUTF8="0",
        PYTHONCOERCECLOCALE="0",
    )
    out, err = process.communicate("课后服务\n".encode(), timeout=60)
    assert (process.returncode, err) == (0, b"")
    assert "課後服務" in json.loads(out.decode("utf-8"))["hits"][0]["text"]


def test_the_version_is_told(youju: Run) -> None:
    result = youju("--version")
    try:
        told = f"youju {version('youju')}\n"
    except PackageNotFoundError:
        told = "youju, run from its source\n"
    assert (result.status, result.out) == (0, told)


def test_a_level_is_one_of_five(youju: Run, filled: list[str]) -> None:
    refused = youju("search", "食堂", "--level", "城")
    assert refused.status == 2
    assert "国家" in refused.err
    found = youju("search", "食堂", "--level", "县", "--json").json["hits"]
    assert found
    assert {hit["document"]["level"] for hit in found} == {"县"}
