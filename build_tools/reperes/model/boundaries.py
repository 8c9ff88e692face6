"""The boundaries that a map is drawn from, as `clip_boundaries` wrote them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reperes.text.characters import hidden_characters

Point = tuple[float, float]
"""Longitude and latitude, WGS 84 decimal degrees."""

Line = tuple[Point, ...]
"""An open line, or the outline of an area, whose last point is its first."""


@dataclass(frozen=True, kw_only=True)
class Border:
    """A border on land. `between` is two ISO 3166 codes in order of the alphabet ("IL-SY")."""

    between: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True)
class Boundaries:
    """Land and lines within `box`: west, south, east, north.

    `countries` are outlines by ISO 3166 code, as Natural Earth sees who holds the ground; `sea` is
    what none of them holds.
    `provinces` are outlines by ISO 3166-2 code ("SY-DR"), of those that were asked for.
    `disputed_areas` are the parts of countries that another of its views gives to nobody;
    `disputed_limits` are their edges where no border runs.
    """

    source: str
    box: tuple[float, float, float, float]
    countries: Mapping[str, tuple[Line, ...]]
    sea: tuple[Line, ...]
    provinces: Mapping[str, tuple[Line, ...]]
    disputed_areas: tuple[Line, ...]
    disputed_limits: tuple[Line, ...]
    borders: tuple[Border, ...]
    coast: tuple[Line, ...]
    lakes: tuple[Line, ...]

    @property
    def pairs(self) -> frozenset[str]:
        """The pairs of countries that have a border in the box."""
        return frozenset(border.between for border in self.borders)


def parse_boundaries(text: str) -> Boundaries:
    """The boundaries in a JSON text. Raises ValueError for anything else."""
    try:
        found = json.loads(text)
        return Boundaries(
            source=_visible(str(found["source"])),
            box=_box(*found["box"]),
            countries={code: _lines(rings) for code, rings in found["countries"].items()},
            sea=_lines(found["sea"]),
            # A map may have none, and files made before they could be asked for do not say so.
            provinces={code: _lines(rings) for code, rings in found.get("provinces", {}).items()},
            disputed_areas=_lines(found["disputed_areas"]),
            disputed_limits=_lines(found["disputed_limits"]),
            borders=tuple(
                Border(between=str(border["between"]), lines=_lines(border["lines"]))
                for border in found["borders"]
            ),
            coast=_lines(found["coast"]),
            lakes=_lines(found["lakes"]),
        )
    except RecursionError:
        raise ValueError("not as clip_boundaries writes it (lists within lists)") from None
    except (KeyError, TypeError, AttributeError, OverflowError) as error:
        raise ValueError(f"not as clip_boundaries writes it ({error})") from None


def _visible(text: str) -> str:
    """`text`, which JSON may have spelt with escapes. Raises ValueError."""
    for _, message in hidden_characters(text):
        raise ValueError(message)
    return text


def _box(west: Any, south: Any, east: Any, north: Any) -> tuple[float, float, float, float]:
    return (*_point(west, south), *_point(east, north))


def _lines(lines: Any) -> tuple[Line, ...]:
    return tuple(tuple(_point(x, y) for x, y in line) for line in lines)


def _point(longitude: Any, latitude: Any) -> Point:
    """A point of the earth. Raises ValueError: JSON can also say NaN and Infinity."""
    x, y = float(longitude), float(latitude)
    if not (-180 <= x <= 180 and -90 <= y <= 90):
        raise ValueError(f"no point of the earth is at {x}, {y}")
    return x, y
