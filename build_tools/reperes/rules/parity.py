"""What one language of a section says and another does not, and what has grown old."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import permutations

from reperes.model.baselines import FACTS, HEAD
from reperes.model.explainer import Explainer
from reperes.model.references import Link, Mark, is_citation
from reperes.model.site import Section
from reperes.rules.headings import Heading, faults, headings
from reperes.text.problems import Place, Problem, Severity, quoted, warning
from reperes.translation.staleness import age_of, partners
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
        for status in status_of_section(explainer, language, section_id):
            for finding in status.findings:
                yield from _stale(finding, explainer)
    if explainer.is_listed(section_id):
        for section, other in permutations(explainer.versions(section_id), 2):
            yield from _check_sets(section, other, explainer)


def check_rest(explainer: Explainer) -> Iterator[Problem]:
    """Texts of YAML that are old in a language."""
    for language in explainer.languages:
        if explainer.texts_into(language):
            for finding in status_of_facts(explainer, language).findings:
                yield from _stale(finding, explainer)


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
    ages = [age_of(explainer, each.language, str(each.id)) for each in (section, other)]
    old = any(age is not None and age.follows_an_edit for age in ages)
    severity = Severity.WARNING if old else Severity.ERROR
    renamed: Mapping[str, Heading] = {}
    for noun, found_in in _SETS.items():
        if found_in is _heading_ids:
            if any(any(faults(each)) for each in (section, other)):
                continue
            renamed = _renamed_headings(section, other, explainer)
            yield from _check_renamed(section, other, renamed, severity)
        here, there = found_in(section, explainer), found_in(other, explainer)
        for missing, place in there.items():
            if missing not in here and not (found_in is _heading_ids and missing in renamed):
                message = (
                    f"{noun} {missing} is missing; the {other.language} text has it at {place}"
                )
                yield Problem(section.title.place, message, RULE, severity)
    if section.original is not None:
        yield from _check_order(section, other, explainer)


def _check_order(section: Section, other: Section, explainer: Explainer) -> Iterator[Problem]:
    """One problem for the two sides, in the translation, where the same pictures are elsewhere."""
    here, there = _pictures(section, explainer), _pictures(other, explainer)
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
    places = _heading_ids(other, None)
    for other_id, heading in renamed.items():
        found = f'heading id "{heading.id}" is "{other_id}" in the {other.language} text'
        message = f"{found}, at {places[other_id]}; write the same id in each language"
        yield Problem(heading.place, message, RULE, severity)


def _facts(section: Section, explainer: Explainer) -> _Found:
    return _first_places(section, explainer, is_citation)


def _terms(section: Section, explainer: Explainer) -> _Found:
    def is_term(mark: Mark) -> bool:
        return isinstance(mark, Link) and mark.scheme == "term"

    return _first_places(section, explainer, is_term)


def _pictures(section: Section, explainer: Explainer) -> _Found:
    return _first_places(
        section, explainer, lambda mark: isinstance(mark, Link) and mark.is_picture
    )


def _first_places(section: Section, explainer: Explainer, wanted: Callable[[Mark], bool]) -> _Found:
    """Where a section first names each entry that exists, by id."""
    known = {*explainer.facts, *explainer.terms, *explainer.pictures}
    places: dict[str, Place] = {}
    for mark in explainer.marks[section.language, str(section.id)]:
        if wanted(mark) and mark.id in known:
            places.setdefault(mark.id, mark.place)
    return places


def _heading_ids(section: Section, _: Explainer | None) -> _Found:
    # A heading without a sound id is reported by its own rule; it would seem to be missing here.
    return {heading.id: heading.place for heading in headings(section) if heading.id}


_SETS: Mapping[str, Callable[[Section, Explainer], _Found]] = {
    "the citation of": _facts,
    "the link to term": _terms,
    "the picture": _pictures,
    "the heading with id": _heading_ids,
}
