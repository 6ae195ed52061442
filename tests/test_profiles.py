"""What is kept of each document is what reading it again tells, after whatever was changed."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Document, Metadata, Span, Stated, parse
from corpus.document import Value
from corpus.spans import Given
from index import Library
from index.encoders import Encoder
from retrieval.catalogue import Catalogue, called
from retrieval.filters import Filters
from retrieval.holding import in_question
from retrieval.mentions import Question
from retrieval.origins import Origins, origin
from retrieval.profiles import Profile, Profiles
from retrieval.standing import standings
from retrieval.view import View
from tests.fakes import KeywordEncoder, regulation

TODAY = date(2025, 6, 15)
SPAN = Span(0, 0)
RULES = "青禾县学校管理办法"
TEXT = regulation("青禾县", 3)


def encoder(name: str | None) -> Encoder:
    return KeywordEncoder(name or "keywords")


@contextmanager
def empty_library() -> Iterator[Library]:
    with TemporaryDirectory() as folder:
        yield Library(Path(folder) / "library", encoder)


def values(*choices: str | None) -> st.SearchStrategy[Value | None]:
    def made(choice: str | None) -> st.SearchStrategy[Value | None]:
        if choice is None:
            return st.none()
        return st.sampled_from([Stated(choice, SPAN), Given(choice, "metadata.csv")])

    return st.sampled_from(choices).flatmap(made)


TITLES = (
    None,
    RULES,
    f"{RULES}（试行）",
    f"关于废止《{RULES}》的决定",
    "柳湖县课后服务意见",
    "《》",
    "乙法第三条",
)
METADATA = st.builds(
    Metadata,
    title=values(*TITLES),
    issuers=st.lists(values("青禾县教育局", "教育部办公厅"), max_size=2).map(tuple),
    number=values(None, "青政发〔2013〕4号", "教育部令第21号"),
    date=values(None, "2013-05-01", "2020-05", "2024-05-01", "--05-01"),
    effective=values(None, "2013-06-01", "2025-06-16", "2025"),
    repealed=values(None, None, "2025-06-14", "2026"),
    region=values(None, "青禾县", "白沙市青禾县", "柳湖县"),
    status=values(None, None, "征求意见稿", "试行", "现行", "已废止", "已被替代"),
    form=values(None, "通知", "办法"),
    replaces=st.lists(values(RULES, "青政发〔2013〕4号", "乙法"), max_size=1).map(tuple),
)
IDS = st.sampled_from([f"d{n}" for n in range(9)])
CHANGES = st.lists(st.one_of(st.tuples(IDS, METADATA), IDS), min_size=1, max_size=5)


def written(identity: str, metadata: Metadata) -> Document:
    return replace(parse(identity, f"{identity}.txt", TEXT), metadata=metadata)


def change(library: Library, step: tuple[str, Metadata] | str) -> None:
    """Write a document, in place of the one of its name if there is one; or remove one."""
    held = {document.id for document in library.documents()}
    if isinstance(step, tuple):
        library.put_all([written(*step)])
        library.refresh()
    elif step in held:
        library.remove([step])


def fresh(library: Library) -> View:
    library.clear_cache()
    return View(library, library.snapshot(), TODAY)


def rows(profiles: Profiles) -> dict[str, list[str]]:
    return {field: profiles.column(field) for field in ("ids", *Profile._fields) if field != "ids"}


QUESTIONS = (
    f"{RULES}第三条",
    "青禾的学校",
    "教育部的意见",
    "青政发〔2013〕4号",
    "乙法第三条怎么说",
)
CHOICES = (
    Filters(),
    Filters(superseded=True),
    Filters(region="青禾"),
    Filters(status="现行"),
    Filters(documents=("d1", "d2")),
    Filters(level="县"),
)


def assert_same(found: View, expected: View) -> None:
    assert found.profiles.ids == expected.profiles.ids
    assert rows(found.profiles) == rows(expected.profiles)
    assert dict(found.standing) == dict(expected.standing)
    for filters in CHOICES:
        ours, theirs = found.choose(filters), expected.choose(filters)
        assert (ours.positions is None) == (theirs.positions is None)
        if ours.positions is not None and theirs.positions is not None:
            assert ours.positions.tolist() == theirs.positions.tolist()
        assert ours.left_out == theirs.left_out
    for question in map(Question, QUESTIONS):
        titles = [list(view.catalogue.find_titles(question)) for view in (found, expected)]
        assert titles[0] == titles[1]
        named = [view.origins.named_in(question.text) for view in (found, expected)]
        assert named[0] == named[1]
    assert found.catalogue.numbers == expected.catalogue.numbers


@settings(deadline=None, max_examples=20)
@given(CHANGES, st.booleans())
def test_a_view_carried_over_is_the_one_made_anew(
    changes: list[tuple[str, Metadata] | str], in_one_process: bool
) -> None:
    with empty_library() as library:
        view = View(library, library.snapshot(), TODAY)
        for step in changes:
            change(library, step)
            view = View(library, library.snapshot(), TODAY, view if in_one_process else None)
        assert_same(view, fresh(library))


@settings(deadline=None, max_examples=20)
@given(st.lists(METADATA, max_size=6))
def test_a_view_tells_what_the_documents_tell(metadata: list[Metadata]) -> None:
    with empty_library() as library:
        library.put_all([written(f"d{n}", stated) for n, stated in enumerate(metadata)])
        view = View(library, library.snapshot(), TODAY)
        documents = library.documents()
        assert dict(view.standing) == standings(library, TODAY)
        assert list(view.standing) == [document.id for document in documents]
        assert view.catalogue.numbers == plain_catalogue(documents).numbers
        for question in map(Question, QUESTIONS):
            expected = list(plain_catalogue(documents).find_titles(question))
            assert list(view.catalogue.find_titles(question)) == expected
            places = Origins((d.id, origin(d)) for d in documents)
            assert view.origins.named_in(question.text) == places.named_in(question.text)
        for filters in CHOICES:
            assert_chosen(library, view, filters)


def plain_catalogue(documents: list[Document]) -> Catalogue:
    from index.naming import folded_titles

    titles = folded_titles(documents)
    return Catalogue((d.id, called(d, t)) for d, t in zip(documents, titles, strict=True))


def assert_chosen(library: Library, view: View, filters: Filters) -> None:
    """The choice is that of every document's standing, looked at one by one."""
    known = standings(library, TODAY)
    fitting = {n for n, s in known.items() if filters.accepts(s.document, s.status)}
    out = {n for n in fitting if known[n].is_superseded and not filters.asks_for_superseded}
    at = [n for n, row in enumerate(view.passages) if row.document_id in fitting - out]
    choice = view.choose(filters)
    if len(fitting - out) == len(known):
        assert choice.positions is None
    else:
        assert choice.positions is not None
        assert choice.positions.tolist() == at
    assert choice.left_out == (0 if choice.positions is None else len(out))


# --- what is read, and what is kept -------------------------------------------------------------


@pytest.fixture
def filled(library: Library) -> Library:
    library.put_all([written(f"d{n}", titled(f"办法{n}")) for n in range(200)])
    return library


def titled(title: str, day: str | None = None) -> Metadata:
    return Metadata(title=Stated(title, SPAN), date=Stated(day, SPAN) if day else None)


def test_only_documents_that_others_touch_are_in_question(library: Library) -> None:
    old, new = titled(RULES, "2013-05-01"), titled(f"{RULES}（2024年修订）", "2024-05-01")
    alone, undated = titled("别的办法", "2024-05-01"), titled("同名方案")
    documents = (old, alone, undated, new, undated)
    library.put_all([written(f"d{n}", stated) for n, stated in enumerate(documents)])
    assert in_question(Profiles(library)) == ["d0", "d3"]


def read_by(library: Library, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    read: list[str] = []
    entries = library.store.entries

    def noting(ids: Iterable[str]) -> Iterator[Document]:
        wanted = list(ids)
        read.extend(wanted)
        return entries(wanted)

    monkeypatch.setattr(library.store, "entries", noting)
    return read


def test_what_did_not_change_is_not_read_again(
    filled: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Profiles(filled)
    filled.put_all([written("d7", titled("新办法")), written("d200", titled("又一办法"))])
    read = read_by(filled, monkeypatch)
    Profiles(filled, first)
    assert read == ["d7", "d200"]
    Profiles(filled)
    assert read[2:] == ["d7", "d200"]


@pytest.mark.parametrize("damage", ["values.npy", "ids.npy", "seals.npy", "manifest.json"])
def test_a_damaged_file_is_made_anew(
    filled: Library, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    before = Profiles(filled)
    path = filled.folder / "cache" / "profiles" / damage
    path.write_bytes(path.read_bytes()[:-1])
    read = read_by(filled, monkeypatch)
    assert rows(Profiles(filled)) == rows(before)
    assert len(read) == 200
    assert rows(Profiles(filled)) == rows(before)
    assert len(read) == 200


def test_a_cache_that_cannot_be_written_is_done_without(
    filled: Library, caplog: pytest.LogCaptureFixture
) -> None:
    cache = filled.folder / "cache"
    filled.clear_cache()
    cache.write_text("a file where the folder should be")
    assert Profiles(filled).ids == [f"d{n}" for n in range(200)]
    assert "was not kept" in caplog.text
