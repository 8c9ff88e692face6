"""The picture of a figure shows its number, says it in words, and lists it in a table."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import markdown
import pytest

from reperes.drawings.figure_pictures import figure_picture, kind_of
from reperes.language.locales import Bound
from reperes.model.explainer import Explainer
from reperes.model.facts import Figure
from reperes.model.loading import load

CONTENT = Path(__file__).parent.parent / "content"
SVG = "{*}svg"


@pytest.fixture(scope="module")
def explainer() -> Explainer:
    return load(CONTENT).explainer


@pytest.fixture
def figure(explainer: Explainer) -> Figure:
    return next(iter(explainer.figures.values()))


def made(figure: Figure, low: str, high: str, bound: Bound, unit: str) -> Figure:
    return replace(figure, low=Decimal(low), high=Decimal(high), bound=bound, unit=unit)


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
    ("12", "12", "more_than", "person", "dots"),
    ("7", "7", "at_most", "person", "dots"),
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
    assert kind_of(made_figure) == kind
    block = figure_picture(explainer, language, made_figure)
    root = tree(block)
    svg = root.find(SVG)
    assert svg is not None
    ids = [node.get("id") for node in root.iter() if node.get("id")]
    assert len(ids) == len(set(ids))
    named = (svg.get("aria-labelledby"), svg.get("aria-describedby"))
    assert named == tuple(ids[:2])
    assert svg.findtext("{*}title")
    assert svg.findtext("{*}desc")
    assert "\n\n" not in block
    assert not re.search(r"\s(style|on\w+)=|<script|#[0-9a-f]{3,6}\b", block)
    assert block == figure_picture(explainer, language, made_figure)
    assert len(block.encode()) < 2000


@pytest.mark.parametrize(("low", "high", "bound", "unit", "kind"), CASES)
def test_nothing_leaves_the_drawing(
    low: str, high: str, bound: Bound, unit: str, kind: str, explainer: Explainer, figure: Figure
) -> None:
    svg = tree(figure_picture(explainer, "fr", made(figure, low, high, bound, unit))).find(SVG)
    assert svg is not None
    for rectangle in svg.iter("rect"):
        start, width = float(rectangle.get("x", "0")), float(rectangle.get("width", "0"))
        assert start >= 0
        assert width > 0
        assert start + width <= 320


def test_numbers_are_written_as_the_language_does(explainer: Explainer, figure: Figure) -> None:
    many = made(figure, "350000", "350000", "more_than", "person")
    french, english = (figure_picture(explainer, language, many) for language in ("fr", "en"))
    assert "plus de 350\u202f000 personnes" in french.replace("\u00a0", " ")
    assert ">plus de 350\u202f000</text>" in french.replace("\u00a0", " ")
    assert ">more than 350,000</text>" in english
    assert ">100,000</text>" in english


def test_a_range_shows_both_ends(explainer: Explainer, figure: Figure) -> None:
    block = figure_picture(explainer, "en", made(figure, "270000", "330000", "range", "person"))
    marks = [text for text in tree(block).iter("text") if text.get("class") == "picture__mark"]
    assert [mark.text for mark in marks] == ["270,000", "330,000"]
    assert float(marks[0].get("x", "")) < float(marks[1].get("x", ""))


def test_a_share_never_passes_its_whole(explainer: Explainer, figure: Figure) -> None:
    block = figure_picture(explainer, "en", made(figure, "97", "97", "more_than", "percent"))
    ends = [float(r.get("x", "")) + float(r.get("width", "")) for r in tree(block).iter("rect")]
    assert max(ends) == 288


@pytest.mark.parametrize(("bound", "dots"), [("exact", 12), ("about", 11), ("more_than", 12)])
def test_a_small_count_is_so_many_dots(
    bound: Bound, dots: int, explainer: Explainer, figure: Figure
) -> None:
    block = figure_picture(explainer, "en", made(figure, "12", "12", bound, "person"))
    path = next(p for p in tree(block).iter("path") if p.get("class") == "picture__dots")
    assert path.get("d", "").count("M") == dots
    assert len(list(tree(block).iter("circle"))) == 12 - dots


@pytest.mark.parametrize(
    ("bound", "low", "high"),
    [("more_than", "12", "not known"), ("at_most", "not known", "12"), ("about", "12", "12")],
)
def test_the_table_says_what_is_not_known(
    bound: Bound, low: str, high: str, explainer: Explainer, figure: Figure
) -> None:
    block = figure_picture(explainer, "en", made(figure, "12", "12", bound, "person"))
    cells = [cell.text for cell in tree(block).iter("td")]
    assert cells[:2] == [low, high]
    assert cells[3] == "people"


@pytest.mark.parametrize("number", ["-3", "0"])
def test_what_a_picture_cannot_show_has_none(
    number: str, explainer: Explainer, figure: Figure
) -> None:
    assert figure_picture(explainer, "en", made(figure, number, number, "exact", "person")) == ""


@pytest.mark.parametrize("language", ["fr", "en"])
def test_markdown_leaves_every_picture_of_the_content_whole(
    language: str, explainer: Explainer
) -> None:
    for figure in explainer.figures.values():
        block = figure_picture(explainer, language, figure)
        text = f'<section markdown="block">\n\n## Title\n\n{block}\n\nText\n\n</section>'
        html = markdown.markdown(text, extensions=["md_in_html", "attr_list"])
        # It may begin lines between the parts of the table, and touches nothing else.
        assert block.replace("\n", "") in html.replace("\n", "")


def test_two_prefixes_give_no_id_twice(explainer: Explainer, figure: Figure) -> None:
    both = "".join(figure_picture(explainer, "en", figure, prefix) for prefix in ("one", "two"))
    ids = re.findall(r'\bid="([^"]+)"', both)
    assert len(ids) == len(set(ids))
