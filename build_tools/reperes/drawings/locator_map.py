"""The locator map, which shows readers where the places of the subject are."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from reperes.drawings.label_layout import GAP, Box, Label, Layout, text_width
from reperes.language.typography import typeset
from reperes.model.bearings import GeoPlace
from reperes.model.boundaries import Line
from reperes.model.entries import Localized
from reperes.model.explainer import Explainer
from reperes.model.map_plan import AreaLabel, MapPlan
from reperes.writing.prose import Prose
from reperes.writing.templating import render_html, render_markdown

WIDTH = 320
"""The width of the drawing in its own units: on the smallest phone a unit is about a pixel."""

SCALE_MARGIN = 10
"""Between the scale bar and the edges of the map."""

KILOMETRES_A_DEGREE = 111.195
"""Along a meridian of the mean sphere of the Earth."""

TYPE_SIZE = 16.5
"""An em of the labels where the map is smallest: reperes.css sets them smaller as it widens."""

COUNTRY_SIZE = 1.06
"""Times the others."""

_LANDFORMS = frozenset({"mountain", "valley", "island", "coast", "river", "lake", "sea"})
"""Kinds of places that are set like a landform: in a slanted face."""

OTHER_AREA = "other"
"""The kind of place for areas that the explainer does not mention."""


@dataclass(frozen=True)
class Projection:
    """Degrees to units of the drawing: equirectangular, true to scale at the middle latitude.

    Over the few degrees of a locator map, what better projections do differently is less than
    the width of a line.
    """

    plan: MapPlan

    @cached_property
    def units_a_degree(self) -> float:
        """Along a meridian."""
        return WIDTH / (float(self.plan.east - self.plan.west) * self._narrowing)

    @property
    def _narrowing(self) -> float:
        return math.cos(math.radians(float(self.plan.south + self.plan.north) / 2))

    @property
    def height(self) -> int:
        return round(float(self.plan.north - self.plan.south) * self.units_a_degree)

    def point(self, longitude: float | Decimal, latitude: float | Decimal) -> tuple[float, float]:
        x = (float(longitude) - float(self.plan.west)) * self._narrowing * self.units_a_degree
        y = (float(self.plan.north) - float(latitude)) * self.units_a_degree
        return round(x, 1), round(y, 1)

    def path(self, lines: Iterable[Line], closed: bool = False) -> str:
        """Lines as the data of an SVG path."""
        return "".join(self._line(line) + ("z" if closed else "") for line in lines)

    def _line(self, line: Line) -> str:
        # In whole tenths, so that steps add up without drifting.
        tenths = [tuple(round(10 * value) for value in self.point(*point)) for point in line]
        x, y = tenths[0]
        steps = [
            f"{_tenth(to[0] - start[0])} {_tenth(to[1] - start[1])}"
            for start, to in pairwise(tenths)
            if to != start
        ]
        return f"M{_tenth(x)} {_tenth(y)}l{' '.join(steps)}"


def _tenth(tenths: int) -> str:
    return f"{tenths / 10:g}"


def locator_map(explainer: Explainer, language: str, plan: MapPlan) -> str:
    """The map as an HTML block: a figure with its drawing, key, note and credit."""
    projection = Projection(plan)
    prose = Prose(explainer, language, "overview")
    layout = _layout(explainer, language, projection)
    return render_html(
        "drawings/locator_map.html.jinja",
        plan=plan,
        words=_Words(prose, plan),
        width=WIDTH,
        height=projection.height,
        paths=_paths(projection),
        bar=_scale_bar(projection, prose),
        dots=map_dots(explainer, plan),
        labels=layout.labels,
        counts=_counts(layout, explainer, language, plan),
        label=prose.locale.label,
        language=language,
    )


def places_list(prose: Prose, plan: MapPlan) -> str:
    """What is to be said of places on the map, as a Markdown list; "" where there is nothing."""
    places = [place for place in places_on_map(prose.explainer, plan) if place.note]
    if not places:
        return ""
    return render_markdown("drawings/places_list.md.jinja", places=places, prose=prose)


def places_on_map(explainer: Explainer, plan: MapPlan) -> list[GeoPlace]:
    """The places that are drawn, in the order of their file."""
    return [place for place in explainer.places.values() if plan.shows(place)]


def _dotted(explainer: Explainer, plan: MapPlan) -> list[GeoPlace]:
    """The places whose coordinates lie on the map. What is labelled as an area needs no dot."""
    areas = {label.id for label in plan.labels}
    return [
        place
        for key, place in explainer.places.items()
        if key not in areas and plan.holds(place.latitude, place.longitude)
    ]


def _spot(place: GeoPlace) -> tuple[Decimal, Decimal]:
    assert place.longitude is not None
    assert place.latitude is not None
    return place.longitude, place.latitude


@dataclass(frozen=True)
class _Words:
    """What the map says, in one language. Texts inside the drawing are typeset here.

    The rest of the page is typeset once the engine has made it, but drawings are left alone.
    """

    prose: Prose
    plan: MapPlan

    def plain(self, text: Localized) -> str:
        return self.prose.plain(text[self.prose.language])

    @property
    def title(self) -> str:
        return self._set(self.plain(self.plan.title))

    @property
    def description(self) -> str:
        explainer, language = self.prose.explainer, self.prose.language
        names = [name for name, _, _ in self.areas]
        names += [p.names[language].name for p in _dotted(explainer, self.plan)]
        places = self.prose.locale.list(names)
        counts = " ".join(
            self.counted(name, label)
            for name, _, label in self.areas
            if self.plan.counts_under(label)
        )
        text = self.prose.locale.label("map.description", places=places, counts=counts)
        return self._set(text.strip())

    @property
    def areas(self) -> list[tuple[str, str, AreaLabel]]:
        return list(_areas(self.prose.explainer, self.prose.language, self.plan))

    def counted(self, name: str, label: AreaLabel) -> str:
        """The name of an area with what was counted in it, plain."""
        counts = [self.plain(count.text) for count in self.plan.counts_under(label)]
        if not counts:
            return name
        return self.prose.locale.label(
            "map.counted", place=name, counts=self.prose.locale.list(counts)
        )

    @property
    def shaded(self) -> list[str]:
        """What the key says of each shaded province, plain."""
        return [self.counted(name, label) for name, _, label in self.areas if label.area]

    @property
    def coordinates(self) -> str:
        """Where the coordinates of the dots come from."""
        dotted = _dotted(self.prose.explainer, self.plan)
        origins = dict.fromkeys(place.coordinates_from or "" for place in dotted)
        return self.prose.locale.list([origin for origin in origins if origin])

    def _set(self, text: str) -> str:
        return typeset(text, self.prose.language)


def _areas(
    explainer: Explainer, language: str, plan: MapPlan
) -> Iterator[tuple[str, str, AreaLabel]]:
    """The name and the kind of each labelled area."""
    for label in plan.labels:
        if label.name is not None:
            yield label.name[language], OTHER_AREA, label
        else:
            place = explainer.places[label.id]
            yield place.names[language].name, _type_kind(explainer, place), label


def _type_kind(explainer: Explainer, place: GeoPlace) -> str:
    kind = explainer.vocabulary.treated_as("place_kind", place.kind)
    return "landform" if kind in _LANDFORMS else kind


def _layout(explainer: Explainer, language: str, projection: Projection) -> Layout:
    """Dots first, which cannot move, then their names, then those of areas."""
    plan = projection.plan
    layout = Layout(WIDTH, projection.height)
    layout.reserve(_scale_bar_box(projection))
    dotted = _dotted(explainer, plan)
    for place in dotted:
        x, y = projection.point(*_spot(place))
        layout.reserve(Box(x - 4, y - 4, x + 4, y + 4))
    for place in dotted:
        name = typeset(place.names[language].name, language)
        spot = projection.point(*_spot(place))
        layout.place_dot(name, _type_kind(explainer, place), TYPE_SIZE, *spot)
    for name, kind, label in _areas(explainer, language, plan):
        spot = projection.point(label.longitude, label.latitude)
        size = TYPE_SIZE * (COUNTRY_SIZE if kind == "country" else 1)
        layout.place_area(typeset(name, language), kind, size, *spot)
    return layout


def map_labels(explainer: Explainer, language: str, plan: MapPlan) -> list[Label]:
    """The names on the map, typeset, where they stand in its units."""
    return _layout(explainer, language, Projection(plan)).labels


def map_dots(explainer: Explainer, plan: MapPlan) -> list[tuple[float, float]]:
    """Where places with coordinates stand, in the map's units."""
    return [Projection(plan).point(*_spot(place)) for place in _dotted(explainer, plan)]


def _counts(
    layout: Layout, explainer: Explainer, language: str, plan: MapPlan
) -> list[tuple[Label, list[str]]]:
    """What was counted in each area, with the label that it stands under."""
    prose = Prose(explainer, language, "overview")
    areas = layout.labels[-len(plan.labels) :] if plan.labels else []
    return [
        (drawn, [typeset(prose.plain(count.text[language]), language) for count in counts])
        for drawn, label in zip(areas, plan.labels, strict=True)
        if (counts := plan.counts_under(label))
    ]


def _paths(projection: Projection) -> dict[str, str]:
    """The SVG path data of the drawing, by what each path draws."""
    plan, boundaries = projection.plan, projection.plan.boundaries
    focus = boundaries.countries.get(plan.focus or "", ())
    provinces = boundaries.provinces
    firm = [border for border in boundaries.borders if border.between not in plan.disputed]
    dashed = [border for border in boundaries.borders if border.between in plan.disputed]
    disputed = [line for border in dashed for line in border.lines]
    # Where no area is said to be disputed, a map shows who holds the ground, and no more.
    limits = boundaries.disputed_limits if plan.disputed_area else ()
    areas = boundaries.disputed_areas if plan.disputed_area else ()
    return {
        "sea": projection.path(boundaries.sea, True),
        "focus": projection.path(focus, True),
        "shaded": projection.path(
            (ring for label in plan.labels if label.area for ring in provinces[label.area]), True
        ),
        "lakes": projection.path(boundaries.lakes, True),
        "area": projection.path(areas, True),
        "coast": projection.path(boundaries.coast),
        "borders": projection.path(line for border in firm for line in border.lines),
        "disputed": projection.path([*disputed, *limits]),
    }


def _scale_bar(projection: Projection, prose: Prose) -> dict[str, object]:
    """The scale bar: a round distance, drawn in the lower right corner."""
    kilometres = _scale_kilometres(projection)
    number = prose.locale.number(Decimal(kilometres))
    length = _scale_length(projection)
    return {
        "x": round(WIDTH - SCALE_MARGIN - length, 1),
        "y": projection.height - SCALE_MARGIN,
        "length": length,
        "text": prose.locale.label("map.kilometres", number=number),
    }


def _scale_kilometres(projection: Projection) -> int:
    """A round distance, at most a quarter of the map's width where a kilometre is no more."""
    most = WIDTH / 4 / projection.units_a_degree * KILOMETRES_A_DEGREE
    power: int = 10 ** max(0, math.floor(math.log10(most)))
    return max((step * power for step in (5, 2) if step * power <= most), default=power)


def _scale_length(projection: Projection) -> float:
    kilometres = _scale_kilometres(projection)
    return round(kilometres / KILOMETRES_A_DEGREE * projection.units_a_degree, 1)


def _scale_bar_box(projection: Projection) -> Box:
    length = max(_scale_length(projection), text_width(["000 km"], 0.85 * TYPE_SIZE))
    left = WIDTH - SCALE_MARGIN - length - GAP
    top = projection.height - SCALE_MARGIN - 1.5 * TYPE_SIZE
    return Box(left, top, WIDTH, projection.height)
