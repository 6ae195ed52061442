"""The JSON shapes that other programs rely on; see docs/architecture.md."""

from typing import Any

from corpus import Clause, Document, Part, Span, Stated
from corpus.citation import cite
from corpus.document import Value
from corpus.fields import given_fields
from index.references import Resolver
from retrieval.answer import Answer, Citation, Sentence
from retrieval.facts import facts_shape
from retrieval.results import Hit, Results
from retrieval.standing import Standing
from retrieval.synonyms import LibrarySynonyms, built_in_pairs

Json = dict[str, Any]


_DATES = ("published", "effective", "repealed")
_SINGLE = ("title", "number", "date", *_DATES, "level", "region", "form", "status")


def _value(value: Value | None) -> str | None:
    return value.value if value else None


def document_shape(document: Document, standing: Standing | None = None) -> Json:
    """A document's metadata; what its text does not state is null."""
    metadata = document.metadata
    shape: Json = {
        "id": document.id,
        "title": _value(metadata.title),
        "issuer": metadata.issuer,
        "number": _value(metadata.number),
        "date": _value(metadata.date),
        "status": standing.status if standing else _value(metadata.status),
        "region": _value(metadata.region),
        "source": document.source,
        "encoding": document.encoding,
        "format": document.format,
        "given": given_fields(metadata),
        **{name: _value(getattr(metadata, name)) for name in (*_DATES, "level", "form")},
        "based_on": [value.value for value in metadata.based_on],
        "replaces": [value.value for value in metadata.replaces],
    }
    if standing and standing.replaced_by:
        shape["replaced_by"] = standing.replaced_by.id
    return shape


def evidence_shape(document: Document) -> Json:
    """Where each metadata value stands in the text."""
    metadata = document.metadata
    single = {name: getattr(metadata, name) for name in _SINGLE}
    several = {"issuer": metadata.issuers, "based_on": metadata.based_on}
    several["replaces"] = metadata.replaces
    return {
        **{name: _origin_shape(value) for name, value in single.items() if value},
        **{name: [_origin_shape(v) for v in values] for name, values in several.items() if values},
    }


def _origin_shape(value: Value) -> Json:
    return _span_shape(value.span) if isinstance(value, Stated) else {"given": value.by}


def _span_shape(span: Span) -> Json:
    return {"start": span.start, "end": span.end}


def clause_shape(clause: Clause) -> Json:
    """A clause without its text."""
    return {
        "id": clause.id,
        "kind": clause.kind,
        "address": clause.address,
        "path": list(clause.path),
        "start": clause.start,
        "end": clause.end,
    }


def _full_clause_shape(document: Document, clause: Clause, resolver: Resolver | None) -> Json:
    units = {
        role: [stated.value for stated in getattr(clause.units, role)]
        for role in ("lead", "responsible", "support")
    }
    parts = [{"address": p.address, **_span_shape(p.span)} for p in clause.parts]
    facts = facts_shape(document, clause, resolver)
    page = _page_shape(document, clause.span)
    return {**clause_shape(clause), **page, **units, "parts": parts, "facts": facts}


def show_shape(document: Document, standing: Standing, resolver: Resolver | None = None) -> Json:
    """A document with its text and clauses; `resolver` finds what they point at."""
    return {
        "document": document_shape(document, standing),
        "evidence": evidence_shape(document),
        "notes": [note.text for note in document.notes],
        "text": document.text,
        "clauses": [_full_clause_shape(document, clause, resolver) for clause in document.clauses],
    }


def hit_shape(hit: Hit) -> Json:
    """A found clause with its text, as written."""
    return {
        "rank": hit.rank,
        "score": hit.score,
        "scores": hit.scores._asdict(),
        "found_by": hit.found_by,
        "document": document_shape(hit.document, hit.standing),
        "clause": clause_shape(hit.clause),
        "citation": cite(hit.document, hit.clause),
        **_page_shape(hit.document, hit.clause.span),
        "matched": _span_shape(hit.matched),
        "text": hit.document.quote(hit.clause.span),
    }


def _page_shape(document: Document, span: Span) -> Json:
    """The page that a place begins on, and how surely its text was recognised; null without."""
    return {"page": document.page_of(span.start), "recognised": document.confidence(span)}


def search_shape(results: Results) -> Json:
    """The answer of `search`."""
    return {
        "query": results.query,
        "hits": [hit_shape(hit) for hit in results.hits],
        "pending": results.pending,
        "left_out": results.left_out,
        "remarks": [remark.text for remark in results.remarks],
        "ms": results.ms,
    }


def synonyms_shape(synonyms: LibrarySynonyms, only: str | None = None) -> Json:
    """The answer of `synonyms`: the library's own pairs, then the built-in ones they leave."""
    table = synonyms.table
    built_in = {word: kept for word, kept in built_in_pairs().items() if word not in table.pairs}
    pairs = [*((True, *p) for p in table.pairs.items()), *((False, *p) for p in built_in.items())]
    return {
        "file": str(synonyms.path),
        "pairs": [
            {"everyday": everyday, "policy": list(policy), "own": own}
            for own, everyday, policy in pairs
            if only in (None, everyday)
        ],
        "problems": [problem._asdict() for problem in table.problems],
    }


def citation_shape(citation: Citation) -> Json:
    """A quotation; `quote` is `text[start:end]` of `show`."""
    return {
        "n": citation.n,
        "document": document_shape(citation.document, citation.standing),
        "clause": clause_shape(citation.clause),
        "address": citation.address,
        "citation": cite(citation.document, Part(citation.address, citation.span)),
        **_page_shape(citation.document, citation.span),
        "notice": citation.standing.notice.text if citation.standing.notice else None,
        "quote": citation.quote,
        "start": citation.span.start,
        "end": citation.span.end,
    }


def answer_shape(answer: Answer) -> Json:
    """The answer of `ask`."""
    return {
        "question": answer.question,
        "status": answer.status,
        "answer": answer.text,
        "sentences": [_sentence_shape(sentence, answer) for sentence in answer.sentences],
        "citations": [citation_shape(citation) for citation in answer.citations],
        "nearest": [hit_shape(hit) for hit in answer.nearest],
        "reason": answer.reason.text if answer.reason else None,
        "confidence": round(answer.confidence, 4),
        "pending": answer.pending,
        "left_out": answer.left_out,
        "remarks": [remark.text for remark in answer.remarks],
        "ms": answer.ms,
    }


def _sentence_shape(sentence: Sentence, answer: Answer) -> Json:
    """A sentence; `key` is what of it was asked for, by offsets into its first document."""
    shape: Json = {"text": sentence.text, "citations": list(sentence.citations), "key": None}
    if sentence.key is not None:
        document = answer.citations[sentence.citations[0] - 1].document
        shape["key"] = {"text": document.quote(sentence.key), **_span_shape(sentence.key)}
    return shape
