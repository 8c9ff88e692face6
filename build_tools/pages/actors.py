"""Who is who: the actors by side, with their role and what they say or want."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.explainer import Explainer
from build_tools.facts import Actor, Labelled
from build_tools.pages.page import Page
from build_tools.pages.writer import PageWriter


def actors_page(explainer: Explainer, language: str) -> Page:
    page = PageWriter(explainer, language, "actors")
    claims = {
        actor_id: [claim for claim in explainer.claims.values() if claim.actor_id == actor_id]
        for actor_id in explainer.actors
    }
    return page.reference(groups=list(_by_side(page)), claims=claims)


def _by_side(page: PageWriter) -> Iterator[tuple[Labelled | None, list[Actor]]]:
    """The sides in the site's order, then the actors that are on none."""
    for side in (*page.site.sides, None):
        actors = [
            actor for actor in page.explainer.actors.values() if page.side_of(str(actor.id)) == side
        ]
        if actors:
            yield side, actors
