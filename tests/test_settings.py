"""Settings: the file, the environment over it, what is typed over both, and every mistake told."""

import argparse
from pathlib import Path

import pytest

import cli
from commands.known_settings import SETTINGS, Setting
from commands.settings import SettingsError, read_settings
from tests.conftest import Run

GOOD = """
[library]
folder = "shelf"
[serve]
port = 8080
mcp = true
[answers]
threshold = 0.4
[generator]
unsupported = "drop"
[log]
format = "json"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "youju.toml"
    path.write_text(GOOD, encoding="utf-8")
    return path


def parsed(file: Path | None, environment: dict[str, str], *typed: str) -> argparse.Namespace:
    return cli.parser(read_settings(file, environment)).parse_args(typed)


def test_the_file_is_the_default_of_the_commands_that_have_the_argument(file: Path) -> None:
    served = parsed(file, {}, "serve")
    assert (served.port, served.mcp, served.host) == (8080, True, "127.0.0.1")
    assert served.log_format == "json"
    assert served.library == file.parent / "shelf"
    asked = parsed(file, {}, "ask", "问题")
    assert (asked.threshold, asked.unsupported) == (0.4, "drop")


def test_the_environment_stands_over_the_file_and_what_is_typed_over_both(file: Path) -> None:
    environment = {"YOUJU_PORT": "8081", "YOUJU_MCP": "false", "YOUJU_LIBRARY": "/else"}
    served = parsed(file, environment, "serve")
    assert (served.port, served.mcp, served.library) == (8081, False, Path("/else"))
    typed = parsed(file, environment, "serve", "--port", "1", "--mcp", "--library", "here")
    assert (typed.port, typed.mcp, typed.library) == (1, True, Path("here"))
    assert parsed(file, {}, "serve", "--no-mcp").mcp is False


def test_a_variable_that_is_empty_says_nothing(file: Path) -> None:
    assert parsed(file, {"YOUJU_PORT": ""}, "serve").port == 8080


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text(
        'top = 1\n[serve]\nport = "80"\nhost = 3\nmcp = 1\nhots = "x"\n'
        '[answers]\nthreshold = 2\n[nothing]\na = 1\n[generator]\nkey = "k"\n'
        '[log]\nformat = "xml"\n',
        encoding="utf-8",
    )
    with pytest.raises(SettingsError) as found:
        read_settings(file, {"YOUJU_GENERATOR_TIMEOUT": "0"})
    sections = "expected one of library, serve, answers, generator, log"
    secrets = "keys and passwords go into the environment: YOUJU_GENERATOR_KEY, YOUJU_MILVUS_TOKEN"
    assert found.value.mistakes_told == [
        f"{file}: there is no section top, {sections}",
        f"{file}: serve.port is '80', expected a port from 1 to 65535",
        f"{file}: serve.host is 3, expected a text",
        f"{file}: serve.mcp is 1, expected true or false",
        f"{file}: there is no setting serve.hots, serve has host, port, mcp, metrics ({secrets})",
        f"{file}: answers.threshold is 2, expected a number from 0 to 1",
        f"{file}: there is no section nothing, {sections}",
        f"{file}: there is no setting generator.key, generator has url, model, timeout, "
        f"unsupported ({secrets})",
        f"{file}: log.format is 'xml', expected text or json",
        "YOUJU_GENERATOR_TIMEOUT is '0', expected a whole number above 0",
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"[serve", "is not TOML"),
        (b'[library]\nfolder = "\xff"', "is not TOML"),
        (None, "the settings cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(
    tmp_path: Path, content: bytes | None, told: str
) -> None:
    file = tmp_path / "youju.toml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(SettingsError, match=told):
        read_settings(None, {"YOUJU_CONFIG": str(file)})


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_is_an_argument_of_a_command(setting: Setting) -> None:
    held = {one.setting: one.commands for one in parsed(None, {}, "settings").held}
    assert held[setting]
    assert not set(held[setting]) & set(setting.not_of)


def test_help_tells_what_is_set(file: Path, youju: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_HOST", "0.0.0.0")
    told = " ".join(youju("--config", file, "serve", "--help").out.split())
    assert "now 8080, by" in told
    assert "now 0.0.0.0, by YOUJU_HOST" in told


def test_settings_shows_what_holds_and_what_gave_it(
    file: Path, youju: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YOUJU_GENERATOR_KEY", "hunter2")
    shown = youju("--config", file, "settings", "--json")
    rows = {row["name"]: (row["value"], row["origin"]) for row in shown.json["settings"]}
    assert shown.json["file"] == str(file)
    assert rows["serve.port"] == (8080, "file")
    assert rows["library.folder"][1] == "environment"
    assert rows["serve.host"] == ("127.0.0.1", "default")
    assert shown.json["secrets"]["YOUJU_GENERATOR_KEY"] is True
    lines = youju("--config", file, "settings").out
    assert "hunter2" not in shown.out + lines
    assert any(line.split()[:3] == ["serve.port", "8080", "file"] for line in lines.splitlines())


def test_a_mistake_stops_a_command_but_no_help(youju: Run, tmp_path: Path) -> None:
    missing = tmp_path / "missing.toml"
    assert youju("--config", missing, "--help").status == 0
    stopped = youju(f"--config={missing}", "list")
    assert (stopped.status, len(stopped.complaints)) == (1, 1)


def test_a_command_of_two_words_follows_the_file(file: Path, youju: Run) -> None:
    assert "eval draft" in youju("--config", file, "eval", "draft", "--help").out


def test_a_measurement_names_its_model_itself(tmp_path: Path) -> None:
    environment = {"YOUJU_MODEL": "e5-small"}
    assert parsed(None, environment, "search", "x").model == "e5-small"
    assert parsed(None, environment, "reencode").model is None
    assert parsed(None, environment, "eval").model is None
