"""What a clause lays down, each fact with the place that says it."""

from typing import Literal, NamedTuple

from corpus.spans import Span, Stated

Comparison = Literal["=", ">=", "<=", ">", "<", "~", "+", "-"]
"""How a figure is meant: exact, at least (以上), at most (以内), about (左右), a rise, a fall."""

Duty = Literal["must", "must_not", "may", "encouraged"]
"""应当、必须; 不得、严禁; 可以; 鼓励、支持."""


class Units(NamedTuple):
    """Who carries a clause out, as the clause names them (牵头, 责任, 配合单位)."""

    lead: tuple[Stated, ...] = ()
    responsible: tuple[Stated, ...] = ()
    support: tuple[Stated, ...] = ()


class Figure(NamedTuple):
    """A quantity that a clause sets: 到2025年……毛入学率达到95%以上.

    `value` and `upper` (of a range) are decimal numbers as text, `unit` is as written; `span`
    runs from the number to the end of its unit.
    """

    span: Span
    value: str
    unit: str
    comparison: Comparison = "="
    upper: str | None = None
    indicator: Stated | None = None
    deadline: Stated | None = None


class Obligation(NamedTuple):
    """A word that binds, forbids, permits or encourages, as written."""

    duty: Duty
    word: Stated


class Reference(NamedTuple):
    """A document or a clause that is pointed at: 《义务教育法》第十二条第二款, 本办法第五条.

    `title` and `number` are None where the clause points into its own document; `address` is
    None where the document is meant as a whole.
    """

    span: Span
    title: str | None = None
    number: str | None = None
    address: str | None = None


class MissingFigure(NamedTuple):
    """A place where the source leaves a number out: 每年建设 个. `span` covers gap and unit."""

    span: Span
    unit: str
    indicator: Stated | None = None


class Facts(NamedTuple):
    """The facts of one clause in reading order."""

    figures: tuple[Figure, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    references: tuple[Reference, ...] = ()
    missing: tuple[MissingFigure, ...] = ()


NO_UNITS = Units()
NO_FACTS = Facts()
