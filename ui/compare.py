"""The screen of comparing: one topic across documents, two documents, two versions."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from corpus import YoujuError
from corpus.markup import NOTHING
from retrieval.compare import compare_topic
from retrieval.compare.shapes import topic_shape
from retrieval.compare.tables import comparison_table, topic_table
from retrieval.shapes import Json
from retrieval.tables import Table
from ui import pairs, render
from ui.address import Address, address
from ui.changes_view import changes_view
from ui.comparing import WAITING, Asked, Drawn, Kind, Outcome
from ui.desk import Desk
from ui.downloads import switch
from ui.errors import explain
from ui.filter_form import FilterForm, filters_form
from ui.filtering import chosen_values, filters_in, read_form
from ui.pair_lists import dropdown, hint, offered
from ui.panel import QUIET, panel
from ui.screen import Label, Page, Shown, Visit
from ui.strings import Language, say
from ui.topic_view import topic_view

if TYPE_CHECKING:
    import gradio as gr


def _topic_table(shape: Json, language: Language) -> Table:
    return topic_table(shape, switch(language))


def _changes_table(shape: Json, _: Language) -> Table:
    return comparison_table(shape)


KINDS = {
    "topic": Kind("topic", topic_view, _topic_table, "各文件对照"),
    "two": Kind("two", changes_view, _changes_table, "两份文件对照"),
    "versions": Kind("versions", changes_view, _changes_table, "新旧版本对照"),
}
NEEDED = {"topic": ("topic",), "two": ("old", "new"), "versions": ("old", "new")}
"""What each way compares, as an address names it."""


class CompareScreen:
    """Three ways to compare, each in a tab of its own with its own result."""

    name = "compare"

    def __init__(self) -> None:
        import gradio as gr

        with gr.Tabs(elem_id="yj-ways") as self.ways:
            with gr.Tab(say("zh", "topic.tab"), id="topic") as topic_tab:
                self.topic = gr.Textbox(**_topic_words("zh"), lines=1, elem_id="yj-topic-asked")
                self.filters = FilterForm("topic-filters")
                topic_hint, about = panel("topic-hint"), Outcome(KINDS["topic"])
            with gr.Tab(say("zh", "two.tab"), id="two") as two_tab:
                with gr.Row(elem_id="yj-two"):
                    self.old, self.new = dropdown("two.old"), dropdown("two.new")
                    self.compare = gr.Button(say("zh", "two.button"), variant="primary", size="md")
                self.two_hint, two = panel("two-hint"), Outcome(KINDS["two"])
            with gr.Tab(say("zh", "versions.tab"), id="versions") as versions_tab:
                with gr.Row(elem_id="yj-versions"):
                    self.work = dropdown("versions.label")
                    self.renew = gr.Button(say("zh", "two.button"), variant="primary", size="md")
                self.versions_hint, renewed = panel("versions-hint"), Outcome(KINDS["versions"])
        self.tabs = {"topic": topic_tab, "two": two_tab, "versions": versions_tab}
        self.outcomes = {"topic": about, "two": two, "versions": renewed}
        self.openers: Sequence[gr.HTML] = [one.panel for one in self.outcomes.values()]
        self.labels: Sequence[Label] = (
            *(Label(tab, _way_label(way)) for way, tab in self.tabs.items()),
            Label(self.topic, lambda language: gr.Textbox(**_topic_words(language))),
            Label(topic_hint, lambda language: hint(say(language, "topic.hint"))),
            *(Label(button, _compare_button) for button in (self.compare, self.renew)),
        )

    @property
    def _lists(self) -> list[Any]:
        """What `offered` gives."""
        return [self.old, self.new, self.two_hint, self.work, self.versions_hint]

    def wire(self, page: Page, tab: "gr.Tab") -> None:
        """Comparing in each way; the lists to choose from are drawn when the screen is chosen."""
        for outcome in self.outcomes.values():
            outcome.wire(page)
        self.filters.wire(page)
        page.add_ways(self.name, self.tabs)
        self._wire_comparing(page)
        self._wire_choosing(page, tab)
        results = [one for outcome in self.outcomes.values() for one in outcome.shown]
        outputs = [self.ways, self.topic, self.filters.panel, *self._lists, *results]
        page.visits[self.name] = Visit(self._visit, outputs, waiting=self.openers)

    def _wire_comparing(self, page: Page) -> None:
        import gradio as gr

        def topic(asked: str, chosen: str, language: Language, request: gr.Request) -> Drawn:
            try:
                filters = chosen_values(read_form(chosen))
            except YoujuError as error:
                return None, render.error(explain(error, language))
            given = {"topic": asked, **filters}
            return self._compared("topic", given, page.desk_of(request), language)

        def two(old: str | None, new: str | None, language: Language, request: gr.Request) -> Drawn:
            given = {"old": old or "", "new": new or ""}
            return self._compared("two", given, page.desk_of(request), language)

        def versions(chosen: str | None, language: Language, request: gr.Request) -> Drawn:
            given = pairs.of_versions(chosen or "")
            return self._compared("versions", given, page.desk_of(request), language)

        language, shown = page.language, {way: one.shown for way, one in self.outcomes.items()}
        asked = [self.topic, self.filters.panel, language]
        self.topic.submit(topic, asked, shown["topic"], **WAITING, **self.filters.sent(asked))
        self.compare.click(two, [self.old, self.new, language], shown["two"], **WAITING)
        self.renew.click(versions, [self.work, language], shown["versions"], **WAITING)

    def _compared(
        self, way: str, given: Mapping[str, str], desk: Desk, language: Language
    ) -> Drawn:
        """What comes of comparing in a way what an address, or the screen, gives for it."""
        filters = filters_in(given)
        if not all(given.get(name, "").strip() for name in NEEDED[way]):
            return None, render.notice(say(language, f"{way}.choose"))
        asked = Asked(address(self.name, given, way), filters)

        def compare() -> Any:
            if way == "topic":
                return topic_shape(compare_topic(desk.searcher, given["topic"], filters))
            return pairs.compared(desk.library, given["old"], given["new"])

        return self.outcomes[way].drawn(compare, desk, language, asked)

    def _wire_choosing(self, page: Page, tab: "gr.Tab") -> None:
        import gradio as gr

        outcomes = self.outcomes.values()

        # The request comes before what is kept: there may be any number of these.
        def offer(language: Language, request: gr.Request, *kept: Any) -> list[Any]:
            lists = offered(page.desk_of(request).library, language)
            is_empty = not lists[0].choices
            told = (
                outcome.before(one, is_empty, language)
                for outcome, one in zip(outcomes, kept, strict=True)
            )
            states = [one for drawn in told for one in drawn or (gr.skip(), gr.skip())]
            return [*lists, *states]

        kept = [outcome.kept for outcome in outcomes]
        shown = [one for outcome in outcomes for one in outcome.shown]
        tab.select(offer, [page.language, *kept], [*self._lists, *shown], **QUIET)

    def _visit(self, asked: Address, desk: Desk, language: Language, _: None) -> Iterator[Shown]:
        """Compare what the address says, where it says enough."""
        import gradio as gr

        given, way = asked.values, asked.way
        form = filters_form(desk.library, filters_in(given), language)
        chosen = {self.topic: given.get("topic", ""), self.filters.panel: form}
        lists = dict(zip(self._lists, offered(desk.library, language, given), strict=True))
        yield {self.ways: gr.Tabs(selected=way), **chosen, **lists}
        is_asked = given.keys() >= set(NEEDED[way])
        drawn = self._compared(way, given, desk, language) if is_asked else (None, NOTHING)
        yield dict(zip(self.outcomes[way].shown, drawn, strict=True))


def _way_label(way: str) -> Callable[[Language], Any]:
    import gradio as gr

    return lambda language: gr.Tab(label=say(language, f"{way}.tab"))


def _compare_button(language: Language) -> Any:
    import gradio as gr

    return gr.Button(say(language, "two.button"))


def _topic_words(language: Language) -> dict[str, Any]:
    """What the box for the topic says."""
    return {
        "label": say(language, "topic.label"),
        "placeholder": say(language, "topic.placeholder"),
        "submit_btn": say(language, "topic.button"),
    }
