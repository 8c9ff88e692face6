"""An explainer as a whole: every fact by id, every section by language, and what cites what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from build_tools.baselines import FACTS, Baseline
from build_tools.blocks import Block
from build_tools.dates import FactDate
from build_tools.drawings.map_plan import MapPlan
from build_tools.facts import (
    Actor,
    Claim,
    Correction,
    Event,
    Fact,
    Figure,
    GeoPlace,
    Section,
    Site,
    Source,
    Term,
)
from build_tools.locales import Locale
from build_tools.pairing import OF_THE_ORIGINAL, Age, Row, RowState, age, section_rows, text_state
from build_tools.problems import Text
from build_tools.references import Link, Mark, find_marks, is_citation
from build_tools.schema import RESERVED_IDS
from build_tools.translations import localized_texts

SectionKey = tuple[str, str]
"""A language code and a section id."""

_IdsOf = Callable[[str, str], tuple[str, ...]]


@dataclass(frozen=True)
class Explainer:
    """Everything that pages and rules read.

    Entries are by id, in the order of their files. `sections` are by language, then by id; a
    section that one language lacks is absent there, and `refused` are those of which a file is
    there, but could not be read; `refused_baselines` are the same of baselines. `marks` have a key
    for every section that exists. `baselines` are the texts as they were when translated, by the
    language of the translation, then by the section's id, or "facts" for the YAML texts; none
    where nothing was stamped.
    `map` is the plan of the locator map, where the explainer has one.
    `whole` is false where something was refused, so that what refers to it may seem to be missing.
    """

    site: Site
    sources: Mapping[str, Source]
    actors: Mapping[str, Actor]
    places: Mapping[str, GeoPlace]
    terms: Mapping[str, Term]
    figures: Mapping[str, Figure]
    events: Mapping[str, Event]
    claims: Mapping[str, Claim]
    corrections: Mapping[str, Correction]
    sections: Mapping[str, Mapping[str, Section]]
    locales: Mapping[str, Locale]
    marks: Mapping[SectionKey, tuple[Mark, ...]]
    baselines: Mapping[SectionKey, Baseline]
    refused: frozenset[SectionKey] = frozenset()
    refused_baselines: frozenset[SectionKey] = frozenset()
    map: MapPlan | None = None
    whole: bool = True

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """Figures, events and claims: one namespace."""
        return {**self.figures, **self.events, **self.claims}

    @property
    def languages(self) -> tuple[str, ...]:
        return self.site.language_codes

    @property
    def reading_order(self) -> tuple[str, ...]:
        """Section ids as readers meet them, then the introductions of generated pages."""
        return (*self.site.section_ids, *RESERVED_IDS)

    def section(self, language: str, section_id: str) -> Section | None:
        """The section in that language, or None where it has not been written."""
        return self.sections[language].get(section_id)

    def section_or_other(self, language: str, section_id: str) -> Section | None:
        """The section in that language, else in the first other one that has it."""
        order = (language, *(code for code in self.languages if code != language))
        found = (self.section(code, section_id) for code in order)
        return next((section for section in found if section is not None), None)

    def original_of(self, section_id: str) -> Section | None:
        """The version of a section that is no translation, or None where it is not written."""
        versions = (self.section(code, section_id) for code in self.languages)
        return next((version for version in versions if version and not version.original), None)

    def translated_pair(self, language: str, section_id: str) -> tuple[Section, Section] | None:
        """The original and the translation of a section, where both are written."""
        translation = self.sections.get(language, {}).get(section_id)
        if translation is None or translation.original is None:
            return None
        original = self.sections.get(translation.original, {}).get(section_id)
        # Of two that each call the other the original, neither is one.
        return (original, translation) if original and original.original is None else None

    def rows(self, language: str, section_id: str) -> tuple[Row, ...]:
        """The blocks of a translated section beside those of its original; none of another one."""
        key = language, section_id
        if key not in self._rows:
            pair = self.translated_pair(*key)
            self._rows[key] = section_rows(*pair, self.baselines.get(key)) if pair else ()
        return self._rows[key]

    @cached_property
    def _rows(self) -> dict[SectionKey, tuple[Row, ...]]:
        return {}

    def partners(self, section: Section, other: Section) -> Iterator[tuple[Block, Block]]:
        """Blocks of a section, each with one of its original or translation that says the same."""
        translation, section_id = section if section.original else other, str(section.id)
        pair = self.translated_pair(translation.language, section_id)
        if pair is None or set(map(id, pair)) != {id(section), id(other)}:
            return
        for row in self.rows(translation.language, section_id):
            for block in row.translations:
                if row.original is not None and section is translation:
                    yield block, row.original
                elif row.original is not None:
                    yield row.original, block

    def age(self, language: str, section_id: str) -> Age | None:
        """How a section stands in a language; None where nothing can be said of it.

        That is so where its file, or all of its other versions, could not be read.
        """
        section = self.section(language, section_id)
        if section is None:
            known = self.section_or_other(language, section_id) is not None
            return Age("missing") if known and (language, section_id) not in self.refused else None
        rows = self.rows(language, section_id)
        return age(rows) if rows else Age("original")

    def last_change(self, language: str, page_id: str) -> FactDate:
        """The day a page last changed: its section's own, else the site's."""
        section = self.section_or_other(language, page_id)
        return (section.updated if section else None) or self.site.updated

    def corrections_of(self, target_id: str) -> tuple[Correction, ...]:
        """What was changed in an entry or a section after publication, the latest first."""
        return tuple(entry for entry in self.corrections_in_order if entry.target_id == target_id)

    @cached_property
    def corrections_in_order(self) -> tuple[Correction, ...]:
        """The corrections, the latest first."""
        corrections = self.corrections.values()
        return tuple(sorted(corrections, key=lambda entry: entry.day.sort_key, reverse=True))

    def cited_facts(self, language: str, section_id: str) -> tuple[str, ...]:
        """Ids of the facts that a section cites, each once, in the order of its text."""
        marks = self.marks.get((language, section_id), ())
        ids = (mark.id for mark in marks if is_citation(mark))
        return tuple(dict.fromkeys(ids))

    def linked(self, language: str, section_id: str, scheme: str) -> tuple[str, ...]:
        """Ids that a section links under a scheme, each once, in the order of its text."""
        marks = self.marks.get((language, section_id), ())
        ids = (mark.id for mark in marks if isinstance(mark, Link) and mark.scheme == scheme)
        return tuple(dict.fromkeys(ids))

    @cached_property
    def _citing(self) -> Mapping[str, tuple[str, ...]]:
        return self._index(self.cited_facts)

    @cached_property
    def _using_term(self) -> Mapping[str, tuple[str, ...]]:
        return self._index(lambda language, section: self.linked(language, section, "term"))

    def cited_in(self, fact_id: str) -> tuple[str, ...]:
        """Ids of the sections that cite a fact in any language, in reading order."""
        return self._citing.get(fact_id, ())

    def term_used_in(self, term_id: str) -> tuple[str, ...]:
        """Ids of the sections that link a term in any language, in reading order."""
        return self._using_term.get(term_id, ())

    def _index(self, ids_of: _IdsOf) -> Mapping[str, tuple[str, ...]]:
        index: dict[str, dict[str, None]] = {}
        for section_id in self.reading_order:
            for language in self.languages:
                for found in ids_of(language, section_id):
                    index.setdefault(found, {})[section_id] = None
        return {found: tuple(sections) for found, sections in index.items()}

    def yaml_texts(self) -> Iterator[tuple[str, Mapping[str, Text]]]:
        """Every bilingual text of the YAML files, after its path ("figures/displaced/label")."""
        yield from self._yaml_texts

    @cached_property
    def _yaml_texts(self) -> tuple[tuple[str, Mapping[str, Text]], ...]:
        return tuple(self._find_yaml_texts())

    def _find_yaml_texts(self) -> Iterator[tuple[str, Mapping[str, Text]]]:
        for path, texts in localized_texts_of_site(self.site):
            yield path, texts
        if self.map is not None:
            for path, texts in localized_texts(self.map, self.languages):
                yield f"map/{path}", texts
        groups: Iterable[tuple[str, Mapping[str, object]]] = (
            ("sources", self.sources),
            ("actors", self.actors),
            ("places", self.places),
            ("terms", self.terms),
            ("figures", self.figures),
            ("events", self.events),
            ("claims", self.claims),
            ("corrections", self.corrections),
        )
        for group, entries in groups:
            for entry_id, entry in entries.items():
                for path, texts in localized_texts(entry, self.languages):
                    yield f"{group}/{entry_id}/{path}", texts

    def yaml_states(self, language: str) -> Mapping[str, RowState]:
        """How each YAML text stands in a language, by path; "unstamped" where none was stamped."""
        if language not in self._yaml_states:
            baseline, first = self.baselines.get((language, FACTS)), self.languages[0]
            known = {unit.id: unit for unit in baseline.units} if baseline else {}
            self._yaml_states[language] = {
                path: text_state(known.get(path), texts[first], texts[language])
                if baseline
                else "unstamped"
                for path, texts in self.yaml_texts()
            }
        return self._yaml_states[language]

    @cached_property
    def _yaml_states(self) -> dict[str, Mapping[str, RowState]]:
        return {}

    @cached_property
    def stale_yaml_texts(self) -> frozenset[str]:
        """Paths of the YAML texts of which some translation has to follow its original."""
        return frozenset(
            path
            for language in self.languages[1:]
            for path, state in self.yaml_states(language).items()
            if state in OF_THE_ORIGINAL
        )

    @cached_property
    def yaml_marks(self) -> tuple[tuple[str, str, Mark], ...]:
        """Marks in YAML texts, as path of the text, language, mark."""
        return tuple(
            (path, language, mark)
            for path, texts in self.yaml_texts()
            for language, text in texts.items()
            if "{{" in text or "](" in text
            for mark in find_marks(text)[0]
        )


def localized_texts_of_site(site: Site) -> Iterator[tuple[str, Mapping[str, Text]]]:
    """The site's own texts, under "site"."""
    for path, texts in localized_texts(site, site.language_codes):
        yield f"site/{path}", texts
