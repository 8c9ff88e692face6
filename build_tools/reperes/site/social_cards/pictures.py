"""What cards show: the picture of a figure, and the map of the subject."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reperes.drawings.figure_scale import PALE, PictureKind, bar_of, kind_of
from reperes.drawings.label_layout import BEFORE, LINE, Label
from reperes.drawings.locator_map import WIDTH as MAP_WIDTH
from reperes.drawings.locator_map import Projection, map_dots, map_labels
from reperes.model.boundaries import Line as MapLine
from reperes.model.explainer import Explainer
from reperes.model.facts import Figure
from reperes.model.map_plan import MapPlan
from reperes.site.social_cards import fonts
from reperes.site.social_cards.layout import (
    Box,
    Colour,
    Disc,
    Line,
    Outline,
    Picture,
    Sheet,
)

_WIDTH = 1056
_BAR = 40
_RULE = 3
_STEP = 52
_A_ROW = 20
_DOT = 20
_RING = 4
_ABOUT = 0.4
"""How strong a dot is that stands for about one."""

_LABEL = 24
_LABEL_GAP = 12

_MAP_WIDTH = 440
_SCALE = _MAP_WIDTH / MAP_WIDTH
_BORDER = 2.5
_DASH = 8


def picture_of(explainer: Explainer, language: str, figure: Figure) -> Picture | None:
    """The picture of a figure, as on its page, or None where it has none."""
    kind = kind_of(explainer, figure)
    if kind is None:
        return None
    if kind in ("dots", "days"):
        return _count(figure, square=kind == "days")
    return _bar(explainer, language, figure, kind)


def _bar(explainer: Explainer, language: str, figure: Figure, kind: PictureKind) -> Picture:
    bar, locale = bar_of(figure, kind), explainer.locales[language]
    parts: list[Box | Disc | Line | Sheet] = []
    if kind == "share":
        parts += [
            Box(0, 0, _WIDTH, _BAR, "ink-soft"),
            Box(_RULE, _RULE, _WIDTH - 2 * _RULE, _BAR - 2 * _RULE, "paper"),
        ]
    else:
        parts.append(Box(0, _BAR, _WIDTH, _RULE, "ink-soft"))
    for part in bar.parts:
        x, end = round(part.start * _WIDTH), round(part.end * _WIDTH)
        parts.append(Box(x, 0, end - x, _BAR, "accent", part.strength))
    baseline = _BAR + _RULE + _LABEL_GAP + _LABEL * 0.7
    left, right = (
        locale.amount(number, number, "exact", figure.unit) for number in (bar.bottom, bar.top)
    )
    at_right = _WIDTH - fonts.sans().width(right) * _LABEL
    parts += [
        Line(left, 0, baseline, "sans", _LABEL, "ink-soft"),
        Line(right, at_right, baseline, "sans", _LABEL, "ink-soft"),
    ]
    return Picture(_WIDTH, baseline, tuple(parts))


def _count(figure: Figure, *, square: bool) -> Picture:
    """A dot for each one that is counted, or a page of a calendar for each day."""
    number = int(figure.high)
    spots = [(_STEP * (n % _A_ROW), _STEP * (n // _A_ROW)) for n in range(number)]
    parts: list[Box | Disc | Line | Sheet] = []
    for x, y in spots:
        parts += _day(x, y, figure) if square else _disc(x, y, figure)
    x, y = spots[-1]
    if figure.ceiling is None:
        parts += [Box(x + _STEP + 8 * n, y + 18, 6, 6, "accent", 0.8 - n / 5) for n in range(4)]
    return Picture(_WIDTH, y + 2 * _DOT, tuple(parts))


def _disc(x: float, y: float, figure: Figure) -> Iterator[Disc]:
    middle = x + _DOT, y + _DOT
    yield Disc(*middle, _DOT, "accent")
    if figure.bound == "about":
        yield Disc(*middle, _DOT - _RING, "accent", _ABOUT)
    elif figure.floor is None:
        yield Disc(*middle, _DOT - _RING, "paper")


def _day(x: float, y: float, figure: Figure) -> Iterator[Box]:
    side = 2 * _DOT
    strength = 0 if figure.floor is None else PALE
    yield Box(x, y, side, side, "accent")
    yield Box(x + _RING, y + 12, side - 2 * _RING, side - 12 - _RING, "accent", strength)


@dataclass(frozen=True)
class _Drawer:
    """Lines of the map as outlines of a sheet that is `_MAP_WIDTH` pixels wide."""

    projection: Projection

    def points(self, line: MapLine) -> tuple[tuple[float, float], ...]:
        scaled = (self.projection.point(*point) for point in line)
        return tuple((round(x * _SCALE, 1), round(y * _SCALE, 1)) for x, y in scaled)

    def areas(
        self, rings: Iterable[MapLine], colour: Colour, strength: float = 1, hatched: bool = False
    ) -> Iterator[Outline]:
        for ring in rings:
            if len(ring) > 2:
                yield Outline(self.points(ring), colour, strength, hatched=hatched)

    def borders(self, lines: Iterable[MapLine], dashed: bool = False) -> Iterator[Outline]:
        for line in lines:
            points = self.points(line)
            for part in _dashes(points) if dashed else [points]:
                if len(part) > 1:
                    yield Outline(part, "ink-soft", 0.67, _BORDER)


def _dashes(points: Sequence[tuple[float, float]]) -> Iterator[tuple[tuple[float, float], ...]]:
    """A line in pieces with gaps between them."""
    here, left, drawn = points[0], float(_DASH), [points[0]]
    is_on = True
    for to in points[1:]:
        while (length := math.dist(here, to)) > left:
            share = left / length
            here = here[0] + (to[0] - here[0]) * share, here[1] + (to[1] - here[1]) * share
            if is_on:
                yield (*drawn, here)
            is_on, drawn, left = not is_on, [here], _DASH
        left -= length
        here = to
        drawn.append(here)
    if is_on:
        yield tuple(drawn)


def map_picture(explainer: Explainer, language: str, plan: MapPlan) -> Picture:
    """The map of the subject: land, borders and names, without what a key would have to explain."""
    projection = Projection(plan)
    drawer, boundaries = _Drawer(projection), plan.boundaries
    height = round(projection.height * _SCALE)
    edge = ((0, 0), (_MAP_WIDTH, 0), (_MAP_WIDTH, height), (0, height), (0, 0))
    provinces = (boundaries.provinces[label.area] for label in plan.labels if label.area)
    hatched = boundaries.disputed_areas if plan.disputed_area else ()
    limits = boundaries.disputed_limits if plan.disputed_area else ()
    parts = [
        Outline(edge, "rule"),
        *drawer.areas(boundaries.sea, "accent", 0.2),
        *drawer.areas(boundaries.countries.get(plan.focus or "", ()), "paper"),
        *(part for rings in provinces for part in drawer.areas(rings, "accent", 0.4)),
        *drawer.areas(hatched, "paper"),
        *drawer.areas(hatched, "ink-soft", 0.67, hatched=True),
        *drawer.areas(boundaries.lakes, "accent", 0.2),
        *drawer.borders(limits, dashed=True),
    ]
    for border in boundaries.borders:
        parts += drawer.borders(border.lines, dashed=border.between in plan.disputed)
    parts.append(Outline(edge, "ink-soft", 0.67, 2 * _BORDER))
    dots = [Disc(x * _SCALE, y * _SCALE, 5, "ink") for x, y in map_dots(explainer, plan)]
    sheet = Sheet(0, 0, _MAP_WIDTH, height, tuple(parts))
    names = _names(map_labels(explainer, language, plan))
    return Picture(_MAP_WIDTH, height, (sheet, *dots, *names), beside=True)


def _names(labels: Iterable[Label]) -> Iterator[Line]:
    for label in labels:
        size = round(label.size * _SCALE)
        for number, text in enumerate(label.lines):
            width = fonts.sans().width(text) * size
            x = label.x * _SCALE + label.dx * size - BEFORE[label.anchor] * width
            y = label.y * _SCALE + (label.dy + LINE * number) * size
            yield Line(text, x, y, "sans", size, "ink")
