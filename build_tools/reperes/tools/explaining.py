"""All that is known of an id: what each language says of it, who cites it, what rests on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reperes.model.declaring import held_ids
from reperes.model.entries import Entry
from reperes.model.explainer import Explainer
from reperes.model.facts import Fact
from reperes.model.forms import FORMS, attribution, misfit, say
from reperes.model.localized import localized_texts
from reperes.model.references import Link, Mark, is_citation, marks_in
from reperes.model.schema import FACT_NOUNS, WORD_LISTS
from reperes.model.site import Section
from reperes.text.problems import ContentError, Place, Problem, did_you_mean
from reperes.text.reports import IndentedLine

_EXPLAINED = (*FACT_NOUNS, "actor", "place", "term", "picture", "source", "unit")
"""The kinds of entries that are explained, beside sections."""


def explain(explainer: Explainer, wanted: str) -> list[IndentedLine]:
    """What is known of an id, under each kind of entry that bears it.

    `wanted` may name the kind too ("term:osdh"). Raises ContentError for an unknown id.
    """
    kind, _, entry_id = wanted.rpartition(":")
    groups = _groups(explainer)
    if kind:
        kinds = FACT_NOUNS if kind == "fact" else (kind,)
        groups = {noun: entries for noun, entries in groups.items() if noun in kinds}
    found = {noun: entries[entry_id] for noun, entries in groups.items() if entry_id in entries}
    if not found:
        known = {key for entries in groups.values() for key in entries}
        message = f'no {kind or "entry"} has the id "{entry_id}"{did_you_mean(entry_id, known)}'
        raise ContentError([Problem(Place(wanted), message, "explain")])
    lines: list[IndentedLine] = []
    for noun, entry in found.items():
        lines += _entry_lines(explainer, noun, entry)
    return lines


def _groups(explainer: Explainer) -> Mapping[str, Mapping[str, Entry | Section]]:
    sections = {
        section_id: section
        for language in reversed(explainer.languages)
        for section_id, section in explainer.sections[language].items()
    }
    words = {words.noun: explainer.vocabulary.of(words.noun) for words in WORD_LISTS}
    return {**{noun: explainer.entries[noun] for noun in _EXPLAINED}, "section": sections, **words}


def _entry_lines(explainer: Explainer, noun: str, entry: Entry | Section) -> Iterator[IndentedLine]:
    yield 0, f"{noun} {entry.id}  ({entry.place})"
    if isinstance(entry, Fact):
        yield from _fact_lines(explainer, entry)
    elif not isinstance(entry, Section):
        yield from _text_lines(explainer, entry)
    cited = sorted(_citations(explainer, noun, entry))
    yield (
        1,
        f"cited in {len(cited)} place{'s' if len(cited) > 1 else ''}" if cited else "cited nowhere",
    )
    yield from ((2, f"{place}  {shown}") for place, shown in cited)
    resting = [(2, line) for line in _resting(explainer, noun, entry.id)]
    if resting:
        yield 1, "rests on it"
        yield from resting


def _fact_lines(explainer: Explainer, fact: Fact) -> Iterator[IndentedLine]:
    for language, locale in explainer.locales.items():
        yield 1, language
        yield 2, f"{'label':14}{fact.label[language]}"
        for form in FORMS[type(fact)]:
            if form != "label" and misfit(fact, form) is None:
                said = say(fact, form, locale, explainer.actors)
                yield 2, f"{form or '(bare)':14}{said}"
    locale = explainer.locales[explainer.languages[0]]
    for pin in fact.pins:
        where = f", {pin.locator.spelled_out}" if pin.locator else ""
        yield 1, f"source  {pin.source_id}{where}"
    yield 1, f"author  {attribution(fact, locale, explainer.actors)}"


def _text_lines(explainer: Explainer, entry: Entry) -> Iterator[IndentedLine]:
    texts = list(localized_texts(entry, explainer.languages))
    for language in explainer.languages:
        yield 1, language
        for path, text in texts:
            yield 2, f"{path.rsplit('/', 1)[-1]:13}{text[language]}"


def every_mark(explainer: Explainer) -> Iterator[Mark]:
    """The marks of all sections, titles and summaries included, and of all YAML texts."""
    for marks in explainer.marks.values():
        yield from marks
    for sections in explainer.sections.values():
        for section in sections.values():
            for text in (section.title, section.summary):
                yield from marks_in(text)
    for _, _, mark in explainer.yaml_marks:
        yield mark


def _citations(
    explainer: Explainer, noun: str, entry: Entry | Section
) -> Iterator[tuple[Place, str]]:
    for mark in every_mark(explainer):
        scheme = mark.scheme if isinstance(mark, Link) else "fact"
        fits = is_citation(mark) if isinstance(entry, Fact) else scheme == noun
        if fits and mark.id == entry.id:
            yield mark.place, str(mark)


def _resting(explainer: Explainer, noun: str, entry_id: str) -> Iterator[str]:
    """Entries whose fields name this one."""
    namespace = "fact" if noun in FACT_NOUNS else noun
    for kind in ("correction", *_EXPLAINED):
        for other in explainer.entries[kind].values():
            if any(namespace in spaces and held == entry_id for spaces, held in held_ids(other)):
                yield f"{kind} {other.id}"
