"""The files in which a site offers a picture: their sizes, their names, and which a page asks for.

A page lets the browser choose by the room that it has. The files themselves are made at the end of
a build (`site/picture_files.py`); their names follow from what they are made of.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Literal

from reperes.model.images import ImageFile

FOLDER = "pictures"
"""Where in a site they lie: beside its languages, which share them."""

WIDTHS = (480, 640, 960, 1440)
"""In pixels: a small telephone, one with fine pixels, a page, and a page with fine pixels. An
image that is narrower is kept as wide as it is."""

_FALLBACK_WIDTHS = (480, 960)
"""For browsers without WebP, of before 2020, and for books and feeds."""

_RECIPE = 1
"""Counted up when `site/picture_files.py` makes other bytes of the same image."""

_TALL = 23, 20
"""How high for how wide an image is that would fill more than a screen."""

_SIZES = "(min-width: 42em) 38rem, calc(100vw - 2rem)"
_SIZES_OF_TALL = "(min-width: 28em) 24rem, calc(100vw - 2rem)"
"""How wide an image is shown, as the style sheet has it (`.photo`)."""

Form = Literal["webp", "jpg", "png"]

MEDIA_TYPES: dict[Form, str] = {"webp": "image/webp", "jpg": "image/jpeg", "png": "image/png"}


@dataclass(frozen=True, slots=True)
class Rendition:
    """One file of a picture, by its path in the site ("pictures/quay-480.1a2b3c4d.webp")."""

    path: str
    form: Form
    width: int
    height: int

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self.form]


@dataclass(frozen=True)
class Renditions:
    """The files of one picture, each kind the narrowest first.

    `fallback` are those that everything reads, the last of which stands for the picture elsewhere.
    """

    webp: Sequence[Rendition]
    fallback: Sequence[Rendition]
    is_tall: bool

    @property
    def every(self) -> tuple[Rendition, ...]:
        return (*self.webp, *self.fallback)

    @property
    def main(self) -> Rendition:
        return self.fallback[-1]

    @property
    def sizes(self) -> str:
        return _SIZES_OF_TALL if self.is_tall else _SIZES


def renditions(picture_id: str, image: ImageFile) -> Renditions:
    """The files in which a picture is offered."""
    form: Form = "png" if image.is_drawing else "jpg"
    return Renditions(
        [_rendition(picture_id, image, width, "webp") for width in _widths(image, WIDTHS)],
        [_rendition(picture_id, image, width, form) for width in _widths(image, _FALLBACK_WIDTHS)],
        image.height * _TALL[1] > image.width * _TALL[0],
    )


def _widths(image: ImageFile, widths: Sequence[int]) -> list[int]:
    return sorted({min(width, image.width) for width in widths})


def _rendition(picture_id: str, image: ImageFile, width: int, form: Form) -> Rendition:
    height = max(1, round(image.height * width / image.width))
    # Another version of Pillow brings other encoders along.
    made_of = f"{image.digest} {width} {form} {_RECIPE} pillow {version('pillow')}"
    digest = hashlib.sha256(made_of.encode()).hexdigest()[:8]
    return Rendition(f"{FOLDER}/{picture_id}-{width}.{digest}.{form}", form, width, height)
