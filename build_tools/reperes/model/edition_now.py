"""The edition that readers have before them: the latest, and whether it has been modified since."""

from __future__ import annotations

from dataclasses import dataclass

from reperes.model.explainer import Explainer, answered_by_an_explainer
from reperes.model.news import news
from reperes.model.published import state_now
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
    ledger = explainer.editions
    if not ledger:
        return None
    found = news(ledger.state(ledger.number), state_now(explainer), explainer)
    return EditionNow(ledger.number, ledger.day(ledger.number), bool(found))


def edition_named(explainer: Explainer, language: str) -> str:
    """It as citations name it, plain; "" where there is none."""
    found, locale = edition_now(explainer), explainer.locales[language]
    if found is None:
        return ""
    key = "edition.changed" if found.has_changed else "edition.named"
    return locale.label(key, number=str(found.number), date=locale.date(found.day))
