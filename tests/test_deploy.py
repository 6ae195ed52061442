"""What is handed to those who run Youju as a service: unit, image, compose file, bundle."""

import configparser
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from commands.settings import read_settings

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
UNIT = DEPLOY / "youju.service"


def run(*command: object, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    words = [str(word) for word in command]
    given = os.environ | environment
    return subprocess.run(words, cwd=cwd, env=given, capture_output=True, text=True, timeout=60)


# --- the unit of systemd --------------------------------------------------------------------------


def test_the_unit_is_one_that_systemd_takes(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    unit = tmp_path / UNIT.name
    # The program itself is not where the unit expects it.
    text = UNIT.read_text(encoding="utf-8").replace("/opt/youju/bin/youju", "/bin/true")
    unit.write_text(text, encoding="utf-8")
    verified = run("systemd-analyze", "verify", unit)
    assert (verified.returncode, verified.stderr) == (0, "")


def test_the_unit_is_hardened() -> None:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(UNIT.read_text(encoding="utf-8"))
    service = dict(parser["Service"])
    assert (
        service.items()
        >= {
            "User": "youju",
            "ProtectSystem": "strict",
            "ProtectHome": "yes",
            "NoNewPrivileges": "yes",
            "CapabilityBoundingSet": "",
            "IPAddressDeny": "any",
            "IPAddressAllow": "localhost",
            "StateDirectory": "youju",
            "SystemCallFilter": "@system-service",
        }.items()
    )
    assert re.fullmatch(r"[0-9]+G", service["MemoryMax"])


def test_the_settings_that_come_with_it_are_known() -> None:
    settings = read_settings(DEPLOY / "youju.toml", {})
    assert settings.chosen["library.folder"].value == Path("/var/lib/youju/library")


# --- the image ------------------------------------------------------------------------------------


def instructions() -> list[tuple[str, str]]:
    """Each instruction of the Dockerfile with what follows it, lines joined."""
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines)).splitlines()
    return [(name, rest) for name, _, rest in (line.partition(" ") for line in joined)]


def test_the_image_is_built_in_two_stages_of_one_pinned_python() -> None:
    bases = [rest for name, rest in instructions() if name == "FROM"]
    assert [base.partition(" ")[2] for base in bases] == ["AS build", ""]
    (image,) = {base.partition(" ")[0] for base in bases}
    assert re.fullmatch(r"python:3\.1[1-9]\.[0-9]+-slim-[a-z]+", image)


def test_the_image_runs_as_nobody_and_asks_after_its_health() -> None:
    last = instructions()[-14:]
    named = dict(last)
    assert named["USER"] == "10001"
    assert "/healthz" in named["HEALTHCHECK"]
    assert named["ENTRYPOINT"] == '["youju"]'
    assert [name for name, _ in last].index("USER") > [name for name, _ in last].index("COPY")
    everything = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    assert "--constraint constraints.txt" in everything
    # Nothing secret is baked in, and nothing is fetched but by pip.
    assert not re.search(r"curl|wget|apt-get|ADD |KEY=|TOKEN=|PASSWORD=", everything)


def test_the_image_is_made_of_what_the_wheel_is_made_of() -> None:
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    let_in = {line[1:] for line in ignored if line.startswith("!")}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    shipped = set(project["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"])
    assert shipped | {"pyproject.toml", "constraints.txt", "README.md", "LICENSE"} == let_in
    assert ignored[1] == "*"


def test_hadolint_has_nothing_to_say() -> None:
    linted = run_tool("hadolint", DEPLOY / "Dockerfile")
    assert (linted.returncode, linted.stdout) == (0, "")


def run_tool(name: str, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a program that may have been installed beside the Python that runs this."""
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    if shutil.which(name, path=path) is None:
        pytest.skip(f"{name} is not installed")
    return run(name, *arguments, PATH=path, **environment)


# --- the compose file -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def compose() -> Any:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))


def test_the_services_are_pinned_watched_and_bounded(compose: Any) -> None:
    assert compose["services"].keys() == {"youju", "milvus", "etcd", "minio"}
    for name, service in compose["services"].items():
        assert re.fullmatch(r"(?:[a-z]+/)?[a-z]+:(?=.*[0-9])[\w.-]+", service["image"]), name
        assert "latest" not in service["image"]
        assert service["mem_limit"].endswith("g")
        assert "no-new-privileges:true" in service["security_opt"]
        assert name == "youju" or service["healthcheck"]["test"][0] == "CMD"


def test_only_this_machine_reaches_it_and_only_by_youju(compose: Any) -> None:
    ports = {name: service.get("ports", []) for name, service in compose["services"].items()}
    assert ports == {"youju": ["127.0.0.1:7860:7860"], "milvus": [], "etcd": [], "minio": []}
    assert compose["networks"]["back"] == {"internal": True}
    others = [service for name, service in compose["services"].items() if name != "youju"]
    assert all(service["networks"] == ["back"] for service in others)


def test_the_compose_file_is_whole(compose: Any) -> None:
    services = compose["services"]
    for name, service in services.items():
        assert set(service["networks"]) <= compose["networks"].keys()
        for volume in service["volumes"]:
            assert volume.partition(":")[0] in compose["volumes"]
        for needed, how in service.get("depends_on", {}).items():
            assert how == {"condition": "service_healthy"}, name
            assert "healthcheck" in services[needed]
    environment = services["youju"]["environment"]
    settings = read_settings(None, {"YOUJU_BACKEND": environment["YOUJU_BACKEND"]})
    assert settings.chosen["library.backend"].value == "milvus://milvus:19530"


def test_docker_compose_reads_the_file_and_asks_for_the_passwords() -> None:
    config = ("-f", DEPLOY / "compose.yaml", "config", "--quiet")
    names = ("MINIO_PASSWORD", "MILVUS_PASSWORD")
    read = run_tool("docker-compose", *config, **dict.fromkeys(names, "letters1"))
    assert (read.returncode, read.stdout, read.stderr) == (0, "", "")
    refused = run_tool("docker-compose", *config, **dict.fromkeys(names, ""))
    assert refused.returncode != 0
    for name in names:
        assert f"required variable {name} is missing a value: set {name}" in refused.stderr


def test_no_password_stands_in_the_compose_file(compose: Any) -> None:
    for service in compose["services"].values():
        for name, value in service["environment"].items():
            if re.search(r"PASSWORD|SECRET|TOKEN", name):
                assert re.search(r"\$\{[A-Z]+_PASSWORD:\?", value), name


# --- the bundle -----------------------------------------------------------------------------------


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A bundle whose only wheel is one that nothing is needed for."""
    folder = tmp_path / "bundle"
    (folder / "wheels").mkdir(parents=True)
    shutil.copy(DEPLOY / "install.sh", folder)
    wheel = folder / "wheels" / "youju-0.1.0-py3-none-any.whl"
    wheel.write_bytes(b"not yet")
    digest = hashlib.sha256(b"not yet").hexdigest()
    (folder / "SHA256SUMS").write_text(f"{digest}  wheels/{wheel.name}\n", encoding="ascii")
    return folder


def test_a_damaged_wheel_is_told_before_anything_is_made(bundle: Path, tmp_path: Path) -> None:
    next((bundle / "wheels").iterdir()).write_bytes(b"changed")
    done = run("sh", bundle / "install.sh", tmp_path / "into")
    assert done.returncode == 1
    assert "The archive is damaged" in done.stderr
    assert not (tmp_path / "into").exists()


def test_a_folder_of_something_else_is_left_alone(bundle: Path, tmp_path: Path) -> None:
    kept = tmp_path / "into" / "letter.txt"
    kept.parent.mkdir()
    kept.write_text("mine", encoding="ascii")
    done = run("sh", bundle / "install.sh", kept.parent)
    assert (done.returncode, "name another folder" in done.stderr) == (1, True)
    assert [path.name for path in kept.parent.iterdir()] == ["letter.txt"]


def test_the_scripts_ask_nothing_of_a_network() -> None:
    install = (DEPLOY / "install.sh").read_text(encoding="utf-8")
    assert "--no-index" in install
    assert not re.search(r"https?:|curl|wget|sudo|rm -", install)
    for script in ("bundle", "install.sh"):
        assert run("sh", "-n", DEPLOY / script).returncode == 0
        assert (DEPLOY / script).read_text(encoding="utf-8").startswith("#!/bin/sh\n")
