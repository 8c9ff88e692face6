"""timeline.ics: the events as all-day entries of a calendar (RFC 5545), through icalendar.

A calendar holds days. What has no end, lasts longer than a year or is known by its year alone is
left out: it would cover other entries for months with what happened on days that nobody knows.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator

import icalendar

from reperes.model.facts import Event
from reperes.site.open_data.language_view import LanguageView
from reperes.text.dates import FactDate, Moment, Precision

_DAY = datetime.timedelta(days=1)
_YEAR = datetime.timedelta(days=366)


def timeline_ics(view: LanguageView) -> str:
    """The calendar, with no clock in it: it is stamped with the day the site was changed."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//Repères//{view.site.base_url}//{view.language.upper()}")
    calendar.add("version", "2.0")
    name = view.text(view.site.title)
    calendar.add("name", name)
    # Most programs read the older name alone.
    calendar.add("x-wr-calname", name)
    calendar.add("url", view.file("timeline/"))
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
    entry.add("dtstamp", datetime.datetime.combine(view.site.updated.first, midnight))
    first, last = event.date.first, event.date.last
    entry.add("dtstart", first)
    if last is not None and last < datetime.date.max:
        entry.add("dtend", last + _DAY)
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
    """Whether a date is of days or months, and no longer than a year."""
    if date.last is None or not date.is_finer_than_years:
        return False
    return date.last - date.first < _YEAR


def _summary(view: LanguageView, event: Event) -> str:
    """The event's label; after it the date as it is known, where that is no day or days."""
    label = view.text(event.label)
    date = view.locale.date(event.date)
    if all(_is_known_day(moment) for moment in event.date.moments):
        return label
    return view.locale.label("data.calendar.inexact", event=label, date=date)


def _is_known_day(moment: Moment) -> bool:
    return moment.precision is Precision.DAY and not moment.approximate


def _description(view: LanguageView, event: Event) -> Iterator[str]:
    yield view.text(event.summary)
    if event.derived:
        yield view.text(event.derived.reason)
    source = view.explainer.sources[event.pins[0].source_id]
    by = view.by(event)
    yield f"{by[:1].upper()}{by[1:]} ({view.text(source.label)})"
    yield view.permalink("fact", event.id)
