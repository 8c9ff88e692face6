"""A chart of what a figure was at several times: time runs across, at a true scale.

Places across are per cent and heights are ems, so that names have the size of the text at every
width, as in `figure_pictures`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from reperes.drawings.chart_marks import (
    SHAPES,
    SIGNS,
    SIZE,
    SMALLER,
    Part,
    Pen,
    Sign,
    Spot,
    example,
    joined,
    openness_of,
)
from reperes.drawings.figure_series import (
    Names,
    Series,
    is_span,
    middle_of,
    series_of,
    time_of,
)
from reperes.drawings.label_layout import widest
from reperes.drawings.time_axis import Axis, Room, Scale, short, time_axis, year_axis
from reperes.drawings.value_axis import ValueAxis, axis_of, plain
from reperes.language.locales import Locale
from reperes.model.explainer import Explainer
from reperes.model.facts import Figure
from reperes.model.stated import StatedNumber
from reperes.text.dates import FactDate, Precision
from reperes.text.days import CalendarDay
from reperes.text.markup import with_capital

MOST_TOGETHER = len(SHAPES)
"""Up to so many series are drawn over one another, each with a mark of its own."""

MANY = 20
"""Of more values than so many, the marks are smaller."""

# Heights in ems.
HEIGHT, LOWER = 9.0, 4.5
"""From the lowest line of one drawing to its highest, and of each of several."""

EDGE, BEYOND = 0.7, 2.3
"""What is free over and under these, and where a number may be higher and has an arrow."""

CLOSEST = 1.3
"""From one number of the axis to the next, at least."""

ASIDE = 0.45
"""How far apart the marks of two series stand that have values for the same time."""

# Widths in ems.
WIDE, NARROW = 17.0, 8.5
"""A drawing on a phone of 320 pixels, and on the same phone with text twice as large."""

MARGIN = 1.1
"""What is free beyond the axis of time, for half of its last name."""


@dataclass(frozen=True)
class Heights:
    """How far down a number stands on its axis, in ems."""

    axis: ValueAxis
    top: float
    height: float

    def __call__(self, number: Decimal) -> float:
        return self._down(self.axis.at(number))

    @property
    def zero(self) -> float:
        """The same of zero, or of the end of the axis that is nearest to it."""
        return self._down(self.axis.zero)

    def _down(self, share: float) -> float:
        return short(self.top + self.height * (1 - share))


@dataclass(frozen=True)
class Drawn:
    """A series on a panel: its marks, and how far aside all of them stand, in ems."""

    number: int
    aside: float
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Panel:
    """A drawing of one series, or of few; `name` is that of one of several."""

    name: str
    drawn: tuple[Drawn, ...]


@dataclass(frozen=True)
class Swatch:
    """An example of a mark, and what it means; `number` is that of a series, or 0."""

    text: str
    parts: tuple[Part, ...]
    number: int = 0


@dataclass(frozen=True)
class TimeChart:
    """All of it: panels over the same axes.

    `lines` are those of numbers, from the top down, each with its number or "". `floor` is where
    the lowest is, and `zero` where zero is, if it is on the axis. `scale_width` is the room for
    their numbers.
    """

    unit: str
    scale_width: float
    lines: tuple[tuple[float, str], ...]
    zero: float | None
    floor: float
    foot: float
    panels: tuple[Panel, ...]
    axis: Axis
    swatches: tuple[Swatch, ...]


def time_chart(explainer: Explainer, locale: Locale, figure: Figure) -> TimeChart:
    """The chart of a figure with values of several times."""
    series, names = series_of(figure), Names(explainer, locale, figure)
    is_together = len(series) <= MOST_TOGETHER
    groups = [series] if is_together else [[each] for each in series]
    axis, scale = axis_over_time(figure), _scale(figure.values)
    heights = _heights(figure, axis, HEIGHT if is_together else LOWER)
    finest = _finest(figure.values)
    lines = tuple(_lines(heights, locale))
    scale_width = short(max(widest(text) for _, text in lines) + 0.5)
    room = Room(WIDE - scale_width - MARGIN, NARROW - scale_width - MARGIN)
    size = SIZE if len(figure.values) <= MANY else SMALLER
    panels = []
    for group in groups:
        pens = [Pen(shape, size, len(group) > 1) for shape in SHAPES[: len(group)]]
        aside = ASIDE if _share_a_time(group) else 0
        drawn = [
            Drawn(n + 1, short(aside * (n - (len(group) - 1) / 2)), tuple(parts))
            for n, parts in enumerate(
                _series(each, pen, scale, heights, finest)
                for each, pen in zip(group, pens, strict=True)
            )
        ]
        panels.append(Panel("" if is_together else names.of(group[0]), tuple(drawn)))
    named = [
        Swatch(names.of(each), tuple(Pen(shape).mark(50, 0.9)), n + 1)
        for n, (each, shape) in enumerate(zip(series, SHAPES, strict=False))
        if is_together and len(series) > 1
    ]
    signs = [Swatch(locale.label(f"chart.key.{sign}"), example(sign)) for sign in signs_of(figure)]
    floor = heights(axis.bottom)
    return TimeChart(
        unit=unit_of_axis(figure, axis, locale),
        scale_width=scale_width,
        lines=lines,
        zero=None if axis.is_cut else heights.zero,
        floor=floor,
        foot=short(floor + _room_beneath(figure)),
        panels=tuple(panels),
        axis=_named_times(scale, figure.values, locale, room),
        swatches=(*named, *signs),
    )


def axis_over_time(figure: Figure) -> ValueAxis:
    """The axis of its numbers; what lies beyond them has room over and under the drawing."""
    return axis_of(figure.values, may_be_cut=True, has_room=False)


def _heights(figure: Figure, axis: ValueAxis, height: float) -> Heights:
    is_open = any(openness_of(value) == "up" for value in figure.values)
    return Heights(axis, BEYOND if is_open else EDGE, height)


def _room_beneath(figure: Figure) -> float:
    is_open = any(openness_of(value) == "down" for value in figure.values)
    return BEYOND if is_open else 0


def exponent_of(axis: ValueAxis) -> int:
    """The power of ten in which the numbers of an axis are written, so that they stay short."""
    largest = max(abs(axis.bottom), abs(axis.top))
    return next((exponent for exponent in (9, 6) if largest >= Decimal(10) ** exponent), 0)


def numbers_of(axis: ValueAxis, locale: Locale) -> list[str]:
    """What stands at the lines of an axis, from its bottom up."""
    exponent = exponent_of(axis)
    return [locale.number(plain(number.scaleb(-exponent))) for number in axis.ticks]


def unit_of_axis(figure: Figure, axis: ValueAxis, locale: Locale) -> str:
    """What the numbers of an axis count: "Personnes, en millions"."""
    said = locale.unit_alone(figure.unit, Decimal(2))
    return with_capital(locale.label(f"chart.unit.{exponent_of(axis)}", unit=said))


def _lines(heights: Heights, locale: Locale) -> Iterator[tuple[float, str]]:
    """The lines of an axis from the top down; some have no number where they are too close."""
    axis = heights.axis
    numbers = zip(axis.ticks, numbers_of(axis, locale), strict=True)
    every = -(-CLOSEST // (heights(axis.bottom) - heights(axis.bottom + axis.step)))
    for n, (number, text) in reversed(list(enumerate(numbers))):
        yield heights(number), text if n % every == 0 else ""


def _scale(values: Iterable[StatedNumber]) -> Scale:
    """From the first day to the last, and somewhat further where there is no first or no last."""
    times = list(map(time_of, values))
    first = min(time.first or time.place_in_order for time in times)
    last = max(time.last or time.moments[-1].last for time in times)
    margin = max(1, (last.ordinal - first.ordinal) // 10)
    return Scale(
        first.plus(-margin) if any(time.first is None for time in times) else first,
        last.plus(margin) if any(time.last is None for time in times) else last,
    )


def _named_times(scale: Scale, values: Iterable[StatedNumber], locale: Locale, room: Room) -> Axis:
    """Years, where no time is known more finely; else the names that the days ask for."""
    times = list(map(time_of, values))
    moments = [moment for time in times for moment in time.moments]
    days = {end for time in times for end in (time.first, time.last) if end}
    if all(moment.precision is Precision.YEAR for moment in moments):
        return year_axis(scale, days, locale, room)
    return time_axis(scale, days, locale, room)


def _share_a_time(series: Iterable[Series]) -> bool:
    """Whether two series have values for the same time, whose marks could cover one another."""
    seen: set[float] = set()
    for each in series:
        middles = {middle_of(value) for value in each.values}
        if seen & middles:
            return True
        seen |= middles
    return False


def _series(
    series: Series, pen: Pen, scale: Scale, heights: Heights, finest: Precision
) -> Iterator[Part]:
    """Its lines first, over them its ranges, and its marks over both."""
    yield from (
        joined(_middle(a, scale), heights(a.high), _middle(b, scale), heights(b.high))
        for a, b in _neighbours(series)
    )
    for value in sorted(series.values, key=lambda value: value.bound != "range"):
        yield from pen.parts(_spot(value, scale, heights, finest))


def _spot(value: StatedNumber, scale: Scale, heights: Heights, finest: Precision) -> Spot:
    start = end = _middle(value, scale)
    if is_span(value) or _is_vague(value, finest):
        start, end = _ends(time_of(value), scale)
    return Spot(
        start=start,
        end=end,
        low=heights(value.low),
        high=heights(value.high),
        zero=heights.zero,
        is_span=is_span(value),
        is_range=value.bound == "range",
        is_deprecated=value.is_deprecated,
        openness=openness_of(value),
    )


def _is_vague(value: StatedNumber, finest: Precision) -> bool:
    """Whether it is for a moment in a time that is long beside those of other values."""
    return not is_span(value) and time_of(value).precision < min(finest, Precision.DAY)


def _finest(values: Iterable[StatedNumber]) -> Precision:
    return max(moment.precision for value in values for moment in time_of(value).moments)


def _neighbours(series: Series) -> Iterator[tuple[StatedNumber, StatedNumber]]:
    """The values that a thin line joins, where no more time lies between them than usual.

    It leads the eye, and claims no numbers in between: so none to or from a range, a minimum or a
    maximum, nor from what covers a time, which says itself how long it holds.
    """
    gaps = {id(before) for before, _ in series.gaps}
    for before, after in pairwise(series.held):
        if id(before) not in gaps and _is_joined(before) and _is_joined(after):
            yield before, after


def _is_joined(value: StatedNumber) -> bool:
    return value.bound in ("exact", "about") and not is_span(value)


def _middle(value: StatedNumber, scale: Scale) -> float:
    return scale.at(CalendarDay.from_ordinal(int(middle_of(value))))


def _ends(time: FactDate, scale: Scale) -> tuple[float, float]:
    return scale.at(time.first or scale.first), scale.at(time.last or scale.last)


def signs_of(figure: Figure) -> list[Sign]:
    """The ways of drawing that its chart uses, other than a plain dot."""
    held = [value for value in figure.values if not value.is_deprecated]
    openings, finest = {openness_of(value) for value in held}, _finest(figure.values)
    used: dict[Sign, bool] = {
        "line": any(True for series in series_of(figure) for _ in _neighbours(series)),
        "span": any(is_span(value) and value.bound != "range" for value in held),
        "vague": any(_is_vague(value, finest) for value in held),
        "range": any(value.bound == "range" for value in held),
        "about": "both" in openings,
        "at_least": "up" in openings,
        "at_most": bool(openings & {"down", "to zero"}),
        "deprecated": len(held) < len(figure.values),
    }
    return [sign for sign in SIGNS if used[sign]]
