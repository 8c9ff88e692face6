"""What the picture of a figure is made of, before any page or card draws it.

Lengths are shares of the drawing's width, from 0 to 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Literal

from reperes.model.explainer import Explainer
from reperes.model.facts import Figure

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

ROOM_BEYOND = Decimal("0.2")
"""The least share of an axis that lies beyond a number that may be higher."""


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
    `arrow` is where an arrow begins that says that the number goes on, or None.
    """

    bottom: Decimal
    top: Decimal
    parts: tuple[Part, ...]
    ends: tuple[tuple[Decimal, float], ...]
    arrow: float | None


def kind_of(explainer: Explainer, figure: Figure) -> PictureKind | None:
    """How a figure is drawn, or None where a picture would show nothing (nothing below zero)."""
    unit_kind = explainer.unit_kind(figure.unit)
    if figure.low < 0 or figure.high == 0 or unit_kind == "ratio":
        return None
    if unit_kind == "percent":
        return "share" if figure.high <= 100 else "axis"
    whole = figure.low == figure.low.to_integral() and figure.bound != "range"
    if not whole or figure.high > MOST_DOTS or unit_kind != "count":
        return "axis"
    return "days" if figure.unit == DAY else "dots"


def bar_of(figure: Figure, kind: PictureKind) -> Bar:
    """The bar of a figure whose kind is "share" or "axis"."""
    bottom, top = _axis(figure, kind)

    def at(number: Decimal) -> float:
        return float((number - bottom) / (top - bottom))

    low, high = at(figure.low), at(figure.high)
    parts = tuple(part for part in _parts(figure, low, high) if part.start < part.end)
    beyond = parts[-1].end
    return Bar(
        bottom=bottom,
        top=top,
        parts=parts,
        ends=tuple((n, at(n)) for n in dict.fromkeys((figure.low, figure.high))),
        arrow=beyond if figure.ceiling is None and beyond < 1 else None,
    )


def _axis(figure: Figure, kind: PictureKind) -> tuple[Decimal, Decimal]:
    """All of a share; round numbers on both sides of a range; else from zero to beyond."""
    if kind == "share":
        return Decimal(0), Decimal(100)
    if figure.low < figure.high:
        step = _round_below((figure.high - figure.low) / 3)
        if figure.low == figure.low.to_integral() and figure.high == figure.high.to_integral():
            step = max(step, Decimal(1))  # there is no half a person
        bottom = ((figure.low - step) / step).to_integral(ROUND_FLOOR) * step
        top = ((figure.high + step) / step).to_integral(ROUND_CEILING) * step
        return _plain(max(bottom, Decimal(0))), _plain(top)
    step = _round_below(figure.high / 3)
    top = (figure.high // step + 1) * step
    if figure.ceiling is None and top - figure.high < ROOM_BEYOND * top:
        top += step
    return Decimal(0), _plain(top)


def _round_below(number: Decimal) -> Decimal:
    """The largest of 1, 2, 5, 10, … that a number reaches: 37 000 gives 20 000."""
    return max(
        found
        for digit in (1, 2, 5)
        if (found := Decimal((0, (digit,), number.adjusted()))) <= number
    )


def _plain(number: Decimal) -> Decimal:
    """A number without an exponent or trailing zeros."""
    return number.quantize(Decimal(1)) if number == number.to_integral() else number.normalize()


def _parts(figure: Figure, low: float, high: float) -> list[Part]:
    """The pieces of a bar from left to right; none goes beyond the whole."""
    if figure.bound == "range":
        return [Part(low, max(high, low + 0.01))]
    if figure.floor is None:
        return [Part(0, high, PALE)]
    if figure.ceiling is None:
        return [Part(0, high), *_fading(high)]
    if figure.bound == "about":
        begin = max(0, high - len(FADE) * FADE_STEP / 2)
        return [Part(0, begin), *_fading(begin)]
    return [Part(0, high)]


def _fading(start: float) -> list[Part]:
    edges = [min(1, start + FADE_STEP * step) for step in range(len(FADE) + 1)]
    return [Part(edges[n], edges[n + 1], strength) for n, strength in enumerate(FADE)]
