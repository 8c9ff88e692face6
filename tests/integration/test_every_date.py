"""Everything a site shows of events, with dates of every form: nothing fails, nothing is lost."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import icalendar
import pytest

from reperes import rules
from reperes.model.explainer import Explainer
from reperes.pages import render_pages
from reperes.pages.page import Page
from reperes.site.open_data.calendar_file import is_for_calendars, timeline_ics
from reperes.site.open_data.document import facts_document
from reperes.site.open_data.feed import feed_xml
from reperes.site.open_data.language_view import LanguageView
from reperes.site.open_data.linked_data import linked_data
from reperes.site.open_data.tables import events_csv
from reperes.text.dates import parse_date
from support import saying, toy

DATES = [
    "-9999",
    "-02XX/-00XX",
    "-00XX~",
    "-0043-03-15",
    "0000",
    "007X",
    "0079-08-24",
    "0500-06-19",
    "0500-06",
    "0800",
    "1582-10-04",
    "18XX",
    "19XX/..",
    "../19XX",
    "190X",
    "201X~",
    "199X/201X",
    "2018",
    "2018~",
    "../2010",
    "[..2009]",
    "[2011..]",
    "2011/..",
    "2018-21",
    "2018-24",
    "2018-22/..",
    "2018-06",
    "../2018-06",
    "[..2018-06-30]",
    "[2018-06..]",
    "2018-06-19/..",
    "2018-06-30~",
    "2018-06-30~/2018-07-04",
    "2018-07-04T21:30+03:00",
    "2018-07-04T21:00Z~",
    "2018-07-04T21:30+03:00/2018-07-04T23:00+03:00",
    "2018-07-04T21:30+03:00/2018-07-05T01:00-03:30",
    "2018-07-04T21:30Z/..",
    "../2018-07-04T21:30Z",
    "9999-12-31",
    "9999-12-31/..",
    "[9999..]",
    "[..-9999]",
]


def dated() -> Explainer:
    """The toy explainer with an event for each date, and a few other dates of old."""
    event = toy().events["last_crossing"]
    events = {
        f"e{n}": saying(replace(event, id=f"e{n}"), date=parse_date(date), derived=None)
        for n, date in enumerate(DATES)
    }
    claims = {
        key: saying(claim, date=parse_date(date))
        for (key, claim), date in zip(toy().claims.items(), DATES[2:], strict=False)
    }
    figures = {
        key: saying(figure, as_of=parse_date(date))
        for (key, figure), date in zip(toy().figures.items(), DATES[5:], strict=False)
    }
    return replace(toy(), events={**toy().events, **events}, claims=claims, figures=figures)


@pytest.fixture(scope="module", params=["fr", "en"])
def view(request: pytest.FixtureRequest) -> LanguageView:
    return LanguageView(dated(), request.param)


@pytest.fixture(scope="module")
def pages(view: LanguageView) -> dict[str, Page]:
    return {page.id: page for page in render_pages(view.explainer, view.language)}


def test_every_rule_reads_them() -> None:
    rules.check(dated())


def test_the_timeline_has_each_event_once_under_anchors_that_differ(pages: dict[str, Page]) -> None:
    text = pages["timeline"].whole
    assert [text.count(f'id="e{n}"') for n in range(len(DATES))] == [1] * len(DATES)
    anchors = re.findall(r' id="((?:day|month)-[^"]+)"', text)
    assert len(set(anchors)) == len(anchors)
    assert all(re.fullmatch(r"[\w-]+", anchor) for anchor in anchors)


def test_pages_give_machines_what_html_allows(pages: dict[str, Page]) -> None:
    allowed = r"[1-9][0-9]{3}(-[0-9]{2}(-[0-9]{2}(T[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2}))?)?)?"
    for page in pages.values():
        for given in re.findall(r'<time datetime="([^"]*)"', page.whole):
            assert re.fullmatch(allowed, given), given


def test_search_engines_get_dates_of_iso_8601(view: LanguageView, pages: dict[str, Page]) -> None:
    items = json.loads(linked_data(view, pages["timeline"]))["mainEntity"]["itemListElement"]
    assert len(items) == len(view.events)
    given = {date for entry in items for key, date in entry["item"].items() if key.endswith("Date")}
    assert "2018-07-04T21:30+03:00" in given
    assert not given & {"0500-06-19", "2018-21", "201X~", "-0043-03-15"}


def test_the_calendar_has_what_it_can_hold(view: LanguageView) -> None:
    calendar = icalendar.Calendar.from_ical(timeline_ics(view))
    assert isinstance(calendar, icalendar.Calendar)
    held = [event for event in view.events if is_for_calendars(event.date)]
    assert len(calendar.events) == len(held)
    assert all(entry.start for entry in calendar.events)


def test_data_files_say_each_date_as_typed_and_in_words(view: LanguageView) -> None:
    rows = {row["id"]: row for row in facts_document(view)["events"]}
    table = events_csv(view)
    for n, typed in enumerate(DATES):
        date = parse_date(typed)
        row = rows[f"e{n}"]
        said = [value["date"] for value in row["values"]] if "values" in row else [row["date"]]
        assert said == [typed]
        assert view.locale.date(date) in table
    assert feed_xml(view)
