"""The screen of evaluation: measure a question set, and make one by labelling."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ui.address import Address
from ui.desk import Desk
from ui.label import Labels
from ui.measure import Measure
from ui.screen import Label, Page, Shown, Visit
from ui.strings import Language, say

if TYPE_CHECKING:
    import gradio as gr


class EvaluateScreen:
    """Two parts, each in a tab of its own."""

    name = "evaluate"

    def __init__(self) -> None:
        import gradio as gr

        with gr.Tabs(elem_id="yj-evaluation") as self.parts:
            with gr.Tab(say("zh", "measure.tab"), id="measure") as self.measure_tab:
                self.measure = Measure()
            with gr.Tab(say("zh", "label.tab"), id="label") as self.label_tab:
                self.labelling = Labels()
        self.labels: Sequence[Label] = (
            Label(self.measure_tab, lambda lang: gr.Tab(label=say(lang, "measure.tab"))),
            Label(self.label_tab, lambda lang: gr.Tab(label=say(lang, "label.tab"))),
            *self.measure.labels,
            *self.labelling.labels,
        )
        self.openers: Sequence[gr.HTML] = (*self.measure.openers, *self.labelling.openers)

    def wire(self, page: Page, tab: "gr.Tab") -> None:
        """Measuring and labelling, each where its own tab is chosen."""
        self.measure.wire(page, self.measure_tab)
        self.labelling.wire(page, self.label_tab)
        page.add_ways(self.name, {"measure": self.measure_tab, "label": self.label_tab})
        page.visits[self.name] = Visit(self._visit, [self.parts, *self.measure.lists])

    def _visit(self, asked: Address, desk: Desk, language: Language, _: None) -> Iterator[Shown]:
        import gradio as gr

        yield {self.parts: gr.Tabs(selected=asked.way)}
        yield from self.measure.visit(asked, desk, language)
