"""Markdown that sections may hold, and what is refused with which words."""

from __future__ import annotations

import pytest

from build_tools.problems import Place, Text
from build_tools.rules.markdown import check_text

ACCEPTED = [
    "{{ passengers }}, {{ passengers.by }}",
    "## The pier {#pier}",
    "## The pier {#pier .wide}",
    "##The pier {#pier}",
    "Braces in `{ code }`",
    "```\n{ code }\n<b>\n```",
    "3 < 4 and 4 > 3",
    "<https://example.org/>",
    "A note[^1].\n\n[^1]: The note.",
    "| a | b |\n| --- | --: |\n| x | y |",
    "above\n\n---\n\nbelow",
    "[words](term:pier) and [more](https://example.org/)",
]
ATTRIBUTES = "gives attributes, which a section has none of; remove it"
REFUSED = [
    ("a { pier.on } b", '1:3: "{ pier.on }" is no citation; write "{{ pier.on }}"'),
    ("*a*{: .loud}", f'1:4: "{{: .loud}}" {ATTRIBUTES}'),
    ("*a*{.loud}", f'1:4: "{{.loud}}" {ATTRIBUTES}'),
    ("a{onclick=alert}", f'1:2: "{{onclick=alert}}" {ATTRIBUTES}'),
    ('a {: style="color:red" }', f'1:3: "{{: style="color:red" }}" {ATTRIBUTES}'),
    ("a {voir plus bas} b", '1:3: "{voir plus bas}" is no citation; write "{{ id }}"'),
    (r"\{\{ pier.by \}\}", r'1:1: "\{\{ pier.by \}\}" is no citation; write "{{ pier.by }}"'),
    ("a } b", '1:3: "}" is no citation; write "{{ id }}"'),
    ("<b>a", "1:1: HTML (<b>); write Markdown, or put it in `code` to show it"),
    ("a <!-- b", "1:3: HTML (<!-- b…); write Markdown, or put it in `code` to show it"),
    ("a\n<<<<<<< HEAD\nb", "2:1: a mark of a merge conflict (<<<<<<<); settle it, remove it"),
    ("&#123;&#x7B; a", '1:1: "&#123;&#x7B;" stands for a brace; write braces themselves'),
    ("[a] (term:pier)", '1:3: a space between "]" and "("; remove it'),
    ("[a](term:pier", '1:3: "](term:pier" is not closed; write ")" after the id'),
]


def found(text: str) -> list[str]:
    problems = check_text(Text(text, Place("p")))
    literal = " (literal braces go in `code`)"
    return [f"{p.place.line}:{p.place.column}: {p.message.removesuffix(literal)}" for p in problems]


@pytest.mark.parametrize("text", ACCEPTED)
def test_accepted(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(("text", "problem"), REFUSED)
def test_refused(text: str, problem: str) -> None:
    assert found(text) == [problem]


def test_what_references_report_is_not_reported_twice() -> None:
    assert found("a {{ pier b") == []
