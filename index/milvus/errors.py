"""The one error of a Milvus server."""

from corpus.errors import YoujuError


class ServerError(YoujuError):
    """A Milvus server that cannot be used as it is; the library itself was not harmed by it."""
