"""Cards as PNG files, through Pillow."""

from __future__ import annotations

from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageColor, ImageDraw, ImageFont

from reperes.site.social_cards import fonts
from reperes.site.social_cards.layout import HEIGHT, WIDTH, Box, Colour, Line

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


@lru_cache(maxsize=256)  # a preview builds the whole site again and again
def png(drawing: tuple[Box | Line, ...]) -> bytes:
    """A card as a PNG with a palette. The same drawing gives the same bytes."""
    image = Image.new("RGB", (WIDTH, HEIGHT), COLOURS["paper"])
    draw = ImageDraw.Draw(image)
    for part in drawing:
        if isinstance(part, Box):
            _fill(draw, part)
        else:
            _write(draw, part)
    file = BytesIO()
    image.quantize(palette=_palette(), dither=Image.Dither.NONE).save(
        file, "PNG", bits=4, compress_level=_EFFORT
    )
    return file.getvalue()


def _fill(draw: ImageDraw.ImageDraw, box: Box) -> None:
    corner = box.x + box.width - 1, box.y + box.height - 1
    draw.rectangle([(round(box.x), round(box.y)), tuple(map(round, corner))], COLOURS[box.colour])


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
        colour = ImageColor.getrgb(COLOURS[name])
        for step in range(1, steps + 1):
            values += (
                round(p + (c - p) * step / steps) for p, c in zip(paper, colour, strict=True)
            )
    image = Image.new("P", (1, 1))
    image.putpalette(values)
    return image
