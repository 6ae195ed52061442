"""HTML of an adding: how far each stage and each file has come, and how it ended."""

from collections.abc import Iterator

from corpus.markup import Html, element, join
from ui import render, shelf
from ui.adding import OUTCOMES, FileState, Look
from ui.errors import explain
from ui.strings import Language, say

STAGES = ("read", "words", "similar", "vectors")
BEFORE, AFTER = 3, 6
"""Files shown before and after the one that is being read."""
NAMED = 8


def adding(look: Look, language: Language) -> Html:
    """What the page shows of an adding: its progress, or its end."""
    return _progress(look, language) if look.running else ended(look, language)


def _progress(look: Look, language: Language) -> Html:
    stages = STAGES if look.files else ("vectors",)
    name = "add.stopping" if look.stopping else "add.keep"
    stop = element(
        "button",
        say(language, "add.cancel"),
        type="button",
        class_="yj-button",
        data_act="cancel_adding",
        disabled=look.stopping,
    )
    return element(
        "section",
        element("h2", say(language, "add.label")),
        element("ol", *(_stage(stage, look, language) for stage in stages), class_="yj-stages"),
        element("ul", *_files(look, language), class_="yj-adding-files") if look.files else None,
        element("div", element("p", say(language, name), role="status"), stop),
        class_="yj-adding",
    )


def _stage(stage: str, look: Look, language: Language) -> Html:
    """A stage with its bar: full when it is past, empty before it begins."""
    here, at = STAGES.index(stage), STAGES.index(look.stage)
    is_now = here == at
    done, total = (look.done, look.total) if is_now else (int(here < at), 1)
    said = say(language, f"add.stage.{stage}")
    count = f"{done} / {total}" if is_now and total > 1 else ""
    bar = element("progress", value=done, max=max(total, 1), aria_label=said)
    return element(
        "li",
        element("span", said),
        bar,
        element("span", count, class_="yj-count"),
        aria_current="step" if is_now else None,
    )


def _files(look: Look, language: Language) -> Iterator[Html]:
    """The file that is being read, with some before and after it."""
    at = next((n for n, file in enumerate(look.files) if file.state != "done"), len(look.files))
    first, last = max(0, at - BEFORE), at + 1 + AFTER
    if first:
        yield element("li", say(language, "add.files_before", count=first), class_="yj-read")
    for file in look.files[first:last]:
        yield _file(file, language)
    more = len(look.files) - last
    if more > 0:
        yield element("li", say(language, "add.files_after", count=more), class_="yj-read")


def _file(file: FileState, language: Language) -> Html:
    found = [(name, n) for name, n in zip(OUTCOMES, file.counts, strict=True) if n]
    said = [say(language, f"add.file.{file.state}")] if file.state != "done" or not found else []
    if sum(file.counts) == 1 and file.state == "done":
        said += [say(language, f"report.{name}") for name, _ in found]
    else:
        said += [
            say(language, "report.summary", count=n, outcome=say(language, f"report.{name}"))
            for name, n in found
        ]
    kind = "failed" if found == [("failed", 1)] else file.state
    return element(
        "li",
        element("span", " · ".join(said), class_=f"yj-outcome yj-{kind}"),
        element("span", file.name),
    )


def ended(look: Look, language: Language) -> Html:
    """What became of each file; why it ended early, and what is left out."""
    parts: list[Html] = []
    if look.error is not None:
        parts.append(render.error(explain(look.error, language)))
    left_out = look.report.left_out
    if left_out:
        named = "、".join(name.rsplit("/", 1)[-1] for name in left_out[:NAMED])
        more = "……" if len(left_out) > NAMED else ""
        said = say(language, "add.cancelled", count=len(left_out), names=named + more)
        parts.append(_unfinished(said))
    elif look.stopping:
        parts.append(_unfinished(say(language, "add.halted")))
    if any(any(file.counts) for file in look.files):
        parts.append(shelf.report_of(look.report, language))
    elif not parts:
        parts.append(render.notice(say(language, "add.completed")))
    return join(parts)


def _unfinished(text: str) -> Html:
    """What is left to do; only this is drawn as a warning, what was done is not."""
    return element("p", text, class_="yj-notice yj-unfinished", role="status")
