"""Dates as the content writes them: a subset of EDTF, with what each date may mean.

| typed                           | what it is                                                     |
| ------------------------------- | -------------------------------------------------------------- |
| `2018-07-04`, `2018-07`, `2018` | a day, a month, a year                                         |
| `0476`, `0000`, `-0043`         | years as ISO 8601 counts them: 476, 1 BC, 44 BC                |
| `201X`                          | a decade: 2010 to 2019                                         |
| `19XX`, `-00XX`                 | a century: 1900 to 1999, 100 to 1 BC                           |
| `2018-21` to `2018-24`          | spring, summer, autumn and winter of the northern hemisphere   |
| `2018-07-04T21:30+03:00`        | a time to the minute, with its zone; `Z` is UTC                |
| `2018-06-30~`                   | about; after any of these                                      |
| `2018-06-19/2018-07-04`         | from one to the other                                          |
| `2011/..`, `../2010`            | since, without an end; until, without a beginning              |
| `[..2009]`, `[2011..]`          | before 2010; after 2010: at some time up to, or from, the year |

All but two are EDTF, levels 0 to 2: https://www.loc.gov/standards/datetime/. EDTF has no time
without seconds, which ISO 8601 has; and it does not say which months a season has.
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass

from reperes.text.date_guesses import guesses
from reperes.text.days import CalendarDay, length_of_month, year_text

GREGORIAN_SINCE = 1583
"""The first whole year of the Gregorian calendar, where ISO 8601 begins without agreement.

Of an earlier day, the source may mean another calendar. It is said as typed; but no weekday can be
told of it, and no machine is given it as a day that is as certain as others.
"""

SEASONS = {21: (3, "spring"), 22: (6, "summer"), 23: (9, "autumn"), 24: (12, "winter")}
"""What EDTF calls by such a number, and the month it begins with: by it, seasons are in order."""

_EARLIEST_ZONE, _LATEST_ZONE = -12 * 60, 14 * 60


class Precision(enum.IntEnum):
    """The smallest part of a date that is known."""

    CENTURY = 1
    DECADE = 2
    YEAR = 3
    SEASON = 4
    MONTH = 5
    DAY = 6
    TIME = 7


class Extent(enum.Enum):
    """How a date lies in time."""

    MOMENT = enum.auto()
    INTERVAL = enum.auto()
    SINCE = enum.auto()
    """From a moment on, with no end that is known."""
    UNTIL = enum.auto()
    """Up to a moment and in it, with no beginning that is known."""
    BEFORE = enum.auto()
    """At some time before a moment."""
    AFTER = enum.auto()
    """At some time after a moment."""


class DateError(ValueError):
    """A text that is no date; the message says what was found and what to write.

    `suggestion` is a valid date that is probably meant, or None where we cannot tell.
    """

    def __init__(self, reason: str, advice: str, suggestion: str | None = None) -> None:
        self.suggestion = suggestion
        super().__init__(f'{reason}; write "{suggestion}"' if suggestion else f"{reason}; {advice}")


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day. `offset` is how many minutes its zone is ahead of UTC."""

    hour: int
    minute: int
    offset: int

    @property
    def utc(self) -> int:
        """Minutes from the midnight that begins its day to then, as if that midnight was UTC's."""
        return 60 * self.hour + self.minute - self.offset


@dataclass(frozen=True, slots=True)
class Moment:
    """A time, a day, a month, a season, a year, a decade or a century.

    `text` is as typed ("2018-06-30~"); `approximate` is true where it ends in `~`. `first` and
    `last` are the days at its two ends, inclusive; `~` does not move them, because EDTF gives
    "about" no width. `clock` is the time, where that is known.
    """

    text: str
    precision: Precision
    approximate: bool
    first: CalendarDay
    last: CalendarDay
    clock: Clock | None = None

    @property
    def years(self) -> frozenset[int]:
        """The years it is in: one, or those of its ends."""
        return frozenset((self.first.year, self.last.year))

    @property
    def season(self) -> str:
        """The name of a season. Raises KeyError for what is none."""
        return dict(SEASONS.values())[self.first.month]

    @property
    def instant(self) -> int:
        """Minutes of UTC, to put times in order; without a time, to the beginning of its day."""
        return 24 * 60 * self.first.ordinal + (self.clock.utc if self.clock else 0)

    @property
    def iso(self) -> str | None:
        """What ISO 8601 and HTML can say of it, or None."""
        has_form = self.precision >= Precision.YEAR and self.precision is not Precision.SEASON
        is_certain = self.first.year >= GREGORIAN_SINCE and not self.approximate
        return self.text if has_form and is_certain else None


def moment_of(day: CalendarDay, precision: Precision) -> Moment:
    """The year, the month or the day that `day` is in."""
    if precision is Precision.YEAR:
        first, last = CalendarDay(day.year, 1, 1), CalendarDay(day.year, 12, 31)
        return Moment(year_text(day.year), precision, False, first, last)
    if precision is Precision.MONTH:
        first = CalendarDay(day.year, day.month, 1)
        last = CalendarDay(day.year, day.month, length_of_month(day.year, day.month))
        return Moment(str(day)[:-3], precision, False, first, last)
    return Moment(str(day), Precision.DAY, False, day, day)


@dataclass(frozen=True, slots=True)
class FactDate:
    """A moment, or how something lies towards one or between two.

    `text` is as typed. `moments` are those that are said: two of an interval, else one. Of "before
    2010", typed `[..2009]`, it is 2010.
    """

    text: str
    moments: tuple[Moment, ...]
    extent: Extent = Extent.MOMENT

    @property
    def is_interval(self) -> bool:
        return self.extent in (Extent.INTERVAL, Extent.SINCE, Extent.UNTIL)

    @property
    def open_end(self) -> bool:
        return self.extent is Extent.SINCE

    @property
    def open_start(self) -> bool:
        return self.extent is Extent.UNTIL

    @property
    def is_day(self) -> bool:
        """Whether it is, or is on, one calendar day, neither about it nor longer than it."""
        date = self.day
        is_moment = date.extent is Extent.MOMENT
        return is_moment and date.precision is Precision.DAY and not date.approximate

    @property
    def has_weekday(self) -> bool:
        """Whether the day of the week is certain."""
        return self.is_day and self.moments[0].first.year >= GREGORIAN_SINCE

    @property
    def is_of_times(self) -> bool:
        """Whether it is a time, or goes from one to another, on one day of one zone."""
        clocks = [moment.clock for moment in self.moments]
        zones = {clock.offset for clock in clocks if clock}
        return (
            self.extent in (Extent.MOMENT, Extent.INTERVAL)
            and None not in clocks
            and len(zones) == 1
            and self.moments[0].first == self.moments[-1].first
        )

    @property
    def day(self) -> FactDate:
        """The day alone of a date of times on one day; any other date as it is."""
        if not self.is_of_times:
            return self
        moment = moment_of(self.moments[0].first, Precision.DAY)
        return FactDate(moment.text, (moment,))

    @property
    def precision(self) -> Precision:
        return self.moments[0].precision

    @property
    def is_finer_than_years(self) -> bool:
        """Whether a season, a month or a day is known of it, of an interval at each known end."""
        return all(moment.precision > Precision.YEAR for moment in self.moments)

    @property
    def years(self) -> frozenset[int]:
        """The years of its moments."""
        return frozenset().union(*(moment.years for moment in self.moments))

    @property
    def approximate(self) -> bool:
        return self.moments[0].approximate

    @property
    def first(self) -> CalendarDay | None:
        """The first day it may mean, or None where it has no beginning."""
        if self.extent in (Extent.UNTIL, Extent.BEFORE):
            return None
        start = self.moments[0]
        return start.last.plus(1) if self.extent is Extent.AFTER else start.first

    @property
    def last(self) -> CalendarDay | None:
        """The last day it may mean, or None where it has no end."""
        if self.extent in (Extent.SINCE, Extent.AFTER):
            return None
        end = self.moments[-1]
        return end.first.plus(-1) if self.extent is Extent.BEFORE else end.last

    def ends_before(self, other: FactDate) -> bool:
        """Whether all that it may mean is before all that `other` may mean."""
        if self.last is None or other.first is None:
            return False
        end, start = self.moments[-1], other.moments[0]
        if end.clock and start.clock and not (end.approximate or start.approximate):
            return end.instant < start.instant
        return self.last < other.first

    @property
    def place_in_order(self) -> CalendarDay:
        """Where it stands among others: its first day, or that of the moment it leads up to."""
        return self.first or self.moments[0].first

    @property
    def sort_key(self) -> SortKey:
        """Orders by first day; then by last day (no end comes last), time, exact before about.

        What has no beginning comes first of all that begins with the moment it leads up to. Days
        are as their own zone has them, since most dates have no zone to be compared by.
        """
        start = self.moments[0]
        last = self.last.ordinal if self.last else float("inf")
        clock = (start.clock is not None, start.instant, self.moments[-1].instant)
        begins = self.first is not None
        return self.place_in_order, begins, last, clock, self.approximate, self.text

    @property
    def iso(self) -> str | None:
        """The `datetime` of an HTML `<time>`, or None for what HTML cannot say."""
        return self.moments[0].iso if self.extent is Extent.MOMENT else None


SortKey = tuple[CalendarDay, bool, float, tuple[bool, int, int], bool, str]

_SHAPES = 'write it as "2018-07-04", "2018-07" or "2018"'


class _RefusedError(Exception):
    """Why a text is no date of ours, before anyone has guessed what was meant.

    `advice` is for what nobody can guess.
    """

    def __init__(self, reason: str, advice: str = _SHAPES) -> None:
        self.reason = reason
        self.advice = advice


_YEAR = "-?[0-9]{4}"
_DAY = f"{_YEAR}-[0-9]{{2}}-[0-9]{{2}}"
_ZONE = "(?:Z|[+-][0-9]{2}:[0-9]{2})"
_PLAIN = f"{_YEAR}(?:-[0-9]{{2}}(?:-[0-9]{{2}})?)?"
_ANY = f"(?:{_PLAIN}|{_DAY}T[0-9]{{2}}:[0-9]{{2}}{_ZONE}|[0-9]{{3}}X|-?[0-9]{{2}}XX)~?"
PATTERN = rf"^(?:{_ANY}(?:/(?:{_ANY}|\.\.))?|\.\./{_ANY}|\[\.\.{_PLAIN}\]|\[{_PLAIN}\.\.\])$"
"""What a date looks like, for JSON Schema; which of these the calendar has, it does not know."""

_MOMENT = re.compile(r"(-?[0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(~?)")
_DECADE = re.compile(r"(-?)([0-9]{3})X(~?)")
_CENTURY = re.compile(r"(-?)([0-9]{2})XX(~?)")
_TIME = re.compile(rf"({_DAY})T([0-9]{{2}}):([0-9]{{2}})({_ZONE})(~?)")
_WITH_TIME = re.compile(rf"({_DAY})(?:T| ~?(?=[0-9]{{1,2}}[:h.])).*", re.DOTALL)
_SHORT_YEAR = re.compile(r"-[0-9]{1,3}(?:-.*)?", re.DOTALL)
_BRACKETS = re.compile(r"\[(\.\.)?([^\[\].,]*)(\.\.)?\]")


def parse_date(text: str) -> FactDate:
    """The date that `text` stands for. Raises DateError for anything outside the subset."""
    text = str(text)
    try:
        return _read_date(text)
    except _RefusedError as error:
        found = f'{error.reason}, found "{_shown(text)}"'
        raise DateError(found, error.advice, _suggestion(text)) from None


def _suggestion(text: str) -> str | None:
    """A valid date that whoever typed `text` probably meant."""
    for guess in guesses(text):
        try:
            return _read_date(guess).text
        except _RefusedError:
            continue
    return None


def _read_date(text: str) -> FactDate:
    if text.startswith("["):
        return _read_bound(text)
    first, slash, rest = text.partition("/")
    if not slash:
        return FactDate(text, (_read_moment(first),))
    if first == "..":
        if rest in ("", ".."):
            raise _RefusedError(
                "an interval has a date at one end at least", 'write it before or after the "/"'
            )
        return FactDate(text, (_read_moment(rest),), Extent.UNTIL)
    if first == "":
        raise _RefusedError('an interval begins with a date or ".."')
    start = _read_moment(first)
    if rest == "":
        raise _RefusedError('an interval ends with a date or ".."')
    if rest == "..":
        return FactDate(text, (start,), Extent.SINCE)
    end = _read_moment(rest)
    _check_order(start, end)
    return FactDate(text, (start, end), Extent.INTERVAL)


def _read_bound(text: str) -> FactDate:
    """ "[..2009]", which is before 2010, and "[2011..]", which is after it."""
    match = _BRACKETS.fullmatch(text)
    if not match or bool(match[1]) == bool(match[3]):
        raise _RefusedError(
            "brackets hold one date, before or after two points",
            'write "[..2009]" for before 2010, "[2011..]" for after 2010',
        )
    typed = _read_moment(match[2])
    if typed.approximate or typed.precision not in _BOUNDS:
        raise _RefusedError(
            "brackets hold a year, a month or a day",
            'write "[..2009]" for before 2010, "[2011..]" for after 2010',
        )
    if match[1]:
        said = moment_of(typed.last.plus(1), typed.precision)
        return FactDate(text, (said,), Extent.BEFORE)
    said = moment_of(typed.first.plus(-1), typed.precision)
    return FactDate(text, (said,), Extent.AFTER)


_BOUNDS = (Precision.YEAR, Precision.MONTH, Precision.DAY)


def _read_moment(text: str) -> Moment:
    if match := _MOMENT.fullmatch(text):
        return _read_calendar(text, *match.groups())
    if match := _TIME.fullmatch(text):
        return _read_time(text, *match.groups())
    if match := _DECADE.fullmatch(text):
        return _read_decade(text, *match.groups())
    if match := _CENTURY.fullmatch(text):
        minus, digits, about = match.groups()
        first, last = _century(bool(minus), int(digits))
        return _long_moment(text, Precision.CENTURY, bool(about), first, last)
    if _WITH_TIME.fullmatch(text):
        raise _RefusedError("expected a time to the minute, with its zone", _TIMES)
    if _SHORT_YEAR.fullmatch(text):
        raise _RefusedError("expected a year of four digits", _BEFORE_OUR_ERA)
    raise _RefusedError("expected a date")


_BEFORE_OUR_ERA = 'write "-0043" for 44 BC: one less, since the year before 1 is 0000'
_TIMES = (
    'write "2018-07-04T21:30+03:00", where +03:00 is how far clocks there are ahead of UTC, or the '
    "day alone"
)


def _read_calendar(
    text: str, year_digits: str, month_digits: str | None, day_digits: str | None, about: str
) -> Moment:
    """A day, a month, a season or a year."""
    year = int(year_digits)
    if year_digits == "-0000":
        raise _RefusedError("there is no year -0000", 'write "0000" for 1 BC, or "-0001" for 2 BC')
    if month_digits is None:
        typed = moment_of(CalendarDay(year, 1, 1), Precision.YEAR)
    elif day_digits is None and int(month_digits) > 12:
        return _read_season(text, year, int(month_digits), bool(about))
    else:
        month = int(month_digits)
        if not 1 <= month <= 12:
            raise _RefusedError(f"there is no month {month:02}", "write a month from 01 to 12")
        day, length = int(day_digits or 1), length_of_month(year, month)
        if not 1 <= day <= length:
            reason = f"{year_digits}-{month:02} has no day {day:02}"
            raise _RefusedError(reason, f"write a day from 01 to {length}")
        precision = Precision.DAY if day_digits else Precision.MONTH
        typed = moment_of(CalendarDay(year, month, day), precision)
    return Moment(text, typed.precision, bool(about), typed.first, typed.last)


def _read_season(text: str, year: int, code: int, about: bool) -> Moment:
    if code < min(SEASONS):
        raise _RefusedError(f"there is no month {code}", "write a month from 01 to 12")
    if code not in SEASONS:
        raise _RefusedError(
            f"there is no season {code}",
            "write 21 for spring, 22 for summer, 23 for autumn, 24 for winter, or a month from "
            "01 to 12",
        )
    first = CalendarDay(year, SEASONS[code][0], 1)
    # Eighty days on from its first is its third month, in the next year that of winter.
    last = moment_of(first.plus(80), Precision.MONTH).last
    return Moment(text, Precision.SEASON, about, first, last)


def _read_decade(text: str, minus: str, digits: str, about: str) -> Moment:
    first = 10 * int(digits)
    if minus or not first:
        # -004X are 50 to 41 BC, and nobody calls these the forties.
        raise _RefusedError(
            "decades begin with the year 10", 'write an interval, such as "-0048/-0039"'
        )
    return _long_moment(text, Precision.DECADE, bool(about), first, first + 9)


def _century(before_our_era: bool, hundreds: int) -> tuple[int, int]:
    """The first and the last year: of "19" 1900 and 1999, of "-00" 100 and 1 BC."""
    if before_our_era:
        return -100 * hundreds - 99, -100 * hundreds
    # The year 0000 is 1 BC, of the century before.
    return max(1, 100 * hundreds), 100 * hundreds + 99


def _long_moment(text: str, precision: Precision, about: bool, first: int, last: int) -> Moment:
    return Moment(text, precision, about, CalendarDay(first, 1, 1), CalendarDay(last, 12, 31))


def _read_time(text: str, day: str, hours: str, minutes: str, zone: str, about: str) -> Moment:
    date = _read_moment(day)
    if int(hours) > 23 or int(minutes) > 59:
        midnight = ' ("00:00" of the next day for midnight)' if hours == "24" else ""
        raise _RefusedError(
            f"there is no time {hours}:{minutes}", f"write a time from 00:00 to 23:59{midnight}"
        )
    offset = 0
    if zone != "Z":
        offset = int(zone[1:3]) * 60 + int(zone[4:6])
        offset = -offset if zone[0] == "-" else offset
        in_range = _EARLIEST_ZONE <= offset <= _LATEST_ZONE and int(zone[4:6]) < 60
        if not in_range or zone == "-00:00":
            raise _RefusedError(
                f"there is no zone {zone}", 'write a zone from -12:00 to +14:00, or "Z" for UTC'
            )
    clock = Clock(int(hours), int(minutes), offset)
    return Moment(text, Precision.TIME, bool(about), date.first, date.last, clock)


def _check_order(start: Moment, end: Moment) -> None:
    same_days = (start.first, start.last) == (end.first, end.last)
    timed = start.clock is not None and end.clock is not None
    if same_days and not (timed and start.instant < end.instant):
        if timed and start.instant > end.instant:
            raise _RefusedError("the interval ends before it begins")
        raise _RefusedError(
            "the interval begins and ends on the same date", 'write it once, without the "/"'
        )
    if end.last < start.first or (timed and end.instant < start.instant):
        raise _RefusedError("the interval ends before it begins")


def _shown(text: str) -> str:
    """`text` on one line, short enough for a message."""
    visible = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text[:41])
    return visible if len(text) <= 40 else f"{visible[:39]}…"
