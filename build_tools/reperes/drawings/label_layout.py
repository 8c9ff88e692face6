"""Placing the labels of a map so that none covers another or a dot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

CHARACTER = 0.6
"""The mean width of a character of a bold sans serif, in ems; what labels are measured by."""

WIDEST_CHARACTER = 0.62
"""How wide a character of a number or a date is, at most nearly always, in ems."""

LINE = 1.15
"""The height of a line, in ems."""

GAP = 3.0
"""Units between a label and the edge of the sheet."""

Anchor = Literal["start", "middle", "end"]
BEFORE: dict[Anchor, float] = {"start": 0, "middle": 0.5, "end": 1}
"""How much of a label stands before the point that it is anchored at."""

_BESIDE_A_DOT: tuple[tuple[Anchor, float, float], ...] = (
    ("start", 0.5, 0.35),
    ("end", -0.5, 0.35),
    ("middle", 0, -0.5),
    ("middle", 0, 1.2),
)
"""The anchor of a label, and the way to it from its dot, in ems."""

WRAPPED_FROM = 12
"""Labels of this many characters or more are set in two lines."""


@dataclass(frozen=True)
class Box:
    """A rectangle of the drawing; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def within(self, other: Box) -> bool:
        across = other.left <= self.left and self.right <= other.right
        return across and other.top <= self.top and self.bottom <= other.bottom


@dataclass(frozen=True)
class Label:
    """A name on a map, at a point: its lines begin, end or have their middle there (`anchor`).

    `dx` and `dy` lead from the point to the first baseline, in ems, so that a label in smaller
    type stays as near to it. `kind` is a kind of place, which sets the type; `size` is the height
    of an em where the map is smallest, which is what the room for it is measured by.
    """

    lines: tuple[str, ...]
    kind: str
    size: float
    x: float
    y: float
    anchor: Anchor = "middle"
    dx: float = 0
    dy: float = 0

    @property
    def box(self) -> Box:
        width = text_width(self.lines, self.size)
        x, y = self.x + self.dx * self.size, self.y + self.dy * self.size
        left = x - BEFORE[self.anchor] * width
        top = y - 0.8 * self.size
        height = self.size * (1 + LINE * (len(self.lines) - 1))
        return Box(left, top, left + width, top + height)


def widest(text: str) -> float:
    """The width of a number or a date, at most nearly always, in ems."""
    return WIDEST_CHARACTER * len(text)


def text_width(lines: Iterable[str], size: float) -> float:
    """An estimate of how wide some lines of text are."""
    return max(map(len, lines)) * CHARACTER * size


def wrapped(name: str) -> tuple[str, ...]:
    """A name in one line, or in two that are about as long."""
    spaces = [index for index, character in enumerate(name) if character == " "]
    if len(name) < WRAPPED_FROM or not spaces:
        return (name,)
    middle = min(spaces, key=lambda index: abs(index - len(name) / 2))
    return name[:middle], name[middle + 1 :]


class Layout:
    """A sheet that labels are put on one by one; each keeps clear of those before it."""

    def __init__(self, width: float, height: float) -> None:
        self.sheet = Box(GAP, GAP, width - GAP, height - GAP)
        self.taken: list[Box] = []
        self.labels: list[Label] = []

    def reserve(self, box: Box) -> None:
        """Keep labels off a part of the sheet."""
        self.taken.append(box)

    def place_area(self, name: str, kind: str, size: float, x: float, y: float) -> Label:
        """A label in the middle of what it names, or as near as it can be."""
        lines = wrapped(name)
        dy = round(0.35 - LINE / 2 * (len(lines) - 1), 2)
        return self._put(
            Label(lines, kind, size, round(x + across * size, 1), round(y + down * size, 1), dy=dy)
            for across, down in _nearby()
        )

    def place_dot(self, name: str, kind: str, size: float, x: float, y: float) -> Label:
        """A label beside a dot: to its right, its left, above or below."""
        return self._put(
            Label((name,), kind, size, x, y, anchor, dx, dy) for anchor, dx, dy in _BESIDE_A_DOT
        )

    def _put(self, candidates: Iterator[Label]) -> Label:
        possible = list(candidates)
        label = next(filter(self._is_free, possible), possible[0])
        self.labels.append(label)
        self.taken.append(label.box)
        return label

    def _is_free(self, label: Label) -> bool:
        return label.box.within(self.sheet) and not any(map(label.box.overlaps, self.taken))


def _nearby() -> Iterator[tuple[float, float]]:
    """Steps away from a spot, in ems, the shortest first."""
    steps = [(across / 2, down / 2) for across in range(-8, 9) for down in range(-6, 7)]
    return iter(sorted(steps, key=lambda step: (step[0] ** 2 + step[1] ** 2, step)))
