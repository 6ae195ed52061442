"""Fixtures that several test files share."""

import io
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import settings

import cli
from index import Library
from tests.fakes import Opener, write_files

Run = Callable[..., "Result"]

# What takes long and changes seldom, run by `make test-all`: training, torch and the plain e5,
# readers on very large texts and by other programs, other tools and servers, and the figures of
# whole question sets. A name is that of a file, or of a test in one.
SLOW = frozenset(
    f"test_{name}"
    for name in (
        "bounds",
        "compare_documents::test_a_clause_of_one_character_is_compared_too",
        "cross_encoder",
        "damaged",
        "doc",
        "e5_file",
        "e5_prepare",
        "e5_vocabulary",
        "encoders",
        "export",
        "figures::test_a_large_text_of_one_sign_is_read",
        "followup::test_a_long_text_is_read_in_time_that_grows_with_it",
        "growth",
        "hostile",
        "kills",
        "library::test_a_process_killed_while_adding_loses_nothing_it_reported",
        "milvus",
        "milvus_asking",
        "ocr",
        "offline::test_the_default_encoder_needs_no_network",
        "peers",
        "real_metadata",
        "set_figures",
        "training",
        "transformer_encoder",
    )
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all", action="store_true", help="also the tests that take long")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--all") or any(Path(a.split("::")[0]).is_file() for a in config.args):
        return
    slow = [item for item in items if is_slow(item)]
    config.hook.pytest_deselected(items=slow)
    items[:] = [item for item in items if not is_slow(item)]


def is_slow(item: pytest.Item) -> bool:
    """Whether a test, or the file that it stands in, is left to `make test-all`."""
    name = getattr(item, "originalname", item.name)
    return not SLOW.isdisjoint({item.path.stem, f"{item.path.stem}::{name}"})


class Result(NamedTuple):
    """What a command left: its exit status, standard output and standard error."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def rows(self) -> list[Any]:
        """One JSON value a line."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def complaints(self) -> list[str]:
        """The lines for people; progress bars stand between them."""
        return [line for line in self.err.split("\n") if line.startswith("youju: ")]


# The first example of a test may load a dictionary or a model; how long that takes says nothing.
settings.register_profile("youju", deadline=None)
settings.load_profile("youju")


@pytest.fixture
def opener() -> Opener:
    return Opener()


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A folder with the three files of `fakes.FILES`."""
    return write_files(tmp_path / "sources")


@pytest.fixture
def library(tmp_path: Path, opener: Opener) -> Library:
    """An empty library in `tmp_path / "library"`."""
    return Library(tmp_path / "library", opener)


@pytest.fixture
def youju(
    tmp_path: Path,
    opener: Opener,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Run:
    """Run a command in this process on the library in `tmp_path / "library"`."""
    monkeypatch.setenv("YOUJU_LIBRARY", str(tmp_path / "library"))

    def run(*arguments: object, stdin: str | bytes = "") -> Result:
        data = stdin if isinstance(stdin, bytes) else stdin.encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), "ascii"))
        capsys.readouterr()
        try:
            status = cli.main([str(argument) for argument in arguments], opener)
        except SystemExit as stop:
            status = stop.code if isinstance(stop.code, int) else 1
        return Result(status, *capsys.readouterr())

    return run


@pytest.fixture(scope="session")
def encoder_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A cache in which the plain e5 is prepared, once for all tests.

    YOUJU_CACHE names it from then on, so that commands run by tests find it too.
    """
    from index.encoders.prepare import prepare
    from index.places import CACHE

    with pytest.MonkeyPatch.context() as patch:
        cache = tmp_path_factory.mktemp("cache")
        patch.setenv(CACHE, str(cache))
        prepare()
        yield cache
