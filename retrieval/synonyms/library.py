"""The table of a library, `synonyms.tsv` in its folder, beside the one of the program."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from retrieval.synonyms.table import SynonymsError, Table, check_room, checked_pair, read_table
from retrieval.synonyms.words import Synonyms, built_in, built_in_pairs

FILE = "synonyms.tsv"
_HEAD = """# 每行一对：日常说法，制表符（Tab），政策用语（多个用空格隔开，最贴切的写在最前）。
# One pair a line: the everyday word, a tab, and the words of policy.
"""


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
            check_room(table.pairs, *pair)
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
