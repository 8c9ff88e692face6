"""The picture of a figure shows its number, says it in words, and lists it in a table."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import markdown
import pytest

from reperes.drawings.figure_pictures import figure_picture, figure_table
from reperes.drawings.figure_scale import Bar, bar_of, kind_of
from reperes.language.locales import Bound
from reperes.model.explainer import Explainer
from reperes.model.facts import Figure
from reperes.model.loading import load
from support import saying

CONTENT = Path(__file__).parent.parent / "content"
SVG = "{*}svg"


@pytest.fixture(scope="module")
def explainer() -> Explainer:
    return load(CONTENT).explainer


@pytest.fixture
def figure(explainer: Explainer) -> Figure:
    return next(iter(explainer.figures.values()))


def made(figure: Figure, low: str, high: str, bound: Bound, unit: str) -> Figure:
    return saying(figure, low=Decimal(low), high=Decimal(high), bound=bound, unit=unit)


def tree(block: str) -> ElementTree.Element:
    return ElementTree.fromstring(block)


CASES = [
    ("270000", "330000", "range", "person", "axis"),
    ("350000", "350000", "more_than", "person", "axis"),
    ("1200", "1200", "at_most", "person", "axis"),
    ("999", "999", "exact", "person", "axis"),
    ("2300000", "2300000", "about", "person", "axis"),
    ("2.5", "2.5", "about", "person", "axis"),
    ("3", "5", "range", "person", "axis"),
    ("1000", "1010", "range", "person", "axis"),
    ("0.05", "0.05", "at_least", "person", "axis"),
    ("60", "60", "more_than", "percent", "share"),
    ("97", "97", "at_least", "percent", "share"),
    ("100", "100", "exact", "percent", "share"),
    ("20", "35", "range", "percent", "share"),
    ("250", "250", "exact", "percent", "axis"),
    ("30", "30", "about", "person", "dots"),
    ("1", "1", "about", "person", "dots"),
    ("4", "4", "exact", "person", "dots"),
    ("4", "4", "exact", "day", "days"),
    ("9", "9", "about", "day", "days"),
    ("45", "45", "exact", "day", "axis"),
    ("12", "12", "more_than", "person", "dots"),
    ("7", "7", "at_most", "person", "dots"),
    ("7", "7", "less_than", "person", "dots"),
    ("4", "4", "less_than", "day", "days"),
    ("60", "60", "less_than", "percent", "share"),
    ("2.5", "2.5", "less_than", "kilometre", "axis"),
]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(("low", "high", "bound", "unit", "kind"), CASES)
def test_a_picture_is_sound(
    low: str,
    high: str,
    bound: Bound,
    unit: str,
    kind: str,
    language: str,
    explainer: Explainer,
    figure: Figure,
) -> None:
    made_figure = made(figure, low, high, bound, unit)
    assert kind_of(explainer, made_figure) == kind
    block = figure_picture(explainer, language, made_figure)
    root = tree(block)
    svg = root.find(SVG)
    assert svg is not None
    ids = [node.get("id") for node in root.iter() if node.get("id")]
    assert len(ids) == len(set(ids))
    assert svg.get("role") == "img"
    assert [svg.get("aria-describedby"), svg.get("aria-labelledby")] == ids[:2]
    assert svg.findtext("{*}title")
    assert root.findtext("{*}figcaption")
    assert "\n\n" not in block
    assert not re.search(r"\s(style|on\w+)=|<script|#[0-9a-f]{3,6}\b", block)
    assert block == figure_picture(explainer, language, made_figure)
    assert len(block.encode()) < 2600


BARS = [case for case in CASES if case[4] in ("axis", "share")]


def bar(figure: Figure, low: str, high: str, bound: Bound, unit: str = "person") -> Bar:
    return bar_of(
        made(figure, low, high, bound, unit),
        "share" if unit == "percent" and Decimal(high) <= 100 else "axis",
    )


@pytest.mark.parametrize(("low", "high", "bound", "unit", "kind"), BARS)
def test_nothing_leaves_the_drawing(
    low: str, high: str, bound: Bound, unit: str, kind: str, figure: Figure
) -> None:
    drawn = bar(figure, low, high, bound, unit)
    edges = [drawn.parts[0].start, *(part.end for part in drawn.parts)]
    assert edges == sorted(set(edges))
    assert edges[0] >= 0
    assert edges[-1] <= 1
    assert all(0 <= at <= 1 for _, at in drawn.ends)
    assert (kind == "share") == ((drawn.bottom, drawn.top) == (0, 100))


@pytest.mark.parametrize(("low", "high", "bound", "unit", "kind"), BARS)
def test_labels_are_in_the_size_of_the_text_at_every_width(
    low: str, high: str, bound: Bound, unit: str, kind: str, explainer: Explainer, figure: Figure
) -> None:
    """Nothing across is in units that grow with the drawing, and nothing down in pixels."""
    svg = tree(figure_picture(explainer, "en", made(figure, low, high, bound, unit))).find(SVG)
    assert svg is not None
    assert svg.get("viewBox") is None
    assert (svg.get("width"), (svg.get("height") or "")[-2:]) == ("100%", "em")
    for part in svg.iter():
        for name in ("x", "x1", "x2", "width"):
            assert re.fullmatch(r"0|[\d.]+%", part.get(name, "0")), name
        for name in ("y", "y1", "y2", "height"):
            assert re.fullmatch(r"0|[\d.]+em", part.get(name, "0")), name
        assert part.get("font-size") is None


@pytest.mark.parametrize(
    ("low", "high", "ends"),
    [
        ("270000", "330000", (240_000, 360_000)),
        ("1000", "1010", (998, 1012)),
        ("3", "5", (2, 6)),
        ("1", "400", (0, 500)),
        ("0.2", "0.5", (Decimal("0.1"), Decimal("0.6"))),
    ],
)
def test_the_axis_of_a_range_is_round_and_close_to_it(
    low: str, high: str, ends: tuple[Decimal, Decimal], figure: Figure
) -> None:
    drawn = bar(figure, low, high, "range")
    assert (drawn.bottom, drawn.top) == ends


def test_an_axis_leaves_room_for_what_may_be_higher(figure: Figure) -> None:
    assert bar(figure, "399", "399", "exact").top == 400
    assert bar(figure, "399", "399", "more_than").top == 500


def test_numbers_are_written_as_the_language_does(explainer: Explainer, figure: Figure) -> None:
    many = made(figure, "350000", "350000", "more_than", "person")
    french, english = (figure_picture(explainer, language, many) for language in ("fr", "en"))
    assert "plus de 350\u202f000 personnes" in french.replace("\u00a0", " ")
    assert ">350\u202f000</text>" in french
    assert ">350,000</text>" in english
    assert ">500,000</text>" in english


def test_a_range_shows_both_ends_at_its_ends(explainer: Explainer, figure: Figure) -> None:
    block = figure_picture(explainer, "en", made(figure, "270000", "330000", "range", "person"))
    marks = [text for text in tree(block).iter("text") if text.get("class") == "picture__mark"]
    assert [mark.text for mark in marks] == ["270,000", "330,000"]
    lines = [line for line in tree(block).iter("line") if "mark" in line.get("class", "")]
    (band,) = (rect for rect in tree(block).iter("rect"))
    assert [line.get("x1") for line in lines] == ["25%", "75%"]
    assert (band.get("x"), band.get("width")) == ("25%", "50%")
    # Side by side they would touch on a phone with large text: each has a row of its own.
    assert len({mark.get("y") for mark in marks}) == 2


def test_short_ends_stand_in_one_row(explainer: Explainer, figure: Figure) -> None:
    block = figure_picture(explainer, "en", made(figure, "3", "5", "range", "person"))
    marks = [text for text in tree(block).iter("text") if text.get("class") == "picture__mark"]
    assert [(mark.text, mark.get("text-anchor")) for mark in marks] == [
        ("3", "middle"),
        ("5", "middle"),
    ]
    assert len({mark.get("y") for mark in marks}) == 1


BELOW_ZERO = [
    ("exact", [1], "La barre va de zéro à −20."),
    (
        "about",
        [0.2, 0.45, 0.7, 1],
        "La barre va de zéro à −20. Son bout s’estompe : le nombre est approximatif.",
    ),
    (
        "at_most",
        [0.2, 0.45, 0.7, 1],
        "La barre va de zéro à −20, puis s’estompe : le nombre peut être plus bas.",
    ),
    (
        "at_least",
        [0.35],
        "La barre va de zéro à −20. Elle est pâle : le nombre peut être plus élevé.",
    ),
    (
        "more_than",
        [0.35],
        (
            "La barre va de zéro à −20. Elle est pâle : le nombre est plus élevé, "
            "la source ne dit pas de combien."
        ),
    ),
    (
        "less_than",
        [0.2, 0.45, 0.7, 1],
        (
            "La barre va de zéro à −20, puis s’estompe : le nombre est plus bas, "
            "la source ne dit pas de combien."
        ),
    ),
]


@pytest.mark.parametrize(("bound", "strengths", "reading"), BELOW_ZERO)
def test_a_number_below_zero_has_its_bar_to_the_left_of_zero(
    bound: Bound, strengths: list[float], reading: str, explainer: Explainer, figure: Figure
) -> None:
    made_figure = made(figure, "-20", "-20", bound, "person")
    drawn = bar_of(made_figure, "axis")
    assert (drawn.bottom < -20, drawn.top) == (True, 0)
    assert [part.strength for part in drawn.parts] == strengths
    assert drawn.parts[-1].end == 1
    block = figure_picture(explainer, "fr", made_figure)
    assert ("←" in block) == (bound in ("at_most", "less_than"))
    assert re.sub("[\u00a0\u202f]", " ", tree(block).findtext("figcaption") or "") == reading


def test_a_range_across_zero_names_zero(explainer: Explainer, figure: Figure) -> None:
    block = figure_picture(explainer, "en", made(figure, "-20", "30", "range", "person"))
    named = [text.text for text in tree(block).iter("text")]
    assert named == ["0", "−20", "30", "−30", "40"]


@pytest.mark.parametrize("bound", ["more_than", "at_least"])
def test_an_open_end_fades_into_an_arrow(
    bound: Bound, explainer: Explainer, figure: Figure
) -> None:
    drawn = bar(figure, "60", "60", bound, "percent")
    assert [part.strength for part in drawn.parts] == [1, 0.7, 0.45, 0.2]
    assert drawn.parts[0].end == 0.6
    assert drawn.arrow == drawn.parts[-1].end
    assert "→" in figure_picture(explainer, "en", made(figure, "60", "60", bound, "percent"))


def test_an_approximate_end_fades_on_both_sides_of_its_number(figure: Figure) -> None:
    drawn = bar(figure, "900", "900", "about")
    solid, *fading = drawn.parts
    ((_, at),) = drawn.ends
    assert solid.end < at < fading[-1].end
    assert at - solid.end == pytest.approx(fading[-1].end - at)
    assert drawn.arrow is None


def test_a_share_never_passes_its_whole(explainer: Explainer, figure: Figure) -> None:
    drawn = bar(figure, "97", "97", "more_than", "percent")
    assert drawn.parts[-1].end == 1
    assert drawn.arrow is None


def circles(block: str) -> list[str]:
    """The classes of the paths that draw something for each one counted, with how many."""
    return [
        f"{path.get('class')} {max(path.get('d', '').count('M'), 1)}"
        for path in tree(block).iter("path")
        if path.get("d", "").count("M") > 1
    ]


@pytest.mark.parametrize(
    ("bound", "drawn"),
    [
        ("exact", ["picture__dots 12"]),
        ("about", ["picture__dots 12", "picture__line 12"]),
        ("at_most", ["picture__line 12"]),
        ("less_than", ["picture__line 12"]),
        ("more_than", ["picture__dots 12"]),
    ],
)
def test_every_dot_of_a_count_looks_the_same(
    bound: Bound, drawn: list[str], explainer: Explainer, figure: Figure
) -> None:
    block = figure_picture(explainer, "en", made(figure, "12", "12", bound, "person"))
    assert circles(block) == drawn
    pale = [p for p in tree(block).iter("path") if p.get("stroke-opacity")]
    assert len(pale) == (bound == "about")


READINGS = [
    ("4", "4", "exact", "locality", "Un point par localité : 4 points."),
    ("1", "1", "exact", "locality", "Un point par localité : 1 point."),
    ("4", "4", "exact", "day", "Une case par jour : 4 cases."),
    (
        "30",
        "30",
        "about",
        "locality",
        "Un point par localité : 30 points, en demi-teinte : le compte est approximatif.",
    ),
    (
        "350000",
        "350000",
        "more_than",
        "death",
        (
            "La barre va de zéro à 350 000, puis s’estompe : le nombre est plus élevé, "
            "la source ne dit pas de combien."
        ),
    ),
    (
        "350000",
        "350000",
        "at_least",
        "death",
        "La barre va de zéro à 350 000, puis s’estompe : le nombre peut être plus élevé.",
    ),
    (
        "350000",
        "350000",
        "less_than",
        "death",
        (
            "La barre va de zéro à 350 000. Elle est pâle : le nombre est plus bas, "
            "la source ne dit pas de combien."
        ),
    ),
    (
        "12",
        "12",
        "less_than",
        "locality",
        (
            "Un point par localité : 12 points, le contour seul : le nombre est plus bas, "
            "la source ne dit pas de combien."
        ),
    ),
    (
        "270000",
        "330000",
        "range",
        "person",
        (
            "La bande va de 270 000 à 330 000 : le nombre se situe entre ces deux bornes, "
            "la source ne dit pas où."
        ),
    ),
]


@pytest.mark.parametrize(("low", "high", "bound", "unit", "reading"), READINGS)
def test_a_picture_is_read_out(
    low: str, high: str, bound: Bound, unit: str, reading: str, explainer: Explainer, figure: Figure
) -> None:
    block = figure_picture(explainer, "fr", made(figure, low, high, bound, unit))
    found = tree(block).findtext("figcaption")
    assert re.sub("[\u00a0\u202f]", " ", found or "") == reading


@pytest.mark.parametrize(
    ("bound", "values"),
    [
        ("more_than", {"Low value": "12", "High value": "not known"}),
        ("at_most", {"Low value": "not known", "High value": "12"}),
        ("less_than", {"Low value": "not known", "High value": "12"}),
        ("about", {"Value": "12"}),
        ("exact", {"Value": "12"}),
    ],
)
def test_the_table_says_what_is_not_known_and_nothing_twice(
    bound: Bound, values: dict[str, str], explainer: Explainer, figure: Figure
) -> None:
    table = tree(figure_table(explainer, "en", made(figure, "12", "12", bound, "person")))
    rows = {row.findtext("th"): row.findtext("td") for row in table.findall("tbody/tr")}
    assert {name: value for name, value in rows.items() if "alue" in str(name)} == values
    assert rows["Unit"] == "people"


def test_what_a_picture_cannot_show_has_none(explainer: Explainer, figure: Figure) -> None:
    none = made(figure, "0", "0", "exact", "person")
    assert figure_picture(explainer, "en", none) == figure_table(explainer, "en", none) == ""


@pytest.mark.parametrize("language", ["fr", "en"])
def test_markdown_leaves_every_picture_of_the_content_whole(
    language: str, explainer: Explainer
) -> None:
    for figure in explainer.figures.values():
        block = figure_picture(explainer, language, figure)
        block += "\n\n" + figure_table(explainer, language, figure)
        text = f'<section markdown="block">\n\n## Title\n\n{block}\n\nText\n\n</section>'
        html = markdown.markdown(text, extensions=["md_in_html", "attr_list"])
        # It may begin lines between the parts of the table, and touches nothing else.
        assert block.replace("\n", "") in html.replace("\n", "")


def test_two_prefixes_give_no_id_twice(explainer: Explainer, figure: Figure) -> None:
    both = "".join(figure_picture(explainer, "en", figure, prefix) for prefix in ("one", "two"))
    ids = re.findall(r'\bid="([^"]+)"', both)
    assert len(ids) == len(set(ids))
