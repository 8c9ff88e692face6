"""The glossary: terms by letter in the language's own order, then the places."""

from __future__ import annotations

from itertools import groupby

from reperes.model.bearings import GeoPlace
from reperes.model.explainer import Explainer
from reperes.pages.page import Page
from reperes.pages.writer import PageWriter


def glossary_page(explainer: Explainer, language: str) -> Page:
    page = PageWriter(explainer, language, "glossary")
    locale = page.locale
    terms = sorted(
        explainer.terms.values(), key=lambda term: locale.sort_key(term.texts[language].term)
    )
    letters = groupby(terms, key=lambda term: locale.initial(term.texts[language].term))
    return page.reference(
        letters=[(letter, list(group)) for letter, group in letters],
        has_own=any(not term.pins for term in terms),
        others=[other for other in explainer.site.languages if other.code != language],
        places=_places(page),
    )


def _places(page: PageWriter) -> list[GeoPlace]:
    """The places that no term explains: those that a term does explain are found there."""
    explained = {term.place_id for term in page.explainer.terms.values()}
    places = (place for place in page.explainer.places.values() if place.id not in explained)
    return sorted(places, key=lambda place: page.locale.sort_key(place.names[page.language].name))
