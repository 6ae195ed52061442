"""Vectors and weights of words in a Milvus server; documents and texts stay in the library."""

from index.milvus.address import Address, parse_address
from index.milvus.errors import ServerError

__all__ = ["Address", "ServerError", "parse_address"]
