"""Facts: figures, events, claims and quotations, which are cited and have authors; corrections."""

from __future__ import annotations

from decimal import Decimal

from reperes.language.locales import Bound
from reperes.model import short_forms
from reperes.model.bearings import UNIT_ID
from reperes.model.declaring import optional, record, required, several
from reperes.model.entries import (
    KEY,
    PROSE,
    RANK,
    REMARK,
    REVIEW,
    TEXT,
    UNIT,
    Derivation,
    Entry,
    Localized,
    Pin,
)
from reperes.model.shapes import Choice, Day, Flag, OneOrMore, Pattern, Reference
from reperes.model.stated import (
    Stated,
    StatedDate,
    StatedNumber,
    StatedText,
    StatedWords,
    judge_number,
    judge_stated,
    judge_words,
    latest_of,
    said_of,
)
from reperes.model.words import CLAIM_ACTS, EVENT_KINDS
from reperes.text.dates import FactDate
from reperes.text.problems import Text

CORRECTION_KINDS = ("correction", "update", "clarification")


_EDITION = Pattern(r"^[1-9][0-9]{0,4}$", 'the number of an edition, such as "1"')


@record
class Fact(Entry):
    """What figures, events, claims and quotations share: cited, and somebody answers for them.

    `values` are what one source or several give for it, in the order typed; there is at least one.
    """

    label: Localized = required(TEXT, "what it is, in a few words, in each language")
    key: bool = optional(Flag(), '"true" to show it on the overview', late=KEY, example="true")
    review_by: FactDate | None = optional(
        Day(), REVIEW, published=None, late=KEY, example="2026-12-01"
    )
    draft: bool = optional(
        Flag(),
        '"true" while nobody has confirmed it: the check refuses it',
        published=None,
        late=KEY,
        example="true",
    )
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
    def derived(self) -> Derivation | None:
        """How its day was worked out, where the source does not say it."""
        return self.stated.derived

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
        judge_number,
        late=RANK,
        short=short_forms.NUMBER,
    )
    unit: Text = required(
        UNIT_ID, "what is counted or measured: a unit of the program, or of units.yml", late=UNIT
    )
    contested: Localized | None = optional(
        PROSE, "who says otherwise, or why to be careful", late=REMARK
    )
    unknown: Localized | None = optional(
        PROSE,
        "what the source leaves open: how it was counted, by whom",
        late=REMARK,
        example="Nobody says how they were counted.",
    )
    note: Localized | None = optional(PROSE, "what else a reader should know of it", late=REMARK)

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
    def period(self) -> FactDate | None:
        return self.stated.period

    @property
    def place_id(self) -> Text | None:
        return self.stated.place_id


@record
class Event(Fact):
    """Something that happened, or was due to."""

    values: tuple[StatedDate, ...] = several(
        StatedDate, "several dates, each with its source", judge_stated, late=RANK
    )
    kind: str = required(Choice(EVENT_KINDS, own="event_kind"), "what kind of event it is")
    place_id: Text | None = optional(Reference(("place",)), "where", key="place")
    actors: tuple[Text, ...] = optional(OneOrMore(Reference(("actor",))), "who took part")
    summary: Localized = required(PROSE, "what happened, in a sentence, in each language")

    @property
    def stated(self) -> StatedDate:
        return said_of(self.values)

    @property
    def date(self) -> FactDate:
        return self.stated.date


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
        StatedText, "several wordings, each with its source", judge_stated, late=RANK
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


@record
class Quotation(Fact):
    """What somebody said, word for word; `attributed_to` is who reports it."""

    speaker_id: Text = required(Reference(("actor",)), "who said or wrote it", key="speaker")
    values: tuple[StatedWords, ...] = several(
        StatedWords, "several wordings, each with its source", judge_words, late=RANK
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


@record
class Correction(Entry):
    """A change made after publication, shown to readers."""

    day: FactDate = required(Day(), "the day of the change")
    kind: str = required(Choice(CORRECTION_KINDS), "what kind of change it is")
    target_id: Text = required(
        Reference(("fact", "term", "actor", "section", "gone")), "what was changed", key="target"
    )
    edition: Text | None = optional(
        _EDITION,
        "the edition that said what is corrected, as `reperes release` numbered it",
        example="1",
    )
    before: Localized = required(PROSE, "what it said before")
    after: Localized = required(PROSE, "what it says now")
    reason: Localized = required(PROSE, "why it was changed")

    @property
    def number(self) -> int:
        """The number of that edition; 0 where none is named."""
        return int(self.edition or 0)
