"""Headings of sections: their level, and the ids by which both languages share an address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reperes.model.explainer import Explainer
from reperes.model.site import Section
from reperes.text.blocks import Block, Kind, read_blocks
from reperes.text.problems import Place, Problem, Text, quoted

RULE = "heading"
_ID = re.compile(r"^[a-z][a-z0-9_-]*$")
_CONTAINERS: Mapping[Kind, str] = {
    "list": "a list",
    "definitions": "a list of terms",
    "quote": "a quotation",
    "footnote": "a footnote",
}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a section; `id` is None where none is written.

    `inside` says what it stands in ("a list"), "" where it stands for itself.
    """

    level: int
    text: str
    id: str | None
    place: Place
    block: Block
    inside: str = ""


def headings(section: Section) -> Sequence[Heading]:
    """The headings of a section in order."""
    return section.body.kept(_headings_of)


def _headings_of(body: Text) -> tuple[Heading, ...]:
    return tuple(_headings(read_blocks(body)))


def _headings(blocks: Iterable[Block], inside: str = "") -> Iterator[Heading]:
    for block in blocks:
        if block.kind == "heading":
            heading_id = block.id or None
            place = block.text.place
            yield Heading(block.level, block.words, heading_id, place, block, inside)
        yield from _headings(block.inner, _CONTAINERS.get(block.kind, inside))


def _fault(heading: Heading, seen: set[str]) -> str | None:
    """What is wrong with a heading, after headings whose ids are `seen`; or None."""
    marks = "#" * heading.level
    if heading.block.underlined:
        example = f"## {heading.text[:60]} {{#short_name}}"
        return f'an underlined heading; write "{example}" (or a blank line before the rule)'
    if heading.inside:
        found = f"{quoted(f'{marks} {heading.text}')} makes a heading in {heading.inside}"
        return f'{found}; write "\\#" for the character, or the heading at the margin'
    if heading.level not in (2, 3):
        shown = quoted(f"{marks} {heading.text}")
        return f'{shown}: sections have headings "##" and "###"; the title is "#"'
    if not heading.text:
        return f'"{marks}" alone makes a heading without words; write them, or remove it'
    if heading.id is None:
        # Of other attributes in braces ("{#deadline .wide}"), the id is what was meant.
        words, brace, attributes = heading.text.partition("{")
        meant = re.search(r"#([a-z][a-z0-9_-]*)", attributes) if brace else None
        if meant is None and (span := heading.block.id_span):
            before, typed = heading.block.text[: span[0]], heading.block.text[slice(*span)]
            advice = "remove the other braces" if before.endswith(" ") else "put a space before it"
            return f"{quoted(typed)} is shown as it is, and is no id; {advice}"
        wanted = meant[1] if meant else "short_name"
        example = f"{marks} {words.rstrip()[:60]} {{#{wanted}}}"
        return f'a heading without an id; write "{example}", with the same id in each language'
    if not _ID.match(heading.id):
        return (
            f"heading id {quoted(heading.id)}: write small letters, digits, _ and -, a letter first"
        )
    if heading.id in seen:
        return f'heading id "{heading.id}" stands twice in this section; choose another'
    return None


def faults(section: Section) -> Sequence[tuple[Heading, str]]:
    """The headings of a section that are not as they should be, and why."""
    return section.body.kept(_faults_of)


def _faults_of(body: Text) -> tuple[tuple[Heading, str], ...]:
    seen: set[str] = set()
    found = []
    for heading in body.kept(_headings_of):
        message = _fault(heading, seen)
        if message:
            found.append((heading, message))
        seen.add(heading.id or "")
    return tuple(found)


def check_section(explainer: Explainer, section_id: str) -> Iterator[Problem]:
    """A heading that is not of level two or three, or has no id, or one that is taken."""
    for section in explainer.versions(section_id):
        for heading, message in faults(section):
            yield Problem(heading.place, message, RULE)
