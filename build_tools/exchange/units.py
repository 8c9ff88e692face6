"""What is exchanged: every text of a language that is a translation, and what helps to make it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Literal

from build_tools.documents import Folder
from build_tools.exchange.pairing import Pairing, State, pair_section
from build_tools.explainer import Explainer
from build_tools.facts import Section
from build_tools.forms import misfit, say
from build_tools.loading import Loaded
from build_tools.pages.page import page_url
from build_tools.problems import ContentError, Place, Problem, Text, did_you_mean, warning
from build_tools.prose import Prose
from build_tools.readable import is_unread, readable_part
from build_tools.references import Placeholder, find_marks
from build_tools.translations import FACTS, Block, baseline_path, normalised, read_baseline

RULE = "exchange"
_SCHEME_OF_GROUP = {
    "sources": "source",
    "actors": "actor",
    "places": "place",
    "terms": "term",
    "figures": "fact",
    "events": "fact",
    "claims": "fact",
}
_INTRODUCED_BY = {"corrections": "corrections"}

Verdict = Literal["done", "open", "unsure"]
"""What a tool says of a unit: finished; nothing; or that somebody should look at it again."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One text and its translation.

    `context` is its id: "sections/talks/3", or the path of a YAML text ("figures/displaced/label").
    `original` is the source's language. `target` is "" where there is none. `previous` is what a
    stale unit's source said when it was translated, "" where nobody knows. `place` is the source's
    file in the content folder, with its line. `is_block` says that the text is Markdown. `comment`
    is what translators noted of it.
    """

    context: str
    original: str
    source: str
    target: str
    state: State
    previous: str
    notes: tuple[str, ...]
    place: tuple[str, int]
    is_block: bool = False
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """The units of one language, sections first, with what the head of a file says.

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
    character, so that some may have been lost.
    """

    language: str
    context: str
    source: str
    target: str
    verdict: Verdict
    place: Place
    comment: str = ""
    is_narrow: bool = False


@dataclass(frozen=True, slots=True)
class SectionPairing:
    """A section in its original and in one other language, block by block."""

    original: Section
    translation: Section | None
    pairing: Pairing


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


def section_pairings(loaded: Loaded, language: str) -> Iterator[SectionPairing]:
    """Every section whose original is in another language, in reading order."""
    explainer = loaded.explainer
    assert explainer is not None
    names = dict.fromkeys((*explainer.reading_order, *_section_ids(explainer)))
    for section_id in names:
        versions = (explainer.section(code, section_id) for code in explainer.languages)
        original = next((each for each in versions if each and each.original is None), None)
        if original is None or original.language == language:
            continue
        translation = explainer.section(language, section_id)
        baseline = read_baseline(loaded.folder, language, section_id)
        yield SectionPairing(original, translation, pair_section(original, translation, baseline))


def _section_ids(explainer: Explainer) -> Iterator[str]:
    for sections in explainer.sections.values():
        yield from sections


def batch(loaded: Loaded, language: str, pending: bool = False) -> tuple[Batch, list[Problem]]:
    """What is exchanged for a language, and a warning for each section that is not whole.

    What could not be read is left out: a section of which the translation is there, and broken,
    is not missing.
    """
    explainer = loaded.explainer
    assert explainer is not None
    units: list[Unit] = []
    problems: list[Problem] = []
    sound = replace(loaded, explainer=readable_part(loaded))
    for section in section_pairings(sound, language):
        units += _section_units(section, sound, language)
        if section.pairing.unclear:
            problems.append(_unclear(section))
    original = next(code for code in explainer.languages if code != language)
    is_known = not is_unread(loaded, baseline_path(language, FACTS))
    if language != explainer.languages[0] and is_known:
        units += _yaml_units(loaded, language)
    comments = _comments(explainer, language)
    units = [replace(unit, comment=comments.get(unit.context, "")) for unit in units]
    site = explainer.site
    made = Batch(
        language=language,
        original=original,
        title=str(site.title[language]),
        editor=str(site.editor.name),
        updated=site.updated.text,
        units=tuple(unit for unit in units if not pending or unit.state != "translated"),
        pending=pending,
    )
    return made, problems


def _comments(explainer: Explainer, language: str) -> Mapping[str, str]:
    """What translators noted, by the id of the unit."""
    return {
        unit_context(name, unit.context): unit.comment
        for (code, name), baseline in explainer.baselines.items()
        if code == language
        for unit in baseline
        if unit.comment
    }


def unit_context(name: str, context: str) -> str:
    """The id among the units of what a baseline ("talks", "facts") knows as `context`."""
    return context if name == FACTS else f"sections/{name}/{context}"


def _unclear(section: SectionPairing) -> Problem:
    translation = section.translation
    assert translation is not None
    numbers = ", ".join(pair.original.name for pair in section.pairing.unclear)
    message = (
        f"nothing says which paragraph is the translation of {section.original.language} "
        f"paragraph {numbers}; left out. Give both languages as many paragraphs between headings"
    )
    return warning(translation.title.place, message, RULE)


def section_context(section: Section, block: Block) -> str:
    """The id of a block among the units."""
    return f"sections/{section.id}/{block.name}"


def _section_units(section: SectionPairing, loaded: Loaded, language: str) -> Iterator[Unit]:
    assert loaded.explainer is not None
    prose = Prose(loaded.explainer, language, "overview")
    for pair in section.pairing.pairs:
        source = pair.original.text
        is_stale = pair.state == "stale"
        yield Unit(
            context=section_context(section.original, pair.original),
            original=section.original.language,
            source=str(source),
            target=str(pair.translation or ""),
            state=pair.state,
            previous=pair.known.original if is_stale and pair.known else "",
            notes=_notes(prose, source, prose.target("section", str(section.original.id))),
            place=_place(source, loaded.folder),
            is_block=pair.original.name.isdigit(),
        )


def _yaml_units(loaded: Loaded, language: str) -> Iterator[Unit]:
    explainer = loaded.explainer
    assert explainer is not None
    prose = Prose(explainer, language, "overview")
    original = explainer.languages[0]
    baseline = explainer.fact_baselines[language]
    known = {unit.context: unit.original for unit in baseline or ()}
    for context, texts in explainer.yaml_texts():
        source = texts[original]
        previous = known.get(context, "")
        fresh = normalised(previous) == normalised(source)
        yield Unit(
            context=context,
            original=original,
            source=str(source),
            target=str(texts[language]),
            state="translated" if fresh else "stale",
            previous="" if fresh else previous,
            notes=_notes(prose, source, _page_of_path(prose, context)),
            place=_place(source, loaded.folder),
        )


def _page_of_path(prose: Prose, context: str) -> str:
    group, entry_id, *_ = context.split("/")
    if group in _SCHEME_OF_GROUP:
        return prose.target(_SCHEME_OF_GROUP[group], entry_id)
    return f"{_INTRODUCED_BY.get(group, 'index')}.md"


def _notes(prose: Prose, source: Text, page: str) -> tuple[str, ...]:
    """The page's address, then what each placeholder shows to its readers today."""
    explainer = prose.explainer
    name, _, anchor = page.partition(".md")
    path = page_url("overview" if name == "index" else name).removeprefix(".")
    notes = [f"{explainer.site.base_url}{prose.language}/{path}{anchor}"]
    for mark in dict.fromkeys(map(_typed, find_marks(source)[0])):
        fact = explainer.facts.get(mark[0])
        if fact is not None and misfit(fact, mark[1]) is None:
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
    assert explainer is not None
    seen: set[tuple[str, str]] = set()
    names: Sequence[str] = loaded.folder.names(f"translations/{language}", ".po")
    for name in names:
        translation = explainer.section(language, name) if name != FACTS else None
        original = str(translation.original) if translation and translation.original else None
        for unit in explainer.baselines.get((language, name), ()):
            pair = (unit.original, unit.translation)
            if not all(pair) or pair in seen:
                continue
            seen.add(pair)
            context = unit_context(name, unit.context)
            yield context, original or explainer.languages[0], *pair
