"""Everyday words, and the words that policy texts use for the same thing.

The table that comes with the program is `everyday.tsv`; a library may have one of its own beside
it, `synonyms.tsv` in its folder, in the same format: the everyday word, a tab, the words of
policy with spaces between them, the best first.
"""

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from corpus.errors import YoujuError
from corpus.fold import fold_text
from index.segment import cut
from retrieval.lexicon import Found, Lexicon
from retrieval.remarks import Remark

FILE = "synonyms.tsv"
LARGEST = 1 << 20
"""Bytes of a table."""
MOST_PAIRS = 10_000
LONGEST_WORD = 30
MOST_WORDS = 12

_BUILT_IN = Path(__file__).with_name("everyday.tsv")
_HEAD = """# 每行一对：日常说法，制表符（Tab），政策用语（多个用空格隔开，最贴切的写在最前）。
# One pair a line: the everyday word, a tab, and the words of policy.
"""


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


class Synonyms:
    """What the everyday words in a text mean in the words of policy."""

    def __init__(self, pairs: Mapping[str, tuple[str, ...]]) -> None:
        self._words: Lexicon[tuple[str, ...]] = Lexicon(
            {fold_text(everyday): policy for everyday, policy in pairs.items()}
        )

    def find(self, folded: str) -> Iterator[Found[tuple[str, ...]]]:
        """Yield the everyday words of a folded text; 上学 is none in 晚上学习."""
        ends: set[int] = set()

        def is_word(text: str, start: int, end: int) -> bool:
            if not ends:
                ends.update(_word_ends(text))
            return start in ends and end in ends

        return self._words.find(folded, is_word)

    def policy_words(self, text: str) -> list[str]:
        """Return the words of policy for the everyday words of `text`, each once, in order."""
        found = self.find(fold_text(text))
        return list(dict.fromkeys(word for each in found for word in each.value))

    def said_in_policy(self, folded: str) -> str:
        """Return a folded text with its everyday words replaced by the best ones of policy."""
        parts, at = [], 0
        for found in self.find(folded):
            parts += [folded[at : found.start], f" {found.value[0]} "]
            at = found.end
        return "".join([*parts, folded[at:]])


def _word_ends(text: str) -> Iterator[int]:
    at = 0
    yield at
    for word in cut(text):
        at += len(word)
        yield at


@cache
def built_in() -> Synonyms:
    """Return the table that comes with the program."""
    return Synonyms(built_in_pairs())


@cache
def built_in_pairs() -> dict[str, tuple[str, ...]]:
    """Return the pairs that come with the program."""
    return read_table(_BUILT_IN).pairs


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
            _check_room(pairs, *pair)
        except SynonymsError as error:
            problems.append(Problem(number, str(error)))
        else:
            pairs[pair[0]] = pair[1]
    return Table(pairs, tuple(problems))


def _check_room(pairs: Mapping[str, object], everyday: str, policy: tuple[str, ...]) -> None:
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


# --- the table of a library -------------------------------------------------------------------


class LibrarySynonyms:
    """The built-in pairs and those of a library's own file, which is read again when it changes."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        self._stamp: tuple[int, int] | None = None
        self._table = Table({}, ())
        self._synonyms = built_in()

    @property
    def table(self) -> Table:
        """The library's own pairs."""
        self._refresh()
        return self._table

    @property
    def synonyms(self) -> Synonyms:
        """All pairs; the library's own stand in place of built-in ones of the same word."""
        self._refresh()
        return self._synonyms

    def _refresh(self) -> None:
        stamp = _stamp(self.path)
        if stamp == self._stamp:
            return
        self._table = read_table(self.path)
        own = self._table.pairs
        self._synonyms = Synonyms({**built_in_pairs(), **own}) if own else built_in()
        self._stamp = stamp

    def add(self, everyday: str, policy: Iterable[str]) -> None:
        """Add words of policy for an everyday word, behind those that the file has for it.

        Raises SynonymsError for words that cannot be used, or a file that cannot be written to.
        """
        everyday, words = checked_pair(everyday, policy)
        table = self._writable()
        known = table.pairs.get(everyday, ())
        pair = checked_pair(everyday, (*known, *words))
        if not known:
            _check_room(table.pairs, *pair)
        line = f"{everyday}\t{' '.join(pair[1])}"
        kept = [one for one in self._lines() if not _is_of(one, everyday)]
        self._write([*kept, line])

    def remove(self, everyday: str) -> tuple[str, ...]:
        """Remove a pair; returns its words of policy. Raises SynonymsError where there is none."""
        everyday = everyday.strip()
        words = self._writable().pairs.get(everyday)
        if words is None:
            own = everyday not in built_in_pairs()
            found = "there is no pair for" if own else "the program's own table holds"
            what = "see `youju synonyms`" if own else "add a pair for it to use other words"
            raise SynonymsError(f"{found} {everyday!r}: {what}")
        self._write([one for one in self._lines() if not _is_of(one, everyday)])
        return words

    def _writable(self) -> Table:
        """The table as it is; one that could not be read as a whole is not written over."""
        table = self.table
        whole = next((problem for problem in table.problems if not problem.line), None)
        if whole:
            raise SynonymsError(f"{self.path}: {whole}")
        return table

    def _lines(self) -> list[str]:
        if not self.path.exists():
            return _HEAD.splitlines()
        return self.path.read_text("utf-8-sig").splitlines()

    def _write(self, lines: Iterable[str]) -> None:
        """Write the file whole or not at all."""
        handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=f".{FILE}-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.writelines(f"{line}\n" for line in lines)
            os.replace(name, self.path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise


def unusable(table: Table) -> list[Remark]:
    """Return a remark where a table, or lines of it, cannot be used."""
    if not table.problems:
        return []
    first = table.problems[0]
    if not first.line:
        return [Remark("synonyms_table", (first.text,))]
    return [Remark("synonyms", (str(len(table.problems)), str(first.line), first.text))]


def _is_of(line: str, everyday: str) -> bool:
    word, tab, _ = line.partition("\t")
    return bool(tab) and word.strip() == everyday


def _stamp(path: Path) -> tuple[int, int]:
    """What tells one state of a file from another; (0, 0) where there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return 0, 0
    return found.st_mtime_ns, found.st_size
