"""A strip of the days on which something happened, at a true scale."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from reperes.drawings.label_layout import BEFORE, Anchor, widest
from reperes.language.locales import Locale
from reperes.language.typography import typeset
from reperes.model.explainer import Explainer
from reperes.model.facts import Event
from reperes.text.dates import Extent, FactDate, Precision, parse_date
from reperes.text.days import CalendarDay
from reperes.writing.templating import render_html

MOST_STACKED = 8
"""How many dots stand over one another at most; how many events a day has is written above."""

LONGEST_BY_DAY = 62
"""Up to so many days, the days of events are named; beyond, the months of the strip are."""

LONGEST_BY_MONTH = 1000
"""Up to so many days, months are named; beyond, years are."""

# Lengths are in ems of the strip, so that it grows with the reader's text. Nobody knows how wide it
# will be: names are laid out for two widths, and the style sheet chooses.
WIDE, NARROW = 17.0, 7.2
"""The strip on a phone of 320 pixels, and on the same phone with text twice as large."""

GAP = 0.25
"""What stays free between two names."""

LINE = 1.3
DOT = 0.75
"""From one line of names to the next, and from one dot of a stack to the next."""

MOST_LINES = 2

SHORTEST = 1.2
"""How much of the strip a bar takes at least, in percent, so that it is seen."""

_STEPS = [multiple * 10**power for power in range(5) for multiple in (1, 2, 5)]
"""How many years lie between those that are named."""

Certainty = Literal["known", "derived", "approximate"]
CERTAINTIES: tuple[Certainty, ...] = ("known", "derived", "approximate")
Named = tuple[float, str]
"""Where something stands across the strip, in percent, and its name."""

Stacks = Sequence[tuple[CalendarDay, list[Certainty]]]
"""Days, and how sure the date of each of their events is."""


@dataclass(frozen=True)
class Bar:
    """An event of several days, over the line that it is drawn on; the lowest is 0.

    What has no beginning is drawn from that of the strip, what has no end to its end.
    """

    x: float
    width: float
    line: int
    certainty: Certainty
    open_start: bool
    open_end: bool


@dataclass(frozen=True)
class Name:
    """A name under the strip, on a line counted from 0 where the strip is wide.

    `shift` is how many lines lower it stands where the strip is narrow, or None where there is no
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
        """Where a day is, in percent; a strip of one day has it in the middle."""
        return _short(100 * (day.ordinal - self.first.ordinal) / self.days) if self.days else 50

    @property
    def month_starts(self) -> list[CalendarDay]:
        first, last = (12 * day.year + day.month - 1 for day in (self.first, self.last))
        starts = (CalendarDay(n // 12, n % 12 + 1, 1) for n in range(first, last + 1))
        return [day for day in starts if day >= self.first]

    @property
    def year_starts(self) -> list[CalendarDay]:
        starts = (CalendarDay(n, 1, 1) for n in range(self.first.year, self.last.year + 1))
        return [day for day in starts if day >= self.first]


def date_strip(explainer: Explainer, language: str) -> str:
    """The strip as an HTML block: a figure with its drawing and key; empty if no day is known."""
    locale = explainer.locales[language]
    events = explainer.events_in_order
    placed = [event for event in events if is_placed(event.date)]
    if not placed:
        return ""
    scale = _scale([event.date for event in placed])
    bars = list(_bars([event for event in placed if not _is_one_day(event.date)], scale))
    stacks = _stacks([event for event in placed if _is_one_day(event.date)])
    ticks, groups = _ruler(scale, stacks, placed, locale)
    lanes = 1 + max((bar.line for bar in bars), default=-1)
    highest = min(MOST_STACKED, max((len(found) for _, found in stacks), default=0))
    unplaced = [event.date for event in events if not is_placed(event.date)]
    drawn = {certainty(event) for event in placed}
    return render_html(
        "drawings/date_strip.html.jinja",
        bars=bars,
        stacks=[(scale.at(day), found[:MOST_STACKED], len(found)) for day, found in stacks],
        lanes=lanes,
        highest=highest,
        names=_laid_out(ticks, ["middle"] * len(ticks)),
        groups=_group_names(groups),
        marked=[x for x, _ in (groups[1:] if scale.days <= LONGEST_BY_DAY else ticks)],
        certainties=[found for found in CERTAINTIES if found in drawn],
        unplaced=locale.list(list(dict.fromkeys(map(locale.date, unplaced)))),
        description=typeset(_description(placed, locale), language),
        line=LINE,
        dot=DOT,
        roomy=scale.days * DOT <= WIDE,
        label=locale.label,
    )


def certainty(event: Event) -> Certainty:
    """How sure the date of an event is."""
    if any(moment.approximate for moment in event.date.moments):
        return "approximate"
    return "derived" if event.derived else "known"


def is_placed(date: FactDate) -> bool:
    """Whether a date has a place on the strip: known by its month, or finer, and not "before"."""
    bounded = date.extent not in (Extent.BEFORE, Extent.AFTER)
    return bounded and all(moment.precision >= Precision.MONTH for moment in date.moments)


def _scale(dates: Sequence[FactDate]) -> Scale:
    """From the first day to the last, and somewhat further where there is no first or no last."""
    first, last = min(date.place_in_order for date in dates), max(map(_last_day, dates))
    margin = max(1, (last.ordinal - first.ordinal) // 10)
    return Scale(
        first.plus(-margin) if any(date.open_start for date in dates) else first,
        last.plus(margin) if any(date.open_end for date in dates) else last,
    )


def _is_one_day(date: FactDate) -> bool:
    return date.day.extent is Extent.MOMENT and date.precision >= Precision.DAY


def _last_day(date: FactDate) -> CalendarDay:
    """The last day that the strip must have room for; what has no end asks for its first."""
    return date.last or date.moments[0].last


def _stacks(events: Iterable[Event]) -> Stacks:
    """The days that have events, the surest dates first."""
    by_day = groupby(events, key=lambda event: event.date.place_in_order)
    return [(day, sorted(map(certainty, found), key=CERTAINTIES.index)) for day, found in by_day]


def _bars(events: Iterable[Event], scale: Scale) -> Iterator[Bar]:
    """Each bar on the lowest line where it meets no other."""
    taken: list[CalendarDay] = []
    for event in events:
        start = event.date.first or scale.first
        end = scale.last if event.date.open_end else _last_day(event.date)
        line = next((n for n, until in enumerate(taken) if until < start), len(taken))
        taken[line : line + 1] = [end]
        x = scale.at(start)
        width = max(SHORTEST, _short(scale.at(end) - x))
        sure, date = certainty(event), event.date
        yield Bar(x, width, line, sure, date.open_start, date.open_end)


def _ruler(
    scale: Scale, stacks: Stacks, events: Iterable[Event], locale: Locale
) -> tuple[Sequence[Named], Sequence[Named]]:
    """What is named under the strip, and its groups: days in months, months in years, or years."""
    if scale.days <= LONGEST_BY_DAY:
        bars = [event.date for event in events if not _is_one_day(event.date)]
        ends = [end for date in bars for end in (date.first, _last_day(date)) if end]
        days = sorted({*ends, *(day for day, _ in stacks)})
        return [(scale.at(day), locale.day_of_month(day)) for day in days], _months(scale, locale)
    if scale.days > LONGEST_BY_MONTH:
        return _round_years(scale, locale), []
    years = [(scale.at(day), locale.year(day.year)) for day in scale.year_starts]
    months = [(scale.at(day), locale.short_month(day)) for day in scale.month_starts]
    begun = [(0.0, locale.year(scale.first.year))] if not years or years[0][0] else []
    return _thinned(months), begun + years


def _months(scale: Scale, locale: Locale) -> list[Named]:
    """The months of the strip; the year stands with its first month."""
    starts = sorted({scale.first, *scale.month_starts})
    first_of_year = {day.year: day for day in reversed(starts)}
    return [
        (scale.at(day), locale.month(day, year=day == first_of_year[day.year])) for day in starts
    ]


def _round_years(scale: Scale, locale: Locale) -> Sequence[Named]:
    """As many years as have room on one line: all, every second, fifth, tenth, and so on."""
    kept: list[Named] = []
    for step in _STEPS:
        named = [day for day in scale.year_starts if _number_in_era(day.year) % step == 0]
        if not named:
            break
        kept = [(scale.at(day), locale.year(day.year)) for day in named]
        if set(_lines(kept, ["middle"] * len(kept), WIDE)) == {0}:
            return kept
    return kept[:1]


def _number_in_era(year: int) -> int:
    """The number that a year is said by: that of the year -43 is 44."""
    return year if year > 0 else 1 - year


def _thinned(names: Sequence[Named]) -> Sequence[Named]:
    """As many of the names as have room on one line, each as far from the next."""
    for step in range(1, len(names)):
        kept = names[::step]
        if set(_lines(kept, ["middle"] * len(kept), WIDE)) == {0}:
            return kept
    return names[:1]


def _group_names(groups: Sequence[Named]) -> list[Name]:
    """The name of a group begins where the group does, or ends where the strip does."""
    if len(groups) == 1:
        return _laid_out([(50.0, groups[0][1])], ["middle"])
    named: list[Named] = []
    anchors: list[Anchor] = []
    for x, text in groups:
        leaves = x > 50 and x / 100 * NARROW + widest(text) > NARROW
        named.append((100 if leaves else x, text))
        anchors.append("end" if leaves else "start")
    return _laid_out(named, anchors)


def _laid_out(named: Sequence[Named], anchors: Sequence[Anchor]) -> list[Name]:
    """Names on their lines; one that has no room where the strip is wide is left out."""
    wide, narrow = (_lines(named, anchors, width) for width in (WIDE, NARROW))
    return [
        Name(x, text, anchor, line, None if lower is None else lower - line)
        for (x, text), anchor, line, lower in zip(named, anchors, wide, narrow, strict=True)
        if line is not None
    ]


def _lines(named: Sequence[Named], anchors: Sequence[Anchor], width: float) -> list[int | None]:
    """The line of each name in a strip so wide, so that none meets another; None without room."""
    taken = [-width] * MOST_LINES
    found: list[int | None] = []
    for (x, text), anchor in zip(named, anchors, strict=True):
        start = x / 100 * width - BEFORE[anchor] * widest(text)
        line = next((n for n, end in enumerate(taken) if end + GAP <= start), None)
        if line is not None:
            taken[line] = start + widest(text)
        found.append(line)
    return found


def _description(events: Iterable[Event], locale: Locale) -> str:
    """What the strip shows, day by day."""
    days = groupby(events, key=lambda event: (event.date.text, certainty(event)))
    said = [
        locale.label(
            f"strip.said.{sure}",
            date=locale.date(parse_date(date)),
            events=locale.counted("strip.events", len(list(found))),
        )
        for (date, sure), found in days
    ]
    return locale.label("strip.description", days=locale.label("strip.between").join(said))


def _short(number: float) -> float:
    """To a hundredth, and as a whole number where it is one, which saves bytes."""
    rounded = round(number, 2)
    return int(rounded) if rounded == int(rounded) else rounded
