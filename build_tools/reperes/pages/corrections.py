"""The corrections: what was changed after publication, when and why, the latest first."""

from __future__ import annotations

from reperes.model.explainer import Explainer
from reperes.pages.page import Page
from reperes.pages.writer import PageWriter


def corrections_page(explainer: Explainer, language: str, page_id: str = "corrections") -> Page:
    page = PageWriter(explainer, language, page_id)
    corrections = [explainer.corrections[correction_id] for correction_id in page.part.entries]
    schemes = {entry.id: correction_scheme(explainer, entry.target_id) for entry in corrections}
    return page.reference(corrections=corrections, schemes=schemes)


def correction_scheme(explainer: Explainer, target_id: str) -> str:
    """The scheme under which a corrected entry is linked."""
    namespaces = {
        "fact": explainer.facts,
        "term": explainer.terms,
        "actor": explainer.actors,
        "section": explainer.site.section_ids,
        "gone": explainer.gone,
    }
    return next((name for name, entries in namespaces.items() if target_id in entries), "section")
