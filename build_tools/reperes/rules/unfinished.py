"""Marks that a writer or a translator left to come back to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reperes.model.explainer import Explainer
from reperes.text.markup import mask_code
from reperes.text.problems import Problem, Text, quoted, warning

RULE = "unfinished"

# In capitals, or in brackets: "todo" is a word of Spanish, a text may speak of what is
# "à traduire", and "[our translation]" is a note to readers. A bracket that begins a link is none.
_MARK = re.compile(
    r"(?<!\w)(?:TODO|FIXME|XXX|TBD|TBC|[ÀA] TRADUIRE|TO TRANSLATE|TO BE TRANSLATED)(?!\w)"
    r"|\[[^\[\]\n]*\b(?i:translate|untranslated|to be translated|traduire|non traduit|todo)\b"
    r"[^\[\]\n]*\](?![(\[:])"
)
_WORDS = ("todo", "fixme", "xxx", "tbd", "tbc", "tradui", "translate")
"""What such a mark has somewhere, in small letters."""


def check_section(explainer: Explainer, section_id: str) -> Iterator[Problem]:
    """Such marks in a section."""
    for section in explainer.versions(section_id):
        for text in section.texts:
            yield from _check_text(text)


def check_rest(explainer: Explainer) -> Iterator[Problem]:
    """Such marks in the texts of YAML."""
    for texts in explainer.yaml_texts.values():
        for text in texts.values():
            yield from _check_text(text)


def _check_text(text: Text) -> Iterator[Problem]:
    for match in _marks(text):
        message = f"{quoted(match[0])} stands in a text that is not finished; finish it"
        yield warning(text.at(match.start()), message, RULE)


def mark_in(text: str) -> str | None:
    """The first such mark in a text, if any."""
    return next((match[0] for match in _marks(text)), None)


def _marks(text: str) -> Iterator[re.Match[str]]:
    letters = text.lower()
    # Code is looked for only where there is something to find.
    if any(word in letters for word in _WORDS) and _MARK.search(text):
        yield from _MARK.finditer(mask_code(text))
