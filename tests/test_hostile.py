"""A few dozen of the files that `python -m benchmarks.hostile` uploads a thousand of."""

from pathlib import Path

from benchmarks.hostile import hostile, outside, tried
from benchmarks.load import name_of, text_of
from corpus import parse


def test_hostile_files_neither_break_the_app_nor_out_of_it(tmp_path: Path) -> None:
    wanted = len(list(hostile())) + 4
    lines, status = tried(tmp_path, wanted)
    assert status == 0, "\n".join(lines)
    assert lines[0].startswith(f"{wanted} files uploaded")


def test_what_is_written_elsewhere_is_seen(tmp_path: Path) -> None:
    inside = [tmp_path / "library" / "library.db", tmp_path / "tmp" / "a", Path("/dev/null")]
    beside = [tmp_path / "evil.txt", tmp_path / "library-evil" / "x", Path("/tmp/evil-zip.txt")]
    log = tmp_path / "writes"
    log.write_text("".join(f"{path}\n" for path in [*inside, *beside]), encoding="utf-8")
    assert outside(log, tmp_path) == sorted(map(str, beside))


def test_the_documents_that_are_added_under_load_are_as_the_clients_expect() -> None:
    document = parse("d", name_of(7), text_of(7))
    articles = [document.quote(clause.span).strip() for clause in document]
    assert articles[1:] == text_of(7).splitlines()[1:]
