"""Plain text: nothing but its encoding has to be found."""

from corpus.decode import decode
from corpus.readers.reading import Reading


def read(data: bytes) -> Reading:
    """Decode a text file. Raises ReadError as `decode` does."""
    return Reading(*decode(data))
