"""The facts of a clause as JSON, and as lines for people."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from corpus import Clause, Document, Span
from corpus.facts import Figure, MissingFigure, Obligation, Reference
from index.references import Resolver, Target

Json = dict[str, Any]

_SIGNS = {"=": "", ">=": "≥", "<=": "≤", ">": ">", "<": "<", "~": "约", "+": "+", "-": "−"}  # noqa: RUF001


def facts_shape(document: Document, clause: Clause, resolver: Resolver | None = None) -> Json:
    """What a clause lays down; `target` of a reference is null where the library has none."""
    facts = clause.facts
    return {
        "figures": [_figure(document, figure) for figure in facts.figures],
        "obligations": [_obligation(obligation) for obligation in facts.obligations],
        "references": [
            {
                **_reference(document, reference),
                "target": _target(resolver.resolve(reference, document, clause))
                if resolver
                else None,
            }
            for reference in facts.references
        ],
        "missing": [_missing(document, missing) for missing in facts.missing],
    }


def _said(document: Document, span: Span) -> Json:
    return {"text": document.quote(span), "start": span.start, "end": span.end}


def _figure(document: Document, figure: Figure) -> Json:
    return {
        **_said(document, figure.span),
        "value": figure.value,
        "upper": figure.upper,
        "unit": figure.unit,
        "comparison": figure.comparison,
        "indicator": figure.indicator.value if figure.indicator else None,
        "deadline": figure.deadline.value if figure.deadline else None,
    }


def _obligation(obligation: Obligation) -> Json:
    start, end = obligation.word.span
    return {"duty": obligation.duty, "word": obligation.word.value, "start": start, "end": end}


def _reference(document: Document, reference: Reference) -> Json:
    stated = {"title": reference.title, "number": reference.number, "address": reference.address}
    return {**_said(document, reference.span), **stated}


def _missing(document: Document, missing: MissingFigure) -> Json:
    indicator = missing.indicator.value if missing.indicator else None
    return {**_said(document, missing.span), "unit": missing.unit, "indicator": indicator}


def _target(target: Target | None) -> Json | None:
    if target is None:
        return None
    clause, span = target.clause, target.span
    return {
        "document": target.document.id,
        "clause": clause.id if clause else None,
        "start": span.start if span else None,
        "end": span.end if span else None,
    }


# --- for people ------------------------------------------------------------------------------

_ROLES = {"lead": "牵头", "responsible": "责任", "support": "配合"}


def facts_lines(clause: Json) -> Iterator[str]:
    """Say who carries a clause of `show` out, its figures, what it points at and leaves out."""
    for role, name in _ROLES.items():
        if clause[role]:
            yield f"{name}：{'、'.join(clause[role])}"
    for figure in clause["facts"]["figures"]:
        yield f"指标：{said_figure(figure)}"
    words = [obligation["word"] for obligation in clause["facts"]["obligations"]]
    if words:
        counts = Counter(words)
        said = (word if n == 1 else f"{word}（{n} 处）" for word, n in counts.items())
        yield f"义务：{'、'.join(said)}"
    for reference in clause["facts"]["references"]:
        target = reference["target"]
        found = f" → {target['clause'] or target['document']}" if target else ""
        yield f"引用：{' '.join(reference['text'].split())}{found}"
    for missing in clause["facts"]["missing"]:
        yield f"缺数：{missing['indicator'] or ''} __ {missing['unit']}"


def said_figure(figure: Json) -> str:
    """Say a figure of `facts_shape` for people: 学前教育毛入园率 ≥95%（2025）."""
    value = figure["value"] + (f"—{figure['upper']}" if figure["upper"] else "")
    deadline = f"（{figure['deadline']}）" if figure["deadline"] else ""
    counted = f"{figure['indicator']} " if figure["indicator"] else ""
    return f"{counted}{_SIGNS[figure['comparison']]}{value}{figure['unit']}{deadline}"
