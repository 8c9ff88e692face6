"""Cards as PNG files, through Pillow."""

from __future__ import annotations

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

_EFFORT = 7
"""Of zlib. The next level takes three times as long, and saves a twentieth."""


_FINE = 4
"""How many times larger round and slanting edges are drawn, to be smoothed."""


@lru_cache(maxsize=256)  # a preview builds the whole site again and again
def png(drawing: tuple[Part, ...], size: tuple[int, int] = (WIDTH, HEIGHT)) -> bytes:
    """A card, or another drawing, as a PNG with a palette. The same one gives the same bytes."""
    image = Image.new("RGB", size, COLOURS["paper"])
    draw = ImageDraw.Draw(image)
    for part in drawing:
        match part:
            case Box():
                _fill(draw, part)
            case Line():
                _write(draw, part)
            case Disc():
                _dot(image, part)
            case Sheet():
                _put(image, part)
            case Outline():
                raise ValueError("an outline stands on a sheet alone")
    file = BytesIO()
    image.quantize(palette=_palette(), dither=Image.Dither.NONE).save(
        file, "PNG", bits=4, compress_level=_EFFORT
    )
    return file.getvalue()


def _colour(name: Colour, strength: float) -> tuple[int, ...]:
    """A colour as it looks over the paper."""
    paper, colour = ImageColor.getrgb(COLOURS["paper"]), ImageColor.getrgb(COLOURS[name])
    return tuple(round(p + (c - p) * strength) for p, c in zip(paper, colour, strict=True))


def _fill(draw: ImageDraw.ImageDraw, box: Box) -> None:
    corner = box.x + box.width - 1, box.y + box.height - 1
    draw.rectangle(
        [(round(box.x), round(box.y)), tuple(map(round, corner))],
        _colour(box.colour, box.strength),
    )


def _dot(image: Image.Image, disc: Disc) -> None:
    size = round(2 * disc.radius)
    mask = Image.new("L", (size * _FINE, size * _FINE))
    ImageDraw.Draw(mask).ellipse([(0, 0), (size * _FINE - 1, size * _FINE - 1)], 255)
    corner = round(disc.x - disc.radius), round(disc.y - disc.radius)
    smooth = mask.resize((size, size), Image.Resampling.BOX)
    image.paste(_colour(disc.colour, disc.strength), corner, smooth)


def _put(image: Image.Image, sheet: Sheet) -> None:
    size = round(sheet.width), round(sheet.height)
    image.paste(_smooth(sheet.parts, size), (round(sheet.x), round(sheet.y)))


@lru_cache(maxsize=16)  # every chapter's card shows the same
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


def _write(draw: ImageDraw.ImageDraw, line: Line) -> None:
    font = fonts.serif() if line.font == "serif" else fonts.sans()
    drawn = _drawn(font.path, line.size)
    # One character after another: so they stand where the font's own measures put them.
    for character, start in zip(line.text, font.positions(line.text), strict=False):
        if character not in fonts.SPACES:
            place = line.x + start * line.size, line.y
            draw.text(place, character, COLOURS[line.colour], drawn, anchor="ls")


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
