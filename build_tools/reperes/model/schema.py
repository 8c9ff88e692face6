"""The kinds of entries and the files they stand in, with the JSON Schemas that editors check by."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reperes.language.units import UNIT_KINDS, has_genders
from reperes.model.bearings import Actor, GeoPlace, Lent, Picture, Source, Term, Unit
from reperes.model.declaring import SeveralRecord, Values, declared_fields, shape_of
from reperes.model.entries import Entry, Labelled
from reperes.model.facts import Claim, Correction, Event, Fact, Figure, Quotation
from reperes.model.gone import Gone, judge_gone
from reperes.model.shapes import ABSENT, Choice, Field, JsonSchema, ListOf, Reader, Record
from reperes.model.site import Section, Site
from reperes.model.stated import Stated, StatedNumber
from reperes.model.words import (
    ACT,
    ACTOR_KIND,
    EVENT_KIND,
    PLACE_KIND,
    SOURCE_TYPE,
    Act,
    ActorKind,
    PlaceKind,
    SourceType,
    Vocabulary,
)
from reperes.text.problems import quoted

RESERVED_IDS = (
    "overview",
    "timeline",
    "figures",
    "statements",
    "actors",
    "glossary",
    "sources",
    "corrections",
    "editions",
)
"""Pages that the program makes; a section with such an id is that page's introduction."""

ENTRIES_OF_PAGE: Mapping[str, tuple[str, ...]] = {
    "timeline": ("event",),
    "figures": ("figure",),
    "statements": ("claim", "quotation"),
    "actors": ("actor",),
    "glossary": ("term", "place"),
    "sources": ("source",),
}
"""Pages of which there is none without an entry of these kinds, unless a section introduces it.

That nothing was corrected is worth a page.
"""

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


def _judge_source(values: Values, reader: Reader) -> None:
    own = reader.own.get("source_type", {})
    values["general_type"] = own.get(values["type"], str(values["type"]))
    if values["publisher_id"] is None and not values["authors"]:
        message = 'no publisher; write the actor that published it as "publisher", or its "authors"'
        raise reader.reject(values["id"].place, message)
    for key, needed, fix in (
        ("derived", "published", 'write the date that was worked out as "published"'),
        ("archived", "url", 'write the address of which it is a copy as "url"'),
        ("hash", "paragraphs", "write what `reperes digest` prints, or remove it"),
        ("normalisation", "paragraphs", "write what `reperes digest` prints, or remove it"),
    ):
        if values[key] and not values[needed]:
            raise reader.reject(reader.place_of(key), f'"{key}" without "{needed}"; {fix}')
    if values["archived"] and values["archived"] == values["url"]:
        message = "archived: the same address as url; write that of the copy, or remove it"
        raise reader.reject(reader.place_of("archived"), message)
    if values["paragraphs"]:
        values["hash"] = values["hash"] or "sha256"
        values["normalisation"] = values["normalisation"] or "nfc-space-collapsed"


def _judge_place(values: Values, reader: Reader) -> None:
    for key, most in (("latitude", 90), ("longitude", 180)):
        degrees = values[key]
        if degrees is not None and abs(degrees) > most:
            message = f"{key}: expected degrees from -{most} to {most}, found {degrees}"
            raise reader.reject(reader.place_of(key), message)
    if (values["latitude"] is None) != (values["longitude"] is None):
        message = "latitude and longitude go together; write both or neither"
        raise reader.reject(values["id"].place, message)


def _judge_several(values: Values, reader: Reader) -> None:
    """Problems of ranks: which value prose says must be plain."""
    stated: tuple[Stated, ...] = values["values"]
    if len(stated) == 1 and stated[0].rank != "normal":
        message = "rank: a single value needs none; remove it, or give the other values"
        raise reader.reject(stated[0].rank_place, message)
    if twice := _said_twice(stated):
        message = "the same value, of the same sources, stands above; remove one"
        raise reader.reject(twice.place, message)
    holding = [value for value in stated if not value.is_deprecated]
    if not holding:
        message = "every value is deprecated; give the one that holds, or remove the fact"
        raise reader.reject(stated[0].rank_place, message)
    preferred = [value for value in holding if value.rank == "preferred"]
    if second := _second_of_a_day(preferred):
        message = "a second preferred value; keep one, the one that prose says"
        raise reader.reject(second.rank_place, message)
    rivals = _of_latest_day(preferred or holding)
    if len(rivals) > 1:
        message = f"{len(rivals)} values, and none is preferred"
        if preferred:
            message = f"{len(rivals)} preferred values of one day, for different places"
        fix = 'write rank: "preferred" beside the one that prose says'
        raise reader.reject(rivals[1].place, f"{message}; {fix}")


def _second_of_a_day(preferred: Sequence[Stated]) -> Stated | None:
    """The first preferred value of a number for a day and a place that has one already.

    Of a date or a wording, there is one in all.
    """
    seen: set[object] = set()
    for value in preferred:
        key = (value.as_of.text, value.place_id) if isinstance(value, StatedNumber) else None
        if key in seen:
            return value
        seen.add(key)
    return None


def _said_twice(stated: Sequence[Stated]) -> Stated | None:
    """The first value that says no more than one before it."""
    for number, value in enumerate(stated):
        for before in stated[:number]:
            if _said(value) == _said(before):
                return value
    return None


def _said(stated: Stated) -> Stated:
    """A value without its rank: two of one rank and another say the same all the more."""
    return replace(stated, rank="normal", because=None)


def _of_latest_day(stated: Sequence[Stated]) -> list[Stated]:
    """Those of the latest day, of numbers; of dates and wordings, all."""
    days = [value.as_of.sort_key for value in stated if isinstance(value, StatedNumber)]
    if not days:
        return [*stated]
    return [v for v in stated if isinstance(v, StatedNumber) and v.as_of.sort_key == max(days)]


OwnWords = Mapping[str, Collection[str]]
"""The ids of vocabulary.yml, by the noun of their list ("actor_kind")."""


def _judge_picture(values: Values, reader: Reader) -> None:
    creator, licence, rights = values["creator"], values["licence"], values["rights"]
    if licence is not None and rights is not None:
        message = 'both "licence" and "rights", typed here or in "defaults"; keep one of them'
        raise reader.reject(reader.place_of("rights"), message)
    if rights is None and (creator is None or licence is None):
        missing = 'no "creator"' if licence else 'no "licence"' if creator else "no credit"
        message = (
            f'{missing}; write "creator" and "licence", or "rights" to say why there is none of'
            " either (public domain, by leave of whom)"
        )
        raise reader.reject(values["id"].place, message)


def _judge_unit(values: Values, reader: Reader) -> None:
    kind, names, of, per = (values[key] for key in ("kind", "names", "of_id", "per_id"))
    if names is not None and of is not None:
        message = 'both "names" and "of"; a unit that is "of" another has its names'
        raise reader.reject(reader.place_of("of"), message)
    if of is None and kind is None:
        message = f'"kind" is missing; write it, one of {", ".join(UNIT_KINDS)}'
        raise reader.reject(values["id"].place, message)
    if of is None and names is None and kind != "ratio":
        message = 'no names; write "names", or "of" with the unit that has them'
        raise reader.reject(values["id"].place, message)
    if of is not None and kind is None and per is None:
        message = f'of: says what {quoted(of)} says; write "per" or another "kind" too, or use that'
        raise reader.reject(of.place, message)
    if kind == "ratio" and per is not None:
        message = 'per: a ratio has none; "of" is what one in so many is'
        raise reader.reject(per.place, message)
    for language, name in (names or {}).items():
        if has_genders(language) and name.gender in (None, "none"):
            message = f'names: {language}: "gender" is missing; write it, feminine or masculine'
            raise reader.reject(name.one.place, message)


DEFAULTS = "defaults"
"""The key beside a file's list under which stands what its entries share."""

SHARED = "what the entries share"
"""What that means."""

_VALUES = "values"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of entry: the file it lives in, the key of the list there, its class and its shape.

    `together` is what several of its fields must keep to among themselves.
    """

    noun: str
    path: str
    root: str
    entry: type[Entry]
    shape: Record[Any]
    together: str = ""

    @property
    def name(self) -> str:
        """What messages call an entry of it."""
        return self.noun.replace("_", " ")

    def json_schema(self, languages: Sequence[str], own_words: OwnWords) -> JsonSchema:
        """The schema of its file. What a file may say for all its entries, each may leave to it.

        `own_words` are those that vocabulary.yml adds to choices.
        """
        shapes = [declared.shape for declared in declared_fields(self.entry).values()]
        lists = [shape for shape in shapes if isinstance(shape, Choice) and shape.own]
        words = {f"{shape.own}s": {"enum": list(shape.words(own_words))} for shape in lists}
        shared = defaults_shape(self, languages)
        entry = Record(
            {
                key: field.partial() if key in (*shared.fields, _VALUES) else field
                for key, field in self.shape.parts(languages).items()
            },
            self.shape.build,
        )
        defaults = {**shared.json_schema(languages), "description": SHARED}
        needs = list(self._needs_where_not_shared(languages))
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": self.root,
            "type": "object",
            "properties": {
                DEFAULTS: defaults,
                self.root: {"type": "array", "items": entry.json_schema(languages)},
            },
            "required": [self.root],
            "additionalProperties": False,
            **({"allOf": needs} if needs else {}),
            **({"$defs": words} if words else {}),
        }

    def _needs_where_not_shared(self, languages: Sequence[str]) -> Iterator[JsonSchema]:
        """What each entry has, for each key that the file does not say for all of them.

        What facts may have from their source or from another fact is left to the check.
        """
        lent = declared_fields(Lent) if issubclass(self.entry, Fact) else {}
        supplies = self.shape.short.supplies if self.shape.short else {}
        for key in defaults_shape(self, languages).fields:
            field = self.shape.parts(languages)[key]
            inner = field.shape.needs(languages)
            if key in lent or not (field.required or inner):
                continue
            has: JsonSchema = {"properties": {key: inner}}
            said: list[JsonSchema] = [{"required": [key]}]
            if field.required:
                has = {"required": [key], "properties": {key: {"not": ABSENT, **inner}}}
                ways = [has, *_in_each_value(self.shape, key, has)]
                if key in supplies:
                    ways.append(supplies[key])
                    said.append(supplies[key])
                has = {"anyOf": ways} if len(ways) > 1 else has
            yield {
                "if": {"required": [DEFAULTS], "properties": {DEFAULTS: {"anyOf": said}}},
                "else": {"properties": {self.root: {"items": has}}},
            }


def _in_each_value(shape: Record[Any], key: str, has: JsonSchema) -> Iterator[JsonSchema]:
    """Where an entry may have several values: that each of these has it."""
    if isinstance(shape, SeveralRecord) and key in shape.of_values:
        yield {"required": [_VALUES], "properties": {_VALUES: {"items": has}}}


KINDS = (
    Kind(
        "source",
        "sources.yml",
        "sources",
        Source,
        shape_of(Source, _judge_source),
        "Write `publisher`, `authors` or both.",
    ),
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
        shape_of(Figure, _judge_several),
        "Write `value`, or both `low` and `high`; these have the bound `range`, and only these.",
    ),
    Kind("event", "facts/events.yml", "events", Event, shape_of(Event, _judge_several)),
    Kind("claim", "facts/claims.yml", "claims", Claim, shape_of(Claim, _judge_several)),
    Kind(
        "quotation",
        "facts/quotations.yml",
        "quotations",
        Quotation,
        shape_of(Quotation, _judge_several),
        "`original_words` is for a `language` that is none of the site’s, and only for one.",
    ),
    Kind(
        "unit",
        "units.yml",
        "units",
        Unit,
        shape_of(Unit, _judge_unit),
        "Write `kind` and `names`, or `of` with `per` or another `kind`; a ratio needs no names.",
    ),
    Kind(
        "picture",
        "pictures.yml",
        "pictures",
        Picture,
        shape_of(Picture, _judge_picture),
        "Write `creator` and `licence`; or `rights`, with `creator` where one is known.",
    ),
    Kind("correction", "corrections.yml", "corrections", Correction, shape_of(Correction)),
    Kind(
        "gone",
        "gone.yml",
        "gone",
        Gone,
        shape_of(Gone, judge_gone),
        "Write `now`, `reason` or both.",
    ),
)
"""Every kind of entry; an explainer has its entries under the name of `root`."""


def shape_of_file(kind: Kind, languages: Sequence[str]) -> Record[Any]:
    """A file of entries: what they share, and their list."""
    fields = {
        DEFAULTS: Field(defaults_shape(kind, languages), False, SHARED),
        kind.root: Field(ListOf(kind.shape)),
    }
    return Record(fields, lambda values, _: values)


def defaults_shape(kind: Kind, languages: Sequence[str]) -> Record[Any]:
    """What the entries of a kind may take from their file: all but what makes each its own."""
    fields = {
        key: field.partial()
        for key, field in kind.shape.parts(languages).items()
        if key not in ("id", _VALUES, DEFAULTS)
    }
    return Record(fields, lambda values, _: values, kind.shape.short)


VOCABULARY_FILE = "vocabulary.yml"

WORD_LISTS = (
    Kind("actor_kind", VOCABULARY_FILE, "actor_kinds", ActorKind, ACTOR_KIND),
    Kind("place_kind", VOCABULARY_FILE, "place_kinds", PlaceKind, PLACE_KIND),
    Kind("event_kind", VOCABULARY_FILE, "event_kinds", Labelled, EVENT_KIND),
    Kind("source_type", VOCABULARY_FILE, "source_types", SourceType, SOURCE_TYPE),
    Kind("act", VOCABULARY_FILE, "acts", Act, ACT),
)
"""The lists of vocabulary.yml: the words that an explainer adds to those of the program."""

FACT_NOUNS = ("figure", "event", "claim", "quotation")
"""The kinds that share one namespace."""

NOUNS: Mapping[type[Entry], str] = {kind.entry: kind.noun for kind in KINDS}

SITE = shape_of(Site)


def json_schemas(languages: Sequence[str], own: OwnWords | None = None) -> dict[str, JsonSchema]:
    """A JSON Schema for each YAML file of the content, by the file's path.

    `own` are the words that the explainer's vocabulary.yml adds, where it has one.
    """
    schemas = {kind.path: kind.json_schema(languages, own or {}) for kind in KINDS}
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "site"}
    schemas["site.yml"] = {**head, **SITE.json_schema(languages)}
    schemas[VOCABULARY_FILE] = {
        **head,
        "title": "vocabulary",
        **shape_of(Vocabulary).json_schema(languages),
    }
    return schemas


def section_json_schema(languages: Sequence[str]) -> JsonSchema:
    """A JSON Schema for the front matter of a section."""
    return shape_of(Section).json_schema(languages)
