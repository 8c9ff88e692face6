"""Whether what is named exists: ids, pins, units, marks and the names that links use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from reperes.model.bearings import Source
from reperes.model.entries import Pin
from reperes.model.explainer import Explainer
from reperes.model.facts import Fact
from reperes.model.forms import misfit
from reperes.model.gone import NAMESPACE_OF, Gone
from reperes.model.pins import Locator, how_to_type
from reperes.model.references import Link, Mark, Placeholder, faults_in, marks_in
from reperes.model.released_ids import check_released
from reperes.model.schema import ENTRIES_OF_PAGE, FACT_NOUNS, RESERVED_IDS, TAKEN_IDS, WORD_LISTS
from reperes.model.shapes import Mention
from reperes.model.site import Section
from reperes.model.source_types import source_type
from reperes.text.folding import folded
from reperes.text.markup import with_capital
from reperes.text.problems import Place, Problem, Text, did_you_mean, quoted

PLAIN_TEXTS = (
    *("label", "full", "short", "according_to", "name", "term", "title", "tagline"),
    *("words", "translator"),
    *("alt", "rights", "changes"),
    *("one", "other", "many", "symbol"),
    "read_in",
)
"""Keys whose text is used inside other texts, and so may hold no marks of its own."""


@dataclass
class Namespaces:
    """Every id that was typed, by namespace, whether or not its entry turned out sound.

    Nothing is missing from a namespace that is `unread`. `absent` are files that do not exist, by
    the namespace that they would fill; `empty_pages` are pages that are not made, for want of
    entries. `gone` are ids that were published and are no more; `drafts` are the places of entries
    that nobody has accepted yet, by their ids. `released` has the number of the edition that had an
    id first, by what it was the id of, and id.

    It keeps what it has reported: see `report_missing`.
    """

    ids: Mapping[str, set[str]]
    unread: frozenset[str] = frozenset()
    absent: Mapping[str, str] = field(default_factory=dict)
    empty_pages: frozenset[str] = frozenset()
    gone: Mapping[str, Gone] = field(default_factory=dict)
    drafts: Mapping[str, Place] = field(default_factory=dict)
    released: Mapping[tuple[str, str], int] = field(default_factory=dict)
    _messages: dict[tuple[tuple[str, ...], str], str] = field(default_factory=dict)
    _reported_absent: set[str] = field(default_factory=set)

    def report_missing(self, namespaces: Iterable[str], wanted: str) -> str | None:
        """What to report where no namespace has `wanted`, or None.

        That a whole file is absent is reported once. Without figures.yml, say, a hundred citations
        name a figure that is missing, and to write the file mends them all.
        """
        names = tuple(namespaces)
        if any(name in self.unread or wanted in self.ids[name] for name in names):
            return None
        if (gone := self.gone.get(wanted)) is not None and gone.was_in(names):
            return _message_of_gone(names, gone)
        if (number := self._edition_that_had(names, wanted)) is not None:
            return None if "gone" in names else _message_of_released(names, wanted, number)
        if wanted in self.drafts and not {"fact", *FACT_NOUNS}.isdisjoint(names):
            at = self.drafts[wanted]
            message = f"no {' or '.join(names)} {quoted(wanted)}; it is a draft"
            return f"{message} at {at.path}:{at.line}; run `reperes propose --accept {wanted}`"
        absent = [self.absent[name] for name in names if name in self.absent]
        if len(absent) == len(names):
            if self._reported_absent.issuperset(absent):
                return None
            self._reported_absent.update(absent)
            files = " or ".join(absent)
            return f"no {' or '.join(names)} {quoted(wanted)}, for there is no {files}; write it"
        # Kept, for the nearest id is slow to find and a misspelt one is often typed again.
        if (names, wanted) not in self._messages:
            self._messages[names, wanted] = self._message(names, wanted)
        return self._messages[names, wanted]

    def _edition_that_had(self, names: tuple[str, ...], wanted: str) -> int | None:
        """The edition that had an id first which was no slip, then, and is missed by gone.yml."""
        nouns = (noun for noun in NAMESPACE_OF if {noun, NAMESPACE_OF[noun]} & {*names})
        found = (self.released.get((noun, wanted)) for noun in nouns)
        return next((number for number in found if number is not None), None)

    def _message(self, names: tuple[str, ...], wanted: str) -> str:
        if "section" in names and wanted in self.empty_pages:
            missing = " or ".join(ENTRIES_OF_PAGE[wanted])
            message = f"there is no page {quoted(wanted)}, for there is no {missing} to show on it"
            return f"{message}; add one, or introduce it in sections/LANGUAGE/{wanted}.md"
        names = tuple(name for name in names if name != "gone")
        absent = f"no {' or '.join(names)} {quoted(wanted)}"
        # Nobody types a unit or a kind for something else, nor anything else for one of these:
        # "year" may be near what was meant, and a figure may be called "fountains".
        words = {"unit", "gone", *(kind.noun for kind in WORD_LISTS)}
        others = [name for name in self.ids if name not in words and not words.intersection(names)]
        elsewhere = next((name for name in others if wanted in self.ids[name]), None)
        if elsewhere:
            article = "an" if elsewhere[0] in "aeiou" else "a"
            return f"{absent}; it is {article} {elsewhere}"
        known = set().union(*(self.ids[name] for name in names))
        hint = did_you_mean(wanted, known)
        if names == ("unit",):
            hint += " If not, define it in units.yml" if hint else "; define it in units.yml"
        return f"{absent}{hint}"


def _message_of_gone(names: tuple[str, ...], gone: Gone) -> str:
    """What to report where something cites an id of one of these namespaces that is gone."""
    message = f"no {' or '.join(names)} {quoted(gone.id)}; it is gone ({gone.place})"
    if gone.now is None:
        return f"{message}, and nothing replaces it: remove what names it"
    return f'{message}; write "{gone.now}", which replaces it'


def _message_of_released(names: tuple[str, ...], wanted: str, number: int) -> str:
    """What to report where something cites an id that went without a word in gone.yml."""
    message = f"no {' or '.join(names)} {quoted(wanted)}; edition {number} had it"
    return f"{message}: bring it back, or cite what stands for it"


def resolve_entries(
    explainer: Explainer, mentions: Iterable[Mention], namespaces: Namespaces
) -> Iterator[Problem]:
    """Problems of entries with one another."""
    for mention in mentions:
        message = namespaces.report_missing(mention.namespaces, mention.id)
        if message:
            yield Problem(mention.id.place, f"{mention.trail}: {message}", "reference")
    for pin, trail in _pins(explainer):
        yield from _check_pin(pin, trail, explainer)
    yield from _check_authors(explainer)
    parents = {key: actor.part_of_id for key, actor in explainer.actors.items()}
    yield from _check_circles(parents, "actor", "part_of")
    within = {key: place.within_id for key, place in explainer.places.items()}
    yield from _check_circles(within, "place", "within")
    of = {key: unit.of_id for key, unit in explainer.units.items()}
    yield from _check_circles(of, "unit", "of")
    for gone in explainer.gone.values():
        yield from _check_gone(gone, namespaces)
    yield from check_released(explainer, namespaces.ids, namespaces.unread)


def _check_gone(gone: Gone, namespaces: Namespaces) -> Iterator[Problem]:
    """A problem where something has the id again, or none ever had an address by it."""
    for noun in gone.was:
        where = f"gone {gone.id}"
        if noun == "section" and gone.id in (*RESERVED_IDS, *TAKEN_IDS):
            message = f"{where}: no section had that address, which is the program’s; remove it"
            yield Problem(gone.place, message, "reference")
        elif gone.id in namespaces.ids[noun]:
            fix = f'remove "{noun}" from "was"' if len(gone.was) > 1 else "remove it from gone.yml"
            message = f"{where}: the {noun} {quoted(gone.id)} is there again; {fix}"
            yield Problem(gone.place, message, "reference")


def _pins(explainer: Explainer) -> Iterator[tuple[Pin, str]]:
    for fact in explainer.facts.values():
        for stated in fact.values:
            yield from ((pin, f"{type(fact).__name__.lower()} {fact.id}") for pin in stated.pins)
    optional = (
        ("actor", explainer.actors),
        ("place", explainer.places),
        ("term", explainer.terms),
        ("picture", explainer.pictures),
    )
    for noun, entries in optional:
        for key, entry in entries.items():
            yield from ((pin, f"{noun} {key}") for pin in entry.pins)


def _check_authors(explainer: Explainer) -> Iterator[Problem]:
    """A value that names no author has its source's publisher, and a book may have none."""
    for fact in explainer.facts.values():
        for stated in fact.values:
            sources = [explainer.sources.get(pin.source_id) for pin in stated.pins]
            if not stated.attributed_to and all(sources):
                noun = type(fact).__name__.lower()
                names = " and ".join(dict.fromkeys(pin.source_id for pin in stated.pins))
                message = f"{noun} {fact.id}: no author, and {names} has no publisher"
                fix = 'write who says so as "attributed_to"'
                place = stated.pins[0].source_id.place
                yield Problem(place, f"{message}; {fix}", "reference")


def _check_pin(pin: Pin, trail: str, explainer: Explainer) -> Iterator[Problem]:
    source = explainer.sources.get(pin.source_id)
    if source is None:
        return
    message = misplaced(pin.locator, source)
    if message:
        yield Problem(pin.source_id.place, f"{trail}: source: {message}", "reference")


def misplaced(locator: Locator | None, source: Source) -> str | None:
    """Why a source has no such place, and what to write; None where it has."""
    known = source_type(source.general_type)
    noun = source.type.replace("_", " ")
    if locator is None:
        if not known.needs_place:
            return None
        message = f"the place in {source.id} is missing"
        return f"{message}; write where it says so, such as {how_to_type(known.places[0])}"
    # What is digested has paragraphs: the words of a video, say.
    if locator.kind == "paragraphs" and source.paragraphs:
        count = len(source.paragraphs)
        beyond = (number for number in locator.paragraphs if number > count)
        return next(
            (f"paragraph {n}, but {source.id} has {count}; see sources.yml" for n in beyond), None
        )
    if locator.kind in known.places:
        return None
    article = "an" if noun[0] in "aeiou" else "a"
    if not known.places:
        return f'{article} {noun} has no {locator.kind}; remove "{locator.kind}"'
    places = " or ".join(known.places)
    fix = f"write {how_to_type(known.places[0])}"
    return f"{article} {noun} has {places}, not {locator.kind}; {fix}"


def _check_circles(parents: Mapping[str, Text | None], noun: str, key: str) -> Iterator[Problem]:
    """A problem for each circle, at the entry whose id comes first in the alphabet."""
    done: set[str] = set()
    for start in parents:
        chain: dict[str, None] = {}
        at: str | None = start
        while at is not None and at not in chain and at not in done:
            chain[at] = None
            at = parents.get(at)
        if at in chain:
            circle = [*chain][[*chain].index(at) :]
            yield _circle_problem(circle, parents, noun, key)
        done.update(chain)


def _circle_problem(
    circle: list[str], parents: Mapping[str, Text | None], noun: str, key: str
) -> Problem:
    first = circle.index(min(circle))
    turned = [*circle[first:], *circle[:first], circle[first]]
    parent = parents[turned[0]]
    assert parent is not None
    message = f"{noun} {turned[0]}: {key} goes round: {' → '.join(turned)}; remove one of them"
    return Problem(parent.place, message, "reference")


def resolve_texts(
    yaml_texts: Mapping[str, Mapping[str, Text]], explainer: Explainer, namespaces: Namespaces
) -> Iterator[Problem]:
    """Problems of the marks in YAML texts, which are by their paths."""
    for path, texts in yaml_texts.items():
        for language, text in texts.items():
            if "{{" not in text and "}}" not in text and "](" not in text:
                continue
            group, _, rest = path.partition("/")
            trail = f"{group.rstrip('s')} {rest.replace('/', ': ')}"
            if (key := path.rsplit("/", 1)[-1]) in PLAIN_TEXTS:
                instead = "put the citation in the summary or text"
                fix = "write what was said" if key == "words" else instead
                yield Problem(text.place, f"{trail}: plain words only here; {fix}", "reference")
                continue
            marks, problems = marks_in(text), faults_in(text)
            yield from problems
            for mark in marks:
                yield from _check_mark(mark, language, explainer, namespaces)


def resolve_section(
    section: Section, explainer: Explainer, namespaces: Namespaces
) -> Iterator[Problem]:
    """Problems of the marks in a section's title, summary and body."""
    for text in (section.title, section.summary, section.body):
        marks, problems = marks_in(text), faults_in(text)
        yield from problems
        for mark in marks:
            yield from _check_mark(mark, section.language, explainer, namespaces)


def _check_mark(
    mark: Mark, language: str, explainer: Explainer, namespaces: Namespaces
) -> Iterator[Problem]:
    if isinstance(mark, Placeholder):
        yield from _check_placeholder(mark, explainer, namespaces)
        return
    message = namespaces.report_missing((mark.scheme,), mark.id)
    if message:
        yield Problem(mark.id_place, message, "reference")
    else:
        yield from check_link_text(mark, language, explainer)


def _check_placeholder(
    mark: Placeholder, explainer: Explainer, namespaces: Namespaces
) -> Iterator[Problem]:
    message = namespaces.report_missing(("fact",), mark.id)
    fact: Fact | None = explainer.facts.get(mark.id)
    if message is None and fact is not None:
        message = misfit(fact, mark.form)
    if message:
        yield Problem(mark.place, f"{mark}: {message}", "reference")


def check_link_text(mark: Link, language: str, explainer: Explainer) -> Iterator[Problem]:
    """A problem where a link to an actor or a place shows none of its recorded names."""
    names: tuple[Text, ...]
    common_nouns: tuple[str, ...] = ()
    if mark.scheme == "actor" and mark.id in explainer.actors:
        names = explainer.actors[mark.id].names[language].all
        common_nouns = explainer.actors[mark.id].names[language].common_nouns
    elif mark.scheme == "place" and mark.id in explainer.places:
        names = explainer.places[mark.id].names[language].all
    else:
        return
    shown = re.sub(r"[*_]", "", folded(mark.text))
    known_names = {folded(name) for name in (*names, *common_nouns)}
    # A name opens a sentence with a capital that it does not have elsewhere.
    known_names |= {with_capital(name) for name in known_names}
    if shown not in known_names:
        known = ", ".join(f'"{name}"' for name in names)
        typed = " ".join(mark.text.split())
        message = f'"{typed}" is not a recorded name of {mark.scheme} {mark.id}; write {known}'
        fix = f", or add it to its accepted names in {language}"
        if mark.scheme == "actor" and with_capital(shown) in known_names:
            fix = f", or, if it is a common noun, write it so in according_to in {language}"
        yield Problem(mark.place, message + fix, "name")
