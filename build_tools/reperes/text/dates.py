"""Dates as the content writes them: a subset of EDTF, with what each date may mean.

The subset is `2018-07-04`, `2018-07` and `2018`, each with `~` after it for "about", and intervals
of two such dates (`2018-06-19/2018-07-04`) or without an end (`2018-06-19/..`).
The standard: https://www.loc.gov/standards/datetime/
"""

from __future__ import annotations

import calendar
import datetime
import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from babel.dates import get_month_names


class Precision(enum.IntEnum):
    """The smallest part of a date that is known."""

    YEAR = 1
    MONTH = 2
    DAY = 3


class DateError(ValueError):
    """A text that is no date; the message says what was found and what to write.

    `suggestion` is a valid date that is probably meant, or None where we cannot tell.
    """

    def __init__(self, reason: str, advice: str, suggestion: str | None = None) -> None:
        self.suggestion = suggestion
        super().__init__(f'{reason}; write "{suggestion}"' if suggestion else f"{reason}; {advice}")


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, a month or a year.

    `text` is as typed ("2018-06-30~"); `approximate` is true where it ends in `~`. `first` and
    `last` are the days at its two ends, inclusive; `~` does not move them, because EDTF gives
    "about" no width.
    """

    text: str
    precision: Precision
    approximate: bool
    first: datetime.date
    last: datetime.date


@dataclass(frozen=True, slots=True)
class FactDate:
    """A moment, or an interval of two moments, or an interval without an end.

    `text` is as typed. `end` is None for a single moment and where `open_end` is true.
    """

    text: str
    start: Moment
    end: Moment | None = None
    open_end: bool = False

    @property
    def is_interval(self) -> bool:
        return self.end is not None or self.open_end

    @property
    def is_day(self) -> bool:
        """Whether it is one calendar day, neither about it nor longer than it."""
        return self.iso is not None and self.precision is Precision.DAY

    @property
    def precision(self) -> Precision:
        return self.start.precision

    @property
    def moments(self) -> tuple[Moment, ...]:
        """What is known of it: one moment, or the two ends of an interval."""
        return (self.start, self.end) if self.end else (self.start,)

    @property
    def is_finer_than_years(self) -> bool:
        """Whether a month or a day is known of it, of an interval at each end that it has."""
        return all(moment.precision > Precision.YEAR for moment in self.moments)

    @property
    def approximate(self) -> bool:
        return self.start.approximate

    @property
    def first(self) -> datetime.date:
        return self.start.first

    @property
    def last(self) -> datetime.date | None:
        """The last day it may mean, or None where it has no end."""
        return None if self.open_end else (self.end or self.start).last

    @property
    def sort_key(self) -> tuple[datetime.date, datetime.date, bool, str]:
        """Orders by first day, then by last day (no end comes last), then exact before about."""
        return self.first, self.last or datetime.date.max, self.approximate, self.text

    @property
    def iso(self) -> str | None:
        """The `datetime` of an HTML `<time>`, or None for what HTML cannot say."""
        return None if self.is_interval or self.approximate else self.start.text


_SHAPES = 'write it as "2018-07-04", "2018-07" or "2018"'


class _RefusedError(Exception):
    """Why a text is no date of ours, before anyone has guessed what was meant.

    `advice` is for what nobody can guess.
    """

    def __init__(self, reason: str, advice: str = _SHAPES) -> None:
        self.reason = reason
        self.advice = advice


_MOMENT = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(~?)")
_WITH_TIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]~?[0-9]{1,2}[:h.].*", re.DOTALL)


def parse_date(text: str) -> FactDate:
    """The date that `text` stands for. Raises DateError for anything outside the subset."""
    text = str(text)
    try:
        return _read_date(text)
    except _RefusedError as error:
        found = f'{error.reason}, found "{_shown(text)}"'
        raise DateError(found, error.advice, _suggestion(text)) from None


def _read_date(text: str) -> FactDate:
    first, slash, rest = text.partition("/")
    if not slash:
        return FactDate(text, _read_moment(first))
    if first in ("", ".."):
        raise _RefusedError(
            "an interval begins with a date", 'write the date it began before the "/"'
        )
    start = _read_moment(first)
    if rest == "":
        raise _RefusedError('an interval ends with a date or ".."')
    if rest == "..":
        return FactDate(text, start, open_end=True)
    end = _read_moment(rest)
    _check_order(start, end)
    return FactDate(text, start, end)


def _read_moment(text: str) -> Moment:
    match = _MOMENT.fullmatch(text)
    if not match:
        if _WITH_TIME.fullmatch(text):
            raise _RefusedError("a date stops at the day")
        raise _RefusedError("expected a date")
    year, month, day, about = match.groups()
    first, last = _bounds(int(year), _number(month), _number(day))
    precision = Precision.DAY if day else Precision.MONTH if month else Precision.YEAR
    return Moment(text, precision, bool(about), first, last)


def _number(digits: str | None) -> int | None:
    return None if digits is None else int(digits)


def _bounds(year: int, month: int | None, day: int | None) -> tuple[datetime.date, datetime.date]:
    if year == 0:
        raise _RefusedError("there is no year 0000", "write a year from 0001 to 9999")
    if month is None:
        return datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    if not 1 <= month <= 12:
        raise _RefusedError(f"there is no month {month:02}", "write a month from 01 to 12")
    length = calendar.monthrange(year, month)[1]
    if day is None:
        return datetime.date(year, month, 1), datetime.date(year, month, length)
    if not 1 <= day <= length:
        reason = f"{year:04}-{month:02} has no day {day:02}"
        raise _RefusedError(reason, f"write a day from 01 to {length}")
    return datetime.date(year, month, day), datetime.date(year, month, day)


def _check_order(start: Moment, end: Moment) -> None:
    if (start.first, start.last) == (end.first, end.last):
        raise _RefusedError("the interval begins and ends on the same date")
    if end.last < start.first:
        raise _RefusedError("the interval ends before it begins")


def _shown(text: str) -> str:
    """`text` on one line, short enough for a message."""
    visible = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text[:41])
    return visible if len(text) <= 40 else f"{visible[:39]}…"


# What follows only serves messages: it guesses the date behind what somebody typed.

_LONGEST_GUESS = 60
_DAY_FIRST = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_MONTH_FIRST = re.compile(r"([0-9]{1,2})[/.-]([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})[/.-]([0-9]{1,2})(?:[/.-]([0-9]{1,2}))?")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_UNKNOWN_PART = re.compile(r"([0-9]{4}(?:-[0-9]{2})?)(?:-(?:XX|xx|00|uu|\?\?))+")
_DAY_IN_WORDS = re.compile(
    r"(?:(?P<day>[0-9]{1,2})(?:er|st|nd|rd|th)?\s+)?(?P<month>[^\W\d]+)\.?,?\s+(?P<year>[0-9]{4})"
)
_MONTH_IN_WORDS = re.compile(
    r"(?P<month>[^\W\d]+)\.?\s+(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>[0-9]{4})"
)
_ABOUT = re.compile(r"(?:~|ca?\.|circa|about|around|vers(?: le)?|environ)\s*(.+)|(.+?)\s*[~?%]")
_ARTICLE = re.compile(r"^(?:le|du|on|from)\s+")
_SEPARATORS = (
    re.compile(r"\s+(?:/|-|–|—|to|until|au|à)\s+"),
    re.compile(r"\s*(?:/|\.\.+|--|–|—)\s*"),
    re.compile(r"(?<=[0-9]{2})-(?=[0-9]{4})"),
)


def _suggestion(text: str) -> str | None:
    """A valid date that whoever typed `text` probably meant."""
    if len(text) > _LONGEST_GUESS:
        return None
    for guess in _guesses(text.strip()):
        try:
            return _read_date(guess).text
        except _RefusedError:
            continue
    return None


def _guesses(text: str) -> Iterator[str]:
    moment = _guess_moment(text)
    if moment:
        yield moment
    for separator in _SEPARATORS:
        parts = separator.split(text)
        if len(parts) == 2:
            yield from _guess_intervals(*parts)


def _guess_intervals(first: str, rest: str) -> Iterator[str]:
    start = _guess_moment(first)
    if not start:
        return
    if not rest:
        yield f"{start}/.."
    # ISO 8601 lets the end leave out what it shares with the start: "2018-06-19/30".
    for end in (_guess_moment(rest), f"{start[:5]}{rest}", f"{start[:8]}{rest}"):
        if end:
            yield f"{start}/{end}"
            yield f"{end}/{start}"
            if start.rstrip("~") == end.rstrip("~"):
                yield max(start, end)


def _guess_moment(text: str) -> str | None:
    text = _ARTICLE.sub("", text)
    if about := _ABOUT.fullmatch(text):
        moment = _guess_moment(about[1] or about[2])
        return moment and moment.rstrip("~") + "~"
    return next(filter(None, (guess(text) for guess in _GUESSES)), None)


def _valid(text: str) -> str | None:
    try:
        return _read_moment(text).text
    except _RefusedError:
        return None


def _joined(year: str, month: str, day: str | None) -> str | None:
    """The date of these parts; month and day change places where only that makes a date."""
    if day is None:
        return _valid(f"{year}-{month:0>2}")
    return _valid(f"{year}-{month:0>2}-{day:0>2}") or _valid(f"{year}-{day:0>2}-{month:0>2}")


def _without_time(text: str) -> str | None:
    match = _WITH_TIME.fullmatch(text)
    return match and _valid(match[1])


def _without_unknown(text: str) -> str | None:
    match = _UNKNOWN_PART.fullmatch(text)
    return match and _valid(match[1])


def _from_numbers(text: str) -> str | None:
    if match := _DAY_FIRST.fullmatch(text):
        return _joined(match[3], match[2], match[1])
    if match := _MONTH_FIRST.fullmatch(text):
        return _joined(match[2], match[1], None)
    match = _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text)
    return match and _joined(*match.groups())


def _from_words(text: str) -> str | None:
    match = _DAY_IN_WORDS.fullmatch(text) or _MONTH_IN_WORDS.fullmatch(text)
    month = match and _month_numbers().get(match["month"].casefold())
    return _joined(match["year"], month, match["day"]) if match and month else None


@cache
def _month_numbers() -> dict[str, str]:
    return {
        name.casefold().rstrip("."): str(number)
        for language in ("fr", "en")
        for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, locale=language).items()
    }


_GUESSES = (_valid, _without_time, _from_numbers, _without_unknown, _from_words)
