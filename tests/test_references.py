"""The marks by which prose cites facts and links entries: found, located, replaced."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reperes.model.references import (
    IMAGE,
    Link,
    Placeholder,
    faults_in,
    is_citation,
    marks_in,
    replace_between,
    replace_marks,
)
from support import examples, text

PIECES = st.sampled_from(
    [
        "{{",
        "}}",
        "{",
        "}",
        "[",
        "]",
        "(",
        ")",
        "](",
        "term:",
        "fact:a",
        "`",
        "```",
        "\\",
        "!",
        "<",
        "b>",
        "<b>",
        "é",
        "[x]:",
        "\n",
        " ",
        "{{ a }}",
        "{{ b.by }}",
        "[x](term:y)",
        "[x](fact:y)",
    ]
)
TEXTS = st.lists(PIECES, max_size=25).map("".join) | st.text()


def typed_marks(value: str) -> list[str]:
    return [str(mark) for mark in marks_in(text(value))]


def problems_in(value: str) -> list[str]:
    found = faults_in(text(value))
    return [f"{p.place.line}:{p.place.column}: {p.message}" for p in found]


@pytest.mark.parametrize(
    ("value", "marks"),
    [
        ("{{ a }} et {{b.by}}", ["{{ a }}", "{{ b.by }}"]),
        ("{{\u00a0a\u00a0}}", ["{{ a }}"]),
        ("[un mot](term:x), [deux](section:y)", ["[un mot](term:x)", "[deux](section:y)"]),
        ("[`x` y](term:x)", ["[`x` y](term:x)"]),
        ("[a\nb](actor:x)", ["[a\nb](actor:x)"]),
        ("`{{ a }}` et ``[b](term:c)``", []),
        ("```\n{{ a }}\n```\n{{ b }}", ["{{ b }}"]),
        ("[x](https://example.org) [y](mailto:z) [w](#here)", []),
        ("prose sans marque", []),
        ("a < b, x <3, <https://example.org>, 5 > 4", []),
        ("[^1] et\n\n[^1]: une note", []),
        ("[x]: https://example.org", []),
    ],
)
def test_marks_are_found(value: str, marks: list[str]) -> None:
    assert typed_marks(value) == marks
    assert problems_in(value) == []


def test_marks_know_their_places() -> None:
    link, placeholder = marks_in(text("\né [un](term:x)\n{{ a.on }}", 5))
    assert isinstance(link, Link)
    assert (str(link.place), str(link.id_place)) == ("f:6:3", "f:6:13")
    assert isinstance(placeholder, Placeholder)
    assert (str(placeholder.place), placeholder.id, placeholder.form) == ("f:7:1", "a", "on")


@pytest.mark.parametrize(
    ("value", "cites"),
    [
        ("{{ a }}", True),
        ("{{ a.by }}", True),
        ("[x](claim:a)", True),
        ("[x](fact:a)", True),
        ("[x](term:a)", False),
    ],
)
def test_what_cites_a_fact(value: str, cites: bool) -> None:
    assert is_citation(marks_in(text(value))[0]) is cites


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("é {{ a", '1:3: "{{" is not closed; write "{{ a }}"'),
        ("{{", '1:1: "{{" is not closed; write "{{ id }}"'),
        ("{{ a }", '1:1: "{{" is not closed; write "{{ a }}"'),
        ("{{ a. Suite.", '1:1: "{{" is not closed; write "{{ a }}"'),
        ("a }}", '1:3: "}}" closes nothing; write "{{ id }}"'),
        ("{{{ a }}}", '1:1: "{{{ a }}}" is no placeholder; write "{{ a }}"'),
        ("{{ a\n}}", '1:1: "{{ a }}" is no placeholder; write "{{ a }}"'),
        ("{{ A-b . By }}", '1:1: "{{ A-b . By }}" is no placeholder; write "{{ a_b.by }}"'),
        ("{{ a|b }}", '1:1: "{{ a|b }}" is no placeholder; write "{{ id }}" or "{{ id.form }}"'),
    ],
)
def test_braces_that_make_no_placeholder_are_reported_once(value: str, problem: str) -> None:
    assert problems_in(value) == [f"{problem} (literal braces go in `code`)"]


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("[x {{ a }}](term:b)", "1:4: {{ a }} stands inside a link; put it beside the link"),
        ("[x](term:)", "1:5: a link to no term; write its id, as in [words](term:ID)"),
        ("[ ](term:b)", "1:1: a link to term:b without words; write [words](term:b)"),
        ("![x](term:b)", f"1:1: {IMAGE}"),
        (
            "![x](picture:b)",
            (
                '1:1: "x" in the brackets of a picture; write "![](picture:b)",'
                " for pictures.yml has its caption and its alt"
            ),
        ),
        (
            "[x](picture:b)",
            '1:1: a picture is shown, not linked; write "![](picture:b)" on a line of its own',
        ),
        ("![](picture:)", "1:5: a link to no picture; write its id, as in ![](picture:ID)"),
        ("a!{{ b }}", '1:2: "!" right before {{ b }} makes an image of it; write a space between'),
        (
            "[a [b] c](term:d)",
            '1:9: "](term:d)" ends no link; write "[words](term:d)", no bracket in the words',
        ),
    ],
)
def test_what_is_malformed_is_said_once(value: str, problem: str) -> None:
    assert problems_in(value) == [problem]


@given(TEXTS)
@examples(100)
def test_any_text_has_marks_and_problems(value: str) -> None:
    typed = text(value)
    marks, problems = marks_in(typed), faults_in(typed)
    assert all(1 <= problem.place.line <= value.count("\n") + 1 for problem in problems)
    for mark in marks:
        (again,) = [m for m in marks_in(text(value[mark.start : mark.end])) if m.start == 0]
        assert str(again) == str(mark)
        assert typed.at(mark.start) == mark.place


@given(TEXTS)
@examples(100)
def test_marks_overlap_only_where_that_is_an_error(value: str) -> None:
    marks, problems = marks_in(text(value)), faults_in(text(value))
    for one, other in pairwise(marks):
        inside = any(p.place == other.place and "inside a link" in p.message for p in problems)
        assert one.end <= other.start or (isinstance(other, Placeholder) and inside)


@given(TEXTS)
@examples(60)
def test_replacing_marks_by_themselves_gives_the_text_back(value: str) -> None:
    marks, problems = marks_in(text(value)), faults_in(text(value))
    if not any("inside a link" in problem.message for problem in problems):
        assert replace_marks(value, marks, lambda mark: value[mark.start : mark.end]) == value


def test_marks_are_replaced_and_what_is_between_passed_through() -> None:
    value = "a {{ b }} c [d](term:e)"
    marks = marks_in(text(value))
    parts = replace_between(value, marks, lambda mark: mark.id, str.upper)
    assert "".join(parts) == "A b C e"


@pytest.mark.parametrize(
    "piece", ["[", "{{", "}}", "{{ ", "](", "[a](term:b) ", "{{ a }} ", "<a", "!["]
)
def test_long_texts_are_read_to_their_end(piece: str) -> None:
    """Quadratic work would take minutes; `make bench` has the figures."""
    value = piece * (300_000 // len(piece))
    marks = marks_in(text(value))
    assert replace_marks(value, marks, lambda mark: value[mark.start : mark.end]) == value
