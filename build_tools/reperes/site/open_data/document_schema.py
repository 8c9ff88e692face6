"""facts.schema.json: what facts.json holds, as a JSON Schema (2020-12), for who reads it.

It follows from the declared fields, as the document does; docs/DATA.md says what they mean.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from reperes.model.bearings import Licence
from reperes.model.declaring import Declared, declared_fields
from reperes.model.entries import Labelled, Pin
from reperes.model.pins import LOCATOR_KINDS
from reperes.model.schema import KINDS
from reperes.model.shapes import Flag, JsonSchema, ListOf, Number, PerLanguage, Record, Shape
from reperes.model.site import Editor
from reperes.model.words import Vocabulary
from reperes.site.open_data.document import (
    FOLLOWING,
    GROUPS,
    OF_PART,
    SCHEMA_VERSION,
    published_fields,
)

FILE = "facts.schema.json"
"""Where it stands, under the site's root."""

_TEXT: JsonSchema = {"type": "string"}
_OBJECT: JsonSchema = {"type": "object"}
_NUMBER: JsonSchema = {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
_OF_FOLLOWING: Mapping[str, JsonSchema] = {
    "translations": _OBJECT,
    "image": _OBJECT,
    "now_url": {"type": ["string", "null"]},
}
"""What stands behind a field and is no text."""

_HEAD = {
    **dict.fromkeys(("language", "title", "tagline", "base_url", "url", "as_of", "updated"), _TEXT),
    "schema_version": {"const": SCHEMA_VERSION},
    "$schema": _TEXT,
    "languages": {"type": "array", "items": _TEXT},
    "archived": {"type": "boolean"},
}


def facts_schema_json() -> str:
    """The schema as text."""
    return json.dumps(facts_schema(), ensure_ascii=False, indent=1) + "\n"


def facts_schema() -> JsonSchema:
    """The schema of facts.json in any language."""
    # Units are those of the program too, and so are published in a form of their own.
    groups = {kind.root: _entry(kind.entry) for kind in KINDS if kind.root != "units"}
    lists = {"sides": _record(Labelled), "topics": _record(Labelled), **groups, "units": _unit()}
    edition = _object(
        {"number": {"type": "integer"}, "day": _TEXT, "has_changed": {"type": "boolean"}}
    )
    properties = {
        **_HEAD,
        "edition": _or_null(edition),
        "editor": _record(Editor),
        "licence": _record(Licence),
        "vocabulary": _record(Vocabulary),
        **{name: {"type": "array", "items": row} for name, row in lists.items()},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"facts.json {SCHEMA_VERSION}",
        "type": "object",
        "properties": {**properties, "parts": _parts(), "part_of": _TEXT},
        "anyOf": [
            {"required": list(properties)},
            {"required": [name for name in properties if name not in GROUPS] + ["parts"]},
            {"required": [*OF_PART, "part_of"]},
        ],
        "$defs": {"source": _pin()},
    }


def _parts() -> JsonSchema:
    """Where the lists of a document stand that is too large for one file."""
    part = _object({"url": _TEXT, "count": {"type": "integer"}})
    return _object({name: {"type": "array", "items": part} for name in GROUPS})


def _object(properties: Mapping[str, JsonSchema]) -> JsonSchema:
    """A row, of which every key is always there; a later version may have more."""
    return {"type": "object", "properties": dict(properties), "required": list(properties)}


def _unit() -> JsonSchema:
    nullable = dict.fromkeys(("one", "other", "symbol"), _or_null(_TEXT))
    ids = {"type": "array", "items": _TEXT}
    return _object({"id": _TEXT, "kind": _TEXT, **nullable, "per": ids})


def _entry(cls: type[Any]) -> JsonSchema:
    return _object(dict(_properties(cls)))


def _properties(cls: type[Any]) -> Iterator[tuple[str, JsonSchema]]:
    for declared in published_fields(cls):
        if declared.each:
            stated = {"id": _TEXT, **dict(_properties(declared.each))}
            if "low" in stated:
                stated["text"] = _TEXT
            yield "values", {"type": "array", "items": _object(stated), "minItems": 1}
            continue
        yield from _published(declared)
        if declared.key in FOLLOWING and not (declared.key == "id" and declared.inlined):
            name, _ = FOLLOWING[declared.key]
            yield name, _OF_FOLLOWING.get(name, _TEXT)


def _published(declared: Declared) -> Iterator[tuple[str, JsonSchema]]:
    shape = declared.shape
    if isinstance(shape, PerLanguage) and isinstance(shape.shape, Record):
        # What a language calls an entry stands among the entry's own.
        for inner in shape.shape.fields.values():
            if isinstance(inner, Declared) and inner.published is not None:
                yield from _published(inner)
        return
    found = _value(shape)
    # An end of a range that the source leaves open is null.
    is_open = declared.key in ("low", "high")
    surely = declared.required or isinstance(shape, Flag | ListOf)
    yield str(declared.published), found if surely and not is_open else _or_null(found)


def _value(shape: Shape[Any]) -> JsonSchema:
    if isinstance(shape, ListOf):
        return {"type": "array", "items": _value(shape.shape)}
    if isinstance(shape, Record):
        if {"id", "evidence"} <= shape.fields.keys():
            return {"$ref": "#/$defs/source"}
        fields = [each for each in shape.fields.values() if isinstance(each, Declared)]
        published = (_published(each) for each in fields if each.published is not None)
        return _object({name: found for pairs in published for name, found in pairs})
    if isinstance(shape, Flag):
        return {"type": "boolean"}
    return _NUMBER if isinstance(shape, Number) else _TEXT


def _record(cls: type[Any]) -> JsonSchema:
    pairs = (pair for declared in published_fields(cls) for pair in _published(declared))
    return _object(dict(pairs))


def _pin() -> JsonSchema:
    locator = _object(
        {
            "kind": {"enum": list(LOCATOR_KINDS)},
            "values": {"type": "array", "items": _TEXT, "minItems": 1},
            "text": _TEXT,
        }
    )
    evidence = declared_fields(Pin)["evidence"]
    said = dict(_published(evidence))
    return _object({"id": _TEXT, "locator": _or_null(locator), **said, "url": _or_null(_TEXT)})


def _or_null(schema: JsonSchema) -> JsonSchema:
    if isinstance(schema.get("type"), str):
        return {**schema, "type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}
