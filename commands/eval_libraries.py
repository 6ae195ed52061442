"""The library that each configuration of `youju eval` is run over."""

import argparse
from collections.abc import Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING

from commands.opening import advise, backend_of

if TYPE_CHECKING:
    from eval.configurations import Configuration
    from eval.running import RunResult
    from eval.sets import QuestionSet
    from index import Library
    from index.report import Progress


class Libraries:
    """The library that was named, or one of the documents that a set brings; one an encoder."""

    def __init__(
        self,
        args: argparse.Namespace,
        questions: "QuestionSet",
        configurations: "Sequence[Configuration]",
        opened: ExitStack,
        progress: "Progress",
    ) -> None:
        self._args = args
        self._questions = questions
        self._configurations = configurations
        self._opened = opened
        self._progress = progress
        self._libraries: dict[str | None, Library] = {}

    def run(self, configuration: "Configuration") -> "RunResult":
        """Ask the questions in one configuration."""
        from eval.running import run

        return run(self._questions, self.of(configuration), configuration, self._progress)

    def of(self, configuration: "Configuration") -> "Library":
        """Return the library of a configuration's encoder, opened at the first call."""
        model = configuration.model
        if model not in self._libraries:
            self._libraries[model] = self._open(model)
        return self._libraries[model]

    def _open(self, model: str | None) -> "Library":
        from eval.brought import indexed
        from index import Library, default_folder

        opener = self._args.open_encoder
        if not self._questions.brought:
            folder = self._args.library or default_folder()
            library = Library(folder, opener, model, False, backend_of(self._args))
            advise(library)
            return library
        vectors = any(one.mode != "bm25" for one in self._configurations if one.model == model)
        lent = indexed(self._questions, opener, model, vectors, self._args.work, self._progress)
        return self._opened.enter_context(lent).library
