"""The map shows each place once, keeps its labels apart, and says what is wrong with map.yml."""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import markdown
import pytest

from reperes.drawings.label_layout import Box, Layout, wrapped
from reperes.drawings.locator_map import (
    WIDTH,
    Projection,
    _layout,
    locator_map,
    places_list,
    places_on_map,
)
from reperes.model.boundaries import parse_boundaries
from reperes.model.documents import Folder
from reperes.model.explainer import Explainer
from reperes.model.loading import load
from reperes.model.map_plan import MapPlan, map_json_schema, read_map
from reperes.model.shapes import Reader
from reperes.writing.prose import Prose

CONTENT = Path(__file__).parent.parent / "content"

BOUNDARIES = {
    "source": "drawn by hand",
    "box": [0, 0, 4, 3],
    "countries": {"AA": [[[0, 0], [2, 0], [2, 3], [0, 3], [0, 0]]], "BB": [[[2, 0], [4, 0]]]},
    "sea": [[[-1, 0], [0, 0], [0, 3], [-1, 3], [-1, 0]]],
    "provinces": {"BB-1": [[[2, 0], [3, 0], [3, 1], [2, 0]]]},
    "disputed_areas": [[[2, 1], [3, 1], [3, 2], [2, 1]]],
    "disputed_limits": [[[2, 1], [3, 1]]],
    "borders": [{"between": "AA-BB", "class": "disputed", "lines": [[[2, 0], [2, 3]]]}],
    "coast": [[[0, 0], [0, 3]]],
    "lakes": [],
}
PLAN = """\
title: {fr: "Carte", en: "Map"}
west: "0"
south: "0"
east: "4"
north: "3"
boundaries: "borders.json"
focus: "AA"
disputed: ["AA-BB"]
disputed_area: {fr: "Zone & plaine", en: "Area & plain"}
credit: {fr: "À la main", en: "By hand"}
labels:
  - {id: "somewhere", name: {fr: "Là", en: "There"}, latitude: "1.5", longitude: "1"}
  - {id: "north", name: {fr: "Nord", en: "North"}, latitude: "1", longitude: "3", area: "BB-1"}
counts:
  - {id: "boats", place: "north", text: {fr: "des bateaux", en: "some boats"}}
  - {id: "oars", place: "north", text: {fr: "des rames", en: "some oars"}}
"""


def read(folder: Path, plan: str = PLAN, boundaries: str = "") -> tuple[MapPlan | None, list[str]]:
    (folder / "map.yml").write_text(plan, encoding="utf-8")
    text = boundaries or json.dumps(BOUNDARIES)
    (folder / "borders.json").write_text(text, encoding="utf-8")
    reader = Reader(("fr", "en"))
    plan_read = read_map(Folder(folder), reader)
    return plan_read, [str(problem).partition("map.yml:")[2] for problem in reader.problems]


@pytest.fixture
def toy(tmp_path: Path) -> MapPlan:
    plan, problems = read(tmp_path)
    assert plan is not None
    assert problems == []
    return plan


@pytest.fixture(scope="module")
def explainer() -> Explainer:
    return load(CONTENT).explainer


@pytest.fixture(scope="module")
def plan(explainer: Explainer) -> MapPlan:
    reader = Reader(explainer.languages)
    plan = read_map(Folder(CONTENT), reader)
    assert plan is not None
    assert reader.problems == []
    assert {str(mention.id) for mention in reader.mentions} <= set(explainer.places)
    return plan


def svg_of(block: str) -> ElementTree.Element:
    svg = ElementTree.fromstring(block).find("svg")
    assert svg is not None
    return svg


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_map_is_sound(language: str, explainer: Explainer, plan: MapPlan) -> None:
    block = locator_map(explainer, language, plan)
    svg = svg_of(block)
    ids = re.findall(r'\bid="([^"]+)"', block)
    assert len(ids) == len(set(ids))
    assert [svg.get("aria-labelledby"), svg.get("aria-describedby")] == ids[:2]
    assert svg.findtext("title")
    assert svg.findtext("desc")
    assert "\n\n" not in block
    assert not re.search(r"\s(style|on\w+)=|<script|#[0-9a-f]{3,6}\b", block)
    assert block == locator_map(explainer, language, plan)
    text = f'<div markdown="block">\n\n{block}\n\nText\n\n</div>'
    html = markdown.markdown(text, extensions=["md_in_html"])
    assert block.replace("\n", "") in html.replace("\n", "")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_labels_keep_apart_and_inside(language: str, explainer: Explainer, plan: MapPlan) -> None:
    projection = Projection(plan)
    layout = _layout(explainer, language, projection)
    sheet = Box(0, 0, WIDTH, projection.height)
    assert all(label.box.within(sheet) for label in layout.labels)
    pairs = itertools.combinations([*layout.taken], 2)
    assert not [pair for pair in pairs if pair[0].overlaps(pair[1])]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_place_in_the_box_is_named_on_the_map(
    language: str, explainer: Explainer, plan: MapPlan
) -> None:
    shown = " ".join(" ".join(t.itertext()) for t in svg_of(locator_map(explainer, language, plan)))
    shown = " ".join(shown.split())
    inside = [p for p in explainer.places.values() if plan.holds(p.latitude, p.longitude)]
    assert inside
    for place in [*inside, *places_on_map(explainer, plan)]:
        assert place.names[language].name in shown
    dots = list(svg_of(locator_map(explainer, language, plan)).iter("circle"))
    assert len(dots) == len(inside)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_list_has_places_of_which_there_is_something_to_say(
    language: str, explainer: Explainer, plan: MapPlan
) -> None:
    listed = places_list(Prose(explainer, language, "overview"), plan)
    noted = [place for place in places_on_map(explainer, plan) if place.note]
    assert 0 < listed.count("<li>") == len(noted) < len(places_on_map(explainer, plan))
    assert 'href="reperes-from-page:glossary/#' in listed


def test_the_boundaries_are_small_and_say_where_they_come_from(plan: MapPlan) -> None:
    path = CONTENT / "map_boundaries.json"
    assert path.stat().st_size < 40_000
    assert plan.boundaries.source.startswith("Natural Earth ")
    assert json.loads(path.read_text())["licence"] == "public domain"


def test_a_place_with_coordinates_has_a_dot(explainer: Explainer, toy: MapPlan) -> None:
    place = next(iter(explainer.places.values()))
    here = replace(place, latitude=Decimal(1), longitude=Decimal(3), coordinates_from=None)
    moved = replace(explainer, places={str(place.id): here})
    block = locator_map(moved, "en", toy)
    dot = next(svg_of(block).iter("circle"))
    assert (float(dot.get("cx", "")), float(dot.get("cy", ""))) == (240.0, 160.1)
    assert "Area &amp; plain" in block


def test_a_province_is_shaded_and_what_was_counted_stands_under_its_name(
    explainer: Explainer, toy: MapPlan
) -> None:
    block = locator_map(explainer, "en", toy)
    svg = svg_of(block)
    shaded = [path.get("d") for path in svg.iter("path") if path.get("class") == "map__shaded"]
    assert shaded == [Projection(toy).path(BOUNDARIES["provinces"]["BB-1"], True)]  # type: ignore[index]
    counts = [text for text in svg.iter("text") if "map__count" in text.get("class", "")]
    (name,) = (text for text in svg.iter("text") if text.text == "North")
    assert [count.text for count in counts] == ["some boats", "some oars"]
    assert {count.get("x") for count in counts} == {name.get("x")}
    below = [float((text.get("dy") or "").removesuffix("em")) for text in (name, *counts)]
    assert below == sorted(set(below))
    said = "North. some boats and some oars."
    assert said in (svg.findtext("desc") or "")
    key = [item.findtext("span") for item in ElementTree.fromstring(block).iter("li")]
    assert key[0] == said


def test_a_map_without_provinces_shades_nothing(
    explainer: Explainer, toy: MapPlan, tmp_path: Path
) -> None:
    old = {name: value for name, value in BOUNDARIES.items() if name != "provinces"}
    assert parse_boundaries(json.dumps(old)).provinces == {}
    bare = replace(toy, labels=toy.labels[:1], counts=())
    block = locator_map(explainer, "fr", bare)
    assert "map__shaded" not in block
    assert "map__count" not in block


def test_labels_are_in_ems_so_that_they_may_be_set_in_the_size_of_text(
    explainer: Explainer, plan: MapPlan
) -> None:
    for text in svg_of(locator_map(explainer, "fr", plan)).iter("text"):
        assert text.get("font-size") is None
        assert (text.get("dy") or "").endswith("em")


def test_an_undisputed_map_has_no_dashes(explainer: Explainer, toy: MapPlan) -> None:
    plain = replace(toy, disputed=(), disputed_area=None, note=None, focus=None, counts=())
    plain = replace(plain, labels=toy.labels[:1])
    block = locator_map(explainer, "fr", plain)
    assert "stroke-dasharray" not in block
    assert "map__key" not in block


def test_distances_are_true_at_the_middle_latitude(toy: MapPlan) -> None:
    north = replace(toy, south=Decimal(58), north=Decimal(62))
    projection = Projection(north)
    assert projection.point(4, 60)[0] == WIDTH
    assert projection.height == 640


@pytest.mark.parametrize(
    ("typed", "instead", "message"),
    [
        (
            'west: "0"',
            'west: "999"',
            "2:8: error: map: west: expected degrees from -180 to 180, found 999",
        ),
        ('west: "0"', 'west: "4"', "2:8: error: map: west and east are both 4; write two sides"),
        ('west: "0"', 'west: "5"', "2:8: error: map: west (5) is not below east (4); exchange"),
        ('east: "4"', 'east: "9"', "4:8: error: map: east: the boundaries reach only to 4.0;"),
        ('"0"\nsouth', '"O"\nsouth', '2:8: error: map: west: expected a number, found "O"'),
        ("borders.json", "border.json", '6:14: error: map: boundaries: no file "border.json"'),
        ("borders.json", "../x.json", "6:14: error: map: boundaries: expected the name of a .json"),
        ('focus: "AA"', 'focus: "aa"', "7:9: error: map: focus: expected an ISO 3166 code"),
        ('focus: "AA"', 'focus: "CC"', '7:9: error: map: focus: no country "CC" on this map'),
        ("AA-BB", "BB-AA", "8:13: error: map: disputed: no border"),
        ("AA-BB", "bb/aa", 'found "bb/aa"; write "AA-BB"'),
        (
            'credit: {fr: "À la main", en',
            "credit: {en",
            '10:9: error: map: credit: "fr" is missing',
        ),
        ('latitude: "1.5"', 'latitude: "4"', "12:11: error: map: labels: somewhere (4, 1) stands"),
        ('area: "BB-1"', 'area: "bb-1"', "13:90: error: map: labels: area: expected an ISO 3166-2"),
        (
            "BB-1",
            "BB-2",
            'labels: north: no province "BB-2" in the boundaries; did you mean "BB-1"?',
        ),
        ('place: "north"', 'place: "nord"', 'counts: no label "nord" on this map; did you mean "n'),
        ('id: "oars"', 'id: "boats"', '16:11: error: count id "boats" is taken'),
        ("focus", "fokus", 'unknown key "fokus"; did you mean "focus"?'),
    ],
)
def test_a_fault_of_map_yml_is_told_with_its_place(
    typed: str, instead: str, message: str, tmp_path: Path
) -> None:
    _, problems = read(tmp_path, PLAN.replace(typed, instead, 1))
    assert any(message in problem for problem in problems), problems


def test_a_label_without_a_name_must_be_a_place(tmp_path: Path) -> None:
    nameless = PLAN.replace('name: {fr: "Là", en: "There"}, ', "")
    (tmp_path / "map.yml").write_text(nameless)
    (tmp_path / "borders.json").write_text(json.dumps(BOUNDARIES))
    reader = Reader(("fr", "en"))
    assert read_map(Folder(tmp_path), reader) is not None
    assert [(m.namespaces, m.id) for m in reader.mentions] == [(("place",), "somewhere")]


def with_coast(coast: str) -> str:
    return json.dumps({**BOUNDARIES, "coast": "COAST"}).replace('"COAST"', coast)


@pytest.mark.parametrize(
    "boundaries",
    [
        "{}",
        "[]",
        "no JSON",
        '{"source": 1}',
        "[" * 100_000,
        with_coast("[" * 5_000 + "]" * 5_000),
        with_coast("[[[NaN, 1]]]"),
        with_coast("[[[1e999, 1]]]"),
        with_coast(f"[[[{'9' * 400}, 1]]]"),
        with_coast(f"[[[{'9' * 5_000}, 1]]]"),
        with_coast("[[[181, 1]]]"),
        json.dumps({**BOUNDARIES, "source": "a\u202eb"}),
    ],
)
def test_boundaries_that_are_none_are_told(boundaries: str, tmp_path: Path) -> None:
    plan, problems = read(tmp_path, boundaries=boundaries)
    assert plan is None
    assert "6:14: error: map: boundaries: borders.json: " in problems[0]
    with pytest.raises(ValueError, match=r"\S"):
        parse_boundaries(boundaries)


def test_no_map_is_no_problem(tmp_path: Path) -> None:
    reader = Reader(("fr", "en"))
    assert read_map(Folder(tmp_path), reader) is None
    assert reader.problems == []


def test_editors_have_the_shape_of_map_yml() -> None:
    schema = map_json_schema(("fr", "en"))
    assert set(schema["properties"]) >= {"west", "labels", "credit"}
    assert "focus" not in schema["required"]


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Golan", ("Golan",)),
        ("Golan Heights", ("Golan", "Heights")),
        ("Province de Deraa", ("Province", "de Deraa")),
        ("Méditerranée", ("Méditerranée",)),
    ],
)
def test_long_names_stand_in_two_lines(name: str, lines: tuple[str, ...]) -> None:
    assert wrapped(name) == lines


def test_a_second_label_on_the_same_spot_moves_away() -> None:
    layout = Layout(320, 200)
    first = layout.place_area("Here", "area", 12, 100, 100)
    second = layout.place_area("Here", "area", 12, 100, 100)
    town = layout.place_dot("Town", "town", 12, 317, 100)
    assert layout.labels == [first, second, town]
    assert not first.box.overlaps(second.box)
    assert (town.anchor, town.x, town.y) == ("end", 317, 100)
    assert town.box.right < 317
