"""Headings of sections: their level, and the ids by which both languages share an address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from build_tools.explainer import Explainer
from build_tools.facts import Section
from build_tools.markup import mask_code, split_blocks
from build_tools.problems import Place, Problem, quoted

RULE = "heading"
_HEADING = re.compile(r"(?m)^(#{1,6})([ \t]*)([^#\n][^\n]*)$")
_HEADING_ID = re.compile(r"\{#([^{}\s]+)\}$")
_UNDERLINED = re.compile(r"([^\n]+)\n(?:=+|-+)[ ]*(?:\n|$)")
_ID = re.compile(r"^[a-z][a-z0-9_-]*$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a section; `id` is None where none is written."""

    level: int
    text: str
    id: str | None
    place: Place


def headings(section: Section) -> list[Heading]:
    """The headings of a section in order."""
    return [_heading(match, section) for match in _HEADING.finditer(mask_code(section.body))]


def _heading(match: re.Match[str], section: Section) -> Heading:
    text = section.body[match.start(2) : match.end(3)].strip()
    found = _HEADING_ID.search(text)
    shown = text[: found.start()].rstrip() if found else text
    heading_id = found[1] if found else None
    return Heading(len(match[1]), shown, heading_id, section.body.at(match.start()))


def _fault(heading: Heading, seen: set[str]) -> str | None:
    """What is wrong with a heading, after headings whose ids are `seen`; or None."""
    marks = "#" * heading.level
    if heading.level not in (2, 3):
        shown = quoted(f"{marks} {heading.text}")
        return f'{shown}: sections have headings "##" and "###"; the title is "#"'
    if heading.id is None:
        # Of other attributes in braces ("{#deadline .wide}"), the id is what was meant.
        words, brace, attributes = heading.text.partition("{")
        found = re.search(r"#([a-z][a-z0-9_-]*)", attributes)
        wanted = found[1] if brace and found else "short_name"
        example = f"{marks} {words.rstrip()[:60]} {{#{wanted}}}"
        return f'a heading without an id; write "{example}", with the same id in each language'
    if not _ID.match(heading.id):
        return (
            f"heading id {quoted(heading.id)}: write small letters, digits, _ and -, a letter first"
        )
    if heading.id in seen:
        return f'heading id "{heading.id}" stands twice in this section; choose another'
    return None


def faults(section: Section) -> Iterator[tuple[Heading, str]]:
    """The headings of a section that are not as they should be, and why."""
    seen: set[str] = set()
    for heading in headings(section):
        message = _fault(heading, seen)
        if message:
            yield heading, message
        seen.add(heading.id or "")


def check(explainer: Explainer) -> Iterator[Problem]:
    """A heading that is not of level two or three, or has no id, or one that is taken."""
    for sections in explainer.sections.values():
        for section in sections.values():
            for heading, message in faults(section):
                yield Problem(heading.place, message, RULE)
            yield from _check_underlined(section)


def _check_underlined(section: Section) -> Iterator[Problem]:
    for block in split_blocks(section.body):
        match = _UNDERLINED.match(block)
        if match and mask_code(block).strip():
            example = f"## {match[1].strip()} {{#short_name}}"
            message = f'an underlined heading; write "{example}" (or a blank line before the rule)'
            yield Problem(block.place, message, RULE)
