"""Tables that are taken away: the buttons that ask for one, and the way to the user's disk."""

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.markup import Html, element
from retrieval import Filters
from retrieval.tables import EXTENSIONS, Table, write_table
from ui.filtering import said
from ui.panel import QUIET
from ui.strings import Language, say

if TYPE_CHECKING:
    import gradio as gr

SAVE = "(file) => youju.save(file)"
"""What the browser does with the file that an event has made, if it has made one."""


def export_buttons(language: Language) -> Html:
    """A button for each format, which raises `export_table` with `data-format`."""
    buttons = (_button(extension, language) for extension in EXTENSIONS)
    name = say(language, "export.label")
    return element(
        "div", element("span", name), *buttons, class_="yj-export", role="group", aria_label=name
    )


def _button(extension: str, language: Language) -> Html:
    name = say(language, f"export.format{extension}")
    return element(
        "button",
        name,
        type="button",
        class_="yj-button",
        aria_label=say(language, "export.button_label", format=name),
        data_act="export_table",
        data_format=extension,
    )


def switch(language: Language) -> str:
    """What a table made here tells to choose, to include documents that no longer hold."""
    return say(language, "export.switch", name=say(language, "filters.superseded"))


def with_limits(table: Table, filters: Filters, language: Language) -> Table:
    """Return a table that says first what it was limited to; without filters it stays as it is."""
    if not filters:
        return table
    text = say(language, "answer_file.filters", filters=said(filters, language))
    return replace(table, notes=(text, *table.notes))


def file_to_save() -> "gr.DownloadButton":
    """Holds the file that an export has made, out of sight: `save_after` gives it to the user."""
    import gradio as gr

    return gr.DownloadButton(visible="hidden")


def save_after(made: Any, file: "gr.DownloadButton") -> None:
    """Save `file` on the user's side once the event has `made` it."""
    made.then(None, file, None, js=SAVE, **QUIET)


def written(table: Table, name: str, extension: str, folder: str) -> Path:
    """Return a new file below `folder`, called `name`, that holds the table.

    Raises TableError for a table that is too long for its format, ValueError for an extension
    that no button has.
    """
    if extension not in EXTENSIONS:
        raise ValueError(f"found {extension[:20]!r}, expected one of {', '.join(EXTENSIONS)}")
    Path(folder).mkdir(parents=True, exist_ok=True)
    path = Path(tempfile.mkdtemp(dir=folder)) / f"{name}{extension}"
    write_table(table, path)
    return path
