"""The statements: who asks, offers, refuses what; a grid at a glance, then subject by subject."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reperes.model.entries import Labelled
from reperes.model.explainer import Explainer
from reperes.model.facts import Claim, Event, Figure
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


def statements_page(explainer: Explainer, language: str) -> Page:
    page = PageWriter(explainer, language, "statements")
    claims = sorted(explainer.claims.values(), key=lambda claim: claim.date.sort_key)
    speaking = [page.side_of(claim.actor_id) for claim in claims]
    sides = [*page.site.sides, *([None] if None in speaking else [])]
    spoken_of = {claim.topic_id for claim in claims}
    topics = [topic for topic in page.site.topics if topic.id in spoken_of]
    return page.reference(
        sides=sides,
        silent=[side for side in sides if side not in speaking],
        subjects=[
            Subject(topic, tuple(_voices(page, claims, topic, sides)))
            for topic in (*topics, *([None] if None in spoken_of else []))
        ],
        # What nobody has sorted needs no heading, and a grid of one row shows nothing.
        grouped=bool(topics),
        derived=any(claim.derived for claim in claims),
        quotations=explainer.quotations_in_order,
        others=_said_elsewhere(explainer),
    )


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


def _said_elsewhere(explainer: Explainer) -> dict[str, Sequence[Figure | Event]]:
    """Figures and events by the actor that gives them, of actors that no statement names."""
    claims = explainer.claims.values()
    named = {claim.actor_id for claim in claims}.union(*(claim.attributed_to for claim in claims))
    for quotation in explainer.quotations.values():
        named.update([quotation.speaker_id, *quotation.attributed_to])
    return {
        actor_id: found
        for actor_id in explainer.actors
        if actor_id not in named and (found := explainer.given_by(actor_id))
    }
