"""The calls as endpoints of the page: for `gradio_client`, and for plain HTTP."""

import inspect
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from ui.api.calls import Calls
from ui.api.outward import Json

if TYPE_CHECKING:
    import gradio as gr

NAMES = ("search", "ask", "trace", "compare", "show")
"""All that is public."""

PREFIX = "/gradio_api/call/v2/"
"""Where a call is made by plain HTTP."""

AT_ONCE = 2
"""Calls that run at once: programs leave room for the people at the page."""


class Parameters(NamedTuple):
    """What a call takes, and what of it must be given."""

    known: tuple[str, ...]
    needed: tuple[str, ...]


def add_endpoints(calls_of: "Callable[[gr.Request], Calls]") -> None:
    """Make the calls part of the page that is being laid out; who asks decides what they find.

    They come before its screens: the first one of a name has it.
    """
    from gradio.events import api

    for name in NAMES:
        api(
            _endpoint(name, calls_of),
            api_name=name,
            api_description=inspect.getdoc(getattr(Calls, name)),
            concurrency_id="api",
            concurrency_limit=AT_ONCE,
        )


def _endpoint(name: str, calls_of: "Callable[[gr.Request], Calls]") -> Callable[..., Any]:
    """A function with the parameters of a call, and the request before them."""
    import gradio as gr

    def endpoint(request: gr.Request, *given: Any) -> Any:
        return getattr(calls_of(request), name)(*given)

    taken = _taken(name)
    request = inspect.Parameter("request", taken[0].kind, annotation=gr.Request)
    # Gradio reads both, to know what it passes and what it publishes.
    endpoint.__signature__ = inspect.Signature([request, *taken], return_annotation=Json)  # type: ignore[attr-defined]
    endpoint.__annotations__ = {one.name: one.annotation for one in (request, *taken)}
    endpoint.__annotations__["return"] = Json
    endpoint.__name__ = name
    return endpoint


def _taken(name: str) -> list[inspect.Parameter]:
    """The parameters of a call."""
    return list(inspect.signature(getattr(Calls, name)).parameters.values())[1:]


def parameters() -> Mapping[str, Parameters]:
    """Return what each call takes."""
    found = {}
    for name in NAMES:
        taken = _taken(name)
        needed = tuple(one.name for one in taken if one.default is one.empty)
        found[name] = Parameters(tuple(one.name for one in taken), needed)
    return found
