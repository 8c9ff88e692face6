"""One language of an explainer as programs read it: plain texts, canonical values, addresses."""

from __future__ import annotations

import html
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from reperes.language.locales import Locale
from reperes.language.typography import typeset
from reperes.model.bearings import Picture
from reperes.model.credits import credit_line
from reperes.model.entries import Localized
from reperes.model.explainer import Explainer
from reperes.model.facts import Event, Fact, Figure, Quotation
from reperes.model.forms import attribution
from reperes.model.site import Site
from reperes.model.stated import Stated, StatedNumber
from reperes.pages.page import figure_page_id, page_url
from reperes.writing.prose import Prose
from reperes.writing.renditions import Rendition, renditions


@dataclass(frozen=True)
class LanguageView:
    """What every file of open data asks of an explainer, in the language that it is written in.

    Texts are plain: marks resolved, typography set, nothing escaped. Addresses are absolute.
    """

    explainer: Explainer
    language: str

    @property
    def site(self) -> Site:
        return self.explainer.site

    @property
    def locale(self) -> Locale:
        return self.explainer.locales[self.language]

    @cached_property
    def _prose(self) -> Prose:
        return Prose(self.explainer, self.language, "overview")

    @property
    def events(self) -> tuple[Event, ...]:
        """The events in order of time."""
        return self.explainer.events_in_order

    @property
    def quotations(self) -> tuple[Quotation, ...]:
        """The quotations in order of time."""
        return self.explainer.quotations_in_order

    def text(self, text: Localized) -> str:
        """A text of the facts as readers see it."""
        return typeset(self._prose.plain(text[self.language]), self.language)

    def optional(self, text: Localized | None) -> str | None:
        return None if text is None else self.text(text)

    def value(self, figure: Figure) -> str:
        """A figure with its bound and its unit, as pages show it ("plus de 60 %")."""
        return self.amount(figure, figure.stated)

    def amount(self, figure: Figure, stated: StatedNumber) -> str:
        """The same of one of the values that are given for it."""
        return self.locale.with_unit(stated.low, stated.high, stated.bound, figure.unit)

    def by(self, fact: Fact | Stated) -> str:
        """Who answers for a fact, as a formula ("selon l’ONU")."""
        return typeset(attribution(fact, self.locale, self.explainer.actors), self.language)

    def name(self, scheme: str, entry_id: str) -> str:
        """What readers call an entry."""
        return typeset(html.unescape(self._prose.name(scheme, entry_id)), self.language)

    def credit(self, picture: Picture) -> str:
        """Who made a picture, and by what leave it is shown, in a line."""
        line = credit_line(picture, self.locale, self.explainer.sources)
        return typeset(line, self.language)

    def image(self, picture_id: str) -> tuple[str, Rendition]:
        """The file that stands for a picture where only one can: its address, and the rest."""
        found = renditions(picture_id, self.explainer.images[picture_id]).main
        return f"{self.explainer.shared_url}{found.path}", found

    def file(self, name: str) -> str:
        """The address of a file or a page of this language; "" is the overview."""
        return f"{self.site.base_url}{self.language}/{name}"

    def permalink(self, scheme: str, entry_id: str) -> str:
        """Where an entry stands on the site: "https://…/fr/timeline/#ceasefire".

        A figure has a page of its own: "https://…/fr/figures/displaced/".
        """
        gone = self.explainer.gone.get(entry_id) if scheme == "gone" else None
        is_figure = scheme == "fact" and entry_id in self.explainer.figures
        if is_figure or (gone and gone.was[0] == "figure"):
            return self.file(page_url(figure_page_id(entry_id)))
        page, _, anchor = self._prose.target(scheme, entry_id).partition("#")
        address = self.file("" if page == "index.md" else page.removesuffix(".md") + "/")
        return f"{address}#{anchor}" if anchor else address


def canonical(number: Decimal) -> str:
    """A number as typed, in plain digits: "350000", "2.50"; never with an exponent."""
    return format(number, "f")
