"""The kinds of entries and the files they stand in, with the JSON Schemas that editors check by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reperes.language.typography import without_marks
from reperes.model.declaring import Values, shape_of
from reperes.model.facts import (
    MOST_QUOTED_WORDS,
    Actor,
    Claim,
    Correction,
    Entry,
    Event,
    Figure,
    GeoPlace,
    Quotation,
    Section,
    Site,
    Source,
    Term,
    count_words,
)
from reperes.model.shapes import Field, JsonSchema, Reader, Record, Shape
from reperes.text.problems import Text, quoted

RESERVED_IDS = (
    "overview",
    "timeline",
    "figures",
    "statements",
    "actors",
    "glossary",
    "sources",
    "corrections",
)
"""Pages that the program makes; a section with such an id is that page's introduction."""

TAKEN_IDS = ("index", "contents", "facts", "assets", "cards", "pagefind")
"""Names that no section may have: pages and files of the program stand at their addresses."""


class _TermShape(Record[Term]):
    """A term: its languages stand beside its other keys, so that translators see them first."""

    def parts(self, languages: Sequence[str]) -> Mapping[str, Field]:
        fields = dict(self.fields)
        first, texts = fields.pop("id"), fields.pop("texts")
        texts_of = texts.shape.parts(languages).items()
        each = {code: replace(field, meaning=texts.meaning) for code, field in texts_of}
        return {"id": first, **each, **fields}

    def read(self, value: Any, reader: Reader) -> Term:
        def build(values: Values, reader: Reader) -> Term:
            texts = {code: values.pop(code) for code in reader.languages}
            return self.build({**values, "texts": texts}, reader)

        return Record(self.parts(reader.languages), build).read(value, reader)

    def json_schema(self, languages: Sequence[str]) -> JsonSchema:
        return Record(self.parts(languages), self.build).json_schema(languages)


_TERM = shape_of(Term)


def _judge_place(values: Values, reader: Reader) -> None:
    for key, most in (("latitude", 90), ("longitude", 180)):
        degrees = values[key]
        if degrees is not None and abs(degrees) > most:
            message = f"{key}: expected degrees from -{most} to {most}, found {degrees}"
            raise reader.reject(reader.place_of(key), message)
    if (values["latitude"] is None) != (values["longitude"] is None):
        message = "latitude and longitude go together; write both or neither"
        raise reader.reject(values["id"].place, message)


def _judge_figure(values: Values, reader: Reader) -> None:
    value, low, high = values.pop("value"), values["low"], values["high"]
    bound: Text = values["bound"]
    if value is not None and (low is not None or high is not None):
        message = 'both "value" and "low" or "high"; write one number, or the two ends of a range'
        raise reader.reject(reader.place_of("value"), message)
    if value is None and (low is None or high is None):
        message = 'no number, or one end of a range; write "value", or both "low" and "high"'
        raise reader.reject(values["id"].place, message)
    if value is None and low >= high:
        fault, fix = f"{low} is not below high ({high})", 'exchange them, or write one "value"'
        if low == high:
            fault, fix = f"low and high are both {low}", 'write one "value"'
        raise reader.reject(reader.place_of("low"), f"low: {fault}; {fix}")
    if (bound == "range") != (value is None):
        typed = '"low" and "high"' if value is None else '"value"'
        message = f'bound: "{bound}" does not go with {typed}; "range" is for "low" and "high"'
        raise reader.reject(bound.place, message)
    if value is not None:
        values["low"] = values["high"] = value


def _judge_quotation(values: Values, reader: Reader) -> None:
    language, words, original = values["language"], values["words"], values["original_words"]
    if language in words and original is not None:
        message = f"original_words: the words in {language} are the original already; remove it"
        raise reader.reject(original.place, message)
    if language not in words and original is None:
        message = f'"original_words" is missing; write the words in {language} there'
        others = " or ".join(f'"{code}"' for code in words)
        fix = f"or write {others} as the language, if the source has them in it"
        raise reader.reject(language.place, f"{message}, {fix}")
    if words.keys() == {language} and values["translator"] is not None:
        message = "translator: nothing is translated; remove it"
        raise reader.reject(reader.place_of("translator"), message)
    typed = [(f"words: {code}", text) for code, text in words.items()]
    for name, text in [*typed, *([("original_words", original)] if original is not None else [])]:
        for fault in _faults_of_words(text):
            raise reader.reject(text.place, f"{name}: {fault}")


def _faults_of_words(text: Text) -> Iterator[str]:
    if (count := count_words(text)) > MOST_QUOTED_WORDS:
        yield f"{count} words; quote {MOST_QUOTED_WORDS} at most, and leave out others as […]"
    if bare := without_marks(text):
        yield f"quotation marks around all of it; pages set them, write {quoted(bare, 40)}"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of entry: the file it lives in, the key of the list there, its class and its shape.

    `together` is what several of its fields must keep to among themselves.
    """

    noun: str
    path: str
    root: str
    entry: type[Entry]
    shape: Shape[Any]
    together: str = ""

    def json_schema(self, languages: Sequence[str]) -> JsonSchema:
        entries = {"type": "array", "items": self.shape.json_schema(languages)}
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": self.root,
            "type": "object",
            "properties": {self.root: entries},
            "required": [self.root],
            "additionalProperties": False,
        }


KINDS = (
    Kind("source", "sources.yml", "sources", Source, shape_of(Source)),
    Kind("actor", "actors.yml", "actors", Actor, shape_of(Actor)),
    Kind(
        "place",
        "places.yml",
        "places",
        GeoPlace,
        shape_of(GeoPlace, _judge_place),
        "`latitude` and `longitude` go together.",
    ),
    Kind("term", "glossary.yml", "terms", Term, _TermShape(_TERM.fields, _TERM.build)),
    Kind(
        "figure",
        "facts/figures.yml",
        "figures",
        Figure,
        shape_of(Figure, _judge_figure),
        "Write `value`, or both `low` and `high`; these have the bound `range`, and only these.",
    ),
    Kind("event", "facts/events.yml", "events", Event, shape_of(Event)),
    Kind("claim", "facts/claims.yml", "claims", Claim, shape_of(Claim)),
    Kind(
        "quotation",
        "facts/quotations.yml",
        "quotations",
        Quotation,
        shape_of(Quotation, _judge_quotation),
        "`original_words` is for a `language` that is none of the site’s, and only for one.",
    ),
    Kind("correction", "corrections.yml", "corrections", Correction, shape_of(Correction)),
)
"""Every kind of entry; an explainer has its entries under the name of `root`."""

FACT_NOUNS = ("figure", "event", "claim", "quotation")
"""The kinds that share one namespace."""

NOUNS: Mapping[type[Entry], str] = {kind.entry: kind.noun for kind in KINDS}

SITE = shape_of(Site)


def json_schemas(languages: Sequence[str]) -> dict[str, JsonSchema]:
    """A JSON Schema for each YAML file of the content, by the file's path."""
    schemas = {kind.path: kind.json_schema(languages) for kind in KINDS}
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "site"}
    schemas["site.yml"] = {**head, **SITE.json_schema(languages)}
    return schemas


def section_json_schema(languages: Sequence[str]) -> JsonSchema:
    """A JSON Schema for the front matter of a section."""
    return shape_of(Section).json_schema(languages)
