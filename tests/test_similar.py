"""Near-duplicates: which documents share clauses, and how many."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Document, parse
from index import Library
from index.relations import Relations
from index.report import ignore_progress
from index.similar import PERMUTATIONS, SHINGLE, Compared, Sketch, overlaps, sketch
from tests.fakes import Opener

SUBJECTS = (
    *("校车", "食堂", "寄宿", "体育", "美育", "阅读", "劳动", "近视"),
    *("心理", "消防", "实验", "研学", "助学", "招生", "培训", "评价"),
)
CLAUSES = [
    f"学校应当每学期至少{n + 2}次检查{subject}工作，由分管校长记录结果并向家长公开。"
    for n, subject in enumerate(SUBJECTS)
]


def rules(name: str, clauses: Sequence[str], title: str = "青禾县学校管理办法") -> Document:
    articles = "".join(f"第{'一二三四五六七八九'[n]}条　{c}\n" for n, c in enumerate(clauses))
    return parse(name, f"{name}.txt", f"{title}\n{articles}")


def counted(one: Document, other: Document) -> tuple[int, int]:
    found = Compared(one).within(Compared(other))
    return found.common, found.clauses


def test_common_clauses_are_counted_from_either_side() -> None:
    long, short = rules("a", CLAUSES[:8]), rules("b", CLAUSES[6:9])
    assert counted(long, short) == (2, 8)
    assert counted(short, long) == (2, 3)


def test_script_width_and_marks_make_no_difference() -> None:
    simplified = rules("a", ["学校应当在2025年前，为每个班级配备专职体育教师。"])
    traditional = rules("b", ["學校應當在２０２５年前為每個班級配備專職體育教師"])
    assert counted(simplified, traditional) == (1, 1)


def test_a_changed_figure_leaves_a_long_clause_common_and_another_subject_does_not() -> None:
    clause = CLAUSES[0] + CLAUSES[1]
    assert counted(rules("a", [clause]), rules("b", [clause.replace("2次", "5次")])) == (1, 1)
    assert counted(
        rules("a", [CLAUSES[0]]), rules("b", ["幼儿园实行收费公示制度，接受监督。"])
    ) == (0, 1)


def test_pieces_of_several_clauses_do_not_make_one_common() -> None:
    whole = CLAUSES[0] + CLAUSES[3] + CLAUSES[5]
    assert counted(rules("a", [whole]), rules("b", [CLAUSES[0], CLAUSES[3], CLAUSES[5]])) == (0, 1)


SETS = st.frozensets(st.integers(0, 200), min_size=1, max_size=120)


@settings(max_examples=25)
@given(SETS, SETS)
def test_the_estimate_is_near_the_true_overlap(one: frozenset[int], other: frozenset[int]) -> None:
    # Texts of pieces that overlap nowhere: a piece is SHINGLE characters of its own.
    def text(numbers: frozenset[int]) -> str:
        return "\n".join(
            f"第{n + 1}条　{chr(0x4E00 + k) * SHINGLE}" for n, k in enumerate(sorted(numbers))
        )

    sketches = [sketch(parse(str(n), "x", text(numbers))) for n, numbers in enumerate((one, other))]
    pieces = [set().union(*Compared(parse("d", "x", text(ns)))._clauses) for ns in (one, other)]
    true = len(pieces[0] & pieces[1]) / min(map(len, pieces))
    (estimate,) = overlaps(
        sketches[0], np.array([sketches[1].pieces]), sketches[1].signature[np.newaxis]
    )
    # Five standard errors of the Jaccard coefficient, as a share of the shorter text.
    error = 5 * 0.5 / np.sqrt(PERMUTATIONS)
    slack = error * sum(map(len, pieces)) / min(map(len, pieces))
    assert abs(estimate - true) <= slack


def test_a_text_without_clauses_is_like_nothing() -> None:
    empty = sketch(parse("d", "x", "通知"))
    assert empty.pieces == 0
    (estimate,) = overlaps(empty, np.array([0]), empty.signature[np.newaxis])
    assert estimate == 0.0
    assert overlaps(empty, np.zeros(0, np.int64), np.zeros((0, PERMUTATIONS), np.uint32)).size == 0


# --- in a library --------------------------------------------------------------------------------


def near(library: Library) -> dict[str, list[tuple[str, int, int]]]:
    return {
        name: [(n.document.id, n.similar.common, n.similar.clauses) for n in found]
        for name, found in library.near_duplicates().items()
    }


def naive(documents: Sequence[Document]) -> dict[str, list[tuple[str, int, int]]]:
    """Every pair compared, without sketches."""
    found: dict[str, list[tuple[str, int, int]]] = {}
    for one in documents:
        for other in documents:
            here, there = counted(one, other), counted(other, one)
            if one is not other and max(here[0] / here[1], there[0] / there[1]) >= 0.5:
                found.setdefault(one.id, []).append((other.id, *here))
    return {
        name: sorted(rows, key=lambda row: (-row[1] / row[2], row[0]))
        for name, rows in found.items()
    }


FORWARDED = [
    rules("a", CLAUSES[:8]),
    rules("b", CLAUSES[:8], "白沙市学校管理办法"),
    rules("c", CLAUSES[4:12] + CLAUSES[14:15]),
    rules("d", CLAUSES[12:]),
]


def test_a_library_knows_its_near_duplicates_from_both_sides(library: Library) -> None:
    for document in FORWARDED:
        library.put_all([document])
        library.relations.update(ignore_progress)
    assert near(library) == naive(FORWARDED)
    assert near(library)["a"][0] == ("b", 8, 8)
    assert "d" not in near(library)


def test_all_at_once_or_one_by_one_gives_the_same(library: Library, tmp_path: Path) -> None:
    library.put_all(FORWARDED)
    library.relations.update(ignore_progress)
    assert near(library) == naive(FORWARDED)
    library.remove(["b"])
    assert near(library) == naive([d for d in FORWARDED if d.id != "b"])
    library.put_all([FORWARDED[1]])
    again = Library(library.folder, Opener())
    again.relations.update(ignore_progress)
    assert near(again) == naive(FORWARDED)


def test_progress_counts_what_is_compared(library: Library) -> None:
    library.put_all(FORWARDED[:2])
    told: list[tuple[str, int, int]] = []
    for _ in range(2):
        library.relations.update(lambda *stage: told.append(stage))
    assert told == [("similar", 0, 2), ("similar", 1, 2), ("similar", 2, 2), ("similar", 0, 0)]


def test_a_document_removed_meanwhile_is_passed_over(library: Library) -> None:
    library.put_all(FORWARDED[:2])
    store = library.store

    class Forgetful(Relations):
        def _near(self, document: Document, candidates: Sequence[str]):  # type: ignore[no-untyped-def]
            rows = list(super()._near(document, candidates))
            store.delete(["a"])
            return iter(rows)

    Forgetful(store).update(ignore_progress)
    assert near(library) == {}
    assert [d.id for d in library.documents()] == ["b"]


def test_added_files_are_told_their_near_duplicates(library: Library, tmp_path: Path) -> None:
    for document in FORWARDED[:2]:
        (tmp_path / document.source).write_text(document.text, encoding="utf-8")
    first = library.add([tmp_path / "a.txt"])
    second = library.add([tmp_path / "b.txt"])
    assert first.near == {}
    ((name, (found,)),) = second.near.items()
    assert name == second.added[0].id
    assert (found.document.id, found.similar.share) == (first.added[0].id, 1.0)


def test_a_sketch_is_the_same_on_every_run() -> None:
    one, other = sketch(FORWARDED[0]), sketch(FORWARDED[0])
    assert isinstance(one, Sketch)
    assert one.pieces == other.pieces > 100
    assert (one.signature == other.signature).all()
