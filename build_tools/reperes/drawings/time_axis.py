"""An axis of time at a true scale, with the names of days, months or years beneath it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reperes.drawings.label_layout import BEFORE, Anchor, widest
from reperes.language.locales import Locale
from reperes.text.days import CalendarDay

LONGEST_BY_DAY = 62
"""Up to so many days, the days on which there is something are named; beyond, months are."""

LONGEST_BY_MONTH = 1000
"""Up to so many days, months are named; beyond, years are."""

GAP = 0.25
"""What stays free between two names, in ems."""

LINE = 1.3
"""From one line of names to the next, in ems."""

MOST_LINES = 2

_STEPS = [multiple * 10**power for power in range(5) for multiple in (1, 2, 5)]
"""How many years lie between those that are named."""

Named = tuple[float, str]
"""Where something stands across the axis, in percent, and its name."""


@dataclass(frozen=True)
class Room:
    """How wide an axis is, in ems of its names: nobody knows, so they are laid out for two widths.

    The style sheet chooses. `wide` is on a phone of 320 pixels, `narrow` on the same phone with
    text twice as large.
    """

    wide: float
    narrow: float


@dataclass(frozen=True)
class Name:
    """A name under the axis, on a line counted from 0 where the drawing is wide.

    `shift` is how many lines lower it stands where the drawing is narrow, or None where there is no
    room for it.
    """

    x: float
    text: str
    anchor: Anchor
    line: int
    shift: int | None


@dataclass(frozen=True)
class Scale:
    """The days from `first` to `last`, inclusive."""

    first: CalendarDay
    last: CalendarDay

    @property
    def days(self) -> int:
        return self.last.ordinal - self.first.ordinal

    def at(self, day: CalendarDay) -> float:
        """Where a day is, in percent; one day alone is in the middle."""
        return short(100 * (day.ordinal - self.first.ordinal) / self.days) if self.days else 50

    @property
    def month_starts(self) -> list[CalendarDay]:
        first, last = (12 * day.year + day.month - 1 for day in (self.first, self.last))
        starts = (CalendarDay(n // 12, n % 12 + 1, 1) for n in range(first, last + 1))
        return [day for day in starts if day >= self.first]

    @property
    def year_starts(self) -> list[CalendarDay]:
        starts = (CalendarDay(n, 1, 1) for n in range(self.first.year, self.last.year + 1))
        return [day for day in starts if day >= self.first]


@dataclass(frozen=True)
class Axis:
    """What stands under a drawing of time: names, those of groups of them, and where lines are."""

    names: Sequence[Name]
    groups: Sequence[Name]
    marked: Sequence[float]

    def lines(self, *, narrow: bool = False) -> tuple[int, int]:
        """How many lines the names take, and those of groups."""
        return _count_lines(self.names, narrow), _count_lines(self.groups, narrow)


def time_axis(scale: Scale, days: Iterable[CalendarDay], locale: Locale, room: Room) -> Axis:
    """Days in months, months in years, or years; `days` are those on which there is something."""
    if scale.days <= LONGEST_BY_DAY:
        ticks = [(scale.at(day), locale.day_of_month(day)) for day in sorted(set(days))]
        groups = _months(scale, locale)
        return Axis(_centred(ticks, room), _group_names(groups, room), [x for x, _ in groups[1:]])
    if scale.days > LONGEST_BY_MONTH:
        ticks, groups = _round_years(scale, scale.year_starts, locale, room), []
    else:
        years = [(scale.at(day), locale.year(day.year)) for day in scale.year_starts]
        months = [(scale.at(day), locale.short_month(day)) for day in scale.month_starts]
        begun = [(0.0, locale.year(scale.first.year))] if not years or years[0][0] else []
        ticks, groups = _thinned(months, room), begun + years
    return Axis(_centred(ticks, room), _group_names(groups, room), [x for x, _ in ticks])


def year_axis(scale: Scale, days: Iterable[CalendarDay], locale: Locale, room: Room) -> Axis:
    """Years, each named in its middle, for what is known by the year alone.

    They are those that have something, or as many round ones as there is room for.
    """
    years = sorted({day.year for day in days})
    ticks = [(scale.at(_middle_of(year)), locale.year(year)) for year in years]
    if not _fit(ticks, room):
        middles = [_middle_of(year) for year in range(years[0], years[-1] + 1)]
        ticks = _round_years(scale, middles, locale, room)
    return Axis(_centred(ticks, room), [], [x for x, _ in ticks])


def _middle_of(year: int) -> CalendarDay:
    return CalendarDay(year, 7, 2)


def _round_years(
    scale: Scale, days: Sequence[CalendarDay], locale: Locale, room: Room
) -> list[Named]:
    """As many years as have room on one line: all, every second, fifth, tenth, and so on.

    Each is named at its day of `days`.
    """
    kept: list[Named] = []
    for step in _STEPS:
        named = [day for day in days if _number_in_era(day.year) % step == 0]
        if not named:
            break
        kept = [(scale.at(day), locale.year(day.year)) for day in named]
        if _fit(kept, room):
            return kept
    return kept[:1]


def _number_in_era(year: int) -> int:
    """The number that a year is said by: that of the year -43 is 44."""
    return year if year > 0 else 1 - year


def _count_lines(names: Iterable[Name], narrow: bool) -> int:
    return max((name.line + 1 + (name.shift or 0 if narrow else 0) for name in names), default=0)


def _months(scale: Scale, locale: Locale) -> list[Named]:
    """The months of the axis; the year stands with its first month."""
    starts = sorted({scale.first, *scale.month_starts})
    first_of_year = {day.year: day for day in reversed(starts)}
    return [
        (scale.at(day), locale.month(day, year=day == first_of_year[day.year])) for day in starts
    ]


def _thinned(names: Sequence[Named], room: Room) -> list[Named]:
    """As many of the names as have room on one line, each as far from the next."""
    for step in range(1, len(names)):
        kept = names[::step]
        if _fit(kept, room):
            return list(kept)
    return list(names[:1])


def _fit(names: Sequence[Named], room: Room) -> bool:
    """Whether names have room on one line where the axis is wide."""
    return set(_lines(names, ["middle"] * len(names), room.wide)) <= {0}


def _centred(named: Sequence[Named], room: Room) -> list[Name]:
    return _laid_out(named, ["middle"] * len(named), room)


def _group_names(groups: Sequence[Named], room: Room) -> list[Name]:
    """The name of a group begins where the group does, or ends where the axis does."""
    if len(groups) == 1:
        return _laid_out([(50.0, groups[0][1])], ["middle"], room)
    named: list[Named] = []
    anchors: list[Anchor] = []
    for x, text in groups:
        leaves = x > 50 and x / 100 * room.narrow + widest(text) > room.narrow
        named.append((100 if leaves else x, text))
        anchors.append("end" if leaves else "start")
    return _laid_out(named, anchors, room)


def _laid_out(named: Sequence[Named], anchors: Sequence[Anchor], room: Room) -> list[Name]:
    """Names on their lines; one that has no room where the axis is wide is left out."""
    wide, narrow = (_lines(named, anchors, width) for width in (room.wide, room.narrow))
    return [
        Name(x, text, anchor, line, None if lower is None else lower - line)
        for (x, text), anchor, line, lower in zip(named, anchors, wide, narrow, strict=True)
        if line is not None
    ]


def _lines(named: Sequence[Named], anchors: Sequence[Anchor], width: float) -> list[int | None]:
    """The line of each name on an axis so wide, so that none meets another; None without room."""
    taken = [-width] * MOST_LINES
    found: list[int | None] = []
    for (x, text), anchor in zip(named, anchors, strict=True):
        start = x / 100 * width - BEFORE[anchor] * widest(text)
        line = next((n for n, end in enumerate(taken) if end + GAP <= start), None)
        if line is not None:
            taken[line] = start + widest(text)
        found.append(line)
    return found


def short(number: float) -> float:
    """To a hundredth, and as a whole number where it is one, which saves bytes."""
    rounded = round(number, 2)
    return int(rounded) if rounded == int(rounded) else rounded
