"""The statements: who asks, offers, refuses what, side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reperes.model.explainer import Explainer
from reperes.model.facts import Claim, Labelled
from reperes.pages.page import Page
from reperes.pages.writer import PageWriter


@dataclass(frozen=True)
class Row:
    """A topic, and under each column (a side, or None for those on no side) its claims."""

    topic: Labelled
    cells: tuple[tuple[Labelled | None, tuple[Claim, ...]], ...]


def statements_page(explainer: Explainer, language: str) -> Page:
    page = PageWriter(explainer, language, "statements")
    claims = sorted(explainer.claims.values(), key=lambda claim: claim.date.sort_key)
    columns = _columns(page, claims)
    rows = [
        Row(topic, tuple((side, _cell(page, claims, topic, side)) for side in columns))
        for topic in explainer.site.topics
        if any(claim.topic_id == topic.id for claim in claims)
    ]
    return page.reference(columns=columns, rows=rows)


def _columns(page: PageWriter, claims: Iterable[Claim]) -> list[Labelled | None]:
    """The sides that say something, in the site's order, then those on none."""
    speaking = {side.id if side else None for side in map(page.side_of, _speakers(claims))}
    columns: list[Labelled | None] = [side for side in page.site.sides if side.id in speaking]
    return [*columns, None] if None in speaking else columns


def _speakers(claims: Iterable[Claim]) -> set[str]:
    return {claim.actor_id for claim in claims}


def _cell(
    page: PageWriter, claims: Iterable[Claim], topic: Labelled, side: Labelled | None
) -> tuple[Claim, ...]:
    return tuple(
        claim
        for claim in claims
        if claim.topic_id == topic.id and page.side_of(claim.actor_id) == side
    )
