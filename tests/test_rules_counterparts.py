"""Links, footnotes and tables that one language has and the other lacks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest

from reperes.model.baselines import Baseline, BaselineUnit
from reperes.model.explainer import Explainer
from reperes.model.references import marks_in
from reperes.rules import counterparts
from support import said_by, text, toy

TAIL = re.compile(" is missing| at en:")


def differences(french: str, english: str) -> list[str]:
    """What is said of a section that was written in English: language, line, message."""
    return [
        f"{problem.place.path} {problem.place.line}: {TAIL.split(problem.message)[0]}"
        for problem in said_by(counterparts, with_bodies({"fr": french, "en": english}))
    ]


def with_bodies(bodies: Mapping[str, str]) -> Explainer:
    explainer = toy()
    sections, marks = dict(explainer.sections), dict(explainer.marks)
    for language, body in bodies.items():
        old = explainer.sections[language]["money"]
        typed = text(body)
        typed.place = typed.place._replace(path=language)
        title = text("T", 9)
        title.place = title.place._replace(path=language)
        new = replace(old, body=typed, title=title)
        sections[language] = {**sections[language], "money": new}
        marks[language, "money"] = tuple(marks_in(typed))
    return replace(explainer, sections=sections, marks=marks)


TABLE = "| a | b |\n|---|---|\n| 1 | 2 |\n"
LONGER_TABLE = f"{TABLE}| 3 | 4 |\n"


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("[la mairie](actor:town)", "[town](actor:town), the [council](actor:town)"),
        ("[a](section:closure) [b](actor:town)", "[b](actor:town)\n\n[a](section:closure)"),
        ("<https://fr.example.org/a>", "[x](http://www.example.org/b#c)"),
        ("[x](mailto:a@example.org)", "<mailto:b@example.org>"),
        ("`https://example.org`", "nothing"),
        ("a[^1]\n\n[^1]: oui", "a[^1]\n\n[^1]: yes"),
        (TABLE, f"words\n\n{TABLE.replace('|---|---|', ':--|:-:')}"),
        (TABLE, "a | b\n-|-\n1 | 2"),
        (TABLE, f"## T {{#t}}\n{TABLE}"),
        (TABLE, "- | a | b |\n  |---|---|\n  | 1 | 2 |"),
        ("| `a|b` | \\| |\n|---|---|\n| 1 | 2 |", TABLE),
        (f"```\n{TABLE}```", "code"),
        ("One. Two. Three.", "One; two; three."),
    ],
)
def test_parts_with_their_like(french: str, english: str) -> None:
    assert differences(french, english) == []


@pytest.mark.parametrize(
    ("french", "english", "found"),
    [
        ("[x](source:courrier_article)", "x", ["en 9: the link to source courrier_article"]),
        ("x", "[x](place:port_clair)", ["fr 9: the link to place port_clair"]),
        ("<https://a.example>", "<https://b.example>", ["fr 9: a link to b.example"]),
        ("<https://a.b/1> <https://a.b/2>", "<https://a.b/1>", ["en 9: a link to a.b"]),
        ("a[^b]\n\n[^b]: c", "a", ["en 9: the footnote [^b]"]),
        (TABLE, "words", ["en 9: a table of 2 columns and 1 row"]),
        (TABLE, f"words\n{TABLE}", ["en 9: a table of 2 columns and 1 row"]),
        (
            f"a\n\n{TABLE}| 3 | 4 |",
            TABLE,
            ["fr 3: a table of 2 columns and 2 rows; the en text has 2 columns and 1 row"],
        ),
        (
            f"{TABLE}\n{LONGER_TABLE}",
            f"{LONGER_TABLE}\n{TABLE}",
            ["fr 1: a table of 2 columns and 1 row; the en text has 2 columns and 2 rows"],
        ),
    ],
)
def test_parts_without_their_like(french: str, english: str, found: list[str]) -> None:
    assert found[0] in differences(french, english)


def test_a_table_that_is_known_to_stand_elsewhere_has_its_like() -> None:
    bodies = {"fr": f"{TABLE}\n{LONGER_TABLE}", "en": f"{LONGER_TABLE}\n{TABLE}"}
    explainer = with_bodies(bodies)
    units = (BaselineUnit("b", LONGER_TABLE, LONGER_TABLE), BaselineUnit("a", TABLE, TABLE, "a"))
    baselines = {**explainer.baselines, ("fr", "money"): Baseline(units)}
    assert list(said_by(counterparts, replace(explainer, baselines=baselines))) == []


def test_a_mistyped_id_is_not_said_to_be_missing_too() -> None:
    assert differences("[x](actor:twon)", "[x](actor:town)") == []
