"""The timeline: every event in order, by month and by day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from reperes.drawings.date_strip import certainty, date_strip
from reperes.model.bearings import Actor
from reperes.model.entries import Derivation
from reperes.model.explainer import Explainer
from reperes.model.facts import Event
from reperes.pages.page import Page
from reperes.pages.writer import PageWriter
from reperes.text.dates import Extent, FactDate, Precision, moment_of
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
        return f"day-{_anchor(self.date)}"

    @property
    def is_derived_alike(self) -> bool:
        """Whether one reason holds for every event of the day."""
        return len(self.derivations) == 1 and self.derivations[0][1] == self.events


@dataclass(frozen=True)
class Period:
    """A month, or what is longer where no more is known of what happened in it.

    `heading` is Markdown.
    """

    id: str
    heading: str
    days: tuple[Day, ...]


def timeline_page(explainer: Explainer, language: str, page_id: str = "timeline") -> Page:
    page = PageWriter(explainer, language, page_id)
    events = [explainer.events[event_id] for event_id in page.part.entries]
    periods = [_period(page, named, found) for named, found in _grouped(events, period_of).items()]
    involved = {event.id: involved_actors(explainer, event) for event in events}
    return page.reference(
        strip=date_strip(explainer, language, events),
        periods=periods,
        several_a_day=any(_in_no_order(day) for period in periods for day in period.days),
        shape=date_shape,
        certainty=certainty,
        involved=involved,
        groups=list(page.by_side(_in_order(explainer, involved.values()))),
        kinds=_kinds(page, events),
        total=page.locale.number(Decimal(len(events))),
        shell={"scripts": ["timeline.js"]},
    )


def _grouped(
    events: Iterable[Event], key: Callable[[Event], FactDate]
) -> dict[FactDate, list[Event]]:
    """Events by a date, in order of the first: what is of a year alone may stand between days."""
    groups: dict[FactDate, list[Event]] = {}
    for event in events:
        groups.setdefault(key(event), []).append(event)
    return groups


def _period(page: PageWriter, period: FactDate, events: Sequence[Event]) -> Period:
    days = _grouped(events, lambda event: event.date.day)
    # What began in a year has a heading of its own ("since 2011"): nothing else happened in it.
    alone = len(days) == 1 and period.precision is not Precision.MONTH
    named = next(iter(days)) if alone else period
    heading = page.prose.date(named)
    return Period(
        period_anchor(period),
        heading,
        tuple(
            Day(
                date,
                _heading(page, date, named, len(days)),
                tuple(found),
                tuple(page.by_reason(found)),
            )
            for date, found in days.items()
        ),
    )


def _in_no_order(day: Day) -> bool:
    """Whether several things happened on a day, and not all at a time that is known."""
    return len(day.events) > 1 and not all(event.date.is_of_times for event in day.events)


def period_anchor(period: FactDate) -> str:
    """The anchor of the heading of a period."""
    return f"month-{_anchor(period)}"


def _anchor(date: FactDate) -> str:
    """A date as a part of an anchor: "2018-06-30-about", "2011-to-open", "open-2009"."""
    text = date.text.replace("~", "-about").replace("/", "-to-").replace("..", "open")
    if date.extent in (Extent.BEFORE, Extent.AFTER):
        text = text.strip("[]").replace("open", "open-" if text.startswith("[o") else "-open")
    return text.replace(":", "").replace("+", "-plus-")


def _heading(page: PageWriter, date: FactDate, named: FactDate, dates: int) -> str:
    """A date under the heading of its period, which names another one, or this one alone."""
    if date == named:
        return "" if dates == 1 else page.locale.label("page.timeline.no_day")
    told = date.is_finer_than_years and len(date.years) == 1
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


def period_of(event: Event) -> FactDate:
    """The month that an event begins in, or as much as is known of it."""
    date = event.date
    if date.extent in (Extent.UNTIL, Extent.BEFORE, Extent.AFTER):
        return date
    start = date.moments[0]
    if start.precision in (Precision.CENTURY, Precision.DECADE, Precision.SEASON):
        moment = replace(start, text=start.text.rstrip("~"), approximate=False)
    else:
        moment = moment_of(start.first, min(start.precision, Precision.MONTH))
    return FactDate(moment.text, (moment,))


def date_shape(date: FactDate) -> str:
    """How long a date is drawn: "open", "interval" or "day"."""
    date = date.day
    if date.extent in (Extent.SINCE, Extent.AFTER):
        return "open"
    is_moment = date.extent is Extent.MOMENT
    return "day" if is_moment and date.precision >= Precision.DAY else "interval"
