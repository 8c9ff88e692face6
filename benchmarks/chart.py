"""A small chart of what builds cost, as an SVG file for light and dark pages."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from benchmarks.builds import AGAIN, FACT, HUGO, MKDOCS, OURS, SECTION, Measured
from benchmarks.measuring import median_of

WIDTH, HEIGHT = 740, 380
LEFT, RIGHT, TOP, BOTTOM = 70, 520, 40, 320
LABEL_HEIGHT = 18

_COLOURS: Mapping[str, tuple[str, str]] = {
    OURS: ("#8250df", "#ab7df8"),
    SECTION: ("#bf3989", "#f778ba"),
    FACT: ("#953800", "#f0883e"),
    AGAIN: ("#57606a", "#9198a1"),
    MKDOCS: ("#0969da", "#4493f8"),
    HUGO: ("#1a7f37", "#3fb950"),
}
"""Of each line, on a light ground and on a dark one."""


@dataclass(frozen=True)
class Point:
    x: float
    y: float


@dataclass
class Line:
    name: str
    light: str
    dark: str
    points: Sequence[Point] = field(default=())
    label_y: float = 0


@dataclass(frozen=True)
class Scale:
    """From values to places, by powers of ten."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        share = math.log(value / self.low) / math.log(self.high / self.low)
        return round(self.start + share * (self.end - self.start), 1)


def chart(measured: Sequence[Measured]) -> str:
    """CPU seconds by the number of sections, both by powers of ten; each line a kind of build."""
    costs = {
        name: [
            (found.sections, median_of(found.costs[name], lambda one: one.cpu))
            for found in measured
            if name in found.costs
        ]
        for name in _COLOURS
    }
    seconds = [cpu for points in costs.values() for _, cpu in points]
    sizes = [found.sections for found in measured]
    x = Scale(min(sizes), max(*sizes, 2 * min(sizes)), LEFT + 15, RIGHT)
    powers = range(math.floor(math.log10(min(seconds))), math.ceil(math.log10(max(seconds))) + 1)
    y = Scale(10 ** powers[0], 10 ** powers[-1], BOTTOM, TOP)
    lines = [
        Line(
            name if name in (OURS, MKDOCS, HUGO) else f"{OURS}, {name}",
            *_COLOURS[name],
            [Point(x(sections), y(cpu)) for sections, cpu in points],
        )
        for name, points in costs.items()
        if points
    ]
    _place_labels(lines)
    template = Environment(
        loader=FileSystemLoader(Path(__file__).parent), undefined=StrictUndefined, autoescape=True
    ).get_template("chart.svg.jinja")
    return template.render(
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        right=RIGHT,
        bottom=BOTTOM,
        title="Seconds of CPU a build takes",
        x_title="sections in each language",
        lines=lines,
        x_ticks=[{"at": x(sections), "words": f"{sections:,}"} for sections in sizes],
        y_ticks=[{"at": y(10**power), "words": f"{10**power:g} s"} for power in powers],
    )


def _place_labels(lines: Iterable[Line]) -> None:
    """Each beside the end of its line, and none over another."""
    lowest: float = TOP - LABEL_HEIGHT
    for line in sorted(lines, key=lambda line: line.points[-1].y):
        line.label_y = max(line.points[-1].y, lowest + LABEL_HEIGHT)
        lowest = line.label_y
