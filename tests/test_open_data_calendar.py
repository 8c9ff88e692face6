from __future__ import annotations

import datetime
from dataclasses import replace

import icalendar
import pytest

from reperes.site.open_data.calendar_file import is_for_calendars, timeline_ics
from reperes.site.open_data.language_view import LanguageView
from reperes.text.dates import parse_date
from support import saying, toy
from support_open_data import VIEWS


def entries(view: LanguageView) -> list[icalendar.Event]:
    calendar = icalendar.Calendar.from_ical(timeline_ics(view))
    assert isinstance(calendar, icalendar.Calendar)
    assert calendar.errors == []
    return calendar.events


def test_summaries_say_what_is_not_known() -> None:
    assert [str(entry["summary"]) for entry in entries(LanguageView(toy(), "en"))] == [
        "Census (around 10\xa0February 2019, exact day not known)",
        "The closure is announced",
        "Public meeting",
        "Last evening departure",
        "Last crossing",
    ]


@pytest.mark.parametrize(
    ("date", "held"),
    [
        ("2018-07-04", True),
        ("2018-07-04~", True),
        ("2018-02", False),
        ("2018-06-19/2018-07-04", True),
        ("2018-06/2018-07", False),
        ("2018-06-19/2018-07", False),
        ("2017-07-04/2018-07-04", True),
        ("2017-07-04/2018-07-05", False),
        ("2015-06/2018-07", False),
        ("2018", False),
        ("2018~", False),
        ("2017/2018-01-03", False),
        ("2018-06-19/..", False),
        ("2015/..", False),
        ("../2018-06-19", False),
        ("[..2018-06-19]", False),
        ("[2018-06-19..]", False),
        ("201X", False),
        ("19XX", False),
        ("2018-22", False),
        ("2018-07-04T21:30+03:00", True),
        ("2018-07-04T21:30+03:00~", True),
        ("2018-07-04T21:30+03:00/2018-07-05T01:00+03:00", True),
        ("1583-01-01", True),
        ("1582-12-31", False),
        ("-0043-03-15", False),
        ("9999-12-31", True),
    ],
)
def test_a_calendar_holds_days_of_a_year_at_most(date: str, held: bool) -> None:
    assert is_for_calendars(parse_date(date)) is held


@pytest.mark.parametrize("view", VIEWS)
def test_events_without_a_time_are_entries_of_whole_days(view: LanguageView) -> None:
    held = [event for event in view.events if is_for_calendars(event.date)]
    assert held
    for entry, event in zip(entries(view), held, strict=True):
        if not event.date.is_of_times:
            assert event.date.first is not None
            assert entry.start == event.date.first.date
            assert type(entry.start) is datetime.date
            assert event.date.last is not None
            assert entry.end == event.date.last.plus(1).date
        assert str(entry.DTSTAMP.date()) == view.site.updated.text
        assert str(entry["url"]) == view.permalink("fact", event.id)
        assert view.text(event.summary) in str(entry["description"])


@pytest.mark.parametrize(
    ("date", "start", "end"),
    [
        ("2018-07-04T21:30+03:00", "20180704T183000Z", None),
        ("2018-07-04T21:30-03:00", "20180705T003000Z", None),
        ("2018-07-04T01:00+03:00/2018-07-04T23:00Z", "20180703T220000Z", "20180704T230000Z"),
        ("2018-07-04", "20180704", "20180705"),
        ("9999-12-31", "99991231", None),
    ],
)
def test_times_are_those_of_every_zone(date: str, start: str, end: str | None) -> None:
    event = saying(toy().events["last_crossing"], date=parse_date(date))
    view = LanguageView(replace(toy(), events={"last_crossing": event}), "en")
    (entry,) = entries(view)
    found = [
        str(entry[key].to_ical(), "ascii") if key in entry else None for key in ("dtstart", "dtend")
    ]
    assert found == [start, end]


def test_uids_are_unique_in_both_languages_and_never_change() -> None:
    uids = [entry.uid for code in ("fr", "en") for entry in entries(LanguageView(toy(), code))]
    assert len(set(uids)) == len(uids) == 2 * (len(toy().events) - 4)
    assert uids[0] == "d8fadff9-4945-50a3-a8c6-c155db61e2c6"


def test_no_line_is_longer_than_the_standard_allows() -> None:
    lines = timeline_ics(LanguageView(toy(), "fr")).encode().split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert lines[-1] == b""
