"""What an explainer is made of, as values that never change once they are loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from reperes.language.locales import Bound
from reperes.text.blocks import Block, read_blocks
from reperes.text.dates import FactDate
from reperes.text.problems import Place, Text

Localized = Mapping[str, Text]
"""Text by language code; every language of the site is present."""


@dataclass(frozen=True, kw_only=True)
class Pin:
    """Where in a source a fact stands.

    `paragraphs` counts from 1, sub-headings included. `evidence` is at most five words of the
    source, found literally in a pinned paragraph, or None.
    """

    source_id: Text
    paragraphs: tuple[int, ...]
    evidence: Text | None


@dataclass(frozen=True, kw_only=True)
class Derivation:
    """Why a date that the source does not spell out is what we say it is.

    `anchor` is the word of the source that the date was worked out from ("mercredi").
    """

    reason: Localized
    anchor: Text | None


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What every curated entry has: an id, unique in its namespace, and where it was typed."""

    id: Text
    editor_note: Text | None = None

    @property
    def place(self) -> Place:
        return self.id.place


@dataclass(frozen=True, kw_only=True)
class Source(Entry):
    """A document that facts rest on.

    `publisher_id` is an actor; a fact attributed to it alone is told in the source's own voice.
    `paragraphs` are digests of its paragraphs in order, made by `hash` over text normalised as
    `normalisation` says.
    """

    type: str
    publisher_id: Text
    language: Text
    published: FactDate
    derived: Derivation | None
    label: Localized
    reference: Localized
    url: Text | None
    hash: str
    normalisation: str
    paragraphs: tuple[Text, ...]


@dataclass(frozen=True, kw_only=True)
class ActorName:
    """How one language names an actor; `according_to` opens an attribution ("selon l’ONU")."""

    full: Text
    short: Text | None
    accepted: tuple[Text, ...]
    according_to: Text

    @property
    def display(self) -> Text:
        return self.short or self.full

    @property
    def all(self) -> tuple[Text, ...]:
        return (self.full, *((self.short,) if self.short else ()), *self.accepted)


@dataclass(frozen=True, kw_only=True)
class Actor(Entry):
    """A person or body that acts or speaks; `side_id` is one of the site's sides."""

    kind: str
    side_id: Text | None
    part_of_id: Text | None
    names: Mapping[str, ActorName]
    role: Localized
    pin: Pin | None


@dataclass(frozen=True, kw_only=True)
class PlaceName:
    """How one language names a place."""

    name: Text
    accepted: tuple[Text, ...]

    @property
    def all(self) -> tuple[Text, ...]:
        return (self.name, *self.accepted)


@dataclass(frozen=True, kw_only=True)
class GeoPlace(Entry):
    """A place on the ground. Latitude and longitude are WGS 84 decimal degrees, or None."""

    kind: str
    names: Mapping[str, PlaceName]
    within_id: Text | None
    latitude: Decimal | None
    longitude: Decimal | None
    coordinates_from: Text | None
    note: Localized | None
    pin: Pin | None


@dataclass(frozen=True, kw_only=True)
class TermText:
    """A glossary term in one language.

    `forms` are accepted spellings and inflections; `discouraged` are spellings that prose
    should not use.
    """

    term: Text
    definition: Text
    forms: tuple[Text, ...]
    discouraged: tuple[Text, ...]


@dataclass(frozen=True, kw_only=True)
class Term(Entry):
    """A word explained. Without a `pin` its definition is general knowledge, marked as ours."""

    texts: Mapping[str, TermText]
    see_also: tuple[Text, ...]
    actor_id: Text | None
    place_id: Text | None
    pin: Pin | None


@dataclass(frozen=True, kw_only=True)
class Fact(Entry):
    """What figures, events and claims share: they are cited, and somebody answers for them.

    `attributed_to` are actor ids, at least one.
    """

    label: Localized
    attributed_to: tuple[Text, ...]
    pin: Pin
    key: bool = False


@dataclass(frozen=True, kw_only=True)
class Figure(Fact):
    """A number. `low` equals `high` where the source gives one; `unit` names interface labels.

    `as_of` is the day it held, `period` the time it covers, or None. `unknown` is what the source
    leaves open.
    """

    low: Decimal
    high: Decimal
    bound: Bound
    unit: Text
    as_of: FactDate
    period: FactDate | None
    place_id: Text | None
    contested: Localized | None
    unknown: Localized | None
    note: Localized | None


@dataclass(frozen=True, kw_only=True)
class Event(Fact):
    """Something that happened, or was due to."""

    date: FactDate
    derived: Derivation | None
    kind: str
    place_id: Text | None
    actors: tuple[Text, ...]
    summary: Localized


@dataclass(frozen=True, kw_only=True)
class Claim(Fact):
    """What an actor asks, offers, accepts, refuses, warns of, announces or states.

    `actor_id` is whose position it is; `attributed_to` is who reports it.
    """

    actor_id: Text
    act: str
    topic_id: Text
    text: Localized
    date: FactDate
    derived: Derivation | None


@dataclass(frozen=True, kw_only=True)
class Correction(Entry):
    """A change made after publication, shown to readers. `target_id` is a fact or a section."""

    day: FactDate
    kind: str
    target_id: Text
    before: Localized
    after: Localized
    reason: Localized


@dataclass(frozen=True, kw_only=True)
class Language:
    """A language of the site: its code in addresses ("fr") and its locale ("fr_FR")."""

    code: Text
    locale: Text
    name: Text


@dataclass(frozen=True, kw_only=True)
class Labelled(Entry):
    """A side or a topic of the subject."""

    label: Localized


@dataclass(frozen=True, kw_only=True)
class ReadingPath(Labelled):
    """A way through the explainer for readers with little time, or with one question."""

    section_ids: tuple[Text, ...]


@dataclass(frozen=True, kw_only=True)
class Editor:
    """Who answers for the site."""

    name: Text
    url: Text | None


@dataclass(frozen=True, kw_only=True)
class Licence:
    """Under what terms the content may be used again."""

    name: Text
    url: Text | None


@dataclass(frozen=True, kw_only=True)
class Site:
    """What belongs to the explainer as a whole. The first language is the default one."""

    title: Localized
    tagline: Localized
    notice: Localized
    base_url: Text
    repository: Text | None
    branch: Text | None
    report_errors: Text
    editor: Editor
    licence: Licence
    as_of: FactDate
    updated: FactDate
    archived: bool
    languages: tuple[Language, ...]
    section_ids: tuple[Text, ...]
    start_here: tuple[ReadingPath, ...]
    sides: tuple[Labelled, ...]
    topics: tuple[Labelled, ...]

    @property
    def language_codes(self) -> tuple[str, ...]:
        return tuple(str(language.code) for language in self.languages)


@dataclass(frozen=True, kw_only=True)
class Waiver:
    """Leave, with a reason, for one rule to be broken where `text` stands."""

    rule: Text
    text: Text
    reason: Text


@dataclass(frozen=True, kw_only=True)
class Section:
    """A chapter, or the introduction of a generated page, in one language.

    `body` is Markdown with marks unresolved. `original` is the language it was translated
    from, or None for the original. `reviewed` is the code of both texts as last compared.
    """

    id: Text
    language: str
    path: str
    title: Text
    summary: Text
    body: Text
    original: Text | None = None
    reviewed: Text | None = None
    updated: FactDate | None = None
    waivers: tuple[Waiver, ...] = field(default=())

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
