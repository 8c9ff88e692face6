"""Markdown of other places: what the page shows as typed or takes otherwise, and what works."""

from __future__ import annotations

import pytest

from reperes.rules.markdown import faults_of
from support import text

ACCEPTED = [
    "- a\n- b\n    - c\n        - d\n- e",
    "1. a\n2. b\n\n    A paragraph of b.\n\n3. c",
    "- a\nwhich goes on",
    "Words:\n\n- a\n- b\n\nMore words.\n\n1. c\n2. d",
    "> a quotation\n>\n> - a\n> - b",
    "| a | b |\n| --- | :-: |\n| `1 | 2` | 3 \\| 4 |",
    "a | b\n--- | ---\n1 | 2",
    "above\n\n---\n\nbelow\n\n* * *",
    "Word\n: What it means.",
    "```js\n- [ ] ~~a~~\n!!! b\n```",
    "~~~\n==a==\n~~~",
    "A break  \nof the line, at 10:30, 3 ~ 4, a == b, 2 ^ 3, a:b:c.",
    "`~~a~~`, `:smile:`, `https://example.org`, `[[a]]`, `!!!`",
    "[https://example.org](https://example.org) and <https://example.org>",
    "– Yes, she said.\n– No, he said.",
]
REFUSED = [
    (
        "- a\n  - b",
        "2:3: an item indented by 2 spaces becomes one of the outer list; indent by four spaces",
    ),
    (
        "1. a\n   - b",
        "2:4: an item indented by 3 spaces becomes one of the outer list; indent by four spaces",
    ),
    (
        "- a\n\n  more of a",
        "3:3: a paragraph indented by 2 spaces stands outside the list; indent by four spaces",
    ),
    (
        "- a\n\n1. b",
        '3:1: "1." becomes a bullet, as in the list before; put a line of words between the two',
    ),
    ("words\n- a\n- b", '2:1: "- a" makes no list; put a blank line before the list'),
    ("> words\n> - a", '2:3: "- a" makes no list; put a blank line before the list'),
    ("1) a\n2) b", '1:1: "1) a" makes no list; write "1." with a point'),
    ("• a\n• b", '1:1: "• a" makes no list; write "- " instead'),
    ("-a\n-b", '1:1: "-a" makes no list; write a space after "-"'),
    ("- [ ] a", '1:3: "[ ]" is shown as typed; there are no boxes to tick, remove it'),
    (
        "a ~~b~~",
        '1:3: "~~b~~" is shown as typed; nothing is struck through here, say it in words',
    ),
    ("a ==b==", '1:3: "==b==" is shown as typed; write **words** instead'),
    ("H~2~O", '1:2: "~2~" is shown as typed; write ₂ or ² itself'),
    ("a :smile:", '1:3: ":smile:" is shown as typed; write the character itself'),
    ("a [[b]]", '1:3: "[[b]]" is shown as typed; write [words](section:ID)'),
    (
        "See https://example.org/a.",
        (
            '1:5: "https://example.org/a" is shown as text, not as a link;'
            " write [words](https://…) or <https://…>"
        ),
    ),
    (
        "a\\\nb",
        (
            '1:2: "\\" at the end of a line is shown as typed;'
            " end the line with two spaces to break it"
        ),
    ),
    (
        "!!! note\n    b",
        (
            '1:1: "!!! note" makes no box here, and is shown as typed; write a paragraph, or a'
            " quotation with >"
        ),
    ),
    (
        "> [!NOTE]\n> b",
        (
            '1:3: "[!NOTE]" makes no box here, and is shown as typed;'
            " write the words, **Note** for one"
        ),
    ),
    (
        "*[UN]: b",
        '1:1: "*[UN]:" is shown as typed; put an abbreviation into glossary.yml, and link it',
    ),
    (
        "    a",
        (
            "1:5: lines indented by four spaces are shown as code; take the spaces out, or put ```"
            " on a line before and after"
        ),
    ),
    (
        "| a | b |\n| --- | --- |\n| 1 |",
        (
            "3:1: a row of 1 cell in a table of 2 columns, where the rest stay empty; give it 2"
            " (a | within one is \\|)"
        ),
    ),
    (
        "| a | b |\n| 1 | 2 |",
        (
            "1:1: a table without titles is shown as typed; write a line of titles, and | --- |"
            " --- | below"
        ),
    ),
    (
        '```{.js onclick="a"}\nx\n```',
        '1:1: attributes on a fence ("```{.js onclick="a"}"); write "```js"',
    ),
    ("<a@example.org>", '1:1: <a@example.org> is no address yet; write "<mailto:a@example.org>"'),
]


def found(value: str, kind: str = "section") -> list[str]:
    problems = faults_of(text(value), kind)
    return [f"{p.place.line}:{p.place.column}: {p.message}" for p in problems]


@pytest.mark.parametrize("value", ACCEPTED)
def test_accepted(value: str) -> None:
    assert found(value) == []


@pytest.mark.parametrize(("value", "problem"), REFUSED)
def test_refused(value: str, problem: str) -> None:
    assert found(value) == [problem]


@pytest.mark.parametrize(
    "value", ["- a\n\n    ```\n    b\n    ```", "```js a\nb\n```", "```\nb", " ```\n b\n ```"]
)
def test_fences_that_are_none(value: str) -> None:
    assert all("opens no code; begin the line with it" in each for each in found(value))
    assert found(value)


def test_emphasis_where_nothing_is_markdown() -> None:
    message = '"**a**" is shown as typed here, for this is no Markdown; write the words alone'
    assert found("b **a**", "text") == [f"1:3: {message}"]


@pytest.mark.parametrize(
    "piece", ["[", "](", "`[x](term:y)` ", " \n", "- a\n\n", "a\n\n  b\n\n", "| a ", "{{ a }}!"]
)
def test_long_texts_are_read_to_their_end(piece: str) -> None:
    """Work that grows with the square of the length would take minutes."""
    found(piece * (30_000 // len(piece)))
