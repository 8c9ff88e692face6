from __future__ import annotations

import json

import pytest

from reperes.text.problems import Place, Problem, warning
from reperes.text.reports import as_github, as_json, as_text, count

ERROR = Problem(Place("content/facts/figures.yml", 14, 11), 'high: expected "3"', "shape")
WARNING = warning(Place("a.md"), "l’été", "stale")


def test_text_is_a_line_a_problem() -> None:
    assert as_text([ERROR, WARNING]) == (
        'content/facts/figures.yml:14:11: error: high: expected "3" [shape]\n'
        "a.md:1:1: warning: l’été [stale]"
    )


def test_json_holds_every_field() -> None:
    assert json.loads(as_json([ERROR, WARNING])) == [
        {
            "path": "content/facts/figures.yml",
            "line": 14,
            "column": 11,
            "severity": "error",
            "rule": "shape",
            "message": 'high: expected "3"',
        },
        {
            "path": "a.md",
            "line": 1,
            "column": 1,
            "severity": "warning",
            "rule": "stale",
            "message": "l’été",
        },
    ]


def test_an_entry_to_add_stands_under_its_problem() -> None:
    entry = '- id: "deaths"\n  day: "2019-03-16"\n'
    problem = Problem(Place("a.yml"), "add it", "edition", entry=entry)
    below = 'a.yml:1:1: error: add it [edition]\n    - id: "deaths"\n      day: "2019-03-16"'
    assert as_text([problem]) == below
    assert json.loads(as_json([problem]))[0]["entry"] == entry
    assert "a.yml,line=1,col=1,title=edition::add it%0A- id: " in as_github([problem])


def test_no_problems_are_json_too() -> None:
    assert json.loads(as_json([])) == []


def test_github_is_a_workflow_command_a_problem() -> None:
    assert as_github([ERROR, WARNING]) == (
        '::error file=content/facts/figures.yml,line=14,col=11,title=shape::high: expected "3"\n'
        "::warning file=a.md,line=1,col=1,title=stale::l’été"
    )


@pytest.mark.parametrize(
    ("message", "escaped"),
    [
        ("100%", "100%25"),
        ("two\nlines\r", "two%0Alines%0D"),
        ("a: b, c", "a: b, c"),
        ("%0A", "%250A"),
        ("::error::", "::error::"),
    ],
)
def test_github_messages_are_escaped(message: str, escaped: str) -> None:
    line = as_github([Problem(Place("a.md"), message, "shape")])
    assert line == f"::error file=a.md,line=1,col=1,title=shape::{escaped}"


def test_github_properties_are_escaped_further() -> None:
    line = as_github([Problem(Place("a,b:c%\n.md"), "x", "one, two: three")])
    assert line == "::error file=a%2Cb%3Ac%25%0A.md,line=1,col=1,title=one%2C two%3A three::x"


@pytest.mark.parametrize(
    ("problems", "words"),
    [
        ([], "no problems"),
        ([ERROR], "1 error"),
        ([ERROR, ERROR], "2 errors"),
        ([WARNING], "1 warning"),
        ([ERROR, WARNING, WARNING], "1 error, 2 warnings"),
    ],
)
def test_count(problems: list[Problem], words: str) -> None:
    assert count(problems) == words
