"""Headings have the right level, and an id that both languages share."""

from __future__ import annotations

import pytest

from reperes.rules import headings
from support import found_in, said_by, with_body


def found(body: str) -> list[str]:
    return found_in(said_by(headings, with_body(body)))


@pytest.mark.parametrize(
    "body",
    [
        "## Un titre {#un}\n\n### Un autre {#autre-2}",
        "##Un titre {#un}",
        "## {{ passengers }} passagers {#un}",
        "## Le `code` {#un}  ",
        "```\n# un commentaire\n```",
        "    # du code",
        "# finit par une barre\\",
        "\\# pas un titre",
        "| # | ## |\n|---|----|",
        "## Un ## {#un}",
        "## Un {#un} ##",
        "Un paragraphe,\n## Un titre {#un}\net la suite",
        "Un mot # au milieu",
        "Un paragraphe.\n\n---\n\nUn autre.",
        "Un\nparagraphe\n---",
    ],
)
def test_good_headings(body: str) -> None:
    assert found(body) == []


UNDERLINED = 'write "## Un {#short_name}" (or a blank line before the rule)'
ELSEWHERE = 'write "\\#" for the character, or the heading at the margin'
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
        (
            "Un titre de plus\n==\nEt la suite",
            f"1:1: an underlined heading; {UNDERLINED.replace('Un', 'Un titre de plus')}",
        ),
        (
            "`\n# pas du code`",
            '2:1: "# pas du code`": sections have headings "##" and "###"; the title is "#"',
        ),
        (
            "##Un{#un}",
            '1:1: "{#un}" is shown as it is, and is no id; put a space before it',
        ),
        (
            "## Un {#un} {#deux}",
            '1:1: a heading without an id; write "## Un {#un}", with the same id in each language',
        ),
        ("## {#un}", '1:1: "##" alone makes a heading without words; write them, or remove it'),
        ("##", '1:1: "##" alone makes a heading without words; write them, or remove it'),
        (
            "- # de fois\n- deux",
            f'1:3: "# de fois" makes a heading in a list; {ELSEWHERE}',
        ),
        (
            "- un\n\n    ## Deux {#deux}",
            f'3:5: "## Deux" makes a heading in a list; {ELSEWHERE}',
        ),
        (
            "> un\n>\n> ## Deux {#deux}",
            f'3:3: "## Deux" makes a heading in a quotation; {ELSEWHERE}',
        ),
        (
            "Un.[^1]\n\n[^1]: Note.\n\n    ## Deux {#deux}",
            f'5:5: "## Deux" makes a heading in a footnote; {ELSEWHERE}',
        ),
    ],
)
def test_bad_headings(body: str, problem: str) -> None:
    assert found(body) == [problem]


def test_headings_are_listed_with_their_words_and_ids() -> None:
    section = with_body("## Un `b` {#un}\n\ntexte\n\n### Deux").sections["fr"]["money"]
    assert [(h.level, h.text, h.id, str(h.place)) for h in headings.headings(section)] == [
        (2, "Un `b`", "un", "f:1:1"),
        (3, "Deux", None, "f:5:1"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "# " + " " * 100_000 + "x",
        "## " + "{#" * 50_000,
        "##{#" + "a" * 100_000 + "}",
        "a" * 100_000 + "\n==",
        "#" * 100_000,
    ],
)
def test_long_lines_are_read_to_their_end(line: str) -> None:
    """Quadratic work would take minutes; `make bench` has the figures."""
    assert all(len(problem) < 300 for problem in found(line))
