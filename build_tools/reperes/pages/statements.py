"""The statements: who asks, offers, refuses what; a grid at a glance, then subject by subject."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from reperes.model.entries import Labelled
from reperes.model.explainer import Explainer
from reperes.model.facts import Claim, Quotation
from reperes.pages.page import Page
from reperes.pages.writer import PageWriter


@dataclass(frozen=True)
class Voice:
    """What a side (None for those on no side) says on a topic, in order of time; may be nothing."""

    side: Labelled | None
    claims: tuple[Claim, ...]

    @property
    def acts(self) -> dict[str, list[Claim]]:
        """The claims by act, in the order in which the acts first come."""
        found: dict[str, list[Claim]] = {}
        for claim in self.claims:
            found.setdefault(claim.act, []).append(claim)
        return found


@dataclass(frozen=True)
class Subject:
    """A topic on which somebody speaks, and what each side of the site says on it.

    Without a topic, what is said on none.
    """

    topic: Labelled | None
    voices: tuple[Voice, ...]

    @property
    def speaking(self) -> list[Voice]:
        return [voice for voice in self.voices if voice.claims]

    @property
    def anchor(self) -> str:
        return f"topic-{self.topic.id}" if self.topic else "page-no-topic"


def statements_page(explainer: Explainer, language: str, page_id: str = "statements") -> Page:
    page = PageWriter(explainer, language, page_id)
    shown = [explainer.facts[entry] for entry in page.part.entries if "-" not in entry]
    claims = sorted(
        (fact for fact in shown if isinstance(fact, Claim)), key=lambda claim: claim.date.sort_key
    )
    return page.reference(
        **positions(page, claims),
        derived=any(claim.derived for claim in claims),
        quotations=[fact for fact in shown if isinstance(fact, Quotation)],
        others={
            entry.removeprefix("also-"): explainer.given_by(entry.removeprefix("also-"))
            for entry in page.part.entries
            if "-" in entry
        },
    )


def positions(page: PageWriter, claims: Sequence[Claim]) -> dict[str, Any]:
    """What each side says on each subject, for a page that shows some claims, in order of time."""
    # A side that speaks on another page of the list is not silent.
    speaking = [page.side_of(claim.actor_id) for claim in page.explainer.claims.values()]
    sides = [*page.site.sides, *([None] if None in speaking else [])]
    spoken_of = {claim.topic_id for claim in claims}
    topics = [topic for topic in page.site.topics if topic.id in spoken_of]
    return {
        "sides": sides,
        "silent": [side for side in sides if side not in speaking],
        "subjects": [
            Subject(topic, tuple(_voices(page, claims, topic, sides)))
            for topic in (*topics, *([None] if None in spoken_of else []))
        ],
        # What nobody has sorted needs no heading, and a grid of one row shows nothing.
        "grouped": bool(topics),
    }


def _voices(
    page: PageWriter,
    claims: Iterable[Claim],
    topic: Labelled | None,
    sides: Iterable[Labelled | None],
) -> Iterable[Voice]:
    topic_id = topic.id if topic else None
    on_topic = [claim for claim in claims if claim.topic_id == topic_id]
    for side in sides:
        yield Voice(side, tuple(c for c in on_topic if page.side_of(c.actor_id) == side))
