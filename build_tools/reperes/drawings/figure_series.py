"""The values of a figure as a chart has them: over time, or beside one another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reperes.language.locales import Locale
from reperes.model.explainer import Explainer
from reperes.model.facts import Figure
from reperes.model.stated import StatedNumber, said_of
from reperes.text.dates import Extent, FactDate
from reperes.text.markup import with_capital

LONGER_THAN_USUAL = 1.75
"""How many times the usual time between two values is a gap, across which no line is drawn."""


@dataclass(frozen=True)
class Series:
    """What the same authors give for the same place, in the order of its days."""

    attributed_to: tuple[str, ...]
    place_id: str | None
    values: tuple[StatedNumber, ...]

    @property
    def times(self) -> list[FactDate]:
        """The times that it has values for, in order; of those that lie alike, the first typed."""
        return list({_extent(time_of(value)): time_of(value) for value in self.values}.values())

    @property
    def held(self) -> list[StatedNumber]:
        """The value that stands for each time, of those that have not been set aside."""
        by_time: dict[object, list[StatedNumber]] = {}
        for value in self.values:
            if not value.is_deprecated:
                by_time.setdefault(_extent(time_of(value)), []).append(value)
        return [main_of(values) for values in by_time.values()]

    @property
    def gaps(self) -> list[tuple[StatedNumber, StatedNumber]]:
        """The values on both sides of each time that is much longer without one than usual."""
        steps = [(middle_of(b) - middle_of(a), a, b) for a, b in pairwise(self.held)]
        if len(steps) < 2:
            return []
        usual = sorted(step for step, _, _ in steps)[(len(steps) - 1) // 2]
        return [(a, b) for step, a, b in steps if step > LONGER_THAN_USUAL * usual]


def main_of(values: Sequence[StatedNumber]) -> StatedNumber:
    """Of several values for one time: the preferred one, else the first that is one number."""
    said = said_of(values)
    if said.rank == "preferred":
        return said
    return next((value for value in values if value.bound != "range"), said)


def time_of(value: StatedNumber) -> FactDate:
    """The time that a value is for: what it covers, or the day for which it was said."""
    return value.period or value.as_of


def is_span(value: StatedNumber) -> bool:
    """Whether a value is for all of a time, and not for a moment in it."""
    return value.period is not None or value.as_of.extent is not Extent.MOMENT


def middle_of(value: StatedNumber) -> float:
    """The middle of its time, as the number of a day; what has no end counts from where it has."""
    time = time_of(value)
    first, last = time.first or time.place_in_order, time.last or time.moments[-1].last
    return (first.ordinal + last.ordinal + 1) / 2


def _extent(time: FactDate) -> tuple[object, ...]:
    return time.first, time.last


def series_of(figure: Figure) -> list[Series]:
    """The values by their authors and places, in the order in which each was first typed."""
    found: dict[tuple[tuple[str, ...], str | None], list[StatedNumber]] = {}
    for value in figure.values:
        found.setdefault((value.attributed_to, value.place_id), []).append(value)
    return [
        Series(authors, place_id, tuple(sorted(values, key=lambda each: time_of(each).sort_key)))
        for (authors, place_id), values in found.items()
    ]


def is_over_time(figure: Figure) -> bool:
    """Whether the values are of several times: of one author, or of three times for one place.

    Two authors who speak on two days, and places that were each counted once, are compared.
    """
    series = series_of(figure)
    if any(len(each.times) > 1 for each in series):
        return True
    times = {_extent(time_of(value)) for value in figure.values}
    return len({each.place_id for each in series}) == 1 and len(times) > 2


def in_order_of_time(values: Iterable[StatedNumber]) -> list[StatedNumber]:
    return sorted(values, key=lambda value: time_of(value).sort_key)


def contradictions(figure: Figure) -> list[list[StatedNumber]]:
    """The values for one time and place that cannot all be true, and are of several authors."""
    alike: dict[tuple[object, ...], list[StatedNumber]] = {}
    for value in in_order_of_time(figure.values):
        if not value.is_deprecated:
            alike.setdefault((*_extent(time_of(value)), value.place_id), []).append(value)
    return [
        values
        for values in alike.values()
        if len({value.attributed_to for value in values}) > 1 and not _can_agree(values)
    ]


def _can_agree(values: Sequence[StatedNumber]) -> bool:
    """Whether one number could be what all of them say; "about" leaves it open how near it is."""
    exact = [value for value in values if value.bound != "about"]
    return not any(one.lies_above(other) for one in exact for other in exact)


class Names:
    """What tells the values of one figure apart, in one language; all of it plain."""

    def __init__(self, explainer: Explainer, locale: Locale, figure: Figure) -> None:
        self._explainer = explainer
        self._locale = locale
        self.has_places = len({value.place_id for value in figure.values}) > 1
        self.has_authors = len({value.attributed_to for value in figure.values}) > 1

    def of(self, value: StatedNumber | Series) -> str:
        """Its place, its authors, or both: what not all values share; its authors if they do."""
        place = self.place(value) if self.has_places else ""
        authors = self.authors(value) if self.has_authors or not place else ""
        return with_capital(self._locale.label("chart.comma").join(filter(None, (place, authors))))

    def place(self, value: StatedNumber | Series) -> str:
        """The name of its place, or "" without one."""
        if value.place_id is None:
            return ""
        return self._explainer.places[value.place_id].names[self._locale.code].name

    def authors(self, value: StatedNumber | Series) -> str:
        actors = self._explainer.actors
        shown = [actors[each].names[self._locale.code].display for each in value.attributed_to]
        return self._locale.list(shown)
