"""The gates: what each rule says of a section, in all its languages, and of everything else.

What a section alone brings about can be asked again without the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from reperes.model.explainer import Explainer
from reperes.model.site import Section, Waiver
from reperes.rules import (
    agreed_words,
    attribution,
    charts,
    counterparts,
    drafts,
    editions,
    evidence,
    headings,
    insertion,
    markdown,
    naked_figures,
    parity,
    pictures,
    quotations,
    rivals,
    source_types,
    terms,
    unfinished,
    units,
    unused,
)
from reperes.text.problems import Place, Problem, Text, did_you_mean, warning

RULES_OF_SECTIONS: tuple[Callable[[Explainer, str], Iterator[Problem]], ...] = (
    naked_figures.check_section,
    units.check_section,
    markdown.check_section,
    attribution.check_section,
    quotations.check_section,
    headings.check_section,
    parity.check_section,
    pictures.check_section,
    counterparts.check_section,
    charts.check_section,
    insertion.check_section,
    terms.check_section,
    agreed_words.check_section,
    unfinished.check_section,
    drafts.check_section,
)
"""What rules say of one section, by its id, in the order in which they run."""

RULES_OF_THE_REST: tuple[Callable[[Explainer], Iterator[Problem]], ...] = (
    naked_figures.check_rest,
    units.check_rest,
    markdown.check_rest,
    parity.check_rest,
    pictures.check_rest,
    counterparts.check_rest,
    evidence.check_rest,
    source_types.check_rest,
    rivals.check_rest,
    charts.check_rest,
    unused.check_rest,
    insertion.check_rest,
    terms.check_rest,
    agreed_words.check_rest,
    unfinished.check_rest,
    editions.check_rest,
    drafts.check_rest,
)
"""What they say of entries and of texts of YAML."""

WAIVABLE = (
    naked_figures.RULE,
    naked_figures.WEEKDAY_RULE,
    units.RULE,
    attribution.RULE,
    quotations.RULE,
    parity.RULE,
    insertion.RULE,
    insertion.PRECISION_RULE,
    terms.RULE,
    unfinished.RULE,
)
"""The rules that a section's front matter may waive."""


def check(explainer: Explainer, checkpoint: Callable[[], None] = lambda: None) -> list[Problem]:
    """What every rule finds, less what sections waive, plus waivers that waive nothing.

    `checkpoint` is called again and again; whoever does not need the rest may raise there.
    """
    problems = []
    for section_id in explainer.section_ids:
        problems += check_section(explainer, section_id)
        checkpoint()
    return [*problems, *check_rest(explainer, checkpoint)]


def check_section(explainer: Explainer, section_id: str) -> list[Problem]:
    """What the rules say of a section in all its languages, once its waivers are applied."""
    found = [problem for rule in RULES_OF_SECTIONS for problem in rule(explainer, section_id)]
    return list(_apply_waivers(explainer, explainer.versions(section_id), found))


def check_rest(
    explainer: Explainer, checkpoint: Callable[[], None] = lambda: None
) -> list[Problem]:
    """What the rules say of all that is no section's, entries and texts of YAML."""
    problems: list[Problem] = []
    for rule in RULES_OF_THE_REST:
        problems += rule(explainer)
        checkpoint()
    return problems


def _apply_waivers(
    explainer: Explainer, versions: Iterable[Section], problems: Iterable[Problem]
) -> Iterator[Problem]:
    sections = {section.path: section for section in versions}
    used: set[int] = set()
    for problem in problems:
        section = sections.get(problem.place.path)
        waivers = section.waivers if section else ()
        waived = [w for w in waivers if section and _covers(w, problem, section)]
        used.update(id(waiver) for waiver in waived)
        if not waived:
            yield problem
    for section in sections.values():
        for waiver in section.waivers:
            # What was refused elsewhere may hide the problem that is waived.
            yield from _check_waiver(waiver, id(waiver) in used or not explainer.whole)


def _covers(waiver: Waiver, problem: Problem, section: Section) -> bool:
    """Whether the problem stands within the waiver's words, or, outside the body, quotes them."""
    if waiver.rule != problem.rule:
        return False
    if problem.place.line < section.body.place.line and waiver.text in problem.message:
        return True
    texts = (section.title, section.summary, section.body)
    return any(_stands_at(waiver.text, problem.place, text) for text in texts)


def _stands_at(words: str, place: Place, text: Text) -> bool:
    """Whether some of `words`, as they stand in `text`, are at a place."""
    lines = text.split("\n")
    number = place.line - text.place.line
    if not 0 <= number < len(lines):
        return False
    offset = place.column - (1 if number else text.place.column)
    return words in lines[number][max(0, offset - len(words) + 1) : offset + len(words)]


def _check_waiver(waiver: Waiver, used: bool) -> Iterator[Problem]:
    if waiver.rule not in WAIVABLE:
        message = (
            f'waivers: no rule "{waiver.rule}" can be waived{did_you_mean(waiver.rule, WAIVABLE)}'
        )
        yield Problem(waiver.rule.place, message, "waiver")
    elif not used:
        message = f'waivers: nothing to waive at "{waiver.text}"; remove the waiver'
        yield warning(waiver.rule.place, message, "waiver")
