"""What marks a text that somebody means to come back to, and what does not."""

from __future__ import annotations

import pytest

from reperes.rules.checking import check
from reperes.rules.unfinished import mark_in
from support import replace_in, toy_copy

ACCEPTED = [
    "Sobre todo, nada.",
    "A todo list",
    "Le texte à traduire est long.",
    "He said “[our translation]” and “[traduction de la rédaction]”.",
    "[to translate](https://example.org/) and [todo][1]",
    "The XXXL size, a TODOS list, mastodon",
    "`TODO` in code",
    "```\nTODO\n```",
    "An image of 100 Tbd",
]
REFUSED = [
    ("TODO: the rest", "TODO"),
    ("The rest (FIXME).", "FIXME"),
    ("XXX people", "XXX"),
    ("The date is TBD.", "TBD"),
    ("À TRADUIRE : la suite", "À TRADUIRE"),
    ("[à traduire] La suite", "[à traduire]"),
    ("[… translate this …]", "[… translate this …]"),
    ("[todo]", "[todo]"),
    ("Some [needs to be translated] more", "[needs to be translated]"),
]


@pytest.mark.parametrize("text", ACCEPTED)
def test_accepted(text: str) -> None:
    assert mark_in(text) is None


@pytest.mark.parametrize(("text", "mark"), REFUSED)
def test_refused(text: str, mark: str) -> None:
    assert mark_in(text) == mark


def test_the_check_warns_of_it_in_sections_and_in_yaml() -> None:
    with toy_copy() as content:
        replace_in(content / "sections/en/closure.md", "That is", "That (TBD) is")
        replace_in(content / "site.yml", "A line that closes", "A line that closes [to translate]")
        found = [p for p in check(content)[1] if p.rule == "unfinished"]
    assert [(p.place.line, p.message, p.is_error) for p in found] == [
        (14, '"TBD" stands in a text that is not finished; finish it', False),
        (6, '"[to translate]" stands in a text that is not finished; finish it', False),
    ]
