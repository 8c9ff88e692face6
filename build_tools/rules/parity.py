"""What one language of a section says and another does not, and what has grown old."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from build_tools.explainer import Explainer
from build_tools.facts import Section
from build_tools.problems import Place, Problem, Severity, Text, warning
from build_tools.references import Link, Mark, is_citation
from build_tools.rules.headings import Heading, faults, headings
from build_tools.translations import Age, runs, stale_texts

RULE = "parity"
STALE_RULE = "stale"
_Found = Mapping[str, Place]


def check(explainer: Explainer) -> Iterator[Problem]:
    """Sections and texts that one language lacks or that are old, and sets that differ."""
    for section_id in explainer.reading_order:
        versions = [explainer.section(code, section_id) for code in explainer.languages]
        present = [version for version in versions if version is not None]
        for language in explainer.languages:
            yield from _check_age(section_id, language, present, explainer)
        for section in present:
            for other in present:
                if other is not section:
                    yield from _check_sets(section, other, explainer)
    yield from _check_yaml(explainer)


def _check_age(
    section_id: str, language: str, present: list[Section], explainer: Explainer
) -> Iterator[Problem]:
    age = explainer.ages.get((language, section_id))
    if age is None or not present or age.state in ("original", "fresh"):
        return
    if age.state == "missing":
        path = f"sections/{language}/{section_id}.md"
        message = f"section {section_id} has no {path}; readers see it in another language"
        yield warning(present[0].place, message, RULE)
        return
    section = explainer.section(language, section_id)
    assert section is not None
    yield warning(section.title.place, _age_message(section, age), STALE_RULE)


def _age_message(section: Section, age: Age) -> str:
    stamp = f"`reperes stamp {section.language}/{section.id}`"
    if age.state == "unstamped":
        return f"nothing says how old this translation is; compare it, then run {stamp}"
    parts = [_run(first, last) for first, last in runs(sorted(age.stale))]
    if age.dropped:
        parts.append(f"{age.dropped} removed")
    changed = f" ({', '.join(parts)})" if parts else ""
    return f"the original ({section.original}) has changed{changed}; translate, then run {stamp}"


def _run(first: int, last: int) -> str:
    if last == 0:
        return "title or summary"
    return f"paragraph {first}" if first == last else f"paragraphs {first} to {last}"


def _check_sets(section: Section, other: Section, explainer: Explainer) -> Iterator[Problem]:
    """What `other` has and `section` lacks, reported where it is missing."""
    old = any(
        explainer.ages[version.language, str(version.id)].state == "stale"
        for version in (section, other)
    )
    severity = Severity.WARNING if old else Severity.ERROR
    renamed: Mapping[str, Heading] = {}
    for noun, found_in in _SETS.items():
        if found_in is _heading_ids:
            if any(any(faults(each)) for each in (section, other)):
                continue
            renamed = _renamed_headings(section, other)
            yield from _check_renamed(section, other, renamed, severity)
        ours, theirs = found_in(section, explainer), found_in(other, explainer)
        for missing, place in theirs.items():
            if missing not in ours and not (found_in is _heading_ids and missing in renamed):
                message = (
                    f"{noun} {missing} is missing; the {other.language} text has it at {place}"
                )
                yield Problem(section.title.place, message, RULE, severity)


def _renamed_headings(section: Section, other: Section) -> Mapping[str, Heading]:
    """Our headings by the ids that `other` alone has in their place."""
    ours, theirs = headings(section), headings(other)
    if len(ours) != len(theirs):
        return {}
    our_ids, their_ids = {each.id for each in ours}, {each.id for each in theirs}
    return {
        str(twin.id): heading
        for heading, twin in zip(ours, theirs, strict=True)
        if heading.id not in their_ids and twin.id not in our_ids
    }


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


def _first_places(section: Section, explainer: Explainer, wanted: Callable[[Mark], bool]) -> _Found:
    """Where a section first names each entry that exists, by id."""
    known = {*explainer.facts, *explainer.terms}
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
    "the heading with id": _heading_ids,
}


def _check_yaml(explainer: Explainer) -> Iterator[Problem]:
    """Texts of the YAML files whose original is not as it was when they were translated."""
    original = explainer.languages[0]
    for language, baseline in explainer.fact_baselines.items():
        stamp = f"`reperes stamp {language}/facts`"
        if baseline is None:
            message = f"nothing says how old the {language} texts of the YAML files are"
            yield warning(
                explainer.site.title[language].place, f"{message}; run {stamp}", STALE_RULE
            )
            continue
        pairs = explainer.yaml_texts()
        for path, text in stale_texts(pairs, original, language, baseline):
            yield _stale_text(path, text, original, stamp)


def _stale_text(path: str, text: Text, original: str, stamp: str) -> Problem:
    message = f"{path}: the {original} text is new or has changed; compare, then run {stamp}"
    return warning(text.place, message, STALE_RULE)
