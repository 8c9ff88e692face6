"""The shape of every kind of entry, as tables that the loader and editors' schemas both read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reperes.model.documents import Table
from reperes.model.facts import (
    Actor,
    ActorName,
    Claim,
    Correction,
    Derivation,
    Editor,
    Event,
    Figure,
    GeoPlace,
    Labelled,
    Language,
    Licence,
    Pin,
    PlaceName,
    ReadingPath,
    Site,
    Source,
    Term,
    TermText,
    Waiver,
)
from reperes.model.shapes import (
    Choice,
    ContactAddress,
    Date,
    Day,
    Field,
    Flag,
    Id,
    JsonSchema,
    ListOf,
    Number,
    Pattern,
    PerLanguage,
    Reader,
    Record,
    Reference,
    Shape,
    WebAddress,
    Words,
)
from reperes.text.problems import Text

EVIDENCE_WORDS = 5
"""How many words of a source a fact may quote as evidence."""

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

SOURCE_TYPES = ("report", "statement", "dataset", "book", "web_page", "interview")
ACTOR_KINDS = (
    "state",
    "government",
    "armed_force",
    "armed_group",
    "international_organisation",
    "ngo",
    "media",
    "person",
    "anonymous_source",
    "other",
)
PLACE_KINDS = ("country", "region", "province", "city", "town", "landform", "area", "other")
EVENT_KINDS = ("fighting", "talks", "diplomacy", "humanitarian", "statement", "politics", "other")
CLAIM_ACTS = ("asks", "offers", "accepts", "refuses", "warns", "announces", "states")
CORRECTION_KINDS = ("correction", "update", "clarification")
BOUNDS = ("exact", "about", "at_least", "more_than", "at_most", "range")

_TEXT = PerLanguage(Words())
_PROSE = PerLanguage(Words(long=True))
_DIGEST = Pattern(
    r"^[0-9a-f]{64}$", "a SHA-256 digest (64 hexadecimal digits, which `reperes digest` prints)"
)
_PARAGRAPH = Pattern(r"^[1-9][0-9]{0,3}$", "a paragraph number, counted from 1")
_LANGUAGE = Pattern(r"^[a-z]{2,3}$", 'a language code, such as "fr"')
_LOCALE = Pattern(r"^[a-z]{2,3}_[A-Z]{2}$", 'a locale, such as "fr_FR"')
_UNIT = Pattern(r"^[a-z][a-z0-9_]*$", 'a unit, such as "person"')


def _count_words(evidence: str) -> int:
    """How many words a quotation has; a number is one, though spaces part its thousands."""
    return len(re.sub(r"(?<=[0-9])\s(?=[0-9]{3}(?![0-9]))", "", evidence).split())


def _build_pin(values: dict[str, Any], reader: Reader) -> Pin:
    evidence: Text | None = values["evidence"]
    if evidence and (count := _count_words(evidence)) > EVIDENCE_WORDS:
        message = f"{count} words; quote {EVIDENCE_WORDS} at most"
        with reader.inside("evidence"):
            raise reader.reject(evidence.place, message)
    paragraphs = tuple(int(number) for number in values["paragraphs"])
    return Pin(source_id=values["id"], paragraphs=paragraphs, evidence=evidence)


PIN: Record[Pin] = Record(
    "source",
    {
        "id": Field(Reference(("source",)), help="the id of a source in sources.yml"),
        "paragraphs": Field(ListOf(_PARAGRAPH), help="the paragraphs of the source that say it"),
        "evidence": Field(Words(), False, "at most five words of the source, to find the passage"),
    },
    _build_pin,
)


_ANCHOR = "the words of the source that it starts from"


class _DerivationShape(Shape[Derivation]):
    """A reason for each language, beside the word of the source it starts from."""

    def read(self, value: Any, reader: Reader) -> Derivation:
        if not isinstance(value, Table):
            raise reader.reject(value.place, "expected a reason for each language, and an anchor")
        anchor = value.get("anchor")
        reasons = {key: item for key, item in value.entries.items() if key != "anchor"}
        reason = _PROSE.read(Table(reasons, value.place), reader)
        with reader.inside("anchor"):
            word = Words().read(anchor, reader) if anchor is not None else None
        return Derivation(reason=reason, anchor=word)

    def parts(self, languages: Any) -> Mapping[str, Field]:
        return {**_PROSE.parts(languages), "anchor": Field(Words(), False, _ANCHOR)}

    def json_schema(self, languages: Any) -> JsonSchema:
        schema = _PROSE.json_schema(languages)
        schema["properties"]["anchor"] = Words().json_schema(languages)
        return schema


# The fields of a table stand in the order in which `reperes fmt` and the web editor write them.
_ID = {"id": Field(Id, help="the name by which prose and other entries cite it")}
_EDITOR_NOTE = {
    "editor_note": Field(Words(long=True), False, "a note among editors, never shown to readers")
}
_LABEL = {"label": Field(_TEXT, help="what it is, in a few words, in each language")}
_ATTRIBUTION = {
    "attributed_to": Field(
        ListOf(Reference(("actor",))),
        help="who says so (actor ids; the source's publisher where it says so itself)",
    ),
    "source": Field(PIN, help="the source that says so, and its paragraphs"),
}
_KEY = {"key": Field(Flag(), False, '"true" to show it on the overview')}
_DERIVED = Field(_DerivationShape(), False, "how the date was worked out, in each language")
_PIN = Field(PIN, False, "the source and its paragraphs")


def _taken_over(values: dict[str, Any], **renamed: str) -> dict[str, Any]:
    """The values under the names that the class gives them."""
    return {renamed.get(key, key): value for key, value in values.items()}


def _build_source(values: dict[str, Any], reader: Reader) -> Source:
    return Source(**_taken_over(values, publisher="publisher_id"))


SOURCE: Record[Source] = Record(
    "source",
    {
        **_ID,
        "type": Field(Choice(SOURCE_TYPES), help="what kind of document it is"),
        "publisher": Field(Reference(("actor",)), help="the actor that published it"),
        "language": Field(_LANGUAGE, help='the language it is written in, such as "fr"'),
        "published": Field(Date(), help="the day it was published"),
        "derived": _DERIVED,
        "label": Field(_TEXT, help="how readers see it named"),
        "reference": Field(_PROSE, help="what it is and where it was read"),
        "url": Field(WebAddress, False, "where it can be read"),
        "hash": Field(Choice(("sha256",)), help='always "sha256"'),
        "normalisation": Field(
            Choice(("nfc-space-collapsed",)), help='always "nfc-space-collapsed"'
        ),
        "paragraphs": Field(ListOf(_DIGEST), help="a digest of each paragraph, in order"),
        **_EDITOR_NOTE,
    },
    _build_source,
)


def _plain(cls: Any) -> Any:
    return lambda values, reader: cls(**values)


def _build_actor_name(values: dict[str, Any], reader: Reader) -> ActorName:
    return ActorName(**{**values, "accepted": values["accepted"] or ()})


_ACTOR_NAME: Record[ActorName] = Record(
    "name",
    {
        "full": Field(Words(), help="the whole name"),
        "short": Field(Words(), False, "the short name that prose uses"),
        "accepted": Field(ListOf(Words()), False, "other spellings that prose may use"),
        "according_to": Field(Words(), help='the words that attribute ("selon l’ONU")'),
    },
    _build_actor_name,
)


def _build_actor(values: dict[str, Any], reader: Reader) -> Actor:
    return Actor(**_taken_over(values, side="side_id", part_of="part_of_id", source="pin"))


ACTOR: Record[Actor] = Record(
    "actor",
    {
        **_ID,
        "kind": Field(Choice(ACTOR_KINDS), help="what kind of actor it is"),
        "side": Field(Reference(("side",)), False, "one of the sides of site.yml"),
        "part_of": Field(Reference(("actor",)), False, "the actor it belongs to or speaks for"),
        "names": Field(PerLanguage(_ACTOR_NAME), help="its names in each language"),
        "role": Field(_PROSE, help="who it is, in a sentence, in each language"),
        "source": _PIN,
        **_EDITOR_NOTE,
    },
    _build_actor,
)


def _build_place_name(values: dict[str, Any], reader: Reader) -> PlaceName:
    return PlaceName(name=values["name"], accepted=values["accepted"] or ())


_PLACE_NAME: Record[PlaceName] = Record(
    "name",
    {
        "name": Field(Words(), help="the name that prose uses"),
        "accepted": Field(ListOf(Words()), False, "other spellings that prose may use"),
    },
    _build_place_name,
)


def _build_place(values: dict[str, Any], reader: Reader) -> GeoPlace:
    for key, most in (("latitude", 90), ("longitude", 180)):
        degrees = values[key]
        if degrees is not None and abs(degrees) > most:
            message = f"{key}: expected degrees from -{most} to {most}, found {degrees}"
            raise reader.reject(reader.place_of(key), message)
    if (values["latitude"] is None) != (values["longitude"] is None):
        message = "latitude and longitude go together; write both or neither"
        raise reader.reject(values["id"].place, message)
    return GeoPlace(**_taken_over(values, within="within_id", source="pin"))


PLACE: Record[GeoPlace] = Record(
    "place",
    {
        **_ID,
        "kind": Field(Choice(PLACE_KINDS), help="what kind of place it is"),
        "names": Field(PerLanguage(_PLACE_NAME), help="its names in each language"),
        "within": Field(Reference(("place",)), False, "the place that holds it"),
        "latitude": Field(Number(fine=True), False, "decimal degrees north"),
        "longitude": Field(Number(fine=True), False, "decimal degrees east"),
        "coordinates_from": Field(Words(), False, "where the coordinates come from"),
        "note": Field(_PROSE, False, "what a reader should know of it"),
        "source": _PIN,
        **_EDITOR_NOTE,
    },
    _build_place,
)


def _build_term_text(values: dict[str, Any], reader: Reader) -> TermText:
    lists = {key: values[key] or () for key in ("forms", "discouraged")}
    return TermText(**{**values, **lists})


_TERM_TEXT: Record[TermText] = Record(
    "term",
    {
        "term": Field(Words(), help="the word or phrase explained"),
        "definition": Field(Words(long=True), help="what it means, in a sentence or two"),
        "forms": Field(ListOf(Words()), False, "inflections and spellings that prose may use"),
        "discouraged": Field(ListOf(Words()), False, "spellings that prose should not use"),
    },
    _build_term_text,
)


class _TermShape(Shape[Term]):
    """A term: its languages stand beside its other keys, so that translators see them first."""

    def _record(self, languages: Any) -> Record[Term]:
        texts = {code: Field(_TERM_TEXT, help="the term in this language") for code in languages}
        rest = {
            "actor": Field(Reference(("actor",)), False, "the actor that it names"),
            "place": Field(Reference(("place",)), False, "the place that it names"),
            "see_also": Field(ListOf(Reference(("term",))), False, "related terms"),
            "source": _PIN,
        }
        return Record("term", {**_ID, **texts, **rest, **_EDITOR_NOTE}, self._build)

    @staticmethod
    def _build(values: dict[str, Any], reader: Reader) -> Term:
        return Term(
            id=values["id"],
            editor_note=values["editor_note"],
            texts={code: values[code] for code in reader.languages},
            see_also=values["see_also"] or (),
            actor_id=values["actor"],
            place_id=values["place"],
            pin=values["source"],
        )

    def parts(self, languages: Any) -> Mapping[str, Field]:
        return self._record(languages).fields

    def read(self, value: Any, reader: Reader) -> Term:
        return self._record(reader.languages).read(value, reader)

    def json_schema(self, languages: Any) -> JsonSchema:
        return self._record(languages).json_schema(languages)


def _build_figure(values: dict[str, Any], reader: Reader) -> Figure:
    value, low, high = values.pop("value"), values.pop("low"), values.pop("high")
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
    low, high = (value, value) if value is not None else (low, high)
    named = _taken_over(values, place="place_id", source="pin")
    return Figure(**{**named, "low": low, "high": high, "key": bool(values["key"])})


FIGURE: Record[Figure] = Record(
    "figure",
    {
        **_ID,
        **_LABEL,
        "value": Field(Number(), False, "the number, in canonical digits (350000)"),
        "low": Field(Number(), False, "the lower end of a range"),
        "high": Field(Number(), False, "the upper end of a range"),
        "bound": Field(Choice(BOUNDS), help="how the source bounds it"),
        "unit": Field(_UNIT, help="what is counted, as interface/ names it"),
        "as_of": Field(Date(), help="the day for which it was said"),
        "period": Field(Date(), False, "the time that it covers"),
        "place": Field(Reference(("place",)), False, "where"),
        **_ATTRIBUTION,
        "contested": Field(_PROSE, False, "who says otherwise, or why to be careful"),
        "unknown": Field(_PROSE, False, "what the source leaves open: how it was counted, by whom"),
        "note": Field(_PROSE, False, "what else a reader should know of it"),
        **_KEY,
        **_EDITOR_NOTE,
    },
    _build_figure,
)


def _build_event(values: dict[str, Any], reader: Reader) -> Event:
    named = _taken_over(values, place="place_id", source="pin")
    return Event(**{**named, "actors": values["actors"] or (), "key": bool(values["key"])})


EVENT: Record[Event] = Record(
    "event",
    {
        **_ID,
        **_LABEL,
        "date": Field(Date(), help="when, as precisely as the source says and no more"),
        "derived": _DERIVED,
        "kind": Field(Choice(EVENT_KINDS), help="what kind of event it is"),
        "place": Field(Reference(("place",)), False, "where"),
        "actors": Field(ListOf(Reference(("actor",))), False, "who took part"),
        "summary": Field(_PROSE, help="what happened, in a sentence, in each language"),
        **_ATTRIBUTION,
        **_KEY,
        **_EDITOR_NOTE,
    },
    _build_event,
)


def _build_claim(values: dict[str, Any], reader: Reader) -> Claim:
    named = _taken_over(values, actor="actor_id", topic="topic_id", source="pin")
    return Claim(**{**named, "key": bool(values["key"])})


CLAIM: Record[Claim] = Record(
    "claim",
    {
        **_ID,
        **_LABEL,
        "actor": Field(Reference(("actor",)), help="whose position it is"),
        "act": Field(Choice(CLAIM_ACTS), help="what the actor does by saying it"),
        "topic": Field(Reference(("topic",)), help="one of the topics of site.yml"),
        "text": Field(_PROSE, help="the position, in a sentence, in each language"),
        "date": Field(Date(), help="when it was said"),
        "derived": _DERIVED,
        **_ATTRIBUTION,
        **_KEY,
        **_EDITOR_NOTE,
    },
    _build_claim,
)


def _build_correction(values: dict[str, Any], reader: Reader) -> Correction:
    return Correction(**_taken_over(values, target="target_id"))


CORRECTION: Record[Correction] = Record(
    "correction",
    {
        **_ID,
        "day": Field(Day(), help="the day of the change"),
        "kind": Field(Choice(CORRECTION_KINDS), help="what kind of change it is"),
        "target": Field(Reference(("fact", "term", "actor", "section")), help="what was changed"),
        "before": Field(_PROSE, help="what it said before"),
        "after": Field(_PROSE, help="what it says now"),
        "reason": Field(_PROSE, help="why it was changed"),
        **_EDITOR_NOTE,
    },
    _build_correction,
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of entry: the file it lives in, the key of the list there, and its shape."""

    noun: str
    path: str
    root: str
    shape: Shape[Any]

    def json_schema(self, languages: tuple[str, ...]) -> JsonSchema:
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
    Kind("source", "sources.yml", "sources", SOURCE),
    Kind("actor", "actors.yml", "actors", ACTOR),
    Kind("place", "places.yml", "places", PLACE),
    Kind("term", "glossary.yml", "terms", _TermShape()),
    Kind("figure", "facts/figures.yml", "figures", FIGURE),
    Kind("event", "facts/events.yml", "events", EVENT),
    Kind("claim", "facts/claims.yml", "claims", CLAIM),
    Kind("correction", "corrections.yml", "corrections", CORRECTION),
)

_LABELLED: Record[Labelled] = Record(
    "entry",
    {**_ID, "label": Field(_TEXT, help="its name in each language"), **_EDITOR_NOTE},
    _plain(Labelled),
)
_READING_PATH: Record[ReadingPath] = Record(
    "entry",
    {
        **_ID,
        "label": Field(_TEXT, help="what it is for, in each language"),
        "sections": Field(ListOf(Reference(("section",))), help="sections and pages, in order"),
        **_EDITOR_NOTE,
    },
    lambda values, _: ReadingPath(**_taken_over(values, sections="section_ids")),
)
_LANGUAGE_RECORD: Record[Language] = Record(
    "language",
    {
        "code": Field(_LANGUAGE, help='as in addresses, such as "fr"'),
        "locale": Field(_LOCALE, help='such as "fr_FR"'),
        "name": Field(Words(), help="its name in itself"),
    },
    _plain(Language),
)
_EDITOR: Record[Editor] = Record(
    "editor",
    {"name": Field(Words(), help="who edits the site"), "url": Field(WebAddress, False)},
    _plain(Editor),
)
_LICENCE: Record[Licence] = Record(
    "licence",
    {"name": Field(Words(), help="the licence of the content"), "url": Field(WebAddress, False)},
    _plain(Licence),
)


def _build_site(values: dict[str, Any], reader: Reader) -> Site:
    lists = {key: values[key] or () for key in ("start_here", "sides", "topics")}
    flags = {"archived": bool(values["archived"])}
    return Site(**{**_taken_over(values, sections="section_ids"), **lists, **flags})


SITE_FIELDS: Mapping[str, Field] = {
    "title": Field(_TEXT, help="the subject, in each language"),
    "tagline": Field(_PROSE, help="the subject in a sentence"),
    "notice": Field(_PROSE, help="what a reader must know first: sources, day, limits"),
    "base_url": Field(
        Pattern(
            r"^https?://[^\s<>\"'?#]+/$",
            'the site\'s address, ending in "/"',
            lambda found: f"{found}/" if re.fullmatch(r"https?://[^\s<>\"'?#]+", found) else None,
        ),
        help='the address at which it is published, ending in "/"',
    ),
    "repository": Field(WebAddress, False, "where the content is kept"),
    "branch": Field(Words(), False, "the branch that is published"),
    "report_errors": Field(ContactAddress, help="where readers report an error"),
    "editor": Field(_EDITOR, help="who answers for the site"),
    "licence": Field(_LICENCE, help="the licence of the content"),
    "as_of": Field(Date(), help="the day that the site describes"),
    "updated": Field(Day(), help="the day of its last change"),
    "archived": Field(Flag(), False, '"true" when it is no longer updated'),
    "languages": Field(ListOf(_LANGUAGE_RECORD), help="the languages, the default one first"),
    "sections": Field(ListOf(Id), help="section ids in reading order"),
    "start_here": Field(ListOf(_READING_PATH), False, "ways through it that the overview offers"),
    "sides": Field(ListOf(_LABELLED), False, "the sides of the subject"),
    "topics": Field(ListOf(_LABELLED), False, "the topics of the statements page"),
}
SITE: Record[Site] = Record("site", SITE_FIELDS, _build_site)


def _build_waiver(values: dict[str, Any], reader: Reader) -> Waiver:
    return Waiver(**values)


_WAIVER: Record[Waiver] = Record(
    "waiver",
    {
        "rule": Field(Words(), help="the rule's name, as the message gives it"),
        "text": Field(Words(), help="the words at which it is waived"),
        "reason": Field(Words(long=True), help="why"),
    },
    _build_waiver,
)

SECTION_FIELDS: Mapping[str, Field] = {
    "title": Field(Words(), help="the section's title"),
    "id": Field(Id, help="the section's id, the same as the file's name"),
    "summary": Field(Words(long=True, most=2_000), help="what it says, in a sentence"),
    "original": Field(_LANGUAGE, False, "the language it was translated from"),
    "reviewed": Field(
        Pattern(r"^[0-9a-f]{6}-?[0-9a-f]{6}$", "the code that the translators’ desk shows"),
        False,
        "the code of both texts when last compared",
    ),
    "updated": Field(Day(), False, "the day of its last change"),
    "waivers": Field(ListOf(_WAIVER), False, "rules that may be broken here, with reasons"),
}


def json_schemas(languages: tuple[str, ...]) -> dict[str, JsonSchema]:
    """A JSON Schema for each YAML file of the content, by the file's path."""
    schemas = {kind.path: kind.json_schema(languages) for kind in KINDS}
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "site"}
    schemas["site.yml"] = {**head, **SITE.json_schema(languages)}
    return schemas


def section_json_schema(languages: tuple[str, ...]) -> JsonSchema:
    """A JSON Schema for the front matter of a section."""
    return Record("section", SECTION_FIELDS, _plain(dict)).json_schema(languages)
