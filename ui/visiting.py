"""What the page shows at an address: when it is opened, and when somebody goes back."""

from collections.abc import Callable, Iterator, Sequence
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

from corpus import YoujuError
from corpus.markup import Html, element
from ui import render
from ui.address import FIRST, Address, AddressError, read_address
from ui.errors import explain
from ui.panel import PRIVATE, panel
from ui.reader import cannot_open
from ui.screen import Page, Shown
from ui.strings import Language

if TYPE_CHECKING:
    import gradio as gr


class Wanted(NamedTuple):
    """What of an address is not there yet: its screen open, what it asks, what is read."""

    tab: bool
    screen: bool
    reader: bool


def at_first(asked: Address) -> Wanted:
    """What is wanted of an address that the page is opened with."""
    return Wanted(asked.tab != FIRST, not asked.is_bare, True)


class Visiting:
    """Leads to the screen that an address names, and says where it names what is not there."""

    def __init__(self) -> None:
        self.said = panel("address", "go")
        self._serials = count(1)

    def wire(self, page: Page, reading: "gr.HTML") -> dict[str, Any]:
        """Bind going back; return what is done when the page is opened, as an arrival."""
        import gradio as gr

        states = {name: visit.state for name, visit in page.visits.items() if visit.state}

        def look(
            language: Language,
            request: gr.Request,
            kept: Sequence[Any],
            wanted: Callable[[Address], Wanted],
        ) -> Iterator[Shown]:
            try:
                asked = read_address(dict(request.query_params))
            except AddressError as error:
                line = explain(error, language)
                yield {self.said: self._arrived(line), reading: cannot_open(line, language)}
                return
            desk, is_wanted = page.desk_of(request), wanted(asked)
            if is_wanted.reader and asked.reading:
                yield {reading: desk.reading.visit(asked.reading, language)}
            # A screen that is chosen draws what it keeps: that is to be there by then. Each step
            # says again what those before it said, since of two at once the browser sees the last.
            chosen = {page.tabs: gr.Tabs(selected=asked.tab)} if is_wanted.tab else {}
            shown: Shown = {self.said: self._arrived(), **chosen}
            visit = page.visits.get(asked.tab) if is_wanted.screen else None
            held = dict(zip(states, kept, strict=True)).get(asked.tab)
            try:
                for step in visit.show(asked, desk, language, held) if visit else ({},):
                    shown = {**shown, **step}
                    yield shown
            except YoujuError as error:
                yield {**shown, self.said: self._arrived(explain(error, language))}

        def arrive(language: Language, request: gr.Request, *kept: Any) -> Iterator[Shown]:
            # Somebody may have begun to write, or gone on, where the address asks for nothing.
            yield from look(language, request, kept, at_first)

        def go(
            language: Language, event: gr.EventData, request: gr.Request, *kept: Any
        ) -> Iterator[Shown]:
            wanted = Wanted(True, not event.is_shown, not event.is_read)
            yield from look(language, request, kept, lambda _: wanted)

        waiting = [one for visit in page.visits.values() for one in visit.waiting]
        shown = [one for visit in page.visits.values() for one in visit.outputs]
        bound: dict[str, Any] = {
            "inputs": [page.language, *states.values()],
            "outputs": list(dict.fromkeys([self.said, page.tabs, reading, *shown])),
            "show_progress": "minimal",
            "show_progress_on": waiting,
            **PRIVATE,
        }
        self.said.go(go, trigger_mode="multiple", **bound)
        return {"fn": arrive, **bound}

    def _arrived(self, line: str | None = None) -> Html:
        """What there is to say; the number makes the browser see that it came."""
        said = render.error(line) if line else None
        return element("div", said, data_arrived=next(self._serials))
