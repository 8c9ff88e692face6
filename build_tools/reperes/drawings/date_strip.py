"""A strip of the days on which something happened, at a true scale."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

from reperes.drawings.time_axis import LINE, Room, Scale, short, time_axis
from reperes.language.locales import Locale
from reperes.language.typography import typeset
from reperes.model.explainer import Explainer
from reperes.model.facts import Event
from reperes.text.dates import Extent, FactDate, Precision, moment_of, parse_date
from reperes.text.days import CalendarDay, year_text
from reperes.text.markup import with_capital
from reperes.writing.templating import render_html

MOST_STACKED = 8
"""How many dots stand over one another at most; how many events a day has is written above."""

MOST_PLACES = 60
"""How many dates the strip tells apart at most; of more, it shows months, years, or what is longer.
It is on the page that readers see first, which must not grow with what is told."""

MOST_UNPLACED = 12
"""How many dates it names that have no place on it."""

# Lengths are in ems of the strip, so that it grows with the reader's text.
ROOM = Room(wide=17.0, narrow=7.2)
"""The strip on a phone of 320 pixels, and on the same phone with text twice as large."""

DOT = 0.75
"""From one dot of a stack to the next."""

SHORTEST = 1.2
"""How much of the strip a bar takes at least, in percent, so that it is seen."""

Certainty = Literal["known", "derived", "approximate"]
CERTAINTIES: tuple[Certainty, ...] = ("known", "derived", "approximate")

Period = Literal["month", "year", "decade", "century"]
PERIODS: tuple[Period, ...] = ("month", "year", "decade", "century")

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


def date_strip(explainer: Explainer, language: str, events: Sequence[Event] | None = None) -> str:
    """The strip as an HTML block: a figure with its drawing and key; empty if no day is known.

    `events` are those that it shows, in order of time: all of them, where nothing else is said.
    """
    locale = explainer.locales[language]
    events = explainer.events_in_order if events is None else events
    placed = [event for event in events if is_placed(event.date)]
    if not placed:
        return ""
    unplaced = [event.date for event in events if not is_placed(event.date)]
    drawn = {certainty(event) for event in placed}
    said = {
        "certainties": [found for found in CERTAINTIES if found in drawn],
        "unplaced": _named_unplaced(unplaced, locale),
        "line": LINE,
        "dot": DOT,
        "label": locale.label,
    }
    if len({(event.date.text, certainty(event)) for event in placed}) > MOST_PLACES:
        return _strip_of_periods(placed, locale, said)
    scale = _scale([event.date for event in placed])
    bars = list(_bars([event for event in placed if not _is_one_day(event.date)], scale))
    stacks = _stacks([event for event in placed if _is_one_day(event.date)])
    axis = time_axis(scale, _days_to_name(stacks, placed), locale, ROOM)
    lanes = 1 + max((bar.line for bar in bars), default=-1)
    highest = min(MOST_STACKED, max((len(found) for _, found in stacks), default=0))
    return render_html(
        "drawings/date_strip.html.jinja",
        bars=bars,
        stacks=[(scale.at(day), found[:MOST_STACKED], len(found)) for day, found in stacks],
        lanes=lanes,
        highest=highest,
        axis=axis,
        caption=locale.label("strip.caption"),
        description=typeset(_description(placed, locale), language),
        roomy=scale.days * DOT <= ROOM.wide,
        **said,
    )


def _named_unplaced(dates: Iterable[FactDate], locale: Locale) -> str:
    """The dates that have no place, each once, in words: the first of many, and how many more."""
    named = list(dict.fromkeys(map(locale.date, dates)))
    if len(named) <= MOST_UNPLACED:
        return locale.list(named)
    more = locale.counted("page.more", len(named) - MOST_UNPLACED)
    return f"{', '.join(named[:MOST_UNPLACED])} {more}"


def _strip_of_periods(events: Sequence[Event], locale: Locale, said: Mapping[str, Any]) -> str:
    """The strip of more dates than it can tell apart: by the periods in which events began."""
    step, periods = next(
        (step, found)
        for step in PERIODS
        if len(found := _periods(events, step)) <= MOST_PLACES or step == PERIODS[-1]
    )
    scale = Scale(min(periods), max(map(_last_day, (event.date for event in events))))
    highest = max(len(found) for _, found in periods.values())
    per_dot = -(-highest // MOST_STACKED)
    stacks = [(scale.at(day), found[::per_dot], 1) for day, (_, found) in sorted(periods.items())]
    description = locale.label("strip.between").join(
        locale.label(
            "strip.said.known",
            date=locale.date(parse_date(text)),
            events=locale.counted("strip.events", len(found)),
        )
        for _, (text, found) in sorted(periods.items())
    )
    return render_html(
        "drawings/date_strip.html.jinja",
        bars=[],
        stacks=stacks,
        lanes=0,
        highest=max(len(found) for _, found, _ in stacks),
        axis=time_axis(scale, periods, locale, ROOM),
        caption=locale.counted(f"strip.caption.{step}", per_dot),
        description=typeset(_described(description, locale), locale.code),
        roomy=False,
        **said,
    )


def _periods(
    events: Iterable[Event], step: Period
) -> dict[CalendarDay, tuple[str, list[Certainty]]]:
    """By the first day of each period that events began in: its date, and how sure theirs are."""
    found: dict[CalendarDay, tuple[str, list[Certainty]]] = {}
    for event in events:
        day = event.date.place_in_order
        if step == "month":
            moment = moment_of(day, Precision.MONTH)
            first, text = moment.first, moment.text
        elif step == "year":
            moment = moment_of(day, Precision.YEAR)
            first, text = moment.first, moment.text
        else:
            years = 10 if step == "decade" else 100
            year = day.year - day.year % years
            first = CalendarDay(year, 1, 1)
            text = f"{moment_of(first, Precision.YEAR).text}/{year_text(year + years - 1)}"
        found.setdefault(first, (text, []))[1].append(certainty(event))
    for _, sure in found.values():
        sure.sort(key=CERTAINTIES.index)
    return found


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
        width = max(SHORTEST, short(scale.at(end) - x))
        sure, date = certainty(event), event.date
        yield Bar(x, width, line, sure, date.open_start, date.open_end)


def _days_to_name(stacks: Stacks, events: Iterable[Event]) -> Iterator[CalendarDay]:
    """The days on which something happened, or that an event of several began or ended with."""
    yield from (day for day, _ in stacks)
    for event in events:
        if not _is_one_day(event.date):
            yield from filter(None, (event.date.first, _last_day(event.date)))


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
    return _described(locale.label("strip.between").join(said), locale)


def _described(days: str, locale: Locale) -> str:
    return locale.label("strip.description", days=with_capital(days))
