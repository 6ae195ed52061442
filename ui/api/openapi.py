"""The public calls as OpenAPI describes them: what each takes, and what comes back at once."""

from collections.abc import Mapping
from typing import Any

from corpus.metadata.places import LEVELS
from retrieval import MODES
from retrieval.query import LONGEST
from ui.api import given
from ui.api.endpoints import PREFIX, Parameters
from ui.api.outward import Json

_NAME: Json = {"type": "string", "maxLength": given.LONGEST_NAME}
_NULL: Json = {"type": "null"}

_FILTERS: dict[str, Json] = {
    **dict.fromkeys(("issuer", "region", "status", "form"), _NAME),
    "year": {"type": "string", "pattern": "^[0-9]{4}$"},
    "level": {"enum": list(LEVELS)},
    "superseded": {"type": "boolean"},
    "documents": {"type": "array", "maxItems": given.MOST_DOCUMENTS, "items": _NAME},
}

_QUESTION: Json = {"type": "string", "minLength": 1, "maxLength": LONGEST}
_PARAMETERS: dict[str, Json] = {
    "query": _QUESTION,
    "question": _QUESTION,
    "top": {"type": "integer", "minimum": 1, "maximum": given.MOST_HITS},
    "mode": {"enum": list(MODES)},
    "threshold": {"anyOf": [{"type": "number", "minimum": 0, "maximum": 1}, _NULL]},
    "filters": {
        "anyOf": [
            {"type": "object", "properties": _FILTERS, "additionalProperties": False},
            _NULL,
        ]
    },
    "requirements": {
        "type": "array",
        "minItems": 1,
        "maxItems": given.MOST_REQUIREMENTS,
        "items": {"type": "string", "maxLength": given.LONGEST_REQUIREMENT},
    },
    "topic": {"type": "string", "maxLength": LONGEST},
    "documents": {
        "anyOf": [{"type": "array", "minItems": 2, "maxItems": 2, "items": _NAME}, _NULL]
    },
    "document": _NAME,
}

_ERRORS = {
    "401": "no account is known for this token or session",
    "403": "a page of another site asks",
    "404": "there is no such call, or no such event",
    "413": "the body is too large",
    "415": "the body is not called JSON",
    "422": "the body names other parameters than the call has",
}
_ERROR: Json = {
    "type": "object",
    "required": ["error"],
    "properties": {"error": {"type": "string"}},
    "additionalProperties": False,
}
_TOLD: Json = {
    "type": "object",
    "description": "one event; data of the last one is a JSON list that holds the result",
    "required": ["event", "data"],
    "properties": {
        "event": {"enum": ["complete", "error", "generating", "heartbeat"]},
        "data": {"type": "string"},
    },
    "additionalProperties": False,
}
_EVENT: Json = {"type": "string", "pattern": "^[0-9a-f]{1,64}$"}


def schema(parameters: Mapping[str, Parameters]) -> Json:
    """Return the description of the calls that are public, as OpenAPI 3.1 writes it.

    A parameter whose value does not fit is no error of the request: the event tells it.
    """
    paths: Json = {}
    for name, taken in parameters.items():
        paths[PREFIX + name] = {"post": _asking(name, taken)}
        paths[f"{PREFIX}{name}/{{event_id}}"] = {"get": _fetching(name)}
    return {
        "openapi": "3.1.0",
        "info": {"title": "有据 Youju", "version": "1", "description": _ABOUT},
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {"Error": _ERROR},
        },
        "security": [{"token": []}],
    }


_ABOUT = (
    "A call is two requests: one that asks, with the parameters by name, and one that fetches "
    "what came of it. docs/api.md says what the results hold."
)


def _asking(name: str, taken: Parameters) -> Json:
    body: Json = {
        "type": "object",
        "required": list(taken.needed),
        "properties": {one: _PARAMETERS[one] for one in taken.known},
        "additionalProperties": False,
    }
    begun: Json = {
        "type": "object",
        "required": ["event_id"],
        "properties": {"event_id": _EVENT},
        "additionalProperties": False,
    }
    return {
        "operationId": name,
        "requestBody": {"required": True, "content": _json(body)},
        "responses": {
            "200": {"description": "the call waits for its turn", "content": _json(begun)},
            "503": {"description": "too many calls wait: try again later"},
            **_errors("401", "403", "404", "413", "415", "422"),
        },
    }


def _fetching(name: str) -> Json:
    return {
        "operationId": f"{name}Result",
        "parameters": [{"name": "event_id", "in": "path", "required": True, "schema": _EVENT}],
        "responses": {
            "200": {
                "description": "events, of which the last one is complete and holds the result",
                "content": {"text/event-stream": {"schema": _TOLD}},
            },
            **_errors("401", "403", "404"),
        },
    }


def _errors(*statuses: str) -> Json:
    referred: Json = {"$ref": "#/components/schemas/Error"}
    return {
        status: {"description": _ERRORS[status], "content": _json(referred)} for status in statuses
    }


def _json(body: Any) -> Json:
    return {"application/json": {"schema": body}}
