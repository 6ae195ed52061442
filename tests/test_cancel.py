"""Work that is stopped: what was added stays, and no document is there by half."""

import zipfile
from pathlib import Path

import pytest

from corpus import Source
from index import Library, Report
from index.embedding import BATCH
from index.report import Stop, ignore_progress
from tests.fakes import CANTEEN, FILES, PLAN, Opener, regulation, write_files


def sources_of(folder: Path, *names: str) -> list[Source]:
    return [Source(folder / name, name) for name in names]


class AskedAt:
    """Asks to stop from the n-th time on that it is looked at."""

    def __init__(self, n: int) -> None:
        self.left = n

    def __call__(self) -> bool:
        self.left -= 1
        return self.left <= 0


def added(library: Library, sources: list[Source], stop: Stop) -> Report:
    report = Report()
    library.add_sources(sources, report, stop=stop)
    return report


def held(library: Library) -> list[str]:
    return [document.source for document in library.documents()]


@pytest.mark.parametrize("asked", range(1, 9))
def test_what_was_added_stays_and_the_rest_is_named(
    library: Library, sources: Path, asked: int
) -> None:
    files = sources_of(sources, *FILES)
    report = added(library, files, AskedAt(asked))
    assert [*held(library), *report.left_out] == list(FILES)
    # Looked at before each file, and when it was read.
    assert len(held(library)) == min((asked - 1) // 2, len(FILES))
    assert [document.source for document in report.added] == held(library)
    for document in library.documents():
        whole = library.document(document.id)
        assert "".join(whole.quote(clause.span) for clause in whole) == whole.text
    assert len(library.snapshot().passages) == len(library.store.passages())


def test_an_archive_is_stopped_between_its_documents(library: Library, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for name, text in FILES.items():
            archive.writestr(name, text)
    report = added(library, sources_of(tmp_path, "all.zip"), AskedAt(4))
    assert held(library) == ["all.zip/canteen.txt", "all.zip/plan.md"]
    assert report.left_out == ["all.zip"]


def test_a_document_that_was_being_read_is_left_out_whole(library: Library, sources: Path) -> None:
    asked = False

    def stop() -> bool:
        return asked

    def progress(stage: str, done: int, total: int) -> None:
        nonlocal asked
        asked = asked or (stage, done) == ("read", 1)

    report = Report()
    library.add_sources(sources_of(sources, *FILES), report, progress, stop=stop)
    assert held(library) == ["canteen.txt"]
    assert report.left_out == ["plan.md", "notice.txt"]


def test_files_that_were_left_out_are_added_the_next_time(library: Library, sources: Path) -> None:
    files = sources_of(sources, *FILES)
    added(library, files, AskedAt(3))
    report = added(library, files, lambda: False)
    assert [document.source for document in report.unchanged] == ["canteen.txt"]
    assert [document.source for document in report.added] == ["plan.md", "notice.txt"]
    assert not report.left_out


def test_vectors_are_stopped_between_batches_and_gone_on_with(
    tmp_path: Path, opener: Opener
) -> None:
    library = Library(tmp_path / "library", opener)
    folder = write_files(tmp_path / "long", {"long.txt": regulation("青禾县", 2 * BATCH + 10)})
    library.add([folder], vectors=False)
    library.embed(stop=AskedAt(2))
    assert len(opener(None).passages) == BATCH
    assert library.snapshot().pending == len(library.store.passages()) - BATCH
    told: list[int] = []
    library.embed(lambda _, done, total: told.append(total))
    assert library.snapshot().pending == 0
    assert told[0] == len(library.store.passages()) - BATCH


def test_comparing_is_stopped_and_gone_on_with(library: Library, tmp_path: Path) -> None:
    copies = write_files(tmp_path / "copies", {"a.txt": PLAN, "b.txt": PLAN + "附注。\n"})
    report = added(library, sources_of(copies, "a.txt", "b.txt"), AskedAt(6))
    assert not report.near
    others = write_files(tmp_path / "others", {"canteen.txt": CANTEEN})
    library.add_sources(sources_of(others, "canteen.txt"), Report(), ignore_progress)
    assert len(library.near_duplicates()) == 2
