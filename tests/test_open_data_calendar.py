from __future__ import annotations

import datetime

import icalendar
import pytest

from reperes.site.open_data.calendar_file import span, timeline_ics
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
        "Passenger numbers fall (since 2015, exact day not known)",
        "Census (around 10\xa0February 2019, exact day not known)",
        "The closure is announced",
        "Public meeting",
        "Last crossing",
    ]


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("2018-07-04", "2018-07-04", "2018-07-04"),
        ("2018-07-04~", "2018-07-04", "2018-07-04"),
        ("2018-02", "2018-02-01", "2018-02-28"),
        ("2018", "2018-01-01", "2018-12-31"),
        ("2018-06-19/2018-07-04", "2018-06-19", "2018-07-04"),
        ("2018-06/2018-07", "2018-06-01", "2018-07-31"),
        ("2018-06-19/..", "2018-06-19", "2018-06-19"),
        ("2015/..", "2015-01-01", "2015-12-31"),
    ],
)
def test_spans(date: str, first: str, last: str) -> None:
    assert [day.isoformat() for day in span(parse_date(date))] == [first, last]


@pytest.mark.parametrize("view", VIEWS)
def test_every_event_is_an_entry_of_whole_days(view: LanguageView) -> None:
    found = entries(view)
    assert len(found) == len(view.events)
    for entry, event in zip(found, view.events, strict=True):
        assert entry.start == event.date.first
        assert type(entry.start) is datetime.date
        assert entry.end == span(event.date)[1] + datetime.timedelta(days=1)
        assert entry.DTSTAMP.date() == view.site.updated.first
        assert str(entry["url"]) == view.permalink("fact", event.id)
        assert view.text(event.summary) in str(entry["description"])


def test_uids_are_unique_in_both_languages_and_never_change() -> None:
    uids = [entry.uid for code in ("fr", "en") for entry in entries(LanguageView(toy(), code))]
    assert len(set(uids)) == len(uids) == 2 * len(toy().events)
    assert uids[0] == "eb66f70b-4a2a-5683-8e6e-52c7cbc3af42"


def test_no_line_is_longer_than_the_standard_allows() -> None:
    lines = timeline_ics(LanguageView(toy(), "fr")).encode().split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert lines[-1] == b""
