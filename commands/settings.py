"""Settings: a TOML file, the environment over it, and what is typed over both."""

import argparse
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple

from commands.known_settings import FOLDER, SECRETS, SETTINGS, Kind, Setting
from corpus import YoujuError

CONFIG = "YOUJU_CONFIG"
"""The environment variable that names the file, as `--config` does."""

_WRONG = (argparse.ArgumentTypeError, KeyError, ValueError)
"""What reading the text of a setting raises."""

Origin = Literal["file", "environment", "default"]


class SettingsError(YoujuError):
    """Settings that cannot be followed; every mistake has a line."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("; ".join(mistakes))
        self._mistakes = mistakes

    @property
    def mistakes_told(self) -> list[str]:
        """A line for each mistake."""
        return self._mistakes


class Chosen(NamedTuple):
    """The value of a setting, and what gave it."""

    value: Any
    origin: Origin


class Held(NamedTuple):
    """A setting as it holds, and the commands that it holds in."""

    setting: Setting
    chosen: Chosen
    commands: tuple[str, ...]


class Settings(NamedTuple):
    """What file and environment say, by the name of the setting."""

    file: Path | None = None
    chosen: Mapping[str, Chosen] = {}

    def apply_to(self, commands: Mapping[str, argparse.ArgumentParser]) -> tuple[Held, ...]:
        """Make what was chosen the default of each command that has the argument."""
        return tuple(self._applied(setting, commands) for setting in SETTINGS)

    def _applied(self, setting: Setting, commands: Mapping[str, argparse.ArgumentParser]) -> Held:
        having = {
            name: (command, action)
            for name, command in commands.items()
            if name not in setting.not_of
            for action in command._actions
            if action.dest == setting.dest and action.option_strings
        }
        usual = next((action.default for _, action in having.values()), None)
        chosen = self.chosen.get(setting.name)
        if chosen is not None:
            by = setting.variable if chosen.origin == "environment" else self.file
            told = f"now {chosen.value}, by {by}".replace("%", "%%")
            for command, action in having.values():
                command.set_defaults(**{setting.dest: chosen.value})
                action.help = f"{action.help or setting.meaning}; {told}"
        return Held(setting, chosen or Chosen(usual, "default"), tuple(having))

    def is_set(self, dest: str, value: Any) -> bool:
        """Whether the value of an argument is the one of file or environment, not a typed one."""
        found = next((self.chosen.get(s.name) for s in SETTINGS if s.dest == dest), None)
        return found is not None and found.value == value


def read_settings(file: Path | None, environment: Mapping[str, str]) -> Settings:
    """Read the file, if one is named here or in the environment, and the environment over it.

    Raises SettingsError with every mistake of both.
    """
    named = environment.get(CONFIG)
    file = file or (Path(named) if named else None)
    mistakes: list[str] = []
    chosen = _of_file(file, mistakes) if file else {}
    chosen |= _of_environment(environment, mistakes)
    if mistakes:
        raise SettingsError(mistakes)
    return Settings(file, chosen)


def _of_environment(environment: Mapping[str, str], mistakes: list[str]) -> dict[str, Chosen]:
    found = {}
    for setting in SETTINGS:
        written = environment.get(setting.variable)
        if written:
            try:
                found[setting.name] = Chosen(setting.kind.read(written), "environment")
            except _WRONG:
                mistakes.append(_unlike(setting.variable, written, setting.kind))
    return found


def _of_file(file: Path, mistakes: list[str]) -> dict[str, Chosen]:
    try:
        with file.open("rb") as opened:
            tables = tomllib.load(opened)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        mistakes.append(f"{file} is not TOML: {error}")
        return {}
    except OSError as error:
        mistakes.append(f"{file}: the settings cannot be read ({error.strerror})")
        return {}
    known = {setting.name: setting for setting in SETTINGS}
    found = {}
    for name, value in _named(tables):
        if name not in known:
            mistakes.append(f"{file}: {_unknown(name)}")
        elif (read := _value(value, known[name].kind, file)) is None:
            mistakes.append(f"{file}: {_unlike(name, value, known[name].kind)}")
        else:
            found[name] = Chosen(read, "file")
    return found


def _named(tables: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Each value of a file under SECTION.KEY; what stands in no section under its own name."""
    for section, table in tables.items():
        if not isinstance(table, dict):
            yield section, table
        else:
            yield from ((f"{section}.{key}", value) for key, value in table.items())


def _value(value: Any, kind: Kind, file: Path) -> Any:
    """A value of the file as it is read, None where it is of another kind."""
    if type(value) not in kind.types:
        return None
    try:
        read = kind.read(str(value))
    except _WRONG:
        return None
    # A service starts anywhere: what is near the file is meant.
    return file.parent.absolute() / read if kind is FOLDER else read


def _unknown(name: str) -> str:
    section, _, _ = name.partition(".")
    sections = list(dict.fromkeys(setting.name.partition(".")[0] for setting in SETTINGS))
    if section not in sections or section == name:
        return f"there is no section {section}, expected one of {', '.join(sections)}"
    keys = [s.name.partition(".")[2] for s in SETTINGS if s.name.startswith(f"{section}.")]
    secrets = f" (keys and passwords go into the environment: {', '.join(SECRETS)})"
    return f"there is no setting {name}, {section} has {', '.join(keys)}{secrets}"


def _unlike(name: str, value: Any, kind: Kind) -> str:
    return f"{name} is {value!r:.60}, expected {kind.expected}"
