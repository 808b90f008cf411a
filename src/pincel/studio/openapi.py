"""What programs may ask of the studio, as OpenAPI 3.1, from the same schemas as the forms."""

from __future__ import annotations

from typing import Any

import pincel.jobs as jobs
from pincel import __version__
from pincel.studio.door import HEADER
from pincel.studio.forms import HIDDEN

_FILE = {
    "type": "object",
    "properties": {"file": {"type": "string", "description": "number of a file that was sent"}},
    "required": ["file"],
    "additionalProperties": False,
}


def openapi() -> dict[str, Any]:
    """The description; every job is one address."""
    paths: dict[str, Any] = dict(_GENERAL)
    schemas: dict[str, Any] = {"File": _FILE}
    for name in jobs.names():
        job = jobs.load(name)
        schema = job.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas |= schema.pop("$defs", {})
        schema["properties"] = {
            field: _or_file(one)
            for field, one in schema.get("properties", {}).items()
            if field not in HIDDEN
        }
        schemas[job.__name__] = schema
        body = {"$ref": f"#/components/schemas/{job.__name__}"}
        paths[f"/api/tasks/{name}"] = {"post": _post(name, job.__doc__ or "", body)}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Pincel", "version": __version__, "license": {"name": "MIT"}},
        "paths": paths,
        "components": {"schemas": schemas},
    }


def _or_file(schema: dict[str, Any]) -> dict[str, Any]:
    """A setting that is text or anything may also be a file that was sent."""
    schema = {key: value for key, value in schema.items() if key != "pincel"}
    kinds = [schema, *schema.get("anyOf", [])]
    items = schema.get("items") if isinstance(schema.get("items"), dict) else None
    if items is not None:
        return {**schema, "items": _or_file(items)}
    free = any(one.get("type") == "string" and "enum" not in one for one in kinds)
    anything = "type" not in schema and "anyOf" not in schema and "enum" not in schema
    if free or anything or any(one.get("format") == "path" for one in kinds):
        told: dict[str, Any] = {k: schema.pop(k) for k in ("title", "default") if k in schema}
        told["anyOf"] = [*(schema.pop("anyOf", None) or [schema]), _REFERENCE]
        return told
    return schema


_REFERENCE = {"$ref": "#/components/schemas/File"}
_HEADER = {"name": HEADER, "in": "header", "required": True, "schema": {"type": "string"}}


def _query(name: str, about: str, required: bool = False) -> dict[str, Any]:
    schema = {"type": "string"}
    return {
        "name": name,
        "in": "query",
        "required": required,
        "description": about,
        "schema": schema,
    }


def _post(name: str, about: str, body: dict[str, Any]) -> dict[str, Any]:
    return {
        "operationId": name,
        "description": about.strip(),
        "parameters": [
            _HEADER,
            _query("lane", "a newer task of the same lane replaces one that still waits"),
            _query("language", "en or es"),
        ],
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": {
            "201": {"description": "the task, queued"},
            "400": {"description": "one sentence: what came, what is allowed"},
        },
    }


_TASK = {"name": "task", "in": "path", "required": True, "schema": {"type": "string"}}
_GENERAL = {
    "/api/state": {"get": {"responses": {"200": {"description": "files, tasks, last event"}}}},
    "/api/events": {
        "get": {
            "parameters": [_query("after", "number of the last event that is known")],
            "responses": {"200": {"description": "numbered", "content": {"text/event-stream": {}}}},
        }
    },
    "/api/files": {
        "post": {
            "parameters": [_HEADER, _query("name", "the file's own name", required=True)],
            "requestBody": {"content": {"application/octet-stream": {}}},
            "responses": {"201": {"description": "the file, with its number"}},
        }
    },
    "/api/tasks/{task}": {
        "delete": {
            "parameters": [_HEADER, _TASK, _query("forget", "forget one that is over")],
            "responses": {"200": {"description": "stopped, or forgotten with what it made"}},
        }
    },
}  # fmt: skip
