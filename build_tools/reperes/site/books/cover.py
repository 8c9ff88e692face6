"""The cover of a book in an e-reader's library: its title on a band, as on the PDF's first page."""

from __future__ import annotations

from reperes.site.books.book import Book
from reperes.site.social_cards import fonts
from reperes.site.social_cards.drawing import png
from reperes.site.social_cards.layout import Box, fit, lines_of

WIDTH, HEIGHT = 1200, 1920
"""As booksellers ask for it: five wide, eight high."""

_MARGIN = 96
_MEASURE = WIDTH - 2 * _MARGIN
_BAND = 1240
_TITLE_FOOT = 1130
_TITLE_HEIGHT = 900
_TITLE_SIZES = range(128, 63, -4)
_TAGLINE_TOP = 1350
_TAGLINE_SIZES = range(58, 31, -2)
_TAGLINE_HEIGHT = 330
_LAST_BASELINE = 1820
_SMALL_SIZES = range(40, 23, -1)


def cover_png(book: Book) -> bytes | None:
    """The picture, or None where its fonts lack a character of what it says."""
    serif, sans = fonts.serif(), fonts.sans()
    if not (serif.has(book.title) and sans.has(book.tagline + book.as_of + book.editor)):
        return None
    title = fit(book.title, serif, _MEASURE, _TITLE_SIZES, 7, _TITLE_HEIGHT)
    tagline = fit(book.tagline, sans, _MEASURE, _TAGLINE_SIZES, 6, _TAGLINE_HEIGHT)
    day = fit(book.as_of, sans, _MEASURE, _SMALL_SIZES, 1)
    editor = fit(book.editor, sans, _MEASURE, _SMALL_SIZES, 1)
    drawing = (
        Box(0, 0, WIDTH, _BAND, "accent"),
        *lines_of(title, _TITLE_FOOT, "serif", "paper", _MARGIN),
        *lines_of(tagline, round(_TAGLINE_TOP + tagline.height), "sans", "ink-soft", _MARGIN),
        *lines_of(day, _LAST_BASELINE - 64, "sans", "ink", _MARGIN),
        *lines_of(editor, _LAST_BASELINE, "sans", "ink-soft", _MARGIN),
    )
    return png(drawing, (WIDTH, HEIGHT))
