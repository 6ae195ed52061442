"""A library is backed up and restored while people ask and add at the page that serves it."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from benchmarks.visitor import Visitor
from index.backup import back_up
from index.restoring import restore
from tests import fakes
from tests.fakes import regulation, write_files
from tests.served import filled, keywords, served
from tests.test_backup import BESIDE
from tests.test_library import found

FILES = {f"{n}.txt": regulation(f"第{n}县", 4) for n in range(8)}
QUESTION = "校长每周陪餐不少于几次？"


def test_backups_of_a_served_library_are_whole_and_restored_while_it_serves(tmp_path: Path) -> None:
    library = filled(tmp_path)
    first = back_up(library.folder, tmp_path / "first.youju", BESIDE)
    assert first.documents == 3
    with served(partial(keywords, library.folder)) as address, ThreadPoolExecutor(2) as people:
        adding = people.submit(lambda: [Visitor(address).add(one(name)) for name in FILES])
        asking = people.submit(lambda: [Visitor(address).ask(QUESTION) for _ in range(12)])
        made = []
        while not adding.done() or not made:
            kept = tmp_path / f"{len(made)}.youju"
            made.append((kept, back_up(library.folder, kept, BESIDE)))
        assert all("1 份新增" in said for said in adding.result())
        assert all("yj-answer" in said for said in asking.result())
        for kept, told in made[:: max(1, len(made) // 3)]:
            again = tmp_path / kept.stem
            restore(kept, again, BESIDE)
            assert holds(again, told.documents, tmp_path / f"fresh{kept.stem}")
        # Whoever has it open sees the restored one at the next question.
        visitor = Visitor(address)
        asked = {"query": "第7县", "mode": "bm25"}
        assert visitor.call("show", document="7.txt")["document"]["source"] == "7.txt"
        restore(tmp_path / "first.youju", library.folder, BESIDE, replace=True)
        assert "error" in visitor.call("show", document="7.txt")
        assert not [h for h in visitor.call("search", **asked)["hits"] if "第7县" in str(h)]
        assert "yj-answer" in visitor.ask(QUESTION)
        assert "1 份新增" in visitor.add(one("7.txt"))


def one(name: str) -> dict[str, bytes]:
    return {name: FILES[name].encode()}


def holds(folder: Path, documents: int, fresh: Path) -> bool:
    """Whether a restored library holds so many, and is searched like one built anew of them."""
    again = keywords(folder)
    again.embed()
    names = [Path(document.source).name for document in again.documents()]
    sources = write_files(fresh / "texts", {**fakes.FILES, **FILES})
    anew = keywords(fresh / "library")
    for name in names:
        anew.add([sources / name])
    return len(names) == documents and found(again) == found(anew)
