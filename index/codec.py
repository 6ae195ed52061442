"""Named tuples as JSON arrays, and back by their own type hints."""

import json
from collections.abc import Callable
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")


def dump(value: Any) -> str:
    """Return `value`, of named tuples, tuples and plain values, as JSON."""
    return json.dumps(value, ensure_ascii=False)


def load(kind: type[T], text: str) -> T:
    """Return the value of type `kind` that `dump` wrote."""
    build: Callable[[Any], T] = _builder(kind)  # type: ignore[arg-type]
    value = build(json.loads(text))
    return value


@cache
def _builder(kind: Any) -> Callable[[Any], Any]:
    """Return what turns parsed JSON into `kind`: a named tuple, tuple[X, ...], X | None, plain."""
    arguments = get_args(kind)
    if get_origin(kind) is tuple:
        return _several(_builder(arguments[0]))
    if isinstance(kind, UnionType):
        (inner,) = (argument for argument in arguments if argument is not NoneType)
        return _optional(_builder(inner))
    if isinstance(kind, type) and issubclass(kind, tuple):
        return _named(kind, [_builder(hint) for hint in get_type_hints(kind).values()])
    return _as_it_is


def _as_it_is(value: Any) -> Any:
    return value


def _several(build: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda values: tuple(map(build, values))


def _optional(build: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else build(value)


def _named(kind: Any, builders: list[Callable[[Any], Any]]) -> Callable[[Any], Any]:
    return lambda values: kind(*(b(v) for b, v in zip(builders, values, strict=True)))
