"""The screen of comparing: one topic across documents, two documents, two versions."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from corpus import YoujuError
from corpus.markup import Html, element
from index import Library
from retrieval.compare import compare_topic
from retrieval.compare.shapes import topic_shape
from retrieval.compare.tables import comparison_table, topic_table
from retrieval.shapes import Json
from ui import pairs, render
from ui.changes_view import changes_view
from ui.comparing import WAITING, Kind, Outcome
from ui.errors import explain
from ui.panel import QUIET, panel
from ui.screen import Label, Page
from ui.strings import Language, say
from ui.topic_view import topic_view

if TYPE_CHECKING:
    import gradio as gr

TOPIC = Kind("topic", topic_view, topic_table, "各文件对照")
DOCUMENTS = Kind("two", changes_view, comparison_table, "两份文件对照")
VERSIONS = Kind("versions", changes_view, comparison_table, "新旧版本对照")


class CompareScreen:
    """Three ways to compare, each in a tab of its own with its own result."""

    name = "compare"

    def __init__(self) -> None:
        import gradio as gr

        with gr.Tabs(elem_id="yj-ways"):
            with gr.Tab(say("zh", "topic.tab"), id="topic") as topic_tab:
                self.topic = gr.Textbox(**_topic_words("zh"), lines=1, elem_id="yj-topic-asked")
                topic_hint, self.about = panel("topic-hint"), Outcome(TOPIC)
            with gr.Tab(say("zh", "two.tab"), id="two") as two_tab:
                with gr.Row(elem_id="yj-two"):
                    self.old, self.new = _dropdown("two.old"), _dropdown("two.new")
                    self.compare = gr.Button(say("zh", "two.button"), variant="primary", size="md")
                self.two_hint, self.two = panel("two-hint"), Outcome(DOCUMENTS)
            with gr.Tab(say("zh", "versions.tab"), id="versions") as versions_tab:
                with gr.Row(elem_id="yj-versions"):
                    self.work = _dropdown("versions.label")
                    self.renew = gr.Button(say("zh", "two.button"), variant="primary", size="md")
                self.versions_hint, self.renewed = panel("versions-hint"), Outcome(VERSIONS)
        self.outcomes = (self.about, self.two, self.renewed)
        self.openers: Sequence[gr.HTML] = [outcome.panel for outcome in self.outcomes]
        self.labels: Sequence[Label] = (
            Label(topic_tab, lambda language: gr.Tab(label=say(language, "topic.tab"))),
            Label(two_tab, lambda language: gr.Tab(label=say(language, "two.tab"))),
            Label(versions_tab, lambda language: gr.Tab(label=say(language, "versions.tab"))),
            Label(self.topic, lambda language: gr.Textbox(**_topic_words(language))),
            Label(topic_hint, lambda language: _hint(say(language, "topic.hint"))),
            *(Label(button, _compare_button) for button in (self.compare, self.renew)),
        )

    def wire(self, page: Page, tab: "gr.Tab") -> None:
        """Comparing in each way; the lists to choose from are drawn when the screen is chosen."""
        for outcome in self.outcomes:
            outcome.wire(page)
        self._wire_comparing(page)
        self._wire_choosing(page, tab)

    def _wire_comparing(self, page: Page) -> None:
        import gradio as gr

        Compared = tuple[Json | None, Html]

        def topic(asked: str, language: Language, request: gr.Request) -> Compared:
            desk = page.desk_of(request)
            return self.about.drawn(
                lambda: topic_shape(compare_topic(desk.searcher, asked)), desk, language
            )

        def two(
            old: str | None, new: str | None, language: Language, request: gr.Request
        ) -> Compared:
            if not old or not new:
                return None, render.notice(say(language, "two.choose"))
            desk = page.desk_of(request)
            return self.two.drawn(lambda: pairs.compared(desk.library, old, new), desk, language)

        def versions(chosen: str | None, language: Language, request: gr.Request) -> Compared:
            if not chosen:
                return None, render.notice(say(language, "versions.choose"))
            desk = page.desk_of(request)
            return self.renewed.drawn(
                lambda: pairs.compared_versions(desk.library, chosen), desk, language
            )

        language = page.language
        self.topic.submit(topic, [self.topic, language], self.about.shown, **WAITING)
        self.compare.click(two, [self.old, self.new, language], self.two.shown, **WAITING)
        self.renew.click(versions, [self.work, language], self.renewed.shown, **WAITING)

    def _wire_choosing(self, page: Page, tab: "gr.Tab") -> None:
        import gradio as gr

        outcomes = self.outcomes

        # The request comes before the shapes: there may be any number of these.
        def offer(language: Language, request: gr.Request, *shapes: Json | None) -> list[Any]:
            parts = _offered(page.desk_of(request).library, language)
            is_empty = not parts[0].choices
            states = (
                outcome.before(shape, is_empty, language)
                for outcome, shape in zip(outcomes, shapes, strict=True)
            )
            return [*parts, *(gr.skip() if state is None else state for state in states)]

        tab.select(
            offer,
            [page.language, *(outcome.kept for outcome in outcomes)],
            [self.old, self.new, self.two_hint, self.work, self.versions_hint, *self.openers],
            **QUIET,
        )


def _offered(library: Library, language: Language) -> list[Any]:
    """The lists of documents and of versions, each with what to know of it."""
    import gradio as gr

    try:
        documents, versions = pairs.documents(library), pairs.versions(library)
    except YoujuError as error:
        failure = render.error(explain(error, language))
        documents, versions, hint, versions_hint = [], [], failure, failure
    else:
        hint = _hint(*_two_hints(len(documents), language))
        versions_hint = _hint(say(language, "two.hint" if versions else "versions.none"))
    old, new = (
        gr.Dropdown(label=say(language, name), choices=documents) for name in ("two.old", "two.new")
    )
    work = gr.Dropdown(label=say(language, "versions.label"), choices=versions)
    return [old, new, hint, work, versions_hint]


def _two_hints(count: int, language: Language) -> list[str]:
    if count == 1:
        return [say(language, "two.one")]
    many = [say(language, "two.many", most=count)] if count == pairs.MOST_CHOICES else []
    return [say(language, "two.hint"), *many]


def _dropdown(name: str) -> "gr.Dropdown":
    """A list to choose from. What is typed may also be a title that the list leaves out."""
    import gradio as gr

    return gr.Dropdown(
        label=say("zh", name), choices=[], value=None, allow_custom_value=True, filterable=True
    )


def _hint(*lines: str) -> Html:
    return element("div", *(element("p", line, class_="yj-hint") for line in lines))


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
