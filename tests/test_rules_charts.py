"""A chart stands on a line of its own in a section, and is of a figure with several values."""

from __future__ import annotations

import pytest

from reperes.model.forms import misfit
from reperes.pages.sections import section_page
from reperes.rules import charts
from support import found_in, problems_of, replace_in, said_by, toy, toy_copy, with_body

MARK = "{{ carried.chart }}"
INSTEAD = (
    f"{MARK}: a chart is a paragraph of its own in a section, with an empty line before and after; "
    "write it there, or {{ carried }} here"
)


@pytest.mark.parametrize(
    "body",
    [MARK, f"Before.\n\n{MARK}\n\nAfter.", f"Before.\n\n  {MARK}  \n", f"`{MARK}` in code"],
)
def test_accepted(body: str) -> None:
    assert found_in(said_by(charts, with_body(body))) == []


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (f"As {MARK} shows.", "1:4"),
        (f"Before.\n{MARK}\n", "2:1"),
        (f"## {MARK}\n", "1:4"),
        (f"- {MARK}\n- more\n", "1:3"),
        (f"> {MARK}\n", "1:3"),
        (f"{MARK} {MARK}\n", "1:1"),
    ],
)
def test_refused(body: str, place: str) -> None:
    assert f"{place}: {INSTEAD}" in found_in(said_by(charts, with_body(body)))


def test_refused_in_yaml() -> None:
    with toy_copy() as content:
        replace_in(content / "facts/figures.yml", "Counted {{ census.on }}.", MARK)
        assert f"content/facts/figures.yml:105:12: error: {INSTEAD} [chart]" in problems_of(content)


def test_a_figure_of_one_value_has_no_chart() -> None:
    assert misfit(toy().figures["crossings"], "chart") == (
        '"chart" is for figures with several values, and crossings has one; write {{ crossings }}'
    )


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_section_shows_the_chart_under_the_name_of_its_figure(language: str) -> None:
    explainer = with_body(f"{MARK}\n\n{MARK}", language)
    markdown = section_page(explainer, language, "money").whole
    assert markdown.count('<figure class="picture chart') == 2
    name = toy().figures["carried"].label[language]
    assert markdown.count(f">{name}</a>") + markdown.count(f"[{name}]") >= 2
    assert 'id="chart-1-carried-d"' in markdown
    assert 'id="chart-2-carried-d"' in markdown
