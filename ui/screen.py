"""What a screen of the page is: a tab that lays itself out, wires itself, and knows its labels."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from ui.access import SCOPE, AccessError, Viewer
from ui.address import Address
from ui.desk import Desk
from ui.panel import QUIET
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


class Drawing(NamedTuple):
    """Components that follow from who asks and from the library, and what they hold at first."""

    components: Sequence[Any]
    drawn: Callable[[Desk, Language], Sequence[Any]]


Shown = Mapping[Any, Any]
"""What components hold from now on."""


class Visit(NamedTuple):
    """How a screen shows what an address asks of it.

    `show` takes the address, the desk, the language and what `state` holds, and yields what it
    has to show step by step; it changes nothing that is kept. What a visitor came back to and an
    address that asks nothing leaves the screen as it was at first.
    """

    show: Callable[[Address, Desk, Language, Any], Iterator[Shown]]
    outputs: Sequence[Any]
    state: "gr.State | None" = None
    waiting: Sequence[Any] = ()
    """Components that say meanwhile that something comes."""


class Page(NamedTuple):
    """What screens share.

    `start` holds what the first screen shows before a question, `footer` the line at the foot:
    both follow from what the library holds, and are drawn anew when that changes. `drawings` are
    drawn with the page when somebody opens it; then the screen of `visits` that its address names
    shows what it asks. `arrivals` are what screens do after that: Gradio's `then`, by name. They
    run one after the other; of several at once the browser loses an answer now and then.
    `changes` are what screens do when documents were added, in the same form.

    `desk` is that of the whole library: what a handler does for somebody, it does at the desk of
    who asks (`desk_of`).
    """

    desk: Desk
    language: "gr.State"
    tabs: "gr.Tabs"
    start: "gr.HTML"
    footer: "gr.HTML"
    drawings: list[Drawing]
    visits: dict[str, Visit]
    arrivals: list[dict[str, Any]]
    changes: list[dict[str, Any]]

    def add_ways(self, screen: str, tabs: Mapping[str, "gr.Tab"]) -> None:
        """Let the address name the part of a screen that is open; the first one has no name."""
        for place, (way, tab) in enumerate(tabs.items()):
            named = way if place else ""
            js = f"() => youju.address.openPart('{screen}', '{named}')"
            tab.select(None, None, None, js=js, **QUIET)

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
