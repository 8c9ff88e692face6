"""An explainer and its pages, carried from step to step of a build."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from reperes.model.explainer import Explainer
from reperes.pages import Page
from reperes.site.error_reports import report_addresses
from reperes.site.open_data import linked_data_of_pages
from reperes.site.social_cards import Cards, cards_of_pages

PageExtras = Mapping[str, Mapping[str, Any]]
"""What the theme's shell gets of single pages: by the name in `extra`, then by the page's id."""


@dataclass(frozen=True)
class Rendered:
    """An explainer and pages of it, by language: all of them, or those that a preview makes anew.

    What follows from both is worked out once.
    """

    explainer: Explainer
    pages: Mapping[str, Sequence[Page]]

    @cached_property
    def cards(self) -> Cards:
        """The social card of each page."""
        return cards_of_pages(self.explainer, self.pages)

    @cached_property
    def extras(self) -> Mapping[str, PageExtras]:
        """What each language's engine gets of single pages, beside what it gets of them all."""
        return {
            language: {
                "cards": {id: card.tags() for id, card in self.cards[language].items()},
                "report_errors": report_addresses(self.explainer, language, pages),
                "linked_data": linked_data_of_pages(self.explainer, language, pages),
            }
            for language, pages in self.pages.items()
        }
