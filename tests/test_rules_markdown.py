"""Markdown that sections may hold, and what is refused with which words."""

from __future__ import annotations

import pytest

from reperes.rules import markdown
from reperes.rules.markdown import check_text
from reperes.text.problems import Place, Text
from support import found_in, said_by, with_body

ACCEPTED = [
    "{{ passengers }}, {{ passengers.by }}",
    "## The pier {#pier}",
    "## The pier {#pier .wide}",
    "##The pier {#pier}",
    "Braces in `{ code }`",
    "```\n{ code }\n<b>\n```",
    "A paragraph\n###The pier {#pier}\nand more",
    "- ## The pier {#pier}",
    "The pier {#pier}\n---",
    "3 < 4 and 4 > 3",
    "<https://example.org/>",
    "A note[^1].\n\n[^1]: The note.",
    "| a | b |\n| --- | --: |\n| x | y |",
    "above\n\n---\n\nbelow",
    "[words](term:pier) and [more](https://example.org/)",
    "a&nbsp;b &#233; &hellip; می&zwnj;خواهم `&#8238;` &nothing;",
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
    (
        "a[^b]\n\n[^b\nc]: d",
        '3:1: a footnote whose mark ends on another line; write "]" on this one',
    ),
    (
        "a\nb &#8238;c",
        (
            '2:3: "&#8238;" stands for a character that turns the direction of the text '
            "(U+202E, right-to-left override); remove it"
        ),
    ),
    (
        "&shy;",
        '1:1: "&shy;" stands for a character that nobody sees (U+00AD, soft hyphen); remove it',
    ),
    (
        "a&zwnj;b",
        (
            '1:2: "&zwnj;" stands for a character that nobody sees '
            "(U+200C, zero width non-joiner); remove it"
        ),
    ),
    ("[a] (term:pier)", '1:3: a space between "]" and "("; remove it'),
    ("## A {#a} b {#b}", f'1:6: "{{#a}}" {ATTRIBUTES}'),
    ("## A {#a onclick=b}", '1:4: the attribute "onclick"; only headings have one, their {#id}'),
    ("- a ` <b>\n- c ` d", "1:7: HTML (<b>); write Markdown, or put it in `code` to show it"),
    ("a `b\n<br>` c", "2:1: HTML (<br>); write Markdown, or put it in `code` to show it"),
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


INDENTED = (
    "lines indented by four spaces are shown as code; take the spaces out, "
    "or put ``` on a line before and after"
)


@pytest.mark.parametrize(
    ("body", "problems"),
    [
        ("- a\n\n    b\n\n    - c\n\nd[^1]\n\n[^1]: e\n\n    f", []),
        ("a\n    b", []),
        ("```\na\n\n    b\n```", []),
        ("- a\n    - b\n        - c\n            - d", []),
        ("a\n\n    b", [f"3:5: {INDENTED}"]),
        ("- a\n\n        b", [f"3:9: {INDENTED}"]),
        (
            "a[^1]\n\n[^1]: b[^2]\n\n    [^2]: c",
            ["5:5: the footnote [^2] stands inside another; write it at the margin"],
        ),
        (
            "> " * 9 + "a",
            ["1:17: more than 8 lists or quotations inside one another; write fewer"],
        ),
    ],
)
def test_blocks_that_are_refused(body: str, problems: list[str]) -> None:
    assert found_in(said_by(markdown, with_body(body))) == problems
