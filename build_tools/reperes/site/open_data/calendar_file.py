"""timeline.ics: the events as all-day entries of a calendar (RFC 5545), through icalendar."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator

import icalendar

from reperes.model.facts import Event
from reperes.site.open_data.language_view import LanguageView
from reperes.text.dates import FactDate, Moment, Precision

_DAY = datetime.timedelta(days=1)


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
        calendar.add_component(_entry(view, event))
    return str(calendar.to_ical(), "utf-8")


def _entry(view: LanguageView, event: Event) -> icalendar.Event:
    permalink = view.permalink("fact", event.id)
    entry = icalendar.Event()
    entry.add("uid", str(uuid.uuid5(uuid.NAMESPACE_URL, permalink)))
    midnight = datetime.time(tzinfo=datetime.UTC)
    entry.add("dtstamp", datetime.datetime.combine(view.site.updated.first, midnight))
    first, last = span(event.date)
    entry.add("dtstart", first)
    if last < datetime.date.max:
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


def span(date: FactDate) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of an entry.

    What has no end lasts in the calendar as long as its beginning: nobody knows more.
    """
    return date.first, date.last or date.start.last


def _summary(view: LanguageView, event: Event) -> str:
    """The event's label; after it the date as it is known, where that is no day or days."""
    label = view.text(event.label)
    date = view.locale.date(event.date)
    moments = (event.date.start, event.date.end)
    if not all(_is_known_day(moment) for moment in moments if moment is not None):
        return view.locale.label("data.calendar.inexact", event=label, date=date)
    if event.date.open_end:
        return view.locale.label("data.calendar.dated", event=label, date=date)
    return label


def _is_known_day(moment: Moment) -> bool:
    return moment.precision is Precision.DAY and not moment.approximate


def _description(view: LanguageView, event: Event) -> Iterator[str]:
    yield view.text(event.summary)
    if event.derived:
        yield view.text(event.derived.reason)
    source = view.explainer.sources[event.pin.source_id]
    by = view.by(event)
    yield f"{by[:1].upper()}{by[1:]} ({view.text(source.label)})"
    yield view.permalink("fact", event.id)
