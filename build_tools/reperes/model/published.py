"""What an explainer says now, beside what its editions have said."""

from __future__ import annotations

from reperes.model.editions import State, text_digest
from reperes.model.explainer import Explainer, once_for_an_explainer
from reperes.model.said import said_by
from reperes.text.folding import folded

WITH_PERMALINKS = ("actor", "place", "term", "source")
"""The kinds of entries, beside facts and sections, that readers can link."""


@once_for_an_explainer
def state_now(explainer: Explainer) -> State:
    """All that is said now, as an edition would record it."""
    said = {str(key): said_by(fact, explainer.languages) for key, fact in explainer.facts.items()}
    sections = {
        section_id: {
            version.language: text_digest(*map(folded, version.texts))
            for version in explainer.versions(section_id)
        }
        for section_id in explainer.section_ids
    }
    ids = {noun: tuple(map(str, explainer.entries[noun])) for noun in WITH_PERMALINKS}
    return State(said, sections, {noun: names for noun, names in ids.items() if names})
