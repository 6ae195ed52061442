"""Every document, clause and quotation of a draft, looked up in the library."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from corpus import Document
from corpus.citation import cite
from corpus.lines import open_page
from index.versions import is_draft
from retrieval.drafts.findings import DraftError, Finding, Note, Result
from retrieval.drafts.holdings import Holdings, places_at
from retrieval.drafts.mentions import Place, check_mentions
from retrieval.drafts.quoting import Quotations, retold
from retrieval.drafts.statements import Statement, read_statements
from retrieval.mentions import number_name
from retrieval.search import Searcher
from retrieval.sentences import trimmed

LONGEST = 500_000
"""Characters of a draft."""
MOST_STATEMENTS = 2000


def check_draft(searcher: Searcher, text: str, today: date | None = None) -> list[Finding]:
    """Return what becomes of each document, clause and quotation that a draft names, in order.

    A title of several versions is taken to be the newest that holds, unless the words quoted are
    those of an older one. Raises DraftError for a draft beyond the limits.
    """
    if len(text) > LONGEST:
        raise DraftError(
            f"the draft has {len(text):,} characters, at most {LONGEST:,} are checked: split it"
        )
    statements = read_statements(text)
    if len(statements) > MOST_STATEMENTS:
        raise DraftError(
            f"the draft cites and quotes {len(statements):,} times, at most {MOST_STATEMENTS:,} "
            "are checked: split it"
        )
    check = _Check(Holdings(searcher, today), text)
    found = [(statement, check.of(statement)) for statement in statements]
    return check_mentions(text, [Place((f or s).span, f) for s, f in found])


class _Check:
    """Looks up the statements of one draft."""

    def __init__(self, holdings: Holdings, text: str) -> None:
        self._holdings = holdings
        self._quotations = Quotations(holdings, text)
        self._text = text
        self._plain = open_page(text).plain

    def of(self, statement: Statement) -> Finding | None:
        """What becomes of a statement; None for one that points into the draft itself."""
        if not (statement.title or statement.number or statement.address):
            return self._in_force(self._quotations.anywhere(statement), ())
        if statement.title or statement.number:
            documents = self._named(statement)
            if not documents:
                return self._in_force(self._unknown(statement), ())
        else:
            at = statement.span.start
            start, documents = self._holdings.named_before(self._plain, at)
            if not documents:
                return (
                    self._in_force(self._quotations.anywhere(statement), ())
                    if statement.quote
                    else None
                )
            statement = statement._replace(span=statement.span._replace(start=start))
        found = [self._in(statement, document) for document in documents]
        best = next((f for f in found if f.result == "verified"), found[0])
        best = self._titled(statement, best, documents)
        # Under its short name a document is not said to have a 文号 again.
        said = "".join(self._text[slice(*statement.span)].split())
        if statement.number and statement.number in said:
            best = _numbered(statement, best)
        return self._in_force(best, documents)

    def _titled(
        self, statement: Statement, finding: Finding, documents: Sequence[Document]
    ) -> Finding:
        """The finding with what the document is really called; none where it may be several."""
        document, title = finding.document, statement.title
        if not title or document is None or document not in documents:
            return finding
        if self._holdings.bears(document, title):
            return finding
        places = {d.metadata.region.value for d in documents if d.metadata.region}
        if len(places) > 1 and not (statement.quote or statement.number):
            note = Note("several_titles", (str(len(documents)),))
            return Finding(statement.span, "missing", notes=(note,))
        return replace(finding, notes=(Note("called", (document.label,)), *finding.notes))

    def _named(self, statement: Statement) -> list[Document]:
        """The documents of a title, of these the ones of its 文号; of the 文号 where none is."""
        titled = self._holdings.titled(statement.title or "")
        numbered = self._holdings.numbered(statement.number) if statement.number else []
        ids = {document.id for document in numbered}
        return [d for d in titled if d.id in ids] or titled or numbered

    def _unknown(self, statement: Statement) -> Finding:
        """A document that the library lacks; its words may yet stand in another one."""
        kind = "no_title" if statement.title else "no_number"
        named = statement.title or statement.number or ""
        note = Note(kind, (named,))
        if statement.quote:
            found = self._quotations.anywhere(statement)
            if found.document and found.result == "verified":
                other = Note("stands_in", (found.document.label,))
                return Finding(statement.span, "missing", notes=(note, other))
        return Finding(statement.span, "missing", notes=(note,))

    def _in(self, statement: Statement, document: Document) -> Finding:
        """What a statement points at or quotes, in one document."""
        places = places_at(document, statement.address) if statement.address else []
        if statement.quote:
            found = self._quotations.within(statement, document, places)
            if statement.address and not places:
                missing = Note("no_clause", (document.label, statement.address))
                result: Result = "altered" if found.found else "missing"
                return replace(found, result=result, notes=(missing, *found.notes[1:]))
            return found
        if statement.address and not places:
            note = Note("no_clause", (document.label, statement.address))
            return Finding(statement.span, "missing", document, notes=(note,))
        if statement.retold:
            return retold(self._text, statement, document, places)
        if not places:
            return Finding(statement.span, "verified", document)
        clause, span = places[0]
        span = trimmed(document.text, span)
        return Finding(statement.span, "verified", document, clause, statement.address, span)

    def _in_force(self, finding: Finding, versions: Sequence[Document]) -> Finding:
        """The finding with what is known of whether its document still holds."""
        document = finding.document
        if document is None:
            return finding
        standing = self._holdings.standing(document)
        finding = replace(finding, standing=standing)
        if not standing.is_superseded:
            draft = (Note("draft"),) if is_draft(document) else ()
            return replace(finding, notes=(*finding.notes, *draft))
        newer = standing.replaced_by
        note = Note("replaced_by", (cite(newer),)) if newer else Note("repealed")
        if newer and versions and versions[0].id != document.id:
            note = Note("old_text", (cite(newer),))
        result = "replaced" if finding.result == "verified" else finding.result
        return replace(finding, result=result, newer=newer, notes=(*finding.notes, note))


def _numbered(statement: Statement, finding: Finding) -> Finding:
    """The finding with what is wrong with the 文号, or the title, that the draft gives."""
    document = finding.document
    if document is None or not statement.number or not statement.title:
        return finding
    number = document.metadata.number
    if number is None:
        return replace(finding, notes=(*finding.notes, Note("number_unknown", (document.label,))))
    if number_name(number.value) != number_name(statement.number):
        note = Note("other_number", (document.label, number.value))
        return replace(finding, result=_worse(finding), notes=(*finding.notes, note))
    return finding


def _worse(finding: Finding) -> Result:
    return "altered" if finding.result == "verified" else finding.result
