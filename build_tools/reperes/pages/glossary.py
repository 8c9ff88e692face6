"""The glossary: terms by letter in the language's own order, then the places."""

from __future__ import annotations

from itertools import groupby

from reperes.model.explainer import Explainer
from reperes.pages.page import Page
from reperes.pages.writer import PageWriter


def glossary_page(explainer: Explainer, language: str, page_id: str = "glossary") -> Page:
    page = PageWriter(explainer, language, page_id)
    locale, entries = page.locale, page.part.entries
    terms = [explainer.terms[anchor] for anchor in entries if "-" not in anchor]
    letters = groupby(terms, key=lambda term: locale.initial(term.texts[language].term))
    return page.reference(
        letters=[(letter, list(group)) for letter, group in letters],
        has_own=any(not term.pins for term in terms),
        others=[other for other in explainer.site.languages if other.code != language],
        places=[
            explainer.places[anchor.removeprefix("place-")] for anchor in entries if "-" in anchor
        ],
    )
