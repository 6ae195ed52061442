"""A stretch of the page that holds our own HTML, and tells what was clicked in it."""

import json
from itertools import count
from typing import TYPE_CHECKING, Any

from corpus.markup import Html, element

if TYPE_CHECKING:
    import gradio as gr

PRIVATE: dict[str, Any] = {"api_visibility": "private"}
"""Endpoints serve this page alone; none is part of a public interface."""

_SERIALS = count(1)

QUIET: dict[str, Any] = {**PRIVATE, "show_progress": "hidden"}


def panel(name: str, *events: str) -> "gr.HTML":
    """An empty panel `#yj-name`; each event is raised by a button with this `data-act`.

    An event is bound like any other of Gradio's, `panel.open_document(…)`, and its handler finds
    the button's data in `gr.EventData`.
    """
    import gradio as gr

    return gr.HTML(
        elem_id=f"yj-{name}",
        apply_default_css=False,
        js_on_load=f"youju.panel(element, trigger, watch, {json.dumps(events)})",
    )


def raises(event: str) -> Html:
    """What raises an event of the panel that it is put in, once it and all beside it is drawn."""
    return element("span", hidden=True, data_raise=event, data_serial=next(_SERIALS))
