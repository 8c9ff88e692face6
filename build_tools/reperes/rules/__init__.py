"""The gates: each rule a function from an explainer to problems, run together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from reperes.model.explainer import Explainer
from reperes.model.site import Section, Waiver
from reperes.rules import (
    agreed_words,
    attribution,
    charts,
    counterparts,
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

RULES: tuple[Callable[[Explainer], Iterator[Problem]], ...] = (
    naked_figures.check,
    units.check,
    markdown.check,
    attribution.check,
    quotations.check,
    headings.check,
    parity.check,
    pictures.check,
    counterparts.check,
    evidence.check,
    source_types.check,
    rivals.check,
    charts.check,
    unused.check,
    insertion.check,
    terms.check,
    agreed_words.check,
    unfinished.check,
)
"""Every rule, in the order in which they run."""

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

    `checkpoint` is called after each rule; whoever does not need the rest may raise there.
    """
    problems: list[Problem] = []
    for rule in RULES:
        problems += rule(explainer)
        checkpoint()
    return list(_apply_waivers(explainer, problems))


def _apply_waivers(explainer: Explainer, problems: Iterable[Problem]) -> Iterator[Problem]:
    sections = {s.path: s for found in explainer.sections.values() for s in found.values()}
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
