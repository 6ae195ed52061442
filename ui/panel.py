"""A stretch of the page that holds our own HTML, and tells what was clicked in it."""

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import gradio as gr

PRIVATE: dict[str, Any] = {"api_visibility": "private"}
"""Endpoints serve this page alone; none is part of a public interface."""

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
