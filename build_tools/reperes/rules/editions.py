"""What has been published and says something else now, where no correction tells readers so."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from reperes.model.editions import RULE
from reperes.model.explainer import Explainer
from reperes.model.facts import Correction, Fact
from reperes.model.published import in_words, last_said, said_now, successors
from reperes.model.said import Said, differences, renamed
from reperes.model.schema import KINDS
from reperes.model.yaml_layout import text_of_entry
from reperes.model.yaml_values import table_of
from reperes.text.folding import folded
from reperes.text.problems import Problem, quoted, warning

_WORDS_ALONE = {"label", "summary", "text", "words", "original_words"}
"""What differs where only wording does."""

_UNSAID = ("…", "...")
"""What stands for a reason in an entry that is offered."""

_CORRECTIONS = next(kind for kind in KINDS if kind.entry is Correction)


def check_rest(explainer: Explainer) -> Iterator[Problem]:
    """Facts that say what no edition has said, and corrections that correct none."""
    for correction in explainer.corrections.values():
        yield from _check_correction(correction, explainer)
    for fact in explainer.facts.values() if explainer.editions else ():
        yield from _check_fact(fact, explainer)


def _check_correction(correction: Correction, explainer: Explainer) -> Iterator[Problem]:
    ledger, name = explainer.editions, f"correction {correction.id}"
    first = ledger.day(1) if 1 in ledger.numbers else None
    if correction.edition is None:
        if first is not None and correction.day.sort_key >= first.sort_key:
            message = f'{name} names no edition; write edition: "{ledger.number}", the one that'
            message += " said what it corrects"
            yield Problem(correction.place, message, RULE)
        return
    place = correction.edition.place
    if correction.number not in ledger.numbers:
        known = ", ".join(map(str, ledger.numbers)) or "none yet"
        message = f"{name}: there is no edition {correction.edition}; write one that was released"
        yield Problem(place, f"{message} ({known}), or remove it", RULE)
        return
    released = ledger.day(correction.number)
    if correction.day.sort_key < released.sort_key:
        message = f"{name}: is of {correction.day.text}, before edition {correction.edition}"
        yield Problem(place, f"{message} ({released.text}); write another day, or edition", RULE)
    for language, reason in correction.reason.items():
        if reason.strip() in _UNSAID:
            message = f"{name}: reason: {language}: no reason yet; tell readers why"
            yield Problem(reason.place, message, RULE)


def _check_fact(fact: Fact, explainer: Explainer) -> Iterator[Problem]:
    now = said_now(explainer)[fact.id]
    corrections = _corrections_since_released(fact, explainer)
    changed: set[str] = set()
    for edition, told in last_said(explainer, fact.id):
        before = renamed(told, successors(explainer))
        names = differences(before, now)
        if not names:
            continue
        if names == ("kind",):
            yield _other_kind(fact, before, now, edition)
        elif covering := [each for each in corrections if edition <= each.number]:
            changed.update(each.id for each in covering)
            yield from _check_words(covering[0], names, before, now, explainer)
        else:
            yield _unexplained(fact, before, now, names, explainer)
    for correction in corrections:
        if correction.id not in changed:
            number = correction.number
            message = f"correction {correction.id}: {fact.id} says what it said in edition {number}"
            fix = "remove the correction, or change the fact"
            yield warning(correction.place, f"{message}; {fix}", RULE)


def _corrections_since_released(fact: Fact, explainer: Explainer) -> list[Correction]:
    """The corrections that no edition has taken in yet, the latest first."""
    last = last_said(explainer, fact.id)
    return [
        correction
        for correction in explainer.corrections_of(fact.id)
        if correction.number in explainer.editions.numbers
        and last
        and correction.number >= last[0][0]
    ]


def _other_kind(fact: Fact, before: Said, now: Said, edition: int) -> Problem:
    message = (
        f"{now.noun} {fact.id}: its id was that of a {before.noun} in edition {edition}, and links"
        f" to that would lead here; give this {now.noun} another id, and say in gone.yml what"
        f" became of the {before.noun}"
    ).replace("a event", "an event")
    return Problem(fact.place, message, RULE)


def _check_words(
    correction: Correction, names: Collection[str], before: Said, now: Said, explainer: Explainer
) -> Iterator[Problem]:
    """A correction that tells of another number or date than the fact has by now."""
    for language, after in correction.after.items():
        for part in ("value", "day", "period"):
            told, says = (
                in_words(said, {*names} & {part}, language, explainer) for said in (before, now)
            )
            # Of a date, only what is another has to be said: "le 12" will do.
            known = _numbers(after) if part == "value" else [*_numbers(after), *_numbers(told)]
            if missing := [digits for digits in _numbers(says) if digits not in known]:
                message = (
                    f"correction {correction.id}: after: {language}: does not say {missing[0]},"
                    f" and {correction.target_id} says {quoted(says)} now; write it"
                )
                yield Problem(after.place, message, RULE)
                break


def _numbers(text: str) -> list[str]:
    return re.findall(r"\d+(?:[.,' ’]\d+)*", folded(text))


def _unexplained(
    fact: Fact, before: Said, now: Said, names: Sequence[str], explainer: Explainer
) -> Problem:
    number, language = explainer.editions.number, explainer.languages[0]
    told, says = (in_words(said, names, language, explainer) for said in (before, now))
    # What only another language says otherwise is told in that one.
    for code in explainer.languages[1:]:
        if told == says:
            told, says = (in_words(said, names, code, explainer) for said in (before, now))
    what = " and ".join(names)
    there, here = (quoted(text, 80) if text else "nothing" for text in (told, says))
    message = (
        f"{now.noun} {fact.id}: {what} changed since edition {number}: {there} there,"
        f" {here} now; take it back, or add to {_CORRECTIONS.path}, with the reason"
    )
    entry = _entry(fact, before, now, names, explainer)
    return Problem(fact.place, message, RULE, entry=entry)


def _entry(fact: Fact, before: Said, now: Said, names: Sequence[str], explainer: Explainer) -> str:
    """A correction that lacks nothing but its reason."""
    ledger, site = explainer.editions, explainer.site
    released = ledger.day(ledger.number)
    told, says = (
        {code: in_words(said, names, code, explainer) or "–" for code in explainer.languages}
        for said in (before, now)
    )
    entry: dict[str, object] = {
        "id": _free_id(fact, explainer),
        "day": max(released, site.updated, key=lambda day: day.sort_key).text,
        "kind": _kind(before, now, names),
        "target": str(fact.id),
        "edition": str(ledger.number),
        "before": told,
        "after": says,
        "reason": dict.fromkeys(explainer.languages, _UNSAID[0]),
    }
    return text_of_entry(table_of(entry), table_of({}), _CORRECTIONS, explainer)


def _free_id(fact: Fact, explainer: Explainer) -> str:
    number = len(explainer.corrections_of(fact.id)) + 1
    names = (f"{fact.id}_{each}" for each in range(number, number + len(explainer.corrections) + 1))
    return next(name for name in names if name not in explainer.corrections)


def _kind(before: Said, now: Said, names: Collection[str]) -> str:
    """What a change seems to be: its author knows better."""
    if {*names} <= _WORDS_ALONE:
        return "clarification"
    later = before.part("day") < now.part("day")
    return "update" if {"value", "day"} <= {*names} and later else "correction"
