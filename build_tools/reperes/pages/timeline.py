"""The timeline: every event in order, by month and by day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from reperes.drawings.date_strip import certainty, date_strip
from reperes.model.explainer import Explainer
from reperes.model.facts import Actor, Derivation, Event
from reperes.pages.page import Page
from reperes.pages.writer import PageWriter
from reperes.text.dates import FactDate, Precision, parse_date
from reperes.text.problems import Text


@dataclass(frozen=True)
class Day:
    """The events of one date, and why it is so: each reason with the events that it holds for.

    `heading` is plain, and empty where the heading of the period says as much.
    """

    date: FactDate
    heading: str
    events: tuple[Event, ...]
    derivations: tuple[tuple[Derivation, tuple[Event, ...]], ...]

    @property
    def id(self) -> str:
        """Its anchor, which no entry can have: "day-2018-07-04", "day-2018-06-30-about"."""
        text = self.date.text.replace("~", "-about").replace("/", "-to-")
        return f"day-{text.replace('..', 'open')}"

    @property
    def is_derived_alike(self) -> bool:
        """Whether one reason holds for every event of the day."""
        return len(self.derivations) == 1 and self.derivations[0][1] == self.events


@dataclass(frozen=True)
class Period:
    """A month, or a year where no more is known of what happened in it; `heading` is Markdown."""

    id: str
    heading: str
    days: tuple[Day, ...]


def timeline_page(explainer: Explainer, language: str) -> Page:
    page = PageWriter(explainer, language, "timeline")
    events = explainer.events_in_order
    periods = [_period(page, key, list(group)) for key, group in groupby(events, key=_period_of)]
    involved = {event.id: involved_actors(explainer, event) for event in events}
    return page.reference(
        strip=date_strip(explainer, language),
        periods=periods,
        several_a_day=any(len(day.events) > 1 for period in periods for day in period.days),
        shape=date_shape,
        certainty=certainty,
        involved=involved,
        groups=list(page.by_side(_in_order(explainer, involved.values()))),
        kinds=_kinds(page, events),
        total=page.locale.number(Decimal(len(events))),
        shell={"scripts": ["timeline.js"]},
    )


def _period(page: PageWriter, key: str, events: Sequence[Event]) -> Period:
    dates = list(dict.fromkeys(event.date for event in events))
    # What began in a year has a heading of its own ("since 2011"): nothing else happened in it.
    named = dates[0] if len(dates) == 1 and len(key) == 4 else parse_date(key)
    heading = page.prose.date(named)
    days = [(date, tuple(found)) for date, found in groupby(events, key=lambda event: event.date)]
    return Period(
        f"month-{key}",
        heading,
        tuple(
            Day(date, _heading(page, date, named, len(dates)), found, tuple(page.by_reason(found)))
            for date, found in days
        ),
    )


def _heading(page: PageWriter, date: FactDate, named: FactDate, dates: int) -> str:
    """A date under the heading of its period, which names another one, or this one alone."""
    if date == named:
        return "" if dates == 1 else page.locale.label("page.timeline.no_day")
    years = {moment.first.year for moment in date.moments}
    told = date.is_finer_than_years and len(years) == 1
    return page.locale.day(date) if told else page.locale.date(date)


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


def _period_of(event: Event) -> str:
    """The month that an event begins in, or its year where that is all that is known."""
    # Not strftime, which writes the year 500 without its nought.
    year, month, _ = event.date.first.isoformat().split("-")
    return year if event.date.precision is Precision.YEAR else f"{year}-{month}"


def date_shape(date: FactDate) -> str:
    """How long a date is drawn: "open", "interval" or "day"."""
    if date.open_end:
        return "open"
    return "interval" if date.is_interval or date.precision < Precision.DAY else "day"
