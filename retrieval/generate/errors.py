"""Why a generator gave no answer: the message for people, and the remark that the answer gets."""

from corpus.errors import YoujuError
from retrieval.remarks import Remark


class GeneratorError(YoujuError):
    """A generator that cannot be had, or gave nothing that can be used.

    `remark` says the same to a reader of the answer, which is then quoted from the documents.
    """

    def __init__(self, message: str, kind: str = "generator_failed", *values: str) -> None:
        super().__init__(message)
        self.remark = Remark(kind, values)
