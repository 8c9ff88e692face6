"""From a content folder to an explainer, or to everything that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from babel.core import get_global

from reperes.language.locales import Locale
from reperes.language.units import shipped_unit_ids
from reperes.language.wording import (
    Wording,
    check_labels,
    load_default_labels,
    placeholders,
)
from reperes.model.baselines import Baseline, read_baseline
from reperes.model.bearings import Source
from reperes.model.changed_items import changed_items
from reperes.model.documents import Folder
from reperes.model.drafts import FOLDER as DRAFTS
from reperes.model.drafts import Drafts, drafts_path, read_drafts
from reperes.model.edited import edited
from reperes.model.editions import FOLDER, SUFFIX, Ledger, read_ledger
from reperes.model.entries import Entry, Localized
from reperes.model.explainer import Explainer, SectionKey
from reperes.model.images import FOLDER as PICTURES
from reperes.model.images import RULE as PICTURE_RULE
from reperes.model.images import ImageFile, image_of
from reperes.model.localized import localized_texts
from reperes.model.map_plan import MAP_FILE, MapPlan, read_map
from reperes.model.reading import (
    duplicate_ids,
    gather_dates,
    names_a_date,
    read_entries,
    read_languages,
    read_section,
    read_site,
    shared_texts,
)
from reperes.model.references import Mark, know_marks, marks_in
from reperes.model.released_ids import RULE as GONE_RULE
from reperes.model.resolving import Namespaces, resolve_entries, resolve_section, resolve_texts
from reperes.model.schema import (
    DEFAULTS,
    ENTRIES_OF_PAGE,
    FACT_NOUNS,
    KINDS,
    RESERVED_IDS,
    TAKEN_IDS,
    VOCABULARY_FILE,
    Kind,
)
from reperes.model.shapes import ID_PATTERN, LikeDate, Mention, Reader, RejectedError
from reperes.model.site import Language, Section, Site
from reperes.model.snapshots import Snapshot, find_snapshots
from reperes.model.vocabulary import NO_WORDS, labels_of, list_of_label, read_vocabulary, stand_ins
from reperes.model.worded_units import stand_in, worded_units
from reperes.model.words import Vocabulary
from reperes.model.yaml_values import Listing, Table, Value, parse_yaml
from reperes.text.memory import paused_collection
from reperes.text.problems import (
    ContentError,
    Place,
    Problem,
    Text,
    did_you_mean,
    quoted,
    warning,
)


@dataclass(frozen=True)
class Loaded:
    """What came of loading: the explainer, and all problems.

    While `problems` holds an error, the explainer lacks what was refused; rules may read it,
    pages must not be made of it. `mentions` are the ids that YAML typed, with their places, and
    `namespaces` all that it defines.
    """

    explainer: Explainer
    problems: tuple[Problem, ...]
    folder: Folder
    namespaces: Namespaces
    mentions: tuple[Mention, ...] = ()

    @property
    def unread(self) -> tuple[Problem, ...]:
        """The errors because of which something was left out."""
        return tuple(p for p in self.problems if p.is_error and p.rule not in _LEAVES_NOTHING_OUT)

    def read(self) -> Explainer:
        """The explainer, if all of it could be read, whatever ids and rules say of it.

        Raises ContentError with what could not.
        """
        if self.unread:
            raise ContentError(self.unread)
        return self.explainer

    def sound(self) -> Explainer:
        """The explainer, if loading found no error. Raises ContentError with every one."""
        if errors := [problem for problem in self.problems if problem.is_error]:
            raise ContentError(errors)
        return self.explainer


_LEAVES_NOTHING_OUT = frozenset({"reference", "wording", PICTURE_RULE, GONE_RULE})
"""The rules of problems in what was read all the same."""


@dataclass(frozen=True)
class KnownParts:
    """What was read before of files that have not changed since; nothing was wrong with it."""

    sections: Mapping[SectionKey, Section] = field(default_factory=dict)
    marks: Mapping[SectionKey, tuple[Mark, ...]] = field(default_factory=dict)
    baselines: Mapping[SectionKey, Baseline] = field(default_factory=dict)


NOTHING_KNOWN = KnownParts()


@dataclass
class _Gathering:
    """What is read so far.

    `ids` holds the ids of sound and refused entries alike, by namespace. `unread` are namespaces
    of which a file, or the id of an entry, could not be read: nothing is said to be missing there.
    `defaults` are the texts that the entries of a file share, by their paths; `tables`
    are files that were read before their turn, and `drafts` what was proposed, by source.
    """

    folder: Folder
    reader: Reader
    entries: dict[str, dict[str, Any]] = field(default_factory=dict)
    ids: dict[str, list[Text]] = field(default_factory=dict)
    images: dict[str, ImageFile] = field(default_factory=dict)
    map: MapPlan | None = None
    vocabulary: Vocabulary = NO_WORDS
    unread: set[str] = field(default_factory=set)
    defaults: dict[str, Localized] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    drafts: Mapping[str, Drafts] = field(default_factory=dict)
    known: KnownParts = NOTHING_KNOWN

    @property
    def problems(self) -> list[Problem]:
        return self.reader.problems


def load(content: Path) -> Loaded:
    """Read everything in a content folder.

    Raises ContentError where there is none, or site.yml does not say what languages there are.
    """
    return load_folder(Folder(content))


def load_folder(folder: Folder, known: KnownParts = NOTHING_KNOWN) -> Loaded:
    """Read everything in a folder, whatever stands behind it, but for what is `known`."""
    with paused_collection():
        return _load(folder, known)


def _load(folder: Folder, known: KnownParts) -> Loaded:
    gathering = _Gathering(folder, Reader(()), known=known)
    site = _load_site(gathering)
    if not gathering.reader.languages:
        raise ContentError(sorted(set(gathering.problems)))
    gathering.vocabulary = read_vocabulary(gathering.folder, gathering.reader)
    for kind in KINDS:
        if kind.noun == FACT_NOUNS[0]:
            _gather_dates(gathering)
        _load_kind(gathering, kind)
    _load_images(gathering)
    _load_drafts(gathering)
    gathering.map = read_map(gathering.folder, gathering.reader)
    sections = _load_sections(gathering, site)
    locales = _load_locales(gathering, site)
    gathering.problems.extend(_unknown_files(gathering))
    if site is None:
        raise ContentError(sorted(set(gathering.problems)))
    explainer = _assemble(gathering, site, sections, locales)
    namespaces = _namespaces(gathering, explainer, sections)
    gathering.problems.extend(resolve_entries(explainer, gathering.reader.mentions, namespaces))
    gathering.problems.extend(resolve_texts(explainer.yaml_texts, explainer, namespaces))
    for section in _all_sections(sections):
        gathering.problems.extend(check_version(section, explainer, namespaces))
    explainer = replace(explainer, whole=not any(p.is_error for p in gathering.problems))
    mentions = tuple(gathering.reader.mentions)
    return Loaded(explainer, tuple(gathering.problems), folder, namespaces, mentions)


def check_version(
    section: Section, explainer: Explainer, namespaces: Namespaces
) -> Iterator[Problem]:
    """What loading says of one language of a section, once all that it refers to is read."""
    yield from _check_original(section, explainer.site, explainer.sections)
    yield from resolve_section(section, explainer, namespaces)


def reread(explainer: Explainer, folder: Folder, keys: Collection[SectionKey]) -> Loaded:
    """A sound explainer with some of its sections read again, and what is wrong with those.

    A section that is refused stays as it was. What else has changed in the folder is not seen.
    """
    gathering = _Gathering(folder, Reader(explainer.languages))
    sections = {language: dict(found) for language, found in explainer.sections.items()}
    for language, name in keys:
        section = _load_section(gathering, language, name)
        if section is not None:
            sections[language][name] = _under_its_file_name(section, name, gathering)
    read = [sections[language][name] for language, name in keys]
    explainer = edited(explainer, sections=sections, marks={**explainer.marks, **_marks(read)})
    gathering.ids = _sound_ids(explainer)
    namespaces = _namespaces(gathering, explainer, sections)
    for section in read:
        gathering.problems.extend(check_version(section, explainer, namespaces))
    return Loaded(explainer, tuple(gathering.problems), folder, namespaces)


def reread_entries(explainer: Explainer, folder: Folder, kind: Kind, before: str) -> Loaded | None:
    """A sound explainer with those entries of a file read again that have been edited.

    `before` is the text of the file as it was. None where only reading everything shows what came
    of it: where an entry comes or goes, where others take something from what was edited, where
    the file cannot be parsed. What else has changed in the folder is not seen, nor what is wrong
    by now with texts that refer to these entries; and the places of entries below may be old.
    """
    if kind.noun in _READ_WITH_OTHERS:
        return None
    gathering = _Gathering(folder, Reader(explainer.languages))
    try:
        changed = changed_items(before, folder.read_text(kind.path), kind.root)
        if changed is None:
            return None
        old, new = (parse_yaml(text, folder.path(kind.path)) for text in changed)
    except ContentError:
        return None
    _gather_what_is_lent(gathering, explainer)
    lend_dates = bool(gathering.reader.dates) and kind.noun in FACT_NOUNS
    if _ids_in(old, kind) != _ids_in(new, kind) or (
        lend_dates and _dates_in(old, kind, gathering) != _dates_in(new, kind, gathering)
    ):
        return None
    entries, _ = read_entries(new, kind, gathering.reader)
    found = _by_id(entries)
    explainer = edited(explainer, **{kind.root: {**getattr(explainer, kind.root), **found}})
    gathering.ids = _sound_ids(explainer)
    namespaces = _namespaces(gathering, explainer, explainer.sections)
    gathering.problems.extend(resolve_entries(explainer, gathering.reader.mentions, namespaces))
    texts = {
        f"{kind.root}/{entry_id}/{path}": each
        for entry_id, entry in found.items()
        for path, each in localized_texts(entry, explainer.languages)
    }
    gathering.problems.extend(resolve_texts(texts, explainer, namespaces))
    return Loaded(explainer, tuple(gathering.problems), folder, namespaces)


_READ_WITH_OTHERS = frozenset({"source", "unit", "picture", "gone"})
"""The kinds of entries of which something else is made: other entries, words, files, addresses."""

_MAY_NAME_A_DATE = re.compile(r"""(?:as_of|date)["']?\s*:\s*["']?[a-z]""")


def _gather_what_is_lent(gathering: _Gathering, explainer: Explainer) -> None:
    """What entries of one file take from other files, as `_load` has gathered it by their turn."""
    folder, reader = gathering.folder, gathering.reader
    gathering.vocabulary = read_vocabulary(folder, reader)
    for kind in KINDS:
        text = folder.read_text(kind.path) if folder.has(kind.path) else ""
        if kind.entry is Source:
            if DEFAULTS in text:
                _load_kind(gathering, kind)
            else:
                sources = explainer.sources.values()
                reader.publishers = {
                    source.id: source.publisher_id for source in sources if source.publisher_id
                }
        elif kind.noun in FACT_NOUNS and _MAY_NAME_A_DATE.search(text):
            _gather_dates(gathering)
            break


def _ids_in(table: Table, kind: Kind) -> list[Value | None]:
    listing = table.get(kind.root)
    items = listing.items if isinstance(listing, Listing) else ()
    return [item.get("id") if isinstance(item, Table) else None for item in items]


def _dates_in(table: Table, kind: Kind, gathering: _Gathering) -> Mapping[str, LikeDate]:
    """What other facts have their dates from, in the file that a table was read from."""
    reader = replace(gathering.reader, dates={})
    gather_dates(table, kind, reader)
    return reader.dates


def _sound_ids(explainer: Explainer) -> dict[str, list[Text]]:
    """The ids of the entries of an explainer of which nothing was refused, by namespace."""
    return {
        noun: [entry.id for entry in found.values()] for noun, found in explainer.entries.items()
    }


def _load_site(gathering: _Gathering) -> Site | None:
    table = _read(gathering, "site.yml", required=True)
    if table is None:
        return None
    try:
        gathering.reader.languages = read_languages(table, gathering.reader)
        site = read_site(table, gathering.reader)
    except RejectedError:
        return None
    for noun, ids in (
        ("side", [side.id for side in site.sides]),
        ("topic", [topic.id for topic in site.topics]),
        ("path", [path.id for path in site.start_here]),
    ):
        gathering.problems.extend(duplicate_ids(ids, noun))
    return site


def _read(gathering: _Gathering, relative: str, required: bool = False) -> Table | None:
    folder = gathering.folder
    if relative in gathering.tables:
        return gathering.tables.pop(relative)
    if not required and not folder.has(relative):
        return None
    try:
        return folder.read_yaml(relative)
    except ContentError as error:
        gathering.problems.extend(error.problems)
        return None


def _load_kind(gathering: _Gathering, kind: Kind) -> None:
    table = _read(gathering, kind.path)
    if not _holds_list(gathering, kind, table):
        gathering.unread.add(kind.noun)
    entries, typed = read_entries(table, kind, gathering.reader) if table else ([], [])
    ids = [entry_id for entry_id in typed if entry_id is not None]
    if len(ids) < len(typed):
        gathering.unread.add(kind.noun)
    taken = {fact_id for noun in FACT_NOUNS for fact_id in gathering.entries.get(noun, ())}
    if kind.noun in FACT_NOUNS:
        entries = [entry for entry in entries if entry.id not in taken]
    gathering.entries[kind.noun] = _by_id(entries)
    gathering.ids[kind.noun] = ids
    if table is not None:
        gathering.defaults |= shared_texts(table, kind, gathering.reader.languages)
    if kind.noun not in FACT_NOUNS:
        gathering.problems.extend(duplicate_ids(ids, kind.noun))
    elif kind.noun == FACT_NOUNS[-1]:
        every = [fact_id for noun in FACT_NOUNS for fact_id in gathering.ids[noun]]
        gathering.problems.extend(duplicate_ids(every, "fact"))


def _load_drafts(gathering: _Gathering) -> None:
    sources = None if "source" in gathering.unread else {*map(str, gathering.ids["source"])}
    gathering.drafts = read_drafts(gathering.folder, gathering.reader, sources)


def _gather_dates(gathering: _Gathering) -> None:
    """Before any fact is read, for any may have its date from any other."""
    for kind in KINDS:
        if kind.noun in FACT_NOUNS and gathering.folder.has(kind.path):
            # What cannot be read is said when its entries are.
            with suppress(ContentError):
                gathering.tables[kind.path] = gathering.folder.read_yaml(kind.path)
    if any(names_a_date(table) for table in gathering.tables.values()):
        for kind in KINDS:
            if table := gathering.tables.get(kind.path):
                gather_dates(table, kind, gathering.reader)


def _holds_list(gathering: _Gathering, kind: Kind, table: Table | None) -> bool:
    """Whether a file, if there is one, could be read far enough to know what it names."""
    if table is None:
        return not gathering.folder.has(kind.path)
    return table.entries.keys() <= {DEFAULTS} or isinstance(table.get(kind.root), Listing)


def _load_images(gathering: _Gathering) -> None:
    """The file of each picture, and a warning for each file that no picture names."""
    folder, pictures = gathering.folder, gathering.entries["picture"]
    names = folder.names(PICTURES, "")
    for picture_id, picture in pictures.items():
        try:
            gathering.images[picture_id] = image_of(picture, folder, names)
        except ContentError as error:
            gathering.problems.extend(error.problems)
    # What a refused entry names is not known.
    if gathering.unread.isdisjoint({"picture"}) and len(pictures) == len(gathering.ids["picture"]):
        for name in names:
            if name not in {picture.file for picture in pictures.values()}:
                message = "no picture of pictures.yml names this file; describe it, or remove it"
                place = Place(folder.path(f"{PICTURES}/{name}"))
                gathering.problems.append(warning(place, message, PICTURE_RULE))


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
                found[name] = _under_its_file_name(section, name, gathering)
    if site is not None:
        gathering.problems.extend(_check_order(site, sections, gathering))
    return sections


def _load_section(gathering: _Gathering, language: str, name: str) -> Section | None:
    if known := gathering.known.sections.get((language, name)):
        know_marks(known.body, gathering.known.marks[language, name])
        return known
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
    if not section.body.strip():
        message = f"section {name}: no text after the front matter; write the section"
        gathering.problems.append(Problem(section.body.place, message, "shape"))
    return section


def _under_its_file_name(section: Section, name: str, gathering: _Gathering) -> Section:
    """The section as links and addresses know it, whatever id was typed in it."""
    if section.id == name:
        return section
    message = f'section {name}: id "{section.id}" is not the file\'s name; '
    fits = re.fullmatch(ID_PATTERN, name)
    message += f'write "{name}"' if fits else f"rename the file to {section.id}.md"
    gathering.problems.append(Problem(section.id.place, message, "shape"))
    return replace(section, id=Text(name, section.id.place))


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
            hint = did_you_mean(section_id, written - {*RESERVED_IDS, *site.section_ids})
            yield Problem(section_id.place, f"{message}{hint}", "reference")
    listed = {*site.section_ids, *RESERVED_IDS}
    for section in {section.id: section for section in _all_sections(sections)[::-1]}.values():
        if section.id in TAKEN_IDS:
            message = f'section {section.id}: the program keeps "{section.id}" for itself'
            yield Problem(section.id.place, f"{message}; choose another id", "shape")
        elif section.id not in listed:
            message = f"section {section.id} is not in the list"
            fix = 'add it to "sections" in site.yml'
            yield Problem(section.place, f"{message}; {fix}", "reference")


def _check_original(
    section: Section, site: Site, sections: Mapping[str, Mapping[str, Section]]
) -> Iterator[Problem]:
    name = f"section {section.id}"
    earlier = site.language_codes[: site.language_codes.index(section.language)]
    if section.original is None:
        twins = (sections[other].get(section.id) for other in earlier)
        if any(twin and twin.original is None for twin in twins):
            message = f"{name}: an original in two languages; give the translation `original:`"
            yield Problem(section.place, message, "parity")
        return
    if section.original == section.language or section.original not in site.language_codes:
        others = [code for code in site.language_codes if code != section.language]
        message = f'{name}: original: expected {" or ".join(others)}, found "{section.original}"'
        yield Problem(section.original.place, message, "parity")
        return
    twin = sections[section.original].get(section.id)
    # Said once, where the first of the languages is.
    if twin is not None and twin.original is not None and section.original not in earlier:
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
            # It has been reported with the languages; English stands in while rules look on.
            labels = load_default_labels("en")
        overrides = _load_labels(gathering, language.code)
        own = labels_of(gathering.vocabulary, language.code)
        misplaced = dict(_misplaced_words(overrides, own, labels))
        gathering.problems.extend(misplaced.values())
        others = {key: text for key, text in overrides.items() if key not in misplaced}
        gathering.problems.extend(check_labels(language.code, others))
        # A label with a placeholder that nothing fills gives way to the program's own.
        labels.update(
            (key, text)
            for key, text in overrides.items()
            if placeholders(text) <= placeholders(labels.get(key, ""))
        )
        labels = {**stand_ins(gathering.reader), **labels, **own}
        locales[str(language.code)] = _locale(gathering, language, labels)
    gathering.problems.extend(_units_worded_elsewhere(gathering, locales))
    return {code: _with_units(gathering, locale) for code, locale in locales.items()}


def _misplaced_words(
    overrides: Mapping[str, Text], own: Mapping[str, Text], labels: Mapping[str, str]
) -> Iterator[tuple[str, Problem]]:
    """A problem for each label of a kind or an act that belongs into vocabulary.yml, by its key."""
    for key, text in overrides.items():
        place = key.place if isinstance(key, Text) else text.place
        found = list_of_label(key)
        if key in own:
            message = f"{key}: {VOCABULARY_FILE} says it too ({own[key].place}); remove one of them"
            yield key, Problem(place, message, "wording")
        elif found is not None and key not in labels:
            root, word_id = found
            start = key.removesuffix(word_id)
            known = [label.removeprefix(start) for label in labels if label.startswith(start)]
            hint = did_you_mean(word_id, known)
            fix = f'define {quoted(word_id)} under "{root}" in {VOCABULARY_FILE}'
            meant = hint.endswith("?")
            message = f"{key}: unknown label{hint} If not, {fix}" if meant else f"{key}: {fix}"
            yield key, Problem(place, message, "wording")


def _is_refused(gathering: _Gathering, relative: str) -> bool:
    """Whether a file could not be read, so that what it says may seem to be missing."""
    path = gathering.folder.path(relative)
    return any(problem.place.path == path for problem in gathering.problems if problem.is_error)


def _locale(gathering: _Gathering, language: Language, labels: dict[str, str]) -> Locale:
    code, wording = str(language.code), Wording(language.code, labels)
    fault = f'locale "{language.locale}" is none of language "{code}"'
    if language.locale.startswith(f"{code}_"):
        try:
            return Locale(code, str(language.locale), wording)
        except LookupError as error:
            fault = str(error)
    likely = get_global("likely_subtags").get(code, "fr_Latn_FR").replace("_Latn", "")
    message = f'languages: {fault}; write one such as "{likely}"'
    gathering.problems.append(Problem(language.locale.place, message, "wording"))
    return Locale(code, "en_GB", wording)


def _with_units(gathering: _Gathering, locale: Locale) -> Locale:
    """A locale that knows the explainer's own units, and something to say of unknown ones."""
    units = worded_units(gathering.entries["unit"], locale)
    for figure in gathering.entries["figure"].values():
        if figure.unit not in units:
            try:
                locale.unit_wording(figure.unit)
            except KeyError:
                units[figure.unit] = stand_in(figure.unit)
    return Locale(locale.code, locale.locale, locale.wording, units)


def _units_worded_elsewhere(
    gathering: _Gathering, locales: Mapping[str, Locale]
) -> Iterator[Problem]:
    """Units that interface/ words too, and units that it words in one language alone."""
    worded = {code: locale.wording.units for code, locale in locales.items()}
    for unit in gathering.entries["unit"].values():
        if found := [code for code, units in worded.items() if unit.id in units]:
            files = " and ".join(f"interface/{code}.yml" for code in found)
            message = f"unit {unit.id}: worded in {files} too, under unit.{unit.id}; remove one"
            yield Problem(unit.id.place, message, "wording")
    used = {str(figure.unit): figure for figure in gathering.entries["figure"].values()}
    for unit_id, figure in used.items():
        lacking = [code for code, units in worded.items() if unit_id not in units]
        known = unit_id in shipped_unit_ids() or unit_id in gathering.ids["unit"]
        if known or not lacking or len(lacking) == len(worded):
            continue
        for code in lacking:
            file = f"interface/{code}.yml"
            if not _is_refused(gathering, file):
                fix = f"add unit.{unit_id}.one, .other and .gender to {file}, or use units.yml"
                message = f"figure {figure.id}: unit: no wording for {quoted(unit_id)}; {fix}"
                yield Problem(figure.unit.place, message, "wording")


def _load_labels(gathering: _Gathering, language: str) -> dict[str, Text]:
    table = _read(gathering, f"interface/{language}.yml")
    labels: dict[str, Text] = {}
    for key, value in (table.entries if table else {}).items():
        if isinstance(value, Text):
            labels[key] = value
        else:
            message = f"{key}: expected a text, found a list or mapping; keys are written with dots"
            gathering.problems.append(Problem(value.place, message, "wording"))
    return labels


def _unknown_files(gathering: _Gathering) -> Iterator[Problem]:
    """Files that nothing reads: most likely a slip in a name."""
    languages = gathering.reader.languages
    known = {"site.yml", MAP_FILE, VOCABULARY_FILE, *(kind.path for kind in KINDS)}
    known |= {f"interface/{language}.yml" for language in languages}
    known |= {drafts_path(source_id) for source_id in gathering.folder.names(DRAFTS, ".yml")}
    for sub in ("", "facts", "interface", DRAFTS):
        for suffix in (".yml", ".yaml"):
            for name in gathering.folder.names(sub, suffix):
                relative = f"{sub}/{name}{suffix}".lstrip("/")
                if relative not in known:
                    yield _unknown_file(gathering, relative, known)
    for name in gathering.folder.names("words", ""):
        relative = f"words/{name}"
        if name.removesuffix(".txt") not in languages or not name.endswith(".txt"):
            lists = {f"words/{language}.txt" for language in languages}
            yield _unknown_file(gathering, relative, lists)
        else:
            # Only the spelling reads it, but whoever wrote it asks whether all is well here.
            try:
                gathering.folder.read_text(relative)
            except ContentError as error:
                yield from error.problems
    for language in languages:
        for name in gathering.folder.names(f"sections/{language}", ""):
            if not name.endswith(".md"):
                right = f"sections/{language}/{name.partition('.')[0]}.md"
                yield _unknown_file(gathering, f"sections/{language}/{name}", {right})
    for name in gathering.folder.names("sections", ""):
        if name not in languages:
            message = f"no language of the site is called {name}{did_you_mean(name, languages)}"
            yield Problem(Place(gathering.folder.path(f"sections/{name}")), message, "file")


def _unknown_file(gathering: _Gathering, relative: str, known: Iterable[str]) -> Problem:
    message = f"nothing reads this file{did_you_mean(relative, known) or '; remove it'}"
    return Problem(Place(gathering.folder.path(relative)), message, "file")


def _namespaces(
    gathering: _Gathering,
    explainer: Explainer,
    sections: Mapping[str, Mapping[str, Section]],
) -> Namespaces:
    site, locales = explainer.site, explainer.locales
    ids: dict[str, set[str]] = {noun: set(map(str, ids)) for noun, ids in gathering.ids.items()}
    ids["fact"] = {fact_id for noun in FACT_NOUNS for fact_id in ids[noun]}
    names = {
        name
        for language in site.language_codes
        for name in gathering.folder.names(f"sections/{language}", ".md")
    }
    had = {noun for gone in explainer.gone.values() for noun in gone.was}
    empty = {
        page_id
        for page_id, nouns in ENTRIES_OF_PAGE.items()
        if page_id not in names
        and not any(ids[noun] or noun in gathering.unread or noun in had for noun in nouns)
    }
    if not gathering.folder.names(FOLDER, SUFFIX):
        empty.add("editions")
    ids["section"] = {*names, *RESERVED_IDS} - empty
    ids["side"] = {str(side.id) for side in site.sides}
    ids["topic"] = {str(topic.id) for topic in site.topics}
    ids |= {noun: set(own) for noun, own in gathering.reader.own.items()}
    ids["unit"] |= shipped_unit_ids().union(*(each.wording.units for each in locales.values()))
    unread = gathering.unread & {*FACT_NOUNS} and {"fact"}
    if any(_is_refused(gathering, f"interface/{code}.yml") for code in locales):
        unread = {*unread, "unit"}
    absent = {kind.noun: kind.path for kind in KINDS if not gathering.folder.has(kind.path)}
    # The program brings units of its own.
    absent.pop("unit", None)
    if absent.keys() >= {*FACT_NOUNS}:
        absent["fact"] = "facts/"
    drafts = {
        str(proposal.id): proposal.id.place
        for each in explainer.drafts.values()
        for proposal in each.proposals
    }
    unread_or_partly = frozenset(gathering.unread | unread)
    return Namespaces(
        ids,
        unread_or_partly,
        absent,
        frozenset(empty),
        gone=explainer.gone,
        drafts=drafts,
        released=explainer.editions.first_edition_of,
    )


def _assemble(
    gathering: _Gathering,
    site: Site,
    sections: Mapping[str, Mapping[str, Section]],
    locales: Mapping[str, Locale],
) -> Explainer:
    entries: dict[str, Any] = {kind.root: gathering.entries[kind.noun] for kind in KINDS}
    baselines = _load_baselines(gathering, site)
    editions, snapshots = _load_editions(gathering, site)
    every = _all_sections(sections)
    return Explainer(
        site=site,
        **entries,
        sections=sections,
        locales=locales,
        refused=_refused(gathering, site, sections),
        refused_baselines=_refused_baselines(gathering, site, baselines),
        marks=_marks(every),
        images=gathering.images,
        map=gathering.map,
        vocabulary=gathering.vocabulary,
        defaults=gathering.defaults,
        drafts=gathering.drafts,
        baselines=baselines,
        editions=editions,
        snapshots=snapshots,
    )


def _load_editions(gathering: _Gathering, site: Site) -> tuple[Ledger, dict[int, Snapshot]]:
    addresses = [str(address) for address in (site.base_url, *site.moved_from)]
    ledger, problems = read_ledger(gathering.folder, addresses)
    gathering.problems.extend(problems)
    snapshots, problems_of_names = find_snapshots(gathering.folder, ledger, not problems)
    gathering.problems.extend(problems_of_names)
    return ledger, snapshots


def _marks(sections: Iterable[Section]) -> dict[SectionKey, tuple[Mark, ...]]:
    return {
        (section.language, str(section.id)): tuple(marks_in(section.body)) for section in sections
    }


def _refused(
    gathering: _Gathering, site: Site, sections: Mapping[str, Mapping[str, Section]]
) -> frozenset[SectionKey]:
    """Sections that are written but could not be read: they are not missing."""
    return frozenset(
        (language, name)
        for language in site.language_codes
        for name in gathering.folder.names(f"sections/{language}", ".md")
        if name not in sections[language]
    )


def _refused_baselines(
    gathering: _Gathering, site: Site, baselines: Mapping[SectionKey, Baseline]
) -> frozenset[SectionKey]:
    return frozenset(
        (language, name)
        for language in site.language_codes
        for name in gathering.folder.names(f"translations/{language}", ".po")
        if (language, name) not in baselines
    )


def _load_baselines(gathering: _Gathering, site: Site) -> dict[SectionKey, Baseline]:
    """Every baseline that can be read, also those of sections that are gone."""
    baselines: dict[SectionKey, Baseline] = {}
    for language in site.language_codes:
        for name in gathering.folder.names(f"translations/{language}", ".po"):
            if known := gathering.known.baselines.get((language, name)):
                baselines[language, name] = known
                continue
            try:
                baseline = read_baseline(gathering.folder, language, name)
            except ContentError as error:
                gathering.problems.extend(error.problems)
            else:
                assert baseline is not None
                baselines[language, name] = baseline
    return baselines
