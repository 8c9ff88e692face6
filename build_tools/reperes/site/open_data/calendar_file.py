"""timeline.ics: the events as all-day entries of a calendar (RFC 5545), through icalendar."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator

import icalendar

from reperes.model.facts import Event
from reperes.site.open_data.edition import Edition
from reperes.text.dates import FactDate, Moment, Precision

_DAY = datetime.timedelta(days=1)


def timeline_ics(edition: Edition) -> str:
    """The calendar, with no clock in it: it is stamped with the day the site was changed."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//Repères//{edition.site.base_url}//{edition.language.upper()}")
    calendar.add("version", "2.0")
    name = edition.text(edition.site.title)
    calendar.add("name", name)
    # Most programs read the older name alone.
    calendar.add("x-wr-calname", name)
    calendar.add("url", edition.file("timeline/"))
    for event in edition.events:
        calendar.add_component(_entry(edition, event))
    return str(calendar.to_ical(), "utf-8")


def _entry(edition: Edition, event: Event) -> icalendar.Event:
    permalink = edition.permalink("fact", event.id)
    entry = icalendar.Event()
    entry.add("uid", str(uuid.uuid5(uuid.NAMESPACE_URL, permalink)))
    midnight = datetime.time(tzinfo=datetime.UTC)
    entry.add("dtstamp", datetime.datetime.combine(edition.site.updated.first, midnight))
    first, last = span(event.date)
    entry.add("dtstart", first)
    if last < datetime.date.max:
        entry.add("dtend", last + _DAY)
    entry.add("summary", _summary(edition, event))
    entry.add("description", "\n\n".join(_description(edition, event)))
    entry.add("url", permalink)
    if event.place_id:
        place = edition.explainer.places[event.place_id]
        entry.add("location", str(place.names[edition.language].name))
    # It tells of something; it does not take up the reader's day.
    entry.add("transp", "TRANSPARENT")
    return entry


def span(date: FactDate) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of an entry.

    What has no end lasts in the calendar as long as its beginning: nobody knows more.
    """
    return date.first, date.last or date.start.last


def _summary(edition: Edition, event: Event) -> str:
    """The event's label; after it the date as it is known, where that is no day or days."""
    label = edition.text(event.label)
    date = edition.locale.date(event.date)
    moments = (event.date.start, event.date.end)
    if not all(_is_known_day(moment) for moment in moments if moment is not None):
        return edition.locale.label("data.calendar.inexact", event=label, date=date)
    if event.date.open_end:
        return edition.locale.label("data.calendar.dated", event=label, date=date)
    return label


def _is_known_day(moment: Moment) -> bool:
    return moment.precision is Precision.DAY and not moment.approximate


def _description(edition: Edition, event: Event) -> Iterator[str]:
    yield edition.text(event.summary)
    if event.derived:
        yield edition.text(event.derived.reason)
    source = edition.explainer.sources[event.pin.source_id]
    by = edition.by(event)
    yield f"{by[:1].upper()}{by[1:]} ({edition.text(source.label)})"
    yield edition.permalink("fact", event.id)
