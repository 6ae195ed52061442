"""A citation as officials write it: 《title》（文号）第十二条第二款、第十四条（第3页）."""

import re
from collections.abc import Iterator, Sequence

from corpus.document import Clause, Document, Part
from corpus.spans import Span

Place = Clause | Part | str
"""What is cited of a document: a clause, a part of one, or an address alone."""

_DRAFTS = ("征求意见稿", "送审稿", "草案", "讨论稿")
# A title within a title takes the other brackets (GB/T 15834-2011, 4.15.3.4).
_INNER = str.maketrans("《》〈〉", "〈〉《》")
_ARTICLE = re.compile(r"(?P<article>第[^第条]{1,9}条(?:之[^第]{1,3})?)(?=第)")


def cite(document: Document, *places: Place) -> str:
    """Return the citation of `places` in a document, or of the document where none is named.

    In brackets stand the 文号, or else the issuer and the year, as far as they are known; then the
    addresses, and for a scan or a PDF the pages, and that the text was recognised in a picture.
    """
    spans = [place.span for place in places if not isinstance(place, str)]
    return f"{_title(document)}{_origin(document)}{_joined(places)}{where(document, spans)}"


def _title(document: Document) -> str:
    status = document.metadata.status
    title = document.label.translate(_INNER)
    draft = status is not None and status.value in _DRAFTS and status.value not in title
    return f"《{title}（{status.value}）》" if draft and status else f"《{title}》"


def _origin(document: Document) -> str:
    metadata = document.metadata
    if metadata.number:
        return f"（{metadata.number.value}）"
    dated = next((d.value for d in (metadata.date, metadata.published) if d), "")
    year = f"{dated[:4]}年" if dated[:4].isdigit() else ""
    issuer = metadata.issuer or ""
    # The title names its issuer as a rule: 青禾县教育局关于……的意见.
    named = "" if re.sub(r"\s", "", issuer) in re.sub(r"\s", "", document.label) else issuer
    return f"（{'，'.join(filter(None, (named, year)))}）" if named or year else ""


def _joined(places: Sequence[Place]) -> str:
    """The addresses in order, each once: 第十二条第一款、第三款, 三、（二）5.；三、（三）7."""
    addresses = list(dict.fromkeys(map(_address, places)))
    return ("；" if any("、" in address for address in addresses) else "、").join(
        _shortened(addresses)
    )


def _address(place: Place) -> str:
    return place if isinstance(place, str) else place.address


def _shortened(addresses: Sequence[str]) -> Iterator[str]:
    """Leave out an article that the address before names: 第十二条第一款、第三款."""
    last = ""
    for address in addresses:
        match = _ARTICLE.match(address)
        article = match["article"] if match else ""
        yield address.removeprefix(article) if article and article == last else address
        last = article


def where(document: Document, spans: Sequence[Span]) -> str:
    """Return（第3页，由图片识别）, as far as a file has pages and its text was recognised."""
    pages = sorted({page for span in spans for page in _pages(document, span)})
    recognised = any(document.confidence(span) is not None for span in spans)
    said = [f"第{'、'.join(map(str, pages))}页"] if pages else []
    said += ["由图片识别"] if recognised else []
    return f"（{'，'.join(said)}）" if said else ""


def _pages(document: Document, span: Span) -> Iterator[int]:
    """The page that a place begins on: where a reader opens the file."""
    page = document.page_of(span.start)
    if page is not None:
        yield page
