"""What goes out to translators' tools: each text of a language with its source and notes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Literal

from reperes.model.baselines import FACTS, baseline_path
from reperes.model.declaring import held_ids
from reperes.model.documents import Folder
from reperes.model.explainer import Explainer
from reperes.model.forms import misfit, say
from reperes.model.loading import Loaded
from reperes.model.readable import is_unread, readable_part
from reperes.model.references import Placeholder, marks_in
from reperes.model.schema import DEFAULTS
from reperes.model.site import Section
from reperes.pages.page import page_url
from reperes.text.problems import ContentError, Place, Problem, Text, did_you_mean, quoted, warning
from reperes.translation.rows import Match, Row, matches, untranslated
from reperes.translation.staleness import rows_of, states_of_yaml
from reperes.writing.prose import Prose

RULE = "exchange"
_SCHEME_OF_GROUP = {
    "sources": "source",
    "actors": "actor",
    "places": "place",
    "terms": "term",
    "figures": "fact",
    "events": "fact",
    "claims": "fact",
    "quotations": "fact",
    "pictures": "picture",
    "gone": "gone",
}
_PAGE_OF_GROUP = {
    "sources": "sources",
    "actors": "actors",
    "places": "glossary",
    "terms": "glossary",
    "figures": "figures",
    "events": "timeline",
    "claims": "statements",
    "corrections": "corrections",
}
"""The page that shows a group's entries, for what they share and for those without an anchor."""

UnitState = Literal["translated", "stale", "missing"]

Verdict = Literal["done", "open", "unsure"]
"""What a tool says of a translation: "done", nothing ("open"), or that it needs another look."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One text and its translation.

    `context` is its id: "sections/talks/3", or the path of a YAML text ("figures/displaced/label").
    `original` is the source's language. `target` is "" where there is none. `previous` is what a
    stale unit's source said when it was translated, "" where nobody knows. `place` is the source's
    file in the content folder, with its line. `is_block` says that the text is Markdown. `comment`
    is what translators noted of it. `stamped` is what the target was when it was last compared with
    its source, "" where nobody knows.
    """

    context: str
    original: str
    source: str
    target: str
    state: UnitState
    previous: str
    notes: tuple[str, ...]
    place: tuple[str, int]
    is_block: bool = False
    comment: str = ""
    stamped: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """The units of one language, sections first, with what the header of a file needs.

    `original` is the language that most translations are made from, the site's first one or, where
    that is the batch's own, the second. `updated` is the day of the content's last change.
    `pending` says that the units are those alone that wait for a translator.
    """

    language: str
    original: str
    title: str
    editor: str
    updated: str
    units: tuple[Unit, ...]
    pending: bool = False


@dataclass(frozen=True, slots=True)
class Returned:
    """A unit as a file brings it back, with its place in that file.

    `language` is "" where the file does not say it. `comment` is what a translator noted, ""
    where nothing came back. `is_narrow` says that the file's encoding has no place for every
    character, so that some may have been lost. `exported` is the mark of the target that was
    exported, "" where the tool has dropped it.
    """

    language: str
    context: str
    source: str
    target: str
    verdict: Verdict
    place: Place
    comment: str = ""
    is_narrow: bool = False
    exported: str = ""


@dataclass(frozen=True, slots=True)
class SectionMatches:
    """A section in its original and in one other language, with what belongs together.

    `translation` is None where nothing is written yet; `rows` then has the original alone.
    """

    original: Section
    translation: Section | None
    rows: tuple[Row, ...]

    @property
    def matches(self) -> list[Match]:
        return matches(self.rows)

    def context(self, match: Match) -> str:
        """The id of a match among the units."""
        return f"sections/{self.original.id}/{match.id}"


def chosen_language(explainer: Explainer, language: str | None) -> str:
    """The language asked for or, in a site of two, the second. Raises ContentError."""
    languages = explainer.languages
    if len(languages) == 1:
        message = "the site has one language, and nothing to translate"
    elif language is None and len(languages) == 2:
        return languages[1]
    elif language is None:
        known = ", ".join(languages)
        message = f"several languages to choose from; name one with --language ({known})"
    elif language in languages:
        return language
    else:
        message = f'no language "{language}"{did_you_mean(language, languages)}'
    raise ContentError([Problem(explainer.site.title[languages[0]].place, message, RULE)])


def section_matches(explainer: Explainer, language: str) -> Iterator[SectionMatches]:
    """Every section whose original is in another language, in reading order."""
    for section_id in dict.fromkeys((*explainer.reading_order, *_section_ids(explainer))):
        original = explainer.original_of(section_id)
        if original is None or original.language == language:
            continue
        if (language, section_id) in explainer.refused:
            continue
        translation = explainer.section(language, section_id)
        rows = rows_of(explainer, language, section_id) or untranslated(original)
        yield SectionMatches(original, translation, rows)


def _section_ids(explainer: Explainer) -> Iterator[str]:
    for sections in explainer.sections.values():
        yield from sections


def batch(loaded: Loaded, language: str, pending: bool = False) -> tuple[Batch, list[Problem]]:
    """The units of a language, and a warning for each paragraph that only the translation has.

    What could not be read is left out: a section of which the translation is there, and broken,
    is not missing.
    """
    explainer = loaded.explainer
    units: list[Unit] = []
    problems: list[Problem] = []
    sound = replace(loaded, explainer=readable_part(loaded))
    for section in section_matches(sound.explainer, language):
        units += _section_units(section, sound, language)
        problems += _without_an_original(section)
    original = next(code for code in explainer.languages if code != language)
    is_known = not is_unread(loaded, baseline_path(language, FACTS))
    if is_known:
        units += _yaml_units(loaded, language)
    comments = _comments(explainer, language)
    units = [replace(unit, comment=comments.get(unit.context, "")) for unit in units]
    site = explainer.site
    made = Batch(
        language=language,
        original=original,
        title=str(site.title[language]),
        editor=str(site.editor.named(language)),
        updated=site.updated.text,
        units=tuple(unit for unit in units if not pending or unit.state != "translated"),
        pending=pending,
    )
    return made, problems


def _comments(explainer: Explainer, language: str) -> Mapping[str, str]:
    """What translators noted, by the id of the unit."""
    return {
        unit_context(name, unit.id): unit.comment
        for (code, name), baseline in explainer.baselines.items()
        if code == language
        for unit in baseline.units
        if unit.comment
    }


def unit_context(name: str, unit_id: str) -> str:
    """The id under which a unit of a baseline ("talks") is exchanged: "sections/talks/3"."""
    return unit_id if name == FACTS else f"sections/{name}/{unit_id}"


def _without_an_original(section: SectionMatches) -> Iterator[Problem]:
    """A warning for each block that only the translation has: no unit and no import touches it."""
    for row in section.rows:
        for block in row.translations if row.original is None else ():
            message = f"only the translation says this ({quoted(block.text, 40)}); left out"
            yield warning(block.text.place, message, RULE)


def _section_units(section: SectionMatches, loaded: Loaded, language: str) -> Iterator[Unit]:
    prose = Prose(loaded.explainer, language, "overview")
    page = prose.target("section", str(section.original.id))
    for match in section.matches:
        first = match.originals[0].text
        source = Text(match.original, first.place) if len(match.originals) > 1 else first
        state = state_of(match)
        yield Unit(
            context=section.context(match),
            original=section.original.language,
            source=str(source),
            target=match.translation,
            state=state,
            previous=match.before.original if state == "stale" else "",
            notes=(*_notes(prose, source, page), _exported_as(match.translation)),
            place=_place(source, loaded.folder),
            is_block=not match.is_head,
            stamped=match.before.translation,
        )


def state_of(match: Match) -> UnitState:
    """The state of a match in the words of translators' tools."""
    if not match.translations:
        return "missing"
    return "translated" if match.is_fresh else "stale"


def _yaml_units(loaded: Loaded, language: str) -> Iterator[Unit]:
    explainer = loaded.explainer
    prose = Prose(explainer, language, "overview")
    baseline = explainer.baselines.get((language, FACTS))
    known = {unit.id: unit for unit in baseline.units} if baseline else {}
    states = states_of_yaml(explainer, language)
    for context, (source, target) in explainer.texts_into(language).items():
        unit = known.get(context)
        previous = unit.original if unit else ""
        fresh = states[context] == "fresh"
        yield Unit(
            context=context,
            original=explainer.original_of_text(context),
            source=str(source),
            target=str(target),
            state="translated" if fresh else "stale",
            previous="" if fresh else previous,
            notes=(
                *_notes(prose, source, _page_of_path(prose, context)),
                _exported_as(target),
            ),
            place=_place(source, loaded.folder),
            stamped=unit.translation if unit else "",
        )


_EXPORTED = re.compile(r"^Translation exported: ([0-9a-f]{8}|none)$", re.MULTILINE)


def target_mark(target: str) -> str:
    """A short hash of a translation, to tell at import whether it has changed since the export."""
    return hashlib.sha256(target.encode()).hexdigest()[:8] if target else "none"


def _exported_as(target: str) -> str:
    return f"Translation exported: {target_mark(target)}"


def exported_mark(notes: str) -> str:
    """The hash that `target_mark` gave at the export, found in a unit's notes; "" if it is lost."""
    found = _EXPORTED.search(notes)
    return found[1] if found else ""


def _page_of_path(prose: Prose, context: str) -> str:
    group, entry_id, *_ = context.split("/")
    if group in _SCHEME_OF_GROUP and entry_id != DEFAULTS:
        return prose.target(_SCHEME_OF_GROUP[group], entry_id)
    return f"{_PAGE_OF_GROUP.get(group, 'index')}.md"


def _notes(prose: Prose, source: Text, page: str) -> tuple[str, ...]:
    """Notes for translators: the page's address, then what each placeholder shows readers today."""
    explainer = prose.explainer
    name, _, anchor = page.partition(".md")
    path = page_url("overview" if name == "index" else name).removeprefix(".")
    notes = [f"{explainer.site.base_url}{prose.language}/{path}{anchor}"]
    for mark in dict.fromkeys(map(_typed, marks_in(source))):
        fact = explainer.facts.get(mark[0])
        if fact is None or misfit(fact, mark[1]) is not None:
            continue
        # The entry of an author may have been refused.
        actors = {held for namespaces, held in held_ids(fact) if namespaces == ("actor",)}
        if actors <= explainer.actors.keys():
            said = say(fact, mark[1], prose.locale, explainer.actors)
            form = f".{mark[1]}" if mark[1] else ""
            notes.append(f"{{{{ {mark[0]}{form} }}}}: {said}")
    return tuple(notes)


def _typed(mark: object) -> tuple[str, str]:
    return (mark.id, mark.form) if isinstance(mark, Placeholder) else ("", "")


def _place(text: Text, folder: Folder) -> tuple[str, int]:
    """Where a text was typed: the file in the content folder, so that no machine's paths show."""
    path = PurePosixPath(text.place.path).relative_to(folder.name)
    return str(path), text.place.line


def memory(loaded: Loaded, language: str) -> Iterator[tuple[str, str, str, str]]:
    """The stamped pairs: context, source language, source, target; each pair of texts once.

    The source is what the original said when it was translated, so that old pairs stay of use.
    """
    explainer = loaded.explainer
    seen: set[tuple[str, str]] = set()
    for (code, name), baseline in explainer.baselines.items():
        if code != language:
            continue
        translation = explainer.section(language, name) if name != FACTS else None
        original = str(translation.original) if translation and translation.original else None
        for unit in baseline.units:
            pair = (unit.original, unit.translation)
            if not all(pair) or pair in seen:
                continue
            seen.add(pair)
            context = unit_context(name, unit.id)
            yield context, original or explainer.original_of_text(context), *pair
