"""What the page can do with a question; every outcome comes back as HTML."""

import tempfile
from collections.abc import Iterator
from datetime import date
from itertools import count
from pathlib import Path
from typing import NamedTuple

from corpus import YoujuError
from corpus.markup import Html
from index import Library
from retrieval import Answer, Filters, Searcher
from ui import opinion, render, turns
from ui.answer_export import export, read_format
from ui.conversation import Conversation, Turn, take_turn
from ui.errors import explain
from ui.feedback import Feedback
from ui.remarks import remark_text
from ui.strings import Language, say
from ui.trail import trail_of, trail_view

NO_FILTERS = Filters()


class Said(NamedTuple):
    """What came of a question: the latest turn or why there is none, and the turns before it."""

    html: Html
    earlier: Html
    conversation: Conversation


class Asking:
    """Asks one library, and keeps what people thought of its answers."""

    def __init__(self, library: Library, searcher: Searcher) -> None:
        self.library = library
        self.searcher = searcher
        self.feedback = Feedback(library.folder)
        self._serials = count(1)

    def ask(
        self,
        question: str,
        language: Language,
        filters: Filters = NO_FILTERS,
        conversation: Conversation | None = None,
        leaning: bool = True,
    ) -> Said:
        """Answer a question, or say why not; a `leaning` one is understood with the one before."""
        before = conversation or Conversation()
        previous = before.latest.understood if before.latest and leaning else None
        try:
            if not self.library.documents():
                nothing = render.error(say(language, "empty.asked"))
                return self.unanswered(nothing, before, language)
            turn = take_turn(self.searcher, question, filters, previous)
            return self.shown(before.followed_by(turn), language)
        except YoujuError as error:
            return self.unanswered(render.error(explain(error, language)), before, language)

    def shown(self, conversation: Conversation, language: Language) -> Said:
        """The latest turn of a conversation in full, and those before it.

        Raises ValueError for a conversation without a turn, YoujuError where the library cannot
        be read.
        """
        turn = conversation.latest
        if turn is None:
            raise ValueError("found a conversation without a turn, expected its latest one")
        latest = turns.latest(turn, list(self._notices(turn.found, language)), language)
        return Said(latest, turns.earlier(conversation.without_latest, language), conversation)

    def unanswered(self, why: Html, before: Conversation, language: Language) -> Said:
        """Say why there is no turn; those before it are all there is."""
        return Said(why, turns.earlier(before, language), before)

    def _notices(self, found: Answer, language: Language) -> Iterator[Html]:
        """What was named and is not there, and whether all passages took part by meaning."""
        for remark in found.remarks:
            yield render.notice(remark_text(remark, language))
        if self.library.snapshot().vectors is None:
            yield render.notice(say(language, "notice.words_only"))
        elif found.pending:
            yield render.notice(say(language, "notice.pending", pending=found.pending))

    def trail(self, turn: Turn, language: Language) -> Html:
        """How the answer of a turn was found."""
        try:
            shown = trail_view(trail_of(self.searcher, turn), turn, language)
        except YoujuError as error:
            shown = render.error(explain(error, language))
        return turns.reply("trail", shown, next(self._serials))

    def rate(self, turn: Turn, verdict: str, remark: str, language: Language) -> Html:
        """Keep what somebody thought of the answer of a turn.

        Raises ValueError for a verdict that no button gives.
        """
        given = opinion.read_verdict(verdict)
        try:
            self.feedback.keep(opinion.opinion_of(turn, given, remark))
        except YoujuError as error:
            shown = opinion.refused(explain(error, language), given, remark, language)
        else:
            shown = opinion.kept(given, remark, language)
        return turns.reply("opinion", shown, next(self._serials))

    def save(self, turn: Turn, made: str, folder: Path, language: Language) -> Path:
        """Write the answer of a turn to a new file below `folder`.

        Raises ValueError for a format that no button names.
        """
        file = export(turn, read_format(made), date.today(), language)
        folder.mkdir(parents=True, exist_ok=True)
        path = Path(tempfile.mkdtemp(dir=folder)) / file.name
        path.write_bytes(file.content)
        return path
