"""A small picture for each figure that shows what its number means: a share, a range or a count."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from reperes.language.locales import PERCENT, Bound, Locale
from reperes.language.typography import typeset
from reperes.model.explainer import Explainer
from reperes.model.facts import Figure
from reperes.writing.prose import Prose
from reperes.writing.templating import render_html

MOST_DOTS = 30
"""Counts up to this number are drawn as that many dots."""

WIDTH = 320
SIDE = 32
"""Room at each side, so that half a number fits under the first and the last tick."""

DOTS_A_ROW = 15
DOT_STEP = 20

MARK_CHARACTER = 8
"""How wide a character above a bar is, at most nearly always."""

OPEN_LENGTH = 34
"""How far the hatching runs beyond a bound: far enough to be seen, as nobody knows the real end."""

ARROW = 14
"""Room for the arrow behind the hatching."""

PictureKind = Literal["share", "axis", "dots"]
OPEN_BOUNDS = ("at_least", "more_than")


@dataclass(frozen=True)
class Tick:
    """A number and where it stands across the drawing."""

    x: float
    text: str


@dataclass(frozen=True)
class Axis:
    """A line from zero to `top`, drawn over the width that is left between the sides."""

    top: Decimal
    step: Decimal

    def at(self, number: Decimal) -> float:
        return _short(SIDE + float(number / self.top) * (WIDTH - 2 * SIDE))

    def numbers(self) -> list[Decimal]:
        return [self.step * count for count in range(int(self.top / self.step) + 1)]


def _short(number: float) -> float:
    """To a tenth, and as a whole number where it is one, which saves bytes."""
    tenth = round(number, 1)
    return int(tenth) if tenth == int(tenth) else tenth


def kind_of(figure: Figure) -> PictureKind | None:
    """How a figure is drawn, or None where a picture would show nothing (nothing below zero)."""
    if figure.low < 0 or figure.high == 0:
        return None
    if figure.unit == PERCENT:
        return "share" if figure.high <= 100 else "axis"
    whole = figure.low == figure.low.to_integral() and figure.bound != "range"
    return "dots" if whole and figure.high <= MOST_DOTS else "axis"


def figure_picture(
    explainer: Explainer, language: str, figure: Figure, prefix: str = "picture"
) -> str:
    """The picture of a figure and the table behind it, as an HTML block; may be empty.

    Its ids begin with `prefix`: give another one where a page shows a figure's picture twice.
    """
    kind = kind_of(figure)
    if kind is None:
        return ""
    locale = explainer.locales[language]
    label = Prose(explainer, language, "figures").plain(figure.label[language])
    amount = locale.with_unit(figure.low, figure.high, figure.bound, figure.unit)
    return render_html(
        f"drawings/{kind}.html.jinja",
        figure=figure,
        id=f"{prefix}-{figure.id}",
        title=typeset(locale.label("picture.title", label=label, value=amount), language),
        description=typeset(" ".join(_description(figure, kind, locale)), language),
        width=WIDTH,
        rows=_rows(figure, locale),
        label=locale.label,
        **(_dots(figure) if kind == "dots" else _bar(figure, _axis(figure, kind), locale)),
    )


def _axis(figure: Figure, kind: PictureKind) -> Axis:
    """All of a share; else from zero to the first round tick beyond the number."""
    if kind == "share":
        return Axis(Decimal(100), Decimal(50))
    exponent = figure.high.adjusted()
    rounds = (Decimal((0, (digit,), exponent + more)) for more in (-1, 0) for digit in (2, 5, 1))
    step = next(step for step in sorted(rounds) if figure.high / step < 4)
    top = (figure.high // step + 1) * step
    return Axis(_plain(top), _plain(step))


def _plain(number: Decimal) -> Decimal:
    """A number without an exponent or trailing zeros."""
    return number.quantize(Decimal(1)) if number == number.to_integral() else number.normalize()


def _bar(figure: Figure, axis: Axis, locale: Locale) -> dict[str, object]:
    """Where the parts of a bar begin and end; what is hatched says how the number is bounded."""
    low, high, zero = axis.at(figure.low), axis.at(figure.high), axis.at(Decimal(0))
    last = axis.at(axis.top) if figure.unit == PERCENT else WIDTH - ARROW
    solid, hatched = _parts(figure.bound, zero, low, high, last)
    return {
        "solid": _span(*solid),
        "hatched": _span(*hatched),
        "arrow": hatched[1] if figure.bound in OPEN_BOUNDS and hatched[1] < last else None,
        "whole": _span(zero, axis.at(axis.top)),
        "marks": _marks(figure, low, high, locale),
        "ticks": [Tick(axis.at(n), _number(n, figure, locale)) for n in axis.numbers()],
    }


def _span(start: float, end: float) -> tuple[float, float]:
    """Where a part starts and how long it is."""
    return start, _short(end - start)


def _parts(
    bound: Bound, zero: float, low: float, high: float, last: float
) -> tuple[tuple[float, float], tuple[float, float]]:
    """The solid and the hatched part, as start and end; an empty part ends where it starts.

    No hatching goes beyond `last`: a share has no more than its whole.
    """
    if bound == "range":
        return (low, max(high, low + 3)), (low, low)
    if bound == "at_most":
        return (zero, zero), (zero, high)
    if bound in OPEN_BOUNDS:
        return (zero, high), (high, min(high + OPEN_LENGTH, last))
    if bound == "about":
        blurred = max(zero, high - OPEN_LENGTH / 2)
        return (zero, blurred), (blurred, high)
    return (zero, high), (high, high)


def _marks(figure: Figure, low: float, high: float, locale: Locale) -> list[tuple[Tick, str]]:
    """What stands above the bar, and which way it runs: the amount, or both ends of a range."""
    if figure.bound != "range":
        text = locale.amount(figure.low, figure.high, figure.bound, figure.unit)
        half = len(text) * MARK_CHARACTER / 2
        return [(Tick(_short(min(max(high, half), WIDTH - half)), text), "middle")]
    ends = [_number(number, figure, locale) for number in (figure.low, figure.high)]
    if high - low >= max(map(len, ends)) * MARK_CHARACTER:
        return [(Tick(low, ends[0]), "middle"), (Tick(high, ends[1]), "middle")]
    # Half a gap each, for ends that fall together.
    return [(Tick(_short(low - 3), ends[0]), "end"), (Tick(_short(high + 3), ends[1]), "start")]


def _number(number: Decimal, figure: Figure, locale: Locale) -> str:
    return locale.amount(number, number, "exact", figure.unit)


def _dots(figure: Figure) -> dict[str, object]:
    """The position of each dot, in rows; the last one is apart, as it may look different."""
    count = int(figure.high)
    spots = [
        (10 + DOT_STEP * (number % DOTS_A_ROW), 10 + DOT_STEP * (number // DOTS_A_ROW))
        for number in range(count)
    ]
    return {
        "spots": spots,
        "hollow": figure.bound == "at_most",
        "about": figure.bound == "about",
        "open": figure.bound in OPEN_BOUNDS,
        "height": spots[-1][1] + 10,
    }


def _description(figure: Figure, kind: PictureKind, locale: Locale) -> list[str]:
    """What the picture shows, in a sentence or two."""
    key: str = kind
    if figure.bound == "range":
        key = "share_band" if kind == "share" else "band"
    low, high = (_number(number, figure, locale) for number in (figure.low, figure.high))
    values = {"low": low, "high": high} if figure.bound == "range" else {"value": high}
    sentences = [locale.label(f"picture.{key}", **values)]
    end = "open" if figure.bound in OPEN_BOUNDS else figure.bound
    if end not in ("exact", "range"):
        prefix = "dots_" if kind == "dots" else ""
        sentences.append(locale.label(f"picture.end.{prefix}{end}"))
    return sentences


def _rows(figure: Figure, locale: Locale) -> list[tuple[str, str]]:
    """The table behind the picture: the name of each value, and the value."""
    unknown = locale.label("picture.data.unknown")
    low = unknown if figure.bound == "at_most" else _number(figure.low, figure, locale)
    high = unknown if figure.bound in OPEN_BOUNDS else _number(figure.high, figure, locale)
    rows = {
        "low": low,
        "high": high,
        "bound": locale.label(f"picture.bound.{figure.bound}"),
        "unit": locale.unit(figure.unit, figure.high),
        "as_of": locale.date(figure.as_of),
    }
    return [(locale.label(f"picture.data.{key}"), value) for key, value in rows.items()]
