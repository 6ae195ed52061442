"""What a generator is, and how much of it is waited for and read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol


class Message(NamedTuple):
    """A part of what a model is told: its task, or the question with the passages."""

    role: Literal["system", "user"]
    content: str


class Generator(Protocol):
    """Writes an answer, piece by piece; a language model as a rule."""

    @property
    def name(self) -> str:
        """What a person calls it."""
        ...

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        """Yield the answer in pieces of any length. Raises GeneratorError where none comes."""
        ...


@dataclass(frozen=True, slots=True)
class Limits:
    """Where an answer is given up."""

    seconds: float = 120.0
    """From the question to the end of the answer: a small model on a laptop takes a minute."""
    tokens: int = 2048
    """What the endpoint is asked to write at most; models that think aloud need most of it."""
    characters: int = 8000
    """What is read of an answer, thoughts included."""
    response_bytes: int = 8 * 1024 * 1024
    """What is read from the network: a token comes in some 300 bytes."""
