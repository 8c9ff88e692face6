"""The cover of a book in an e-reader's library: its title on a band, as on the PDF's first page."""

from __future__ import annotations

from reperes.site.editions.book import Book
from reperes.site.social_cards import fonts
from reperes.site.social_cards.drawing import png
from reperes.site.social_cards.layout import Block, Box, Colour, FontName, Line, Part, fit

WIDTH, HEIGHT = 1200, 1920
"""As booksellers ask for it: five wide, eight high."""

_MARGIN = 96
_MEASURE = WIDTH - 2 * _MARGIN
_BAND = 1240
_TITLE_FOOT = 1130
_TITLE_HEIGHT = 900
_TITLE_SIZES = range(176, 63, -4)
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
        *_lines(title, _TITLE_FOOT, "serif", "paper"),
        *_lines(tagline, round(_TAGLINE_TOP + tagline.height), "sans", "ink-soft"),
        *_lines(day, _LAST_BASELINE - 64, "sans", "ink"),
        *_lines(editor, _LAST_BASELINE, "sans", "ink-soft"),
    )
    return png(drawing, (WIDTH, HEIGHT))


def _lines(block: Block, foot: float, font: FontName, colour: Colour) -> list[Part]:
    """The lines of a block whose last baseline is `foot`."""
    return [
        Line(line, _MARGIN, foot - block.line_height * below, font, block.size, colour)
        for below, line in zip(reversed(range(len(block.lines))), block.lines, strict=True)
    ]
