"""What the picture of a figure is made of, before any page or card draws it.

Lengths are shares of the drawing's width, from 0 to 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Literal

from reperes.drawings.value_axis import ROOM_BEYOND, ValueAxis, plain, round_below
from reperes.model.explainer import Explainer
from reperes.model.facts import Figure
from reperes.model.stated import StatedNumber

PictureKind = Literal["share", "axis", "dots", "days"]

MOST_DOTS = 30
"""Counts up to this number are drawn one by one."""

DAY = "day"
"""The unit of which each is drawn as a page of a calendar."""

FADE = (0.7, 0.45, 0.2)
"""How strong the steps are in which a bar ends whose end nobody knows."""

FADE_STEP = 0.035
PALE = 0.35
"""How strong a bar is of which only the most is known."""


@dataclass(frozen=True)
class Part:
    """A piece of a bar; `strength` is 1 where it is solid."""

    start: float
    end: float
    strength: float = 1


@dataclass(frozen=True)
class Bar:
    """A bar over an axis from `bottom` to `top`.

    `ends` are the numbers that the figure gives, with where they stand: one, or the two of a range.
    `arrow` is where an arrow begins that says that the number goes on, or None; it points away from
    zero. `zero` is where zero is, if that is within the axis and not at an end of it.
    """

    bottom: Decimal
    top: Decimal
    parts: tuple[Part, ...]
    ends: tuple[tuple[Decimal, float], ...]
    arrow: float | None
    points_left: bool = False
    zero: float | None = None


def kind_of(explainer: Explainer, figure: Figure) -> PictureKind | None:
    """How a figure is drawn, or None where a picture would show nothing."""
    unit_kind = explainer.unit_kind(figure.unit)
    if figure.low == figure.high == 0 or unit_kind == "ratio":
        return None
    if unit_kind == "percent":
        return "share" if figure.low >= 0 and figure.high <= 100 else "axis"
    whole = figure.low == figure.low.to_integral() and figure.bound != "range"
    is_counted = unit_kind == "count" and figure.low > 0
    if not whole or figure.high > MOST_DOTS or not is_counted:
        return "axis"
    return "days" if figure.unit == DAY else "dots"


def bar_of(figure: Figure, kind: PictureKind) -> Bar:
    """The bar of a figure whose kind is "share" or "axis"."""
    axis, value = _axis(figure, kind), figure.stated
    parts = parts_of(value, axis)
    points_left = value.high < 0
    goes_on = is_open_away_from_zero(value)
    beyond = parts[0].start if points_left else parts[-1].end
    return Bar(
        bottom=axis.bottom,
        top=axis.top,
        parts=parts,
        ends=tuple((n, axis.at(n)) for n in dict.fromkeys((value.low, value.high))),
        arrow=beyond if goes_on and 0 < beyond < 1 else None,
        points_left=points_left,
        zero=axis.zero if axis.bottom < 0 < axis.top else None,
    )


def is_open_away_from_zero(value: StatedNumber) -> bool:
    """Whether a number may lie further from zero than the one that is given."""
    return value.floor is None if value.high < 0 else value.ceiling is None


def _axis(figure: Figure, kind: PictureKind) -> ValueAxis:
    """All of a share; round numbers on both sides of a range; else from zero to beyond."""
    if kind == "share":
        return ValueAxis(Decimal(0), Decimal(100), Decimal(50))
    if figure.low < figure.high:
        step = round_below((figure.high - figure.low) / 3)
        if figure.low == figure.low.to_integral() and figure.high == figure.high.to_integral():
            step = max(step, Decimal(1))  # there is no half a person
        bottom = ((figure.low - step) / step).to_integral(ROUND_FLOOR) * step
        top = ((figure.high + step) / step).to_integral(ROUND_CEILING) * step
        if figure.low >= 0:
            bottom = max(bottom, Decimal(0))
        if figure.high <= 0:
            top = min(top, Decimal(0))
        return ValueAxis(plain(bottom), plain(top), step)
    size = abs(figure.high)
    step = round_below(size / 3)
    end = (size // step + 1) * step
    if is_open_away_from_zero(figure.stated) and end - size < ROOM_BEYOND * end:
        end += step
    if figure.high < 0:
        return ValueAxis(plain(-end), Decimal(0), step)
    return ValueAxis(Decimal(0), plain(end), step)


def parts_of(value: StatedNumber, axis: ValueAxis) -> tuple[Part, ...]:
    """The pieces of a number's bar from left to right; none goes beyond the axis."""
    low, high, zero = axis.at(value.low), axis.at(value.high), axis.zero
    if value.bound == "range":
        return (Part(low, max(high, low + 0.01)),)
    away = -1 if value.high < 0 else 1
    if value.bound == "about":
        begin = high - away * len(FADE) * FADE_STEP / 2
        begin = max(zero, begin) if away > 0 else min(zero, begin)
        parts = [_part(zero, begin), *_fading(begin, away)]
    elif is_open_away_from_zero(value):
        parts = [_part(zero, high), *_fading(high, away)]
    else:
        parts = [_part(zero, high, 1 if value.bound == "exact" else PALE)]
    drawn = (part for part in parts if part.start < part.end)
    return tuple(sorted(drawn, key=lambda part: part.start))


def _part(start: float, end: float, strength: float = 1) -> Part:
    return Part(min(start, end), max(start, end), strength)


def _fading(start: float, away: int) -> list[Part]:
    """The steps in which a bar ends from `start` on: to the right, or to the left if -1."""
    edges = [min(1, max(0, start + away * FADE_STEP * step)) for step in range(len(FADE) + 1)]
    return [_part(edges[n], edges[n + 1], strength) for n, strength in enumerate(FADE)]
