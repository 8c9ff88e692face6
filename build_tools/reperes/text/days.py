"""Days of the calendar, of any year: `datetime.date` begins with the year 1."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass

_CYCLE_YEARS = 400
_CYCLE_DAYS = 146_097
"""The Gregorian calendar repeats itself, weekdays too, after so many years, of so many days."""


@dataclass(frozen=True, slots=True, order=True)
class CalendarDay:
    """A day of the proleptic Gregorian calendar, with the years of ISO 8601: 0 is 1 BC, -43 44 BC.

    That the calendar has it is for whoever makes one to know; `length_of_month` tells.
    """

    year: int
    month: int
    day: int

    @classmethod
    def from_ordinal(cls, ordinal: int) -> CalendarDay:
        """The day of that number; 1 is the first of January of the year 1."""
        cycles, within = divmod(ordinal - 1, _CYCLE_DAYS)
        day = datetime.date.fromordinal(within + 1)
        return cls(day.year + cycles * _CYCLE_YEARS, day.month, day.day)

    @property
    def ordinal(self) -> int:
        """Its number; two of them subtracted are the days between."""
        cycles, year = divmod(self.year - 1, _CYCLE_YEARS)
        day = datetime.date(year + 1, self.month, self.day)
        return day.toordinal() + cycles * _CYCLE_DAYS

    def plus(self, days: int) -> CalendarDay:
        return CalendarDay.from_ordinal(self.ordinal + days)

    @property
    def date(self) -> datetime.date:
        """The same for the standard library. Raises ValueError outside the years 1 to 9999."""
        return datetime.date(self.year, self.month, self.day)

    def __str__(self) -> str:
        """As ISO 8601 and EDTF write it: "2018-07-04", "-0043-03-15"."""
        return f"{year_text(self.year)}-{self.month:02}-{self.day:02}"


def year_text(year: int) -> str:
    """A year in four digits, after a minus where it is before the year 0: "0476", "-0043"."""
    return f"-{-year:04}" if year < 0 else f"{year:04}"


def length_of_month(year: int, month: int) -> int:
    """How many days a month has, in any year."""
    return calendar.monthrange(year % _CYCLE_YEARS + _CYCLE_YEARS, month)[1]
