"""What a problem looks like, and what every kind of slip in the content is told."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pytest
import yaml

from reperes.text.problems import (
    ContentError,
    Place,
    Problem,
    Severity,
    Text,
    did_you_mean,
    quoted,
    warning,
)
from support import TESTS, TOY, problems_of, replace_in, text, toy_copy

CASES = [
    pytest.param(case, id=f"{path.stem}: {case['case']}")
    for path in sorted((TESTS / "problems").glob("*.yml"))
    for case in yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
]


def change(file: Path, case: dict[str, Any]) -> None:
    """Replace a part of a file, or write the whole file anew, or remove it."""
    if "change" in case:
        replace_in(file, case["change"], case["into"])
    elif "into" in case:
        file.parent.mkdir(exist_ok=True)
        file.write_text(case["into"], "utf-8")
    else:
        file.unlink()


def test_the_toy_explainer_has_no_problem() -> None:
    assert problems_of(TOY) == []


@pytest.mark.parametrize("case", CASES)
def test_a_change_has_these_problems_and_no_others(case: dict[str, Any]) -> None:
    with toy_copy() as content:
        change(content / case["file"], case)
        assert problems_of(content) == case["problems"]


def test_problems_say_where_how_bad_what_and_which_rule() -> None:
    place = Place("content/site.yml", 3, 7)
    assert str(Problem(place, "oh", "shape")) == "content/site.yml:3:7: error: oh [shape]"
    assert str(warning(place, "oh", "shape")) == "content/site.yml:3:7: warning: oh [shape]"


def test_problems_sort_by_file_line_and_column() -> None:
    places = [Place("b", 1, 1), Place("a", 10, 1), Place("a", 2, 20), Place("a", 2, 3)]
    problems = ContentError(Problem(place, "oh") for place in places).problems
    assert [str(problem.place) for problem in problems] == ["a:2:3", "a:2:20", "a:10:1", "b:1:1"]


def test_severity_makes_no_second_problem() -> None:
    assert Problem(Place("a"), "oh") == Problem(Place("a"), "oh", severity=Severity.WARNING)


@pytest.mark.parametrize(
    ("offset", "place"),
    [(0, "f:3:5"), (2, "f:3:7"), (3, "f:4:1"), (4, "f:5:1"), (6, "f:5:3"), (7, "f:5:4")],
)
def test_an_offset_has_its_place_in_the_file(offset: int, place: str) -> None:
    assert str(text("ab\n\ncde", 3, 5).at(offset)) == place


def test_parts_of_a_text_with_escapes_are_reported_at_its_start() -> None:
    assert str(Text("a\nb", Place("f", 2, 9), exact=False).at(2)) == "f:2:9"


def test_a_text_keeps_its_place_through_pickling() -> None:
    copy = pickle.loads(pickle.dumps(Text("é", Place("f", 2, 9), exact=False)))
    assert (copy, copy.place, copy.exact) == ("é", Place("f", 2, 9), False)


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        ("350\u00a0000", '"350\u00a0000"'),
        ("a\nb\tc", '"a\\nb\\tc"'),
        ("\u202e", '"\\u202e"'),
        ("a" * 61, f'"{"a" * 59}…"'),
        ("", '""'),
    ],
)
def test_what_was_found_is_shown_on_one_line(found: str, shown: str) -> None:
    assert quoted(found) == shown


@pytest.mark.parametrize(
    ("word", "known", "hint"),
    [
        ("dispaced", ["deaths", "displaced"], '; did you mean "displaced"?'),
        ("xyz", ["deaths", "displaced"], "; known: deaths, displaced"),
        ("xyz", [str(number) for number in range(13)], ""),
        ("xyz", [], ""),
    ],
)
def test_the_nearest_known_word_is_proposed(word: str, known: list[str], hint: str) -> None:
    assert did_you_mean(word, known) == hint
