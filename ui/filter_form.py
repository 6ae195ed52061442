"""The filters of a screen: a form of its own, which is sent with what is asked there."""

from collections.abc import Sequence
from itertools import count
from typing import Any

from corpus import YoujuError
from corpus.markup import NOTHING, Html, element
from index import Library
from retrieval import Filters, standings
from ui.desk import Desk
from ui.filtering import form, read_form, values_of
from ui.panel import QUIET, panel
from ui.screen import Drawing, Page
from ui.strings import Language

NO_FILTERS = Filters()
_SERIALS = count(1)


class FilterForm:
    """The filters of one screen, among the values that the library has."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.panel = panel(name)

    def sent(self, inputs: Sequence[Any]) -> dict[str, Any]:
        """What binds an event whose second input is the panel: what is chosen is sent for it."""
        return {"js": f"(...values) => youju.filters.sent('{self._name}', {len(inputs)}, values)"}

    def wire(self, page: Page) -> None:
        """The form is drawn when the page arrives, and follows the library."""
        import gradio as gr

        def renew(language: Language, chosen: str, request: gr.Request) -> Html:
            return filters_form(page.desk_of(request).library, read_form(chosen), language)

        inputs = [page.language, self.panel]

        def draw(desk: Desk, language: Language) -> list[Html]:
            return [filters_form(desk.library, NO_FILTERS, language)]

        page.drawings.append(Drawing([self.panel], draw))
        page.changes.append(
            {"fn": renew, "inputs": inputs, "outputs": self.panel, **self.sent(inputs), **QUIET}
        )


def filters_form(library: Library, filters: Filters, language: Language) -> Html:
    """The filters that a library has values for; nothing where it cannot be read."""
    try:
        values = values_of(standings(library).values())
    except YoujuError:
        # The start of the page meets the same error, where the user sees it.
        return NOTHING
    # What somebody has chosen in the form is nowhere in its HTML: the number has it drawn anew.
    return element("div", form(values, filters, language), data_serial=next(_SERIALS))
