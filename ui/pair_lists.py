"""The lists of documents and of versions to compare, each with what to know of it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from corpus import YoujuError
from corpus.markup import Html, element
from index import Library
from ui import pairs, render
from ui.address import NOTHING_ASKED
from ui.errors import explain
from ui.strings import Language, say

if TYPE_CHECKING:
    import gradio as gr


def dropdown(name: str) -> "gr.Dropdown":
    """A list to choose from. What is typed may also be a title that the list leaves out."""
    import gradio as gr

    return gr.Dropdown(
        label=say("zh", name), choices=[], value=None, allow_custom_value=True, filterable=True
    )


def offered(
    library: Library, language: Language, given: Mapping[str, str] = NOTHING_ASKED
) -> list[Any]:
    """The lists and what stands below them: first, second, hint; versions, hint.

    What an address has `given` is chosen in them, else what was chosen stays.
    """
    import gradio as gr

    try:
        documents, versions = pairs.documents(library), pairs.versions(library)
    except YoujuError as error:
        failure = render.error(explain(error, language))
        documents, versions, two_hint, versions_hint = [], [], failure, failure
    else:
        two_hint = hint(*_two_hints(len(documents), language))
        versions_hint = hint(say(language, "two.hint" if versions else "versions.none"))
    old, new = (
        gr.Dropdown(label=say(language, f"two.{name}"), choices=documents, **_value(given, name))
        for name in ("old", "new")
    )
    both = pairs.versions_of(given)
    chosen: dict[str, Any] = {"value": both} if both in {ids for _, ids in versions} else {}
    work = gr.Dropdown(label=say(language, "versions.label"), choices=versions, **chosen)
    return [old, new, two_hint, work, versions_hint]


def _value(given: Mapping[str, str], name: str) -> dict[str, Any]:
    """What is chosen in a list, as its argument; a list without it keeps what it has."""
    return {"value": given[name]} if name in given else {}


def _two_hints(count: int, language: Language) -> list[str]:
    if count == 1:
        return [say(language, "two.one")]
    many = [say(language, "two.many", most=count)] if count == pairs.MOST_CHOICES else []
    return [say(language, "two.hint"), *many]


def hint(*lines: str) -> Html:
    """Lines of what to know, below what they are about."""
    return element("div", *(element("p", line, class_="yj-hint") for line in lines))
