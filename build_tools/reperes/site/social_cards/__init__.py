"""Social cards: the image that a network shows beside a link to a page, one a page and language."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

from reperes.language.typography import NARROW_NO_BREAK_SPACE, typeset
from reperes.model.explainer import Explainer
from reperes.model.facts import Figure
from reperes.model.forms import attribution, in_source
from reperes.pages import Page
from reperes.pages.page import figure_page_id
from reperes.site.social_cards import fonts
from reperes.site.social_cards.drawing import png
from reperes.site.social_cards.layout import HEIGHT, WIDTH, Line, Part, Picture, Texts, lay_out
from reperes.site.social_cards.pictures import map_picture, picture_of
from reperes.text.files import write_bytes
from reperes.text.markup import with_capital

Cards = Mapping[str, Mapping[str, "Card"]]
"""The card of each page, by language and by the page's id."""

_DRAWN_WITH = tuple(
    f"{name} {version(name)}"
    for name in ("font-source-sans-pro", "font-source-serif-pro", "pillow", "uharfbuzz")
)
"""Part of a card's name: another version may smooth the same letters otherwise."""

# The hyphen that may not end a line and the thin space are signs that our fonts lack.
_SAME_TO_THE_EYE = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2009": NARROW_NO_BREAK_SPACE})


@dataclass(frozen=True)
class Card:
    """A card, and the page that it stands for."""

    language: str
    page_id: str
    texts: Texts

    @property
    def path(self) -> str:
        """Its file in the site. The name changes with what is drawn, and with nothing else."""
        return f"{self.language}/cards/{self.page_id.replace('/', '-')}.{self._digest}.png"

    @property
    def alt(self) -> str:
        """What it shows, in words."""
        texts = self.texts
        shown = (texts.value, texts.title, texts.byline, texts.kicker, texts.subject, texts.day)
        return " – ".join(filter(None, shown))

    @property
    def drawing(self) -> tuple[Part, ...]:
        return lay_out(self.texts)

    @cached_property
    def _digest(self) -> str:
        drawn = repr((_DRAWN_WITH, [astuple(part) for part in self.drawing]))
        return hashlib.sha256(drawn.encode()).hexdigest()[:8]

    def tags(self) -> dict[str, str | int]:
        """What a page's head says of its card; the path is under the site's address."""
        return {"path": self.path, "alt": self.alt, "width": WIDTH, "height": HEIGHT}


def cards_of_pages(explainer: Explainer, pages: Mapping[str, Sequence[Page]]) -> Cards:
    """The card of every page that has one: of all whose words the fonts can write.

    A page that shows another language's text has the card of that language's page.
    """
    own = {(card.language, card.page_id): card for card in _own_cards(explainer, pages)}
    return {
        language: {
            page.id: own[written]
            for page in pages[language]
            if (written := (_written_in(explainer, page), page.id)) in own
        }
        for language in pages
    }


def _own_cards(explainer: Explainer, pages: Mapping[str, Sequence[Page]]) -> Iterator[Card]:
    figures = {figure_page_id(figure.id): figure for figure in explainer.figures.values()}
    of_story = {"overview", *explainer.site.section_ids}
    for language, language_pages in pages.items():
        # The same on all cards of a language: it takes longer than the rest of them.
        the_map: Picture | None = None
        for page in language_pages:
            if _written_in(explainer, page) == language:
                texts = _texts(explainer, page)
                if figure := figures.get(page.id):
                    texts = _with_figure(texts, explainer, language, figure)
                elif explainer.map and page.id in of_story:
                    the_map = the_map or map_picture(explainer, language, explainer.map)
                    texts = replace(texts, picture=the_map)
                if _can_be_written(texts):
                    yield Card(language, page.id, texts)


def _written_in(explainer: Explainer, page: Page) -> str:
    section = explainer.section_or_other(page.language, page.id)
    return section.language if section else page.language


def _texts(explainer: Explainer, page: Page) -> Texts:
    language, locale = page.language, explainer.locales[page.language]

    as_of = locale.label("page.as_of", date=locale.date(explainer.site.as_of))
    return Texts(
        code=language.upper(),
        subject=_set(explainer.site.title[language], language),
        day=_set(as_of, language),
        kicker=_set(page.kicker, language),
        value=_set(page.value, language),
        title=_set(page.title, language),
    )


def _set(text: str, language: str) -> str:
    """A text in one line, typeset, in signs that the fonts have."""
    one_line = re.sub(r"[ \t\r\n]+", " ", typeset(text, language)).strip(" ")
    return unicodedata.normalize("NFC", one_line).translate(_SAME_TO_THE_EYE)


def _with_figure(texts: Texts, explainer: Explainer, language: str, figure: Figure) -> Texts:
    """With who gives the figure that a page is about, and with its picture."""
    byline = _set(_byline(explainer, language, figure), language)
    return replace(texts, byline=byline, picture=picture_of(explainer, language, figure))


def _byline(explainer: Explainer, language: str, figure: Figure) -> str:
    """Who gives a figure, in what, and when: a number travels with its author."""
    locale, source = explainer.locales[language], explainer.sources[figure.pins[0].source_id]
    by = with_capital(attribution(figure, locale, explainer.actors))
    return locale.label("page.figure.byline", by=by, in_source=in_source(source, locale))


def _can_be_written(texts: Texts) -> bool:
    """Whether the fonts have every character: one that they lack would be an empty box."""
    serif = fonts.serif().has(texts.subject + texts.value + texts.title)
    parts = texts.picture.parts if texts.picture else ()
    shown = "".join(part.text for part in parts if isinstance(part, Line))
    return serif and fonts.sans().has(texts.code + texts.day + texts.kicker + texts.byline + shown)


def write_card(card: Card, site: Path) -> None:
    """Write a card, unless the site has it."""
    path = site / card.path
    if not path.is_file():
        write_bytes(path, png(card.drawing))
