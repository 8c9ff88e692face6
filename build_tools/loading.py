"""From a content folder to an explainer, or to everything that is wrong with it."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from build_tools.documents import Folder, Table
from build_tools.explainer import Explainer, SectionKey
from build_tools.facts import Entry, Section, Site
from build_tools.locales import Locale, Wording, check_labels, load_default_labels
from build_tools.problems import ContentError, Place, Problem, Text, did_you_mean
from build_tools.references import Mark, find_marks
from build_tools.resolving import Namespaces, resolve_entries, resolve_section, resolve_texts
from build_tools.schema import (
    KINDS,
    RESERVED_IDS,
    Kind,
    duplicate_ids,
    languages_of,
    read_entries,
    read_section,
    read_site,
)
from build_tools.shapes import Mention, Reader, RejectedError
from build_tools.translations import FACTS, Age, Baseline, read_baseline, section_age

FACT_NOUNS = ("figure", "event", "claim")


@dataclass(frozen=True)
class Loaded:
    """What came of loading: an explainer where the frame is sound, and all problems.

    While `problems` holds an error, the explainer lacks what was refused; rules may read it,
    pages must not be made of it. `mentions` are the ids that YAML typed, with their places.
    """

    explainer: Explainer | None
    problems: tuple[Problem, ...]
    folder: Folder
    mentions: tuple[Mention, ...] = ()


@dataclass
class _Gathering:
    """What is read so far. `ids` holds sound and refused ids alike, by namespace."""

    folder: Folder
    reader: Reader
    entries: dict[str, dict[str, Any]] = field(default_factory=dict)
    ids: dict[str, list[Text]] = field(default_factory=dict)

    @property
    def problems(self) -> list[Problem]:
        return self.reader.problems


def load(content: Path) -> Loaded:
    """Read everything in a content folder. Raises ContentError where there is none."""
    with _paused_collection():
        return _load(Folder(content))


@contextmanager
def _paused_collection() -> Iterator[None]:
    # Loading makes many values and drops few; collecting while it does so doubles its time.
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _load(folder: Folder) -> Loaded:
    gathering = _Gathering(folder, Reader(()))
    site = _load_site(gathering)
    if not gathering.reader.languages:
        return Loaded(None, tuple(gathering.problems), folder)
    for kind in KINDS:
        _load_kind(gathering, kind)
    sections = _load_sections(gathering, site)
    locales = _load_locales(gathering, site)
    gathering.problems.extend(_unknown_files(gathering))
    if site is None:
        return Loaded(None, tuple(gathering.problems), folder)
    explainer = _assemble(gathering, site, sections, locales)
    namespaces = _namespaces(gathering, site, sections)
    gathering.problems.extend(resolve_entries(explainer, gathering.reader.mentions, namespaces))
    gathering.problems.extend(resolve_texts(explainer, namespaces))
    for section in _all_sections(sections):
        gathering.problems.extend(resolve_section(section, explainer, namespaces))
    mentions = tuple(gathering.reader.mentions)
    return Loaded(explainer, tuple(gathering.problems), folder, mentions)


def _load_site(gathering: _Gathering) -> Site | None:
    table = _read(gathering, "site.yml", required=True)
    if table is None:
        return None
    gathering.reader.languages = languages_of(table)
    try:
        return read_site(table, gathering.reader)
    except RejectedError:
        return None


def _read(gathering: _Gathering, relative: str, required: bool = False) -> Table | None:
    folder = gathering.folder
    if not required and not folder.has(relative):
        return None
    try:
        return folder.read_yaml(relative)
    except ContentError as error:
        gathering.problems.extend(error.problems)
        return None


def _load_kind(gathering: _Gathering, kind: Kind) -> None:
    table = _read(gathering, kind.path)
    entries, ids = read_entries(table, kind, gathering.reader) if table else ([], [])
    gathering.entries[kind.noun] = _by_id(entries)
    gathering.ids[kind.noun] = ids
    if kind.noun not in FACT_NOUNS:
        gathering.problems.extend(duplicate_ids(ids, kind.noun))
    elif kind.noun == FACT_NOUNS[-1]:
        every = [fact_id for noun in FACT_NOUNS for fact_id in gathering.ids[noun]]
        gathering.problems.extend(duplicate_ids(every, "fact"))


def _by_id(entries: Sequence[Entry]) -> dict[str, Any]:
    # Where an id stands twice, its first entry is the one that others are checked against.
    first: dict[str, Any] = {}
    for entry in entries:
        first.setdefault(str(entry.id), entry)
    return first


def _load_sections(gathering: _Gathering, site: Site | None) -> dict[str, dict[str, Section]]:
    sections: dict[str, dict[str, Section]] = {}
    for language in gathering.reader.languages:
        found = sections.setdefault(language, {})
        for name in gathering.folder.names(f"sections/{language}", ".md"):
            section = _load_section(gathering, language, name)
            if section is not None:
                found[name] = section
    if site is not None:
        gathering.problems.extend(_check_order(site, sections, gathering))
        for section in _all_sections(sections):
            gathering.problems.extend(_check_original(section, site, sections))
    return sections


def _load_section(gathering: _Gathering, language: str, name: str) -> Section | None:
    relative = f"sections/{language}/{name}.md"
    reader = gathering.reader
    try:
        document = gathering.folder.read_markdown(relative)
        with reader.inside(f"section {name}"):
            section = read_section(document.front_matter, document.body, language, reader)
    except ContentError as error:
        gathering.problems.extend(error.problems)
        return None
    except RejectedError:
        return None
    if section.id != name:
        message = f'section {name}: id "{section.id}" is not the file\'s name; write "{name}"'
        gathering.problems.append(Problem(section.id.place, message, "shape"))
    if not section.body.strip():
        message = f"section {name}: no text after the front matter; write the section"
        gathering.problems.append(Problem(section.body.place, message, "shape"))
    return section


def _check_order(
    site: Site, sections: Mapping[str, Mapping[str, Section]], gathering: _Gathering
) -> Iterator[Problem]:
    written = {
        name
        for language in site.language_codes
        for name in gathering.folder.names(f"sections/{language}", ".md")
    }
    yield from duplicate_ids(list(site.section_ids), "section")
    for section_id in site.section_ids:
        if section_id in RESERVED_IDS:
            message = f'sections: "{section_id}" is the address of a generated page; remove it here'
            yield Problem(section_id.place, message, "shape")
        elif section_id not in written:
            message = f"sections: no file sections/…/{section_id}.md"
            hint = did_you_mean(section_id, written - set(RESERVED_IDS))
            yield Problem(section_id.place, f"{message}{hint}", "reference")
    for section in _all_sections(sections):
        if section.id not in (*site.section_ids, *RESERVED_IDS):
            message = (
                f'section {section.id} is not in the list "sections" of site.yml; add it there'
            )
            yield Problem(section.place, message, "reference")


def _check_original(
    section: Section, site: Site, sections: Mapping[str, Mapping[str, Section]]
) -> Iterator[Problem]:
    name = f"section {section.id}"
    if section.original is None:
        twins = (sections[other].get(section.id) for other in site.language_codes)
        if any(t and t is not section and t.original is None for t in twins):
            message = f"{name}: an original in two languages; give the translation `original:`"
            yield Problem(section.place, message, "parity")
        return
    if section.original == section.language or section.original not in site.language_codes:
        others = [code for code in site.language_codes if code != section.language]
        message = f'{name}: original: expected {" or ".join(others)}, found "{section.original}"'
        yield Problem(section.original.place, message, "parity")
        return
    twin = sections[section.original].get(section.id)
    if twin is not None and twin.original is not None:
        message = f"{name}: a translation in both languages; remove `original:` from the original"
        yield Problem(section.original.place, message, "parity")


def _all_sections(sections: Mapping[str, Mapping[str, Section]]) -> list[Section]:
    return [section for found in sections.values() for section in found.values()]


def _load_locales(gathering: _Gathering, site: Site | None) -> dict[str, Locale]:
    locales: dict[str, Locale] = {}
    for language in site.languages if site else ():
        try:
            labels = load_default_labels(language.code)
        except LookupError:
            message = f'languages: the program has no wording for "{language.code}"'
            gathering.problems.append(Problem(language.code.place, message, "wording"))
            labels = load_default_labels("en")
        overrides = _load_labels(gathering, language.code)
        gathering.problems.extend(check_labels(language.code, overrides))
        wording = Wording(language.code, {**labels, **overrides})
        code = str(language.code)
        locales[code] = Locale(code, str(language.locale), wording)
    return locales


def _load_labels(gathering: _Gathering, language: str) -> dict[str, Text]:
    table = _read(gathering, f"interface/{language}.yml")
    labels: dict[str, Text] = {}
    for key, value in (table.entries if table else {}).items():
        if isinstance(value, Text):
            labels[str(key)] = value
        else:
            message = f"{key}: expected a text, found a list or mapping; keys are written with dots"
            gathering.problems.append(Problem(value.place, message, "wording"))
    return labels


def _unknown_files(gathering: _Gathering) -> Iterator[Problem]:
    """YAML files that nothing reads: most likely a slip in a name."""
    languages = gathering.reader.languages
    known = {"site.yml", *(kind.path for kind in KINDS)}
    known |= {f"interface/{language}.yml" for language in languages}
    for sub in ("", "facts", "interface"):
        for suffix in (".yml", ".yaml"):
            for name in gathering.folder.names(sub, suffix):
                relative = f"{sub}/{name}{suffix}".lstrip("/")
                if relative not in known:
                    message = f"nothing reads this file{did_you_mean(relative, known)}"
                    yield Problem(Place(gathering.folder.path(relative)), message, "file")
    for name in gathering.folder.names("sections", ""):
        if name not in languages:
            message = f"no language of the site is called {name}{did_you_mean(name, languages)}"
            yield Problem(Place(gathering.folder.path(f"sections/{name}")), message, "file")


def _namespaces(
    gathering: _Gathering, site: Site, sections: Mapping[str, Mapping[str, Section]]
) -> Namespaces:
    ids: dict[str, set[str]] = {noun: set(map(str, ids)) for noun, ids in gathering.ids.items()}
    ids["fact"] = {fact_id for noun in FACT_NOUNS for fact_id in ids[noun]}
    names = {
        name
        for language in site.language_codes
        for name in gathering.folder.names(f"sections/{language}", ".md")
    }
    ids["section"] = {*names, *RESERVED_IDS}
    ids["side"] = {str(side.id) for side in site.sides}
    ids["topic"] = {str(topic.id) for topic in site.topics}
    return Namespaces(ids)


def _assemble(
    gathering: _Gathering,
    site: Site,
    sections: Mapping[str, Mapping[str, Section]],
    locales: Mapping[str, Locale],
) -> Explainer:
    entries = gathering.entries
    marks: dict[SectionKey, tuple[Mark, ...]] = {
        (section.language, str(section.id)): tuple(find_marks(section.body)[0])
        for section in _all_sections(sections)
    }
    return Explainer(
        site=site,
        sources=entries["source"],
        actors=entries["actor"],
        places=entries["place"],
        terms=entries["term"],
        figures=entries["figure"],
        events=entries["event"],
        claims=entries["claim"],
        corrections=entries["correction"],
        sections=sections,
        locales=locales,
        ages=_ages(gathering, site, sections),
        marks=marks,
        fact_baselines={
            language: _baseline(gathering, language, FACTS) for language in site.language_codes[1:]
        },
    )


def _ages(
    gathering: _Gathering, site: Site, sections: Mapping[str, Mapping[str, Section]]
) -> dict[SectionKey, Age]:
    ages: dict[SectionKey, Age] = {}
    names = dict.fromkeys(str(section.id) for section in _all_sections(sections))
    for section_id in names:
        for language in site.language_codes:
            section = sections[language].get(section_id)
            if section is None:
                ages[language, section_id] = Age("missing")
            elif section.original is None:
                ages[language, section_id] = Age("original")
            else:
                original = sections.get(section.original, {}).get(section_id)
                baseline = _baseline(gathering, language, section_id)
                age = section_age(original, section, baseline) if original else Age("original")
                ages[language, section_id] = age
    return ages


def _baseline(gathering: _Gathering, language: str, name: str) -> Baseline | None:
    try:
        return read_baseline(gathering.folder, language, name)
    except ContentError as error:
        gathering.problems.extend(error.problems)
        return None
