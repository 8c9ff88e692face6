"""Who is who: the actors by side, with their role and what they say or want."""

from __future__ import annotations

from reperes.model.explainer import Explainer
from reperes.pages.page import Page
from reperes.pages.writer import PageWriter


def actors_page(explainer: Explainer, language: str) -> Page:
    page = PageWriter(explainer, language, "actors")
    claims = {
        actor_id: [claim for claim in explainer.claims.values() if claim.actor_id == actor_id]
        for actor_id in explainer.actors
    }
    return page.reference(groups=list(page.by_side(explainer.actors.values())), claims=claims)
