"""Cards as PNG files, through Pillow."""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterator
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFont

from reperes.site.social_cards import fonts
from reperes.site.social_cards.layout import (
    HEIGHT,
    WIDTH,
    Box,
    Colour,
    Disc,
    Line,
    Outline,
    Part,
    Sheet,
)

COLOURS: dict[Colour, str] = {
    "paper": "#fdfcf9",
    "ink": "#1c1b19",
    "ink-soft": "#595449",
    "rule": "#dcd7ca",
    "accent": "#0f4c5c",
}
"""The light colours of docs/assets/reperes.css."""

_SHADES: dict[Colour, int] = {"ink": 6, "ink-soft": 3, "rule": 1, "accent": 5}
"""Steps from the paper to a colour: with the paper sixteen, so that a pixel is half a byte."""

_PACKED = {"bits": 4, "compress_type": zlib.Z_RLE}
"""Runs of one shade are all that zlib looks for: three times as fast as its level 7, which saves
one byte in thirty."""

_FINE = 4
"""How many times larger round and slanting edges are drawn, to be smoothed."""

_SAME = 64
"""Into how many parts FreeType divides a pixel, before it rounds a place to a whole one."""

Place = tuple[int, int]


@lru_cache(maxsize=64)  # pages in two languages may show the same
def png(drawing: tuple[Part, ...], size: tuple[int, int] = (WIDTH, HEIGHT)) -> bytes:
    """A card, or another drawing, as a PNG with a palette. The same one gives the same bytes.

    Each pixel is the number of a shade from the beginning. What lies upon other colours than the
    paper is drawn in true colours first: dots, the map, and the names on it.
    """
    image = Image.new("L", size)
    draw = ImageDraw.Draw(image)
    upon_others = tuple(part for part in drawing if _lies_upon_others(part, drawing))
    if upon_others:
        _put_shades(image, *_in_true_colours(upon_others, size))
    for part in drawing:
        match part:
            case Box():
                draw.rectangle(_corners(part), _shade(_colour(part.colour, part.strength)))
            case Line() if part not in upon_others:
                _put_shades(image, *_written(part))
            case Outline():
                raise ValueError("an outline stands on a sheet alone")
    image.putpalette(_palette().getpalette() or ())
    file = BytesIO()
    image.save(file, "PNG", **_PACKED)
    return file.getvalue()


def _lies_upon_others(part: Part, drawing: tuple[Part, ...]) -> bool:
    """Whether a part is drawn on something else than paper."""
    if isinstance(part, Line):
        sheets = (other for other in drawing if isinstance(other, Sheet))
        return any(_meets(part, sheet) for sheet in sheets)
    return isinstance(part, Disc | Sheet)


def _meets(line: Line, sheet: Sheet) -> bool:
    beside = line.x > sheet.x + sheet.width or line.y - line.size > sheet.y + sheet.height
    if beside or line.y + line.size < sheet.y:
        return False
    return line.x + _font(line).width(line.text) * line.size >= sheet.x


def _font(line: Line) -> fonts.Font:
    return fonts.serif() if line.font == "serif" else fonts.sans()


@lru_cache(maxsize=8)  # every chapter's card shows the same map
def _in_true_colours(parts: tuple[Part, ...], size: tuple[int, int]) -> tuple[Image.Image, Place]:
    """Parts as shades, and the corner where they begin."""
    image = Image.new("RGB", size, COLOURS["paper"])
    for part in parts:
        match part:
            case Disc():
                _dot(image, part)
            case Sheet():
                _put(image, part)
            case Line():
                for glyph, place in _glyphs(part):
                    image.paste(COLOURS[part.colour], place, glyph)
    blank = Image.new("RGB", size, COLOURS["paper"])
    box = ImageChops.difference(image, blank).getbbox() or (0, 0, 1, 1)
    return _shades(image.crop(box)), box[:2]


def _shades(image: Image.Image) -> Image.Image:
    """An image in true colours as the numbers of the shades that come nearest."""
    numbers = image.quantize(palette=_palette(), dither=Image.Dither.NONE)
    return Image.frombytes("L", numbers.size, numbers.tobytes())


def _put_shades(image: Image.Image, shades: Image.Image, corner: Place) -> None:
    """Lay shades upon paper; what stands around them stays, for paper is 0."""
    x, y = corner
    before = image.crop((x, y, x + shades.width, y + shades.height))
    image.paste(ImageChops.lighter(before, shades), corner)


@cache
def _shade(colour: tuple[int, ...]) -> int:
    return int(_shades(Image.new("RGB", (1, 1), colour)).tobytes()[0])


@cache
def _shades_by_cover(name: Colour) -> list[int]:
    """The shade of a pixel of paper, by how much of it (of 255) a letter of a colour covers."""
    covers = Image.frombytes("L", (256, 1), bytes(range(256)))
    row = Image.new("RGB", covers.size, COLOURS["paper"])
    row.paste(ImageColor.getrgb(COLOURS[name]), (0, 0, *covers.size), covers)
    return list(_shades(row).tobytes())


def _colour(name: Colour, strength: float) -> tuple[int, ...]:
    """A colour as it looks over the paper."""
    paper, colour = ImageColor.getrgb(COLOURS["paper"]), ImageColor.getrgb(COLOURS[name])
    return tuple(round(p + (c - p) * strength) for p, c in zip(paper, colour, strict=True))


def _corners(box: Box) -> list[Place]:
    end = round(box.x + box.width - 1), round(box.y + box.height - 1)
    return [(round(box.x), round(box.y)), end]


def _dot(image: Image.Image, disc: Disc) -> None:
    corner = round(disc.x - disc.radius), round(disc.y - disc.radius)
    image.paste(_colour(disc.colour, disc.strength), corner, _round(round(2 * disc.radius)))


@cache
def _round(size: int) -> Image.Image:
    mask = Image.new("L", (size * _FINE, size * _FINE))
    ImageDraw.Draw(mask).ellipse([(0, 0), (size * _FINE - 1, size * _FINE - 1)], 255)
    return mask.resize((size, size), Image.Resampling.BOX)


def _put(image: Image.Image, sheet: Sheet) -> None:
    size = round(sheet.width), round(sheet.height)
    image.paste(_smooth(sheet.parts, size), (round(sheet.x), round(sheet.y)))


def _smooth(parts: tuple[Outline, ...], size: tuple[int, int]) -> Image.Image:
    large = Image.new("RGB", (size[0] * _FINE, size[1] * _FINE), COLOURS["paper"])
    draw = ImageDraw.Draw(large)
    for part in parts:
        points = [(x * _FINE, y * _FINE) for x, y in part.points]
        colour = _colour(part.colour, part.strength)
        if part.hatched:
            _hatch(large, points, colour)
        elif part.width:
            draw.line(points, colour, round(part.width * _FINE), "curve")
        else:
            draw.polygon(points, colour)
    return large.resize(size, Image.Resampling.BOX)


def _hatch(image: Image.Image, points: list[tuple[float, float]], colour: tuple[int, ...]) -> None:
    mask, stripes = Image.new("L", image.size), Image.new("L", image.size)
    ImageDraw.Draw(mask).polygon(points, 255)
    width, height = image.size
    for x in range(-height, width, 14 * _FINE):
        ImageDraw.Draw(stripes).line([(x, height), (x + height, 0)], 255, 2 * _FINE)
    image.paste(colour, (0, 0), ImageChops.multiply(mask, stripes))


@lru_cache(maxsize=32)  # the subject and the day stand on every card
def _written(line: Line) -> tuple[Image.Image, Place]:
    """A line on paper as shades, and its corner: as much of each pixel as its letters cover."""
    glyphs = list(_glyphs(line))
    left, top = (min((place[n] for _, place in glyphs), default=0) for n in (0, 1))
    right, bottom = (
        max((place[n] + glyph.size[n] for glyph, place in glyphs), default=0) for n in (0, 1)
    )
    cover = Image.new("L", (right - left, bottom - top))
    draw = ImageDraw.Draw(cover)
    for glyph, (x, y) in glyphs:
        draw.bitmap((x - left, y - top), glyph, 255)
    return cover.point(_shades_by_cover(line.colour)), (left, top)


def _glyphs(line: Line) -> Iterator[tuple[Image.Image, Place]]:
    """The letters of a line, each with the place of its corner.

    One character after another: so they stand where the font's own measures put them.
    """
    font, y = _font(line), _whole(line.y)
    for character, start in zip(line.text, font.positions(line.text), strict=False):
        if character not in fonts.SPACES:
            glyph, (dx, dy) = _glyph(font.path, line.size, character)
            yield glyph, (_whole(line.x + start * line.size) + dx, y + dy)


def _whole(place: float) -> int:
    """The pixel at which FreeType draws what begins at a place."""
    return math.floor((math.floor(place * _SAME + 0.5) + _SAME // 2) / _SAME)


@lru_cache(maxsize=4096)
def _glyph(path: Path, size: int, character: str) -> tuple[Image.Image, Place]:
    """How much of each pixel a letter covers, and where its corner is from where it is drawn."""
    font = _drawn(path, size)
    left, top, right, bottom = map(int, font.getbbox(character, anchor="ls"))
    cover = Image.new("L", (right - left, bottom - top))
    ImageDraw.Draw(cover).text((-left, -top), character, 255, font, anchor="ls")
    return cover, (left, top)


@cache
def _drawn(path: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _palette() -> Image.Image:
    """Every colour, and the shades between it and the paper that smooth its edges."""
    paper = ImageColor.getrgb(COLOURS["paper"])
    values: list[int] = list(paper)
    for name, steps in _SHADES.items():
        for step in range(1, steps + 1):
            values += _colour(name, step / steps)
    image = Image.new("P", (1, 1))
    image.putpalette(values)
    return image
