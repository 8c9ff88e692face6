"""The timeline: every event in order, by month."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import groupby

from reperes.drawings.date_strip import date_strip
from reperes.model.explainer import Explainer
from reperes.model.facts import Actor, Event
from reperes.pages.page import Page
from reperes.pages.writer import PageWriter
from reperes.text.dates import FactDate, Precision, parse_date
from reperes.text.problems import Text


def timeline_page(explainer: Explainer, language: str) -> Page:
    page = PageWriter(explainer, language, "timeline")
    events = sorted(explainer.events.values(), key=lambda event: event.date.sort_key)
    months = [(parse_date(month), list(group)) for month, group in groupby(events, key=_month_of)]
    involved = {event.id: involved_actors(explainer, event) for event in events}
    return page.reference(
        months=months,
        strip=date_strip(explainer, language),
        shape=date_shape,
        involved=involved,
        groups=list(page.by_side(_in_order(explainer, involved.values()))),
        kinds=_kinds(page, events),
        total=page.locale.number(Decimal(len(events))),
        shell={"scripts": ["timeline.js"]},
    )


def involved_actors(explainer: Explainer, event: Event) -> list[str]:
    """Ids of an event's actors and of the bodies that they are part of, each once.

    What a delegation does, its state does: who asks for the state is shown both.
    """
    found: dict[str, None] = {}
    for actor_id in event.actors:
        body: Text | None = actor_id
        while body is not None:
            found[body] = None
            body = explainer.actors[body].part_of_id
    return list(found)


def _in_order(explainer: Explainer, involved: Iterable[Iterable[str]]) -> list[Actor]:
    """The actors that have an event, in the order in which they were typed."""
    ids = {actor_id for actor_ids in involved for actor_id in actor_ids}
    return [actor for actor_id, actor in explainer.actors.items() if actor_id in ids]


def _kinds(page: PageWriter, events: Iterable[Event]) -> list[str]:
    """The kinds that stand beside an event, by their names."""
    kinds = {event.kind for event in events} - {"other"}
    return sorted(kinds, key=lambda kind: page.locale.sort_key(page.say(f"kind.event.{kind}")))


def _month_of(event: Event) -> str:
    """The month that an event begins in, or its year where that is all that is known."""
    # Not strftime, which writes the year 500 without its nought.
    year, month, _ = event.date.first.isoformat().split("-")
    return year if event.date.precision is Precision.YEAR else f"{year}-{month}"


def date_shape(date: FactDate) -> str:
    """How a date is drawn: "approximate", "open", "interval" or "day"."""
    if date.approximate:
        return "approximate"
    if date.open_end:
        return "open"
    return "interval" if date.is_interval else "day"
