"""An answer in a model's words: what extraction found, said anew, checked, or quoted after all."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from time import perf_counter
from typing import Literal

from corpus.fold import fold_text
from retrieval.answer import Answer, Citation, Sentence, answer_from
from retrieval.confidence import THRESHOLD
from retrieval.evidence import CLAUSES_READ
from retrieval.filters import Filters
from retrieval.generate.checking import Said, Verify, check_stream
from retrieval.generate.deadline import within
from retrieval.generate.errors import GeneratorError
from retrieval.generate.generator import Generator, Limits
from retrieval.generate.passages import choose_passages
from retrieval.generate.prompt import DECLINED, messages_for
from retrieval.generate.stream import bounded, split_stream, without_thoughts
from retrieval.ranking import Mode
from retrieval.remarks import Remark
from retrieval.search import Searcher
from retrieval.verify import VERDICTS, verify

Unsupported = Literal["mark", "drop"]
"""What becomes of a sentence that what it cites does not carry."""

MOST_SENTENCES = 20
"""Of an answer; a model that says more has lost its thread."""
MOST_REPEATED = 3
"""Sentences said again, after which a model goes in circles and is not listened to further."""

_NO_CLAIM = "没有可以核对的内容"
_REPEATED = "与前面的一句重复"


@dataclass(slots=True)
class Generated:
    """What a model made of a question.

    `sentences` are those of the answer; `dropped` is what it said besides; `failure` says in one
    line why the answer is quoted from the documents instead, in which case all were dropped.
    """

    model: str
    sentences: list[Said] = field(default_factory=list)
    dropped: list[Said] = field(default_factory=list)
    failure: str | None = None


@dataclass(slots=True)
class GeneratedAnswer(Answer):
    """An answer, and what a model made of it; None where no model was asked."""

    generated: Generated | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """How a model's answer is made and checked."""

    unsupported: Unsupported = "mark"
    limits: Limits = field(default_factory=Limits)
    verify: Verify = verify
    threshold: float = THRESHOLD
    """Of `retrieval.answer`: below it extraction finds nothing, and no model is asked."""


def generate_answer(
    searcher: Searcher,
    question: str,
    generator: Generator,
    filters: Filters | None = None,
    mode: Mode = "hybrid",
    settings: Settings | None = None,
    on_sentence: Callable[[Said], None] = lambda _: None,
) -> GeneratedAnswer:
    """Return an answer to `question` in the words of `generator`, each sentence checked.

    Extraction decides first. Where it finds no answer there is none: its confidence is calibrated
    on questions that have no answer, while a model that is handed passages makes one up, and the
    check knows what a sentence says but not what was asked. A clause that the question names is
    quoted, not retold. In both cases the generator is not asked.

    `on_sentence` is told each sentence that may be part of the answer as soon as it is checked;
    what is returned counts, for the answer is quoted after all where the generator breaks off or
    nothing that it says is verified. Raises QueryError for an empty or overlong question.
    """
    settings = settings or Settings()
    results = searcher.search(question, top=CLAUSES_READ, mode=mode, filters=filters)
    extracted = answer_from(searcher, results, mode, settings.threshold)
    found = GeneratedAnswer(**{f.name: getattr(extracted, f.name) for f in fields(Answer)})
    if found.status == "not_found":
        return found
    if results.exact_only:
        found.remarks = [*found.remarks, Remark("quoted")]
        return found
    clock = perf_counter()
    shown = choose_passages(extracted, results.hits)
    if shown.planted:
        found.remarks = [*found.remarks, Remark("planted", (str(shown.planted),))]
    found.generated = generated = Generated(generator.name)
    try:
        for said in _said(generator, found.question, shown.passages, settings):
            _sort_in(generated, said, settings.unsupported, on_sentence)
            if _repeated(generated) == MOST_REPEATED:
                break
        _refuse_unverified(generated)
        _refuse_what_is_beside(generated, extracted.citations)
    except GeneratorError as error:
        generated.dropped = [*generated.sentences, *generated.dropped]
        generated.sentences, generated.failure = [], str(error)
        found.remarks = [*found.remarks, error.remark]
    else:
        _retell(found, generated)
    found.ms = {**found.ms, "generate": round((perf_counter() - clock) * 1000, 2)}
    return found


def _said(
    generator: Generator, question: str, passages: Sequence[Citation], settings: Settings
) -> Iterator[Said]:
    """Yield what a model says, checked. Raises GeneratorError beyond a limit."""
    limits = settings.limits
    pieces = within(limits.seconds, generator.stream(messages_for(question, passages)))
    visible = without_thoughts(bounded(pieces, limits.characters))
    said = check_stream(split_stream(visible), passages, settings.verify)
    for number, sentence in enumerate(said):
        if number == MOST_SENTENCES:
            raise GeneratorError(
                f"the generator's answer has more than {MOST_SENTENCES} sentences",
                "generator_too_long",
            )
        yield sentence


def _sort_in(
    generated: Generated, said: Said, unsupported: Unsupported, on_sentence: Callable[[Said], None]
) -> None:
    """Keep a sentence or drop it: what was said before, says nothing, or is to be dropped."""
    before = (*generated.sentences, *generated.dropped)
    repeated = any(fold_text(said.text) == fold_text(one.text) for one in before)
    why = _REPEATED if repeated else _NO_CLAIM if said.verdict == "not checked" else ""
    if why:
        said = replace(said, reasons=(*said.reasons, why))
    if not why and (said.is_verified or unsupported == "mark"):
        generated.sentences.append(said)
        on_sentence(said)
    else:
        generated.dropped.append(said)


def _repeated(generated: Generated) -> int:
    return sum(_REPEATED in said.reasons for said in generated.dropped)


def _refuse_unverified(generated: Generated) -> None:
    """Raise GeneratorError where nothing was said that stands in the passages."""
    if any(said.is_verified for said in generated.sentences):
        return
    everything = [*generated.sentences, *generated.dropped]
    if any(fold_text(DECLINED) in fold_text(said.text) for said in everything):
        raise GeneratorError(
            "the generator says that the passages do not answer", "generator_declined"
        )
    raise GeneratorError(
        "nothing that the generator said stands in what it cites", "generator_unverified"
    )


def _refuse_what_is_beside(generated: Generated, quoted: Sequence[Citation]) -> None:
    """Raise GeneratorError where nothing verified rests on a place that extraction quotes.

    What is verified need not answer: a small model likes to repeat headings.
    """
    if not any(
        _overlap(own, its)
        for said in generated.sentences
        if said.is_verified
        for own in said.citations
        for its in quoted
    ):
        raise GeneratorError(
            "nothing that the generator said rests on what answers the question",
            "generator_beside",
        )


def _overlap(one: Citation, other: Citation) -> bool:
    within = one.span.start < other.span.end and other.span.start < one.span.end
    return one.document.id == other.document.id and within


def _retell(found: GeneratedAnswer, generated: Generated) -> None:
    """Put the model's sentences in the place of those that were extracted."""
    numbered: dict[tuple[str, int, int], Citation] = {}
    retold = []
    for said in generated.sentences:
        own = []
        for citation in said.citations:
            key = (citation.document.id, *citation.span)
            own.append(numbered.setdefault(key, replace(citation, n=len(numbered) + 1)))
        retold.append(replace(said, citations=tuple(dict.fromkeys(own))))
    generated.sentences = retold
    found.citations = list(numbered.values())
    found.sentences = [
        Sentence(marked(said), tuple(citation.n for citation in said.citations)) for said in retold
    ]


def marked(said: Said) -> str:
    """Return a sentence as people read it: one that is not verified says so before all else."""
    return said.text if said.is_verified else f"【{VERDICTS[said.verdict]}】{said.text}"
