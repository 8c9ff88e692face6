"""Social cards: the image that a network shows beside a link to a page, one a page and language."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path

from reperes.language.typography import NARROW_NO_BREAK_SPACE, typeset
from reperes.model.explainer import Explainer, once_for_an_explainer
from reperes.model.facts import Figure
from reperes.model.forms import attribution, in_source
from reperes.pages import Page
from reperes.site.social_cards import drawing, fonts, layout
from reperes.site.social_cards.drawing import png
from reperes.site.social_cards.layout import HEIGHT, WIDTH, Line, Part, Picture, Texts, lay_out
from reperes.site.social_cards.pictures import map_picture, picture_of
from reperes.text.dates import parse_date
from reperes.text.files import write_bytes
from reperes.text.markup import with_capital

Cards = Mapping[str, Mapping[str, "Card"]]
"""The card of each page, by language and by the page's id."""

_LIBRARIES = ("font-source-sans-pro", "font-source-serif-pro", "pillow", "uharfbuzz")

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
        """Its file in the site. The name changes with what it says and what draws it."""
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

    @property
    def png(self) -> bytes:
        """The image file."""
        return png(self.drawing)

    @cached_property
    def _digest(self) -> str:
        """A part of its name, found without drawing it: most cards are there already."""
        picture = self.texts.picture.digest if self.texts.picture else ""
        said = (_drawn_by(), replace(self.texts, picture=None), picture)
        return hashlib.sha256(repr(said).encode()).hexdigest()[:8]

    def tags(self) -> dict[str, str | int]:
        """What a page's head says of its card; the path is under the site's address."""
        return {"path": self.path, "alt": self.alt, "width": WIDTH, "height": HEIGHT}


@cache
def _drawn_by() -> str:
    """The versions of what lays cards out and draws them: ours may break lines otherwise, and
    another Pillow may smooth the same letters otherwise."""
    ours = [Path(str(module.__file__)).read_bytes() for module in (drawing, fonts, layout)]
    versions = [f"{name} {version(name)}" for name in _LIBRARIES]
    return hashlib.sha256(repr((ours, versions)).encode()).hexdigest()


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
    for language, language_pages in pages.items():
        for page in language_pages:
            if _written_in(explainer, page) == language:
                texts = _texts(explainer, page)
                folder, _, name = page.id.rpartition("/")
                if folder == "figures" and (figure := explainer.figures.get(name)):
                    texts = _with_figure(texts, explainer, language, figure)
                elif page.id == "overview" or page.id in explainer.site.section_ids:
                    texts = replace(texts, picture=_map(explainer, language))
                if _can_be_written(texts):
                    yield Card(language, page.id, texts)


@once_for_an_explainer
def _map(explainer: Explainer, language: str) -> Picture | None:
    return map_picture(explainer, language, explainer.map) if explainer.map else None


def _written_in(explainer: Explainer, page: Page) -> str:
    section = explainer.section_or_other(page.language, page.id)
    return section.language if section else page.language


def _texts(explainer: Explainer, page: Page) -> Texts:
    language = page.language
    subject, day = _masthead(explainer, language, explainer.as_of(page.id).text)
    return Texts(
        code=language.upper(),
        subject=subject,
        day=day,
        kicker=_set(page.kicker, language),
        value=_set(page.value, language),
        title=_set(page.title, language),
    )


@once_for_an_explainer
def _masthead(explainer: Explainer, language: str, day: str) -> tuple[str, str]:
    """The subject and the day (EDTF), as all cards of a language have them for that day."""
    locale, site = explainer.locales[language], explainer.site
    as_of = locale.label("page.as_of", date=locale.date(parse_date(day)))
    return _set(site.title[language], language), _set(as_of, language)


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
        write_bytes(path, card.png)
