"""Organs of different places that do the same work: 区教育局 and 市教育局 are both 教育局."""

import re
from collections.abc import Iterable, Iterator

from corpus.fold import fold_text

_PLACE = re.compile(
    r"^(?:中共)?(?:[^省市县区州盟旗]{0,8}(?:自治[区州县旗]|[省市县区州盟旗]))+(?=.{2})"
)
_RANK = re.compile(r"(?:委员会|[厅局委])$")


def organ_names(units: Iterable[str]) -> Iterator[str]:
    """Yield each unit by its work, without its place and without 厅, 局 or 委 behind it."""
    for unit in units:
        bare = _PLACE.sub("", fold_text(unit))
        yield _RANK.sub("", bare) or bare
