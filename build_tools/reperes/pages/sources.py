"""Sources and method: what everything rests on, how to check it, which dates we worked out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from reperes.model.bearings import Source
from reperes.model.citing import citation
from reperes.model.entries import Pin
from reperes.model.explainer import Explainer
from reperes.model.facts import Fact
from reperes.model.forms import fact_date
from reperes.pages.page import Page
from reperes.pages.writer import PageWriter
from reperes.text.dates import FactDate
from reperes.text.problems import Text
from reperes.writing.list_parts import Dated, derived_facts


@dataclass(frozen=True)
class Reasoning:
    """One way in which dates that a source does not spell out were worked out.

    `dates` and `anchors`, the words of the source, are each there once, in order of time.
    """

    reason: Text
    dates: tuple[FactDate, ...]
    anchors: tuple[tuple[Text, str], ...]
    facts: tuple[Fact, ...]


def sources_page(explainer: Explainer, language: str, page_id: str = "sources") -> Page:
    page = PageWriter(explainer, language, page_id)
    return page.reference(
        sources=[explainer.sources[entry] for entry in page.part.entries if "-" not in entry],
        citation=partial(citation, locale=page.locale, actors=explainer.actors),
        passages=partial(_passages, explainer),
        derived=_reasonings(page),
    )


def _passages(explainer: Explainer, source: Source) -> list[Pin]:
    """What is quoted of a source on the web, each passage once, in the order of the source."""
    found = {
        (pin.locator, str(pin.evidence)): pin
        for pin in explainer.pins_in(source.id)
        if pin.evidence
    }
    # What has no place stands first.
    in_order = sorted(found.values(), key=lambda pin: pin.locator.sort_key if pin.locator else ())
    return in_order if source.url else []


def _reasonings(page: PageWriter) -> list[Reasoning]:
    """The reasons for derived dates, each once, in order of the first date that it is for."""
    explainer = page.explainer
    if not any("-" in entry for entry in page.part.entries):
        return []
    in_order = [fact for fact in derived_facts(explainer) if f"derived-{fact.id}" in page.shows]
    return [
        Reasoning(
            derivation.reason[page.language],
            tuple(dict.fromkeys(map(fact_date, facts))),
            _anchors(explainer, facts),
            facts,
        )
        for derivation, facts in page.by_reason(in_order)
    ]


def _anchors(explainer: Explainer, facts: Iterable[Dated]) -> tuple[tuple[Text, str], ...]:
    """The words that dates were worked out from, and the language of their source."""
    anchors = [
        (fact.derived.anchor, str(explainer.sources[fact.pins[0].source_id].language))
        for fact in facts
        if fact.derived and fact.derived.anchor
    ]
    return tuple(dict.fromkeys(anchors))
