"""Starting quickly leaves Python as it was, and Gradio's sources unread."""

import ast
import gc
import inspect
import json
import subprocess
import sys
from pathlib import Path

import pytest

from ui.starting import started_quickly

ROOT = Path(__file__).parents[1]
COUNTED = """
import ast, gc, inspect, json
from ui.starting import started_quickly
parsed, parse, getfile = [], ast.parse, inspect.getfile
ast.parse = lambda *given, **named: parsed.append(1) or parse(*given, **named)
with started_quickly():
    import gradio
print(json.dumps({
    "parsed": len(parsed),
    "frozen": gc.get_freeze_count(),
    "collects": gc.isenabled(),
    "undone": inspect.getfile is getfile,
    "file": inspect.getfile(gradio.Textbox).endswith("textbox.py"),
    "works": gradio.Textbox(label="x", render=False).label,
}))
"""


def test_the_components_of_gradio_are_not_parsed_at_the_start() -> None:
    told = json.loads(
        subprocess.run(
            [sys.executable, "-c", COUNTED], cwd=ROOT, capture_output=True, check=True, text=True
        ).stdout
    )
    assert told["parsed"] < 10  # a component each, and more, otherwise
    assert told["frozen"] > 100_000
    assert (told["collects"], told["undone"], told["file"], told["works"]) == (
        True,
        True,
        True,
        "x",
    )


def test_what_fails_at_the_start_leaves_python_as_it_was() -> None:
    getfile, before = inspect.getfile, gc.get_freeze_count()
    with pytest.raises(KeyError), started_quickly():
        raise KeyError
    assert gc.isenabled() and inspect.getfile is getfile
    assert gc.get_freeze_count() == before


def test_sources_of_others_are_found_meanwhile() -> None:
    try:
        with started_quickly():
            assert inspect.getfile(ast.NodeVisitor) == ast.__file__
    finally:
        gc.unfreeze()
