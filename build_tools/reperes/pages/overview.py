"""The overview: what happened and when, what it rests on, the key figures, and where to go next."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import groupby
from typing import Any

from reperes.drawings.date_strip import date_strip, is_placed
from reperes.drawings.locator_map import locator_map, places_list
from reperes.model.explainer import Explainer
from reperes.model.facts import Event
from reperes.model.site import ReadingPath
from reperes.pages.page import Page
from reperes.pages.writer import PageWriter
from reperes.text.dates import FactDate

LATEST = 5
"""How many of the latest events the overview shows."""

DAYS = 6
"""How many days are named beside the strip at most: it is as high as so many lines."""

LISTED = 12
"""How many sections the overview lists at most: a first visit must not grow with the book."""


def overview_page(explainer: Explainer, language: str) -> Page:
    page = PageWriter(explainer, language, "overview")
    headline = page.section.title if page.section else explainer.site.title[language]
    title = page.plain(headline)
    tagline = page.prose.plain(explainer.site.tagline[language])
    return page.write(
        "overview",
        title,
        tagline,
        strip=date_strip(explainer, language),
        days=_days(page),
        proof=list(_proof(page)),
        figures=[figure for figure in explainer.figures.values() if figure.key],
        # What came last is news for as long as something may follow.
        events=[] if explainer.site.archived else latest_events(explainer),
        paths=[(path, _minutes(page, path)) for path in explainer.site.start_here],
        sections=page.chapters(explainer.site.section_ids[:LISTED]),
        more=has_contents_page(explainer),
        **_map(page),
        shell={"title_lines": _title_lines(title)},
    )


def _title_lines(title: str) -> list[str]:
    """A headline, broken behind its first colon as on the card for networks."""
    lead, colon, rest = title.partition(": ")
    return [f"{lead}{colon.strip()}", rest] if rest else [title]


def _days(page: PageWriter) -> list[tuple[str, list[Event]]]:
    """The latest days of key events, each in words, with these events."""
    events = page.explainer.events_in_order
    key = [event for event in events if event.key and is_placed(event.date)]
    days = [(date, list(found)) for date, found in groupby(key, key=lambda event: event.date.day)]
    return [(_day(page, date), found) for date, found in days[-DAYS:]]


def _day(page: PageWriter, date: FactDate) -> str:
    """A date without the year where the strip beside it says the only one there is."""
    is_said = page.explainer.only_year is not None
    return page.locale.day(date) if is_said else page.locale.date(date)


def _proof(page: PageWriter) -> Iterator[tuple[str, str]]:
    """What the explainer rests on, counted: each plain, with the page that shows it."""
    explainer, counted = page.explainer, page.locale.counted
    sources = len(explainer.sources)
    types = {source.type for source in explainer.sources.values()}
    if sources == 1:
        kind = page.locale.label(f"kind.source.{types.pop()}")
        yield page.locale.label("page.proof.source", kind=kind), "sources.md"
    elif sources:
        yield counted("page.proof.sources", sources), "sources.md"
    if explainer.events:
        dates = counted("page.proof.events", len(explainer.events))
        derived = sum(event.derived is not None for event in explainer.events.values())
        if derived:
            dates = counted("page.proof.derived", derived, events=dates)
        yield dates, "timeline.md"
    if explainer.figures:
        yield counted("page.proof.figures", len(explainer.figures)), "figures.md"
    if explainer.claims:
        yield counted("page.proof.claims", len(explainer.claims)), "statements.md"
    if explainer.quotations:
        number = len(explainer.quotations)
        yield counted("page.proof.quotations", number), "statements.md#page-quotations"
    yield counted("page.proof.corrections", len(explainer.corrections)), "corrections.md"


def has_contents_page(explainer: Explainer) -> bool:
    """Whether there are more sections than the overview lists."""
    return len(explainer.site.section_ids) > LISTED


def contents_page(explainer: Explainer, language: str, page_id: str = "contents") -> Page:
    """The page of all sections, or of a part of them."""
    page = PageWriter(explainer, language, page_id)
    first = explainer.site.section_ids.index(page.part.entries[0]) + 1
    return page.reference(sections=page.chapters(page.part.entries), first=first)


def _minutes(page: PageWriter, path: ReadingPath) -> str:
    """How long a reading path takes, plain; "" if it leads to pages for looking things up."""
    if not set(path.section_ids) <= set(page.site.section_ids):
        return ""
    return page.reading_time(*page.chapters(path.section_ids))


def _map(page: PageWriter) -> dict[str, Any]:
    """The locator map and the list of its places, or nothing where there is no map."""
    explainer, plan = page.explainer, page.explainer.map
    if plan is None:
        return {"map": ""}
    drawn = locator_map(explainer, page.language, plan)
    # Written where it stands: what a page has said before, it need not say again.
    return {"map": drawn, "places": partial(places_list, page.prose, plan)}


def latest_events(explainer: Explainer) -> list[Event]:
    """The latest key events, or the latest events if none is key, in order of time."""
    events = explainer.events_in_order
    return ([event for event in events if event.key] or list(events))[-LATEST:]
