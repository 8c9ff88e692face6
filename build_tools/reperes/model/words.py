"""The kinds, types and acts of an explainer: the program's, and those that it defines itself."""

from __future__ import annotations

from collections.abc import Mapping

from reperes.language.wording import placeholder_faults
from reperes.model.declaring import Values, optional, record, shape_of
from reperes.model.entries import TEXT, Labelled, Localized
from reperes.model.shapes import Choice, ListOf, Reader
from reperes.model.source_types import SOURCE_TYPES
from reperes.text.problems import Text

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
        TEXT,
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
