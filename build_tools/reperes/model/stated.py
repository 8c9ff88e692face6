"""What somebody gives as the value of a fact, and which of several values prose says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from decimal import Decimal
from typing import ClassVar, TypeVar, get_args

from reperes.language.locales import Bound
from reperes.language.typography import without_marks
from reperes.model.declaring import Values, optional, record, required, shorthand
from reperes.model.entries import (
    DERIVATION,
    DERIVED,
    LANGUAGE_CODE,
    MOST_QUOTED_WORDS,
    PIN,
    PROSE,
    QUOTED,
    RANK,
    SOURCE,
    WHEN,
    Derivation,
    Localized,
    Pin,
    count_words,
)
from reperes.model.shapes import (
    Choice,
    Date,
    DateOrFact,
    Number,
    OneOrEach,
    OneOrMore,
    PerLanguage,
    Quantity,
    Reader,
    Reference,
    Words,
)
from reperes.model.short_forms import SIGN_OF
from reperes.text.dates import FactDate
from reperes.text.problems import Place, Text, quoted

RANKS = ("preferred", "normal", "deprecated")


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
        late=SOURCE,
    )
    pins: tuple[Pin, ...] = required(
        OneOrMore(PIN, listed=False),
        "the source that says so, and where in it; or several",
        key="source",
        published="sources",
        late=SOURCE,
    )
    rank: str = optional(
        Choice(RANKS),
        "which of several values prose says",
        late=RANK,
        listed=True,
        example="preferred",
    )
    because: Localized | None = optional(
        PROSE, "why a value is preferred or deprecated", late=RANK, listed=True, example="…"
    )
    place: Place = field(compare=False, repr=False)

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


def judge_stated(values: Values, reader: Reader) -> None:
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
    as_of: FactDate = required(DateOrFact(), "the day for which it was said", late=WHEN)
    derived: Derivation | None = optional(DERIVATION, DERIVED, late=WHEN)
    period: FactDate | None = optional(Date(), "the time that it covers", late=WHEN)
    place_id: Text | None = optional(Reference(("place",)), "where", key="place", late=WHEN)

    @property
    def day(self) -> FactDate:
        return self.as_of

    @property
    def notation(self) -> str:
        """The number with its bound, as YAML has it in short: ">350000", "270000..330000"."""
        ends = dict.fromkeys(f"{end:f}" for end in (self.low, self.high))
        return SIGN_OF.get(self.bound, "") + "..".join(ends)

    @property
    def floor(self) -> Decimal | None:
        """The lower end, or None where the source sets none; "more_than" excludes it."""
        return None if self.bound in ("at_most", "less_than") else self.low

    @property
    def ceiling(self) -> Decimal | None:
        """The upper end, or None where the source sets none; "less_than" excludes it."""
        return None if self.bound in ("at_least", "more_than") else self.high

    def lies_above(self, other: StatedNumber) -> bool:
        """Whether, as both are bounded, it cannot be as low as the other.

        "Less than 60" and "60" cannot both be true; but of what is about 60, nobody knows.
        """
        if self.floor is None or other.ceiling is None:
            return False
        is_apart = self.bound == "more_than" or other.bound == "less_than"
        if is_apart and "about" not in (self.bound, other.bound):
            return self.floor >= other.ceiling
        return self.floor > other.ceiling


def judge_number(values: Values, reader: Reader) -> None:
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
    judge_stated(values, reader)


@record
class StatedDate(Stated):
    """A day on which something is said to have happened."""

    date: FactDate = required(DateOrFact(), "when, as precisely as the source says and no more")
    derived: Derivation | None = optional(DERIVATION, DERIVED)

    @property
    def day(self) -> FactDate:
        return self.date


@record
class StatedText(Stated):
    """The wording of a position."""

    text: Localized = required(PROSE, "the position, in a sentence, in each language", late=WHEN)
    date: FactDate = required(DateOrFact(), "when it was said", late=WHEN)
    derived: Derivation | None = optional(DERIVATION, DERIVED, late=WHEN)

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
        LANGUAGE_CODE, 'the language of the original words, such as "fr"', late=WHEN
    )
    words: Localized = required(
        PerLanguage(QUOTED), "the words in each language, without quotation marks", late=WHEN
    )
    original_words: Text | None = optional(
        QUOTED,
        "the words as they were said, where their language is none of the site’s",
        published=None,
        late=WHEN,
    )
    translator: Text | Localized | None = optional(
        OneOrEach(Words()), "who translated them, if not the editors", late=WHEN
    )
    date: FactDate = required(Date(), "when it was said", late=WHEN)
    derived: Derivation | None = optional(DERIVATION, DERIVED, late=WHEN)

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


def judge_words(values: Values, reader: Reader) -> None:
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
    judge_stated(values, reader)


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
    if len(values) == 1:
        return values[0]
    preferred = [value for value in values if value.rank == "preferred"]
    return (preferred or [value for value in values if not value.is_deprecated] or [*values])[0]


def latest_of(values: Sequence[StatedNumber]) -> StatedNumber:
    """The same of numbers, of which a later day stands for an earlier one."""
    if len(values) == 1:
        return values[0]
    by_day = sorted(values, key=lambda value: value.as_of.sort_key, reverse=True)
    return said_of(by_day)
