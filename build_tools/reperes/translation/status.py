"""The state of every translation: what is up to date, stale, missing or orphaned, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from reperes.model.baselines import FACTS, baseline_path
from reperes.model.explainer import Explainer
from reperes.model.site import Section
from reperes.text.problems import Place, Text
from reperes.translation.rows import Row, RowState
from reperes.translation.staleness import Age, age_of, rows_of, states_of_yaml
from reperes.translation.targets import Target

TextState = Literal["fresh", "stale", "missing", "orphaned"]
"""From the best state to the worst."""

FindingKind = Literal[RowState, "missing", "orphaned"]
"""Why a translator must look at something.

Nearly always the state of a row (`rows.Row`). "unstamped" of a whole text says that nothing can
be compared; "missing", that it is not translated at all; "orphaned", that it is a translation or a
baseline whose original is gone.
"""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a translator must look at.

    `place` is that of the original; of what only the translation or a baseline has, its place
    there. `was` is the original as it was when translated, "" where that is not known; `now` as it
    is, None where it is gone. `translations` are the blocks that say it, none where there are none,
    or where they say it together with another block, `along`; `translation_was` is what they said
    when they were compared, "" where that is not known. `beside` is where in the translation's
    file to look: at the first of those blocks, else where one would stand.
    """

    target: Target
    kind: FindingKind
    place: Place
    was: str = ""
    now: Text | None = None
    translations: tuple[Text, ...] = ()
    along: str = ""
    translation_was: str = ""
    beside: Place | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """How much there is of something in an original, and how much of it is up to date."""

    all: int = 0
    fresh: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.all + other.all, self.fresh + other.fresh)

    @property
    def percent(self) -> int:
        """The share that is up to date, rounded down so that 100 means all; 100 of nothing."""
        return self.fresh * 100 // self.all if self.all else 100


@dataclass(frozen=True, slots=True)
class TextStatus:
    """The state of a section, or of the YAML texts, in a language that it is translated into.

    `path` is the file of the translation, whether it is written or not; for the YAML texts, that
    of their baseline. `blocks` and `words` are counted in the original.
    """

    target: Target
    state: TextState
    path: str
    blocks: Count = Count()
    words: Count = Count()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class LanguageStatus:
    """All that is translated into one language, sections in reading order."""

    language: str
    texts: tuple[TextStatus, ...]

    @property
    def blocks(self) -> Count:
        return sum((text.blocks for text in self.texts), Count())

    @property
    def words(self) -> Count:
        return sum((text.words for text in self.texts), Count())

    @property
    def findings(self) -> Sequence[Finding]:
        return [finding for text in self.texts for finding in text.findings]


def translation_status(explainer: Explainer) -> list[LanguageStatus]:
    """The state of the translations into each language that has any, in the site's order."""
    found = [
        LanguageStatus(language, tuple(_texts(language, explainer)))
        for language in explainer.languages
    ]
    return [status for status in found if status.texts]


def _texts(language: str, explainer: Explainer) -> Iterator[TextStatus]:
    for section_id in explainer.section_ids:
        yield from status_of_section(explainer, language, section_id)
    if explainer.texts_into(language):
        yield status_of_facts(explainer, language)
    for baseline_language, name in sorted(explainer.baselines):
        target = Target(language, name)
        if baseline_language == language and _is_orphaned_baseline(target, explainer):
            yield _orphan(target, Place(_root(explainer) + baseline_path(*target.key)))


def status_of_section(explainer: Explainer, language: str, section_id: str) -> Iterator[TextStatus]:
    """The state of a section in a language; nothing of an original."""
    target = Target(language, section_id)
    section = explainer.section(*target.key)
    rows = rows_of(explainer, *target.key)
    if section is not None and rows:
        yield _translated(target, section, rows, explainer)
    elif section is not None and section.original is not None:
        if (str(section.original), target.name) not in explainer.refused:
            yield _orphan(target, section.place)
    elif age_of(explainer, *target.key) == Age("missing"):
        original = explainer.original_of(target.name)
        if original is not None:
            blocks, words = _counts((block.text, False) for block in original.headed_blocks)
            finding = Finding(target, "missing", original.place)
            path = f"{_root(explainer)}sections/{target.language}/{target.name}.md"
            yield TextStatus(target, "missing", path, blocks, words, (finding,))


def _translated(
    target: Target, section: Section, rows: Sequence[Row], explainer: Explainer
) -> TextStatus:
    blocks, words = _counts((row.original.text, row.is_fresh) for row in rows if row.original)
    if any(row.state == "unstamped" for row in rows):
        original = explainer.original_of(target.name)
        assert original is not None
        findings: tuple[Finding, ...] = (
            Finding(target, "unstamped", original.place, beside=section.title.place),
        )
    else:
        findings = tuple(_findings(target, rows))
    state: TextState = "stale" if findings else "fresh"
    return TextStatus(target, state, section.path, blocks, words, findings)


def _findings(target: Target, rows: Sequence[Row]) -> Iterator[Finding]:
    """A finding for each row that is not fresh, in their order."""
    beside = rows[0].translations[0].text.place
    of_row = {row.name: row for row in rows}
    for row in rows:
        translations = of_row[row.along].translations if row.along else row.translations
        if translations:
            beside = translations[0].text.place
        if row.state == "fresh":
            continue
        first = row.original or (row.translations[0] if row.translations else None)
        yield Finding(
            Target(target.language, target.name, row.name),
            row.state,
            first.text.place if first else row.was[0].place,
            row.before.original,
            row.original.text if row.original else None,
            tuple(block.text for block in row.translations),
            row.along,
            row.before.translation,
            beside,
        )


def status_of_facts(explainer: Explainer, language: str) -> TextStatus:
    """The state of the YAML texts that are translated into a language."""
    target = Target(language, FACTS)
    baseline = explainer.baselines.get(target.key)
    texts = explainer.texts_into(target.language)
    known = {unit.id: unit for unit in baseline.units} if baseline else {}
    first = explainer.original_for(target.language)
    states = states_of_yaml(explainer, target.language)
    findings = []
    for path, (original, ours) in texts.items():
        unit, row_state = known.pop(path, None), states[path]
        if row_state != "fresh":
            finding = Finding(
                Target(target.language, FACTS, path),
                row_state,
                original.place,
                unit.original if unit else "",
                original,
                (ours,),
                translation_was=unit.translation if unit else "",
                beside=ours.place,
            )
            findings.append(finding)
    orphans = [
        Finding(Target(target.language, FACTS, path), "orphaned", unit.place, unit.original)
        for path, unit in known.items()
    ]
    if baseline is None:
        place = explainer.site.title[target.language].place
        findings = [Finding(target, "unstamped", explainer.site.title[first].place, beside=place)]
    blocks, words = _counts(
        (original, states[path] == "fresh") for path, (original, _) in texts.items()
    )
    state: TextState = "stale" if findings else "orphaned" if orphans else "fresh"
    path = _root(explainer) + baseline_path(*target.key)
    return TextStatus(target, state, path, blocks, words, (*findings, *orphans))


def _counts(texts: Iterable[tuple[str, bool]]) -> tuple[Count, Count]:
    """How many texts there are and are fresh, counted once as texts and once in words."""
    blocks = words = Count()
    for text, fresh in texts:
        length = len(text.split())
        blocks += Count(1, int(fresh))
        words += Count(length, length * fresh)
    return blocks, words


def _orphan(target: Target, place: Place) -> TextStatus:
    finding = Finding(target, "orphaned", place)
    return TextStatus(target, "orphaned", place.path, findings=(finding,))


def _is_orphaned_baseline(target: Target, explainer: Explainer) -> bool:
    """Whether a baseline belongs to no translation that exists or is expected."""
    if target.name == FACTS:
        return not explainer.texts_into(target.language)
    section = explainer.section(*target.key)
    if section is None:
        return explainer.original_of(target.name) is None
    return section.original is None


def _root(explainer: Explainer) -> str:
    """The content folder as messages call it, with a slash."""
    return explainer.site.base_url.place.path.removesuffix("site.yml")
