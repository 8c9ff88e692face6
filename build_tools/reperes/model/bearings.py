"""What facts and texts refer to: sources, actors, places, terms, units and pictures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from reperes.language.units import GENDERS, SYMBOL_PLACES, UNIT_KINDS
from reperes.model.declaring import Values, optional, record, required, shape_of
from reperes.model.entries import (
    DERIVATION,
    DERIVED,
    LANGUAGE_CODE,
    PIN,
    PINNED,
    PROSE,
    TEXT,
    Derivation,
    Entry,
    Localized,
    Pin,
)
from reperes.model.shapes import (
    Choice,
    Date,
    Day,
    FileName,
    ListOf,
    Number,
    OneOrMore,
    Pattern,
    PerLanguage,
    Reader,
    Reference,
    WebAddress,
    Words,
)
from reperes.model.source_types import SOURCE_TYPES
from reperes.model.words import ACTOR_KINDS, PLACE_KINDS
from reperes.text.dates import FactDate
from reperes.text.problems import Text, quoted

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


_DIGEST = Pattern(
    r"^[0-9a-f]{64}$", "a SHA-256 digest (64 hexadecimal digits, which `reperes digest` prints)"
)


_FILE_DIGEST = replace(
    _DIGEST,
    expected="a SHA-256 digest (64 hexadecimal digits, which `reperes digest --file` prints)",
)


UNIT_ID = Reference(("unit",), with_shipped=True)


@record
class Lent:
    """What the facts read in a source have from it, where they say nothing else."""

    as_of: FactDate | None = optional(
        Date(), "the day for which its figures hold", example="2019-03-14"
    )
    date: FactDate | None = optional(
        Date(), "the day of its events and statements", example="2019-03-14"
    )
    derived: Derivation | None = optional(DERIVATION, DERIVED)
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
    language: Text = required(LANGUAGE_CODE, 'the language it is written in, such as "fr"')
    published: FactDate | None = optional(
        Date(), "when it was published, as precisely as it is known; nothing if nobody knows"
    )
    derived: Derivation | None = optional(DERIVATION, DERIVED)
    title: Text | None = optional(Words(), "its title, as it is printed", example="Le bac s’arrête")
    container: Text | None = optional(
        Words(), "the newspaper, journal or book that it stands in", example="Le Courrier"
    )
    label: Localized = required(TEXT, "how readers see it named")
    reference: Localized = required(PROSE, "what it is and where it was read")
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
    role: Localized = required(PROSE, "who it is, in a sentence, in each language")
    pins: tuple[Pin, ...] = optional(
        OneOrMore(PIN, listed=False), PINNED, key="source", published="sources"
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
    note: Localized | None = optional(PROSE, "what a reader should know of it")
    pins: tuple[Pin, ...] = optional(
        OneOrMore(PIN, listed=False), PINNED, key="source", published="sources"
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
        OneOrMore(PIN, listed=False), PINNED, key="source", published="sources"
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
    of_id: Text | None = optional(UNIT_ID, "the unit whose names it has", key="of", published=None)
    per_id: Text | None = optional(
        UNIT_ID, "what it is related to one of (“per cubic metre”)", key="per", published=None
    )


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
    caption: Localized = required(PROSE, "what it shows, where and when, in each language")
    alt: Localized = required(
        PerLanguage(Words(long=True, most=1_000)), "what is to be seen, for who cannot see it"
    )
    creator: Text | None = optional(Words(), "who made it, as they want to be named")
    licence: Licence | None = optional(shape_of(Licence), "the licence that it is shown under")
    rights: Localized | None = optional(
        TEXT,
        'why it may be shown, where that is no licence ("public domain")',
        example="public domain",
    )
    changes: Localized | None = optional(
        TEXT, 'what was changed in it ("cropped")', example="cropped"
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
    pins: tuple[Pin, ...] = optional(OneOrMore(PIN), PINNED, key="source", published="sources")
