from __future__ import annotations

import datetime

import icalendar
import pytest

from reperes.site.open_data.calendar_file import is_for_calendars, timeline_ics
from reperes.site.open_data.language_view import LanguageView
from reperes.text.dates import parse_date
from support import toy
from support_open_data import VIEWS


def entries(view: LanguageView) -> list[icalendar.Event]:
    calendar = icalendar.Calendar.from_ical(timeline_ics(view))
    assert isinstance(calendar, icalendar.Calendar)
    assert calendar.errors == []
    return calendar.events


def test_summaries_say_what_is_not_known() -> None:
    assert [str(entry["summary"]) for entry in entries(LanguageView(toy(), "en"))] == [
        "The boat is bought (April 1998, exact day not known)",
        "Census (around 10\xa0February 2019, exact day not known)",
        "The closure is announced",
        "Public meeting",
        "Last crossing",
    ]


@pytest.mark.parametrize(
    ("date", "held"),
    [
        ("2018-07-04", True),
        ("2018-07-04~", True),
        ("2018-02", True),
        ("2018-06-19/2018-07-04", True),
        ("2018-06/2018-07", True),
        ("2017-07-04/2018-07-04", True),
        ("2017-07-04/2018-07-05", False),
        ("2015-06/2018-07", False),
        ("2018", False),
        ("2018~", False),
        ("2017/2018-01-03", False),
        ("2018-06-19/..", False),
        ("2015/..", False),
    ],
)
def test_a_calendar_holds_days_and_months_of_a_year_at_most(date: str, held: bool) -> None:
    assert is_for_calendars(parse_date(date)) is held


@pytest.mark.parametrize("view", VIEWS)
def test_every_event_is_an_entry_of_whole_days(view: LanguageView) -> None:
    held = [event for event in view.events if is_for_calendars(event.date)]
    assert held
    for entry, event in zip(entries(view), held, strict=True):
        assert entry.start == event.date.first
        assert type(entry.start) is datetime.date
        assert event.date.last is not None
        assert entry.end == event.date.last + datetime.timedelta(days=1)
        assert entry.DTSTAMP.date() == view.site.updated.first
        assert str(entry["url"]) == view.permalink("fact", event.id)
        assert view.text(event.summary) in str(entry["description"])


def test_uids_are_unique_in_both_languages_and_never_change() -> None:
    uids = [entry.uid for code in ("fr", "en") for entry in entries(LanguageView(toy(), code))]
    assert len(set(uids)) == len(uids) == 2 * (len(toy().events) - 1)
    assert uids[0] == "eb66f70b-4a2a-5683-8e6e-52c7cbc3af42"


def test_no_line_is_longer_than_the_standard_allows() -> None:
    lines = timeline_ics(LanguageView(toy(), "fr")).encode().split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert lines[-1] == b""
