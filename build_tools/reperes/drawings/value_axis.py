"""Axes of numbers with round ends, for the pictures and charts of figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from reperes.model.stated import StatedNumber

MOST_STEPS = 4
"""Into how many steps an axis is divided before it is given room at its ends."""

CUT_BELOW = Decimal("0.1")
"""Numbers that differ by less than this share of the highest are on an axis that is cut."""

ROOM_BEYOND = Decimal("0.2")
"""The least share of an axis that lies beyond a number that may be higher, or lower."""


@dataclass(frozen=True)
class ValueAxis:
    """An axis of numbers from `bottom` to `top`, with a line at each `step`."""

    bottom: Decimal
    top: Decimal
    step: Decimal

    def at(self, number: Decimal) -> float:
        """Where a number stands, as a share of the axis: 0 at its bottom, 1 at its top."""
        return float((number - self.bottom) / (self.top - self.bottom))

    @property
    def zero(self) -> float:
        """Where bars begin: at zero, or at the end of the axis that is nearest to it."""
        return min(1.0, max(0.0, self.at(Decimal(0))))

    @property
    def is_cut(self) -> bool:
        """Whether it leaves out zero."""
        return not self.bottom <= 0 <= self.top

    @property
    def ticks(self) -> list[Decimal]:
        """The numbers at its lines, the lowest first."""
        count = int((self.top - self.bottom) / self.step)
        return [plain(self.bottom + self.step * n) for n in range(count + 1)]


def axis_of(
    values: Sequence[StatedNumber], *, may_be_cut: bool = False, has_room: bool = True
) -> ValueAxis:
    """The axis of several numbers: from zero or through it, unless it may be cut and should be.

    It has room within itself for what may lie beyond a number, if it is to (`has_room`).
    """
    lowest, highest = min(value.low for value in values), max(value.high for value in values)
    bottom, top = lowest, highest
    if not (may_be_cut and _should_be_cut(values)):
        bottom, top = min(lowest, Decimal(0)), max(highest, Decimal(0))
    step = round_above((top - bottom) / MOST_STEPS) if top > bottom else Decimal(1)
    if all(
        number == number.to_integral() for value in values for number in (value.low, value.high)
    ):
        step = max(step, Decimal(1))  # there is no half a person
    bottom = (bottom / step).to_integral(ROUND_FLOOR) * step
    top = (top / step).to_integral(ROUND_CEILING) * step
    if top == bottom:
        top += step
    if has_room:
        room = ROOM_BEYOND * (top - bottom)
        is_low = [value.floor is None and value.low <= 0 for value in values]
        if any(value.ceiling is None and top - value.high < room for value in values):
            top += step
        if any(
            low and value.low - bottom < room for low, value in zip(is_low, values, strict=True)
        ):
            bottom -= step
    return ValueAxis(plain(bottom), plain(top), step)


def _should_be_cut(values: Sequence[StatedNumber]) -> bool:
    """Whether numbers far from zero would look all the same on an axis from there.

    Where at most so many are known, zero stays: it is how far down the number may be.
    """
    lowest, highest = min(value.low for value in values), max(value.high for value in values)
    if lowest <= 0 or any(value.floor is None for value in values):
        return False
    return 0 < highest - lowest < CUT_BELOW * highest


def round_below(number: Decimal) -> Decimal:
    """The largest of 1, 2, 5, 10, … that a number reaches: 37 000 gives 20 000."""
    return max(found for found in _round_numbers(number) if found <= number)


def round_above(number: Decimal) -> Decimal:
    """The smallest of 1, 2, 5, 10, … that reaches a number: 37 000 gives 50 000."""
    return min(found for found in _round_numbers(number) if found >= number)


def _round_numbers(number: Decimal) -> list[Decimal]:
    power = number.adjusted()
    return [*(Decimal((0, (digit,), power)) for digit in (1, 2, 5)), Decimal((0, (1,), power + 1))]


def plain(number: Decimal) -> Decimal:
    """A number without an exponent or trailing zeros."""
    return number.quantize(Decimal(1)) if number == number.to_integral() else number.normalize()
