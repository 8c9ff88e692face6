"""Entries that no reader would come across."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reperes.model.declaring import held_ids
from reperes.model.entries import Entry
from reperes.model.explainer import Explainer, answered_by_an_explainer
from reperes.model.references import PICTURE, SCHEMES, Link, Mark
from reperes.model.schema import WORD_LISTS
from reperes.text.problems import Problem, warning

RULE = "orphan"


def check_rest(explainer: Explainer) -> Iterator[Problem]:
    """Figures, terms, actors, places, pictures, sources and units that nothing leads to; unused
    words.

    Where an entry was refused, what it leads to is unknown, and nothing is said. Events stand on
    the timeline, claims and quotations among the statements, and places named on the map are
    there, so these are never lost. A figure on its page alone is: nothing says what it means.
    """
    if not explainer.whole:
        return
    linked = _linked(explainer)
    cited = linked["fact"] | linked["claim"]
    for figure in explainer.figures.values():
        if not figure.key and figure.id not in cited:
            fix = 'cite it, or give it `key: "true"` to show it on the overview'
            yield _problem("figure", figure, fix)
    for noun, entries in (("term", explainer.terms), ("actor", explainer.actors)):
        for entry in entries.values():
            if entry.id not in linked[noun]:
                yield _problem(noun, entry, f"link it with [words]({noun}:{entry.id})")
    for place in explainer.places.values():
        if place.id not in linked["place"]:
            yield _problem("place", place, f"link it with [words](place:{place.id})")
    for picture in explainer.pictures.values():
        if picture.id not in linked[PICTURE]:
            fix = f'show it by "![]({PICTURE}:{picture.id})" on a line of its own'
            yield _problem(PICTURE, picture, fix)
    for source in explainer.sources.values():
        if source.id not in linked["source"]:
            yield _problem("source", source, "let a fact rest on it")
    for unit in explainer.units.values():
        if unit.id not in linked["unit"]:
            yield _problem("unit", unit, "give it to a figure")
    held = (found for entry in _every_entry(explainer) for found in held_ids(entry))
    used = {(noun, word) for (noun, *_), word in held}
    for kind in WORD_LISTS:
        for word_id, word in explainer.vocabulary.of(kind.noun).items():
            if (kind.noun, word_id) not in used:
                name = f"{kind.name} {word_id}"
                message = f"{name} is used nowhere; give it to an entry, or remove it"
                yield warning(word.place, message, RULE)


def _every_entry(explainer: Explainer) -> Iterator[Entry]:
    for entries in explainer.entries.values():
        yield from entries.values()


def _problem(noun: str, entry: Entry, fix: str) -> Problem:
    return warning(entry.place, f"{noun} {entry.id} is shown nowhere; {fix}, or remove it", RULE)


def _linked(explainer: Explainer) -> dict[str, set[str]]:
    """Ids that something leads to: a mark in prose or YAML, or another entry's field."""
    found: dict[str, set[str]] = {noun: set() for noun in (*SCHEMES, "unit")}
    yaml_marks = (mark for _, _, mark in explainer.yaml_marks)
    for scheme, its_id in named_in_sections(explainer) | _named_by(yaml_marks):
        found[scheme].add(its_id)
    _follow_facts(explainer, found)
    for actor in explainer.actors.values():
        found["actor"].update([actor.part_of_id] if actor.part_of_id else [])
    for source in explainer.sources.values():
        found["actor"].update([source.publisher_id] if source.publisher_id else [])
    if explainer.map is not None:
        on_map = filter(explainer.map.shows, explainer.places.values())
        found["place"].update(place.id for place in on_map)
    for place in explainer.places.values():
        found["place"].update([place.within_id] if place.within_id else [])
    for unit in explainer.units.values():
        found["unit"].update(filter(None, (unit.of_id, unit.per_id)))
    for term in explainer.terms.values():
        found["term"].update(term.see_also)
        found["actor"].update([term.actor_id] if term.actor_id else [])
        found["place"].update([term.place_id] if term.place_id else [])
    entries = (explainer.actors, explainer.places, explainer.terms, explainer.pictures)
    for group in entries:
        for entry in group.values():
            found["source"].update(pin.source_id for pin in entry.pins)
    return found


@answered_by_an_explainer
def named_in_sections(explainer: Explainer) -> frozenset[tuple[str, str]]:
    """What marks in any section name, as scheme and id."""
    return _named_by(mark for marks in explainer.marks.values() for mark in marks)


def _named_by(marks: Iterable[Mark]) -> frozenset[tuple[str, str]]:
    named = ((mark.scheme if isinstance(mark, Link) else "fact", mark.id) for mark in marks)
    return frozenset(named)


def _follow_facts(explainer: Explainer, found: dict[str, set[str]]) -> None:
    for fact in explainer.facts.values():
        for stated in fact.values:
            found["source"].update(pin.source_id for pin in stated.pins)
            found["actor"].update(stated.attributed_to)
    for figure in explainer.figures.values():
        found["place"].update(number.place_id for number in figure.values if number.place_id)
    found["unit"].update(figure.unit for figure in explainer.figures.values())
    for event in explainer.events.values():
        found["actor"].update(event.actors)
        found["place"].update([event.place_id] if event.place_id else [])
    for claim in explainer.claims.values():
        found["actor"].add(claim.actor_id)
    for quotation in explainer.quotations.values():
        found["actor"].add(quotation.speaker_id)
