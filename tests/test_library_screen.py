"""The screen of the library: adding in the background, views, filters, numbers, the form."""

import re
import threading
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from corpus import Document, Note, parse
from corpus.fields import HAND, given_fields
from corpus.markup import Html
from eval.plots import HUES, Columns, figure
from eval.plots.columns import step_of
from index import Library, Report
from retrieval import Standing
from tests.fakes import CANTEEN, FILES, PLAN, Opener
from ui import Desk, shelf
from ui.adding import MOST_FILES, MOST_WAITING, AddError, Adding, Look
from ui.adding_view import adding
from ui.editing import Editing
from ui.likeness import groups, similar
from ui.sieve import EVERYTHING, LONGEST_WORDS, Sought, form, sift, sought
from ui.statistics import MOST_YEARS, by_oddity, by_size, by_year, statistics
from ui.theme import head
from ui.watching import BrokenOff

HOSTILE = "<img src=x onerror=alert(1)></mark><script>alert(2)</script>\"'"
SECONDS = 30


class GatedLibrary(Library):
    """Writes a document when it is let to, and not before."""

    def __init__(self, folder: Path, opener: Opener) -> None:
        super().__init__(folder, opener)
        self.reached, self.gate = threading.Semaphore(0), threading.Semaphore(0)

    def put(self, document: Document, report: Report) -> None:
        self.reached.release()
        assert self.gate.acquire(timeout=SECONDS)
        super().put(document, report)


@pytest.fixture
def gated(tmp_path: Path, opener: Opener) -> GatedLibrary:
    return GatedLibrary(tmp_path / "gated", opener)


def uploaded(folder: Path, **files: str) -> list[Path]:
    """Files in a folder of their own, as Gradio leaves uploads."""
    place = folder / f"upload-{len(list(folder.iterdir()))}"
    place.mkdir()
    for name, text in files.items():
        (place / f"{name}.txt").write_text(text, encoding="utf-8")
    return sorted(place.iterdir())


def end_of(adding: Adding) -> Look:
    (*_, end) = adding.watch()
    return end


def states(look: Look) -> dict[str, str]:
    return {file.name: file.state for file in look.files}


class Tags(HTMLParser):
    """Which elements a browser would make, and the text between them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not any(name.startswith("on") for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


# --- adding -----------------------------------------------------------------------------------


def test_each_file_is_told_from_waiting_to_done(gated: GatedLibrary, tmp_path: Path) -> None:
    work = Adding(gated)
    work.add(uploaded(tmp_path, a=CANTEEN, b=PLAN))
    assert gated.reached.acquire(timeout=SECONDS)
    assert states(work.look()) == {"a.txt": "reading", "b.txt": "waiting"}
    assert (work.look().stage, work.look().total) == ("read", 2)
    gated.gate.release()
    assert gated.reached.acquire(timeout=SECONDS)
    assert states(work.look()) == {"a.txt": "done", "b.txt": "reading"}
    assert work.look().files[0].counts == (1, 0, 0, 0)
    gated.gate.release()
    end = end_of(work)
    assert not end.running
    assert end.error is None
    assert states(end) == {"a.txt": "done", "b.txt": "done"}
    assert [document.source for document in end.report.added] == ["a.txt", "b.txt"]
    assert gated.snapshot().pending == 0


def test_a_page_that_comes_back_sees_the_same_adding(gated: GatedLibrary, tmp_path: Path) -> None:
    work = Adding(gated)
    work.add(uploaded(tmp_path, a=CANTEEN))
    first = work.watch()
    assert next(first).running
    first.close()  # the page was closed
    gated.gate.release()
    looks = list(work.watch())
    assert looks[-1].report.added
    assert [document.source for document in gated.documents()] == ["a.txt"]


def test_an_end_that_nobody_saw_is_told_once(gated: GatedLibrary, tmp_path: Path) -> None:
    work = Adding(gated)
    work.add(uploaded(tmp_path, a=CANTEEN))
    gated.gate.release()
    assert list(work.watch())
    assert list(work.watch()) == []
    work.add(uploaded(tmp_path, b=PLAN))
    leaving = work.watch()
    next(leaving)
    gated.gate.release()
    while next(leaving).running:
        pass
    leaving.close()  # it left when it was being told
    (end,) = work.watch()
    assert [document.source for document in end.report.added] == ["b.txt"]
    assert list(work.watch()) == []


def test_what_is_asked_for_meanwhile_waits_its_turn(gated: GatedLibrary, tmp_path: Path) -> None:
    work = Adding(gated)
    work.add(uploaded(tmp_path, a=CANTEEN))
    assert gated.reached.acquire(timeout=SECONDS)
    work.add(uploaded(tmp_path, b=PLAN))
    assert states(work.look()) == {"a.txt": "reading", "b.txt": "waiting"}
    gated.gate.release(2)
    end = end_of(work)
    assert [document.source for document in end.report.added] == ["a.txt", "b.txt"]
    assert [file.counts for file in end.files] == [(1, 0, 0, 0)] * 2


def test_cancelling_keeps_what_was_added_and_deletes_the_uploads(
    gated: GatedLibrary, tmp_path: Path
) -> None:
    work = Adding(gated)
    files = uploaded(tmp_path, a=CANTEEN, b=PLAN)
    later = uploaded(tmp_path, c=FILES["notice.txt"])
    work.add(files)
    assert gated.reached.acquire(timeout=SECONDS)
    work.add(later)
    work.cancel()
    assert work.look().stopping
    gated.gate.release()
    end = end_of(work)
    assert [document.source for document in gated.documents()] == ["a.txt"]
    assert end.report.left_out == ["b.txt", "c.txt"]
    assert not any(path.exists() for path in (*files, *later))
    html = adding(end, "zh")
    assert "已取消。还有 2 个文件没有添加完：b.txt、c.txt" in html
    assert "1 份新增" in html
    # The next adding is not stopped, and makes the vectors that were left.
    work.add(uploaded(tmp_path, b=PLAN))
    gated.gate.release()
    assert not end_of(work).report.left_out
    assert gated.snapshot().pending == 0


def test_an_archive_tells_how_many_documents_it_gave(gated: GatedLibrary, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for name, text in FILES.items():
            archive.writestr(name, text)
        archive.writestr("program.exe", "MZ")
    work = Adding(gated)
    work.add([tmp_path / "all.zip"])
    for _ in range(2):
        assert gated.reached.acquire(timeout=SECONDS)
        gated.gate.release()
    assert gated.reached.acquire(timeout=SECONDS)
    assert "正在读取 · 2 份新增" in adding(work.look(), "zh")
    gated.gate.release()
    html = adding(end_of(work), "zh")
    assert "3 份新增" in html
    assert "压缩包里有 1 个文件不是能读的格式，没有添加：program.exe" in html


def test_an_error_ends_the_run_and_is_said(tmp_path: Path, opener: Opener) -> None:
    work = Adding(Library(tmp_path / "library", opener))
    (tmp_path / "library" / "library.db").write_bytes(b"not a database" * 400)
    files = uploaded(tmp_path, a=CANTEEN)
    work.add(files)
    assert "资料库文件已损坏" in adding(end_of(work), "zh")
    assert not files[0].exists()
    assert not work.is_running


def test_a_fault_of_the_program_does_not_leave_the_page_waiting(
    tmp_path: Path, opener: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported = threading.Event()
    monkeypatch.setattr(threading, "excepthook", lambda _: reported.set())

    class Faulty(Library):
        def put(self, document: Document, report: Report) -> None:
            raise ZeroDivisionError

    work = Adding(Faulty(tmp_path / "library", opener))
    work.add(uploaded(tmp_path, a=CANTEEN))
    end = end_of(work)
    assert isinstance(end.error, BrokenOff)
    assert reported.wait(SECONDS)
    assert "中断了，已经做好的都在" in adding(end, "zh")


def test_too_many_files_are_refused_and_deleted(gated: GatedLibrary, tmp_path: Path) -> None:
    work = Adding(gated)
    files = uploaded(tmp_path, a=CANTEEN) * (MOST_FILES + 1)
    with pytest.raises(AddError, match=f"found {MOST_FILES + 1}"):
        work.add(files)
    assert not files[0].exists()
    work.add(uploaded(tmp_path, b=PLAN))
    assert gated.reached.acquire(timeout=SECONDS)
    with pytest.raises(AddError, match="are waiting"):
        for _ in range(MOST_WAITING // MOST_FILES + 1):
            work.add([tmp_path / "no.txt"] * MOST_FILES)
    work.cancel()
    gated.gate.release()
    assert not end_of(work).running


def test_missing_vectors_are_offered_and_made(tmp_path: Path, opener: Opener) -> None:
    library = Library(tmp_path / "library", opener)
    library.add(uploaded(tmp_path, a=CANTEEN), vectors=False)
    desk = Desk(library)
    assert "3 段条文还没有语义索引" in desk.overview("zh").listing
    assert 'data-act="complete_vectors"' in desk.overview("zh").listing
    desk.keeping.adding.complete()
    list(desk.keeping.adding.watch())
    assert library.snapshot().pending == 0
    assert "complete_vectors" not in desk.overview("zh").listing


def test_long_lists_of_files_are_shown_around_the_current_one(
    gated: GatedLibrary, tmp_path: Path
) -> None:
    work = Adding(gated)
    work.add(uploaded(tmp_path, **{f"f{n:02}": f"第{n}号办法\n正文{n}。\n" for n in range(20)}))
    for _ in range(8):
        assert gated.reached.acquire(timeout=SECONDS)
        gated.gate.release()
    assert gated.reached.acquire(timeout=SECONDS)
    html = adding(work.look(), "zh")
    assert "前面 5 个文件已读完" in html
    assert "后面还有 5 个文件" in html
    assert "f08.txt" in html
    assert "f04.txt" not in html
    gated.gate.release(20)
    end_of(work)


# --- the list ---------------------------------------------------------------------------------


def standing(name: str, text: str, status: str | None = None) -> Standing:
    return Standing(parse(name, f"{name}.txt", text), status, None)


ALL = [
    standing("d1", CANTEEN, "现行"),
    standing("d2", PLAN),
    standing("d3", FILES["notice.txt"]),
]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (Sought(), ["d1", "d2", "d3"]),
        (Sought(words="食堂"), ["d1"]),
        (Sought(words="课后服务"), ["d3"]),
        (Sought(words="白政发〔2024〕7号"), ["d2"]),
        (Sought(words="青禾 管理"), ["d1"]),
        (Sought(words="D2.TXT"), ["d2"]),
        (Sought(level="市"), ["d2"]),
        (Sought(status="现行"), ["d1"]),
        (Sought(status="不明"), ["d2", "d3"]),
        (Sought(words="食堂", level="市"), []),
    ],
)
def test_the_list_is_filtered_by_words_level_and_status(asked: Sought, found: list[str]) -> None:
    assert [standing.document.id for standing in sift(ALL, asked)] == found


def test_what_no_page_asks_for_filters_nothing() -> None:
    asked = sought({"words": " 甲  乙 ", "level": "星球", "status": "<b>", "view": "x"})
    assert asked == Sought(words="甲 乙")
    assert len(sought({"words": "字" * 1000}).words) == LONGEST_WORDS


def test_the_form_and_the_count_say_what_is_filtered(tmp_path: Path, opener: Opener) -> None:
    library = Library(tmp_path / "library", opener)
    library.add(uploaded(tmp_path, a=CANTEEN, b=PLAN))
    desk = Desk(library)
    html = desk.overview("zh", Sought(words="食堂", level="县")).listing
    assert 'value="食堂"' in html
    assert '<option value="县" selected>' in html
    assert "共 2 份文件，" in html
    assert "；符合条件的有 1 份" in html
    assert html.count('data-act="edit_document"') == 1
    assert "没有符合条件的" in desk.overview("zh", Sought(words="没有的词")).listing


# --- near-duplicates and numbers ----------------------------------------------------------------


def test_near_duplicates_are_shown_in_groups(tmp_path: Path, opener: Opener) -> None:
    library = Library(tmp_path / "library", opener)
    texts = {"a": CANTEEN, "b": CANTEEN + "附注。\n", "c": PLAN, "d": CANTEEN + "另注。\n"}
    library.add(uploaded(tmp_path, **texts))
    keeping = Desk(library).keeping
    held = keeping.held()
    found = groups(held.standings, held.near)
    assert [[s.document.source[-5:] for s in group] for group in found] == [
        ["a.txt", "b.txt", "d.txt"]
    ]
    html = keeping.view(held, Sought("similar"), "zh")
    assert "1 组相近文件" in html
    assert html.count('data-act="remove_document"') == 3
    assert "没有发现内容相近的文件" in similar(held._replace(near={}), 1, "zh")


def dated(number: int, year: str) -> Document:
    return parse(
        f"d{number}", f"{number}.txt", f"某市办法\n正文{number}。\n\n某市教育局\n{year}年3月1日\n"
    )


def test_documents_are_counted_by_year_and_level() -> None:
    documents = [dated(1, "2023"), dated(2, "2023"), dated(3, "2024"), parse("d4", "4.txt", "无。")]
    plot = by_year(documents, "zh")
    assert plot.categories == ["2023", "2024", "不明"]
    assert [sum(column) for column in plot.counts] == [2, 1, 1]
    many = [dated(n, str(1990 + n)) for n in range(MOST_YEARS + 5)]
    plot = by_year(many, "zh")
    assert len(plot.categories) == MOST_YEARS + 1
    assert plot.categories[0] == "1995 以前"
    assert sum(plot.counts[0]) == 5


def test_clauses_and_gaps_are_counted_by_document() -> None:
    held = shelf.Shelf(ALL, {"d1": 10, "d2": 11, "d3": 900})
    assert [column[0] for column in by_size(held, "zh").counts] == [1, 1, 0, 0, 0, 0, 1]
    gap = Note("gap", ("一", "三"))
    noted = Document("d", "d.txt", None, "", notes=(gap, gap, Note("missing", ("1", "一"))))
    plot = by_oddity([noted, ALL[0].document], "zh")
    counted = dict(zip(plot.categories, plot.counts, strict=True))
    assert counted["跳号"] == [1]
    assert counted["数字留空"] == [1]
    assert counted["重号"] == [0]


@pytest.mark.parametrize("highest", [0, 1, 3, 7, 40, 99, 12345])
def test_a_scale_has_few_round_steps(highest: int) -> None:
    step = step_of(highest)
    assert str(step).rstrip("0") in {"1", "2", "5"}
    assert highest / step <= 4


def test_a_plot_has_a_table_of_the_same_numbers() -> None:
    plot = Columns("年份", "份文件", "合计", ["2023", HOSTILE], ["省", "市"], [[3, 1], [0, 2]])
    html = figure(plot, "以表格查看")
    found = Tags(html)
    assert {"svg", "table", "caption"} <= set(found.tags)
    assert not {"img", "script", "mark"} & set(found.tags)
    assert found.tags.count("rect") == 3
    assert re.findall(r"<td>(\d+)</td>", html) == ["3", "1", "4", "0", "2", "2"]
    assert 'role="img" aria-label="年份"' in html


def test_an_empty_plot_can_be_drawn() -> None:
    assert "<svg" in figure(Columns("空", "份", "合计", [], ["份"], []), "以表格查看")


def test_every_series_has_a_colour_of_its_own() -> None:
    sheets = head()
    hues = range(len(HUES))
    assert all(f".yj-hue-{n} " in sheets and f".yj-stroke-{n} " in sheets for n in hues)
    assert all(sheets.count(f"--yj-hue-{n}: ") == 2 for n in hues)


# --- the form ----------------------------------------------------------------------------------


@pytest.fixture
def editing(library: Library, sources: Path) -> Editing:
    library.add([sources])
    return Editing(library)


def canteen(library: Library) -> Document:
    return next(d for d in library.documents() if d.source.endswith("canteen.txt"))


def test_the_form_shows_what_is_known_and_where_it_stands(
    library: Library, editing: Editing
) -> None:
    html = editing.form(canteen(library).id, "zh").form
    assert 'value="青禾县学校食堂管理办法"' in html
    assert "取自原文" in html
    assert "文件中没有读到" in html
    assert "take_back_metadata" not in html
    assert html != editing.form(canteen(library).id, "zh").form


def test_only_what_was_changed_is_said_by_the_user(library: Library, editing: Editing) -> None:
    document = canteen(library)
    unchanged = {
        "title": "青禾县学校食堂管理办法",
        "issuers": document.metadata.issuer or "",
        "date": "2023-05-01",
        "level": "县",
        "region": "青禾县",
    }
    assert "没有改动" in editing.save(document.id, unchanged, "zh").said
    saved = editing.save(document.id, {**unchanged, "number": "青教〔2023〕5号"}, "zh")
    assert saved.is_changed
    assert saved.form == ""
    assert given_fields(canteen(library).metadata) == {HAND: ["number"]}
    listing = Desk(library).overview("zh").listing
    assert "由用户给出：文号" in listing
    assert "青教〔2023〕5号" in listing
    emptied = editing.save(document.id, unchanged, "zh")
    assert emptied.is_changed
    assert canteen(library) == document


def test_what_is_wrong_is_said_beside_it_and_nothing_is_kept(
    library: Library, editing: Editing
) -> None:
    saved = editing.save(canteen(library).id, {"title": "新名", "date": "昨天"}, "zh")
    assert "日期应写成" in saved.form
    assert saved.form.count('aria-invalid="true"') == 1
    assert 'value="昨天"' in saved.form
    assert 'value="新名"' in saved.form
    assert given_fields(canteen(library).metadata) == {}


def test_all_of_it_can_be_taken_back(library: Library, editing: Editing) -> None:
    before = canteen(library)
    editing.save(before.id, {"title": "新名", "status": "已废止"}, "zh")
    assert "take_back_metadata" in editing.form(before.id, "zh").form
    assert "已恢复" in editing.take_back(before.id, "zh").said
    assert canteen(library) == before


def test_a_document_that_is_gone_is_said(editing: Editing) -> None:
    for outcome in (
        editing.form("dfffffff", "zh"),
        editing.save("dfffffff", {"title": "新名"}, "zh"),
        editing.take_back("dfffffff", "zh"),
    ):
        assert "已经不在资料库里" in outcome.said
        assert outcome.form == ""


def test_hostile_values_stay_text(library: Library, editing: Editing) -> None:
    name = canteen(library).id
    editing.save(name, {"title": HOSTILE, "region": HOSTILE, "issuers": HOSTILE}, "zh")
    keeping = Desk(library).keeping
    held = keeping.held()
    pages: list[Callable[[], Html]] = [
        lambda: editing.form(name, "zh").form,
        lambda: editing.save(name, {"title": HOSTILE, "date": HOSTILE}, "zh").form,
        lambda: keeping.view(held, EVERYTHING, "zh"),
        lambda: statistics(held, "zh"),
        lambda: form(Sought(words=HOSTILE), "zh"),
        lambda: keeping.remove(name, "zh"),
    ]
    for page in pages:
        assert not {"img", "script", "mark"} & set(Tags(page()).tags)


def test_a_new_title_has_its_vectors_made(library: Library, editing: Editing) -> None:
    keeping = Desk(library).keeping
    saved = keeping.save(canteen(library).id, {"title": "红枫办法"}, "zh")
    assert "已保存：红枫办法" in saved.said
    list(keeping.adding.watch())
    assert library.snapshot().pending == 0
