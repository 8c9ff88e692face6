"""Sources and method: what everything rests on, how to check it, which dates we worked out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reperes.model.explainer import Explainer
from reperes.model.facts import Claim, Event, Fact, Figure
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
    in_order = sorted(dated, key=lambda fact: fact_date(fact).sort_key)
    return [
        Reasoning(
            derivation.reason[page.language],
            tuple(dict.fromkeys(map(fact_date, facts))),
            _anchors(explainer, facts),
            facts,
        )
        for derivation, facts in page.by_reason(in_order)
    ]


def _anchors(
    explainer: Explainer, facts: Iterable[Figure | Event | Claim]
) -> tuple[tuple[Text, str], ...]:
    """The words that dates were worked out from, and the language of their source."""
    anchors = [
        (fact.derived.anchor, str(explainer.sources[fact.pins[0].source_id].language))
        for fact in facts
        if fact.derived and fact.derived.anchor
    ]
    return tuple(dict.fromkeys(anchors))
