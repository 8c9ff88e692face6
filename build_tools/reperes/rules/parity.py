"""What one language of a section says and another does not, and what has grown old."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence, Set
from itertools import permutations

from reperes.model.baselines import FACTS, HEAD
from reperes.model.explainer import Explainer, once_for_an_explainer
from reperes.model.references import Link, is_citation
from reperes.model.site import Section
from reperes.rules.headings import Heading, faults, headings
from reperes.text.problems import Place, Problem, Severity, quoted, warning
from reperes.translation.staleness import age_of, partners, rows_of
from reperes.translation.status import (
    Finding,
    FindingKind,
    status_of_facts,
    status_of_section,
)
from reperes.translation.status_reports import KIND_WORDS
from reperes.translation.word_differences import brief, word_difference

RULE = "parity"
STALE_RULE = "stale"
_Found = Mapping[str, Place]


def check_section(explainer: Explainer, section_id: str) -> Iterator[Problem]:
    """A section that one language lacks or that is old there, and sets that differ."""
    for language in explainer.languages:
        rows = rows_of(explainer, language, section_id)
        if rows and all(row.is_fresh for row in rows):
            continue
        for status in status_of_section(explainer, language, section_id):
            for finding in status.findings:
                yield from _stale(finding, explainer)
    if explainer.is_listed(section_id):
        for section, other in permutations(explainer.versions(section_id), 2):
            yield from _check_sets(section, other, explainer)
    yield from _check_days(explainer.versions(section_id))


def check_rest(explainer: Explainer) -> Iterator[Problem]:
    """Texts of YAML that are old in a language."""
    for language in explainer.languages:
        if explainer.texts_into(language):
            for finding in status_of_facts(explainer, language).findings:
                yield from _stale(finding, explainer)


def _check_days(versions: Sequence[Section]) -> Iterator[Problem]:
    """A section that describes another day than it does in an earlier language."""
    dated = [(version, version.as_of) for version in versions if version.as_of is not None]
    for section, as_of in dated[1:]:
        first, day = dated[0]
        if as_of != day:
            message = f"section {section.id}: as_of: {as_of.text} here, {day.text} in {first.path}"
            yield Problem(section.id.place, f"{message}; write the same day, or remove one", RULE)


def _stale(finding: Finding, explainer: Explainer) -> Iterator[Problem]:
    """What a translator must look at, at its line in the translation."""
    target, place = finding.target, finding.beside or finding.place
    stamp = f"`reperes stamp {target}`"
    if finding.kind == "orphaned":
        yield from _without_original(explainer.section(*target.key))
        return
    if finding.kind == "missing":
        path = f"sections/{target.language}/{target.name}.md"
        message = f"section {target.name} has no {path}; readers see it in another language"
        yield warning(place, message, RULE)
    elif target.key in explainer.refused_baselines:
        return  # What is wrong with its baseline has been said.
    elif finding.kind == "unstamped":
        what = (
            f"the {target.language} texts of the YAML files"
            if target.name == FACTS
            else "this translation"
        )
        verb = "are" if target.name == FACTS else "is"
        message = f"nothing says how old {what} {verb}; compare, then run {stamp}"
        yield warning(place, message, STALE_RULE)
    else:
        message = f"{_name(finding)}: {KIND_WORDS[finding.kind]}{_shown(finding)}"
        advice = _ADVICE[finding.kind]
        if finding.kind == "added" and finding.translations:
            advice = _ADVICE["edited"]  # Somebody has written a translation already.
        yield warning(place, f"{message}; {advice.format(stamp)}", STALE_RULE)


def _without_original(section: Section | None) -> Iterator[Problem]:
    """A translation of nothing. Texts and baselines that are left over from one hurt no reader."""
    if section is not None and section.original is not None:
        path = f"sections/{section.original}/{section.id}.md"
        message = f"there is no {path} that this would be translated from"
        fix = "bring it back, or remove `original`"
        yield warning(section.original.place, f"{message}; {fix}", RULE)


_ADVICE: Mapping[FindingKind, str] = {
    "changed": "translate, then run {}",
    "edited": "compare, then run {}",
    "both": "compare, then run {}",
    "lost": "put it back, or say it with the block before and stamp the section",
    "added": "translate, then run {}",
    "repeated": "translate, then run {}",
    "removed": "remove its translation, or run {}",
    "extra": "remove it, or run {} to keep it",
    "moved": "move it too, or run {} to leave it there",
    "divided": "compare, then run {}",
}


def _name(finding: Finding) -> str:
    """What a finding is found in, as people call it."""
    part = finding.target.part
    named = finding.target.name == FACTS or part in HEAD or part.startswith("#")
    return part if named else f"paragraph {part}"


def _shown(finding: Finding) -> str:
    """In brackets, what changed."""
    sides = []
    if finding.kind in ("changed", "both"):
        sides.append(brief(word_difference(finding.was, finding.now or "")))
    if finding.kind in ("edited", "both"):
        now = "\n\n".join(finding.translations)
        sides.append(brief(word_difference(finding.translation_was, now)))
    if finding.kind in ("lost", "removed"):
        sides.append(quoted(finding.translation_was or finding.was, 40))
    return f" ({'; '.join(sides)})" if sides else ""


def _check_sets(section: Section, other: Section, explainer: Explainer) -> Iterator[Problem]:
    """What `other` has and `section` lacks, reported where it is missing."""
    here, there = (_named(explainer, each.language, str(each.id)) for each in (section, other))
    lacking = {noun: there[noun].keys() - here[noun].keys() for noun in _SETS}
    if any(lacking.values()):
        yield from _check_lacking(section, other, explainer, lacking)
    if section.original is not None:
        yield from _check_order(section, other, here["the picture"], there["the picture"])


def _check_lacking(
    section: Section, other: Section, explainer: Explainer, lacking: Mapping[str, Set[str]]
) -> Iterator[Problem]:
    ages = [age_of(explainer, each.language, str(each.id)) for each in (section, other)]
    old = any(age is not None and age.follows_an_edit for age in ages)
    severity = Severity.WARNING if old else Severity.ERROR
    there = _named(explainer, other.language, str(other.id))
    renamed: Mapping[str, Heading] = {}
    for noun in _SETS:
        if noun == _HEADING:
            if any(faults(each) for each in (section, other)):
                continue
            renamed = _renamed_headings(section, other, explainer)
            yield from _check_renamed(section, other, renamed, severity)
        for missing, place in there[noun].items():
            if missing in lacking[noun] and not (noun == _HEADING and missing in renamed):
                message = (
                    f"{noun} {missing} is missing; the {other.language} text has it at {place}"
                )
                yield Problem(section.title.place, message, RULE, severity)


def _check_order(
    section: Section, other: Section, here: _Found, there: _Found
) -> Iterator[Problem]:
    """One problem for the two sides, in the translation, where the same pictures are elsewhere."""
    if here.keys() == there.keys() and [*here] != [*there]:
        pairs = zip(here, there, strict=True)
        ours, theirs = next((ours, theirs) for ours, theirs in pairs if ours != theirs)
        found = f"the picture {ours} where the {other.language} text has {theirs}"
        message = f"{found}, at {there[theirs]}; show them in the same order"
        yield warning(here[ours], message, RULE)


def _renamed_headings(
    section: Section, other: Section, explainer: Explainer
) -> Mapping[str, Heading]:
    """Our headings by the ids that `other` alone has in their place."""
    here = {each.id: each for each in headings(section) if each.id}
    there = {each.id: each for each in headings(other) if each.id}
    renamed = {}
    for block, twin in partners(explainer, section, other):
        both_known = block.id in here and twin.id in there
        if both_known and block.id not in there and twin.id not in here:
            renamed[twin.id] = here[block.id]
    return renamed


def _check_renamed(
    section: Section, other: Section, renamed: Mapping[str, Heading], severity: Severity
) -> Iterator[Problem]:
    """One problem for the two sides, in the translation."""
    if section.original is None:
        return
    places = _heading_ids(other)
    for other_id, heading in renamed.items():
        found = f'heading id "{heading.id}" is "{other_id}" in the {other.language} text'
        message = f"{found}, at {places[other_id]}; write the same id in each language"
        yield Problem(heading.place, message, RULE, severity)


_HEADING = "the heading with id"
_SETS = ("the citation of", "the link to term", "the picture", _HEADING)
"""What each language of a section has, by how messages call it."""


@once_for_an_explainer
def _named(explainer: Explainer, language: str, section_id: str) -> Mapping[str, _Found]:
    """Where a section first names each thing of those sets, by id; of entries, those that exist."""
    section = explainer.section(language, section_id)
    assert section is not None, "who asks has a section"
    facts, linked, shown = explainer.facts, explainer.terms, explainer.pictures
    cited: dict[str, Place] = {}
    terms: dict[str, Place] = {}
    pictures: dict[str, Place] = {}
    for mark in explainer.marks[language, section_id]:
        known: tuple[Container[str], ...]
        if is_citation(mark):
            found, known = cited, (facts, linked, shown)
        elif isinstance(mark, Link) and mark.scheme == "term":
            found, known = terms, (linked, facts, shown)
        elif isinstance(mark, Link) and mark.is_picture:
            found, known = pictures, (shown, facts, linked)
        else:
            continue
        if mark.id not in found and any(mark.id in entries for entries in known):
            found[mark.id] = mark.place
    return dict(zip(_SETS, (cited, terms, pictures, _heading_ids(section)), strict=True))


def _heading_ids(section: Section) -> _Found:
    # A heading without a sound id is reported by its own rule; it would seem to be missing here.
    return {heading.id: heading.place for heading in headings(section) if heading.id}
