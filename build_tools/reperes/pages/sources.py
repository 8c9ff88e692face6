"""Sources and method: what everything rests on, how to check it, which dates we worked out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reperes.model.explainer import Explainer
from reperes.model.facts import Claim, Derivation, Event, Fact, Figure
from reperes.model.forms import fact_date
from reperes.pages.page import Page
from reperes.pages.writer import PageWriter
from reperes.text.dates import FactDate
from reperes.text.problems import Text


@dataclass(frozen=True)
class Reasoning:
    """One way in which dates that a source does not spell out were worked out.

    `dates` and `anchors`, the words of the source, are each there once, in order of time.
    """

    reason: Text
    dates: tuple[FactDate, ...]
    anchors: tuple[tuple[Text, str], ...]
    facts: tuple[Fact, ...]


def sources_page(explainer: Explainer, language: str) -> Page:
    page = PageWriter(explainer, language, "sources")
    return page.reference(sources=list(explainer.sources.values()), derived=_reasonings(page))


def _reasonings(page: PageWriter) -> list[Reasoning]:
    """The reasons for derived dates, each once, in order of the first date that it is for."""
    explainer = page.explainer
    dated: list[Figure | Event | Claim] = [
        *explainer.events.values(),
        *explainer.claims.values(),
        *explainer.figures.values(),
    ]
    groups: dict[str, list[tuple[Figure | Event | Claim, Derivation]]] = {}
    for fact in sorted(dated, key=lambda fact: fact_date(fact).sort_key):
        if fact.derived is not None:
            # As readers see it: the same reason may cite one fact's weekday here, another's there.
            reason = page.prose.plain(fact.derived.reason[page.language])
            groups.setdefault(reason, []).append((fact, fact.derived))
    return [
        Reasoning(
            found[0][1].reason[page.language],
            tuple(dict.fromkeys(fact_date(fact) for fact, _ in found)),
            _anchors(explainer, found),
            tuple(fact for fact, _ in found),
        )
        for found in groups.values()
    ]


def _anchors(
    explainer: Explainer, found: Iterable[tuple[Fact, Derivation]]
) -> tuple[tuple[Text, str], ...]:
    """The words that dates were worked out from, and the language of their source."""
    anchors = [
        (derivation.anchor, str(explainer.sources[fact.pin.source_id].language))
        for fact, derivation in found
        if derivation.anchor
    ]
    return tuple(dict.fromkeys(anchors))
