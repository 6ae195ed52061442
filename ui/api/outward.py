"""What leaves for another machine: no path of this one, and errors in one line."""

import logging
import re
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

from corpus import YoujuError
from retrieval import QueryError
from retrieval.compare import CompareError
from retrieval.drafts import DraftError
from ui.api.given import ApiError

Json = dict[str, Any]
P = ParamSpec("P")

log = logging.getLogger(__name__)

OF_THE_CALLER = (ApiError, CompareError, DraftError, QueryError)
"""Errors of who asks; they say nothing of this machine."""
UNUSABLE = "the library cannot be used now: whoever runs Youju finds the reason in its log"

_FOLDERS = re.compile(r"[/\\]")


def explained(error: YoujuError) -> str:
    """Return one line for who asked; what is wrong with this machine is only logged."""
    if isinstance(error, OF_THE_CALLER):
        return " ".join(str(error).split())
    log.warning("%s", error)
    return UNUSABLE


def outward(shape: Any) -> Any:
    """Return a JSON value with the name of each document's file in place of its path."""
    if isinstance(shape, dict):
        return {
            key: file_name(value) if key == "source" and isinstance(value, str) else outward(value)
            for key, value in shape.items()
        }
    return [outward(value) for value in shape] if isinstance(shape, list) else shape


def file_name(source: str) -> str:
    """Return the last part of a path, whichever system it comes from."""
    return _FOLDERS.split(source)[-1]


def answered(call: Callable[P, Json]) -> Callable[P, Json]:
    """Let a call return what may leave, and an error as `{"error": line}`."""

    @wraps(call)
    def outcome(*args: P.args, **kwargs: P.kwargs) -> Json:
        try:
            shape: Json = outward(call(*args, **kwargs))
        except YoujuError as error:
            return {"error": explained(error)}
        return shape

    return outcome
