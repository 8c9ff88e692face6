"""timeline.ics: the events as entries of a calendar (RFC 5545), through icalendar.

A calendar holds days, and times. What is not known to the day (a month, a season, a century), has
no beginning or no end, or lasts longer than a year is left out: it would cover other entries for
weeks or years with what happened on days that nobody knows. So is what was before 1583: programs
count such days by a calendar that the source may not mean. A day that is about one is that day,
and says so.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator

import icalendar

from reperes.language.typography import typeset
from reperes.model.edition_now import edition_named
from reperes.model.facts import Event
from reperes.site.open_data.language_view import LanguageView
from reperes.text.dates import GREGORIAN_SINCE, Extent, FactDate, Moment, Precision
from reperes.text.days import CalendarDay
from reperes.text.markup import with_capital

_LONGEST = 366
_LAST_DAY = CalendarDay(datetime.MAXYEAR, 12, 31)


def timeline_ics(view: LanguageView) -> str:
    """The calendar, with no clock in it: it is stamped with the day the site was changed."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//Repères//{view.site.base_url}//{view.language.upper()}")
    calendar.add("version", "2.0")
    name = view.text(view.site.title)
    calendar.add("name", name)
    # Most programs read the older name alone.
    calendar.add("x-wr-calname", name)
    if edition := edition_named(view.explainer, view.language):
        calendar.add("description", with_capital(typeset(edition, view.language)))
    calendar.add("url", view.file("timeline/" if view.explainer.has_page("timeline") else ""))
    for event in view.events:
        if not is_for_calendars(event.date):
            continue
        calendar.add_component(_entry(view, event))
    return str(calendar.to_ical(), "utf-8")


def _entry(view: LanguageView, event: Event) -> icalendar.Event:
    permalink = view.permalink("fact", event.id)
    entry = icalendar.Event()
    entry.add("uid", str(uuid.uuid5(uuid.NAMESPACE_URL, permalink)))
    midnight = datetime.time(tzinfo=datetime.UTC)
    changed = view.site.updated.moments[0].first.date
    entry.add("dtstamp", datetime.datetime.combine(changed, midnight))
    start, end = event.date.moments[0], event.date.moments[-1]
    if start.clock and end.clock:
        entry.add("dtstart", _utc(start))
        if end is not start:
            entry.add("dtend", _utc(end))
    else:
        entry.add("dtstart", start.first.date)
        if end.last < _LAST_DAY:
            entry.add("dtend", end.last.plus(1).date)
    entry.add("summary", _summary(view, event))
    entry.add("description", "\n\n".join(_description(view, event)))
    entry.add("url", permalink)
    if event.place_id:
        place = view.explainer.places[event.place_id]
        entry.add("location", place.names[view.language].name)
    # It tells of something; it does not take up the reader's day.
    entry.add("transp", "TRANSPARENT")
    return entry


def is_for_calendars(date: FactDate) -> bool:
    """Whether a date is known to the day, and no longer than a year."""
    start, end = date.moments[0], date.moments[-1]
    return (
        date.extent in (Extent.MOMENT, Extent.INTERVAL)
        and min(start.precision, end.precision) >= Precision.DAY
        and start.first.year >= GREGORIAN_SINCE
        and end.last.ordinal - start.first.ordinal < _LONGEST
    )


def _utc(moment: Moment) -> datetime.datetime:
    """A time as calendars of every zone read it."""
    midnight = datetime.datetime.combine(moment.first.date, datetime.time(), datetime.UTC)
    return midnight + datetime.timedelta(minutes=moment.clock.utc if moment.clock else 0)


def _summary(view: LanguageView, event: Event) -> str:
    """The event's label; after it the date as it is known, where that is no day or days."""
    label = view.text(event.label)
    date = view.locale.date(event.date)
    if all(_is_known_day(moment) for moment in event.date.moments):
        return label
    return view.locale.label("data.calendar.inexact", event=label, date=date)


def _is_known_day(moment: Moment) -> bool:
    return moment.precision >= Precision.DAY and not moment.approximate


def _description(view: LanguageView, event: Event) -> Iterator[str]:
    yield view.text(event.summary)
    if event.derived:
        yield view.text(event.derived.reason)
    source = view.explainer.sources[event.pins[0].source_id]
    by = view.by(event)
    yield f"{by[:1].upper()}{by[1:]} ({view.text(source.label)})"
    yield view.permalink("fact", event.id)
