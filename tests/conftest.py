"""Fixtures that several test files share."""

from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def encoder_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A cache in which the default encoder is prepared, once for all tests.

    YOUJU_CACHE names it from then on, so that commands run by tests find it too.
    """
    from index.encoders.prepare import VARIABLE, prepare

    with pytest.MonkeyPatch.context() as patch:
        cache = tmp_path_factory.mktemp("cache")
        patch.setenv(VARIABLE, str(cache))
        prepare()
        yield cache
