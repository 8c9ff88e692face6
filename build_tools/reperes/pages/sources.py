"""Sources and method: what everything rests on, how to check it, which dates we worked out."""

from __future__ import annotations

from dataclasses import dataclass

from reperes.model.explainer import Explainer
from reperes.model.facts import Claim, Derivation, Event, Fact, Figure
from reperes.model.forms import fact_date
from reperes.pages.page import Page
from reperes.pages.writer import PageWriter
from reperes.text.dates import FactDate


@dataclass(frozen=True)
class DerivedDate:
    """A date that the source does not spell out, why it is so, and the facts that bear it."""

    date: FactDate
    derivation: Derivation
    facts: tuple[Fact, ...]


def sources_page(explainer: Explainer, language: str) -> Page:
    page = PageWriter(explainer, language, "sources")
    return page.reference(
        sources=list(explainer.sources.values()), derived=_derived_dates(explainer, language)
    )


def _derived_dates(explainer: Explainer, language: str) -> list[DerivedDate]:
    """Derived dates in order of time, the facts with the same date and reason together."""
    dated: list[Figure | Event | Claim] = [
        *explainer.events.values(),
        *explainer.claims.values(),
        *explainer.figures.values(),
    ]
    groups: dict[tuple[str, str], list[Figure | Event | Claim]] = {}
    for fact in dated:
        if fact.derived is not None:
            key = (fact_date(fact).text, fact.derived.reason[language])
            groups.setdefault(key, []).append(fact)
    dates = [
        DerivedDate(fact_date(facts[0]), facts[0].derived, tuple(facts))
        for facts in groups.values()
        if facts[0].derived is not None
    ]
    return sorted(dates, key=lambda derived: derived.date.sort_key)
