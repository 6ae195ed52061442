"""A table of everyday words and what policy texts say for them: its format and its limits.

Each line holds the everyday word, a tab, the words of policy with spaces between them, the best
first.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from corpus.errors import YoujuError
from corpus.fold import fold_text
from retrieval.remarks import Remark

LARGEST = 1 << 20
"""Bytes of a table."""
MOST_PAIRS = 10_000
LONGEST_WORD = 30
MOST_WORDS = 12


class SynonymsError(YoujuError):
    """A pair, or a table of them, that cannot be used."""


class Problem(NamedTuple):
    """A line of a table that cannot be used, counted from 1; 0 is the table as a whole."""

    line: int
    text: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.text}" if self.line else self.text


class Table(NamedTuple):
    """Pairs by the everyday word as it was written, and the lines that hold none."""

    pairs: dict[str, tuple[str, ...]]
    problems: tuple[Problem, ...]


def read_table(path: Path) -> Table:
    """Read a table; what cannot be used is told line by line, and a missing file is empty."""
    try:
        size = path.stat().st_size
        if size > LARGEST:
            return Table({}, (Problem(0, f"{size} bytes, at most {LARGEST}: split the table"),))
        lines = path.read_text("utf-8-sig").splitlines()
    except FileNotFoundError:
        return Table({}, ())
    except UnicodeDecodeError:
        return Table({}, (Problem(0, "the table is not UTF-8 text: save it as UTF-8"),))
    except OSError as error:
        told = Problem(0, f"the table cannot be read ({error.strerror}): check its rights")
        return Table({}, (told,))
    pairs: dict[str, tuple[str, ...]] = {}
    problems = []
    for number, line in enumerate(lines, start=1):
        try:
            pair = read_pair(line)
            if pair is None:
                continue
            check_room(pairs, *pair)
        except SynonymsError as error:
            problems.append(Problem(number, str(error)))
        else:
            pairs[pair[0]] = pair[1]
    return Table(pairs, tuple(problems))


def check_room(pairs: Mapping[str, object], everyday: str, policy: tuple[str, ...]) -> None:
    """Raise SynonymsError where a table has the word already, or no room for another pair."""
    if everyday in pairs:
        raise SynonymsError(f"{everyday!r} stands in a line above: put its words into one line")
    if len(pairs) >= MOST_PAIRS:
        raise SynonymsError(f"over {MOST_PAIRS} pairs: remove some")


def read_pair(line: str) -> tuple[str, tuple[str, ...]] | None:
    """Return the pair of a line, or None for a blank one or a remark (#).

    Raises SynonymsError where it holds none.
    """
    if not line.strip() or line.lstrip().startswith("#"):
        return None
    everyday, tab, words = line.partition("\t")
    if not tab or "\t" in words.strip():
        raise SynonymsError(
            f"found {line.strip()[:40]!r}, expected an everyday word, a tab, and words of policy"
        )
    return checked_pair(everyday, words.split())


def checked_pair(everyday: str, policy: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    """Return a pair that can be used, without white space around its words.

    Raises SynonymsError for one that cannot.
    """
    everyday, words = everyday.strip(), tuple(dict.fromkeys(policy))
    if not words or len(words) > MOST_WORDS:
        raise SynonymsError(
            f"{everyday!r} has {len(words)} words of policy, expected 1 to {MOST_WORDS}"
        )
    for word in (everyday, *words):
        if not 2 <= len(fold_text(word)) <= LONGEST_WORD or "\t" in word or word.startswith("#"):
            found = word[:LONGEST_WORD]
            raise SynonymsError(
                f"{found!r} cannot be a word here, expected 2 to {LONGEST_WORD} characters"
            )
    return everyday, words


def unusable(table: Table) -> list[Remark]:
    """Return a remark where a table, or lines of it, cannot be used."""
    if not table.problems:
        return []
    first = table.problems[0]
    if not first.line:
        return [Remark("synonyms_table", (first.text,))]
    return [Remark("synonyms", (str(len(table.problems)), str(first.line), first.text))]
