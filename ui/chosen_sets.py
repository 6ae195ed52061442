"""What can be evaluated: the sets that come with Youju, those kept in the library, one uploaded."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from eval.configurations import Configuration, chosen, read_configurations
from eval.expected import CommittedSet, read_sets
from eval.sets import QuestionSet, SetError, read_set
from ui.labelling import Labelling
from ui.strings import WORDS, Language, say

UPLOADED = "uploaded"
_COMMITTED, _KEPT = "committed", "kept"
DEFAULT = "hybrid"
"""The configuration that is chosen at first."""

Choice = tuple[str, str]
"""What people read, and what is chosen."""


class Asked(NamedTuple):
    """What is to be run."""

    questions: QuestionSet
    configurations: Sequence[Configuration]


def uploaded(path: Path, drafts: bool = False) -> QuestionSet:
    """Read a question set that a browser sent, with its drafts where asked for, and delete it.

    Raises SetError, which does not name the place of the file.
    """
    try:
        return read_set(path, drafts=drafts)
    except SetError as error:
        raise SetError(Path(path.name), error.mistakes) from error
    finally:
        path.unlink(missing_ok=True)


def sets(labelling: Labelling, given: QuestionSet | None, language: Language) -> list[Choice]:
    """The sets to choose from; `given` is the one that was uploaded."""
    found = [
        (_named("measure.committed", name, name, language), f"{_COMMITTED} {name}")
        for name in _committed()
    ]
    found += [
        (say(language, "measure.kept", name=name), f"{_KEPT} {name}") for name in labelling.names()
    ]
    if given:
        found.append((say(language, "measure.uploaded", name=given.name), UPLOADED))
    return found


def configurations(language: Language) -> list[Choice]:
    """The configurations to choose from."""
    return [
        (f"{name} · {_named('configuration', name, one.about, language)}", name)
        for name, one in read_configurations().items()
    ]


def asked(
    labelling: Labelling, choice: str | None, names: Sequence[str], given: QuestionSet | None
) -> Asked | None:
    """Return what a choice of a set and of configurations means; None where no set is chosen.

    Raises SetError for a set that cannot be read, LabelError for a name that none can have, and
    ConfigurationError for a configuration that there is not.
    """
    found = chosen([name for name in names if name], read_configurations())
    where, _, name = (choice or "").partition(" ")
    if choice == UPLOADED and given:
        return Asked(given, found)
    if where == _KEPT:
        return Asked(labelling.question_set(name), found)
    committed = _committed().get(name) if where == _COMMITTED else None
    if committed is None:
        return None
    dated = [replace(one, day=one.day or committed.day) for one in found]
    return Asked(read_set(committed.path, committed.split), dated)


def _committed() -> dict[str, CommittedSet]:
    return {name: one for name, one in read_sets().items() if one.path.is_file()}


def _named(kind: str, name: str, otherwise: str, language: Language) -> str:
    """What a name from a file is called on the page; one that is not known keeps its own words."""
    return say(language, f"{kind}.{name}") if f"{kind}.{name}" in WORDS else otherwise
