"""Headings have the right level, and an id that both languages share."""

from __future__ import annotations

import pytest
from support import found_in, with_body

from build_tools.rules.headings import check, headings


def found(body: str) -> list[str]:
    return found_in(check(with_body(body)))


@pytest.mark.parametrize(
    "body",
    [
        "## Un titre {#un}\n\n### Un autre {#autre-2}",
        "##Un titre {#un}",
        "## {{ passengers }} passagers {#un}",
        "## Le `code` {#un}  ",
        "```\n# un commentaire\n```",
        "`\n# pas un titre`",
        "Un mot # au milieu",
        "Un paragraphe.\n\n---\n\nUn autre.",
        "Un\nparagraphe\n---",
    ],
)
def test_good_headings(body: str) -> None:
    assert found(body) == []


UNDERLINED = 'write "## Un {#short_name}" (or a blank line before the rule)'
SAME = "with the same id in each language"


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("## Un", f'1:1: a heading without an id; write "## Un {{#short_name}}", {SAME}'),
        ("é\n\n###Un", f'3:1: a heading without an id; write "### Un {{#short_name}}", {SAME}'),
        (
            "## Un {un}",
            f'1:1: a heading without an id; write "## Un {{#short_name}}", {SAME}',
        ),
        (
            "## Le délai {#deadline onclick=x}",
            f'1:1: a heading without an id; write "## Le délai {{#deadline}}", {SAME}',
        ),
        ("# Un {#un}", '1:1: "# Un": sections have headings "##" and "###"; the title is "#"'),
        ("#### A {#a}", '1:1: "#### A": sections have headings "##" and "###"; the title is "#"'),
        (
            "## Un {#Un}",
            '1:1: heading id "Un": write small letters, digits, _ and -, a letter first',
        ),
        ("## Un {#2}", '1:1: heading id "2": write small letters, digits, _ and -, a letter first'),
        (
            "## Un {#a}\n\n## Deux {#a}",
            '3:1: heading id "a" stands twice in this section; choose another',
        ),
        ("Un\n--", f"1:1: an underlined heading; {UNDERLINED}"),
    ],
)
def test_bad_headings(body: str, problem: str) -> None:
    assert found(body) == [problem]


def test_headings_are_listed_with_their_words_and_ids() -> None:
    section = with_body("## Un `b` {#un}\n\ntexte\n\n### Deux").sections["fr"]["money"]
    assert [(h.level, h.text, h.id, str(h.place)) for h in headings(section)] == [
        (2, "Un `b`", "un", "f:1:1"),
        (3, "Deux", None, "f:5:1"),
    ]


@pytest.mark.parametrize("line", ["# " + " " * 100_000 + "x", "## " + "{#" * 50_000, "#" * 100_000])
def test_long_lines_are_read_to_their_end(line: str) -> None:
    """Quadratic work would take minutes; `make bench` has the figures."""
    assert all(len(problem) < 300 for problem in found(line))
