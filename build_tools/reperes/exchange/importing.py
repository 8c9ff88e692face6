"""Taking translations in: what fits is written to its place and stamped, the rest is reported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from reperes.exchange.formats import read_units
from reperes.exchange.judging import Accepted, judge
from reperes.exchange.planning import Plan, plan_of
from reperes.exchange.trial import Key, new_problems, unit_at
from reperes.model.loading import load
from reperes.model.planned import kind_of
from reperes.rules import parity, unfinished
from reperes.rules.checking import problems_of
from reperes.text.files import write_all
from reperes.text.problems import Problem

_SAID_OF_DRAFTS = frozenset({unfinished.RULE, parity.STALE_RULE})
"""The rules that say of a draft what is known of it: it is neither finished nor up to date."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did.

    `accepted` counts the units that were taken or confirmed, `drafts` those among them that were
    written without being stamped; `changed` are files of texts, and `stamped` the baselines
    ("en/talks"), sorted; `noted` are those to which comments alone were added.
    """

    accepted: int
    changed: tuple[str, ...]
    stamped: tuple[str, ...]
    problems: tuple[Problem, ...]
    drafts: int = 0
    noted: tuple[str, ...] = ()


def import_file(content: Path, path: Path, drafts: bool = False) -> Outcome:
    """Take what fits from a translated file.

    Each text is judged by itself, and what is accepted is planned. Then every rule is asked what it
    would say of the content with these texts in it: a text that brings an error is refused, and
    the rest planned again. `drafts` takes what is not finished too, without stamping it.

    Raises ContentError, before anything is written, where nothing of the content can be read, or of
    the file.
    """
    loaded = load(content)
    returned, unreadable = read_units(path)
    accepted, refusals = judge(returned, loaded, drafts)
    known = problems_of(loaded) if accepted.texts else []
    while True:
        plan = plan_of(accepted, loaded)
        objections = _objections(plan, accepted, known)
        if not objections.refused:
            break
        # Without them a section may not be whole any more, or another text break no rule.
        accepted = accepted.without(objections.refused)
        refusals += objections.errors
    write_all(plan.files)
    problems = {*unreadable, *refusals, *plan.problems, *objections.warnings}
    return Outcome(
        accepted=plan.taken,
        changed=tuple(sorted(map(plan.reported, plan.content_files))),
        stamped=tuple(sorted(plan.baselines.keys() - plan.noted)),
        noted=tuple(sorted(plan.noted)),
        problems=tuple(sorted(problems)),
        drafts=sum(text.is_draft for text in plan.texts.values()),
    )


@dataclass
class _Objections:
    """What the check has against planned texts, at their lines in the imported file."""

    refused: set[Key] = field(default_factory=set)
    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)


def _objections(plan: Plan, accepted: Accepted, known: Sequence[Problem]) -> _Objections:
    """What is wrong with the content as planned, beyond the problems known before."""
    found = _Objections()
    if not plan.texts:
        return found
    paths = {key: plan.path_of(key) for key in plan.texts}
    written = plan.written
    elsewhere: list[Problem] = []
    for problem in _brought(plan, known):
        path = problem.place.path
        texts = {key: text.text for key, text in plan.texts.items() if paths[key] == path}
        unit = unit_at(problem, written[path], texts) if path in written else None
        if unit is None:
            elsewhere += (problem,) if problem.is_error else ()
            continue
        text = plan.texts[unit]
        # Some rules begin with what they speak of, which is the unit itself.
        message = f"{unit[1]}: {problem.message.removeprefix(f'{unit[1]}: ')}"
        # Who translates does not add facts: the original has them.
        objection = replace(problem, place=text.place, message=message, entry="")
        if problem.is_error:
            found.refused.add(unit)
            found.errors.append(objection)
        elif not (text.is_draft and problem.rule in _SAID_OF_DRAFTS):
            found.warnings.append(objection)
    # One at a time: what else is broken may go with the texts that are refused here.
    if elsewhere and not found.refused:
        culprits = _culprits(elsewhere[0], plan, accepted, known)
        found.refused.update(culprits)
        found.errors.append(_error_elsewhere(elsewhere[0], plan, culprits))
    return found


def _brought(plan: Plan, known: Sequence[Problem]) -> list[Problem]:
    return new_problems(plan.loaded, known, plan.files, plan.written)


def _culprits(
    problem: Problem, plan: Plan, accepted: Accepted, known: Sequence[Problem]
) -> Sequence[Key]:
    """The fewest texts that bring a problem together, as far as halving finds them.

    An actor's name is translated otherwise, say, and is no more what a section calls him: there,
    where nothing was imported, stands the error. Of eight texts four bring it, of these two, of
    these one; where neither half alone brings it, both are needed, and the search ends.
    """
    keys = list(plan.texts)
    while len(keys) > 1:
        middle = len(keys) // 2
        for half in (keys[:middle], keys[middle:]):
            alone = plan_of(accepted.without(plan.texts.keys() - set(half)), plan.loaded)
            if kind_of(problem) in map(kind_of, _brought(alone, known)):
                keys = half
                break
        else:
            break
    return keys


def _error_elsewhere(problem: Problem, plan: Plan, culprits: Sequence[Key]) -> Problem:
    """An error that stands in none of the texts that bring it, at the first of these."""
    first = min(culprits, key=lambda key: plan.texts[key].place)
    more = f" and {len(culprits) - 1} more" if len(culprits) > 1 else ""
    found = f"with this text{more} there is an error at {problem.place}: {problem.message}"
    return replace(problem, place=plan.texts[first].place, message=f"{first[1]}: {found}")
