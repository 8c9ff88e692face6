"""The timeline: every event in order, by month."""

from __future__ import annotations

from itertools import groupby

from build_tools.dates import FactDate, Precision, parse_date
from build_tools.explainer import Explainer
from build_tools.facts import Event
from build_tools.pages.page import Page
from build_tools.pages.writer import PageWriter


def timeline_page(explainer: Explainer, language: str) -> Page:
    page = PageWriter(explainer, language, "timeline")
    events = sorted(explainer.events.values(), key=lambda event: event.date.sort_key)
    months = [(parse_date(month), list(group)) for month, group in groupby(events, key=_month_of)]
    return page.reference(months=months, shape=date_shape)


def _month_of(event: Event) -> str:
    """The month that an event begins in, or its year where that is all that is known."""
    first = event.date.first
    return f"{first:%Y}" if event.date.precision is Precision.YEAR else f"{first:%Y-%m}"


def date_shape(date: FactDate) -> str:
    """How a date is drawn: "approximate", "open", "interval" or "day"."""
    if date.approximate:
        return "approximate"
    if date.open_end:
        return "open"
    return "interval" if date.is_interval else "day"
