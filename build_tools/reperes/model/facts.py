"""What an explainer is made of, as values that never change once they are loaded.

Each field is declared here and nowhere else (`declaring` says what follows from it). Within a
class the fields stand in the order in which `reperes fmt` and the web editor write them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from decimal import Decimal
from functools import cached_property
from typing import Any, ClassVar, TypeVar, get_args

from reperes.language.locales import Bound
from reperes.language.typography import without_marks
from reperes.language.units import GENDERS, SYMBOL_PLACES, UNIT_KINDS
from reperes.language.wording import placeholder_faults
from reperes.model import short_forms
from reperes.model.declaring import (
    Values,
    optional,
    record,
    required,
    several,
    shape_of,
    shorthand,
)
from reperes.model.pins import LOCATOR_KINDS, Locator, PlaceValue
from reperes.model.shapes import (
    Choice,
    ContactAddress,
    Date,
    DateOrFact,
    Day,
    Field,
    FileName,
    Flag,
    Id,
    JsonSchema,
    ListOf,
    Number,
    OneOrEach,
    OneOrMore,
    Pattern,
    PerLanguage,
    Quantity,
    Reader,
    Record,
    Reference,
    WebAddress,
    Words,
)
from reperes.model.source_types import SOURCE_TYPES
from reperes.model.yaml_values import Table
from reperes.text.blocks import Block, read_blocks
from reperes.text.dates import FactDate
from reperes.text.problems import Place, Text, quoted

Localized = Mapping[str, Text]
"""Text by language code; every language of the site is present."""

EVIDENCE_WORDS = 5
"""How many words of a source a fact may quote as evidence."""

MOST_QUOTED_WORDS = 40
"""How many words a quotation may have. The right to quote is one to short quotations, of which no
law counts the words; 40 are what style guides set within a sentence, and no text lives by them."""

ACTOR_KINDS = (
    "state",
    "government",
    "parliament",
    "court",
    "local_authority",
    "public_service",
    "regulator",
    "police",
    "delegation",
    "armed_force",
    "armed_group",
    "armed_groups",
    "international_organisation",
    "ngo",
    "association",
    "union",
    "party",
    "movement",
    "committee",
    "company",
    "foundation",
    "university",
    "research_body",
    "museum",
    "health_body",
    "religious_body",
    "indigenous_people",
    "residents",
    "media",
    "person",
    "anonymous_source",
    "other",
)
PLACE_KINDS = (
    "continent",
    "country",
    "region",
    "province",
    "district",
    "city",
    "town",
    "village",
    "street",
    "building",
    "site",
    "plateau",
    "mountain",
    "valley",
    "island",
    "coast",
    "river",
    "lake",
    "sea",
    "landform",
    "area",
    "other",
)
EVENT_KINDS = (
    "fighting",
    "talks",
    "diplomacy",
    "treaty",
    "humanitarian",
    "statement",
    "politics",
    "election",
    "law",
    "decision",
    "trial",
    "ruling",
    "investigation",
    "protest",
    "strike",
    "economy",
    "construction",
    "transport",
    "accident",
    "disaster",
    "weather",
    "environment",
    "health",
    "science",
    "discovery",
    "publication",
    "culture",
    "birth",
    "death",
    "other",
)
CLAIM_ACTS = (
    "asks",
    "insists",
    "demands",
    "offers",
    "promises",
    "accepts",
    "accepts_partly",
    "supports",
    "recommends",
    "refuses",
    "is_unwilling",
    "opposes",
    "denies",
    "criticises",
    "condemns",
    "accuses",
    "warns",
    "threatens",
    "predicts",
    "estimates",
    "announces",
    "decides",
    "orders",
    "rules",
    "votes_for",
    "votes_against",
    "abstains",
    "confirms",
    "acknowledges",
    "apologises",
    "considers",
    "explains",
    "states",
    "describes",
)
CORRECTION_KINDS = ("correction", "update", "clarification")
LAYOUTS = ("long", "short")
PICTURE_KINDS = (
    "photograph",
    "drawing",
    "painting",
    "poster",
    "map",
    "satellite_image",
    "chart",
    "screenshot",
)
RANKS = ("preferred", "normal", "deprecated")

_TEXT = PerLanguage(Words())
_QUOTED = Words(most=1_000)
_PROSE = PerLanguage(Words(long=True))
_DIGEST = Pattern(
    r"^[0-9a-f]{64}$", "a SHA-256 digest (64 hexadecimal digits, which `reperes digest` prints)"
)
_FILE_DIGEST = replace(
    _DIGEST,
    expected="a SHA-256 digest (64 hexadecimal digits, which `reperes digest --file` prints)",
)
_LANGUAGE = Pattern(r"^[a-z]{2,3}$", 'a language code, such as "fr"')
_LOCALE = Pattern(r"^[a-z]{2,3}_[A-Z]{2}$", 'a locale, such as "fr_FR"')
_UNIT_ID = Reference(("unit",), with_shipped=True)
_REVIEW = Pattern(r"^[0-9a-f]{6}-?[0-9a-f]{6}$", "the code that the translators’ desk shows")
_SITE_ADDRESS = Pattern(
    r"^https?://[^\s<>\"'?#]+/$",
    'the site\'s address, ending in "/"',
    lambda found: f"{found}/" if re.fullmatch(r"https?://[^\s<>\"'?#]+", found) else None,
)

# How late in its file a field stands that several kinds of entries have, as `Declared` says.
_UNIT, _WHEN, _SOURCE, _RANK, _REMARK, _KEY, _LAST = 1, 2, 3, 4, 5, 6, 7


@record
class Pin:
    """Where in a source a fact stands.

    The place is of one kind, typed under its key, or None where the whole source says it.
    `paragraphs` count from 1, sub-headings included. `evidence` is found literally in the place.
    """

    source_id: Text = required(
        Reference(("source",)), "the id of a source in sources.yml", key="id"
    )
    paragraphs: ClassVar[tuple[str, ...]] = shorthand(
        ListOf(PlaceValue("paragraphs")), "the paragraphs of the source that say it"
    )
    pages: ClassVar[tuple[str, ...]] = shorthand(
        ListOf(PlaceValue("pages")), "instead, its pages as they are numbered", example="14-15"
    )
    articles: ClassVar[tuple[str, ...]] = shorthand(
        ListOf(PlaceValue("articles")), "instead, the articles of a law", example="L. 2224-1"
    )
    rows: ClassVar[tuple[str, ...]] = shorthand(
        ListOf(PlaceValue("rows")), "instead, the rows of a table, counted from 1", example="7"
    )
    times: ClassVar[tuple[str, ...]] = shorthand(
        ListOf(PlaceValue("times")), "instead, the times of a recording", example="1:02:30"
    )
    headings: ClassVar[tuple[str, ...]] = shorthand(
        ListOf(PlaceValue("headings")), "instead, the headings above it", example="Results"
    )
    evidence: Text | None = optional(
        Words(),
        "at most five words of the source, to find the passage",
        example="plus de 350.000",
    )
    locator: Locator | None = None


def count_words(quoted: str) -> int:
    """How many words are quoted; a number is one, though spaces part its thousands."""
    return len(re.sub(r"(?<=[0-9])\s(?=[0-9]{3}(?![0-9]))", "", quoted).split())


def _judge_pin(values: Values, reader: Reader) -> None:
    evidence: Text | None = values["evidence"]
    if evidence and (count := count_words(evidence)) > EVIDENCE_WORDS:
        message = f"{count} words; quote {EVIDENCE_WORDS} at most"
        with reader.inside("evidence"):
            raise reader.reject(evidence.place, message)
    typed = {kind: values.pop(kind) for kind in LOCATOR_KINDS}
    given = [kind for kind in LOCATOR_KINDS if typed[kind]]
    if len(given) > 1:
        keys = " and ".join(f'"{kind}"' for kind in given)
        raise reader.reject(reader.place_of(given[1]), f"{keys}; write one kind of place")
    values["locator"] = Locator(given[0], typed[given[0]]) if given else None


_PIN = shape_of(Pin, _judge_pin, short=short_forms.PIN)


@record
class Derivation:
    """Why a date that the source does not spell out is what we say it is.

    `anchor` is the word of the source that the date was worked out from ("mercredi").
    """

    reason: Localized = required(
        _PROSE, "how the date was worked out", example="The Thursday before publication."
    )
    anchor: Text | None = optional(
        Words(), "the words of the source that it starts from", example="jeudi"
    )


class _DerivationShape(Record[Derivation]):
    """A reason for each language, beside the word of the source it starts from."""

    def read(self, value: Any, reader: Reader) -> Derivation:
        if not isinstance(value, Table):
            raise reader.reject(value.place, "expected a reason for each language, and an anchor")
        anchor = value.get("anchor")
        reasons = {key: item for key, item in value.entries.items() if key != "anchor"}
        reason = _PROSE.read(Table(reasons, value.place), reader)
        with reader.inside("anchor"):
            word = Words().read(anchor, reader) if anchor is not None else None
        return self.build({"reason": reason, "anchor": word}, reader)

    def parts(self, languages: Sequence[str]) -> Mapping[str, Field]:
        return {**_PROSE.parts(languages), "anchor": self.fields["anchor"]}

    def partial(self) -> _PartOfDerivation:
        return _PartOfDerivation(self.fields, self.build)

    def needs(self, languages: Sequence[str]) -> JsonSchema:
        return {"required": list(languages)}

    def json_schema(self, languages: Sequence[str]) -> JsonSchema:
        schema = _PROSE.json_schema(languages)
        schema["properties"]["anchor"] = Words().json_schema(languages)
        return schema


class _PartOfDerivation(_DerivationShape):
    """The same where the file, the source or another fact may say one of both."""

    def parts(self, languages: Sequence[str]) -> Mapping[str, Field]:
        return {
            key: replace(field, required=False) for key, field in super().parts(languages).items()
        }

    def read(self, value: Any, reader: Reader) -> Any:
        if isinstance(value, Table) and value.entries.keys() == {"anchor"}:
            with reader.inside("anchor"):
                return Words().read(value.entries[value.key("anchor")], reader)
        return super().read(value, reader)

    def json_schema(self, languages: Sequence[str]) -> JsonSchema:
        schema = super().json_schema(languages)
        all_or_none = {
            code: [*(other for other in languages if other != code)] for code in languages
        }
        return {**schema, "required": [], "dependentRequired": all_or_none}


_DERIVATION = _DerivationShape(shape_of(Derivation).fields, shape_of(Derivation).build)
_DERIVED = "how the date was worked out, in each language"
_PINNED = "the source, and where in it"


@record
class Entry:
    """What every curated entry has: an id, unique in its namespace, and where it was typed."""

    id: Text = required(Id, "the name by which prose and other entries cite it")
    editor_note: Text | None = optional(
        Words(long=True),
        "a note among editors, never shown to readers",
        published=None,
        late=_LAST,
        example="Ask the town for the exact day.",
    )

    @property
    def place(self) -> Place:
        return self.id.place


@record
class Lent:
    """What the facts read in a source have from it, where they say nothing else."""

    as_of: FactDate | None = optional(
        Date(), "the day for which its figures hold", example="2019-03-14"
    )
    date: FactDate | None = optional(
        Date(), "the day of its events and statements", example="2019-03-14"
    )
    derived: Derivation | None = optional(_DERIVATION, _DERIVED)
    place_id: Text | None = optional(
        Reference(("place",)), "where", key="place", example="salt_island"
    )
    attributed_to: tuple[Text, ...] = optional(
        OneOrMore(Reference(("actor",))),
        "who says so, where it is not the publisher",
        example="town",
    )


@record
class Source(Entry):
    """A document that facts rest on.

    A fact attributed to its publisher alone is told in the source's own voice. `authors`, `title`
    and `container` are as the source prints them, and in its language. `paragraphs` are made by
    `hash` over text normalised as `normalisation` says; `file_hash` is for what is no text. Of a
    type that the explainer defines, `general_type` is the one of the program that it is like, if
    any; else it is the type.
    """

    general_type: Text
    type: Text = required(
        Choice(tuple(SOURCE_TYPES), own="source_type"), "what kind of document it is"
    )
    authors: tuple[Text, ...] = optional(
        ListOf(Words()), "who made it, as it names them", example="Anne Roy"
    )
    publisher_id: Text | None = optional(
        Reference(("actor",)),
        "the actor that published it; what has authors may lack one",
        key="publisher",
    )
    language: Text = required(_LANGUAGE, 'the language it is written in, such as "fr"')
    published: FactDate | None = optional(
        Date(), "when it was published, as precisely as it is known; nothing if nobody knows"
    )
    derived: Derivation | None = optional(_DERIVATION, _DERIVED)
    title: Text | None = optional(Words(), "its title, as it is printed", example="Le bac s’arrête")
    container: Text | None = optional(
        Words(), "the newspaper, journal or book that it stands in", example="Le Courrier"
    )
    label: Localized = required(_TEXT, "how readers see it named")
    reference: Localized = required(_PROSE, "what it is and where it was read")
    url: Text | None = optional(WebAddress, "where it can be read", published="address")
    accessed: FactDate | None = optional(
        Day(), "the day on which you read it there", example="2019-03-16"
    )
    archived: Text | None = optional(
        WebAddress,
        "where a copy of that page is kept",
        example="https://web.archive.org/web/20190316080000/https://example.org/courrier/bac",
    )
    defaults: Lent | None = optional(
        shape_of(Lent), "what the facts read in it share", published=None
    )
    file_hash: Text | None = optional(_FILE_DIGEST, "the digest of its file, where it is no text")
    hash: str | None = optional(Choice(("sha256",)), 'always "sha256"; may be left out')
    normalisation: str | None = optional(
        Choice(("nfc-space-collapsed",)), 'always "nfc-space-collapsed"; may be left out'
    )
    paragraphs: tuple[Text, ...] = optional(
        ListOf(_DIGEST), "a digest of each paragraph of its text, in order"
    )

    @property
    def has_citation(self) -> bool:
        """Whether it can be cited as a library would: by an author, a title or an address."""
        return bool(self.authors or self.title or self.url)


@record
class ActorName:
    """How one language names an actor; `according_to` opens an attribution ("selon l’ONU")."""

    full: Text = required(Words(), "the whole name", published="name")
    short: Text | None = optional(Words(), "the short name that prose uses", published="short_name")
    accepted: tuple[Text, ...] = optional(
        ListOf(Words()), "other spellings that prose may use", published="accepted_names"
    )
    according_to: Text = required(
        Words(), 'the words that attribute ("selon l’ONU")', published=None
    )

    @property
    def in_prose(self) -> Text:
        return self.short or self.full

    @property
    def display(self) -> Text:
        """The name where it stands on its own: of a town hall not "mairie", which could be any."""
        return self.full if self.in_prose[0].islower() else self.in_prose

    @property
    def all(self) -> tuple[Text, ...]:
        return (self.full, *((self.short,) if self.short else ()), *self.accepted)

    @property
    def common_nouns(self) -> tuple[str, ...]:
        """Those that `according_to` begins with a small letter, and so may any text."""
        small = (f"{name[:1].lower()}{name[1:]}" for name in self.all)
        said = self.according_to
        return tuple(name for name in small if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said))


@record
class Actor(Entry):
    """A person or body that acts or speaks."""

    kind: str = required(Choice(ACTOR_KINDS, own="actor_kind"), "what kind of actor it is")
    side_id: Text | None = optional(
        Reference(("side",)), "one of the sides of site.yml", key="side"
    )
    part_of_id: Text | None = optional(
        Reference(("actor",)), "the actor it belongs to or speaks for", key="part_of"
    )
    names: Mapping[str, ActorName] = required(
        PerLanguage(shape_of(ActorName)), "its names in each language"
    )
    role: Localized = required(_PROSE, "who it is, in a sentence, in each language")
    pins: tuple[Pin, ...] = optional(
        OneOrMore(_PIN, listed=False), _PINNED, key="source", published="sources"
    )


@record
class PlaceName:
    """How one language names a place."""

    name: Text = required(Words(), "the name that prose uses")
    accepted: tuple[Text, ...] = optional(
        ListOf(Words()), "other spellings that prose may use", published="accepted_names"
    )

    @property
    def all(self) -> tuple[Text, ...]:
        return (self.name, *self.accepted)


@record
class GeoPlace(Entry):
    """A place on the ground; its coordinates are WGS 84."""

    kind: str = required(Choice(PLACE_KINDS, own="place_kind"), "what kind of place it is")
    names: Mapping[str, PlaceName] = required(
        PerLanguage(shape_of(PlaceName)), "its names in each language"
    )
    within_id: Text | None = optional(
        Reference(("place",)), "the place that holds it", key="within"
    )
    latitude: Decimal | None = optional(Number(fine=True), "decimal degrees north")
    longitude: Decimal | None = optional(Number(fine=True), "decimal degrees east")
    coordinates_from: Text | None = optional(Words(), "where the coordinates come from")
    note: Localized | None = optional(_PROSE, "what a reader should know of it")
    pins: tuple[Pin, ...] = optional(
        OneOrMore(_PIN, listed=False), _PINNED, key="source", published="sources"
    )


@record
class TermText:
    """A glossary term in one language."""

    term: Text = required(Words(), "the word or phrase explained")
    definition: Text = required(Words(long=True), "what it means, in a sentence or two")
    forms: tuple[Text, ...] = optional(
        ListOf(Words()), "inflections and spellings that prose may use"
    )
    discouraged: tuple[Text, ...] = optional(
        ListOf(Words()), "spellings that prose should not use", published=None
    )


@record
class Term(Entry):
    """A word explained. Without a `pin` its definition is general knowledge, marked as ours."""

    texts: Mapping[str, TermText] = required(
        PerLanguage(shape_of(TermText)), "the term in this language"
    )
    actor_id: Text | None = optional(Reference(("actor",)), "the actor that it names", key="actor")
    place_id: Text | None = optional(Reference(("place",)), "the place that it names", key="place")
    see_also: tuple[Text, ...] = optional(ListOf(Reference(("term",))), "related terms")
    pins: tuple[Pin, ...] = optional(
        OneOrMore(_PIN, listed=False), _PINNED, key="source", published="sources"
    )


@record
class UnitName:
    """How one language says a unit: by its noun, or by its symbol where it has one."""

    one: Text = required(Words(), "the noun after one (“litre”)", published=None)
    other: Text = required(Words(), "the noun after most numbers (“litres”)", published=None)
    many: Text | None = optional(
        Words(),
        "what follows “millions”, where it is not the plural",
        published=None,
        example="de héros",
    )
    gender: Text | None = optional(
        Choice(GENDERS),
        "the noun’s gender, in a language that has genders",
        published=None,
        example="feminine",
    )
    symbol: Text | None = optional(
        Words(most=20),
        "what prose says in place of the noun (“km/h”)",
        published=None,
        example="km/h",
    )
    symbol_place: Text | None = optional(
        Choice(SYMBOL_PLACES),
        "where the symbol stands, as in “€35”, “CHF 35”, “35%” and “35 km”",
        published=None,
        example="after_spaced",
    )


def _judge_unit_name(values: Values, reader: Reader) -> None:
    symbol, place = values["symbol"], values["symbol_place"]
    if symbol is not None and place is None:
        known = ", ".join(SYMBOL_PLACES)
        message = f"symbol: {quoted(symbol)} has no place; write symbol_place, one of {known}"
        raise reader.reject(symbol.place, message)
    if place is not None and symbol is None:
        message = f"symbol_place: {quoted(place)} of no symbol; write symbol too, or remove it"
        raise reader.reject(place.place, message)


@record
class Unit(Entry):
    """What figures count or measure, beside what the program knows (language/units.yml).

    One that is `of` another has its names, and its kind where it has none of its own: "euro per
    cubic metre" is `of` the euro and `per` cubic metre; "one person in" is a ratio `of` person.
    """

    kind: Text | None = optional(
        Choice(UNIT_KINDS), "whether it counts things, or measures them", published=None
    )
    names: Mapping[str, UnitName] | None = optional(
        PerLanguage(shape_of(UnitName, _judge_unit_name)),
        "what each language calls it",
        published=None,
    )
    of_id: Text | None = optional(_UNIT_ID, "the unit whose names it has", key="of", published=None)
    per_id: Text | None = optional(
        _UNIT_ID, "what it is related to one of (“per cubic metre”)", key="per", published=None
    )


@record
class Stated:
    """What somebody gives as the value of a fact, and where.

    `place` is where it was typed. Where several differ, `rank` says which one prose says
    ("preferred"), which stand beside it ("normal"), and which hold no more ("deprecated"):
    https://www.wikidata.org/wiki/Help:Ranking
    """

    attributed_to: tuple[Text, ...] = optional(
        OneOrMore(Reference(("actor",))),
        "who says so (actor ids); without it, the source’s publisher",
        late=_SOURCE,
    )
    pins: tuple[Pin, ...] = required(
        OneOrMore(_PIN, listed=False),
        "the source that says so, and where in it; or several",
        key="source",
        published="sources",
        late=_SOURCE,
    )
    rank: str = optional(
        Choice(RANKS),
        "which of several values prose says",
        late=_RANK,
        listed=True,
        example="preferred",
    )
    because: Localized | None = optional(
        _PROSE, "why a value is preferred or deprecated", late=_RANK, listed=True, example="…"
    )
    place: Place = field(compare=False)

    @property
    def day(self) -> FactDate:
        """The day that it is about."""
        raise NotImplementedError

    @property
    def derived(self) -> Derivation | None:
        """How that day was worked out, where the source does not say it."""
        raise NotImplementedError

    @property
    def is_deprecated(self) -> bool:
        return self.rank == "deprecated"

    @property
    def rank_place(self) -> Place:
        return self.rank.place if isinstance(self.rank, Text) else self.place


def _judge_stated(values: Values, reader: Reader) -> None:
    if not values["attributed_to"]:
        published = (reader.publishers.get(pin.source_id) for pin in values["pins"])
        values["attributed_to"] = tuple(dict.fromkeys(filter(None, published)))
    assert reader.table is not None
    values["place"] = reader.table.place
    rank, because = values["rank"], values["because"]
    values["rank"] = rank or "normal"
    if rank == "deprecated" and because is None:
        message = "a deprecated value without a reason; write `because`, in each language"
        raise reader.reject(rank.place, message)
    if because is not None and values["rank"] == "normal":
        message = 'because: a reason for no rank; write rank: "preferred" or "deprecated" too'
        raise reader.reject(reader.place_of("because"), message)


@record
class StatedNumber(Stated):
    """A number, of which `value` is the short way to type both ends when they are the same."""

    value: ClassVar[Decimal] = shorthand(Quantity(), "the number, in digits alone (350000)")
    low: Decimal = optional(Number(), "the lower end of a range")
    high: Decimal = optional(Number(), "the upper end of a range")
    bound: Bound = optional(Choice(get_args(Bound)), "how the source bounds it")
    as_of: FactDate = required(DateOrFact(), "the day for which it was said", late=_WHEN)
    derived: Derivation | None = optional(_DERIVATION, _DERIVED, late=_WHEN)
    period: FactDate | None = optional(Date(), "the time that it covers", late=_WHEN)
    place_id: Text | None = optional(Reference(("place",)), "where", key="place", late=_WHEN)

    @property
    def day(self) -> FactDate:
        return self.as_of

    @property
    def floor(self) -> Decimal | None:
        """The lower end, or None where the source sets none."""
        return None if self.bound == "at_most" else self.low

    @property
    def ceiling(self) -> Decimal | None:
        """The upper end, or None where the source sets none."""
        return None if self.bound in ("at_least", "more_than") else self.high


def _judge_number(values: Values, reader: Reader) -> None:
    value, low, high = values.pop("value"), values["low"], values["high"]
    if value is not None and (low is not None or high is not None):
        message = 'both "value" and "low" or "high"; write one number, or the two ends of a range'
        raise reader.reject(reader.place_of("value"), message)
    if value is None and (low is None or high is None):
        message = 'no number, or one end of a range; write "value", or both "low" and "high"'
        raise reader.reject(reader.place_of("id"), message)
    if value is None and low >= high:
        fault, fix = f"{low} is not below high ({high})", 'exchange them, or write one "value"'
        if low == high:
            fault, fix = f"low and high are both {low}", 'write one "value"'
        raise reader.reject(reader.place_of("low"), f"low: {fault}; {fix}")
    bound: Text = values["bound"] or Text("range" if value is None else "exact", Place(""))
    if (bound == "range") != (value is None):
        typed = '"low" and "high"' if value is None else '"value"'
        message = f'bound: "{bound}" does not go with {typed}; "range" is for "low" and "high"'
        raise reader.reject(bound.place, message)
    if value is not None:
        values["low"] = values["high"] = value
    values["bound"] = bound
    _judge_stated(values, reader)


@record
class StatedDate(Stated):
    """A day on which something is said to have happened."""

    date: FactDate = required(DateOrFact(), "when, as precisely as the source says and no more")
    derived: Derivation | None = optional(_DERIVATION, _DERIVED)

    @property
    def day(self) -> FactDate:
        return self.date


@record
class StatedText(Stated):
    """The wording of a position."""

    text: Localized = required(_PROSE, "the position, in a sentence, in each language", late=_WHEN)
    date: FactDate = required(DateOrFact(), "when it was said", late=_WHEN)
    derived: Derivation | None = optional(_DERIVATION, _DERIVED, late=_WHEN)

    @property
    def day(self) -> FactDate:
        return self.date


@record
class StatedWords(Stated):
    """The words of a quotation, with a translation for the other languages of the site.

    `language` is the one that the source has them in. Where it is one of the site's, `words` in it
    are the original; else `original_words` holds them, and `words` are translations alone.
    """

    language: Text = required(
        _LANGUAGE, 'the language of the original words, such as "fr"', late=_WHEN
    )
    words: Localized = required(
        PerLanguage(_QUOTED), "the words in each language, without quotation marks", late=_WHEN
    )
    original_words: Text | None = optional(
        _QUOTED,
        "the words as they were said, where their language is none of the site’s",
        published=None,
        late=_WHEN,
    )
    translator: Text | Localized | None = optional(
        OneOrEach(Words()), "who translated them, if not the editors", late=_WHEN
    )
    date: FactDate = required(Date(), "when it was said", late=_WHEN)
    derived: Derivation | None = optional(_DERIVATION, _DERIVED, late=_WHEN)

    @property
    def day(self) -> FactDate:
        return self.date

    @property
    def original(self) -> Text:
        """The words as they were said or written, in `language`."""
        return self.words[self.language] if self.original_words is None else self.original_words

    def translated_by(self, language: str) -> Text | None:
        """Who translated them for a language, or None where the editors did."""
        by = self.translator
        return by if by is None or isinstance(by, Text) else by[language]


def _judge_words(values: Values, reader: Reader) -> None:
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
    _judge_stated(values, reader)


def _faults_of_words(text: Text) -> Iterator[str]:
    if (count := count_words(text)) > MOST_QUOTED_WORDS:
        yield f"{count} words; quote {MOST_QUOTED_WORDS} at most, and leave out others as […]"
    if bare := without_marks(text):
        yield f"quotation marks around all of it; pages set them, write {quoted(bare, 40)}"


def names_of(values: Sequence[Stated]) -> list[str]:
    """What each of several values is known by, whatever stands around it: its source and its day.

    Two of one source and day are numbered.
    """
    names: list[str] = []
    for value in values:
        day = value.day.text.replace("/", "_to_")
        name = f"{value.pins[0].source_id}@{day}"
        again = sum(taken.partition("#")[0] == name for taken in names)
        names.append(f"{name}#{again + 1}" if again else name)
    return names


_Stated = TypeVar("_Stated", bound=Stated)


def said_of(values: Sequence[_Stated]) -> _Stated:
    """What prose says of several values: the preferred one, else the first that still holds."""
    preferred = [value for value in values if value.rank == "preferred"]
    return (preferred or [value for value in values if not value.is_deprecated] or [*values])[0]


def latest_of(values: Sequence[StatedNumber]) -> StatedNumber:
    """The same of numbers, of which a later day stands for an earlier one."""
    by_day = sorted(values, key=lambda value: value.as_of.sort_key, reverse=True)
    return said_of(by_day)


@record
class Fact(Entry):
    """What figures, events, claims and quotations share: cited, and somebody answers for them.

    `values` are what one source or several give for it, in the order typed; there is at least one.
    """

    label: Localized = required(_TEXT, "what it is, in a few words, in each language")
    key: bool = optional(Flag(), '"true" to show it on the overview', late=_KEY, example="true")
    values: tuple[Stated, ...]

    @property
    def stated(self) -> Stated:
        """What prose says: the value that is preferred, or the only one that holds."""
        return said_of(self.values)

    @property
    def rivals(self) -> tuple[Stated, ...]:
        """What is given against what prose says, and still stands."""
        return tuple(
            value for value in self.values if value is not self.stated and not value.is_deprecated
        )

    @property
    def set_aside(self) -> tuple[Stated, ...]:
        """What holds no more, and why, in the order typed."""
        return tuple(value for value in self.values if value.is_deprecated)

    @property
    def attributed_to(self) -> tuple[Text, ...]:
        return self.stated.attributed_to

    @property
    def authors(self) -> tuple[Text, ...]:
        """The actors that prose names as who says so."""
        return self.attributed_to

    @property
    def pins(self) -> tuple[Pin, ...]:
        return self.stated.pins


@record
class Figure(Fact):
    """A number of something, which several sources may give, or one source for several days."""

    values: tuple[StatedNumber, ...] = several(
        StatedNumber,
        "several numbers, each with its day and its source",
        _judge_number,
        late=_RANK,
        short=short_forms.NUMBER,
    )
    unit: Text = required(
        _UNIT_ID, "what is counted or measured: a unit of the program, or of units.yml", late=_UNIT
    )
    contested: Localized | None = optional(
        _PROSE, "who says otherwise, or why to be careful", late=_REMARK
    )
    unknown: Localized | None = optional(
        _PROSE,
        "what the source leaves open: how it was counted, by whom",
        late=_REMARK,
        example="Nobody says how they were counted.",
    )
    note: Localized | None = optional(_PROSE, "what else a reader should know of it", late=_REMARK)

    @property
    def stated(self) -> StatedNumber:
        return latest_of(self.values)

    @property
    def given_alike(self) -> tuple[StatedNumber, ...]:
        """What is given for the same day and the same place, and still stands, in the order typed.

        Others are of another day or place: they are no rivals of what prose says.
        """
        said = self.stated
        return tuple(
            value
            for value in self.values
            if not value.is_deprecated
            and (value.as_of.text, value.place_id) == (said.as_of.text, said.place_id)
        )

    @property
    def rivals(self) -> tuple[StatedNumber, ...]:
        return tuple(value for value in self.given_alike if value is not self.stated)

    @property
    def low(self) -> Decimal:
        return self.stated.low

    @property
    def high(self) -> Decimal:
        return self.stated.high

    @property
    def floor(self) -> Decimal | None:
        return self.stated.floor

    @property
    def ceiling(self) -> Decimal | None:
        return self.stated.ceiling

    @property
    def bound(self) -> Bound:
        return self.stated.bound

    @property
    def as_of(self) -> FactDate:
        return self.stated.as_of

    @property
    def derived(self) -> Derivation | None:
        return self.stated.derived

    @property
    def period(self) -> FactDate | None:
        return self.stated.period

    @property
    def place_id(self) -> Text | None:
        return self.stated.place_id


@record
class Event(Fact):
    """Something that happened, or was due to."""

    values: tuple[StatedDate, ...] = several(
        StatedDate, "several dates, each with its source", _judge_stated, late=_RANK
    )
    kind: str = required(Choice(EVENT_KINDS, own="event_kind"), "what kind of event it is")
    place_id: Text | None = optional(Reference(("place",)), "where", key="place")
    actors: tuple[Text, ...] = optional(OneOrMore(Reference(("actor",))), "who took part")
    summary: Localized = required(_PROSE, "what happened, in a sentence, in each language")

    @property
    def stated(self) -> StatedDate:
        return said_of(self.values)

    @property
    def date(self) -> FactDate:
        return self.stated.date

    @property
    def derived(self) -> Derivation | None:
        return self.stated.derived


@record
class Claim(Fact):
    """What an actor says or wants; `act` is what it does by saying it.

    `actor_id` is whose position it is; `attributed_to` is who reports it.
    """

    actor_id: Text = required(Reference(("actor",)), "whose position it is", key="actor")
    act: str = required(Choice(CLAIM_ACTS, own="act"), "what the actor does by saying it")
    topic_id: Text | None = optional(
        Reference(("topic",)), "one of the topics of site.yml", key="topic"
    )
    values: tuple[StatedText, ...] = several(
        StatedText, "several wordings, each with its source", _judge_stated, late=_RANK
    )

    @property
    def stated(self) -> StatedText:
        return said_of(self.values)

    @property
    def text(self) -> Localized:
        return self.stated.text

    @property
    def date(self) -> FactDate:
        return self.stated.date

    @property
    def derived(self) -> Derivation | None:
        return self.stated.derived


@record
class Quotation(Fact):
    """What somebody said, word for word; `attributed_to` is who reports it."""

    speaker_id: Text = required(Reference(("actor",)), "who said or wrote it", key="speaker")
    values: tuple[StatedWords, ...] = several(
        StatedWords, "several wordings, each with its source", _judge_words, late=_RANK
    )

    @property
    def authors(self) -> tuple[Text, ...]:
        """Who said it; whoever reports it has not said it."""
        return (self.speaker_id,)

    @property
    def stated(self) -> StatedWords:
        return said_of(self.values)

    @property
    def language(self) -> Text:
        return self.stated.language

    @property
    def words(self) -> Localized:
        return self.stated.words

    @property
    def original(self) -> Text:
        return self.stated.original

    @property
    def translator(self) -> Text | Localized | None:
        return self.stated.translator

    @property
    def date(self) -> FactDate:
        return self.stated.date

    @property
    def derived(self) -> Derivation | None:
        return self.stated.derived


@record
class Correction(Entry):
    """A change made after publication, shown to readers."""

    day: FactDate = required(Day(), "the day of the change")
    kind: str = required(Choice(CORRECTION_KINDS), "what kind of change it is")
    target_id: Text = required(
        Reference(("fact", "term", "actor", "section")), "what was changed", key="target"
    )
    before: Localized = required(_PROSE, "what it said before")
    after: Localized = required(_PROSE, "what it says now")
    reason: Localized = required(_PROSE, "why it was changed")


@record
class Licence:
    """Under what terms something may be used again."""

    name: Text = required(Words(), "the name of the licence")
    url: Text | None = optional(WebAddress, "")


@record
class Picture(Entry):
    """An image file, and what is said of it wherever it is shown.

    Its credit is its `creator` with its `licence`, or with `rights` where no licence has a name.
    """

    file: Text = required(
        FileName("pictures", (".jpg", ".jpeg", ".png", ".webp")),
        "its file: JPEG, PNG or WebP",
        published=None,
    )
    kind: str | None = optional(Choice(PICTURE_KINDS), "what kind of picture it is")
    caption: Localized = required(_PROSE, "what it shows, where and when, in each language")
    alt: Localized = required(
        PerLanguage(Words(long=True, most=1_000)), "what is to be seen, for who cannot see it"
    )
    creator: Text | None = optional(Words(), "who made it, as they want to be named")
    licence: Licence | None = optional(shape_of(Licence), "the licence that it is shown under")
    rights: Localized | None = optional(
        _TEXT,
        'why it may be shown, where that is no licence ("public domain")',
        example="public domain",
    )
    changes: Localized | None = optional(
        _TEXT, 'what was changed in it ("cropped")', example="cropped"
    )
    taken: FactDate | None = optional(Date(), "when it was taken or made")
    via: Text | None = optional(
        Words(), 'who offers it ("Wikimedia Commons")', example="Wikimedia Commons"
    )
    url: Text | None = optional(
        WebAddress,
        "where it was found",
        published="address",
        example="https://commons.wikimedia.org/wiki/File:Ferry.jpg",
    )
    pins: tuple[Pin, ...] = optional(OneOrMore(_PIN), _PINNED, key="source", published="sources")


@record
class Language:
    """A language of the site."""

    code: Text = required(_LANGUAGE, 'as in addresses, such as "fr"')
    locale: Text = required(_LOCALE, 'such as "fr_FR"')
    name: Text = required(Words(), "its name in that language")


@record
class Labelled(Entry):
    """A side or a topic of the subject, or a kind of event."""

    label: Localized = required(_TEXT, "its name in each language")


_LIKE = "the word of the program that it is treated as"


@record
class ActorKind(Labelled):
    """A kind of actor of the explainer's own, or another label for one of the program's."""

    like: Text | None = optional(Choice(ACTOR_KINDS), _LIKE, example="government")


@record
class PlaceKind(Labelled):
    """A kind of place of the explainer's own, or another label for one of the program's."""

    like: Text | None = optional(Choice(PLACE_KINDS), _LIKE, example="landform")


@record
class SourceType(Labelled):
    """A type of source of the explainer's own, or another wording for one of the program's."""

    like: Text | None = optional(Choice(tuple(SOURCE_TYPES)), _LIKE, example="book")
    read_in: Localized | None = optional(
        _TEXT,
        "how a sentence says that something was read in one, with {on} where the day goes",
        key="in",
        example="in a leaflet handed out {on}",
    )


@record
class Act(Labelled):
    """An act of the explainer's own, or another verb for one of the program's."""

    like: Text | None = optional(Choice(CLAIM_ACTS), _LIKE, example="refuses")


def _judge_word(values: Values, reader: Reader) -> None:
    """Refuse what no label can hold: a word in braces is a place for a value."""
    for language, label in values["label"].items():
        with reader.inside("label"), reader.inside(language):
            for fault in placeholder_faults(label, frozenset()):
                raise reader.reject(label.place, fault)


def _judge_source_type(values: Values, reader: Reader) -> None:
    _judge_word(values, reader)
    if values["read_in"] is None and values["id"] not in SOURCE_TYPES:
        message = (
            '"in" is missing; write how a sentence names one, such as "in a leaflet printed {on}"'
        )
        raise reader.reject(values["id"].place, message)
    for language, words in (values["read_in"] or {}).items():
        with reader.inside("in"), reader.inside(language):
            for fault in placeholder_faults(words, frozenset({"on"})):
                raise reader.reject(words.place, fault)


ACTOR_KIND = shape_of(ActorKind, _judge_word)
PLACE_KIND = shape_of(PlaceKind, _judge_word)
EVENT_KIND = shape_of(Labelled, _judge_word)
SOURCE_TYPE = shape_of(SourceType, _judge_source_type)
ACT = shape_of(Act, _judge_word)


@record
class Vocabulary:
    """The words of the explainer's own, beside those of the program or in place of their labels."""

    actor_kinds: tuple[ActorKind, ...] = optional(
        ListOf(ACTOR_KIND), "kinds of actors, for actors.yml"
    )
    place_kinds: tuple[PlaceKind, ...] = optional(
        ListOf(PLACE_KIND), "kinds of places, for places.yml"
    )
    event_kinds: tuple[Labelled, ...] = optional(
        ListOf(EVENT_KIND), "kinds of events, for facts/events.yml"
    )
    source_types: tuple[SourceType, ...] = optional(
        ListOf(SOURCE_TYPE), "types of sources, for sources.yml"
    )
    acts: tuple[Act, ...] = optional(
        ListOf(ACT), "what somebody does by saying something, for facts/claims.yml"
    )

    def of(self, noun: str) -> Mapping[str, Labelled]:
        """The words of a list by their ids; `noun` is that of one of its entries ("act")."""
        return {word.id: word for word in getattr(self, f"{noun}s")}

    def treated_as(self, noun: str, word: str) -> str:
        """The word of the program that a word is treated as: itself, if it is none of ours."""
        own = self.of(noun).get(word)
        like = own.like if isinstance(own, ActorKind | PlaceKind | SourceType | Act) else None
        return str(like or word)


@record
class ReadingPath(Entry):
    """A way through the explainer for readers with little time, or with one question."""

    label: Localized = required(_TEXT, "what it is for, in each language")
    section_ids: tuple[Text, ...] = required(
        ListOf(Reference(("section",))), "sections and pages, in order", key="sections"
    )


@record
class Editor:
    """Who answers for the site."""

    name: Text | Localized = required(OneOrEach(Words()), "who edits the site")
    url: Text | None = optional(WebAddress, "")

    def named(self, language: str) -> Text:
        """Its name in a language."""
        return self.name if isinstance(self.name, Text) else self.name[language]


@record
class Site:
    """What belongs to the explainer as a whole. The first language is the default one."""

    title: Localized = required(_TEXT, "the subject, in each language")
    tagline: Localized = required(_PROSE, "the subject in a sentence")
    notice: Localized = required(_PROSE, "what a reader must know first: sources, day, limits")
    base_url: Text = required(_SITE_ADDRESS, 'the address at which it is published, ending in "/"')
    repository: Text | None = optional(WebAddress, "where the content is kept")
    branch: Text | None = optional(Words(), "the branch that is published")
    report_errors: Text = required(ContactAddress, "where readers report an error")
    editor: Editor = required(shape_of(Editor), "who answers for the site")
    licence: Licence = required(shape_of(Licence), "the licence of the content")
    as_of: FactDate = required(Date(), "the day that the site describes")
    updated: FactDate = required(Day(), "the day of its last change")
    archived: bool = optional(Flag(), '"true" when it is no longer updated')
    layout: str = optional(
        Choice(LAYOUTS),
        "how `reperes fmt` writes its files; without it, the long way",
        published=None,
        example="short",
    )
    languages: tuple[Language, ...] = required(
        ListOf(shape_of(Language)), "the languages, the default one first"
    )
    section_ids: tuple[Text, ...] = required(
        ListOf(Id), "section ids in reading order", key="sections"
    )
    start_here: tuple[ReadingPath, ...] = optional(
        ListOf(shape_of(ReadingPath)), "ways through it that the overview offers"
    )
    sides: tuple[Labelled, ...] = optional(ListOf(shape_of(Labelled)), "the sides of the subject")
    topics: tuple[Labelled, ...] = optional(
        ListOf(shape_of(Labelled)), "the topics of the statements page"
    )

    @property
    def language_codes(self) -> tuple[str, ...]:
        return tuple(str(language.code) for language in self.languages)


@record
class Waiver:
    """Leave, with a reason, for one rule to be broken where `text` stands."""

    rule: Text = required(Words(), "the rule's name, as the message gives it")
    text: Text = required(Words(), "the words at which it is waived")
    reason: Text = required(Words(long=True), "why")


@record
class Section:
    """A chapter, or the introduction of a generated page, in one language.

    `body` is Markdown with marks unresolved. Without an `original` it is the original.
    """

    language: str
    path: str
    body: Text
    title: Text = required(Words(), "the section's title")
    id: Text = required(Id, "the section's id, the same as the file's name")
    summary: Text = required(Words(long=True, most=2_000), "what it says, in a sentence")
    original: Text | None = optional(_LANGUAGE, "the language it was translated from")
    reviewed: Text | None = optional(
        _REVIEW, "the code of both texts when last compared", example="0a1b2c-3d4e5f"
    )
    updated: FactDate | None = optional(Day(), "the day of its last change", example="2018-07-04")
    waivers: tuple[Waiver, ...] = optional(
        ListOf(shape_of(Waiver)), "rules that may be broken here, with reasons"
    )

    @property
    def place(self) -> Place:
        return Place(self.path)

    @property
    def headed_blocks(self) -> tuple[Block, ...]:
        """Title, summary, and the body's blocks in order."""
        head = Block("title", self.title, "title"), Block("summary", self.summary, "summary")
        return (*head, *self.blocks)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks of the body, read once."""
        return tuple(read_blocks(self.body))
