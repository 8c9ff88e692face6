from __future__ import annotations

from pathlib import Path

import pytest

from reperes.text.problems import ContentError
from reperes.tools.explaining import explain
from support_commands import change, explainer_of, lines_after, messages, write_content


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return write_content(tmp_path)


def lines_of(content: Path, wanted: str) -> list[str]:
    root = f"{content}/"
    lines = explain(explainer_of(content), wanted)
    return ["  " * depth + text.replace(root, "") for depth, text in lines]


def test_a_figure_as_each_language_says_it(content: Path) -> None:
    lines = lines_of(content, "protesters")
    assert lines[0] == "figure protesters  (facts/figures.yml:2:10)"
    english, french = lines_after("en", lines), lines_after("fr", lines)
    assert "label         Protesters" in english
    assert "(bare)        200 to 300" in english
    assert "between       between 200 and 300" in english
    assert "on            on 10\xa0March 2021" in english
    assert "by            according to the town council" in english
    assert "(bare)        200 à 300" in french
    assert "on            le 10\u00a0mars 2021" in french
    assert "  source  gazette_1, paragraph 3" in lines


def test_a_single_number_has_no_form_between(content: Path) -> None:
    change(content, "facts/figures.yml", 'low: "200"\n    high: "300"', 'value: "300"')
    change(content, "facts/figures.yml", 'bound: "range"', 'bound: "about"')
    english = lines_after("en", lines_of(content, "protesters"))
    assert "(bare)        about 300" in english
    assert not [line for line in english if line.startswith("between")]


def test_where_it_is_cited_titles_and_yaml_texts_included(content: Path) -> None:
    assert lines_after("cited in 6 places", lines_of(content, "closure")) == [
        "facts/claims.yml:10:68  {{ closure.date }}",
        "facts/claims.yml:11:76  {{ closure.date }}",
        "sections/en/closing.md:4:29  {{ closure.on }}",
        "sections/en/closing.md:8:53  {{ closure.on }}",
        "sections/fr/closing.md:4:25  {{ closure.on }}",
        "sections/fr/closing.md:7:51  {{ closure.on }}",
    ]


@pytest.mark.parametrize(
    ("wanted", "resting"),
    [
        ("closure", ["correction fix_date"]),
        ("town", ["figure protesters", "event closure", "claim wants_footbridge"]),
        ("gazette", ["event closure", "claim wants_footbridge", "source gazette_1"]),
        ("gazette_1", ["figure protesters", "event closure", "claim wants_footbridge"]),
        ("villeneuve", ["event closure"]),
    ],
)
def test_what_rests_on_it(content: Path, wanted: str, resting: list[str]) -> None:
    assert lines_after("rests on it", lines_of(content, wanted)) == resting


def test_a_term_as_each_language_explains_it(content: Path) -> None:
    lines = lines_of(content, "footbridge")
    assert lines[0] == "term footbridge  (glossary.yml:2:10)"
    assert lines_after("fr", lines) == [
        "term         passerelle",
        "definition   Pont étroit, réservé aux piétons.",
    ]
    assert [line for line in lines if "cited in" in line] == ["  cited in 4 places"]


def test_a_section_by_the_links_that_lead_to_it(content: Path) -> None:
    assert lines_of(content, "section:closing") == [
        "section closing  (sections/fr/closing.md:1:1)",
        "  cited in 2 places",
        "    sections/en/crossing.md:10:10  [the closure](section:closing)",
        "    sections/fr/crossing.md:11:12  [la fermeture](section:closing)",
    ]


def test_what_nothing_cites_says_so(content: Path) -> None:
    assert "  cited nowhere" in lines_of(content, "crossing")


def test_an_id_of_two_kinds_is_shown_under_both(content: Path) -> None:
    change(content, "glossary.yml", 'id: "footbridge"', 'id: "town"')
    for name in ("facts/claims.yml", "sections/fr/crossing.md", "sections/en/crossing.md"):
        path = content / name
        path.write_text(path.read_text().replace("term:footbridge", "term:town"))
    heads = [line for line in lines_of(content, "town") if not line.startswith(" ")]
    assert heads == ["actor town  (actors.yml:14:10)", "term town  (glossary.yml:2:10)"]
    assert lines_of(content, "term:town")[0] == heads[1]


@pytest.mark.parametrize("wanted", ["figure:protesters", "fact:protesters"])
def test_the_kind_may_be_named(content: Path, wanted: str) -> None:
    assert lines_of(content, wanted) == lines_of(content, "protesters")


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ("protester", 'no entry has the id "protester"; did you mean "protesters"?'),
        ("term:town", 'no term has the id "town"; known: footbridge'),
        ("lady:town", 'no lady has the id "town"'),
    ],
)
def test_an_unknown_id(content: Path, wanted: str, message: str) -> None:
    with pytest.raises(ContentError) as caught:
        explain(explainer_of(content), wanted)
    assert messages(caught.value) == [message]
