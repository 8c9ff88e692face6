"""The edition that readers have before them: the latest, and whether it has been modified since."""

from __future__ import annotations

from dataclasses import dataclass

from reperes.model.explainer import (
    Explainer,
    answered_by_an_explainer,
    once_for_an_explainer,
)
from reperes.model.news import news
from reperes.model.published import last_said, state_now, successors
from reperes.model.said import differences, renamed, said_by
from reperes.text.dates import FactDate


@dataclass(frozen=True)
class EditionNow:
    """The latest edition, and whether the explainer says anything else by now."""

    number: int
    day: FactDate
    has_changed: bool


@answered_by_an_explainer
def edition_now(explainer: Explainer) -> EditionNow | None:
    """None where no edition was released."""
    return _edition_now(explainer)


@once_for_an_explainer
def _edition_now(explainer: Explainer) -> EditionNow | None:
    ledger = explainer.editions
    if not ledger:
        return None
    found = news(ledger.state(ledger.number), state_now(explainer), explainer)
    return EditionNow(ledger.number, ledger.day(ledger.number), bool(found))


def edition_named(explainer: Explainer, language: str) -> str:
    """It as citations of the whole name it, plain; "" where there is none."""
    found = edition_now(explainer)
    return "" if found is None else _named(explainer, language, found.has_changed)


def edition_of_fact(explainer: Explainer, language: str, fact_id: str) -> str:
    """It as citations of a fact name it: modified only where that fact says something else.

    So who quotes one fact depends on no other.
    """
    if not explainer.editions:
        return ""
    now = said_by(explainer.facts[fact_id], explainer.languages)
    told = [renamed(said, successors(explainer)) for _, said in last_said(explainer, fact_id)]
    has_changed = not told or any(differences(each, now) for each in told)
    return _named(explainer, language, has_changed)


def latest_edition(explainer: Explainer, language: str) -> str:
    """The latest edition as every page names it, whatever has been modified since."""
    if not explainer.editions:
        return ""
    return label_of_edition("edition.latest", explainer, language, explainer.editions.number)


def _named(explainer: Explainer, language: str, has_changed: bool) -> str:
    key = "edition.changed" if has_changed else "edition.named"
    return label_of_edition(key, explainer, language, explainer.editions.number)


def label_of_edition(key: str, explainer: Explainer, language: str, number: int) -> str:
    """What a label says of an edition, by its number and its day."""
    locale, day = explainer.locales[language], explainer.editions.day(number)
    return locale.label(key, number=str(number), date=locale.date(day))
