"""The calls as endpoints of the page: for `gradio_client`, and for plain HTTP."""

import inspect
from collections.abc import Mapping
from typing import NamedTuple

from ui.api.calls import Calls

NAMES = ("search", "ask", "trace", "compare", "show")
"""All that is public."""

AT_ONCE = 2
"""Calls that run at once: programs leave room for the people at the page."""


class Parameters(NamedTuple):
    """What a call takes, and what of it must be given."""

    known: tuple[str, ...]
    needed: tuple[str, ...]


def add_endpoints(calls: Calls) -> None:
    """Make the calls part of the page that is being laid out.

    They come before its screens: the first one of a name has it.
    """
    from gradio.events import api

    for name in NAMES:
        call = getattr(calls, name)
        api(
            call,
            api_name=name,
            api_description=inspect.getdoc(call),
            concurrency_id="api",
            concurrency_limit=AT_ONCE,
        )


def parameters() -> Mapping[str, Parameters]:
    """Return what each call takes."""
    found = {}
    for name in NAMES:
        taken = list(inspect.signature(getattr(Calls, name)).parameters.values())[1:]
        needed = tuple(one.name for one in taken if one.default is one.empty)
        found[name] = Parameters(tuple(one.name for one in taken), needed)
    return found
