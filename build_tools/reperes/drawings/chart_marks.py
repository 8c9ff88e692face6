"""The marks of a chart, which say of each number what is known of it.

They are lines of some width, since those can stand at a per cent across a drawing and still be as
high as letters, as no path can: `x` is in per cent, `y` and widths are in ems.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, get_args

from reperes.drawings.figure_scale import FADE, PALE
from reperes.drawings.time_axis import short
from reperes.model.stated import StatedNumber

SIZE = 0.66
"""How large a mark is, in ems."""

SMALLER = 0.42
"""The same where there are many, and of those at the ends of a range."""

EDGE = 0.12
"""How thick the outline of a mark is that is not solid, and the line at the end of a range."""

SPAN = 0.24
"""How thick a bar is that lies along the time that its number is for."""

STEM = 0.35
"""How thick is what fades."""

Shape = Literal["round", "square", "cross"]
SHAPES: tuple[Shape, ...] = ("round", "square", "cross")

Openness = Literal["", "both", "up", "down", "to zero"]
"""Where a number may really be: on both sides of what is given, above, below, or down to zero."""


@dataclass(frozen=True)
class Stroke:
    """A line; "void" is as the paper is, and a "round" one is a disc where both ends are one."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    strength: float = 1
    kind: Literal["", "round", "void", "void-round"] = ""


@dataclass(frozen=True)
class Arrow:
    """An arrow, by the foot of its letter."""

    x: float
    y: float
    text: str


Part = Stroke | Arrow


@dataclass(frozen=True)
class Spot:
    """Where a number stands: `low` and `high` are how far down its ends are, `zero` where zero is.

    It is for all of the time from `start` to `end` (`is_span`), or for a moment in it: where that
    is known, both are one.
    """

    start: float
    end: float
    low: float
    high: float
    zero: float
    is_span: bool = False
    is_range: bool = False
    is_deprecated: bool = False
    openness: Openness = ""

    @property
    def x(self) -> float:
        return short((self.start + self.end) / 2)


def openness_of(value: StatedNumber) -> Openness:
    if value.bound == "about":
        return "both"
    if value.ceiling is None:
        return "up"
    if value.floor is None:
        return "to zero" if value.high > 0 else "down"
    return ""


@dataclass(frozen=True)
class Pen:
    """Draws the marks of one series; `marks_all` where its shape tells it from others.

    `step` is how long each step is in which something fades.
    """

    shape: Shape = "round"
    size: float = SIZE
    marks_all: bool = False
    step: float = 0.4

    def parts(self, spot: Spot) -> Iterator[Part]:
        """A number as what it is: exact, approximate, a range, or with an end that nobody knows."""
        if spot.start < spot.end and not spot.is_span:
            yield joined(spot.start, spot.high, spot.end, spot.high)
        if spot.is_range:
            yield from self._band(spot)
            return
        if not spot.is_deprecated:
            yield from self._openness(spot)
        if spot.is_span:
            yield from self._bar(spot)
        if not spot.is_span or (self.marks_all and not spot.is_deprecated):
            yield from self._mark(spot)

    def mark(self, x: float, at: float, size: float = 0, *, void: bool = False) -> Iterator[Stroke]:
        """The shape of the series, with its middle at a point."""
        size = size or self.size
        if self.shape == "round":
            yield Stroke(x, at, x, at, short(size), kind="void-round" if void else "round")
            return
        arms = [(size, size)]
        if self.shape == "cross":
            arm = size * 1.25
            arms = [(size / 3, arm), (arm, size / 3)]
        for width, height in arms:
            top, bottom = short(at - height / 2), short(at + height / 2)
            yield Stroke(x, top, x, bottom, short(width), kind="void" if void else "")

    def _mark(self, spot: Spot) -> Iterator[Stroke]:
        """A solid mark; an outline that is struck through, or filled with less than its colour."""
        yield from self.mark(spot.x, spot.high)
        inner = self.size - 2 * EDGE
        if spot.is_deprecated:
            yield from self.mark(spot.x, spot.high, inner, void=True)
            yield from self._strike(spot.x, spot.high)
        elif spot.openness == "both":
            yield from self.mark(spot.x, spot.high, inner, void=True)
            pale = self.mark(spot.x, spot.high, inner)
            yield from (replace(part, strength=PALE) for part in pale)

    def _strike(self, x: float, at: float) -> Iterator[Stroke]:
        yield _across(x, at, EDGE, self.size + 0.5)

    def _bar(self, spot: Spot) -> Iterator[Stroke]:
        """A bar along the time of a number."""
        start, end, at = spot.start, spot.end, spot.high
        yield Stroke(start, at, end, at, SPAN, 0.45 if spot.openness == "both" else 1)
        if spot.is_deprecated:
            yield Stroke(start, at, end, at, 0.1, kind="void")
            yield Stroke(spot.x, short(at - 0.4), spot.x, short(at + 0.4), EDGE)

    def _band(self, spot: Spot) -> Iterator[Part]:
        """A pale band from one end of a range to the other, with a line at each."""
        middle = short((spot.low + spot.high) / 2)
        if spot.is_deprecated:
            yield Stroke(spot.x, spot.high, spot.x, spot.low, EDGE)
            yield from self._strike(spot.x, middle)
        elif spot.is_span:
            yield Stroke(spot.start, middle, spot.end, middle, short(spot.low - spot.high), PALE)
        else:
            yield Stroke(spot.x, spot.high, spot.x, spot.low, self.size, PALE)
        for at in (spot.high, spot.low):
            if spot.is_span:
                yield Stroke(spot.start, at, spot.end, at, EDGE)
            else:
                yield _across(spot.x, at, EDGE, self.size + 0.2)
            if self.marks_all and not spot.is_deprecated:
                yield from self.mark(spot.x, at, SMALLER)

    def _openness(self, spot: Spot) -> Iterator[Part]:
        """What fades on both sides, or into an arrow, or is pale down to zero."""
        at, start, end = spot.high, spot.start, spot.end
        if spot.openness == "both":
            yield from self._fading(spot, -1, self.step / 2)
            yield from self._fading(spot, 1, self.step / 2)
        elif spot.openness == "up":
            yield from self._fading(spot, -1, self.step)
            yield Arrow(spot.x, short(at - len(FADE) * self.step), "↑")
        elif spot.openness == "down":
            yield from self._fading(spot, 1, self.step)
            yield Arrow(spot.x, short(at + len(FADE) * self.step + 0.7), "↓")
        elif spot.openness == "to zero" and spot.is_span:
            middle = short((spot.zero + at) / 2)
            yield Stroke(start, middle, end, middle, short(spot.zero - at), PALE)
        elif spot.openness == "to zero":
            yield Stroke(spot.x, at, spot.x, spot.zero, STEM, PALE)

    def _fading(self, spot: Spot, way: int, step: float) -> Iterator[Stroke]:
        """From within the mark on, upwards (-1) or downwards (1), ever paler."""
        edge = spot.high + way * self.size / 3
        for n, strength in enumerate(FADE):
            begin = edge + way * step * n
            yield Stroke(spot.x, short(begin), spot.x, short(begin + way * step), STEM, strength)


def _across(x: float, at: float, height: float, width: float) -> Stroke:
    """A short line across a point: a line down, as wide as it is to be long."""
    return Stroke(x, short(at - height / 2), x, short(at + height / 2), short(width))


Sign = Literal["line", "span", "vague", "range", "about", "at_least", "at_most", "deprecated"]
SIGNS: tuple[Sign, ...] = get_args(Sign)
"""What a key explains of marks that are not a plain dot."""

_EXAMPLES: dict[Sign, Spot] = {
    "span": Spot(0, 100, 0.9, 0.9, 1.6, is_span=True),
    "vague": Spot(0, 100, 0.9, 0.9, 1.6),
    "range": Spot(50, 50, 1.45, 0.35, 1.6, is_range=True),
    "about": Spot(50, 50, 0.9, 0.9, 1.6, openness="both"),
    "at_least": Spot(50, 50, 1.4, 1.4, 1.6, openness="up"),
    "at_most": Spot(50, 50, 0.5, 0.5, 1.7, openness="to zero"),
    "deprecated": Spot(50, 50, 0.9, 0.9, 1.6, is_deprecated=True),
}


def example(sign: Sign) -> tuple[Part, ...]:
    """A mark in a drawing of 1.8 ems by 1.8, for the key."""
    if sign == "line":
        return (*Pen().mark(18, 0.9), joined(18, 0.9, 82, 0.9), *Pen().mark(82, 0.9))
    return tuple(Pen(step=0.22).parts(_EXAMPLES[sign]))


def joined(x1: float, y1: float, x2: float, y2: float) -> Stroke:
    """The thin line between two marks of a series."""
    return Stroke(short(x1), y1, short(x2), y2, 0.1, 0.6)
