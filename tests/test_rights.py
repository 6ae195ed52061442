"""Work in the background goes on without who began it, and ends with their right to begin it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus import Document
from eval.configurations import Configuration
from eval.sets import read_set
from index import Library, Report
from index.encoders import TextKind, Vectors
from tests.fakes import CANTEEN, NOTICE, PLAN, KeywordEncoder, regulation, write_files
from tests.guarded import CHEAP, GOOD
from tests.questions import write_questions
from ui import Desk
from ui.access import OWNER, Accounts, Viewer, may_still_edit

LI, WANG = Viewer("li", "editor"), Viewer("wang", "editor")
ENDS: dict[str, Callable[[Accounts], None]] = {
    "removed": lambda accounts: accounts.remove("li"),
    "reader": lambda accounts: accounts.set_role("li", "reader"),
}


class Encoder(KeywordEncoder):
    """Does something when the second question is encoded."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0
        self.then: Callable[[], None] = lambda: None

    def encode(self, texts: list[str], kind: TextKind) -> Vectors:
        self.asked += kind == "query"
        if kind == "query" and self.asked == 2:
            self.then()
        return super().encode(texts, kind)


class Shelf(Library):
    """Does something when the first document was written."""

    def __init__(self, folder: Path) -> None:
        self.fake = Encoder()
        super().__init__(folder, lambda name: self.fake)
        self.then: Callable[[], None] = lambda: None

    def put(self, document: Document, report: Report) -> None:
        super().put(document, report)
        self.then()
        self.then = lambda: None


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "library")


@pytest.fixture
def accounts(shelf: Shelf) -> Accounts:
    accounts = Accounts(shelf.folder, CHEAP)
    for name in ("li", "wang"):
        accounts.add(name, GOOD, "editor")
    return accounts


def uploaded(folder: Path, **files: str) -> list[Path]:
    texts = {f"{name}.txt": text for name, text in files.items()}
    return sorted(write_files(folder, texts).iterdir())


def held(library: Library) -> list[str]:
    return [document.source for document in library.documents()]


def test_whether_an_account_may_still_edit_is_read_anew(accounts: Accounts, shelf: Shelf) -> None:
    assert may_still_edit(shelf.folder, "li")
    accounts.set_role("li", "reader")
    assert not may_still_edit(shelf.folder, "li")
    accounts.set_role("li", "admin")
    assert may_still_edit(shelf.folder, "li")
    accounts.remove("li")
    assert not may_still_edit(shelf.folder, "li")
    assert not may_still_edit(shelf.folder / "elsewhere", "wang")


@pytest.mark.parametrize("end", ENDS)
def test_files_of_an_account_without_its_right_are_left_out_and_those_of_others_added(
    shelf: Shelf, accounts: Accounts, tmp_path: Path, end: str
) -> None:
    desk = Desk(shelf)
    shelf.then = lambda: ENDS[end](accounts)
    files = uploaded(tmp_path / "li", a=CANTEEN, b=PLAN, c=NOTICE)
    desk.for_viewer(LI).keeping.add(files, "zh")
    desk.for_viewer(WANG).keeping.add(uploaded(tmp_path / "wang", d=regulation("远山县", 2)), "zh")
    assert list(desk.keeping.watch())
    assert held(shelf) == ["a.txt", "d.txt"]
    assert not any(file.exists() for file in files)
    assert shelf.snapshot().pending == 0


def test_files_of_an_account_that_keeps_its_right_are_all_added(
    shelf: Shelf, accounts: Accounts, tmp_path: Path
) -> None:
    desk = Desk(shelf)
    shelf.then = lambda: accounts.remove("wang")
    desk.for_viewer(LI).keeping.add(uploaded(tmp_path / "li", a=CANTEEN, b=PLAN), "zh")
    assert list(desk.keeping.watch())
    assert held(shelf) == ["a.txt", "b.txt"]


@pytest.mark.parametrize("viewer", [LI, OWNER])
def test_an_evaluation_ends_with_the_right_of_its_account(
    shelf: Shelf, accounts: Accounts, tmp_path: Path, viewer: Viewer
) -> None:
    shelf.add([write_files(tmp_path / "documents")])
    shelf.fake.then = lambda: accounts.remove("li")
    questions = read_set(write_questions(tmp_path / "mine.jsonl"))
    evaluation = Desk(shelf).for_viewer(viewer).evaluation
    evaluation.start(questions, [Configuration("hybrid")])
    (*_, end) = evaluation.runs.watch()
    assert end.error is None
    assert len(end.judged) == (viewer == OWNER)
    assert (shelf.fake.asked == 2) is (viewer == LI)
