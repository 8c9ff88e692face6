"""Links, footnotes and tables that one language of a text has and another lacks."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from reperes.model.explainer import Explainer, once_for_an_explainer
from reperes.model.references import Link, Mark, is_citation
from reperes.model.resolving import PLAIN_TEXTS
from reperes.model.site import Section
from reperes.rules.parity import RULE
from reperes.text.blocks import Block, all_blocks
from reperes.text.markup import NOTE_MARK, mask_code
from reperes.text.problems import Place, Problem, Severity, warning
from reperes.translation.staleness import partners, stale_yaml_texts

_LINKED = ("section", "actor", "place", "source")
"""What links lead to, beside the facts and terms that `parity` compares in sections."""

_ADDRESS = re.compile(r"(?:https?://|mailto:)(?:[^\s<>()/@]*@)?([^\s<>()\[\]\"'/?#:]+)")

_Parts = Mapping[str, Sequence[Place]]
"""Places by what stands there: one for a thing that counts once, else all of them."""


def check_section(explainer: Explainer, section_id: str) -> Iterator[Problem]:
    """Parts of a section without their like in another language.

    Neither their order nor the sentences around them are compared. The hosts of outside links
    are, and how many links lead to each, for every language may link a page of its own.
    """
    if explainer.is_listed(section_id):
        for section, other in permutations(explainer.versions(section_id), 2):
            yield from _check_versions(section, other, explainer)


def _check_versions(section: Section, other: Section, explainer: Explainer) -> Iterator[Problem]:
    parts = [_parts(explainer, each.language, str(each.id)) for each in (section, other)]
    sound = all(part.is_sound for part in parts)
    here, there = ({**part.links, **part.rest} if sound else part.rest for part in parts)
    for message in _missing(here, there, other.language):
        yield warning(section.title.place, message, RULE)
    yield from _check_tables(section, other, explainer)


def _missing(here: _Parts, there: _Parts, language: str) -> Iterator[str]:
    for part, places in there.items():
        found = len(here.get(part, ()))
        if found < len(places):
            yield f"{part} is missing; the {language} text has it at {places[found]}"


@dataclass(frozen=True)
class _PartsOfSection:
    """What a section links, and the rest; `is_sound` where all that its marks name is known."""

    is_sound: bool
    links: _Parts
    rest: _Parts


@once_for_an_explainer
def _parts(explainer: Explainer, language: str, section_id: str) -> _PartsOfSection:
    section = explainer.section(language, section_id)
    assert section is not None, "who asks has a section"
    marks = explainer.marks[language, section_id]
    parts: dict[str, list[Place]] = {}
    body = mask_code(section.body)
    for match in NOTE_MARK.finditer(body):
        parts.setdefault(f"the footnote {match[0]}", [section.body.at(match.start())])
    has_address = "://" in body or "mailto:" in body
    for match in _ADDRESS.finditer(body) if has_address else ():
        place = section.body.at(match.start())
        parts.setdefault(f"a link to {_host(match[1], explainer)}", []).append(place)
    return _PartsOfSection(_are_known(marks, explainer), _links(marks), parts)


def _host(typed: str, explainer: Explainer) -> str:
    """A host without the label that names its language."""
    labels = "|".join(("www", *explainer.languages))
    return re.sub(rf"^(?:{labels})\.(?=.*\.)", "", typed.lower())


def _are_known(marks: Iterable[Mark], explainer: Explainer) -> bool:
    """Whether marks name what there is; who mistyped an id is told that alone."""
    known: Mapping[str, Container[str]] = {**explainer.entries, "fact": explainer.facts}
    for mark in marks:
        scheme = mark.scheme if isinstance(mark, Link) else "fact"
        if not (explainer.is_listed(mark.id) if scheme == "section" else mark.id in known[scheme]):
            return False
    return True


def _links(marks: Iterable[Mark]) -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = {}
    for mark in marks:
        if isinstance(mark, Link) and mark.scheme in _LINKED:
            found.setdefault(f"the link to {mark.scheme} {mark.id}", [mark.place])
    return found


# Tables


def _tables(section: Section) -> list[Block]:
    return [block for block in all_blocks(section.blocks) if block.kind == "table"]


def _size(table: Block) -> str:
    columns = f"{table.columns} column{'s' * (table.columns > 1)}"
    return f"{columns} and {table.rows} row{'s' * (table.rows > 1)}"


def _check_tables(section: Section, other: Section, explainer: Explainer) -> Iterator[Problem]:
    """Tables that differ in size from those that they say, or that the other language lacks."""
    left = _tables(other)
    lonely = []
    partner_of = {block.start: twin for block, twin in partners(explainer, section, other)}
    for table in _tables(section):
        twin = partner_of.get(table.start)
        if twin not in left:
            lonely.append(table)
            continue
        left.remove(twin)
        if _size(table) != _size(twin):
            yield from _another_size(table, twin, section, other)
    # Tables inside lists or quotations are in no row of their own: those of one size belong
    # together, then those that are left.
    lonely.sort(key=lambda table: _size(table) not in map(_size, left))
    for table in lonely:
        twin = next(
            (each for each in left if _size(each) == _size(table)), left[0] if left else None
        )
        if twin is not None:
            left.remove(twin)
            if _size(table) != _size(twin):
                yield from _another_size(table, twin, section, other)
    for table in left:
        message = f"a table of {_size(table)} is missing; the {other.language} text has it at"
        yield warning(section.title.place, f"{message} {table.text.place}", RULE)


def _another_size(table: Block, twin: Block, section: Section, other: Section) -> Iterator[Problem]:
    """Said once, in the translation."""
    if section.original is not None:
        found = f"{_size(twin)} at {twin.text.place}"
        message = f"a table of {_size(table)}; the {other.language} text has {found}"
        yield warning(table.text.place, message, RULE)


# Texts of the YAML files


def check_rest(explainer: Explainer) -> Iterator[Problem]:
    """As sections: a fact or term of one language alone is an error, unless the text is stale."""
    marks: dict[str, dict[str, list[Mark]]] = {}
    for path, language, mark in explainer.yaml_marks:
        marks.setdefault(path, {}).setdefault(language, []).append(mark)
    stale = stale_yaml_texts(explainer)
    for path, texts in explainer.yaml_texts.items():
        found = marks.get(path, {})
        plain = path.rsplit("/", 1)[-1] in PLAIN_TEXTS
        if not found or plain or not all(_are_known(m, explainer) for m in found.values()):
            continue
        weight = Severity.WARNING if path in stale else Severity.ERROR
        for language, other in permutations(texts, 2):
            here, there = found.get(language, []), found.get(other, [])
            place = texts[language].place
            for message in _missing(_cited(here), _cited(there), other):
                yield Problem(place, f"{path}: {message}", RULE, weight)
            for message in _missing(_links(here), _links(there), other):
                yield warning(place, f"{path}: {message}", RULE)


def _cited(marks: Iterable[Mark]) -> _Parts:
    """The facts and terms that marks name."""
    found: dict[str, list[Place]] = {}
    for mark in marks:
        if is_citation(mark):
            found.setdefault(f"the citation of {mark.id}", [mark.place])
        elif isinstance(mark, Link) and mark.scheme == "term":
            found.setdefault(f"the link to term {mark.id}", [mark.place])
    return found
