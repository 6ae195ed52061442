"""What a screen of the page is: a tab that lays itself out, wires itself, and knows its labels."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from ui.access import SCOPE, AccessError, Viewer
from ui.desk import Desk
from ui.strings import Language

if TYPE_CHECKING:
    import gradio as gr


def viewer_of(request: "gr.Request") -> Viewer:
    """Return who sent a request, as the door told. Raises AccessError where no door did."""
    sent = request.request
    viewer = sent.scope.get(SCOPE) if sent is not None else None
    if not isinstance(viewer, Viewer):
        raise AccessError("a request came by another way than the door: nobody is known to ask")
    return viewer


class Label(NamedTuple):
    """A component whose words follow the language of the page, and its words in a language."""

    component: Any
    said: Callable[[Language], Any]


class Page(NamedTuple):
    """What screens share.

    `start` holds what the first screen shows before a question, `footer` the line at the foot:
    both follow from what the library holds, and are drawn anew when that changes. `arrivals` are
    what screens do when somebody opens the page: Gradio's `then`, by name. They run one after the
    other, behind the page's own drawing; of several at once the browser loses an answer now and
    then. `changes` are what they do when documents were added, in the same form.

    `desk` is that of the whole library: what a handler does for somebody, it does at the desk of
    who asks (`desk_of`).
    """

    desk: Desk
    language: "gr.State"
    tabs: "gr.Tabs"
    start: "gr.HTML"
    footer: "gr.HTML"
    arrivals: list[dict[str, Any]]
    changes: list[dict[str, Any]]

    def desk_of(self, request: "gr.Request") -> Desk:
        """Return the desk at which whoever sent a request may work."""
        return self.desk.for_viewer(viewer_of(request))


class Screen(Protocol):
    """One tab. It is laid out where it is made, inside its `gr.Tab`."""

    name: str
    """Its id in the page, and of its title in the strings: `tab.NAME`."""
    labels: Sequence[Label]
    """Drawn when the page arrives, which is when its language is known."""
    openers: Sequence["gr.HTML"]
    """Panels whose buttons open a document in the reader."""

    def wire(self, page: Page, tab: "gr.Tab") -> None:
        """Bind what the user does in it, and what happens when it is chosen."""
        ...
