"""What every peer can do, and what is the same for all of them: texts, words, and cutting."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple, Protocol

from corpus import YoujuError
from eval.sets import Record
from index.encoders import Encoder
from index.places import cache_folder

LONG = 650
"""Characters of the longest record that is kept whole where a framework cuts.

95 of 100 Chinese texts of that length are within the 512 tokens that the default encoder reads.
"""


class PeerError(YoujuError):
    """A comparison that cannot be run; the message says what to change."""


class Scored(NamedTuple):
    """A record that was found. Higher is better; peers without scores give falling numbers."""

    id: str
    score: float


class Peer(Protocol):
    """A search engine as its own documentation uses it."""

    def index(self, records: Sequence[Record], encoder: Encoder) -> None:
        """Make every record searchable; a peer without vectors leaves the encoder alone."""
        ...

    def search(self, query: str, k: int) -> list[Scored]:
        """Return at most `k` records, best first, each once."""
        ...


def record_text(record: Record) -> str:
    """Return the text that is indexed and encoded: the title, a line break, and the text."""
    return f"{record.title}\n{record.text}" if record.title else record.text


def words(text: str) -> list[str]:
    """Return jieba's words, those inside long words too, without punctuation and blanks.

    On 6,000 statute articles bm25s reached nDCG@10 0.494 with them, and 0.466 with `jieba.lcut`
    as it is; the peers get the better.
    """
    found = jieba().lcut_for_search(text)
    return [word for word in found if any(map(str.isalnum, word))]


@cache
def jieba() -> Any:
    """Return jieba's tokenizer, its dictionary loaded."""
    import jieba as package

    package.setLogLevel("WARNING")
    tokenizer = package.Tokenizer()
    tokenizer.tmp_dir = str(cache_folder())
    tokenizer.initialize()
    return tokenizer


class Pieces(NamedTuple):
    """What a framework indexes: whole short records and cut long ones."""

    texts: list[str]
    records: list[str]
    """The record that each text is of."""

    @classmethod
    def cut(cls, records: Sequence[Record], split: Callable[[str], list[str]]) -> "Pieces":
        """Keep records of up to LONG characters whole, and `split` the others."""
        return cls(*map(list, zip(*_pieces(records, split), strict=True)))

    def depth(self, k: int) -> int:
        """How many texts to ask for so that about `k` records are among them."""
        distinct = len(set(self.records))
        return min(len(self.texts), -(-k * len(self.texts) // distinct))


def _pieces(
    records: Sequence[Record], split: Callable[[str], list[str]]
) -> Iterator[tuple[str, str]]:
    for record in records:
        text = record_text(record)
        for piece in split(text) if len(text) > LONG else [text]:
            yield piece, record.id


def best_of_each(found: Iterator[Scored], k: int) -> list[Scored]:
    """Return the first `k` distinct records; one that was cut counts as its best piece."""
    best: dict[str, Scored] = {}
    for scored in found:
        best.setdefault(scored.id, scored)
        if len(best) == k:
            break
    return list(best.values())
