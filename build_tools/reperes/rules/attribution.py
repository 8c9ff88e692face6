"""Attributed figures and quotations whose author prose does not name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reperes.model.explainer import Explainer, once_for_an_explainer
from reperes.model.facts import Fact, Quotation
from reperes.model.forms import QUOTED_FORMS, VALUE_FORMS
from reperes.model.references import Link, Mark, Placeholder, marks_placed_in, stands_alone
from reperes.model.site import Section
from reperes.text.folding import folded
from reperes.text.problems import Problem, Text

RULE = "attribution"


def check_section(explainer: Explainer, section_id: str) -> Iterator[Problem]:
    """The first citation, in each section, of a figure that somebody claimed, or of a quotation.

    Its author, who of a quotation is the speaker, is named in the same paragraph or a neighbouring
    one: by `.by`, by a link to the actor or to a term for it, or by a recorded name. A summary
    stands alone, and names its own. A quotation in a block of its own has a caption.
    """
    for section in explainer.versions(section_id):
        body = [block.text for block in section.blocks if block.kind != "heading"]
        yield from _check_blocks(body, section, explainer)
        yield from _check_blocks([section.summary], section, explainer)


def _check_blocks(
    blocks: Sequence[Text], section: Section, explainer: Explainer
) -> Iterator[Problem]:
    marks = [marks_placed_in(block) for block in blocks]
    seen: set[str] = set()
    for number, block_marks in enumerate(marks):
        for mark in block_marks:
            fact = _claimed(mark, explainer)
            if fact is None or fact.id in seen or stands_alone(blocks[number]):
                continue
            seen.add(str(fact.id))
            near = range(max(0, number - 1), min(len(blocks), number + 2))
            around = [(blocks[n], marks[n]) for n in near]
            if _needs_author(explainer, str(fact.id)) and not any(
                _names_author(fact, text, found, section.language, explainer)
                for text, found in around
            ):
                yield _problem(fact, mark, section.language, explainer)


@once_for_an_explainer
def _needs_author(explainer: Explainer, fact_id: str) -> bool:
    return needs_author(explainer.facts[fact_id], explainer)


def needs_author(fact: Fact, explainer: Explainer) -> bool:
    """Whether somebody other than the source's own voice claimed it.

    No, too, while its source or an author is missing or was refused: who they are cannot be told.
    """
    known = bool(fact.authors) and all(pin.source_id in explainer.sources for pin in fact.pins)
    known = known and all(author in explainer.actors for author in fact.authors)
    return known and (isinstance(fact, Quotation) or not explainer.in_own_voice(fact))


def _claimed(mark: Mark, explainer: Explainer) -> Fact | None:
    """The figure of which a mark shows the value, or the quotation of which it shows words."""
    if isinstance(mark, Placeholder) and mark.form in VALUE_FORMS and mark.id in explainer.figures:
        return explainer.figures[mark.id]
    if isinstance(mark, Placeholder) and mark.form in QUOTED_FORMS:
        return explainer.quotations.get(mark.id)
    return None


def _names_author(
    fact: Fact, text: Text, marks: Sequence[Mark], language: str, explainer: Explainer
) -> bool:
    authors = set(fact.authors)
    for mark in marks:
        if isinstance(mark, Placeholder):
            cited = explainer.facts.get(mark.id)
            if mark.form == "by" and cited and authors & set(cited.authors):
                return True
        elif linked_actor(mark, explainer) in authors:
            return True
    said = text.kept(folded)
    return any(_says(name, said) for name in _author_names(fact, language, explainer))


def linked_actor(mark: Link, explainer: Explainer) -> str | None:
    """The actor that a link names, directly or through a term for it."""
    if mark.scheme == "actor":
        return mark.id
    term = explainer.terms.get(mark.id) if mark.scheme == "term" else None
    return term.actor_id if term else None


def _author_names(fact: Fact, language: str, explainer: Explainer) -> Iterator[str]:
    for actor_id in fact.authors:
        for name in explainer.actors[actor_id].names[language].all:
            yield folded(name)


def _says(name: str, text: str) -> bool:
    """Whether a text holds a name as whole words, both folded."""
    return name in text and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def _problem(fact: Fact, mark: Mark, language: str, explainer: Explainer) -> Problem:
    known = [explainer.actors[actor_id] for actor_id in fact.authors]
    names = ", ".join(actor.names[language].in_prose for actor in known)
    message = f"{mark}: its author ({names}) is named neither in this paragraph nor beside it"
    return Problem(mark.place, f"{message}; write {{{{ {fact.id}.by }}}} there", RULE)
