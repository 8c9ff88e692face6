"""Placing the labels of a map so that none covers another or a dot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

CHARACTER = 0.62
"""The mean width of a character of a bold sans serif, in ems; what labels are measured by."""

LINE = 1.15
"""The height of a line, in ems."""

GAP = 3.0
"""Units between a dot and its label, and between any two labels."""

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
    """A name on a map: its lines, centred on `x`, the baseline of the first at `y`.

    `kind` is a kind of place, which sets the type; `size` is the height of that type.
    """

    lines: tuple[str, ...]
    kind: str
    size: float
    x: float
    y: float

    @property
    def step(self) -> float:
        """From one baseline to the next."""
        return round(self.size * LINE, 1)

    @property
    def box(self) -> Box:
        half = text_width(self.lines, self.size) / 2
        top = self.y - 0.8 * self.size
        height = self.size + self.step * (len(self.lines) - 1)
        return Box(self.x - half, top, self.x + half, top + height)


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

    def place_area(self, name: str, kind: str, size: float, x: float, y: float) -> None:
        """A label in the middle of what it names, or as near as it can be."""
        lines = wrapped(name)
        first = y + size * (0.35 - LINE / 2 * (len(lines) - 1))
        spots = ((x + across * size, first + down * size) for across, down in _nearby())
        self._put(Label(lines, kind, size, *spot) for spot in spots)

    def place_dot(self, name: str, kind: str, size: float, x: float, y: float) -> None:
        """A label beside a dot: to its right, its left, above or below."""
        beside = text_width((name,), size) / 2 + 2.5 * GAP
        spots = ((beside, 0.35), (-beside, 0.35), (0.0, -0.6), (0.0, 1.3))
        self._put(Label((name,), kind, size, x + across, y + down * size) for across, down in spots)

    def _put(self, candidates: Iterator[Label]) -> None:
        rounded = [
            Label(label.lines, label.kind, label.size, round(label.x, 1), round(label.y, 1))
            for label in candidates
        ]
        label = next(filter(self._is_free, rounded), rounded[0])
        self.labels.append(label)
        self.taken.append(label.box)

    def _is_free(self, label: Label) -> bool:
        return label.box.within(self.sheet) and not any(map(label.box.overlaps, self.taken))


def _nearby() -> Iterator[tuple[float, float]]:
    """Steps away from a spot, in ems, the shortest first."""
    steps = [(across / 2, down / 2) for across in range(-8, 9) for down in range(-6, 7)]
    return iter(sorted(steps, key=lambda step: (step[0] ** 2 + step[1] ** 2, step)))
