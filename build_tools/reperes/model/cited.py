"""What the citations of an explainer say, each worked out once however often it stands."""

from __future__ import annotations

from reperes.model.explainer import Explainer, once_for_an_explainer
from reperes.model.forms import say


@once_for_an_explainer
def said(explainer: Explainer, language: str, fact_id: str, form: str) -> str:
    """A fact in a form that it has, as plain text, as `say` does."""
    return say(explainer.facts[fact_id], form, explainer.locales[language], explainer.actors)
