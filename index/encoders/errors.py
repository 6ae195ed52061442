"""What opening an encoder can fail with."""

from corpus.errors import YoujuError


class EncoderError(YoujuError):
    """An encoder that cannot be opened: the message says what to install, fetch or free."""
