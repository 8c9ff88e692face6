"""What an explainer's map shows: the shape of map.yml, and reading it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from decimal import Decimal
from typing import Any

from reperes.model.bearings import GeoPlace
from reperes.model.boundaries import Boundaries, parse_boundaries
from reperes.model.declaring import Values, optional, record, required, shape_of
from reperes.model.documents import Folder
from reperes.model.entries import Entry, Localized
from reperes.model.reading import duplicate_ids
from reperes.model.shapes import (
    Id,
    JsonSchema,
    ListOf,
    Mention,
    Number,
    Pattern,
    PerLanguage,
    Reader,
    RejectedError,
    Words,
)
from reperes.model.yaml_values import Table
from reperes.text.problems import ContentError, Place, Text, did_you_mean

MAP_FILE = "map.yml"


_TEXT = PerLanguage(Words())
_COUNTRY = Pattern(
    r"^[A-Z]{2}$",
    'an ISO 3166 code of two capitals, such as "SY"',
    lambda found: found.upper() if len(found) == 2 and found.isalpha() else None,
)


def _in_order(found: str) -> str | None:
    codes = sorted(found.upper().replace("/", "-").replace(" ", "").split("-"))
    ordered = "-".join(codes)
    return ordered if len(codes) == 2 and all(len(code) == 2 for code in codes) else None


_PAIR = Pattern(r"^[A-Z]{2}-[A-Z]{2}$", 'two ISO 3166 codes, such as "IL-SY"', _in_order)
_PROVINCE = Pattern(
    r"^[A-Z]{2}-[A-Z0-9]{1,3}$",
    'an ISO 3166-2 code, such as "SY-DR"',
    lambda found: found.upper() if found.upper() != found else None,
)
_FILE = Pattern(r"^[\w-]+\.json$", "the name of a .json file in the content folder")


def _editor_note() -> Any:
    return optional(
        Words(),
        "a note among editors, never shown to readers",
        late=1,
        example="Ask the town for the exact day.",
    )


@record
class AreaLabel(Entry):
    """The name of an area, and where the middle of it stands on the drawing.

    Without a `name` of its own it has that of the place of places.yml with the same id. `area` is
    the province that it names, which is shaded.
    """

    id: Text = required(
        Id, "the id of the place that it names, or one of its own", example="mediterranean"
    )
    name: Localized | None = optional(
        _TEXT,
        "a name in each language, for what is no place of places.yml",
        example="Mediterranean Sea",
    )
    latitude: Decimal = required(
        Number(fine=True), "decimal degrees north of the middle of the label", example="34.5"
    )
    longitude: Decimal = required(
        Number(fine=True), "decimal degrees east of the middle of the label", example="34.25"
    )
    area: Text | None = optional(
        _PROVINCE, "the province to shade, among those of the boundaries", example="SY-DR"
    )
    editor_note: Text | None = _editor_note()


@record
class Count(Entry):
    """What a figure counts in an area, in a few words: "environ 30 localités reprises"."""

    id: Text = required(Id, "an id of its own", example="retaken")
    label_id: Text = required(
        Id, "the id of the label that it stands under", key="place", example="deraa"
    )
    text: Localized = required(
        _TEXT,
        "what was counted, in a few words that cite the figure",
        example="{{ localities_retaken.with_unit }} retaken",
    )
    editor_note: Text | None = _editor_note()


def _judge_label(values: Values, reader: Reader) -> None:
    if values["name"] is None:
        reader.mentions.append(Mention(("place",), values["id"], reader.trail))


@record
class MapPlan:
    """A locator map. Its sides are WGS 84.

    `disputed` are pairs of countries whose border is drawn dashed, and `disputed_area` says what
    hatching stands for; None where no area is disputed.
    """

    title: Localized = required(
        _TEXT, "what the map shows, in a few words, in each language", example="South-western Syria"
    )
    west: Decimal = required(
        Number(fine=True), "the western side of the map, in decimal degrees east", example="35.5"
    )
    south: Decimal = required(
        Number(fine=True), "the southern side, in decimal degrees north", example="32.25"
    )
    east: Decimal = required(
        Number(fine=True), "the eastern side, in decimal degrees east", example="37.5"
    )
    north: Decimal = required(
        Number(fine=True), "the northern side, in decimal degrees north", example="33.75"
    )
    boundaries: Boundaries = required(
        _FILE, "the file of boundaries that clip_boundaries made", example="map_boundaries.json"
    )
    focus: Text | None = optional(_COUNTRY, "the country that stands out", example="SY")
    disputed: tuple[Text, ...] = optional(
        ListOf(_PAIR), "the borders to draw dashed, by their two countries", example="IL-SY"
    )
    disputed_area: Localized | None = optional(
        _TEXT, "what the hatched area is, in each language", example="Buffer zone"
    )
    note: Localized | None = optional(
        _TEXT,
        "what else a reader of the map should know",
        example="The boundaries are those of 2018.",
    )
    credit: Localized = required(
        _TEXT, "who drew the boundaries, in each language", example="Natural Earth"
    )
    labels: tuple[AreaLabel, ...] = optional(
        ListOf(shape_of(AreaLabel, _judge_label)), "the names of areas, and where they stand"
    )
    counts: tuple[Count, ...] = optional(
        ListOf(shape_of(Count)), "what was counted in an area, to stand under its name"
    )

    def counts_under(self, label: AreaLabel) -> list[Count]:
        """What was counted in the area that a label names."""
        return [count for count in self.counts if count.label_id == label.id]

    def shows(self, place: GeoPlace) -> bool:
        """Whether a place is on the map: its name as that of an area, or a dot."""
        named = {label.id for label in self.labels if label.name is None}
        return place.id in named or self.holds(place.latitude, place.longitude)

    def holds(self, latitude: Decimal | None, longitude: Decimal | None) -> bool:
        """Whether a point is known and lies in the box."""
        if latitude is None or longitude is None:
            return False
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east


def map_json_schema(languages: Sequence[str]) -> JsonSchema:
    """The shape of map.yml for editors."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "map"}
    return {**head, **shape_of(MapPlan).json_schema(languages)}


def read_map(folder: Folder, reader: Reader) -> MapPlan | None:
    """The map of a content folder, or None where it has none or it is not sound.

    What is wrong is reported to the reader, and so are the places that labels name.
    """
    if not folder.has(MAP_FILE):
        return None
    try:
        table = folder.read_yaml(MAP_FILE)
    except ContentError as error:
        reader.problems.extend(error.problems)
        return None
    with reader.inside("map"), suppress(RejectedError):
        boundaries = _read_boundaries(folder, table, reader)
        plan = shape_of(MapPlan, boundaries=boundaries).read(table, reader)
        _check_box(plan, table, reader)
        _check_countries(plan, reader)
        return plan
    return None


def _read_boundaries(folder: Folder, table: Table, reader: Reader) -> Boundaries | None:
    """The boundaries; None where map.yml names none, of which its shape complains."""
    named = table.get("boundaries")
    if not isinstance(named, Text):
        return None
    with reader.inside("boundaries"):
        name = _FILE.read(named, reader)
        if not folder.has(name):
            found = did_you_mean(name, [f"{stem}.json" for stem in folder.names("", ".json")])
            raise reader.reject(name.place, f'no file "{name}" in the content folder{found}')
        try:
            return parse_boundaries(folder.read_text(name))
        except ValueError as error:
            message = f"{name}: {error}; make it again with build_tools/clip_boundaries.py"
            raise reader.reject(name.place, message) from None


def _check_box(plan: MapPlan, table: Table, reader: Reader) -> None:
    """The sides are in order, and the boundaries fill them. Raises RejectedError."""
    for key in ("west", "south", "east", "north"):
        most = 180 if key in ("west", "east") else 90
        if abs(getattr(plan, key)) > most:
            message = f"{key}: expected degrees from -{most} to {most}, found {getattr(plan, key)}"
            raise reader.reject(_place(table, key), message)
    for key, other in (("west", "east"), ("south", "north")):
        if getattr(plan, key) == getattr(plan, other):
            message = f"{key} and {other} are both {getattr(plan, key)}; write two sides of the map"
            raise reader.reject(_place(table, key), message)
        if getattr(plan, key) >= getattr(plan, other):
            message = f"{key} ({getattr(plan, key)}) is not below {other} ({getattr(plan, other)})"
            raise reader.reject(_place(table, key), f"{message}; exchange them")
    limits = dict(zip(("west", "south", "east", "north"), plan.boundaries.box, strict=True))
    for key, limit in limits.items():
        side = float(getattr(plan, key))
        if side < limit if key in ("west", "south") else side > limit:
            message = f"{key}: the boundaries reach only to {limit}; write that, or make them again"
            raise reader.reject(_place(table, key), message)


def _place(table: Table, key: str) -> Place:
    value = table.get(key)
    return value.place if value is not None else table.place


def _check_countries(plan: MapPlan, reader: Reader) -> None:
    known = plan.boundaries.countries
    if plan.focus is not None and plan.focus not in known:
        message = f'focus: no country "{plan.focus}" on this map{did_you_mean(plan.focus, known)}'
        reader.report(plan.focus.place, message)
    for pair in plan.disputed:
        if pair not in plan.boundaries.pairs:
            hint = did_you_mean(pair, plan.boundaries.pairs)
            reader.report(pair.place, f'disputed: no border "{pair}" on this map{hint}')
    for label in plan.labels:
        if not plan.holds(label.latitude, label.longitude):
            spot = f"{label.latitude}, {label.longitude}"
            message = f"labels: {label.id} ({spot}) stands outside the map's sides"
            reader.report(label.place, message)
        if label.area is not None and label.area not in plan.boundaries.provinces:
            hint = did_you_mean(label.area, plan.boundaries.provinces)
            message = f'labels: {label.id}: no province "{label.area}" in the boundaries{hint}'
            reader.report(label.area.place, message)
    labelled = {label.id for label in plan.labels}
    named_after_places = {label.id for label in plan.labels if label.name is None}
    for count in plan.counts:
        if count.label_id not in labelled:
            hint = did_you_mean(count.label_id, labelled)
            message = f'counts: no label "{count.label_id}" on this map{hint}'
            reader.report(count.label_id.place, message)
        elif count.label_id in named_after_places:
            # With the place, its id is renamed here too.
            reader.mentions.append(Mention(("place",), count.label_id, f"{reader.trail}: counts"))
    reader.problems.extend(duplicate_ids([count.id for count in plan.counts], "count"))
    reader.problems.extend(duplicate_ids([label.id for label in plan.labels], "label"))
