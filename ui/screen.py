"""What a screen of the page is: a tab that lays itself out, wires itself, and knows its labels."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from ui.desk import Desk
from ui.strings import Language

if TYPE_CHECKING:
    import gradio as gr


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
    """

    desk: Desk
    language: "gr.State"
    tabs: "gr.Tabs"
    start: "gr.HTML"
    footer: "gr.HTML"
    arrivals: list[dict[str, Any]]
    changes: list[dict[str, Any]]


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
