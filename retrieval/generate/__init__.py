"""Answers in the words of a language model, each sentence checked against what it cites."""

from retrieval.generate.answering import Generated, GeneratedAnswer, Settings, generate_answer
from retrieval.generate.checking import Said
from retrieval.generate.errors import GeneratorError
from retrieval.generate.generator import Generator, Limits, Message
from retrieval.generate.opening import KEY, open_generator

__all__ = [
    "KEY",
    "Generated",
    "GeneratedAnswer",
    "Generator",
    "GeneratorError",
    "Limits",
    "Message",
    "Said",
    "Settings",
    "generate_answer",
    "open_generator",
]
