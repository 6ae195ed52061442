"""Starting a server quickly: without what Python and Gradio do for others at every start."""

import gc
import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def started_quickly() -> Iterator[None]:
    """Import Gradio and build a page within this: two seconds sooner on a laptop.

    What is made here is there until the end. Python would look through it for garbage again and
    again, while it is made and whenever much was allocated later, a quarter of a second each time
    (the `gc` module's own advice for servers is what is done here).
    """
    gc.disable()
    try:
        with _without_stubs():
            yield
        gc.freeze()
    finally:
        gc.enable()


@contextmanager
def _without_stubs() -> Iterator[None]:
    """Let Gradio believe that its components have no source file.

    At every import it would parse the source of each component, and write beside it what editors
    show of its events (`gradio.component_meta.create_or_modify_pyi`): a second, for nobody.
    """
    module: Any = inspect
    getfile = inspect.getfile

    def without(of: Any) -> str:
        if isinstance(of, type) and of.__module__.startswith("gradio."):
            raise OSError("not looked for")
        return getfile(of)

    module.getfile = without
    try:
        yield
    finally:
        module.getfile = getfile
