"""A chart of values beside one another: of several places, or of several authors for one time.

Each has a row of its own, with its name and its number in words over a bar on an axis that all of
them share.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from reperes.drawings.figure_scale import Part, is_open_away_from_zero, parts_of
from reperes.drawings.figure_series import Names
from reperes.drawings.label_layout import WIDEST_CHARACTER, Anchor, widest
from reperes.drawings.time_axis import short
from reperes.drawings.time_chart import NARROW, numbers_of, unit_of_axis
from reperes.drawings.value_axis import ValueAxis, axis_of
from reperes.language.locales import Locale
from reperes.model.explainer import Explainer
from reperes.model.facts import Figure
from reperes.model.stated import StatedNumber
from reperes.text.markup import with_capital


@dataclass(frozen=True)
class Row:
    """A value: its name, its number in words, and its bar, as shares of the axis.

    `rank` is as typed, or "" where that says nothing. `arrow` is where one begins that points away
    from zero, or None.
    """

    name: str
    value: str
    rank: Literal["", "preferred", "deprecated"]
    parts: tuple[Part, ...]
    arrow: float | None
    points_left: bool


@dataclass(frozen=True)
class ComparisonChart:
    """All of it. `numbers` are those under the axis: where, the number, and how it is anchored."""

    unit: str
    rows: tuple[Row, ...]
    lines: tuple[float, ...]
    zero: float
    numbers: tuple[tuple[float, str, Anchor], ...]


def comparison_chart(explainer: Explainer, locale: Locale, figure: Figure) -> ComparisonChart:
    """The chart of a figure with values that are not of several times, in the order typed."""
    axis, names = axis_of(figure.values), Names(explainer, locale, figure)
    return ComparisonChart(
        unit=unit_of_axis(figure, axis, locale),
        rows=tuple(_row(value, figure, axis, names, locale) for value in figure.values),
        lines=tuple(map(axis.at, axis.ticks)),
        zero=axis.zero,
        numbers=tuple(_spread(axis, numbers_of(axis, locale))),
    )


def _row(value: StatedNumber, figure: Figure, axis: ValueAxis, names: Names, locale: Locale) -> Row:
    parts = parts_of(value, axis)
    points_left = value.high < 0
    beyond = (parts[0].start if points_left else parts[-1].end) if parts else axis.zero
    has_arrow = is_open_away_from_zero(value) and 0 < beyond < 1
    amount = locale.with_unit(value.low, value.high, value.bound, figure.unit)
    rank: Literal["", "preferred", "deprecated"] = ""
    if value.rank == "preferred":
        rank = "preferred"
    elif value.is_deprecated:
        rank = "deprecated"
    return Row(
        name=names.of(value),
        value=with_capital(amount),
        rank=rank,
        parts=parts,
        arrow=beyond if has_arrow else None,
        points_left=points_left,
    )


def _spread(axis: ValueAxis, numbers: Sequence[str]) -> Iterator[tuple[float, str, Anchor]]:
    """As many of the numbers of an axis as keep apart at every width, each as far from the next.

    Where not even its two ends do, the top is named alone.
    """
    last = len(numbers) - 1
    steps = (step for step in range(1, last + 1) if last % step == 0)
    step = next((step for step in steps if _keep_apart(numbers[::step])), None)
    for n in range(0, last + 1, step) if step else [last]:
        anchor: Anchor = "start" if n == 0 else "end" if n == last else "middle"
        yield short(100 * axis.at(axis.ticks[n])), numbers[n], anchor


def _keep_apart(numbers: Sequence[str]) -> bool:
    """Whether numbers at equal distances do: the first begins at its place, the last ends there."""
    room = NARROW / (len(numbers) - 1)
    first, *within, last = map(widest, numbers)
    beside = [(a + b) / 2 for a, b in pairwise(within)]
    beside += [first + within[0] / 2, last + within[-1] / 2] if within else [first + last]
    return max(beside) + WIDEST_CHARACTER <= room
